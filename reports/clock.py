"""The clock of issue: a signed paper leaves the same day or the next working day (NĐ 30 Điều 18.1)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from campaigns.calendar import Calendar
from campaigns.models import Organization, calendar_for

from .lifecycle import OUT, Status
from .models import Entry, Report
from .models.register import EntryState

#: Statuses in which a report is signed and still in the house.
SIGNED = (Status.SIGNED, Status.SEALED)
SHOWN = 50  # as many as a page can be asked to show


@dataclass(frozen=True)
class Late:
    """A paper signed on `since` that should have gone out by `due`: an entry, or a report without number."""

    name: str
    since: datetime.date
    due: datetime.date
    urgent: bool
    entry: Entry | None = None
    report: Report | None = None


def due(signed: datetime.date, urgent: bool, calendar: Calendar) -> datetime.date:
    """The last day for going out: the next working day, for an urgent paper the day itself."""
    return signed if urgent else calendar.next_working_day(signed)


def late(organization: Organization, now: datetime.datetime, calendar: Calendar | None = None) -> list[Late]:
    """Papers that should have gone out by now, the longest waiting first; an urgent one at once. Two queries."""
    calendar = calendar or calendar_for(organization)
    today = timezone.localdate(now)
    waiting = [*_entries(organization, calendar), *_unnumbered(organization, calendar)]
    found = [row for row in waiting if row.due < today or row.urgent]
    return sorted(found, key=lambda row: (not row.urgent, row.since))[:SHOWN]


def _entries(organization: Organization, calendar: Calendar) -> Iterator[Late]:
    """Numbered papers without a day of going out."""
    rows = Entry.objects.filter(series__organization=organization, state=EntryState.GIVEN, sent_on=None)
    held = rows.exclude(report__status__in=OUT).select_related("report").order_by("dated", "pk")
    for entry in held:
        if entry.report is None or entry.report.status in SIGNED:
            name = f"{entry.code} {entry.subject}"
            until = due(entry.dated, entry.urgent, calendar)
            yield Late(name, entry.dated, until, entry.urgent, entry=entry, report=entry.report)


def _unnumbered(organization: Organization, calendar: Calendar) -> Iterator[Late]:
    rows = Report.objects.filter(organization=organization, status__in=SIGNED, number="")
    for report in rows.order_by("last_at", "pk"):
        signed = timezone.localdate(report.last_at or report.changed_at)
        urgent = bool(report.urgency)
        yield Late(report.subject_line, signed, due(signed, urgent, calendar), urgent, report=report)
