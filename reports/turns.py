"""Whose turn it is: the people a report waits for, one person's inbox, and the message that tells them."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from campaigns import rights
from campaigns.calendar import Calendar
from campaigns.models import User
from campaigns.models.owned import Actor

from . import deadlines, lifecycle
from .lifecycle import CHIEF, CLERK, DRAFTER, HEAD, LEADER, Standing, Status
from .models import Report

#: What is asked of whom in each status, as the verb of messages and notices.
ASKED: dict[Status, str] = {
    Status.DRAFT: "sửa và trình lại",
    Status.SUBMITTED: "kiểm tra nội dung",
    Status.CONTENT_CHECKED: "kiểm tra thể thức",
    Status.FORM_CHECKED: "duyệt",
    Status.APPROVED: "ký",
    Status.SIGNED: "cấp số, đóng dấu",
    Status.SEALED: "phát hành",
    Status.ISSUED: "gửi",
    Status.SENT: "theo dõi tiếp nhận",
    Status.REFUSED: "xử lý việc bị từ chối",
}


def asked(report: Report) -> str:
    """The verb of what is to be done now; "" when nothing is."""
    status = Status(report.status)
    if report.straight and status in (Status.SUBMITTED, Status.CONTENT_CHECKED):
        return "duyệt (khẩn)"
    if status is Status.APPROVED and report.organization.number_first and not report.number:
        return "cấp số"
    return ASKED.get(status, "")


def roles(report: Report) -> frozenset[str]:
    """The roles whose turn it is."""
    organization = report.organization
    return lifecycle.waits_for(
        Standing(
            status=Status(report.status),
            straight=report.straight,
            form_checker=organization.form_checker,
            number_first=organization.number_first,
            numbered=bool(report.number),
        )
    )


def people(report: Report) -> list[User]:
    """Who may act next: the drafter, the signer, or everybody who holds the role today."""
    waiting = roles(report)
    if DRAFTER in waiting:
        return [report.drafter] if report.drafter else []
    if LEADER in waiting and report.signer is not None:
        return [report.signer]
    unit = report.unit if HEAD in waiting else None
    today = timezone.localdate()
    return [person for role in waiting for person in rights.holders(report.organization, role, today, unit)]


def inbox(actor: Actor) -> QuerySet[Report]:
    """Reports that wait for this person, the nearest deadline first; each with `due`, the earlier of the letter's
    and the ward's own."""
    found = Report.objects.filter(organization=actor.organization).filter(_mine(actor))
    due = Min(F("requests__internal_deadline")), Min(F("requests__deadline"))
    rows = found.annotate(own_due=due[0], due=due[1]).select_related(
        "organization", "drafter", "last_by", "unit"
    )
    return rows.order_by(F("own_due").asc(nulls_last=True), F("due").asc(nulls_last=True), "pk")


def _mine(actor: Actor) -> Q:
    """The condition of one person's inbox, by his roles today."""
    straight = Q(status__in=(Status.SUBMITTED, Status.CONTENT_CHECKED), straight=True)
    mine = Q(status=Status.DRAFT, drafter=actor.user, round__gt=0)
    if actor.has(LEADER):
        named = Q(signer=None) | Q(signer=actor.user)
        mine |= named & (Q(status=Status.FORM_CHECKED) | straight)
        signs = Q(status=Status.APPROVED, approved__by=actor.user)
        mine |= signs & (Q(organization__number_first=False) | ~Q(number=""))
    if actor.has(HEAD):
        headed = Q() if None in actor.headed else Q(unit__in=actor.headed) | Q(unit=None)
        mine |= Q(status=Status.SUBMITTED, straight=False) & headed
    for role in (CHIEF, CLERK):
        if actor.has(role):
            mine |= Q(status=Status.CONTENT_CHECKED, straight=False, organization__form_checker=role)
    if actor.has(CLERK):
        mine |= Q(status__in=(Status.SIGNED, Status.SEALED, Status.ISSUED, Status.REFUSED))
        mine |= Q(status=Status.APPROVED, organization__number_first=True, number="")
    return mine


def sent(user: User) -> QuerySet[Report]:
    """Reports this person handed on or drafted that now wait for somebody else."""
    moving = [status.value for status in Status if status not in (Status.DRAFT, Status.RECEIVED)]
    own = Report.objects.filter(Q(last_by=user) | Q(drafter=user), status__in=moving)
    return own.select_related("organization", "signer", "unit", "drafter").order_by("-last_at", "-pk")


def due_words(due: datetime.datetime | None, calendar: Calendar) -> str:
    """“17:00 19/5/2026, còn 1 ngày làm việc 3 giờ”; "" without a deadline."""
    if due is None:
        return ""
    at = timezone.localtime(due)
    return f"{at:%H:%M} {at.day}/{at.month}/{at.year}, {calendar.left(timezone.now(), due)}"


def message(report: Report, link: str, calendar: Calendar, who: list[User] | None = None) -> str:
    """The ready message for a chat: who, what, by when, where."""
    names = ", ".join(str(person) for person in (people(report) if who is None else who))
    letter = report.requests.order_by(F("deadline").asc(nulls_last=True)).select_related("paper").first()
    own = (letter.internal_deadline or letter.deadline) if letter else None
    answer = f" (trả lời {letter.paper})" if letter else ""
    until = f" Hạn: {due_words(own, calendar)}." if own else ""
    greeting = f"Kính gửi {names}: " if names else ""
    name = report.code or report.subject_line
    return f"{greeting}nhờ {asked(report)} {report.title.lower() or 'báo cáo'} “{name}”{answer}.{until} Mở tại: {link}"


def pressing(report: Any, calendar: Calendar, now: datetime.datetime) -> Any:
    """The row with the time left in words: `due_left`, `own_left`, and whether either presses."""
    for name in ("own_due", "due"):
        due = getattr(report, name)
        setattr(report, f"{name}_left", deadlines.left(due, now, calendar) if due else "")
    soonest = report.own_due or report.due
    report.is_pressing = bool(soonest) and deadlines.is_pressing(soonest, now, calendar)
    report.asked = asked(report)
    return report
