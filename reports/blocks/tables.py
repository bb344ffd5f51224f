"""An HTML table to a node whose spans fill the grid exactly, however odd the markup was."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ..document.nodes import Cell, Column, Inlines, Row, RowKind, Table, words
from . import richtext

WIDEST = 63  # columns, as in Word
NUMBER = re.compile(r"[\d.,/%\s…-]+")


@dataclass(slots=True)
class Place:
    """A cell of the markup on the grid."""

    content: Inlines
    head: bool
    across: int
    down: int


def table_of(element: Any) -> Table | None:
    """The table, or None when it has no cell."""
    rows = [row for row in element.iter("tr") if _table_above(row) is element]
    head = _head_depth(rows)
    grid = _narrowed(_place(rows, head))
    if max(map(len, grid), default=0) > WIDEST:
        grid = _narrowed(_place(rows, head, spans=False))
    width = max(map(len, grid), default=0)
    if not width:
        return None
    made = tuple(_row(line, width, index < head) for index, line in enumerate(grid))
    return Table(_columns(made, grid, width, head), made, _caption(element))


def _table_above(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _caption(element: Any) -> Inlines:
    caption = element.find("caption")
    return () if caption is None else _content(caption)


def _content(element: Any) -> Inlines:
    flow = richtext.Flow()
    flow.walk(element, richtext.PLAIN)
    flow.end_line()
    return richtext.joined_lines(tuple(flow.nodes))


def _cells(row: Any) -> list[Any]:
    """The cells of a row; more than a table may have columns are left out."""
    return [cell for cell in row if isinstance(cell.tag, str) and cell.tag in ("td", "th")][:WIDEST]


def _head_depth(rows: list[Any]) -> int:
    """How many rows from the top are in <thead> or hold nothing but <th>."""
    depth = 0
    for row in rows:
        cells = _cells(row)
        if row.getparent().tag != "thead" and not (cells and all(cell.tag == "th" for cell in cells)):
            break
        depth += 1
    return depth


Line = list["Place | None"]  # by column: the cell that starts there, COVERED, or None for a hole
COVERED = Place((), False, 0, 0)


def _place(rows: list[Any], head: int, *, spans: bool = True) -> list[Line]:
    """Lay the cells out as browsers do; a span is cut short where it would overlap or leave its part."""
    grid: list[Line] = [[] for _ in rows]
    for index, row in enumerate(rows):
        last = head if index < head else len(rows)
        at = 0
        for cell in _cells(row):
            while at < len(grid[index]) and grid[index][at] is not None:
                at += 1
            across = _free(grid[index], at, richtext.whole(cell.get("colspan"), 1, WIDEST)) if spans else 1
            down = max(1, min(richtext.whole(cell.get("rowspan"), 1), last - index)) if spans else 1
            place = Place(_content(cell), cell.tag == "th", across, down)
            _cover(grid, index, at, place)
            at += across
    return grid


def _narrowed(grid: list[Line]) -> list[Line]:
    """The grid without columns in which no cell starts."""
    used = sorted({at for line in grid for at, place in enumerate(line) if place and place is not COVERED})
    kept = {old: new for new, old in enumerate(used)}
    made: list[Line] = [[line[at] if at < len(line) else None for at in used] for line in grid]
    for line in grid:
        for at, place in enumerate(line):
            if place and place is not COVERED:
                place.across = sum(at <= old < at + place.across for old in kept)
    return made


def _free(line: Line, at: int, wanted: int) -> int:
    """How many columns from `at` are free, `wanted` at most, one at least."""
    across = 1
    while across < wanted:
        if at + across < len(line) and line[at + across] is not None:
            break
        across += 1
    return across


def _cover(grid: list[Line], index: int, at: int, place: Place) -> None:
    for row in range(index, min(index + place.down, len(grid))):
        line = grid[row]
        line.extend([None] * (at + place.across - len(line)))
        line[at : at + place.across] = [COVERED] * place.across
    grid[index][at] = place


def _row(line: Line, width: int, head: bool) -> Row:
    kind: RowKind = "header" if head else "item"
    cells = []
    for place in [*line, *[None] * (width - len(line))]:
        if place is None:
            cells.append(Cell())
        elif place is not COVERED:
            bold = place.head and not head
            cells.append(Cell(place.content, place.across, place.down, bold=bold))
    return Row(tuple(cells), kind)


def _columns(rows: tuple[Row, ...], grid: list[Line], width: int, head: int) -> tuple[Column, ...]:
    """Widths by the longest words of a column, figures to the right."""
    columns = []
    for at in range(width):
        places = [line[at] if at < len(line) else None for line in grid]
        texts = [words(place.content) for place in places[head:] if place and place.across == 1]
        longest = max((len(part) for text in texts for part in text.split("\n")), default=0)
        figures = bool(any(texts)) and all(NUMBER.fullmatch(text) for text in texts if text)
        columns.append(Column(float(min(max(longest, 5), 30)), "right" if figures else "left"))
    return tuple(columns)


def plain_table(columns: tuple[Column, ...], head: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    """A table of the app's own: one head row of words, then rows."""
    first = Row(tuple(Cell(richtext.plain(text)) for text in head), "header")
    return Table(columns, (first, *rows))


def bold_row(cells: tuple[Cell, ...], kind: RowKind = "total") -> Row:
    """A row of sums."""
    return Row(tuple(replace(cell, bold=True) for cell in cells), kind)
