"""Acts on the register that one person asks for and another agrees to: a void number, an earlier day."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns import events
from campaigns.gate import actor_in
from campaigns.models import Organization, User
from campaigns.models.organizations import REGISTRARS

from . import register
from .lifecycle import Status, reached
from .models import BackDating, Entry, Report, Series
from .models.register import EntryState


def ask_void(entry: Entry, reason: str, by: User) -> Entry:
    """Asks to void a number; it stays in force until a second person agrees."""
    with transaction.atomic():
        entry = register.locked(entry)
        _refuse_void(entry)
        if entry.is_void_asked:
            raise ValidationError(f"Đã có đề nghị hủy số {entry.code}, đang chờ người thứ hai đồng ý.")
        entry.void_reason, entry.void_by = _reason(reason), by
        entry.save()
        register.record("ask_void", by, entry, reason=entry.void_reason)
    return entry


def _refuse_void(entry: Entry) -> None:
    if entry.is_void:
        raise ValidationError(f"Số {entry.code} đã hủy.")
    if entry.report is not None and reached(entry.report.status, Status.SEALED):
        raise ValidationError(
            "Báo cáo mang số này đã đóng dấu nên không hủy số được. "
            "Sau phát hành: dùng thu hồi, hoặc báo cáo thay thế mang số mới."
        )


def withdraw_void(entry: Entry, by: User) -> Entry:
    """Takes the request back, or turns it down: the number stays in force."""
    with transaction.atomic():
        entry = register.locked(entry)
        _refuse_unasked(entry)
        before = {"void_reason": entry.void_reason}
        entry.void_reason, entry.void_by = "", None
        entry.save()
        register.record("withdraw_void", by, entry, before=before)
    return entry


def confirm_void(entry: Entry, by: User) -> Entry:
    """A second person who keeps the register agrees: the number is void and never given again.

    Its report stands without a number until it is given the next one.
    """
    with transaction.atomic():
        entry = register.locked(entry)
        _refuse_unasked(entry)
        _refuse_void(entry)
        _refuse_second_person(entry.series.organization, entry.void_by_id, by)
        entry.void_confirmed_by, entry.state = by, EntryState.VOID
        entry.save()
        if entry.report_id:
            Report.objects.filter(pk=entry.report_id).update(number="", issued_on=None)
        register.record("confirm_void", by, entry, reason=entry.void_reason)
    return entry


def _refuse_unasked(entry: Entry) -> None:
    if not entry.is_void_asked:
        raise ValidationError(f"Không có đề nghị hủy số {entry.code} đang chờ.")


def ask_back_dating(
    series: Series, *, by: User, dated: datetime.date, reason: str, report: Report | None = None
) -> BackDating:
    """Asks leave to give the next number with an earlier day; it counts once somebody else has agreed."""
    if not series.is_gapless:
        raise ValidationError("Sổ nhập số từ hệ thống của thành phố không cần đề nghị ghi lùi ngày.")
    register.refuse_day(series, dated)
    asked = BackDating(series=series, dated=dated, reason=_reason(reason), report=report, asked_by=by)
    with transaction.atomic():
        asked.save()
        _record("ask_back_dating", by, asked)
    return asked


def confirm_back_dating(asked: BackDating, by: User) -> BackDating:
    """A second person agrees: the next number of the series may bear that day, once."""
    with transaction.atomic():
        rows = BackDating.objects.select_for_update(of=("self",)).select_related("series__organization")
        asked = rows.get(pk=asked.pk)
        if asked.confirmed_by_id is not None:
            raise ValidationError("Đề nghị này đã được đồng ý.")
        _refuse_second_person(asked.series.organization, asked.asked_by_id, by)
        asked.confirmed_by, asked.confirmed_at = by, timezone.now()
        asked.save()
        _record("confirm_back_dating", by, asked)
    return asked


def _reason(words: str) -> str:
    reason = " ".join(words.split())[:500]
    if not reason:
        raise ValidationError("Ghi lý do.", code="no_reason")
    return reason


def _refuse_second_person(organization: Organization, first: int | None, second: User) -> None:
    """The second person is another one and keeps the register, or stands in for one who does."""
    if first == second.pk:
        raise ValidationError("Người đồng ý phải khác người đề nghị. Nhờ một người khác đồng ý.")
    if not actor_in(second, organization).has(*REGISTRARS):
        raise ValidationError("Chỉ văn thư, Chánh Văn phòng hoặc người quản trị được đồng ý việc này.")


def _record(act: str, by: User, asked: BackDating) -> None:
    after = {"name": asked.series.name, "dated": asked.dated}
    events.record(act, by, asked.series.organization, asked.report_id, None, after, asked.reason)
