"""On time or not: counted from the first channel that the letter names, by the hour of its deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from campaigns.calendar import Calendar
from campaigns.models import calendar_for
from campaigns.search import fold

from ..lifecycle import OUT
from ..models import Channel, Code, Report, ReportRequest, Sending

#: Words of letters that name a channel, folded; carried ones stand for the city's system they replace.
NAMES: dict[Channel, str] = {
    Channel.CITY: r"truc lien thong|quan ly van ban|qlvb|e-?office|he thong vb",
    Channel.REPORTING: r"thong tin bao cao|he thong bao cao|phan mem bao cao",
    Channel.MAIL: r"thu dien tu|thu cong vu|e-?mail|hop thu|(?<!van )\bthu\b",
    Channel.PAPER: r"ban giay|van ban giay|buu dien|buu chinh|truc tiep|duong van thu",
    Channel.HTTP: r"ket noi|\bapi\b",
    Channel.HERE: r"phan mem nay",
}
#: Ways that count where a letter names one: the app's own carry a package to the same desk.
SAME = {Channel.REPORTING: {Channel.REPORTING, Channel.HERE, Channel.HTTP}}


@dataclass(frozen=True)
class Punctuality:
    """How a report stands to one letter: the sending that counts, whether it was in time, and that in words."""

    letter: ReportRequest
    named: Channel | None
    sending: Sending | None
    on_time: bool | None
    words: str


def first_named(text: str) -> Channel | None:
    """The channel a letter names first; None when it names none we know."""
    folded = fold(text)
    found = [
        (match.start(), channel) for channel, names in NAMES.items() if (match := re.search(names, folded))
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def of(report: Report, sendings: Iterable[Sending]) -> list[Punctuality]:
    """One for each letter the report answers; two queries."""
    left = [row for row in sendings if row.sent_at is not None and row.code != Code.REFUSED]
    letters = list(report.requests.select_related("paper").order_by("pk"))
    calendar = calendar_for(report.organization) if letters else Calendar()
    return [_of_letter(letter, left, calendar) for letter in letters]


def _of_letter(letter: ReportRequest, left: list[Sending], calendar: Calendar) -> Punctuality:
    named = first_named(letter.channels)
    counted = [row for row in left if named is None or row.channel in SAME.get(named, {named})]
    sending = min(counted, key=lambda row: row.sent_at, default=None)  # type: ignore[arg-type, return-value]
    if letter.deadline is None:
        return Punctuality(letter, named, sending, None, "Công văn không nêu hạn gửi.")
    if sending is None or sending.sent_at is None:
        over = timezone.now() > letter.deadline
        left_words = calendar.left(timezone.now(), letter.deadline)
        way = f" bằng cách công văn nêu trước ({named.label})" if named and left else ""
        return Punctuality(letter, named, None, False if over else None, f"Chưa gửi{way}, {left_words}.")
    on_time = sending.sent_at <= letter.deadline
    margin = calendar.left(sending.sent_at, letter.deadline)
    words = f"Đúng hạn, lúc gửi {margin}." if on_time else f"{margin[:1].upper()}{margin[1:]}."
    return Punctuality(letter, named, sending, on_time, words)


def shown(report: Report) -> dict[str, Any]:
    """What the overview of an issued report shows: its `sendings`, and how they stand to each letter."""
    if report.status not in OUT:
        return {}
    rows = list(Sending.objects.filter(report=report).select_related("recipient"))
    return {"sendings": rows, "punctuality": of(report, rows)}
