"""Work done outside the web process: rendering copies, one task each."""

from __future__ import annotations

import logging

from django_tasks import task

from .models import File, Notice, Report

logger = logging.getLogger(__name__)


@task()
def render(file_id: int) -> None:
    """Makes one queued copy; what was deleted meanwhile needs none."""
    from . import exports

    file = File.objects.select_related("report__organization").filter(pk=file_id).first()
    if file is not None:
        exports.make(file)


@task()
def settled(report_id: int, changed_at: str) -> None:
    """Asks for the PDF of a report that was not changed again since `changed_at` (ISO 8601)."""
    from . import exports

    report = Report.objects.select_related("organization").filter(pk=report_id).first()
    if report is not None and report.changed_at.isoformat() == changed_at:
        exports.queue(report, "pdf")


@task()
def file_to_sign(report_id: int) -> None:
    """Makes the file of an approved report that is to be signed; where the number comes first, once it is given."""
    from .signing import files
    from .signing.keys import SigningError

    report = Report.objects.select_related("organization", "approved").filter(pk=report_id).first()
    try:
        if report is not None and report.is_frozen:
            files.approved_file(report)
    except SigningError as error:
        logger.info("no file to sign yet for report %s: %s", report_id, error)


@task()
def rested(report_id: int) -> None:
    """Ends a sitting of typing that has rested for 30 minutes; looks again later while it goes on."""
    from . import sittings

    report = Report.objects.select_related("organization").filter(pk=report_id).first()
    sitting = sittings.close_idle(report) if report is not None else None
    if sitting is not None:
        sittings.look_again(sitting)


@task()
def mail_notice(notice_id: int) -> None:
    """Mails one notice; one that is gone needs no mail."""
    from . import notices

    notice = Notice.objects.select_related("user").filter(pk=notice_id).first()
    if notice is not None:
        notices.mail(notice)


@task()
def print_book(book_id: int) -> None:
    """Prints one queued register; what was deleted meanwhile needs none."""
    from . import books
    from .models import Book

    book = Book.objects.select_related("organization").filter(pk=book_id).first()
    if book is not None:
        books.make(book)


@task()
def hand_over(hand_over_id: int) -> None:
    """Carries out a hand-over planned ahead, on its day; one taken back meanwhile is nothing to do."""
    from . import handover

    handover.carry_out(hand_over_id)


@task()
def deliver(sending_id: int) -> None:
    """Carries a report to another office; what cannot be delivered now is tried again later."""
    from .sending import deliveries

    deliveries.attempt(sending_id)


@task()
def ask_back(sending_id: int) -> None:
    """Tells another installation that a report is recalled (code 13)."""
    from .sending import deliveries

    deliveries.ask_back(sending_id)


@task()
def answer(arrival_id: int) -> None:
    """Tells the sender's installation what became of its package, where a connection to it is set."""
    from .sending import deliveries

    deliveries.answer(arrival_id)


@task(priority=-10)
def ask(sending_id: int) -> None:
    """Asks another installation how a package stands."""
    from .sending import deliveries

    deliveries.ask(sending_id)


@task()
def publish(file_id: int) -> None:
    """Makes the PDF of a public copy; what was deleted meanwhile needs none."""
    from .sending import public

    file = File.objects.select_related("report__organization", "report__approved").filter(pk=file_id).first()
    if file is not None:
        public.make(file)
