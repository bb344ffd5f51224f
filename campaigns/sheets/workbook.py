"""Excel files read and written: merged cells spread, formulas as their values, what is unsafe refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

MOST_ROWS = 10_000
MOST_COLUMNS = 60
HEADS = 15  # rows that may stand above the first row of data
MOST_BYTES = 80 * 1024 * 1024  # of the parts of the package, unpacked
UNREADABLE = (
    "Không mở được tệp này như một bảng Excel (.xlsx). Hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại."
)
TOO_LONG = f"Bảng dài quá {MOST_ROWS} dòng. Hãy chia thành nhiều tệp."
NO_VALUE = "Công thức chưa có giá trị. Hãy mở tệp bằng Excel, lưu lại, hoặc dán thành giá trị."
ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
ACROSS = "Ô gộp nhiều cột. Hãy bỏ gộp ô này."


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its number in the file, its values by column (from 1), faults of reading by column."""

    number: int
    values: Mapping[int, Any]
    faults: Mapping[int, str]


def lines(file: BinaryIO) -> list[Line]:
    """The rows of the first sheet that holds anything, blank rows left out.

    Raises ValidationError in the officer's words.
    """
    _check_package(file)
    sheet = _first(_load(file, values=True))
    formulas = _first(_load(file, values=False)) if _has_formulas(file) else None
    merged = _merged(sheet)
    found: list[Line] = []
    for number, row in enumerate(_rows(sheet), 1):
        line = _line(number, row, merged, formulas)
        if line.values or line.faults:
            found.append(line)  # blank rows with a format, which Excel keeps by the thousand, do not count
        if len(found) > MOST_ROWS + HEADS:
            raise ValidationError(TOO_LONG)
    return found


def _check_package(file: BinaryIO) -> None:
    """No package that unpacks without end, and no part that declares entities of its own."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise ValidationError(TOO_LONG)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as content:
                        if b"<!" in content.read(4096).replace(b"<!--", b""):
                            raise ValidationError(UNREADABLE)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError) as error:
        raise ValidationError(UNREADABLE) from error


def _has_formulas(file: BinaryIO) -> bool:
    file.seek(0)
    with zipfile.ZipFile(file) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<f>" in (content := package.read(name)) or b"<f " in content for name in names)


def about_rows(file: BinaryIO) -> int:
    """The rows of the first sheet as its dimension says, without reading the cells; 0 when that cannot be told."""
    try:
        _check_package(file)
        file.seek(0)
        book = load_workbook(file, read_only=True)
        rows = max((sheet.max_row or 0 for sheet in book.worksheets), default=0)
        book.close()
    except Exception:  # the check tells the officer what is wrong
        return 0
    return rows


def _load(file: BinaryIO, values: bool) -> Workbook:
    file.seek(0)
    try:
        return load_workbook(file, data_only=values)
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise ValidationError(UNREADABLE) from error


def _first(book: Workbook) -> Any:
    sheets = [sheet for sheet in book.worksheets if sheet.max_row > 1] or book.worksheets
    if not sheets:
        raise ValidationError("Tệp không có bảng nào.")
    return sheets[0]


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    yield from sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS))


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[Any, str]]:
    """Each place of a merged range -> the value it shows, and what is wrong with merging there."""
    spread: dict[tuple[int, int], tuple[Any, str]] = {}
    for area in list(sheet.merged_cells.ranges)[:MOST_ROWS]:
        value = sheet.cell(area.min_row, area.min_col).value
        fault = ACROSS if area.max_col > area.min_col else ""
        for row in range(area.min_row, min(area.max_row, area.min_row + MOST_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                spread[row, column] = (value if column == area.min_col else None, fault)
    return spread


def _line(number: int, row: Sequence[Any], merged: Mapping[Any, Any], formulas: Any) -> Line:
    values: dict[int, Any] = {}
    faults: dict[int, str] = {}
    for column, cell in enumerate(row, 1):
        value, fault = merged.get((number, column), (cell.value, ""))
        value = value.strip() if isinstance(value, str) else value
        if value is None and formulas is not None and formulas.cell(number, column).data_type == "f":
            fault = NO_VALUE
        if value in ERRORS:
            fault = f"Công thức báo lỗi {value}."
        if value not in (None, ""):
            values[column] = value
        if fault:
            faults[column] = fault
    return Line(number, values, faults)


# --- writing ------------------------------------------------------------------------------------------

HEAD = PatternFill("solid", fgColor="EEF0F2")
WRONG = PatternFill("solid", fgColor="FFE3E0")


def table(title: str, heads: Sequence[tuple[str, str, int]], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook with one sheet: `heads` are (label, hint, width); text stays text, dates are dates."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  a new workbook has a sheet
    sheet.title = title[:31]
    for column, (label, hint, width) in enumerate(heads, 1):
        cell = sheet.cell(1, column, label)
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if hint:
            cell.comment = Comment(hint, "Báo cáo phường", width=280, height=90)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
    return _bytes(book)


def _put(cell: Any, value: Any) -> None:
    """Text as text: "06" keeps its zero, and "=…" is no formula."""
    if value in (None, ""):
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"


def marked(file: BinaryIO, faults: Iterable[Mapping[str, Any]]) -> bytes:
    """The workbook as it came, each fault in red beside its row. `faults`: row, column (from 1, 0: row), words."""
    book = _load(file, values=False)
    sheet = _first(book)
    last = sheet.max_column + 1
    words: dict[int, list[str]] = {}
    for fault in faults:
        words.setdefault(fault["row"], []).append(fault["words"])
        if fault["column"] and not isinstance(sheet.cell(fault["row"], fault["column"]), _merged_cell()):
            sheet.cell(fault["row"], fault["column"]).fill = WRONG
    for row, sentences in words.items():
        cell = sheet.cell(max(row, 1), last)
        _put(cell, " ".join(sentences))
        cell.fill = WRONG
    return _bytes(book)


def _merged_cell() -> type:
    from openpyxl.cell.cell import MergedCell

    return MergedCell


def _bytes(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def from_text(text: str) -> bytes:
    """Cells copied from a sheet (tabs and line breaks) as a workbook, every one as text."""
    rows = [line.split("\t") for line in text.replace("\r", "").strip("\n").split("\n")]
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101
    for number, row in enumerate(rows[: MOST_ROWS + HEADS + 1], 1):
        for column, value in enumerate(row[:MOST_COLUMNS], 1):
            _put(sheet.cell(number, column), _clean(value))
    return _bytes(book)


def _clean(value: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return "".join(ch for ch in value if ch >= " ").strip().strip('"')[:5000]
