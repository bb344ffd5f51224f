"""What a reader of a draft is shown first: how far it has come, what changed since he last agreed, opinions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import qrcode
import qrcode.image.svg
from django.db.models import F
from django.utils import timezone

from campaigns import events
from campaigns.models import Event, User

from . import editions
from .differences import Piece, pieces
from .document import plain
from .document.nodes import Document
from .lifecycle import ORDER, STEPS, Status
from .models import Comment, Edition, Report, ReportRequest, Section
from .turns import due_words

#: Steps by which a person agreed to the text he saw.
AGREED = ("approve", "approve_urgent", "check_content", "check_form")


@dataclass(frozen=True)
class Station:
    """One status on the line of steps, with who brought the report there and when; "" ahead of it."""

    status: Status
    who: str = ""
    at: datetime.datetime | None = None
    is_now: bool = False
    is_past: bool = False
    note: str = ""


def line(report: Report) -> list[Station]:
    """The stations of a report in order; one query. A return or reopening clears what lay ahead."""
    brought: dict[Status, Event] = {}
    for event in Event.objects.filter(chain=events.chain_of(report.organization, report.pk)).order_by(
        "sequence"
    ):
        to = (event.after or {}).get("status", "")
        if (event.act in STEPS or event.act == "enter_issued") and to in ORDER:
            kept = {status: old for status, old in brought.items() if ORDER[status] < ORDER[Status(to)]}
            brought = {**kept, Status(to): event}
    now = Status(report.status)
    return [_station(status, now, brought.get(status), report) for status in Status if _shown(status, now)]


def _shown(status: Status, now: Status) -> bool:
    return status is not (Status.RECEIVED if now is Status.REFUSED else Status.REFUSED)


def _station(status: Status, now: Status, event: Event | None, report: Report) -> Station:
    who = " ".join(filter(None, (event.by_name, event.behalf and f"({event.behalf})"))) if event else ""
    if status is Status.DRAFT and event is None:
        who = str(report.drafter or "")
    note = report.code if status is Status.SEALED and report.number else ""
    past = ORDER[status] < ORDER[now]
    return Station(status, who, event.at if event else None, status is now, past, note)


def explained(report: Report) -> list[Edition]:
    """Editions of this round that were handed on with errors, and the reason given; one query."""
    kept = report.editions.filter(round=report.round).exclude(explanation="")
    return list(kept.select_related("by").order_by("pk"))


@dataclass(frozen=True)
class Changes:
    """What changed since an edition; `base` None: there is none to compare with."""

    base: Edition | None
    pieces: tuple[Piece, ...] = ()
    count: int = 0

    @property
    def words(self) -> str:
        if self.base is None:
            return "Bạn chưa duyệt hay kiểm tra bản nào của báo cáo này: đọc toàn văn bên dưới."
        at = timezone.localtime(self.base.at)
        when = f"bản bạn xem lúc {at:%H:%M} ngày {at.day}/{at.month}/{at.year}"
        return f"{self.count} chỗ đã đổi so với {when}." if self.count else f"Không đổi so với {when}."


def changes(report: Report, document: Document, user: Any) -> Changes:
    """Since the reader last agreed; else since the report was first handed to somebody who returned it."""
    own = report.editions.filter(by=user, step__in=AGREED).order_by("-pk").first()
    base = own or _returned_by(report, user)
    if base is None:
        return Changes(None)
    was = plain.text(editions.tree_of(base))
    found = tuple(pieces(was, plain.text(editions.blank(document, report))))
    return Changes(base, found, _count(found))


def _returned_by(report: Report, user: User) -> Edition | None:
    """The edition this person gave back."""
    given = Comment.objects.filter(report=report, by=user, kind="return").exclude(edition=None)
    last = given.select_related("edition").order_by("-pk").first()
    return last.edition if last else None


def _count(found: tuple[Piece, ...]) -> int:
    """Places, not pieces: words taken out and put in side by side are one."""
    count, inside = 0, False
    for piece in found:
        changed = piece.kind != "same"
        count += changed and not inside
        inside = changed
    return count


def comments(report: Report, section: Section | None = None) -> list[Comment]:
    """Opinions with their answers, those not resolved first; on one section only the open ones. Two queries."""
    rows = Comment.objects.filter(report=report, parent=None).select_related("by", "section", "resolved_by")
    rows = rows if section is None else rows.filter(section=section, resolved_at=None)
    answered = rows.prefetch_related("answers__by")
    return list(answered.order_by(F("resolved_at").asc(nulls_first=True), "pk"))


def letters(report: Report) -> list[ReportRequest]:
    """The letters answered, each with its deadlines in words: `due`, `own_due`."""
    found = list(report.requests.select_related("paper", "organization"))
    if found:
        from campaigns.models import calendar_for

        calendar = calendar_for(report.organization)
        for letter in found:
            letter.due = due_words(letter.deadline, calendar)  # type: ignore[attr-defined]
            letter.own_due = due_words(letter.internal_deadline, calendar)  # type: ignore[attr-defined]
    return found


def qr(link: str) -> str:
    """The link as an SVG picture, for paper."""
    image = qrcode.make(link, image_factory=qrcode.image.svg.SvgPathImage, box_size=8, border=2)
    return str(image.to_string(encoding="unicode"))
