"""What a read frame says of the report: its number, date, kind and subject as values."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ..document.nodes import Frame, Slot, words


@dataclass(frozen=True, slots=True)
class Facts:
    """Values of the frame; "" or None where the page has none. `subject` one printed line per line."""

    number: str = ""
    symbol: str = ""
    issued_on: datetime.date | None = None
    kind: str = ""
    subject: str = ""


def facts_of(frame: Frame) -> Facts:
    """Number, symbol, date, kind and subject of a frame."""
    title = frame.title
    subject = "\n".join(words(line) for line in title.subject) if title else ""
    return Facts(_slot(frame, "number"), _symbol(frame), _date(frame), title.kind if title else "", subject)


def title_of(frame: Frame) -> str:
    """The name of the document: “Báo cáo 274/BC-UBND: kết quả …”."""
    facts = facts_of(frame)
    code = "/".join(filter(None, (facts.number, facts.symbol)))
    named = " ".join(filter(None, (facts.kind.capitalize(), code)))
    return ": ".join(filter(None, (named, " ".join(facts.subject.split())))) or "Văn bản"


def _slot(frame: Frame, kind: str) -> str:
    parts = (*frame.number, *frame.place_date)
    return next((part.text for part in parts if isinstance(part, Slot) and part.kind == kind), "")


def _symbol(frame: Frame) -> str:
    """All behind the number, without blanks and the sign before it."""
    text = words(frame.number).partition(":")[2] or words(frame.number)[2:]
    after = (
        "".join(text.split()).lstrip("0123456789.…abcđ")
        if _slot(frame, "number")
        else "".join(text.split()).lstrip(".…")
    )
    return after.lstrip("/-–")


def _date(frame: Frame) -> datetime.date | None:
    parts = [_slot(frame, kind) for kind in ("year", "month", "day")]
    try:
        return datetime.date(*map(int, parts)) if all(parts) else None
    except ValueError:
        return None


_DAY = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_SPAN = re.compile(rf"từ(?: ngày)?\s*{_DAY}\s*đến(?: hết)?(?: ngày)?\s*{_DAY}", re.IGNORECASE)
_MONTH = re.compile(r"tháng\s*(\d{1,2})\s*(?:/|năm\s*)(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s*(IV|III|II|I|[1-4])\s*(?:/|năm\s*)(\d{4})", re.IGNORECASE)
_MONTHS = re.compile(r"(0?6|sáu|0?9|chín) tháng (đầu|cuối)?\s*năm\s*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!giai đoạn )(?<!tháng \d )(?<!tháng \d\d )năm\s*(\d{4})(?!\s*[-–])", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
Period = tuple[datetime.date, datetime.date]


def period_of(text: str) -> Period | None:
    """The period a title names: “từ ngày … đến ngày …”, a month, a quarter, 6 or 9 months, a year; else None."""
    text = " ".join(text.split())
    if found := _SPAN.search(text):
        start, end = _day(*found.groups()[:3]), _day(*found.groups()[3:])
        return (start, end) if start and end and start <= end else None
    if found := _MONTH.search(text):
        return _months(int(found[2]), int(found[1]), 1)
    if found := _QUARTER.search(text):
        return _months(int(found[2]), 3 * _QUARTERS[found[1].upper()] - 2, 3)
    if found := _MONTHS.search(text):
        count = 6 if found[1].lower() in ("6", "06", "sáu") else 9
        return _months(int(found[3]), 13 - count if (found[2] or "").lower() == "cuối" else 1, count)
    if found := _YEAR.search(text):
        return _months(int(found[1]), 1, 12)
    return None


def _day(day: str, month: str, year: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> Period | None:
    """So many months from the first day of one."""
    if not (1 <= month <= 12 and 1900 < year < 2200):
        return None
    last = month + count - 1
    after = datetime.date(year + last // 12, last % 12 + 1, 1)
    return datetime.date(year, month, 1), after - datetime.timedelta(days=1)
