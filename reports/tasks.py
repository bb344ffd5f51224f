"""Work done outside the web process: rendering copies, one task each."""

from __future__ import annotations

from django_tasks import task

from .models import File, Notice, Report


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
