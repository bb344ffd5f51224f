"""The register of outgoing papers of the demonstration: series of two years, the ward's own papers, report 274.

The ward took its numbers from the city's system in 2025 and gives most of them here since May 2026.
"""

from __future__ import annotations

from datetime import date

from campaigns.models import Organization, Paper, User
from reports.models import Entry, Report, Series

#: Kind, name, symbol of the series, source of 2025, source of 2026 and its first number given here.
SERIES = (
    ("BC", "Báo cáo", "BC-UBND", "city", "here", 274),
    ("KH", "Kế hoạch", "KH-UBND", "city", "here", 1),
    ("QĐ", "Quyết định", "QĐ-UBND", "city", "here", 352),
    ("", "Công văn", "UBND", "city", "city", 1),
)
BEGUN = date(2025, 7, 1)  # of the ward


def load(ward: Organization, clerk: User, report: Report) -> None:
    """Two years of series and the papers that the registers of papers and reports already hold."""
    kept: dict[tuple[str, int], Series] = {}
    for kind, name, symbol, last, now, first in SERIES:
        common = {"organization": ward, "kind": kind, "name": name, "symbol": symbol}
        kept[symbol, 2025] = Series.objects.create(**common, year=2025, starts_on=BEGUN, source=last)
        kept[symbol, 2026] = Series.objects.create(
            **common, year=2026, starts_on=date(2026, 1, 1), source=now, first_number=first
        )
    Entry.objects.bulk_create([*_papers(ward, clerk, kept), _report(clerk, kept, report)])


def _papers(ward: Organization, clerk: User, kept: dict[tuple[str, int], Series]) -> list[Entry]:
    papers = Paper.objects.filter(holder=ward, issuers=ward).exclude(number="").order_by("issued_on", "pk")
    return [
        Entry(
            series=kept[_series(paper.symbol), paper.issued_on.year],
            number=int(paper.number),
            symbol=paper.symbol,
            dated=paper.issued_on,
            title=paper.kind.capitalize(),
            subject=paper.subject,
            keeper="VT",
            sent_on=paper.issued_on,
            paper=paper,
            given_by=clerk,
        )
        for paper in papers
        if paper.issued_on and _series(paper.symbol)
    ]


def _series(symbol: str) -> str:
    """The symbol of the series a paper's symbol belongs to: a công văn adds its unit, UBND-VHXH."""
    return next((known for _, _, known, *_ in SERIES if symbol in (known, f"{known}-VHXH")), "")


def _report(clerk: User, kept: dict[tuple[str, int], Series], report: Report) -> Entry:
    block = report.signature_blocks.first()
    return Entry(
        series=kept["BC-UBND", 2026],
        number=274,
        symbol=report.symbol,
        dated=report.issued_on,
        title="Báo cáo",
        subject=report.subject_line,
        signer=block.name if block else "",
        recipients=report.recipients,
        keeper="VT, VHXH",
        copies=1,
        sent_on=report.issued_on,
        report=report,
        given_by=clerk,
    )
