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
from campaigns.models import Organization, Paper, User

from .models import BackDating, Entry, Report, Series
from .models.register import COMMON, EntryState

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
    kept = kept.select_related("organization")
    found = list(kept.order_by("-year", "id"))
    found.sort(key=lambda series: (series.kind == COMMON, series.symbol != symbol, -series.year))
    if not found:
        raise ValidationError(
            f"Chưa có sổ cấp số cho {_kind_name(kind)} năm {day.year}. "
            "Nhờ văn thư hoặc người quản trị mở sổ ở trang Sổ văn bản đi, mục Thiết lập sổ.",
            code="no_series",
        )
    return series_on(found[0], day)


def series_of(report: Report, day: datetime.date) -> Series:
    """The series that numbers a report on a day; raises as `series_for`."""
    return series_for(report.organization, kind_of(report), day, report.symbol)


def series_on(series: Series, day: datetime.date) -> Series:
    """The same series in the year of a day, opened from the last one where that year has none yet."""
    if series.year != day.year:
        same = Series.objects.filter(organization=series.organization_id, symbol=series.symbol)
        same = same.select_related("organization")
        last = same.filter(year__lte=day.year).order_by("-year").first() or series
        series = _opened(last, day.year) if last.year < day.year else last
    _refuse_before_start(series, day)
    return series


def _kind_name(kind: str) -> str:
    return next((named.name for named in KINDS.values() if named.code == kind and kind), "công văn")


def _opened(last: Series, year: int) -> Series:
    """This year's series, like last year's, from 01."""
    begun = last.organization.valid_from
    first_day = datetime.date(year, 1, 1)
    like_last = {
        "kind": last.kind,
        "name": last.name,
        "source": last.source,
        "starts_on": max(first_day, begun) if begun and begun.year == year else first_day,
    }
    with transaction.atomic():
        series, is_new = Series.objects.get_or_create(
            organization=last.organization, symbol=last.symbol, year=year, defaults=like_last
        )
        if is_new:
            after = {"sort": str(series._meta.verbose_name), "key": series.pk, "name": str(series)}
            events.record("add", None, last.organization, after=after)
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
    last = series.entries.order_by("-number").values_list("number", flat=True).first() or 0
    return max(last + 1, series.first_number if series.is_gapless else 1)


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
    refuse_day(series, dated)
    entry = Entry(
        series=series,
        symbol=_symbol(series, symbol),
        dated=dated,
        title=title.strip().capitalize(),
        subject=" ".join(subject.split()),
        report=report,
        paper=paper,
        given_by=by,
        **columns,
    )
    _refuse_twice(entry)
    last_number, last_day = _lock(series)  # from here on everyone else waits: as few statements as can be
    leave = _leave(series, dated, last_day, report)
    if leave:
        entry.back_dated_reason, entry.back_dated_by = leave.reason, leave.asked_by
        entry.back_dated_confirmed_by = leave.confirmed_by
    entry.number, entry.suffix = _numbered(series, number, suffix, last_number)
    entry.save(force_insert=True)
    if leave:
        BackDating.objects.filter(pk=leave.pk).update(entry=entry)
    record("give_number", by, entry, after={"dated": dated}, reason=entry.back_dated_reason)
    return entry


def _lock(series: Series) -> tuple[int, datetime.date | None]:
    """Holds the series until the transaction ends, with its settings as they are now: last number, last day.

    Bare SQL, two statements: the second must see what was committed while the first one waited.
    """
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        held = f"SELECT source, first_number FROM reports_series WHERE id = %s{lock}"  # noqa: S608  our own words
        cursor.execute(held, [series.pk])
        series.source, series.first_number = cursor.fetchone()
        cursor.execute(
            "SELECT (SELECT max(number) FROM reports_entry WHERE series_id = %s),"
            " (SELECT max(dated) FROM reports_entry WHERE series_id = %s)",
            [series.pk, series.pk],
        )
        number, day = cursor.fetchone()
    return number or 0, datetime.date.fromisoformat(day) if isinstance(day, str) else day


def refuse_day(series: Series, day: datetime.date) -> None:
    """ValidationError for a day that no paper of the series can bear: in the future, or before it began."""
    if day > timezone.localdate():
        raise ValidationError("Ngày của văn bản không được sau hôm nay.")
    _refuse_before_start(series, day)


def _leave(
    series: Series, day: datetime.date, last: datetime.date | None, report: Report | None
) -> BackDating | None:
    """The leave that an earlier day needs in a series numbered here; None where none is needed."""
    if not series.is_gapless or last is None or day >= last:
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


def _numbered(series: Series, number: int | None, suffix: str, last: int) -> tuple[int, str]:
    if series.is_gapless:
        if number is not None or suffix:
            raise ValidationError(
                "Sổ này cấp số liên tục tại đây nên không nhập số. Để trống, số tiếp theo được cấp khi lưu."
            )
        return max(last + 1, series.first_number), ""
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


def complete(entry: Entry, by: User, **columns: Any) -> Entry:
    """Fills in or corrects columns of LATER: the day it was handed over, who signed for it, notes."""
    with transaction.atomic():
        entry = locked(entry)
        before = {name: getattr(entry, name) for name in columns if getattr(entry, name) != columns[name]}
        if set(columns) - set(LATER):
            raise ValueError(f"not columns that change: {set(columns) - set(LATER)}")
        for name in before:
            setattr(entry, name, columns[name])
        if before:
            entry.save()
            record("complete_entry", by, entry, before, {name: columns[name] for name in before})
    return entry


def cite(entry: Entry, by: User) -> Paper:
    """The entry's paper in the register of papers, made when it has none, so that a report can name it."""
    with transaction.atomic():
        entry = locked(entry)
        if entry.paper is not None:
            return entry.paper
        held = entry.series.organization
        named = {"holder": held, "number": entry.printed_number, "symbol": entry.symbol}
        same = Paper.objects.filter(**named, issued_on__year=entry.dated.year, entries=None)
        paper = same.filter(Q(issuers=held) | Q(issuer__in=(held.name, held.called))).first()
        if paper is None:
            kind = entry.title.lower() if entry.title.lower() in KINDS else "văn bản"
            paper = Paper.objects.create(
                **named, kind=kind, issued_on=entry.dated, issuer=held.called, subject=_cited(entry.subject)
            )
            paper.issuers.add(held)
        entry.paper = paper
        entry.save()
        record("cite_entry", by, entry, after={"paper": str(paper)})
    return paper


def _cited(subject: str) -> str:
    """A subject as it stands after “về việc”."""
    words = re.sub(r"^(v/v|về việc)\s+", "", subject, flags=re.IGNORECASE)
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def locked(entry: Entry) -> Entry:
    """An entry that nobody else changes until the transaction ends."""
    rows = Entry.objects.select_for_update(of=("self",))
    return rows.select_related("series__organization", "report", "paper").get(pk=entry.pk)


def record(
    act: str,
    by: User,
    entry: Entry,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One act on an entry: in the report's chain, or the organization's for other papers."""
    shown = {"name": entry.code, **(after or {})}
    events.record(act, by, entry.series.organization, entry.report_id, before, shown, reason)
