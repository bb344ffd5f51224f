"""All that surrounds the body of a report (NĐ 30 Phụ lục I, ô 1-14), from its row and its organization's."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import replace
from typing import Any

from django.utils import timezone

from campaigns.citations import code_of, format_date, month_of
from campaigns.models.organizations import Motto

from .document import store
from .document.nodes import (
    Frame,
    Inlines,
    Letterhead,
    LetterheadLine,
    Lines,
    Signature,
    Slot,
    Text,
    Title,
)
from .models import Report
from .models.reports import Form, FramePart

#: What stands right of the issuer's name (ô 1), by the organization's choice.
MOTTOES: dict[str, tuple[str, ...]] = {
    Motto.NATIONAL.value: ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    Motto.PARTY.value: ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    Motto.NONE.value: (),
}

#: Parts of an old report's printed frame, with the columns that were filled from each.
PRINTED: dict[str, tuple[str, ...]] = {
    "letterhead": ("letterhead", "omitted"),
    "number": ("number", "symbol", "omitted"),
    "place_date": ("place_date", "issued_on", "omitted"),
    "title": ("title", "subject", "form", "omitted"),
    "addressees": ("addressees", "omitted"),
    "recipients": ("recipients", "omitted"),
}

#: A printed place and date, so that its day, month and year are slots too.
_PRINTED_DATE = re.compile(r"(.*ngày )(\S+)( tháng )(\S+)( năm )(\S+)")


def line(text: str) -> str:
    """One line a tree accepts: NFC, single spaces, no control characters."""
    return unicodedata.normalize("NFC", " ".join("".join(filter(_printable, text)).split()))


def _printable(char: str) -> bool:
    return char.isspace() or not (unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff")


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text field that are not empty; the dash an officer typed is the page's own."""
    return tuple(filter(None, (line(part) for part in text.splitlines())))


def frame(report: Report) -> Frame:
    """The frame without the parts the officer left out; one query for the signature blocks.

    An old report's is the one it came with, but for what was changed since.
    """
    if report.is_old and report.printed_frame:
        return _as_printed(report, _computed(report))
    return _computed(report)


def _as_printed(report: Report, computed: Frame) -> Frame:
    """The printed parts whose columns still hold what the reading put there."""
    kept = report.printed_frame
    printed = store.from_data(kept["document"]).frame
    same = {name for name, value in kept["fields"].items() if value == _kept(getattr(report, name))}
    parts = {part: getattr(printed, part) for part, names in PRINTED.items() if same.issuperset(names)}
    signed = [[block.lines, block.role, block.name] for block in report.signature_blocks.all()]
    if signed == kept["signatures"] and "omitted" in same:
        parts["signatures"] = printed.signatures
    return replace(computed, **parts, draft=printed.draft)


def _kept(value: Any) -> Any:
    """A column's value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _computed(report: Report) -> Frame:
    printed = set(FramePart.values) - set(report.omitted)
    return Frame(
        letterhead=_letterhead(report, printed),
        number=_number(report) if FramePart.NUMBER in printed else (),
        place_date=_place_date(report) if FramePart.PLACE_DATE in printed else (),
        title=_title(report) if FramePart.TITLE in printed else None,
        addressees=_list("Kính gửi:", report.addressees) if FramePart.ADDRESSEES in printed else None,
        recipients=_list("Nơi nhận:", report.recipients) if FramePart.RECIPIENTS in printed else None,
        signatures=_signatures(report) if FramePart.SIGNATURES in printed else (),
        urgency=line(report.urgency).upper(),
        circulation=line(report.circulation).upper(),
        copies=line(report.copies),
        contact=line(report.contact),
        draft=_draft(report),
    )


def slots(report: Report) -> tuple[Slot, ...]:
    """The slots of ô 3 and 4, filled from the row."""
    return tuple(part for part in (*_number(report), *_place_date(report)) if isinstance(part, Slot))


def reference(report: Report) -> Inlines:
    """The line under an appendix's title (Phụ lục I, III.1.c); number and date are filled after approval."""
    kind = line(report.title).capitalize() if report.form == Form.NAMED else "Công văn"
    symbol = line(report.symbol)
    return (
        Text(f"(Kèm theo {kind or 'Văn bản'} số "),
        Slot("number", line(report.number)),
        Text(f"/{symbol} ngày " if symbol else " ngày "),
        *_date(report, filled=bool(report.issued_on)),
        Text(f" của {line(report.organization.called)})"),
    )


def _letterhead(report: Report, printed: set[str]) -> Letterhead | None:
    """Ô 1 and 2: the superior body upright, the issuing body bold; a report's own lines are all bold."""
    organization = report.organization
    own = tuple(LetterheadLine(text) for text in lines(report.letterhead))
    issuer = own or (
        *(LetterheadLine(text, bold=False) for text in lines(organization.parent_letterhead)),
        *(LetterheadLine(text) for text in lines(organization.letterhead)),
    )
    motto = MOTTOES[organization.motto] if FramePart.MOTTO in printed else ()
    issuer = issuer if FramePart.LETTERHEAD in printed else ()
    return Letterhead(issuer, motto) if issuer or motto else None


def _number(report: Report) -> Inlines:
    """Ô 3: no space around "/" and "-"; blank until registered (Phụ lục I, II.3)."""
    symbol = line(report.symbol)
    slot = (Text("Số: "), Slot("number", line(report.number)))
    return (*slot, Text(f"/{symbol}")) if symbol else slot


def _place_date(report: Report) -> Inlines:
    """Ô 4 as printed, else by the rule; day, month and year are slots either way."""
    printed = _PRINTED_DATE.fullmatch(line(report.place_date))
    if printed:
        before, day, month_word, month, year_word, year = printed.groups()
        return (
            Text(before),
            Slot("day", day),
            Text(month_word),
            Slot("month", month),
            Text(year_word),
            Slot("year", year),
        )
    if report.place_date:
        return (Text(line(report.place_date)),)
    place = line(report.organization.place)
    return (Text(f"{place}, ngày " if place else "Ngày "), *_date(report))


def _date(report: Report, filled: bool = True) -> Inlines:
    """Day padded under 10, month only 1 and 2 (II.4); before issue the day is blank, in an appendix all are."""
    issued = report.issued_on
    shown = issued or timezone.localdate(report.changed_at)
    return (
        Slot("day", f"{issued.day:02d}" if issued else "", gap=4),
        Text(" tháng "),
        Slot("month", month_of(shown) if filled else "", gap=4),
        Text(" năm "),
        Slot("year", str(shown.year) if filled else ""),
    )


def _title(report: Report) -> Title | None:
    """Ô 5a: kind and subject; or ô 5b, "V/v …" (II.5)."""
    subject = lines(report.subject)
    if report.form == Form.LETTER:
        first = [f"V/v {text.removeprefix('V/v ')}" for text in subject[:1]]
        return Title("", tuple((Text(text),) for text in (*first, *subject[1:])), letter=True)
    return Title(line(report.title).upper(), tuple((Text(text),) for text in subject))


def _list(label: str, text: str) -> Lines | None:
    """Ô 9a or 9b; the dash an officer typed is left out, the page draws its own."""
    found = tuple(part.removeprefix("- ") for part in lines(text))
    return Lines(label, found) if found else None


def _signatures(report: Report) -> tuple[Signature, ...]:
    return tuple(
        Signature(lines(block.lines), line(block.name), line(block.role))
        for block in report.signature_blocks.all()
    )


def _draft(report: Report) -> str:
    """The mark of every file before approval: the round, and the hour of the last change in Vietnam."""
    if report.is_frozen:
        return ""
    at = timezone.localtime(report.changed_at)
    turn = f" lần {report.round}" if report.round else ""
    return f"DỰ THẢO{turn}, {at:%H:%M} ngày {format_date(at.date())}"


def code(report: Report) -> str:
    """Number and symbol as one word; the symbol alone before registration."""
    return code_of(line(report.number), line(report.symbol))
