"""Opinions on a report: given, answered, resolved, noted from a phone call; sections given to people to write."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns import events
from campaigns.models import User

from . import notices, sittings
from .models import Comment, CommentKind, Report, Section


@transaction.atomic
def give(report: Report, by: User, comment: Comment, kind: CommentKind = CommentKind.COMMENT) -> Comment:
    """Keeps an opinion filled in by its form; the section's owner or the drafter is told."""
    comment.report, comment.by, comment.kind = report, by, kind
    comment.edition = report.editions.order_by("-pk").first()
    comment.save()
    act = "advise" if kind == CommentKind.ADVICE else "comment"
    after = {"text": comment.text, "words": comment.words, "given_by": comment.given_by}
    _record(act, report, by, {key: value for key, value in after.items() if value})
    _tell(comment, f"{by} nêu ý kiến: {comment.text}")
    return comment


@transaction.atomic
def answer(comment: Comment, by: User, text: str) -> Comment:
    """An answer below an opinion; who gave it is told."""
    made = Comment.objects.create(
        report=comment.report, section=comment.section, parent=comment, text=text, by=by, kind=comment.kind,
        given_by=comment.given_by,
    )  # fmt: skip
    _record("comment", comment.report, by, {"text": text})
    if comment.by_id != by.pk:
        notices.tell(
            comment.report, [comment.by], f"comment:{made.pk}", f"{by} trả lời ý kiến của bạn: {text}"
        )
    return made


@transaction.atomic
def resolve(comment: Comment, by: User, is_done: bool = True) -> None:
    """Marks an opinion as dealt with, or opens it again."""
    comment.resolved_by, comment.resolved_at = (by, timezone.now()) if is_done else (None, None)
    comment.save(update_fields=["resolved_by", "resolved_at"])
    _record("resolve" if is_done else "unresolve", comment.report, by, {"text": comment.text})


@transaction.atomic
def assign(section: Section, by: User) -> None:
    """Records to whom a section was given and by when, and tells that person."""
    report = section.report
    due = timezone.localtime(section.due) if section.due else None
    until = f", hạn {due:%H:%M} {due.day}/{due.month}/{due.year}" if due else ""
    after: dict[str, Any] = {
        "section": str(section),
        "assignee": str(section.assignee or ""),
        "due": section.due,
    }
    _record("assign", report, by, after)
    if section.assignee is not None and section.assignee_id != by.pk:
        cause = (
            f"assign:{section.pk}:{section.assignee_id}:{due:%Y%m%d%H%M}" if due else f"assign:{section.pk}"
        )
        notices.tell(report, [section.assignee], cause, f"{by} giao bạn viết mục “{section}”{until}.")


def _tell(comment: Comment, text: str) -> None:
    section, report = comment.section, comment.report
    owner = (section.assignee if section else None) or report.drafter
    if owner is not None and owner.pk != comment.by_id:
        notices.tell(report, [owner], f"comment:{comment.pk}", text)


def _record(act: str, report: Report, by: User, after: dict[str, Any]) -> None:
    sittings.close(report)
    events.record(act, by, report.organization, report=report.pk, after=after)


def require_words(comment: Comment, text: str) -> None:
    """An opinion on words that do not stand in the text is refused."""
    if comment.words and " ".join(comment.words.split()) not in " ".join(text.split()):
        raise ValidationError({"words": "Không thấy những chữ này trong văn bản. Bôi đen lại trên trang."})
