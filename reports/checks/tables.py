"""Tables: totals of columns and rows, and gaps hidden inside a total."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from campaigns.facts import number

from ..document.nodes import MISSING, Row, Table
from .findings import ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, bare

_SUMS = "Tổng phải bằng các phần cộng lại"
_GAP = "Chưa có số liệu không phải là số không"
_TOTAL = re.compile(r"^(?:tong cong|tong so|tong|cong|toan phuong|toan xa|chung)\b")
_CELL = re.compile(r"^[+-]?(?P<number>\d[\d.,]*)$")
#: Columns whose numbers do not add up: order, rates, years, averages.
_NOT_ADDED = re.compile(r"\b(?:stt|tt|ty le|ti le|ghi chu|so voi|binh quan|muc nuoc|don gia)\b|%")


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table as rows of cells; `heads` are the folded words above each column."""

    table: Table
    rows: tuple[tuple[Row, dict[int, Line]], ...]
    heads: dict[int, str]


def grids(manuscript: Manuscript) -> tuple[Grid, ...]:
    return _grids(manuscript)


@lru_cache(maxsize=2)
def _grids(manuscript: Manuscript) -> tuple[Grid, ...]:
    cells: dict[int, dict[tuple[int, int], Line]] = defaultdict(dict)
    for line in manuscript.body:
        if line.part == "cell":
            cells[line.table][line.row, line.column] = line
    return tuple(_grid(found) for found in cells.values())


def _grid(cells: dict[tuple[int, int], Line]) -> Grid:
    table = next(iter(cells.values())).node
    assert isinstance(table, Table)  # noqa: S101 - a cell's node is its table
    by_row: dict[int, dict[int, Line]] = defaultdict(dict)
    for (row, column), line in cells.items():
        by_row[row][column] = line
    depth = table.header_depth or 1
    heads: dict[int, str] = {}
    for column in range(len(table.columns)):
        named = [by_row[row][column].text for row in range(depth) if column in by_row[row]]
        heads[column] = bare(" ".join(named))
    rows = tuple((table.rows[row], by_row[row]) for row in range(depth, len(table.rows)))
    return Grid(table, rows, heads)


def value(text: str, grouped: bool) -> Decimal | None:
    """A cell's number; `grouped`: the column's dots and commas part thousands (194.870.000; 67,400,000)."""
    found = _CELL.match(text.strip())
    if not found:
        return None
    printed = found["number"].rstrip(".,")
    if grouped:
        return Decimal(re.sub(r"[.,]", "", printed))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", printed):
        printed = printed.replace(".", "")
    try:
        return Decimal(printed.replace(",", "."))
    except ArithmeticError:
        return None


def _grouped(texts: list[str]) -> bool:
    """Whether every number of a column with a dot or comma has groups of three behind it."""
    marked = [text.strip() for text in texts if re.search(r"\d[.,]\d", text)]
    return bool(marked) and all(re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text) for text in marked)


def _is_total(row: Row, cells: dict[int, Line]) -> bool:
    words = [bare(line.text).strip() for _, line in sorted(cells.items())[:2]]
    return row.kind == "total" or any(_TOTAL.match(text) for text in words)


def _is_group(row: Row, cells: dict[int, Line]) -> bool:
    first = next((line.text.strip() for _, line in sorted(cells.items())), "")
    return row.kind in ("group", "subtotal") or bool(re.fullmatch(r"[IVX]+|[A-ZĐ]", first))


def columns(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A total row against the rows it totals, column by column."""
    for grid in grids(manuscript):
        totals = [(row, cells) for row, cells in grid.rows if _is_total(row, cells)]
        others = [(row, cells) for row, cells in grid.rows if not _is_total(row, cells)]
        groups = [entry for entry in others if _is_group(*entry)]
        if len(totals) != 1 or len(others) < 2:
            continue
        items = [entry for entry in others if not _is_group(*entry)]
        for column, head in grid.heads.items():
            total = totals[0][1].get(column)
            if total is None or _NOT_ADDED.search(head):
                continue
            added = [_column(column, entries, total) for entries in (items, groups, others) if entries]
            known = [one for one in added if one is not None]
            stated = known[0][0] if known else None
            if stated is not None and all(stated != sum_ for _, sum_ in known):
                yield Remark(
                    total,
                    0,
                    len(total.text),
                    f"Dòng tổng ghi {total.text.strip()}, nhưng các dòng cộng lại là {number(known[0][1])}.",
                )


def _column(
    column: int, entries: list[tuple[Row, dict[int, Line]]], total: Line
) -> tuple[Decimal, Decimal] | None:
    """The stated total and the sum of a column's numbers; None where most cells hold none."""
    texts = [cells[column].text for _, cells in entries if column in cells]
    grouped = _grouped([*texts, total.text])
    numbers = [value(text, grouped) for text in texts if text.strip()]
    stated = value(total.text, grouped)
    if stated is None or not numbers or any(one is None for one in numbers):
        return None
    return stated, sum((one for one in numbers if one is not None), Decimal())


def rows(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A column named total against the run of columns beside it that it adds up in most rows."""
    for grid in grids(manuscript):
        named = [column for column, head in grid.heads.items() if re.match(r"^(?:tong|cong)\b", head)]
        for at in named:
            best: list[tuple[Line, Decimal, Decimal]] = []
            for parts in _runs(grid, at):
                made = [entry for entry in (_row(cells, at, parts) for _, cells in grid.rows) if entry]
                if _right(made) > _right(best):
                    best = made
            wrong = [entry for entry in best if entry[1] != entry[2]]
            if len(best) < 3 or len(wrong) > len(best) / 3:
                continue  # the column is no sum of its neighbours
            for line, stated, added in wrong:
                yield Remark(
                    line,
                    0,
                    len(line.text),
                    f"Ô tổng ghi {number(stated)}, nhưng các ô cùng dòng cộng lại là {number(added)}.",
                )


def _right(made: list[tuple[Line, Decimal, Decimal]]) -> int:
    return sum(stated == added for _, stated, added in made)


def _runs(grid: Grid, at: int) -> Iterator[list[int]]:
    """Runs of two columns and more that end or begin next to the total; at most eight wide."""
    last = max(grid.heads)
    for width in range(2, 9):
        if at - width >= 0:
            yield [column for column in range(at - width, at) if not _NOT_ADDED.search(grid.heads[column])]
        if at + width <= last:
            yield [
                column
                for column in range(at + 1, at + width + 1)
                if not _NOT_ADDED.search(grid.heads[column])
            ]


def _row(cells: dict[int, Line], at: int, parts: list[int]) -> tuple[Line, Decimal, Decimal] | None:
    texts = [cells[column].text for column in parts if column in cells]
    total = cells.get(at)
    if total is None:
        return None
    grouped = _grouped([*texts, total.text])
    stated = value(total.text, grouped)
    numbers = [found for found in (value(text, grouped) for text in texts) if found is not None]
    return (total, stated, sum(numbers, Decimal())) if stated is not None and len(numbers) >= 1 else None


def order(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A number left out, or given twice, in the column that counts the rows."""
    for grid in grids(manuscript):
        if not re.fullmatch(r"(?:stt|tt|so tt|so thu tu)\.?", grid.heads.get(0, "").strip()):
            continue
        before = 0
        for _, cells in grid.rows:
            line = cells.get(0)
            if line is None or not line.text.strip().isdigit():
                continue
            at = int(line.text.strip())
            if before and at not in (before + 1, 1):
                missing = f"thiếu dòng {before + 1}" if at > before + 1 else "lặp hoặc lùi số"
                yield Remark(line, 0, len(line.text), f"Số thứ tự nhảy từ {before} sang {at}: {missing}.")
            before = at


def gaps(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A total over rows of which some have no figure yet, and a live total over places that have not all reported."""
    for grid in grids(manuscript):
        for row, cells in grid.rows:
            if not _is_total(row, cells):
                continue
            for column, line in cells.items():
                column_cells = [
                    other[column] for r, other in grid.rows if column in other and not _is_total(r, other)
                ]
                missing = sum(cell.text.strip() in (MISSING, "…", "...", "-") for cell in column_cells)
                if missing and value(line.text, grouped=False) is not None:
                    yield Remark(
                        line,
                        0,
                        len(line.text),
                        f"Số tổng này thiếu {missing} dòng chưa có số liệu; cần ghi rõ là mới cộng"
                        f" {len(column_cells) - missing}/{len(column_cells)} dòng.",
                    )
    for line in manuscript.prose:
        for named in line.mentions:
            key = named.mention.key
            known = (
                knowledge.indicator_of.get(int(key))
                if named.mention.kind == "figure" and key.isdigit()
                else None
            )
            if known and known.covered and known.expected and known.covered < known.expected:
                yield Remark(
                    line,
                    named.start,
                    named.end,
                    f"Số này mới cộng từ {known.covered}/{known.expected} nơi; các nơi còn lại chưa có số liệu.",
                )


CHECKS = (
    Check("table-column", "figures", ERROR, "Dòng tổng của bảng", _SUMS, columns),
    Check("table-row", "figures", ERROR, "Cột tổng của bảng", _SUMS, rows),
    Check("row-missing", "figures", WARNING, "Số thứ tự các dòng liền nhau", "Bảng đủ dòng", order),
    Check("gap-in-total", "figures", WARNING, "Chỗ chưa có số liệu trong số tổng", _GAP, gaps),
)
