"""What pages show of a report's life: the line of steps, whose turn it is, the acts alive or grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from campaigns.models import calendar_for

from .. import lifecycle, review, turns, workflow
from ..document.nodes import Document
from ..lifecycle import OUT, Status, Step
from ..models import Report


@dataclass(frozen=True)
class Button:
    """A step as a page offers it: alive, or grey with its reasons."""

    step: Step
    reasons: tuple[str, ...] = ()


#: The step that carries a report on, by status, where a page shows one primary button.
FORWARD: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: ("submit_correction", "submit_as_head", "submit"),
    Status.SUBMITTED: ("check_content", "approve_urgent"),
    Status.CONTENT_CHECKED: ("check_form", "approve_urgent"),
    Status.FORM_CHECKED: ("approve",),
    Status.APPROVED: ("sign", "number"),
    Status.SIGNED: ("number", "seal"),
    Status.SEALED: ("issue",),
    Status.ISSUED: ("send",),
    Status.SENT: ("receive",),
    Status.REFUSED: ("send",),
}
#: Steps of OUT that have a page of their own, "Sửa báo cáo đã phát hành".
AFTER_ISSUE = ("replace", "supplement", "correct_form", "recall")


def buttons(
    report: Report, actor: Any, document: Document | None = None
) -> tuple[Button | None, list[Button]]:
    """The one primary act, and the others this person sees; grey ones that another replaces are left out."""
    at = workflow.standing(report, actor, document)
    offered = [
        Button(step, tuple(lifecycle.refusals(step, at)))
        for step in lifecycle.open_steps(at)
        if step.key not in AFTER_ISSUE
    ]
    order = FORWARD.get(at.status, ())
    forward = [button for key in order for button in offered if button.step.key == key]
    primary = next((button for button in forward if not button.reasons), forward[-1] if forward else None)
    others = [button for button in offered if button is not primary and not button.reasons]
    return primary, others


def context_of(request: HttpRequest, report: Report, document: Document) -> dict[str, Any]:
    """What the overview and the review page show of a report's life."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    primary, others = buttons(report, actor, document)
    waiting = turns.people(report)
    link = request.build_absolute_uri(reverse("report_review", args=(report.pk,)))
    return {
        "primary": primary,
        "acts": others,
        "returns": any(button.step.key == "return" for button in others),
        "line": review.line(report),
        "waiting": waiting,
        "asked": turns.asked(report),
        "message": turns.message(report, link, calendar_for(report.organization), waiting),
        "is_out": report.status in OUT,
    }
