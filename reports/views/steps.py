"""The steps of a report's life: one page an act, and the review page on which a checker or leader decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from campaigns.gate import fetch
from campaigns.models import calendar_for

from .. import checking, editions, following, review, turns, workflow
from ..document import html
from ..forms.comments import AdviceForm, CommentForm
from ..forms.steps import SignerForm, form_of
from ..lifecycle import OUT, STEPS, asks_reason_for_errors
from ..models import Report
from .life import context_of
from .reports import draft_to_change, rows


def report_step(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Confirms one step, with what it asks; refused: the same sentence as beside the grey button."""
    report = fetch(request, rows(), pk)
    step = STEPS.get(key)
    if step is None:
        raise Http404
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.has(*step.roles):
        raise PermissionDenied(f"Vai trò của bạn không dùng được “{step.label}”.")
    posted = request.POST if request.method == "POST" else None
    form = form_of(key)(
        report,
        step.reason,
        posted,
        request.FILES or None,
        initial=None if posted is not None else _initial(report),
    )
    errors = _errors(report, key)
    if errors:
        form.ask_explanation(errors)
    if request.method == "POST" and form.is_valid():
        try:
            done = workflow.act(report, key, actor, **form.act_values())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _after(request, done)
    reasons = [] if request.method == "POST" else _reasons(report, actor, key)
    context = {"report": report, "step": step, "form": form, "reasons": reasons, "errors": errors}
    status = 200 if request.method == "GET" else 422
    return render(request, "reports/report_step.html", context, status=status)


def _errors(report: Report, key: str) -> str:
    """Why the step asks one reason for the errors that stay; "" when it does not."""
    asks = asks_reason_for_errors(STEPS[key]) and not report.is_frozen
    return checking.unexplained(report) if asks else ""


def _initial(report: Report) -> dict[str, str]:
    return {"seen": workflow.text_digest(report)}


def _reasons(report: Report, actor: Any, key: str) -> list[str]:
    """Why the step is refused, without what its own form asks for: the form's check, the reason for errors."""
    return workflow.refusals(report, actor, key, form_seen=True, unexplained="")


def _after(request: HttpRequest, done: workflow.Act) -> HttpResponse:
    """To the new draft a step made, else to the report, saying what happened and whose turn it is."""
    if isinstance(done.result, Report):
        messages.success(request, f"{done.actor.user} {done.step.done}. Viết tiếp bản mới ở đây.")
        return redirect("report", done.result.pk)
    sentence = f"{done.actor.user} {done.step.done}."
    if done.step.key == "number":
        sentence = f"Đã cấp số {done.result.code}."
    messages.success(request, sentence)
    return redirect("report", done.report.pk)


@require_GET
def report_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed first, then opinions, then the official page; two buttons at the bottom."""
    report = fetch(request, rows(), pk)
    document = editions.document_of(report)
    changes = review.changes(report, document, request.user)
    context = context_of(request, report, document) | {
        "report": report,
        "changes": changes,
        "comments": review.comments(report),
        "comment_form": CommentForm(report),
        "advice_form": AdviceForm(report),
        "article": html.inside(document),
        "seen": editions.digest_of(document, report),
        "letters": review.letters(report),
        "explained": review.explained(report),
    }
    if not report.is_frozen:
        context |= checking.context(checking.told_of(report, document))
    return render(request, "reports/report_review.html", context)


def report_signer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signs, from the rights in force today; the signature block follows."""
    report = draft_to_change(request, pk)
    form = SignerForm(report, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.choose_signer(report, form.cleaned_data["right"], request.actor)  # type: ignore[attr-defined]
        except ValidationError as refused:
            form.add_error("right", refused)
        else:
            messages.success(request, "Đã ghi người ký; khối ký trên văn bản theo quyền ký này.")
            return redirect("report", pk)
    context = {"report": report, "form": form}
    return render(request, "reports/report_signer.html", context, status=422 if request.POST else 200)


@require_GET
def report_repair(request: HttpRequest, pk: int) -> HttpResponse:
    """“Sửa báo cáo đã phát hành”: why the same number is never corrected, and the lawful ways."""
    report = fetch(request, rows(), pk)
    if report.status not in OUT:
        raise Http404
    actor: Any = request.actor  # type: ignore[attr-defined]
    ways = [
        (STEPS[key], when, how, workflow.refusals(report, actor, key))
        for key, (when, how) in following.WAYS.items()
    ]
    context = {"report": report, "ways": ways, "followers": report.followers.all()}
    return render(request, "reports/report_repair.html", context)


@require_GET
def report_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Phiếu trình: one page for a leader who reads paper, with a QR code that leads to the review page."""
    report = fetch(request, rows(), pk)
    link = request.build_absolute_uri(reverse("report_review", args=(pk,)))
    document = editions.document_of(report)
    context = {
        "report": report,
        "letters": review.letters(report),
        "changes": review.changes(report, document, report.signer or request.user),
        "initials": report.initials.filter(undone_at=None).select_related("by"),
        "comments": [comment for comment in review.comments(report) if comment.resolved_at is None],
        "link": link,
        "qr": review.qr(link),
        "digest": workflow.text_digest(report),
        "asked": turns.asked(report),
        "calendar": calendar_for(report.organization),
    }
    return render(request, "reports/report_slip.html", context)


urlpatterns = [
    path("bao-cao/<int:pk>/buoc/<slug:key>/", report_step, name="report_step"),
    path("bao-cao/<int:pk>/nguoi-ky/", report_signer, name="report_signer"),
    path("bao-cao/<int:pk>/duyet/", report_review, name="report_review"),
    path("bao-cao/<int:pk>/sua-sau-phat-hanh/", report_repair, name="report_repair"),
    path("bao-cao/<int:pk>/phieu-trinh/", report_slip, name="report_slip"),
]
