"""How a file lies on paper: what its XML or its geometry states, as plain values for the checks of form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a Word section: millimetres; a margin is None where it cannot be told."""

    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike: `size` in points, 0 unknown; `font` "" unknown; `colour` "000000", "" unknown."""

    text: str
    font: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph, or a line of a PDF page, with how it is set; None where the file does not say.

    `align` is left, center, right or justify; `indent` of the first line and `spacing` before and after in mm and
    points; `line` the line spacing as a multiple; `x`, `y` the left edge and baseline on `page` (mm from the top
    left, pages from 1; 0 in Word).
    """

    text: str
    runs: tuple[Run, ...] = ()
    align: str = ""
    indent: float | None = None
    spacing: float | None = None
    line: float | None = None
    in_table: bool = False
    page: int = 0
    x: float = 0
    y: float = 0
    right: float = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file: `source` is docx or pdf; `numbered` where page numbers stand ("header", "footer", "none", "").

    `number_align` and `number_size` are those of the page number; `first_numbered` whether page 1 shows its number.
    """

    source: str
    pages: tuple[Page, ...]
    lines: tuple[Printed, ...]
    numbered: str = ""
    number_align: str = ""
    number_size: float = 0
    first_numbered: bool | None = None
