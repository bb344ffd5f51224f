"""Numbers of outgoing papers: given once, in order, in the transaction of the act that needs them."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from campaigns import events
from campaigns.citations import KINDS, format_date
from campaigns.models import Membership, Organization, Paper, Role, User
from campaigns.models.organizations import KEEPERS

from .models import BackDating, Entry, Report, Series
from .models.register import COMMON, EntryState

#: Who keeps the register, and may be the second person of an act on it.
REGISTRARS = (Role.CLERK, *KEEPERS)
#: Columns of the register that are filled in or corrected after the number was given.
LATER = ("signer", "recipients", "keeper", "copies", "sent_on", "received", "note", "urgent")
_TYPED = re.compile(r"0*([1-9][0-9]{0,6})([a-zđ]{0,3})")


def kind_of(report: Report) -> str:
    """The abbreviation that names a report's series: "BC", or "" for a công văn."""
    named = KINDS.get(report.title.strip().lower())
    return "" if report.form == "letter" or named is None else named.code


def series_for(organization: Organization, kind: str, day: datetime.date, symbol: str = "") -> Series:
    """The series for a kind of paper (its abbreviation, "" for a công văn) on a day.

    A series of its own wins over the common one; of several, the one with `symbol`. A new year's is opened
    from the year before. ValidationError when the organization keeps none or had not begun.
    """
    kept = Series.objects.filter(organization=organization, kind__in=(kind, COMMON), year__lte=day.year)
    found = list(kept.order_by("-year", "id"))
    found.sort(key=lambda series: (series.kind == COMMON, series.symbol != symbol, -series.year))
    if not found:
        raise ValidationError(
            f"Chưa có sổ cấp số cho {_kind_name(kind)} năm {day.year}. "
            "Nhờ văn thư hoặc người quản trị mở sổ ở trang Sổ văn bản đi, mục Thiết lập sổ.",
            code="no_series",
        )
    series = found[0] if found[0].year == day.year else _opened(found[0], day.year)
    _refuse_before_start(series, day)
    return series


def series_of(report: Report, day: datetime.date) -> Series:
    """The series that numbers a report on a day; raises as `series_for`."""
    return series_for(report.organization, kind_of(report), day, report.symbol)


def _kind_name(kind: str) -> str:
    return next((named.name for named in KINDS.values() if named.code == kind and kind), "công văn")


def _opened(last: Series, year: int) -> Series:
    """This year's series, like last year's, from 01."""
    begun = last.organization.valid_from
    first_day = datetime.date(year, 1, 1)
    series, _ = Series.objects.get_or_create(
        organization=last.organization,
        symbol=last.symbol,
        year=year,
        defaults={
            "kind": last.kind,
            "name": last.name,
            "source": last.source,
            "starts_on": max(first_day, begun) if begun and begun.year == year else first_day,
        },
    )
    return series


def _refuse_before_start(series: Series, day: datetime.date) -> None:
    if day.year != series.year:
        raise ValidationError(f"Ngày {format_date(day)} không thuộc năm {series.year} của sổ {series.name}.")
    if day < series.starts_on:
        raise ValidationError(
            f"Sổ {series.name} bắt đầu từ ngày {format_date(series.starts_on)}; chọn ngày từ ngày đó."
        )


def next_number(series: Series) -> int:
    """The number that would be given now; a colleague may be quicker, `allocate` decides."""
    return max(_last_number(series) + 1, series.first_number if series.is_gapless else 1)


def _last_number(series: Series) -> int:
    return series.entries.order_by("-number").values_list("number", flat=True).first() or 0


def _last_day(series: Series) -> datetime.date | None:
    return series.entries.order_by("-dated").values_list("dated", flat=True).first()


def parse_number(text: str) -> tuple[int, str]:
    """A number as typed: "274" is (274, ""), "274a" (274, "a"); ValidationError otherwise."""
    found = _TYPED.fullmatch(text.strip().lower())
    if not found:
        raise ValidationError("Số chỉ gồm chữ số, có thể thêm chữ cái ở sau: 274 hoặc 274a.")
    return int(found[1]), found[2]


def allocate(
    series: Series,
    *,
    by: User,
    dated: datetime.date,
    subject: str,
    title: str,
    symbol: str = "",
    number: int | None = None,
    suffix: str = "",
    report: Report | None = None,
    paper: Paper | None = None,
    **columns: Any,
) -> Entry:
    """Gives the next number, or enters the one the city's system gave; call it inside the act's transaction.

    `columns` are any of LATER. Locks the series until the transaction ends, so that a number is lost with
    an act that fails. ValidationError in words for the officer; code "back_dated" where leave is needed.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is given in the transaction of its act")
    series = _locked(series)
    _refuse_day(series, dated)
    leave = _leave(series, dated, report)
    number, suffix = _numbered(series, number, suffix)
    entry = Entry(
        series=series,
        number=number,
        suffix=suffix,
        symbol=_symbol(series, symbol),
        dated=dated,
        title=title.strip().capitalize(),
        subject=" ".join(subject.split()),
        report=report,
        paper=paper,
        given_by=by,
        **columns,
    )
    if leave:
        entry.back_dated_reason, entry.back_dated_by = leave.reason, leave.asked_by
        entry.back_dated_confirmed_by = leave.confirmed_by
    _refuse_twice(entry)
    entry.save(force_insert=True)
    if leave:
        BackDating.objects.filter(pk=leave.pk).update(entry=entry)
    _record("give_number", by, entry, after={"dated": dated}, reason=entry.back_dated_reason)
    return entry


def _locked(series: Series) -> Series:
    rows = Series.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=series.pk)


def _refuse_day(series: Series, day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ValidationError("Ngày của văn bản không được sau hôm nay.")
    _refuse_before_start(series, day)


def _leave(series: Series, day: datetime.date, report: Report | None) -> BackDating | None:
    """The leave that an earlier day needs in a series numbered here; None where none is needed."""
    last = _last_day(series) if series.is_gapless else None
    if last is None or day >= last:
        return None
    given = BackDating.objects.filter(series=series, dated=day, entry=None, confirmed_by__isnull=False)
    leave = given.filter(Q(report=None) | Q(report=report)).first()
    if leave is None:
        raise ValidationError(
            f"Văn bản mới nhất trong sổ ghi ngày {format_date(last)}: số sau không ghi ngày sớm hơn. "
            "Chọn ngày từ ngày đó, hoặc đề nghị ghi lùi ngày, nêu lý do để người thứ hai đồng ý.",
            code="back_dated",
        )
    return leave


def _numbered(series: Series, number: int | None, suffix: str) -> tuple[int, str]:
    if series.is_gapless:
        if number is not None or suffix:
            raise ValidationError(
                "Sổ này cấp số liên tục tại đây nên không nhập số. Để trống, số tiếp theo được cấp khi lưu."
            )
        return next_number(series), ""
    if not number:
        raise ValidationError("Nhập số đã được cấp trên hệ thống của thành phố.", code="no_number")
    taken = series.entries.filter(number=number, suffix=suffix).first()
    if taken:
        raise ValidationError(
            f"Số {taken.code} đã có trong sổ, ghi cho {taken.title} {taken.subject[:200]}. "
            "Kiểm tra lại số trên hệ thống của thành phố.",
            code="number_taken",
        )
    return number, suffix


def _symbol(series: Series, symbol: str) -> str:
    """As printed: the series' own; a công văn adds the unit to it, a common series has one for each kind."""
    if series.kind == COMMON and not symbol:
        raise ValidationError("Nhập ký hiệu của văn bản, ví dụ BC-UBND.")
    if series.kind == COMMON or symbol.startswith(f"{series.symbol}-"):
        return symbol
    if symbol and symbol != series.symbol:
        raise ValidationError(f"Ký hiệu {symbol} không thuộc sổ này; ký hiệu của sổ là {series.symbol}.")
    return series.symbol


def _refuse_twice(entry: Entry) -> None:
    """A report or a paper has one number; a void one does not count."""
    given = Entry.objects.filter(state=EntryState.GIVEN)
    of_report = given.filter(report=entry.report).first() if entry.report else None
    of_paper = given.filter(paper=entry.paper).first() if entry.paper else None
    found = of_report or of_paper
    if found:
        raise ValidationError(f"Văn bản này đã được cấp số {found.code}.", code="has_number")


def ask_back_dating(
    series: Series, *, by: User, dated: datetime.date, reason: str, report: Report | None = None
) -> BackDating:
    """Asks leave for an earlier day; it counts once somebody else has agreed."""
    _refuse_day(series, dated)
    asked = BackDating(series=series, dated=dated, reason=_reason(reason), report=report, asked_by=by)
    with transaction.atomic():
        asked.save()
        _record_leave("ask_back_dating", by, asked)
    return asked


def confirm_back_dating(asked: BackDating, by: User) -> BackDating:
    """A second person agrees."""
    with transaction.atomic():
        asked = BackDating.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if asked.confirmed_by_id is not None:
            raise ValidationError("Đề nghị này đã được đồng ý.")
        _refuse_second_person(asked.series.organization, asked.asked_by_id, by)
        asked.confirmed_by, asked.confirmed_at = by, timezone.now()
        asked.save()
        _record_leave("confirm_back_dating", by, asked)
    return asked


def void(entry: Entry, reason: str, by: User) -> Entry:
    """Asks to void a number; it stays in force until a second person agrees."""
    with transaction.atomic():
        entry = _locked_entry(entry)
        if entry.is_void:
            raise ValidationError(f"Số {entry.code} đã hủy.")
        if entry.report is not None and entry.report.status == "issued":
            raise ValidationError(
                "Báo cáo mang số này đã phát hành. Số không hủy được; dùng thu hồi hoặc báo cáo thay thế."
            )
        entry.void_reason, entry.void_by = _reason(reason), by
        entry.save()
        _record("ask_void", by, entry, reason=entry.void_reason)
    return entry


def withdraw_void(entry: Entry, by: User) -> Entry:
    """Takes the request back, or refuses it: the number stays in force."""
    with transaction.atomic():
        entry = _locked_entry(entry)
        if not entry.is_void_asked:
            raise ValidationError(f"Không có đề nghị hủy số {entry.code} đang chờ.")
        before = {"void_reason": entry.void_reason}
        entry.void_reason, entry.void_by = "", None
        entry.save()
        _record("withdraw_void", by, entry, before=before)
    return entry


def confirm_void(entry: Entry, by: User) -> Entry:
    """A second person who keeps the register agrees: the number is void and never given again."""
    with transaction.atomic():
        entry = _locked_entry(entry)
        if not entry.is_void_asked:
            raise ValidationError(f"Không có đề nghị hủy số {entry.code} đang chờ.")
        _refuse_second_person(entry.series.organization, entry.void_by_id, by)
        entry.void_confirmed_by, entry.state = by, EntryState.VOID
        entry.save()
        _record("confirm_void", by, entry, reason=entry.void_reason)
    return entry


def _locked_entry(entry: Entry) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("series__organization", "report")
    return rows.get(pk=entry.pk)


def _reason(words: str) -> str:
    reason = " ".join(words.split())[:500]
    if not reason:
        raise ValidationError("Ghi lý do.", code="no_reason")
    return reason


def _refuse_second_person(organization: Organization, first: int | None, second: User) -> None:
    """The second person is another one and keeps the register."""
    if first == second.pk:
        raise ValidationError("Người đồng ý phải khác người đề nghị. Nhờ một người khác đồng ý.")
    held = Membership.objects.on(timezone.localdate()).filter(user=second, organization=organization)
    if not held.filter(role__in=REGISTRARS).exists():
        raise ValidationError("Chỉ văn thư, Chánh Văn phòng hoặc người quản trị được đồng ý việc này.")


def complete(entry: Entry, by: User, **columns: Any) -> Entry:
    """Fills in or corrects columns of LATER: the day it was handed over, who signed for it, notes."""
    with transaction.atomic():
        entry = _locked_entry(entry)
        before = {name: getattr(entry, name) for name in columns if getattr(entry, name) != columns[name]}
        if set(columns) - set(LATER):
            raise ValueError(f"not columns that change: {set(columns) - set(LATER)}")
        for name in before:
            setattr(entry, name, columns[name])
        if before:
            entry.save()
            _record("complete_entry", by, entry, before, {name: columns[name] for name in before})
    return entry


def _record(
    act: str,
    by: User,
    entry: Entry,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    shown = {"name": entry.code, **(after or {})}
    events.record(act, by, entry.series.organization, entry.report_id, before, shown, reason)


def _record_leave(act: str, by: User, asked: BackDating) -> None:
    after = {"name": asked.series.name, "dated": asked.dated}
    events.record(act, by, asked.series.organization, asked.report_id, None, after, asked.reason)
