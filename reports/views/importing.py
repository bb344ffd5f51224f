"""Existing reports come in: upload, what was read, figures offered, a new draft from it, reused text confirmed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from campaigns.gate import fetch, fetch_to_change, require
from campaigns.models.organizations import WRITERS

from .. import again, imported, reused
from ..assemble import document_of
from ..forms.importing import ReportFileForm
from ..importing import Unreadable
from ..models import Block, Report
from ..workflow import may_edit


def report_import(request: HttpRequest) -> HttpResponse:
    """One file in, one old report out; a file that cannot be read is refused beside its field."""
    require(request, *WRITERS)
    organization = request.actor.organization
    form = ReportFileForm(organization, request.POST or None, request.FILES or None)
    summary = _brought_in(form, request) if request.method == "POST" and form.is_valid() else None
    if summary is not None:
        messages.success(request, "Đã nạp báo cáo.")
        return redirect("report_imported", summary.report.pk)
    return render(request, "reports/report_import.html", {"form": form})


def _brought_in(form: ReportFileForm, request: HttpRequest) -> imported.Summary | None:
    file = form.cleaned_data["file"]
    try:
        summary = imported.bring_in(request.actor.organization, file.read(), file.name, request.user)
    except Unreadable as error:
        form.add_error("file", str(error))
        return None
    if form.cleaned_data["campaign"]:
        Report.objects.filter(pk=summary.report.pk).update(campaign=form.cleaned_data["campaign"])
    return summary


def old_reports() -> Any:
    return Report.objects.filter(is_old=True).select_related("organization", "campaign")


def report_imported(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recognised, added and left; nothing of it is applied by itself."""
    report = fetch(request, old_reports(), pk)
    reading = report.reading or {}
    notes = reading.get("notes", [])
    context = {
        "report": report,
        "recognised": imported.recognised(reading),
        "papers": reading.get("papers", []),
        "answers": [words for pk, words, _ in reading.get("papers", []) if pk in reading.get("answers", [])],
        "left": [note for note in notes if note["kind"] == "left"],
        "repaired": [note for note in notes if note["kind"] == "repaired"],
        "others": [note for note in notes if note["kind"] in ("dropped", "recognised")],
        "figures": [
            (at, imported.figure_name(offer), offer) for at, offer in enumerate(reading.get("figures", []))
        ],
    }
    return render(request, "reports/report_imported.html", context)


@require_POST
def figures_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters the chosen offers as readings of the report's period."""
    report = fetch_to_change(request, old_reports(), pk)
    places = [
        int(at) for at in request.POST.getlist("figure") if at.isascii() and at.isdigit() and len(at) < 6
    ]
    chosen = {at: request.POST.get(f"name-{at}", "") for at in places}
    try:
        count = imported.take_figures(report, chosen, request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã ghi {count} số liệu.")
    return redirect("report_imported", pk)


@require_POST
def report_again(request: HttpRequest, pk: int) -> HttpResponse:
    """“Lập báo cáo mới từ bản này”."""
    old = fetch_to_change(request, Report.objects.select_related("organization"), pk)
    report = again.draft_of(old, request.user)
    messages.success(request, "Đã lập dự thảo mới. Xác nhận hoặc sửa từng câu lấy từ bản trước.")
    return redirect("report_reused", report.pk)


# --- reused text --------------------------------------------------------------------------------------------


def report_reused(request: HttpRequest, pk: int) -> HttpResponse:
    """The old text beside the new one; the next sentence to confirm has the focus, so one key confirms it."""
    report = fetch(request, Report.objects.select_related("organization", "made_from__organization"), pk)
    old = report.made_from
    parts = list(reused.beside(report, document_of(report), document_of(old) if old else None))
    count = sum(part.waiting for part in parts)
    context = {
        "report": report,
        "old": old,
        "parts": parts,
        "count": count,
        "first": next((row for part in parts for row in part.rows if row.at is not None), None),
        "may_change": not may_edit(report, request.actor) and request.actor.has(*WRITERS),
    }
    return render(request, "reports/report_reused.html", context)


@require_POST
def reused_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms one sentence (its place in the block) or all that the block reused."""
    block = fetch_to_change(request, Block.objects.select_related("section__report__organization"), pk)
    report = block.section.report
    if reason := may_edit(report, request.actor):
        raise PermissionDenied(reason)
    at = request.POST.get("at", "")
    if at and not (at.isascii() and at.isdigit() and len(at) < 6 and int(at) < len(block.reused)):
        raise Http404
    try:
        reused.confirm(block, block.reused[int(at)] if at else "")
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect(f"{reverse('report_reused', args=[report.pk])}#cho-xac-nhan")


urlpatterns = [
    path("bao-cao/nap/", report_import, name="report_import"),
    path("bao-cao/<int:pk>/da-nap/", report_imported, name="report_imported"),
    path("bao-cao/<int:pk>/ghi-so-lieu/", figures_take, name="figures_take"),
    path("bao-cao/<int:pk>/lap-moi/", report_again, name="report_again"),
    path("bao-cao/<int:pk>/cau-dung-lai/", report_reused, name="report_reused"),
    path("doan/<int:pk>/xac-nhan/", reused_confirm, name="reused_confirm"),
]
