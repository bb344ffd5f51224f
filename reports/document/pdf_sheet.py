"""How a PDF lies on paper: its pages and lines of text with place, font and size, from its geometry."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .sheet import Page, Printed, Run, Sheet

_MM = 25.4 / 72
#: Letters whose baselines lie so near stand on one line (points).
_ONE_LINE = 2.5
#: Free space that parts two columns (points).
_COLUMN = 30
_NUMBER = re.compile(r"[-–\s]*\d{1,3}[-–\s]*")


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter: left and right edge and baseline in points from the bottom left of its page."""

    char: str
    left: float
    right: float
    base: float
    look: tuple[str, float, str]  # font, size, colour


def sheet_of(data: bytes) -> Sheet:
    """Raises pypdfium2.PdfiumError for what is no PDF."""
    pages: list[Page] = []
    lines: list[Printed] = []
    with pypdfium2.PdfDocument(data) as opened:
        for number in range(len(opened)):
            page = opened[number]
            width, height = (side * _MM for side in page.get_size())
            found = [replace(line, page=number + 1) for line in _lines(page)]
            body = [line for line in found if not _is_number(line)]
            pages.append(_page(width, height, body))
            lines += found
    return Sheet("pdf", tuple(pages), tuple(lines), **_numbers(pages, lines))


def _page(width: float, height: float, lines: list[Printed]) -> Page:
    """The page with the free space left and right of its text, above and below it."""
    if not lines:
        return Page(width, height)
    return Page(
        width,
        height,
        min(line.y - _height(line) for line in lines),
        height - max(line.y for line in lines),
        min(line.x for line in lines),
        width - max(line.right for line in lines),
    )


def _height(line: Printed) -> float:
    return max((run.size for run in line.runs), default=0) * 0.9 * _MM


def _is_number(line: Printed) -> bool:
    return bool(_NUMBER.fullmatch(line.text)) and (line.y < 25)


def _numbers(pages: list[Page], lines: list[Printed]) -> dict[str, Any]:
    numbers = [line for line in lines if _is_number(line)]
    later = [line for line in numbers if line.page > 1]
    if len(pages) < 2:
        return {}
    if not later:
        return {"numbered": "none"}
    first = later[0]
    centre = pages[first.page - 1].width / 2 + _offset(pages[first.page - 1])
    return {
        "numbered": "header",
        "number_align": "center" if abs((first.x + first.right) / 2 - centre) < 8 else "left",
        "number_size": max((run.size for run in first.runs), default=0),
        "first_numbered": any(line.page == 1 for line in numbers),
    }


def _offset(page: Page) -> float:
    """Half the difference of left and right margin: the middle of the text against the middle of the paper."""
    return ((page.left or 0) - (page.right or 0)) / 2


def _lines(page: pypdfium2.PdfPage) -> Iterator[Printed]:
    rows: list[list[_Letter]] = []
    height = page.get_height()
    for letter in _letters(page):
        row = rows[-1] if rows else None
        if row is None or abs(row[-1].base - letter.base) > _ONE_LINE or _is_apart(row[-1], letter):
            rows.append([])
        rows[-1].append(letter)
    for row in rows:
        printed = _printed(row, height)
        if printed.text:
            yield printed


def _is_apart(before: _Letter, letter: _Letter) -> bool:
    """Another column: to the left of the letter before, or further right than words of one line stand."""
    return letter.left < before.left - 1 or letter.left - before.right > _COLUMN


def _letters(page: pypdfium2.PdfPage) -> Iterator[_Letter]:
    text = page.get_textpage()
    last: _Letter | None = None
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if char in "\r\n":
            continue
        left, _, right, _ = text.get_charbox(index, loose=False)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        if char.isspace() and last is not None:
            yield replace(last, char=" ")
            continue
        last = _Letter(
            char, left, right, y.value, (_font(text, index), _size(text, index), _colour(text, index))
        )
        yield last


def _font(text: pypdfium2.PdfTextPage, index: int) -> str:
    """The font's name without the mark of a subset: "ABCDEF+Times-Roman" -> "Times-Roman"."""
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, ctypes.byref(flags))
    name = buffer.raw[: max(0, min(int(length), 128) - 1)].decode("utf-8", "replace")
    return re.sub(r"^[A-Z]{6}\+", "", name)


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """Points on paper: the font's size by the scale of its matrix."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.c, matrix.d)
    return round(float(pdfium.FPDFText_GetFontSize(text, index)) * scale * 2) / 2


def _colour(text: pypdfium2.PdfTextPage, index: int) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, index, *map(ctypes.byref, parts))
    return "".join(f"{part.value:02x}" for part in parts[:3])


def _printed(row: list[_Letter], height: float) -> Printed:
    shown = [letter for letter in row if not letter.char.isspace()]
    if not shown:
        return Printed("")
    runs: list[Run] = []
    for letter in row:
        font, size, colour = letter.look
        if runs and (runs[-1].font, runs[-1].size, runs[-1].colour) == letter.look:
            runs[-1] = replace(runs[-1], text=runs[-1].text + letter.char)
        else:
            folded = font.lower()
            bold, italic = "bold" in folded, "italic" in folded or "oblique" in folded
            runs.append(Run(letter.char, font, size, bold, italic, False, colour))
    return Printed(
        "".join(run.text for run in runs).strip(),
        tuple(runs),
        x=min(letter.left for letter in shown) * _MM,
        y=(height - shown[0].base) * _MM,
        right=max(letter.right for letter in shown) * _MM,
    )
