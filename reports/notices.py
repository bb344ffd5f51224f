"""Notices: each person is told once that it is his turn, in the app and by mail; the next act ends them."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from campaigns.invitations import mail_is_set
from campaigns.models import User

from . import tasks, turns
from .models import Notice, Report

#: How the cause of a notice begins that says whose turn it is.
TURN = "event:"


def moved(report: Report, cause: str, by: User, sentence: str) -> None:
    """Ends what was open on the report and tells those whose turn it is; inside the transaction of the step.

    `sentence` is what happened: “Nguyễn Văn A đã trình báo cáo”.
    """
    Notice.objects.filter(report=report, ended_at=None).update(ended_at=timezone.now())
    verb = turns.asked(report)
    told = [person for person in turns.people(report) if person.pk != by.pk]
    if verb:
        tell(report, told, cause, f"Chờ bạn {verb}: {report.subject_line}. {sentence}.")


def tell(report: Report, people: list[User], cause: str, text: str) -> None:
    """Writes one notice each, never a second for the same cause, and mails it where a mail server is set."""
    short = text if len(text) <= 300 else f"{text[:297]}…"
    for person in people:
        notice, is_new = Notice.objects.get_or_create(
            user=person, report=report, cause=cause, defaults={"text": short}
        )
        if is_new and mail_is_set():
            transaction.on_commit(lambda pk=notice.pk: tasks.mail_notice.enqueue(pk))


def mail(notice: Notice) -> None:
    """Sends one notice once; one that ended meanwhile is not sent."""
    claimed = Notice.objects.filter(pk=notice.pk, mailed_at=None, ended_at=None).update(
        mailed_at=timezone.now()
    )
    if claimed and notice.user.is_active:
        send_mail("Báo cáo phường: đến lượt bạn", f"{notice.text}\n", None, [notice.user.email])


def waiting(user: User, organization: object) -> int:
    """How many notices are open for a person in one organization."""
    return Notice.objects.filter(user=user, ended_at=None, report__organization=organization).count()
