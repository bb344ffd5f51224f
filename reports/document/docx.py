"""The tree as an official Word document: the body written as XML, the file around it by `docx_file`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from . import docx_page as page
from . import docx_table
from . import docx_xml as xml
from .docx_file import HEADER, Body, Fixed, footer, write
from .docx_page import Pages, Sheet
from .docx_styles import LEVELS
from .layout import LAYOUT, Layout, twips
from .nodes import Appendix, Block, Document, Item, Paragraph, Section, Table
from .numbering import heading_style

#: Relationship ids of the footers of first pages: ô 13, and the empty one that keeps it from the appendices.
_CONTACT, _NO_CONTACT = "footer1", "footer2"


def render(document: Document, layout: Layout = LAYOUT) -> bytes:
    """The bytes of a .docx file; `document` is resolved. The same tree gives the same bytes."""
    links: dict[str, str] = {}
    sheet = Sheet(layout, twips(layout.text_width), lambda to: links.setdefault(to, f"link{len(links) + 1}"))
    source = _joined([*_main(document, sheet), *_appendices(document, sheet)])
    body = Body(source, tuple(_footers(document, layout)), links)
    return write(body, layout, document.title.strip() or "Văn bản", document.lang, document.keywords)


def _joined(parts: list[str]) -> str:
    """The parts one after another; Word wants a paragraph between two tables and after the last."""
    gap = xml.paragraph("Gap", "", "<w:keepNext/>" + xml.spaced(exactly=1))
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].endswith("</w:tbl>") and part.startswith(("<w:tbl>", "<w:sectPr>")):
            whole.append(gap)
        whole.append(part)
    return "".join(whole)


def _main(document: Document, sheet: Sheet) -> list[str]:
    """The main part; its section mark stands in a paragraph of its own if appendices follow."""
    text = _sections(document.sections, 1, sheet)
    closing = page.closing(document.frame, sheet.layout)
    if closing and text:
        text[-1] = page.kept(text[-1])
    pages = Pages(HEADER, _CONTACT if document.frame.contact else "")
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


def _appendices(document: Document, sheet: Sheet) -> Iterator[str]:
    first_footer = _NO_CONTACT if document.frame.contact else ""
    for number, appendix in enumerate(document.appendices, start=1):
        yield from _appendix(appendix, page.wide(sheet) if appendix.landscape else sheet)
        pages = Pages(first_footer=first_footer if number == 1 else "", landscape=appendix.landscape)
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


def _footers(document: Document, layout: Layout) -> Iterator[Fixed]:
    contact = document.frame.contact
    if contact:
        yield footer(_CONTACT, page.contact(contact, layout))
    if contact and document.appendices:
        yield footer(_NO_CONTACT, xml.paragraph("Contact"))
