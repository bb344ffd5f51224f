"""The register leaves the app: an XLSX made at once, a printed book made by the worker and kept."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.citations import format_date
from campaigns.models import Organization

from . import tasks
from .document import book, xlsx
from .document.book import COLUMNS, Line, Part, Volume
from .models import Book, Entry, Series
from .models.files import FileState

#: Printed books kept for one organization.
KEPT = 10
WIDTHS = (16, 12, 50, 22, 28, 18, 8, 12, 14, 22)


def entries_of(organization: Organization, year: int | None, symbol: str) -> QuerySet[Entry]:
    """Lines in the order of the book: by year and series, then by number."""
    rows = Entry.objects.filter(series__organization=organization).select_related("series")
    rows = rows.filter(series__year=year) if year else rows
    rows = rows.filter(series__symbol=symbol) if symbol else rows
    return rows.order_by("series__year", "series__name", "series_id", "number", "suffix")


def by_series(entries: Iterable[Entry]) -> list[tuple[Series, list[Entry]]]:
    return [(series, list(rows)) for series, rows in groupby(entries, key=lambda entry: entry.series)]


def columns(entry: Entry) -> tuple[xlsx.Cell, ...]:
    """The ten columns of Phụ lục IV."""
    named = f"{entry.title}: {entry.subject}" if entry.subject else entry.title
    return (
        *(entry.code, entry.dated, named, entry.signer, entry.recipients, entry.keeper),
        *(entry.copies, entry.sent_on, entry.received, entry.remarks),
    )


def workbook(organization: Organization, year: int | None, symbol: str) -> bytes:
    """One sheet a series, the ten columns."""
    heads = tuple(name for name, _ in COLUMNS)
    sheets = tuple(
        xlsx.Sheet(f"{series.name} {series.year}", _title(series), heads, WIDTHS, tuple(map(columns, rows)))
        for series, rows in by_series(entries_of(organization, year, symbol))
    )
    return xlsx.workbook(sheets or (xlsx.Sheet("Sổ", "Sổ đăng ký văn bản đi", heads, WIDTHS, ()),))


def volume(organization: Organization, year: int | None, symbol: str) -> Volume:
    """The printed register, with what its cover says: the year, from which day and number to which."""
    parts = by_series(entries_of(organization, year, symbol))
    held = [entry for _, rows in parts for entry in rows]
    body = tuple(line for line in organization.letterhead.splitlines() if line.strip())
    return Volume(
        body,
        tuple(_cover(year, parts, held)),
        tuple(Part(_title(series), tuple(map(_line, rows))) for series, rows in parts),
    )


def _cover(year: int | None, parts: Any, held: list[Entry]) -> Iterable[str]:
    if year:
        yield f"Năm: {year}"
    if held:
        days = [entry.dated for entry in held]
        yield f"Từ ngày {format_date(min(days))} đến ngày {format_date(max(days))}"
    for series, rows in parts:
        yield f"{series.name}: từ số {rows[0].code} đến số {rows[-1].code}"
    yield "Quyển số: ........"


def _title(series: Series) -> str:
    return f"Sổ đăng ký văn bản đi năm {series.year}: {series.name} (…/{series.symbol})"


def _line(entry: Entry) -> Line:
    return Line(tuple(map(_words, columns(entry))), entry.is_void)


def _words(value: xlsx.Cell) -> str:
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


# --- the printed book ---------------------------------------------------------------------------------


def queue(organization: Organization, year: int | None, symbol: str, again: bool = False) -> Book:
    """The book as the register is now: printed already, being printed, or asked for by this call."""
    key = _key(volume(organization, year, symbol))
    with transaction.atomic():
        found, is_new = Book.objects.get_or_create(
            organization=organization, key=key, defaults={"year": year, "symbol": symbol}
        )
        if is_new or again or _is_lost(found):
            Book.objects.filter(pk=found.pk).update(
                state=FileState.QUEUED, error="", created_at=timezone.now()
            )
            transaction.on_commit(lambda: tasks.print_book.enqueue(found.pk))
    found.refresh_from_db()
    return found


def _key(printed: Volume) -> str:
    return hashlib.sha256(f"{book.html(printed)}{book.STYLE}".encode()).hexdigest()


def _is_lost(found: Book) -> bool:
    """Ready but gone from the disk, or waiting so long that its worker must have ended."""
    if found.state == FileState.READY:
        return not default_storage.exists(found.content.name)
    waited = timezone.now() - found.created_at
    return found.state == FileState.QUEUED and waited > datetime.timedelta(minutes=5)


def make(wanted: Book) -> None:
    """Prints a queued book; what was written into the register since then is in it and in its key."""
    from .document import pdf

    printed = volume(wanted.organization, wanted.year, wanted.symbol)
    try:
        content = pdf.print_pages(book.html(printed), book.STYLE)
    except Exception as error:
        words = str(error) if isinstance(error, pdf.PdfError) else "Lỗi ngoài dự tính. Hãy thử lại."
        Book.objects.filter(pk=wanted.pk).update(state=FileState.FAILED, error=words[:1000])
        raise
    if _key(printed) == wanted.key:
        wanted.content.save(f"{wanted.key}.pdf", ContentFile(content), save=False)
        wanted.state = FileState.READY
        wanted.save(update_fields=("content", "state"))
    else:  # the register went on meanwhile: whoever waits asks again, for the register as it is
        wanted.delete()
    _prune(wanted.organization)


def _prune(organization: Organization) -> None:
    for old in Book.objects.filter(organization=organization).order_by("-created_at", "-pk")[KEPT:]:
        old.content.delete(save=False)
        old.delete()
