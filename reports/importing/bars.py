"""Tables typed with bars or tabs between their cells, row under row, to grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document.nodes import Inlines, words
from .grid import Place, table_of
from .lines import Element, Grid, Line, split_at

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
_OPENS, _CLOSES = (
    re.compile(r"\[(TABLE|BẢNG)\]$", re.IGNORECASE),
    re.compile(r"\[/(TABLE|BẢNG)\]$", re.IGNORECASE),
)


def gathered(elements: list[Element]) -> list[Element]:
    """The same elements, runs of lines with bars made tables."""
    made: list[Element] = []
    waiting: list[Line] = []
    marked = False
    for element in elements:
        text = element.text.strip() if isinstance(element, Line) else ""
        if isinstance(element, Line) and (_OPENS.match(text) or (marked and _CLOSES.match(text))):
            made += _settled(waiting, marked)
            waiting, marked = [], bool(_OPENS.match(text))
        elif (
            isinstance(element, Line)
            and (marked or _is_row(text))
            and not (waiting and element.gap and not marked)
        ):
            waiting.append(element)
        else:
            made += _settled(waiting, marked)
            waiting, marked = [], False
            if isinstance(element, Line) and _is_row(text):
                waiting.append(element)
            else:
                made.append(element)
    return [*made, *_settled(waiting, marked)]


def _is_row(text: str) -> bool:
    return text.count("|") > 0 and (text.startswith("|") or " | " in text)


def _settled(lines: list[Line], marked: bool) -> Iterator[Element]:
    """A table of the lines, or the lines themselves when they are none."""
    rows = [line for line in lines if not _RULE.match(line.text.strip())]
    ruled = len(rows) < len(lines)
    if not rows or not (marked or ruled or len(rows) > 1):
        yield from lines
        return
    framed = all(line.text.startswith("|") and line.text.endswith("|") for line in rows)
    cells = [_cells(line, framed) for line in rows]
    width = max(map(len, cells))
    table = table_of(
        [
            [Place(content, head=ruled and not at) for content in _padded(row, width)]
            for at, row in enumerate(cells)
        ]
    )
    if table is None:
        yield from lines
    else:
        yield Grid(table, tuple(rows), gap=lines[0].gap, page=lines[0].page)


def _padded(row: list[Inlines], width: int) -> list[Inlines]:
    return [*row, *[()] * (width - len(row))]


def _cells(line: Line, framed: bool) -> list[Inlines]:
    """The words between bars; `framed` rows have a bar at either end too."""
    content, cells = line.content, list[Inlines]()
    while (at := words(content).find("|")) >= 0:
        first, content = split_at(content, at)
        cells.append(first)
        content = split_at(content, 1)[1]
    cells.append(content)
    return cells[1:-1] if framed else cells
