"""The lean Word template every document starts from: styles, settings, theme, font table, page header.

Made once per layout and language from python-docx's own template, of which nothing but the shell is kept.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from . import docx_xml as xml
from .docx_styles import styles_xml
from .layout import Layout

_LANGUAGES = {"vi": "vi-VN"}

#: Parts of python-docx's own template that Word would repair, that carry other fonts, or that nothing needs.
_UNWANTED = ("stylesWithEffects", "theme", "webSettings", "fontTable", "numbering", "customXml")


def word_language(lang: str) -> str:
    """The language tag Word knows: "vi" is "vi-VN"."""
    return _LANGUAGES.get(lang, lang)


@lru_cache(maxsize=8)
def template(layout: Layout, lang: str) -> bytes:
    """An empty Word document with these styles and settings, one header and no body; about 20 kB, kept."""
    document = docx.Document()
    _drop_parts(document)
    _add_part(
        document, "/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, _theme(layout)
    )
    _add_part(
        document,
        "/word/fontTable.xml",
        CONTENT_TYPE.WML_FONT_TABLE,
        RELATIONSHIP_TYPE.FONT_TABLE,
        _fonts(layout),
    )
    _refill(document.styles.element, styles_xml(layout, word_language(lang)))
    _refill(document.settings.element, _SETTINGS)
    _header(document)
    buffer = BytesIO()
    document.save(buffer)
    return _unpacked(buffer)


def _unpacked(packed: BytesIO) -> bytes:
    """The same file without compression, which opens a fifth faster."""
    unpacked = BytesIO()
    with ZipFile(packed) as source, ZipFile(unpacked, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return unpacked.getvalue()


def _drop_parts(document: WordDocument) -> None:
    for part in (document.part, document.part.package):
        for relation, target in list(part.rels.items()):
            if target.reltype.endswith((*_UNWANTED, "thumbnail", "extended-properties")):
                del part.rels[relation]


def _add_part(document: WordDocument, name: str, content_type: str, relation: str, source: str) -> None:
    part = Part(PackURI(name), content_type, source.encode(), document.part.package)
    document.part.relate_to(part, relation)


def _refill(element: object, source: str) -> None:
    """Everything inside an element of python-docx replaced by the children of `source`."""
    element[:] = list(parse_xml(source))  # type: ignore[index]


def _header(document: WordDocument) -> None:
    header = document.sections[0].header
    header.is_linked_to_previous = False
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    _refill(header._element, f"<w:hdr {xml.NAMESPACES}>{xml.paragraph('Header', field)}</w:hdr>")


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
