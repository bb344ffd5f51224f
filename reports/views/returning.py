"""“Nạp lại bản Word đã sửa”: a corrected Word file, its differences, taken one by one or all at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from campaigns.gate import fetch, fetch_to_change
from campaigns.models.organizations import WRITERS

from .. import opinions, returned, workflow
from ..forms.importing import WordFileForm
from ..importing import Unreadable
from ..importing.review import review_of
from ..models import Comment, Report, WordReturn
from .reports import draft_to_change


def returns() -> QuerySet[WordReturn]:
    return WordReturn.objects.select_related("report__organization", "by")


def return_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the file in; nothing of the report changes yet."""
    report = draft_to_change(request, pk)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (kept := _kept(form, report, request)):
        return redirect("return_compare", kept.pk)
    earlier = report.word_returns.select_related("by")[:5]
    return render(request, "reports/return_add.html", {"report": report, "form": form, "earlier": earlier})


def _kept(form: WordFileForm, report: Report, request: HttpRequest) -> WordReturn | None:
    file = form.cleaned_data["file"]
    try:
        returned.changes(report, file.read())
    except Unreadable as error:
        form.add_error("file", str(error))
        return None
    file.seek(0)
    return WordReturn.objects.create(report=report, file=file, name=file.name[:200], by=request.user)


def return_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The differences from the report as it is now, and what reviewers wrote in the margin."""
    kept = fetch(request, returns(), pk)
    found, data = _changes(kept)
    remarks, tracked = review_of(data)
    noted = set(kept.report.comments.values_list("given_by", "text"))
    context = {
        "kept": kept,
        "report": kept.report,
        "changes": [change for change in found if change.key not in kept.left],
        "left": [change for change in found if change.key in kept.left],
        "remarks": [(at, remark, _is_noted(remark, noted)) for at, remark in enumerate(remarks)],
        "tracked": tracked,
        "takeable": sum(not change.refusal and change.key not in kept.left for change in found),
        "may_change": request.actor.has(*WRITERS) and not workflow.may_edit(kept.report, request.actor),
    }
    return render(request, "reports/return_compare.html", context)


def _changes(kept: WordReturn) -> tuple[list[returned.Change], bytes]:
    with kept.file.open("rb") as file:
        data = file.read()
    return returned.changes(kept.report, data), data


def _is_noted(remark: Any, noted: set[tuple[str, str]]) -> bool:
    return (remark.author[:100], remark.text[:4000]) in noted


def _to_change(request: HttpRequest, pk: int) -> WordReturn:
    kept = fetch_to_change(request, returns(), pk)
    if sentence := workflow.may_edit(kept.report, request.actor):
        raise PermissionDenied(sentence)
    return kept


@require_POST
def return_take(request: HttpRequest, pk: int) -> HttpResponse:
    """One difference by its key, or all that can be taken and were not left."""
    kept = _to_change(request, pk)
    found, _ = _changes(kept)
    key = request.POST.get("key", "")
    chosen = [change for change in found if (change.key == key if key else change.key not in kept.left)]
    try:
        count = returned.take(kept.report, chosen, request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        _tell(request, count)
    return redirect("return_compare", pk)


def _tell(request: HttpRequest, count: int) -> None:
    if count:
        messages.success(request, f"Đã lấy {count} chỗ sửa.")
    else:
        messages.warning(request, "Chỗ này vừa thay đổi. Xem lại các khác biệt bên dưới.")


@require_POST
def return_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves a difference as it is in the report, or looks at it again."""
    kept = _to_change(request, pk)
    key = request.POST.get("key", "")[:24]
    kept.left = [at for at in kept.left if at != key] if key in kept.left else [*kept.left, key][-2000:]
    kept.save(update_fields=["left"])
    return redirect("return_compare", pk)


@require_POST
def return_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a comment of the Word file as an opinion on the report, with the name of who wrote it."""
    kept = _to_change(request, pk)
    _, data = _changes(kept)
    remarks, _ = review_of(data)
    at = request.POST.get("at", "")
    if at.isascii() and at.isdigit() and int(at[:6]) < len(remarks):
        remark = remarks[int(at)]
        comment = Comment(
            given_by=remark.author[:100],
            text=remark.text[:4000] or "(không có chữ)",
            words=remark.words[:500],
        )
        opinions.give(kept.report, request.user, comment)
        messages.success(request, "Đã ghi thành ý kiến của báo cáo.")
    return redirect("return_compare", pk)


urlpatterns = [
    path("bao-cao/<int:pk>/nap-lai-word/", return_add, name="return_add"),
    path("ban-word/<int:pk>/", return_compare, name="return_compare"),
    path("ban-word/<int:pk>/lay/", return_take, name="return_take"),
    path("ban-word/<int:pk>/de-nguyen/", return_leave, name="return_leave"),
    path("ban-word/<int:pk>/ghi-y-kien/", return_note, name="return_note"),
]
