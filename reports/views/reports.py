"""Reports: list, a blank one, the overview, the frame, check your answers, delete a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from campaigns.gate import fetch, fetch_to_change, require, visible
from campaigns.models.organizations import WRITERS

from .. import (
    checking,
    drafting,
    exports,
    history,
    letters,
    readiness,
    reused,
    signatures,
    sittings,
    workflow,
)
from ..document.nodes import Document
from ..editions import document_of
from ..forms.reports import FrameForm, NewReportForm, ReportSearch, SignatureFormSet
from ..models import Report
from ..models.reports import SectionState
from ..sending import punctuality
from ..structure import Tree
from . import life

ON_A_PAGE = 20


def rows() -> QuerySet[Report]:
    """Reports with all that their pages name."""
    return Report.objects.select_related(
        "organization", "drafter", "campaign", "outline", "unit", "signer", "approved__by", "follows"
    )


def draft_to_change(request: HttpRequest, pk: int) -> Report:
    """A report whose text the asker may change now; 403 with the sentence that says why not."""
    report = fetch_to_change(request, rows(), pk)
    require_open(request, report)
    return report


def require_open(request: HttpRequest, report: Report) -> None:
    """403 with the sentence unless the report waits for the asker's hand."""
    if sentence := workflow.may_edit(report, request.actor):  # type: ignore[attr-defined]
        raise PermissionDenied(sentence)


def may_change(request: HttpRequest, report: Report) -> bool:
    """Whether to show what changes the text."""
    return not workflow.may_edit(report, request.actor)  # type: ignore[attr-defined]


def changed(report: Report) -> None:
    """Notes the change and asks for the PDF once changes settle."""
    drafting.changed(report)
    report.refresh_from_db(fields=["changed_at"])


def report_list(request: HttpRequest) -> HttpResponse:
    form = ReportSearch(request.actor.organization, request.GET or None)
    found = visible(request, Report.objects.select_related("drafter", "campaign"))
    if form.is_valid():
        found = _filtered(found, form.cleaned_data, request.user)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/report_list.html", {"form": form, "page": page})


def _filtered(found: Any, asked: dict[str, Any], user: Any) -> Any:
    found = found.matching(asked["q"]) if asked["q"] else found
    found = found.filter(status=asked["status"]) if asked["status"] else found
    found = found.filter(campaign=asked["campaign"]) if asked["campaign"] else found
    return found.filter(drafter=user) if asked["mine"] else found


def report_new(request: HttpRequest) -> HttpResponse:
    require(request, *WRITERS)
    organization = request.actor.organization
    form = NewReportForm(organization, request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = _begin(form, organization, request.user)
        messages.success(request, "Đã tạo dự thảo.")
        return redirect("report", report.pk)
    return render(request, "reports/report_new.html", {"form": form})


@transaction.atomic
def _begin(form: NewReportForm, organization: Any, user: Any) -> Report:
    answered = form.cleaned_data.pop("requests")
    report = letters.blank_draft(organization, user, **form.cleaned_data)
    report.requests.set(answered)
    return report


def report(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, rows(), pk)
    document = document_of(found)
    places = _places(found, document)
    told = checking.told_of(found, document)
    counted = checking.counts(told)
    for place in places:
        place.findings = counted.get(f"s{place.section.pk}", "")
    unfinished = [place for place in places if place.section.state != SectionState.DONE]
    context = {
        "report": found,
        "places": places,
        "done": len(places) - len(unfinished),
        "next": unfinished[0] if unfinished else None,
        "letters": found.requests.select_related("paper"),
        "may_change": may_change(request, found),
        "may_assign": not found.is_frozen and request.actor.has(*WRITERS),
        "followers": found.followers.all(),
        "finding_words": checking.words_of(told),
        "reused_count": len(reused.pending(found)) if found.made_from_id else 0,
    }
    context |= life.context_of(request, found, document) | punctuality.shown(found)
    return render(request, "reports/report_overview.html", context)


def _places(found: Report, document: Document) -> list[Any]:
    """The sections in reading order with what each still lacks (`lacks`) and its text (`markup`)."""
    sections = found.sections.select_related("outline_section", "assignee").prefetch_related(
        "outline_section__indicators"
    )
    places = Tree.of(found, sections).places()
    lacking = readiness.lacks(found, document, [place.section for place in places])
    tree = readiness.written(document)
    for place in places:
        place.lacks = lacking[place.section.pk]
        place.markup = readiness.markup(tree[place.section.pk])
    return places


def report_check(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(request, rows(), pk)
    document = document_of(found)
    places = _places(found, document)
    context = {
        "report": found,
        "places": places,
        "appendices": readiness.made_by_blocks(document),
        "letters": found.requests.select_related("paper", "outline"),
        "signatures": found.signature_blocks.all(),
        "lacking": sum(bool(place.lacks) for place in places),
        "unfinished": sum(place.section.state != SectionState.DONE for place in places),
        "may_change": may_change(request, found),
    }
    return render(request, "reports/report_check.html", context)


def report_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame and the signature blocks, saved together or not at all."""
    found = draft_to_change(request, pk)
    form = FrameForm(request.POST or None, instance=found)
    blocks = SignatureFormSet(request.POST or None, instance=found, prefix="ky")
    if request.method == "POST" and all([form.is_valid(), blocks.is_valid()]):
        _save_frame(form, blocks, request.user)
        messages.success(request, "Đã lưu thể thức.")
        return redirect("report_frame", pk)
    context = {
        "report": fetch(request, rows(), pk),
        "form": form,
        "formset": blocks,
        "variants": {key: variant.text for key, variant in signatures.VARIANTS.items()},
    }
    return render(request, "reports/report_frame.html", context)


@transaction.atomic
def _save_frame(form: FrameForm, blocks: Any, by: Any) -> None:
    sittings.typed(form.instance, by, sittings.FRAME)
    form.save()
    blocks.save()
    changed(form.instance)


def report_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = draft_to_change(request, pk)
    if found.round:
        raise PermissionDenied("Báo cáo đã trình nên không xóa được: các bản trình và ý kiến phải được giữ.")
    if request.method == "POST":
        _delete(found, request.user)
        messages.success(request, "Đã xóa dự thảo.")
        return redirect("report_list")
    return render(request, "reports/report_delete.html", {"report": found, "losses": losses(found)})


def losses(found: Report, within: set[int] | None = None) -> list[tuple[Any, list[str]]]:
    """Each section that would go, with a line of every text in it; `within` limits them to some sections."""
    tree = readiness.written(document_of(found))
    places = Tree.of(found).places()
    return [
        (place, readiness.excerpts(tree.get(place.section.pk)))
        for place in places
        if within is None or place.section.pk in within
    ]


@transaction.atomic
def _delete(found: Report, by: Any) -> None:
    history.forget(found, by)
    for file in found.files.all():
        exports.discard(file)
    found.delete()


urlpatterns = [
    path("bao-cao/", report_list, name="report_list"),
    path("bao-cao/moi/", report_new, name="report_new"),
    path("bao-cao/<int:pk>/", report, name="report"),
    path("bao-cao/<int:pk>/the-thuc/", report_frame, name="report_frame"),
    path("bao-cao/<int:pk>/soat-lai/", report_check, name="report_check"),
    path("bao-cao/<int:pk>/xoa/", report_delete, name="report_delete"),
]
