"""Citations as text: the kinds of papers there are, and “Kế hoạch số 98/KH-UBND ngày 19/9/2025 của …”."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its name in lower case, its abbreviation (NĐ 30 Phụ lục III.I) and its family."""

    name: str
    code: str
    family: str  # "state", "legal", "party" or "plain"


def _kinds(family: str, *pairs: tuple[str, str]) -> list[Kind]:
    return [Kind(name, code, family) for name, code in pairs]


#: Every kind by name. The 29 of NĐ 30 Điều 7, legal documents, party documents, and the plain "văn bản".
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *_kinds("legal", ("hiến pháp", ""), ("bộ luật", ""), ("luật", ""), ("pháp lệnh", ""), ("lệnh", "")),
        *_kinds("legal", ("nghị định", "NĐ"), ("thông tư", "TT"), ("thông tư liên tịch", "TTLT")),
        *_kinds("state", ("nghị quyết", "NQ"), ("quyết định", "QĐ"), ("chỉ thị", "CT"), ("quy chế", "QC")),
        *_kinds("state", ("quy định", "QyĐ"), ("thông cáo", "TC"), ("thông báo", "TB"), ("hướng dẫn", "HD")),
        *_kinds("state", ("chương trình", "CTr"), ("kế hoạch", "KH"), ("phương án", "PA"), ("đề án", "ĐA")),
        *_kinds("state", ("dự án", "DA"), ("báo cáo", "BC"), ("biên bản", "BB"), ("tờ trình", "TTr")),
        *_kinds("state", ("hợp đồng", "HĐ"), ("công văn", ""), ("công điện", "CĐ"), ("bản ghi nhớ", "BGN")),
        *_kinds("state", ("bản thỏa thuận", "BTT"), ("giấy ủy quyền", "GUQ"), ("giấy mời", "GM")),
        *_kinds("state", ("giấy giới thiệu", "GGT"), ("giấy nghỉ phép", "GNP"), ("phiếu gửi", "PG")),
        *_kinds("state", ("phiếu chuyển", "PC"), ("phiếu báo", "PB"), ("thư công", "")),
        *_kinds("party", ("kết luận", "KL"), ("chương trình hành động", "CTr"), ("quy chế phối hợp", "QCPH")),
        Kind("văn bản", "", "plain"),
    )
}


@dataclass(frozen=True)
class Citation:
    """The facts of a citation; any may be missing ("" or None).

    `kind` in lower case; `number` with its zeros and letters ("06", "2074a", "72/2024"); `symbol` as in
    "KH-UBND" or, for party papers, "KH/ĐU"; `dated` is the day as printed, wins over `date`.
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
        parts.append(f"ngày {dated}")
    if citation.issuer:
        parts.append(f"của {citation.issuer}")
    if citation.subject:
        parts.append(f"về việc {citation.subject}" if code else citation.subject)
    return " ".join(parts)
