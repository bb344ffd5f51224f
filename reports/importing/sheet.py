"""A letter's XLSX form to plain rows: words, spans, and which cells wait to be filled."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .lines import tidy
from .text import Unreadable

MOST_ROWS, MOST_COLUMNS = 300, 30


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of the form; a merged one stands once, with its spans."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and rows from the first to the last that holds something."""

    title: str
    rows: tuple[tuple[SheetCell, ...], ...]


def read(data: bytes) -> list[Sheet]:
    """The sheets that hold something. Unreadable, with a sentence, for what is no workbook or too large."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable("Không đọc được biểu Excel này. Lưu lại dưới dạng .xlsx rồi thử lại.") from error
    sheets = [_sheet(sheet) for sheet in book.worksheets]
    found = [sheet for sheet in sheets if sheet.rows]
    if not found:
        raise Unreadable("Biểu Excel không có ô nào có chữ.")
    return found


def _sheet(sheet: openpyxl.worksheet.worksheet.Worksheet) -> Sheet:
    spans = {(at.min_row, at.min_col): at for at in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for at in sheet.merged_cells.ranges
        for row in range(at.min_row, at.max_row + 1)
        for column in range(at.min_col, at.max_col + 1)
    } - set(spans)
    last_row = max((c.row for row in sheet.iter_rows() for c in row if c.value is not None), default=0)
    last_column = max((c.column for row in sheet.iter_rows() for c in row if c.value is not None), default=0)
    if last_row > MOST_ROWS or last_column > MOST_COLUMNS:
        raise Unreadable(f"Biểu quá lớn: tối đa {MOST_ROWS} dòng, {MOST_COLUMNS} cột.")
    rows = []
    for number in range(1, last_row + 1):
        cells = []
        for column in range(1, last_column + 1):
            if (number, column) in covered:
                continue
            at = spans.get((number, column))
            cells.append(
                SheetCell(
                    _text(sheet.cell(number, column).value),
                    min(at.max_col, last_column) - column + 1 if at else 1,
                    min(at.max_row, last_row) - number + 1 if at else 1,
                )
            )
        rows.append(tuple(cells))
    return Sheet(tidy(sheet.title).strip(), tuple(rows))


def _text(value: object) -> str:
    """A value as it reads in Vietnam: 4118 stays, 12.5 is 12,5, a date is 19/5/2026."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return tidy(str(value)).strip()
