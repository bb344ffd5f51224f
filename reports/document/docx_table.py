"""Data tables of the body in WordprocessingML: spans, repeated heads, groups and totals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from . import docx_xml as xml
from .docx_xml import Relate
from .nodes import Cell, Column, Row, RowKind, Table

#: The paragraph style of the cells of each kind of row.
STYLES: dict[RowKind, str] = {
    "header": "TableHead",
    "numbers": "TableNumbers",
    "group": "TableGroup",
    "item": "TableText",
    "subtotal": "TableTotal",
    "total": "TableTotal",
}

_MIDDLE = '<w:vAlign w:val="center"/>'


@dataclass(slots=True)
class _Span:
    """A cell that reaches down: how many rows are left, and the width it takes in each."""

    rows_left: int
    colspan: int


def table(node: Table, width: int, relate: Relate) -> str:
    """Caption, unit line and table, `width` twips wide."""
    widths = column_widths(node.columns, width)
    depth = node.header_depth
    spans: dict[int, _Span] = {}
    rows = "".join(
        xml.row(_cells(row, node.columns, widths, spans, relate), repeated=index < depth)
        for index, row in enumerate(node.rows)
    )
    return _above(node, relate) + xml.table("TableGrid", widths, rows)


def column_widths(columns: tuple[Column, ...], width: int) -> tuple[int, ...]:
    """The columns' widths in twips, by their shares; they add up to `width` exactly."""
    whole = sum(column.share for column in columns)
    edges, upto = [0], 0.0
    for column in columns:
        upto += column.share
        edges.append(round(width * upto / whole))
    return tuple(right - left for left, right in pairwise(edges))


def _above(node: Table, relate: Relate) -> str:
    caption = xml.paragraph("Caption", xml.runs(node.caption, relate)) if node.caption else ""
    unit = xml.paragraph("TableUnit", xml.plain(node.unit)) if node.unit else ""
    return caption + unit


def _cells(
    row: Row, columns: tuple[Column, ...], widths: tuple[int, ...], spans: dict[int, _Span], relate: Relate
) -> str:
    """One row's cells; where a cell from above reaches down, Word wants an empty one that continues it."""
    parts, at, own = [], 0, iter(row.cells)
    while at < len(columns):
        span = spans.get(at)
        if span:
            parts.append(_continued(span, STYLES[row.kind], sum(widths[at : at + span.colspan])))
            at += _shortened(spans, at, span)
            continue
        cell = next(own)
        parts.append(_cell(cell, row.kind, columns[at], sum(widths[at : at + cell.colspan]), relate))
        if cell.rowspan > 1:
            spans[at] = _Span(cell.rowspan - 1, cell.colspan)
        at += cell.colspan
    return "".join(parts)


def _shortened(spans: dict[int, _Span], at: int, span: _Span) -> int:
    span.rows_left -= 1
    if not span.rows_left:
        del spans[at]
    return span.colspan


def _continued(span: _Span, style: str, width: int) -> str:
    return xml.cell(xml.paragraph(style), width, span.colspan, merge="continue")


def _cell(cell: Cell, kind: RowKind, column: Column, width: int, relate: Relate) -> str:
    align = cell.align or (None if kind in ("header", "numbers") else column.align)
    look = xml.justified(align) if align else ""
    inside = xml.paragraph(STYLES[kind], xml.runs(cell.content, relate, cell.bold), look)
    return xml.cell(inside, width, cell.colspan, "restart" if cell.rowspan > 1 else "", _MIDDLE)
