"""The tree as HTML: the preview beside the form, the standalone page, and what the PDF is made from.

No style attributes and no scripts, so it lives under a strict Content-Security-Policy: the two measures that
differ per document (lengths of rules, widths of columns) are width attributes.
"""

from __future__ import annotations

import re
from functools import singledispatch
from html import escape

from .html_frame import addressees_block, closing, contact_line, has_heading, head, marks, title_block
from .html_line import attribute, label_span, line, paragraph
from .layout import LAYOUT, Layout, css
from .nodes import (
    Appendix,
    Block,
    Cell,
    Document,
    Item,
    Paragraph,
    Row,
    Section,
    Table,
)
from .numbering import heading_style


def page(document: Document, layout: Layout = LAYOUT) -> str:
    """A whole file that needs nothing beside it; `document` is resolved."""
    return standalone(document, body(document, layout), f"<style>\n{css(layout)}\n</style>")


def standalone(document: Document, article: str, style: str = "") -> str:
    """The file around an article; a title is never empty, as PDF/UA wants one."""
    title = escape(document.title.strip() or "Văn bản")
    keywords = f'<meta name="keywords" content="{attribute(document.keywords)}">\n' if document.seal else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{attribute(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n{keywords}{style}\n'
        f"</head>\n<body>\n{article}\n</body>\n</html>\n"
    )


def body(document: Document, layout: Layout = LAYOUT, *, contact_first: bool = False) -> str:
    """The page as a fragment, `<article class="official">`.

    `contact_first` puts ô 13 before all else, from where a paged writer brings it to the foot of page 1.
    """
    frame = document.frame
    contact = contact_line(frame)
    level = 1 + bool(has_heading(frame.title))
    main = "".join(
        (
            f'<div class="call">{contact}</div>' if contact and contact_first else "",
            head(frame, layout),
            marks(frame),
            title_block(frame.title, layout),
            addressees_block(frame.addressees),
            f'<div class="text">{_sections(document.sections, level)}</div>' if document.sections else "",
            closing(frame),
            "" if contact_first else contact,
        )
    )
    appendices = "".join(_appendix(appendix, level) for appendix in document.appendices)
    return f'<article class="official" lang="{attribute(document.lang)}"><div class="main">{main}</div>{appendices}</article>'


def inside(document: Document, layout: Layout = LAYOUT) -> str:
    """The fragment for a page of the app, which has a title and a style sheet of its own.

    Every heading stands a level lower (h6 stays); the rules and the columns, whose width attributes today's HTML
    calls obsolete, become drawings and classes of `SHARES`.
    """
    text = re.sub(r"(</?h)([1-5])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", body(document, layout))
    text = re.sub(
        r'<hr class="rule" (width="[\d.]+" aria-hidden="true")>', r'<svg class="rule" \1></svg>', text
    )
    return re.sub(
        r'<col width="([\d.]+)%">',
        lambda found: f'<col class="share-{max(1, round(float(found[1])))}">',
        text,
    )


#: The style sheet's part for what `inside` makes of rules and columns.
SHARES = ".official svg.rule { display: block }\n" + "".join(
    f".official .share-{share} {{ width: {share}% }}\n" for share in range(1, 101)
)


# --- blocks -------------------------------------------------------------------------------------------


@singledispatch
def block_node(node: object) -> str:
    """One block node's markup."""
    raise TypeError(f"no HTML for {type(node).__name__}")


@block_node.register
def _(node: Paragraph) -> str:
    classes = " ".join(
        filter(None, ("" if node.align == "justify" else node.align, "" if node.indent else "flush"))
    )
    return f'<p class="{classes}">{line(node.content)}</p>' if classes else f"<p>{line(node.content)}</p>"


@block_node.register
def _(node: Item) -> str:
    label = f"{label_span(node.label)} " if node.label else ""
    return f'<p class="item" data-level="{node.level}">{label}{line(node.content)}</p>'


@block_node.register
def _(node: Table) -> str:
    # A table of head rows only is all body: a head needs something below it to head (UA-1 7.2).
    depth = node.header_depth if node.header_depth < len(node.rows) else 0
    head, rows = node.rows[:depth], node.rows[depth:]
    total = sum(column.share for column in node.columns)
    columns = "".join(f'<col width="{column.share / total:.4%}">' for column in node.columns)
    return (
        f"<table>{_caption(node)}<colgroup>{columns}</colgroup>"
        f"{_part('thead', head, node)}{_part('tbody', rows, node, depth)}</table>"
    )


def _caption(table: Table) -> str:
    title = f'<span class="table-title">{line(table.caption)}</span>' if table.caption else ""
    unit = f'<span class="unit">{escape(table.unit, quote=False)}</span>' if table.unit else ""
    return f"<caption>{title}{unit}</caption>" if title or unit else ""


def _part(tag: str, rows: tuple[Row, ...], table: Table, first: int = 0) -> str:
    grid = table.positions()[first:]
    inner = "".join(_row(row, columns, table) for row, columns in zip(rows, grid, strict=False))
    return f"<{tag}>{inner}</{tag}>" if rows else ""


def _row(row: Row, columns: tuple[int, ...], table: Table) -> str:
    make = _header_cell if row.kind in ("header", "numbers") else _cell
    inner = "".join(make(cell, table, column) for cell, column in zip(row.cells, columns, strict=True))
    return f'<tr class="{row.kind}">{inner}</tr>'


def _spans(cell: Cell) -> str:
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return across + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")


def _header_cell(cell: Cell, table: Table, column: int) -> str:
    scope = "colgroup" if cell.colspan > 1 else "col"
    return f'<th scope="{scope}"{_spans(cell)}>{line(cell.content)}</th>'


def _cell(cell: Cell, table: Table, column: int) -> str:
    align = cell.align or table.columns[column].align
    inner = f"<b>{line(cell.content)}</b>" if cell.bold else line(cell.content)
    return f'<td class="{align}"{_spans(cell)}>{inner}</td>'


# --- sections -----------------------------------------------------------------------------------------


def _sections(sections: tuple[Section, ...], level: int) -> str:
    return "".join(_section(section, level) for section in sections)


def _section(section: Section, level: int) -> str:
    """A section; headings nest without a gap, because a section without a heading takes no level."""
    anchor = f' id="{attribute(section.key)}"' if section.key else ""
    below = level + bool(section.heading)
    inner = _opening(section, min(level, 6)) + _blocks(section.blocks) + _sections(section.sections, below)
    return f"<section{anchor}>{inner}</section>"


def _opening(section: Section, level: int) -> str:
    """The line a section starts with: label, heading, text run in."""
    label = label_span(section.label) if section.label else ""
    style = heading_style(section)
    if not section.heading:
        return paragraph(
            "own item" if style.centred else "item", " ".join(filter(None, (label, line(section.run_in))))
        )
    own = " own" if style.centred else ""
    classes = f"{'bold' if style.bold else 'plain'}{own}"
    between = ("<br>" if own else " ") if label else ""
    heading = f"{label}{between}{line(section.heading)}"
    if not section.run_in:
        return f'<h{level} class="{classes}">{heading}</h{level}>'
    return (
        f'<div class="run{own}"><h{level} class="{classes} in">{heading}</h{level}> '
        f"<span>{line(section.run_in)}</span></div>"
    )


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    inner = "".join(map(block_node, block.nodes))
    return f'<div data-block="{attribute(block.key)}">{inner}</div>' if block.key else inner


# --- appendices ---------------------------------------------------------------------------------------


def _appendix(appendix: Appendix, level: int) -> str:
    anchor = f' id="{attribute(appendix.key)}"' if appendix.key else ""
    wide = " landscape" if appendix.landscape else ""
    label = (
        f'<span class="appendix-label">{escape(appendix.label, quote=False)}</span> '
        if appendix.label
        else ""
    )
    title = label + " ".join(f"<span>{line(text)}</span>" for text in appendix.title)
    heading = f'<h{level} class="appendix-title">{title}</h{level}>' if title else ""
    inner = _blocks(appendix.blocks) + _sections(appendix.sections, level + bool(title))
    text = f'<div class="text">{inner}</div>' if inner else ""
    reference = paragraph("reference", line(appendix.reference))
    return f'<section class="appendix{wide}"{anchor}>{heading}{reference}{text}</section>'
