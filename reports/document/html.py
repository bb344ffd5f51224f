"""The tree as HTML: the preview beside the form, the standalone page, and what the PDF is made from.

No style attributes and no scripts, so it lives under a strict Content-Security-Policy: the two measures that
differ per document (lengths of rules, widths of columns) are width attributes.
"""

from __future__ import annotations

from functools import singledispatch
from html import escape

from .layout import LAYOUT, Layout, css, issuer_rule, motto_rule, national_name_size, subject_rule
from .nodes import (
    Appendix,
    Block,
    Break,
    Cell,
    Document,
    Frame,
    Inline,
    Inlines,
    Item,
    Letterhead,
    Lines,
    Mention,
    Paragraph,
    Row,
    Section,
    Signature,
    Slot,
    Table,
    Text,
    Title,
)
from .numbering import heading_style
from .widths import MM_PER_POINT

PIXELS_PER_MM = 0.75**-1 / MM_PER_POINT  # 96 CSS pixels an inch


def page(document: Document, layout: Layout = LAYOUT) -> str:
    """A whole file that needs nothing beside it; `document` is resolved."""
    return standalone(document, body(document, layout), f"<style>\n{css(layout)}\n</style>")


def standalone(document: Document, article: str, style: str = "") -> str:
    """The file around an article; a title is never empty, as PDF/UA wants one."""
    title = escape(document.title.strip() or "Văn bản")
    return (
        f'<!DOCTYPE html>\n<html lang="{_value(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n{style}\n'
        f"</head>\n<body>\n{article}\n</body>\n</html>\n"
    )


def body(document: Document, layout: Layout = LAYOUT, *, contact_first: bool = False) -> str:
    """The page as a fragment, `<article class="official">`.

    `contact_first` puts ô 13 before all else, from where a paged writer brings it to the foot of page 1.
    """
    frame = document.frame
    contact = _contact(frame)
    level = 1 + bool(_has_heading(frame.title))
    main = "".join(
        (
            f'<div class="call">{contact}</div>' if contact and contact_first else "",
            _head(frame, layout),
            _marks(frame),
            _title(frame.title, layout),
            _addressees(frame.addressees),
            f'<div class="text">{_sections(document.sections, level)}</div>' if document.sections else "",
            _closing(frame),
            "" if contact_first else contact,
        )
    )
    appendices = "".join(_appendix(appendix, level) for appendix in document.appendices)
    return f'<article class="official" lang="{_value(document.lang)}"><div class="main">{main}</div>{appendices}</article>'


def _value(text: str) -> str:
    return escape(text, quote=True)


def _p(css_class: str, inner: str) -> str:
    return f'<p class="{css_class}">{inner}</p>' if inner else ""


def _rule(length: float) -> str:
    return f'<hr class="rule" width="{length * PIXELS_PER_MM:.1f}" aria-hidden="true">' if length else ""


# --- inside a line ------------------------------------------------------------------------------------


def line(content: Inlines) -> str:
    """A line's markup."""
    return "".join(map(inline, content))


@singledispatch
def inline(node: Inline) -> str:
    """One inline node's markup."""
    raise TypeError(f"no HTML for {type(node).__name__}")


@inline.register
def _(node: Text) -> str:
    inner = escape(node.text, quote=False)
    if node.script:
        tag = "sub" if node.script == "sub" else "sup"
        inner = f"<{tag}>{inner}</{tag}>"
    for tag, wanted in (("u", node.underline), ("i", node.italic), ("b", node.bold)):
        if wanted:
            inner = f"<{tag}>{inner}</{tag}>"
    return f'<a href="{_value(node.link)}" rel="noopener">{inner}</a>' if node.link else inner


@inline.register
def _(node: Break) -> str:
    return "<br>"


@inline.register
def _(node: Mention) -> str:
    inner = escape(node.shown, quote=False)
    for tag, wanted in (("i", node.italic), ("b", node.bold)):
        if wanted:
            inner = f"<{tag}>{inner}</{tag}>"
    return f'<span class="mention" data-kind="{node.kind}" data-key="{_value(node.key)}">{inner}</span>'


@inline.register
def _(node: Slot) -> str:
    return f'<span class="slot" data-slot="{node.kind}">{escape(node.shown, quote=False)}</span>'


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
    label = f"{_label(node.label)} " if node.label else ""
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
    anchor = f' id="{_value(section.key)}"' if section.key else ""
    below = level + bool(section.heading)
    inner = _opening(section, min(level, 6)) + _blocks(section.blocks) + _sections(section.sections, below)
    return f"<section{anchor}>{inner}</section>"


def _label(label: str) -> str:
    return f'<span class="label">{escape(label, quote=False)}</span>'


def _opening(section: Section, level: int) -> str:
    """The line a section starts with: label, heading, text run in."""
    label = _label(section.label) if section.label else ""
    style = heading_style(section)
    if not section.heading:
        return _p(
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
    return f'<div data-block="{_value(block.key)}">{inner}</div>' if block.key else inner


# --- the frame ----------------------------------------------------------------------------------------


def _grid(css_class: str, *cells: str) -> str:
    """One row of the borderless two-column grid of Phụ lục I, mục IV."""
    return (
        f'<div class="row {css_class}">'
        + "".join(f'<div class="cell">{cell}</div>' for cell in cells)
        + "</div>"
    )


def _head(frame: Frame, layout: Layout) -> str:
    """Ô 1-5b: row 1 the issuer and the motto, row 2 the number (with a công văn's subject) and the date."""
    letterhead = frame.letterhead
    rows = ""
    if letterhead and (letterhead.issuer or letterhead.motto):
        rows += _grid("first", _issuer(letterhead, layout), _motto(letterhead, layout))
    left = _p("number", line(frame.number)) + _about(frame.title)
    right = _p("place-date", line(frame.place_date))
    if left or right:
        rows += _grid("second", left, right)
    return f'<div class="head">{rows}</div>' if rows else ""


def _issuer(letterhead: Letterhead, layout: Layout) -> str:
    lines = (
        _p("issuer" if at.bold else "superior", escape(at.text, quote=False)) for at in letterhead.issuer
    )
    return "".join(lines) + _rule(issuer_rule(letterhead, layout))


def _motto(letterhead: Letterhead, layout: Layout) -> str:
    tight = " tight" if national_name_size(letterhead.motto, layout) < layout.sizes.national_name else ""
    classes = [f"national{tight}", *["motto"] * len(letterhead.motto)]
    lines = (
        _p(name, escape(text, quote=False)) for name, text in zip(classes, letterhead.motto, strict=False)
    )
    return "".join(lines) + _rule(motto_rule(letterhead, layout))


def _about(title: Title | None) -> str:
    """Ô 5b: the "V/v …" lines of a công văn; they are its heading."""
    if title is None or not title.letter or not _has_heading(title):
        return ""
    return f'<h1 class="about">{"<br>".join(_title_lines(title))}</h1>'


def _title_lines(title: Title) -> list[str]:
    lines = [escape(title.kind, quote=False), *map(line, title.subject)]
    return [text for text in lines if text]


def _has_heading(title: Title | None) -> bool:
    return title is not None and bool(_title_lines(title))


def _marks(frame: Frame) -> str:
    urgency, circulation = _boxed(frame.urgency), _boxed(frame.circulation)
    draft = escape(frame.draft, quote=False)
    return _p("mark urgency", urgency) + _p("mark circulation", circulation) + _p("mark-draft draft", draft)


def _boxed(text: str) -> str:
    return f"<span>{escape(text, quote=False)}</span>" if text else ""


def _title(title: Title | None, layout: Layout) -> str:
    """Ô 5a: name of the kind and subject, with the rule below."""
    if title is None or title.letter or not _has_heading(title):
        return ""
    kind = f'<span class="kind">{escape(title.kind, quote=False)}</span> ' if title.kind else ""
    subject = " ".join(f'<span class="subject">{line(text)}</span>' for text in title.subject)
    return f'<h1 class="title">{kind}{subject}</h1>{_rule(subject_rule(title, layout))}'


def _addressees(addressees: Lines | None) -> str:
    """Ô 9a: one addressee on the label's line, several below it each with a dash (II.9.a)."""
    if addressees is None:
        return ""
    label, lines = (
        escape(addressees.label, quote=False),
        [escape(text, quote=False) for text in addressees.lines],
    )
    if len(lines) == 1:
        return _p("addressees", f"{label} {lines[0]}")
    inner = _p("addressees-label", label) + "".join(_p("dash", f"- {text}") for text in lines)
    return f'<div class="addressees several">{inner}</div>' if inner else ""


def _closing(frame: Frame) -> str:
    """Ô 7 and 9b: recipients left of a single signature; below the signatures when there are several."""
    recipients = _recipients(frame)
    signatures = [_signature(signature) for signature in frame.signatures]
    if len(signatures) == 1:
        return f'<div class="closing">{_grid("", recipients, signatures[0])}</div>'
    pairs = "".join(_grid("", *signatures[at : at + 2]) for at in range(0, len(signatures), 2))
    signed = f'<div class="closing signatures">{pairs}</div>' if pairs else ""
    return signed + (f'<div class="closing alone">{_grid("", recipients)}</div>' if recipients else "")


def _recipients(frame: Frame) -> str:
    at = frame.recipients
    if at is None:
        return _p("copies", escape(frame.copies, quote=False))
    return (
        _p("recipients-label", escape(at.label, quote=False))
        + "".join(_p("recipients", f"- {escape(text, quote=False)}") for text in at.lines)
        + _p("copies", escape(frame.copies, quote=False))
    )


def _signature(signature: Signature) -> str:
    """Ô 7a and 7b with room for 7c and 8 between; "chức vụ khác" stands above the name (II.7.b)."""
    authority = "".join(_p("authority", escape(text, quote=False)) for text in signature.lines)
    signer = [escape(text, quote=False) for text in (signature.role, signature.name) if text]
    lines = [_p("signer" if authority or at else "signer alone", text) for at, text in enumerate(signer)]
    return f'<div class="signature">{authority}{"".join(lines)}</div>'


def _contact(frame: Frame) -> str:
    return f'<p class="contact">{escape(frame.contact, quote=False)}</p>' if frame.contact else ""


# --- appendices ---------------------------------------------------------------------------------------


def _appendix(appendix: Appendix, level: int) -> str:
    anchor = f' id="{_value(appendix.key)}"' if appendix.key else ""
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
    reference = _p("reference", line(appendix.reference))
    return f'<section class="appendix{wide}"{anchor}>{heading}{reference}{text}</section>'
