"""Plain text to lines: an encoding found, front matter set aside, lines wrapped at a margin noticed."""

from __future__ import annotations

import re
from itertools import pairwise

from .lines import Line, Note, plain

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
_FRONT = re.compile(r"[A-Z][A-Z _-]{2,20}:\s")
_RULE = re.compile(r"(={4,}|-{4,}|\*{4,}|_{4,}|~{4,})$")
#: What stands right of blanks in a letterhead or beside the recipients.
_BESIDE = re.compile(
    r"(?:\t\s*| {3,})(?=CỘNG H(?:ÒA|OÀ)|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]\s*Tự do|[^\W\d_][^,|]{1,30},\s*ngày\s.{0,12}tháng|"
    r"(?:TM|KT|TL|TUQ|Q|T/M|T/L|K/T)\s?[./]\s?[A-ZĐÀ-Ỹ]|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|BÍ THƯ)\b)"
)
#: Above this many characters a line was not broken by a page's margin.
_WIDEST = 130


class Unreadable(ValueError):
    """A file that cannot be read as a report; the message is a sentence for the officer."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or the old Windows code page for Vietnamese."""
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("Không đọc được chữ trong tệp. Hãy lưu lại tệp với bảng mã Unicode (UTF-8).")


def read(data: bytes) -> tuple[list[Line], list[Note]]:
    """The lines of a text file in order, and what was set aside."""
    return lines_of(decoded(data))


def lines_of(text: str, wrapped: bool = False) -> tuple[list[Line], list[Note]]:
    """The lines of a text; a form feed begins a page, an empty line is the gap of the next.

    `wrapped`: the text is known to be broken at a page's margin.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    rows, notes = _without_front(rows)
    width = _margin(rows) if wrapped else _width(rows)
    made: list[Line] = []
    gap = page = False
    for row, below in pairwise([*rows, ""]):
        page = page or row.startswith("\f")
        if not row.strip("\f \t\u00a0"):
            gap = True
            continue
        made += _of_row(row.lstrip("\f"), gap, page, _is_full(row, below, width))
        gap = page = False
    return made, notes


def _without_front(rows: list[str]) -> tuple[list[str], list[Note]]:
    """“KEY: value” lines above a line of signs are of the file, not of the document."""
    for at, row in enumerate(rows[:20]):
        if at and _RULE.match(row.strip()) and all(_FRONT.match(above) for above in rows[:at]):
            return rows[at + 1 :], [
                Note("dropped", "Phần ghi chú của tệp, đứng trước văn bản", " ".join(rows[:at]))
            ]
    return rows, []


def _of_row(row: str, gap: bool, page: bool, full: bool) -> list[Line]:
    """A row; two columns side by side, as a letterhead or signatures typed with blanks, are two lines."""
    indent = (len(row) - len(row.lstrip())) // 2
    beside = _BESIDE.search(row)
    if beside and row[: beside.start()].strip() and "|" not in row:
        left, right = row[: beside.start()], row[beside.start() :]
        return [plain(left, gap=gap, page=page, column=1), plain(right, column=2)]
    return [plain(row, gap=gap, page=page, full=full, indent=indent)]


def _width(rows: list[str]) -> int:
    """The width at which lines were broken, 0 when each paragraph stands on one line.

    A page's margin shows as many lines of nearly one length that go on in the next.
    """
    long_ones = sorted(len(row.strip()) for row in rows if len(row.strip()) > 40)
    if len(long_ones) < 6 or long_ones[-1] > _WIDEST:
        return 0
    width = long_ones[int(len(long_ones) * 0.9)]
    going_on = sum(
        len(row.strip()) > width * 0.75 and below.strip()[:1].islower() for row, below in pairwise(rows)
    )
    return width if going_on >= max(2, len(long_ones) // 12) else 0


def _margin(rows: list[str]) -> float:
    """The width of a page's lines: that of the longer ones, a few very long ones aside."""
    lengths = sorted(len(row.strip()) for row in rows if len(row.strip()) > 30)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _is_full(row: str, below: str, width: float) -> bool:
    """Whether the first word of the row below would not have fitted any more; a little less is let pass."""
    if not width:
        return False
    word = below.strip().split(" ")[0]
    return len(row.strip()) + 1 + len(word) > width * 0.9
