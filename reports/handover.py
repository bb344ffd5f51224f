"""Handing all open work of one person over to another: what moves, what stays and why, and the act itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks.base import Task

from campaigns import events, rights
from campaigns.citations import format_date
from campaigns.models import Membership, Organization, User
from campaigns.models.organizations import WRITERS, Role

from . import lifecycle, notices, tasks
from .models import HandOver, Notice, Report, Section
from .models.reports import SectionState

BEGIN = datetime.time(0, 1)  # of the day on which a hand-over planned ahead is carried out
NO_WRITER = "{receiver} không giữ vai trò soạn thảo nào ở đơn vị ngày {day} nên không nhận việc được."


@dataclass(frozen=True)
class Work:
    """Open work of one person: `reports` and `sections` move; `kept` are (report, why its drafter stays)."""

    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    kept: tuple[tuple[Report, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reports or self.sections)

    @property
    def words(self) -> list[str]:
        """Each thing that moves, as the receiver knows it; a draft brings the letters it answers."""
        return [*map(_draft, self.reports), *map(_section, self.sections)]


def work_of(giver: User, receiver: User, organization: Organization) -> Work:
    """What would go from one to the other now; three queries.

    The drafter of a report never signs it, so one whose signer would become its drafter stays, and so do the
    drafts of a leader, who could otherwise sign what he wrote.
    """
    reports = _open(organization).filter(drafter=giver).select_related("approved", "signer")
    leads = rights.holders(organization, Role.LEADER, timezone.localdate()).filter(pk=giver.pk).exists()
    moving, kept = [], []
    for report in reports.prefetch_related("requests__paper"):
        why = _stays(report, receiver, leads)
        if why:
            kept.append((report, why))
        else:
            moving.append(report)
    return Work(tuple(moving), tuple(_sections(giver, organization)), tuple(kept))


def _open(organization: Organization) -> QuerySet[Report]:
    return Report.objects.filter(organization=organization).exclude(status__in=lifecycle.OUT)


def _sections(giver: User, organization: Organization) -> QuerySet[Section]:
    mine = Section.objects.filter(assignee=giver, report__in=_open(organization))
    return mine.exclude(state=SectionState.DONE).select_related("report")


def _stays(report: Report, receiver: User, giver_leads: bool) -> str:
    approver = report.approved.by_id if report.approved else None
    if receiver.pk in (report.signer_id, approver):
        return f"{receiver} là người ký báo cáo này"
    return "người soạn thảo là lãnh đạo ký, người khác ký báo cáo này" if giver_leads else ""


def _draft(report: Report) -> str:
    letters = ", ".join(str(letter) for letter in report.requests.all())
    state = str(report.get_status_display()).lower()
    return f"{report.code or 'Dự thảo'} “{report.subject_line}” ({state}{f', trả lời {letters}' if letters else ''})"


def _section(section: Section) -> str:
    return f"Mục “{section}” của “{section.report.subject_line}”"


def refusal(receiver: User, organization: Organization, day: datetime.date) -> str:
    """Why a person may not take work over on a day; "" when he may."""
    if not receiver.is_active:
        return f"Tài khoản của {receiver} đã khóa nên không nhận việc được."
    held = Membership.objects.on(day).filter(user=receiver, organization=organization)
    if not held.filter(role__in=WRITERS).exists():
        return NO_WRITER.format(receiver=receiver, day=format_date(day))
    return ""


def plan(row: HandOver) -> None:
    """Keeps a new hand-over; does it at once, or leaves it to the worker on its day."""
    with transaction.atomic():
        row.save()
        if row.day <= timezone.localdate():
            _carry_out(row)
            return
        _recorded("plan_hand_over", row, row.asked_by, [])
        _leave_to_worker(row)


def _leave_to_worker(row: HandOver) -> None:
    begins = timezone.make_aware(datetime.datetime.combine(row.day, BEGIN))
    task: Task = tasks.hand_over
    if task.get_backend().supports_defer:
        task = task.using(run_after=begins)
    transaction.on_commit(lambda: task.enqueue(row.pk))


def carry_out(pk: int) -> None:
    """Does a planned hand-over once, as the work stands on that day; a receiver who cannot take it is noted."""
    with transaction.atomic():
        waiting = HandOver.objects.select_for_update(of=("self",)).filter(pk=pk, done_at=None)
        row = waiting.select_related("organization", "giver", "receiver", "asked_by").first()
        if row is None or row.day > timezone.localdate():
            return
        row.problem = refusal(row.receiver, row.organization, timezone.localdate())
        if row.problem:
            row.save(update_fields=["problem"])
        else:
            _carry_out(row)


def withdraw(row: HandOver, by: User) -> None:
    """Takes a planned hand-over back before its day."""
    with transaction.atomic():
        _recorded("withdraw_hand_over", row, by, [])
        row.delete()


def _carry_out(row: HandOver) -> None:
    """Inside a transaction: every report keeps its history, which tells who wrote until now."""
    _lock(row)
    work = work_of(row.giver, row.receiver, row.organization)
    Report.objects.filter(pk__in=[report.pk for report in work.reports]).update(drafter=row.receiver)
    Section.objects.filter(pk__in=[section.pk for section in work.sections]).update(assignee=row.receiver)
    for report in work.reports:
        _record(row, report, {"drafter": str(row.giver)}, {"drafter": str(row.receiver)})
    for section in work.sections:
        held = {"assignee": str(row.giver)}
        _record(row, section.report, held, {"assignee": str(row.receiver), "section": str(section)})
    _tell(row, work)
    row.moved, row.done_at, row.problem = work.words, timezone.now(), ""
    row.save()
    _recorded("hand_over", row, row.asked_by, row.moved)


def _lock(row: HandOver) -> None:
    """Holds the reports until the work has moved, in the same order for everyone."""
    assigned = Section.objects.filter(assignee=row.giver).values("report")
    touched = _open(row.organization).filter(Q(drafter=row.giver) | Q(pk__in=assigned))
    list(touched.select_for_update().order_by("pk").values_list("pk", flat=True))


def _record(row: HandOver, report: Report, before: dict[str, str], after: dict[str, str]) -> None:
    """The event in a report's own chain."""
    events.record(
        "hand_over",
        row.asked_by,
        row.organization,
        report=report.pk,
        before=before,
        after={"name": _between(row), **after},
        reason=row.reason,
    )


def _recorded(act: str, row: HandOver, by: User, moved: list[str]) -> None:
    """The event in the organization's chain."""
    told = {"name": _between(row), "from_day": format_date(row.day), "moved": moved}
    events.record(
        act,
        by,
        row.organization,
        after={key: value for key, value in told.items() if value},
        reason=row.reason,
    )


def _between(row: HandOver) -> str:
    return f"{row.giver} cho {row.receiver}"


def _tell(row: HandOver, work: Work) -> None:
    """Drafts no longer wait for the giver; the receiver hears of each report once."""
    drafts = [report for report in work.reports if report.is_draft]
    Notice.objects.filter(user=row.giver, report__in=drafts, ended_at=None).update(ended_at=timezone.now())
    for report in dict.fromkeys([*work.reports, *(section.report for section in work.sections)]):
        words = f"{row.giver} bàn giao cho bạn: {report.subject_line}"
        notices.tell(report, [row.receiver], f"hand_over:{row.pk}", words)
