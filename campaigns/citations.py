"""Citations as text, written and read: “Kế hoạch số 98/KH-UBND ngày 19/9/2025 của …”."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from . import citation_reader
from .kinds import CODES as CODES
from .kinds import KINDS as KINDS
from .kinds import Kind as Kind


@dataclass(frozen=True)
class Citation:
    """The facts of a citation; any may be missing ("" or None).

    `kind` in lower case; `number` with its zeros and letters ("06", "2074a", "72/2024"); `symbol` as in
    "KH-UBND" or, for party papers, "KH/ĐU"; `dated` is the day as printed, wins over `date`: "19/9/2025", and
    what is known of an incomplete one, "…/12/2025", "10/2025", "2024", "4/7".
    """

    kind: str = ""
    number: str = ""
    symbol: str = ""
    date: datetime.date | None = None
    issuer: str = ""
    subject: str = ""
    dated: str = ""


def code_of(number: str, symbol: str) -> str:
    """Number and symbol as one word: 98/KH-UBND, party 06-KH/ĐU (hyphen first, Hướng dẫn 36-HD/VPTW)."""
    if number and symbol:
        return f"{number}-{symbol}" if "/" in symbol else f"{number}/{symbol}"
    return number or symbol


def format_date(day: datetime.date) -> str:
    """A day in running text, no zeros but on days under 10 and months 1 and 2: 03/10/2025, 19/5/2026."""
    return f"{day.day:02d}/{month_of(day)}/{day.year}"


def month_of(day: datetime.date) -> str:
    """The month with a zero only for 1 and 2 (NĐ 30 Phụ lục I, II.4)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _unit_of(dated: str) -> str:
    """What stands before a day as printed: "năm" 2024, "tháng" 10/2025, "ngày" for all others."""
    lengths = [len(part) for part in dated.split("/") if part.isdigit()]
    if dated.count("/") == len(lengths) - 1 and lengths[-1] == 4:
        return {1: "năm", 2: "tháng"}.get(len(lengths), "ngày")
    return "ngày"


def _named(citation: Citation) -> str:
    kind = citation.kind or "văn bản"
    return kind[:1].upper() + kind[1:]


def short(citation: Citation) -> str:
    """Later mentions (NĐ 30 Phụ lục I, II.6.b): kind, number and symbol. A law is its kind and name."""
    code = code_of(citation.number, citation.symbol)
    if not code:
        return " ".join(part for part in (_named(citation), citation.subject) if part)
    return f"{_named(citation)} số {code}"


def full(citation: Citation) -> str:
    """The first mention: kind, number and symbol, date, issuer, subject; parts that are missing are left out."""
    parts = [_named(citation)]
    code = code_of(citation.number, citation.symbol)
    if not code and KINDS.get(citation.kind, Kind("", "", "")).family == "legal":
        return " ".join(part for part in (_named(citation), citation.subject) if part)
    if code:
        parts.append(f"số {code}")
    dated = citation.dated or (format_date(citation.date) if citation.date else "")
    if dated:
        parts.append(f"{_unit_of(dated)} {dated}")
    if citation.issuer:
        parts.append(f"của {citation.issuer}")
    if citation.subject:
        parts.append(f"về việc {citation.subject}" if code else citation.subject)
    return " ".join(parts)


# --- reading ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A citation in a text: text[start:end], of which text[start:head] is all but the subject.

    A citation may lie inside the subject of another (“… thực hiện Nghị quyết số 57-NQ/TW”): spans up to `end` nest,
    spans up to `head` never overlap.
    """

    start: int
    end: int
    citation: Citation
    head: int


def find(text: str) -> list[Found]:
    """Every citation in running text, in order: state, party and legal symbols, laws by name, blanks as blanks."""
    return [
        Found(parts.start, parts.end, _citation(parts), parts.head)
        for parts in citation_reader.parts_of(text)
    ]


def read(text: str) -> Citation | None:
    """The one citation that `text` is, with the subject to its end; None where there is none."""
    parts = next(citation_reader.parts_of(text, whole=True), None) or citation_reader.kind_alone(text)
    return _citation(parts) if parts else None


def _citation(parts: citation_reader.Parts) -> Citation:
    date = _date(*parts.day)
    return Citation(
        kind=parts.kind,
        number=parts.number,
        symbol=parts.symbol,
        date=date,
        issuer=parts.issuer,
        subject=parts.subject,
        dated="" if date else parts.dated,
    )


def _date(day: str, month: str, year: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def iso(citation: Citation) -> str:
    """The day as ISO 8601, as far as known: "2025-09-19", "2025-12", "2025", "--07-04", ""."""
    if citation.date:
        return citation.date.isoformat()
    parts = [part if part.isdigit() else "" for part in citation.dated.split("/")]
    if len(parts) == 2 and len(parts[1]) < 4:
        parts.append("")  # 4/7
    day, month, year = (["", "", "", *parts])[-3:]
    if not year:
        return f"--{int(month):02d}-{int(day):02d}" if month and day else ""
    return "-".join(
        [year, *(f"{int(part):02d}" for part in ([month, day] if day and month else [month]) if part)]
    )


def fields(citation: Citation | None) -> tuple[str, str, str, str, str, str]:
    """Kind, number, symbol, issuer, date (ISO, as far as known), subject: "" for what is missing."""
    if citation is None:
        return ("", "", "", "", "", "")
    return (
        citation.kind,
        citation.number,
        citation.symbol,
        citation.issuer,
        iso(citation),
        citation.subject,
    )
