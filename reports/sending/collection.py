"""Collecting answers: for each letter an organization sent, who answered, in time or not, and who did not yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.models import Organization

from ..models import Arrival, Code, ReportRequest


@dataclass
class Answer:
    """How one body stands to a letter: its first report that was not refused; None: nothing yet."""

    body: Organization
    due: datetime.datetime | None
    arrival: Arrival | None = None

    @property
    def on_time(self) -> bool | None:
        """None where no deadline is known, or nothing came and there is still time."""
        if self.due is None:
            return None
        if self.arrival is None:
            return False if timezone.now() > self.due else None
        return self.arrival.arrived_at <= self.due


@dataclass
class Letter:
    """A letter by its number and symbol, with the answers to it."""

    code: str
    dated: datetime.date | None
    answers: list[Answer] = field(default_factory=list)

    @property
    def came(self) -> int:
        return sum(answer.arrival is not None for answer in self.answers)

    @property
    def in_time(self) -> int:
        return sum(answer.arrival is not None and answer.on_time is not False for answer in self.answers)


def waiting(found: QuerySet[Arrival]) -> QuerySet[Arrival]:
    """Those that wait for an answer: not taken in yet, or asked back."""
    return found.filter(Q(code__in=("", Code.ARRIVED)) | Q(recall=Code.ASKED_BACK))


def is_past_its_day(arrival: Arrival) -> bool:
    """Whether the day it came on ended, or the answer came, without the same-day receipt of NĐ 30 Điều 21.2.c."""
    first = next((told["at"] for told in arrival.codes if told["code"] in (Code.ACCEPTED, Code.REFUSED)), "")
    answered = datetime.datetime.fromisoformat(first) if first else timezone.now()
    return timezone.localdate(answered) > timezone.localdate(arrival.arrived_at)


def letters(organization: Organization) -> list[Letter]:
    """Letters of an organization, the latest first: those its addressees entered here, and those reports answer."""
    asked = ReportRequest.objects.filter(sender=organization).select_related("paper")
    found = {
        (row.paper.code, row.paper.issued_on)
        for row in asked.only("paper__number", "paper__symbol", "paper__issued_on")
    }
    came = Arrival.objects.filter(organization=organization).exclude(letter_code="").order_by()
    found |= set(came.values_list("letter_code", "letter_date").distinct())
    ordered = sorted(found, key=lambda pair: (pair[1] or datetime.date.min, pair[0]), reverse=True)
    return [Letter(code, dated) for code, dated in ordered]


def fill(organization: Organization, found: list[Letter]) -> None:
    """Adds the answers to the letters of one page; two queries."""
    by_key: dict[Any, Letter] = {(letter.code, letter.dated): letter for letter in found}
    rows: dict[Any, dict[int, Answer]] = {key: {} for key in by_key}
    asked = ReportRequest.objects.filter(sender=organization, paper__issued_on__in=_days(found))
    for row in asked.select_related("paper", "organization"):
        if (key := (row.paper.code, row.paper.issued_on)) in rows:
            rows[key][row.organization_id] = Answer(row.organization, row.deadline)
    came = Arrival.objects.filter(
        organization=organization, letter_code__in=[letter.code for letter in found]
    )
    for arrival in came.exclude(code=Code.REFUSED).select_related("sender").order_by("arrived_at", "pk"):
        if (key := (arrival.letter_code, arrival.letter_date)) in rows:
            answer = rows[key].setdefault(arrival.sender_id, Answer(arrival.sender, arrival.due))
            answer.arrival = answer.arrival or arrival
    for key, letter in by_key.items():
        letter.answers = sorted(rows[key].values(), key=lambda answer: answer.body.name)


def _days(found: list[Letter]) -> list[datetime.date]:
    return [letter.dated for letter in found if letter.dated]
