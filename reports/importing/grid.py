"""Cells as a source lays them out, to a table whose spans fill the grid exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..document.nodes import Cell, Column, Inlines, NodeError, Row, RowKind, Table, words

_FIGURES = re.compile(r"[\d.,/%\s…-]+")
_NUMBERS_ROW = re.compile(r"\(?(\d{1,2}|[A-Z])\)?(\s*=.*)?")
WIDEST = 63  # columns, as in Word


@dataclass(frozen=True, slots=True)
class Place:
    """A cell where the source has it. `goes_on`: it is the lower part of the cell above; `merged`: it or
    that one spans rows; `head`: the source says that its row is a head."""

    content: Inlines
    across: int = 1
    goes_on: bool = False
    merged: bool = False
    head: bool = False
    bold: bool = False


@dataclass(slots=True)
class _Open:
    """A cell on the grid, growing downwards while rows go on with it."""

    place: Place
    at: int
    down: int = 1


def table_of(rows: list[list[Place]]) -> Table | None:
    """The table, or None when no cell holds a word. What does not fit as laid out loses its spans only."""
    rows = [row[:WIDEST] for row in rows if row]
    if not any(words(place.content).strip() for row in rows for place in row):
        return None
    try:
        return _table(rows)
    except NodeError:
        return _table([[Place(place.content, bold=place.bold) for place in row] for row in rows])


def _table(rows: list[list[Place]]) -> Table:
    grid = _placed(rows)
    width = max(cell.at + cell.place.across for line in grid for cell in line)
    if width > WIDEST:
        raise NodeError("too wide")
    head = _head_depth(rows, grid)
    covered: list[int] = [0] * width
    made = [_row(line, index, head, len(grid), covered) for index, line in enumerate(grid)]
    return Table(_columns(grid, width, head), tuple(made))


def _placed(rows: list[list[Place]]) -> list[list[_Open]]:
    """Cells that start in each row; one that goes on lengthens the cell above it of the same width."""
    grid: list[list[_Open]] = []
    above: dict[int, _Open] = {}
    for row in rows:
        line: list[_Open] = []
        below: dict[int, _Open] = {}
        at = 0
        for place in row:
            held = above.get(at)
            if place.goes_on and held is not None and held.place.across == place.across:
                held.down += 1
                below[at] = held
            else:
                held = _Open(place, at)
                line.append(held)
                if place.merged:
                    below[at] = held
            at += place.across
        grid.append(line)
        above = below
    return grid


def _head_depth(rows: list[list[Place]], grid: list[list[_Open]]) -> int:
    """Rows the source calls a head; else the first row, as far down as its cells reach, when it holds words."""
    depth = 0
    for row in rows:
        if not any(place.head for place in row):
            break
        depth += 1
    if not depth and len(rows) > 1 and _is_head(rows[0]):
        depth = max((cell.down for cell in grid[0]), default=1)
    depth = min(depth, len(rows))
    while depth and depth < len(rows) and _is_count(rows[depth]):
        depth += 1
    return depth if depth < len(rows) else 0


def _is_head(row: list[Place]) -> bool:
    texts = [words(place.content).strip() for place in row]
    return len([text for text in texts if text]) > 1 and not any(
        text and _FIGURES.fullmatch(text) for text in texts
    )


def _is_count(row: list[Place]) -> bool:
    """A row that numbers the columns: (1) (2) (3) or 1 2 3=1+2."""
    texts = [words(place.content).strip() for place in row]
    return (
        len(texts) > 2
        and all(_NUMBERS_ROW.fullmatch(text) for text in texts)
        and texts[0][-2:].strip("()") in "1A"
    )


def _row(line: list[_Open], index: int, head: int, last: int, covered: list[int]) -> Row:
    """The row's cells; a hole becomes an empty cell, a span ends with its part of the table."""
    end = head if index < head else last
    kind: RowKind = (
        "item" if index >= head else "numbers" if index and _is_count([c.place for c in line]) else "header"
    )
    cells: list[Cell] = []
    at = 0
    for cell in [*line, None]:
        until = cell.at if cell else len(covered)
        while at < until:
            if covered[at] <= index:
                cells.append(Cell())
                covered[at] = index + 1
            at += 1
        if cell:
            down = max(1, min(cell.down, end - index))
            cells.append(
                Cell(cell.place.content, cell.place.across, down, bold=cell.place.bold and kind == "item")
            )
            covered[at : at + cell.place.across] = [index + down] * cell.place.across
            at += cell.place.across
    return Row(tuple(cells), kind)


def _columns(grid: list[list[_Open]], width: int, head: int) -> tuple[Column, ...]:
    """Widths by the longest words of a column, figures to the right."""
    texts: list[list[str]] = [[] for _ in range(width)]
    for line in grid[head:]:
        for cell in line:
            if cell.place.across == 1:
                texts[cell.at].append(words(cell.place.content))
    return tuple(_column(column) for column in texts)


def _column(texts: list[str]) -> Column:
    longest = max((len(part) for text in texts for part in text.split("\n")), default=0)
    figures = any(texts) and all(_FIGURES.fullmatch(text) for text in texts if text)
    return Column(float(min(max(longest, 5), 30)), "right" if figures else "left")
