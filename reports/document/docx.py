"""The tree as an official Word document: body written as XML into a lean template, saved by python-docx."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from io import BytesIO
from urllib.parse import quote

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from . import docx_page as page
from . import docx_table
from . import docx_xml as xml
from .docx_page import Pages, Sheet
from .docx_styles import LEVELS
from .docx_template import template, word_language
from .layout import LAYOUT, Layout, twips
from .nodes import Appendix, Block, Document, Item, Paragraph, Section, Table
from .numbering import heading_style

#: Both dates of every file: the same tree gives the same bytes, and the document carries its own date.
DATE = datetime(2020, 3, 5)
_ZIP_DATE = struct.pack("<HH", 0, (2020 - 1980) << 9 | 3 << 5 | 5)

#: What an address in a relationship may hold besides letters and digits (RFC 3986).
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~-._"


def render(document: Document, layout: Layout = LAYOUT) -> bytes:
    """The bytes of a .docx file; `document` is resolved. The same tree gives the same bytes."""
    word = docx.Document(BytesIO(template(layout, document.lang)))
    header = word.sections[0]._sectPr.headerReference_lst[0].rId
    sheet = Sheet(layout, twips(layout.text_width), _relate(word))
    parts = [
        *_main(document, sheet, Pages(header, _contact(word, document, layout))),
        *_appendices(document, sheet, word),
    ]
    _fill(word, parts)
    _describe(word, document)
    return _saved(word)


def _main(document: Document, sheet: Sheet, pages: Pages) -> list[str]:
    """The main part; its section mark stands in a paragraph of its own if appendices follow."""
    text = _sections(document.sections, 1, sheet)
    closing = page.closing(document.frame, sheet.layout)
    if closing and text:
        text[-1] = page.kept(text[-1])
    parts = [*page.head(document.frame, sheet), *text, *closing]
    return [*parts, _ended(pages, sheet.layout, last=not document.appendices)]


def _ended(pages: Pages, layout: Layout, last: bool) -> str:
    mark = pages.xml(layout)
    return mark if last else xml.paragraph("Gap", "", xml.spaced(exactly=1) + mark)


# --- blocks -------------------------------------------------------------------------------------------


@singledispatch
def node(node: object, sheet: Sheet) -> str:
    """The paragraphs or the table of one block node."""
    raise TypeError(f"no DOCX for {type(node).__name__}")


@node.register
def _(node: Paragraph, sheet: Sheet) -> str:
    look = "" if node.indent else '<w:ind w:firstLine="0"/>'
    look += "" if node.align == "justify" else xml.justified(node.align)
    return xml.paragraph("BodyText", xml.runs(node.content, sheet.relate), look)


@node.register
def _(node: Item, sheet: Sheet) -> str:
    label = xml.plain(f"{node.label} ") if node.label else ""
    return xml.paragraph(f"Item{min(node.level, LEVELS)}", label + xml.runs(node.content, sheet.relate))


@node.register
def _(node: Table, sheet: Sheet) -> str:
    return docx_table.table(node, sheet.width, sheet.relate)


def _blocks(blocks: tuple[Block, ...], sheet: Sheet) -> list[str]:
    return [node(inner, sheet) for block in blocks for inner in block.nodes]


# --- sections -----------------------------------------------------------------------------------------


def _sections(sections: tuple[Section, ...], depth: int, sheet: Sheet) -> list[str]:
    parts: list[str] = []
    for section in sections:
        parts += _opening(section, depth, sheet)
        parts += _blocks(section.blocks, sheet)
        parts += _sections(section.sections, depth + bool(section.heading), sheet)
    return parts


def _opening(section: Section, depth: int, sheet: Sheet) -> list[str]:
    """The line a section starts with: label, heading, text run in. Without heading it is a list line."""
    style = heading_style(section)
    bold = style.bold and bool(section.heading)
    between = "<w:r><w:br/></w:r>" if style.centred and section.heading else xml.plain(" ")
    named = [xml.plain(section.label, xml.weight(bold))] if section.label else []
    named += [xml.runs(section.heading, sheet.relate, bold)] if section.heading else []
    run_in = [xml.runs(section.run_in, sheet.relate)] if section.run_in else []
    if not named + run_in:
        return []
    line = xml.plain(" ").join([between.join(named), *run_in] if named else run_in)
    look = '<w:ind w:firstLine="0"/>' + xml.justified("center") if style.centred else ""
    if not section.heading:
        return [xml.paragraph(f"Item{min(depth, LEVELS)}", line, look)]
    loose = '<w:keepNext w:val="0"/>' if run_in else ""
    return [xml.paragraph(f"Heading{min(depth, LEVELS)}", line, loose + look)]


# --- appendices ---------------------------------------------------------------------------------------


def _appendices(document: Document, sheet: Sheet, word: WordDocument) -> Iterable[str]:
    footer = _footer(word, "") if document.frame.contact and document.appendices else ""
    for number, appendix in enumerate(document.appendices, start=1):
        yield from _appendix(appendix, page.wide(sheet) if appendix.landscape else sheet)
        pages = Pages(first_footer=footer if number == 1 else "", landscape=appendix.landscape)
        yield _ended(pages, sheet.layout, last=number == len(document.appendices))


def _appendix(appendix: Appendix, sheet: Sheet) -> list[str]:
    label = [xml.paragraph("AppendixLabel", xml.plain(appendix.label))] if appendix.label else []
    title = [xml.paragraph("AppendixTitle", xml.runs(line, sheet.relate)) for line in appendix.title if line]
    reference = (
        [xml.paragraph("AppendixReference", xml.runs(appendix.reference, sheet.relate))]
        if appendix.reference
        else []
    )
    return [
        *label,
        *title,
        *reference,
        *_blocks(appendix.blocks, sheet),
        *_sections(appendix.sections, 2, sheet),
    ]


# --- the file -----------------------------------------------------------------------------------------


def _relate(word: WordDocument) -> xml.Relate:
    """Relationship ids by address, each address once."""
    known: dict[str, str] = {}

    def relate(address: str) -> str:
        if address not in known:
            target = quote(address, safe=_IN_ADDRESS)
            known[address] = word.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return known[address]

    return relate


def _contact(word: WordDocument, document: Document, layout: Layout) -> str:
    """Relationship id of the footer of page 1, or "" where there is no ô 13."""
    contact = document.frame.contact
    return _footer(word, page.contact(contact, layout)) if contact else ""


def _footer(word: WordDocument, inside: str) -> str:
    """Relationship id of a new footer; an empty one ends the inheritance of ô 13 by the appendices."""
    footer, relation = word.part.add_footer_part()  # type: ignore[no-untyped-call]
    source = parse_xml(f"<w:ftr {xml.NAMESPACES}>{inside or xml.paragraph('Contact')}</w:ftr>")
    footer.element[:] = list(source)
    return str(relation)


def _fill(word: WordDocument, parts: list[str]) -> None:
    """Parses the parts as the document's body; Word wants a paragraph between two tables and after the last."""
    gap = xml.paragraph("Gap", "", "<w:keepNext/>" + xml.spaced(exactly=1))
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].endswith("</w:tbl>") and part.startswith(("<w:tbl>", "<w:sectPr>")):
            whole.append(gap)
        whole.append(part)
    source = f"<w:document {xml.NAMESPACES}><w:body>{''.join(whole)}</w:body></w:document>"
    word.part._element = parse_xml(source)  # to move the nodes into the old root takes ten times the parsing


def _describe(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    about.title, about.language = (document.title.strip() or "Văn bản")[:255], word_language(document.lang)
    about.author = about.last_modified_by = about.comments = about.keywords = about.subject = ""
    about.created = about.modified = DATE
    about.revision = 1


def _saved(word: WordDocument) -> bytes:
    """The zip file with one fixed date in place of the clock's, in both of zip's listings."""
    buffer = BytesIO()
    word.save(buffer)
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
