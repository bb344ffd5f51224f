"""What a read frame says of the report: its number, date, kind and subject as values."""

from __future__ import annotations

import datetime
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
