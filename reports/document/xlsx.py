"""Tables as an XLSX workbook: text stays text, whatever it begins with."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | datetime.date | None

_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # refused by XML
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FACE = "Times New Roman"
A4 = 9  # its number among the paper sizes of ECMA-376


@dataclass(frozen=True)
class Sheet:
    """One table: its title above, a head that is repeated on paper, rows; widths in characters."""

    name: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(sheets: tuple[Sheet, ...]) -> bytes:
    """The bytes of a workbook, A4 across, one page wide."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        _write(book.create_sheet(_name(sheet.name, names)), sheet)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """Up to 31 letters, none that a sheet's name may not have, no name twice."""
    name = _NOT_IN_NAMES.sub("-", wanted)[:28].strip() or "Sổ"
    tried, count = name, 1
    while tried.casefold() in taken:
        count += 1
        tried = f"{name} {count}"
    taken.add(tried.casefold())
    return tried


def _write(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for column, width in enumerate(sheet.widths):
        page.column_dimensions[chr(ord("A") + column)].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "3:3"
    page.freeze_panes = "A4"
    page.append([_cell(page, sheet.title, Font(name=_FACE, size=14, bold=True))])
    page.append([])
    page.append([_boxed(page, words, Font(name=_FACE, size=11, bold=True), "center") for words in sheet.head])
    for row in sheet.rows:
        page.append([_boxed(page, value, Font(name=_FACE, size=11)) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Cell, font: Font) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=_UNSAFE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=1+1" is words, not a sum
    if isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"
    cell.font = font
    return cell


def _boxed(page: WriteOnlyWorksheet, value: Cell, font: Font, across: str = "left") -> WriteOnlyCell:
    cell = _cell(page, value, font)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=across)
    cell.border = _BOX
    return cell
