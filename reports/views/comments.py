"""Opinions on a report, sections given to people, notices read: small acts, each a plain POST."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.gate import fetch, fetch_to_change, visible

from .. import editions, opinions
from ..document import plain
from ..forms.comments import AdviceForm, AnswerForm, AssignForm, CommentForm
from ..lifecycle import OUT
from ..models import Comment, CommentKind, Notice, Report, Section
from .reports import rows

COMMENTS = Comment.objects.select_related("report__organization", "section", "by")


def _back(request: HttpRequest, report: Report, anchor: str = "y-kien") -> HttpResponse:
    """To the section the officer came from, else to the review page."""
    section = request.POST.get("from_section", "")
    if section.isascii() and section.isdigit() and report.sections.filter(pk=int(section[:12])).exists():
        return redirect(f"{reverse('section', args=[int(section)])}#{anchor}")
    return redirect(f"{reverse('report_review', args=[report.pk])}#{anchor}")


def _open(report: Report) -> None:
    if report.status in OUT:
        raise PermissionDenied("Báo cáo đã phát hành nên không nhận thêm ý kiến ở đây.")


def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """An opinion; with errors the form comes back on a page of its own with all that was typed."""
    return _given(request, pk, CommentForm, CommentKind.COMMENT, "Nêu ý kiến")


def advice_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes what a leader said by phone."""
    return _given(request, pk, AdviceForm, CommentKind.ADVICE, "Ghi ý kiến qua điện thoại")


def _given(request: HttpRequest, pk: int, form_class: Any, kind: CommentKind, title: str) -> HttpResponse:
    report = fetch(request, rows(), pk)
    _open(report)
    form = form_class(report, request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment = form.save(commit=False)
        try:
            opinions.require_words(comment, plain.text(editions.document_of(report)))
        except ValidationError as error:
            form.add_error("words", error.message_dict["words"][0])
        else:
            opinions.give(report, request.user, comment, kind)  # type: ignore[arg-type]
            messages.success(request, "Đã ghi ý kiến.")
            return _back(request, report)
    context = {"report": report, "form": form, "title": title}
    return render(request, "reports/comment_form.html", context, status=422 if request.POST else 200)


@require_POST
def comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    comment = fetch(request, COMMENTS.filter(parent=None), pk)
    _open(comment.report)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        context = {"report": comment.report, "form": form, "title": "Trả lời ý kiến", "comment": comment}
        return render(request, "reports/comment_form.html", context, status=422)
    opinions.answer(comment, request.user, form.cleaned_data["text"])  # type: ignore[arg-type]
    return _back(request, comment.report, f"y-kien-{pk}")


@require_POST
def comment_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Dealt with, or open again. A reader's opinion is closed by him or by who writes the report."""
    comment = fetch(request, COMMENTS.filter(parent=None), pk)
    _open(comment.report)
    if comment.by_id != request.user.pk:
        fetch_to_change(request, rows(), comment.report_id)
    opinions.resolve(comment, request.user, "again" not in request.POST)  # type: ignore[arg-type]
    return _back(request, comment.report, f"y-kien-{pk}")


def section_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a section to somebody, with a due date."""
    section = fetch_to_change(request, Section.objects.select_related("report__organization"), pk)
    if section.report.is_frozen:
        raise PermissionDenied("Báo cáo đã duyệt nên không giao viết nữa.")
    form = AssignForm(request.POST or None, instance=section)
    if request.method == "POST" and form.is_valid():
        opinions.assign(form.save(), request.user)  # type: ignore[arg-type]
        messages.success(request, "Đã giao mục." if section.assignee else "Mục không giao riêng cho ai.")
        return redirect("report", section.report_id)
    context = {"report": section.report, "section": section, "form": form}
    return render(request, "reports/section_assign.html", context, status=422 if request.POST else 200)


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Puts the person's open notices away; whose turn it is shows in the inbox still."""
    visible(request, Notice).filter(user=request.user, ended_at=None).update(ended_at=timezone.now())
    return redirect("home")


urlpatterns = [
    path("bao-cao/<int:pk>/y-kien/", comment_add, name="comment_add"),
    path("bao-cao/<int:pk>/y-kien-dien-thoai/", advice_add, name="advice_add"),
    path("y-kien/<int:pk>/tra-loi/", comment_answer, name="comment_answer"),
    path("y-kien/<int:pk>/xong/", comment_resolve, name="comment_resolve"),
    path("muc/<int:pk>/giao/", section_assign, name="section_assign"),
    path("thong-bao/da-doc/", notices_read, name="notices_read"),
]
