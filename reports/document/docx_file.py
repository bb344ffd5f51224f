"""The Word file around a body: styles, settings, theme, fonts, header and footers, saved by python-docx.

All but the body is the same for every document of one layout and language, made once and never parsed again.
Nothing is taken from python-docx's own template: its styles are many, its fonts others, and Word would repair it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from urllib.parse import quote

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart

from . import docx_xml as xml
from .docx_styles import styles_xml
from .layout import Layout

#: Both dates of every file: the same tree gives the same bytes, and the document carries its own date.
DATE = datetime(2020, 3, 5)
_ZIP_DATE = struct.pack("<HH", 0, (DATE.year - 1980) << 9 | DATE.month << 5 | DATE.day)

#: Relationship id of the page header.
HEADER = "header"

#: What an address in a relationship may hold besides letters and digits (RFC 3986).
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~-._"

_LANGUAGES = {"vi": "vi-VN"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A part written as it is: relationship id, name, content type, kind of relationship, XML."""

    id: str
    name: str
    content_type: str
    relation: str
    content: bytes


def _fixed(id: str, name: str, content_type: str, relation: str, source: str) -> Fixed:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Fixed(id, f"/word/{name}.xml", content_type, relation, (head + source).encode())


def footer(id: str, inside: str) -> Fixed:
    """A footer with these paragraphs."""
    source = f"<w:ftr {xml.NAMESPACES}>{inside}</w:ftr>"
    return _fixed(id, id, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, source)


@lru_cache(maxsize=8)
def _surroundings(layout: Layout, lang: str) -> tuple[Fixed, ...]:
    types, relations = CONTENT_TYPE, RELATIONSHIP_TYPE
    return (
        _fixed(
            "styles", "styles", types.WML_STYLES, relations.STYLES, styles_xml(layout, _word_language(lang))
        ),
        _fixed("settings", "settings", types.WML_SETTINGS, relations.SETTINGS, _SETTINGS),
        _fixed("theme", "theme/theme1", types.OFC_THEME, relations.THEME, _theme(layout)),
        _fixed("fonts", "fontTable", types.WML_FONT_TABLE, relations.FONT_TABLE, _fonts(layout)),
        _fixed(HEADER, "header1", types.WML_HEADER, relations.HEADER, _header()),
    )


@dataclass(frozen=True, slots=True)
class Body:
    """What a document brings: its body's XML, its footers, its links (address to relationship id)."""

    source: str
    footers: Iterable[Fixed]
    links: Mapping[str, str]


def write(body: Body, layout: Layout, title: str, lang: str, keywords: str = "") -> bytes:
    """The bytes of a .docx file; the same arguments give the same bytes."""
    package = Package()
    source = f"<w:document {xml.NAMESPACES}><w:body>{body.source}</w:body></w:document>"
    main = DocumentPart(
        PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, parse_xml(source), package
    )
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for fixed in (*_surroundings(layout, lang), *body.footers):
        part = Part(PackURI(fixed.name), fixed.content_type, fixed.content, package)
        main.load_rel(fixed.relation, part, fixed.id)
    for address, id in body.links.items():
        main.load_rel(RELATIONSHIP_TYPE.HYPERLINK, quote(address, safe=_IN_ADDRESS), id, is_external=True)
    _describe(package, title, _word_language(lang), keywords)
    return _saved(package)


def _word_language(lang: str) -> str:
    return _LANGUAGES.get(lang, lang)


def _describe(package: Package, title: str, language: str, keywords: str) -> None:
    about = package.core_properties
    about.title, about.language = title[:255], language
    about.author = about.last_modified_by = about.comments = about.subject = ""
    about.keywords = keywords
    about.created = about.modified = DATE
    about.revision = 1


def _saved(package: Package) -> bytes:
    """The zip file with one fixed date in place of the clock's, in both of zip's listings."""
    buffer = BytesIO()
    package.save(buffer)
    content = bytearray(buffer.getvalue())
    count, _, at = struct.unpack(
        "<HLL", content[-12:-2]
    )  # end record: entries, size and start of the directory
    for _ in range(count):
        content[at + 12 : at + 16] = _ZIP_DATE
        lengths = struct.unpack("<HHH", content[at + 28 : at + 34])  # name, extra field, comment
        local = int.from_bytes(content[at + 42 : at + 46], "little")
        content[local + 10 : local + 14] = _ZIP_DATE
        at += 46 + sum(lengths)
    return bytes(content)


def _header() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f"<w:hdr {xml.NAMESPACES}>{xml.paragraph('Header', field)}</w:hdr>"


def _fonts(at: Layout) -> str:
    """The table of fonts, with what a reader without this one looks for: a roman of variable pitch."""
    name = xml.attribute(at.word_font)
    return (
        f'<w:fonts {xml.NAMESPACES}><w:font w:name={name}><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme(at: Layout) -> str:
    """The least theme Word takes: black on white, this font, plain lines and fills."""
    face = f'<a:latin typeface={xml.attribute(at.word_font)}/><a:ea typeface=""/><a:cs typeface=""/>'
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    colors = "".join(
        f'<a:{name}><a:srgbClr val="{"FFFFFF" if name.startswith("lt") else "000000"}"/></a:{name}>'
        for name in names
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{weight}">{fill}</a:ln>' for weight in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{colors}</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{face}</a:majorFont>'
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


_SETTINGS = (
    f'<w:settings {xml.NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
