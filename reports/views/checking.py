"""What the checks found, beside the section and for the whole report; one click mends; levels per organization."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from campaigns.gate import fetch, fetch_to_change, require
from campaigns.models.organizations import KEEPERS

from .. import checking, editions, mending
from ..checks import coverage
from ..document import html
from ..forms.levels import LevelsForm
from ..models import Section, levels_of
from .reports import may_change, require_open, rows

SECTIONS = Section.objects.select_related("report__organization")


@require_GET
def section_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel beside a section: what was found in it, and how many elsewhere."""
    section = fetch(request, SECTIONS, pk)
    told = checking.told_of(section.report)
    here = [one for one in told.findings if one.section_key == f"s{pk}"]
    context = checking.context(told, here) | {
        "report": section.report,
        "section": section,
        "elsewhere": len(told.findings) - len(here),
        "may_change": may_change(request, section.report),
        "share": coverage.by_section(told.statements).get(f"s{pk}"),
    }
    return render(request, "reports/_findings_panel.html", context)


@require_GET
def report_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was found in a report, with the page it stands on and the evidence behind its figures."""
    report = fetch(request, rows(), pk)
    document = editions.document_of(report)
    told = checking.told_of(report, document)
    context = checking.context(told) | {
        "report": report,
        "may_change": may_change(request, report),
        "article": html.inside(document),
        "coverage": coverage.whole(told.statements),
        "shares": _shares(told),
    }
    return render(request, "reports/report_findings.html", context)


def _shares(told: checking.Told) -> list[tuple[str, coverage.Share]]:
    """Name and share of each section that states something, in reading order."""
    names = {one.section_key: one.section for one in told.statements}
    shares = coverage.by_section(told.statements)
    return [(names[key], share) for key, share in shares.items()]


@require_POST
def finding_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes one fix; back to the page that asked, or the section's panel for htmx."""
    report = fetch_to_change(request, rows(), pk)
    require_open(request, report)
    finding = checking.by_mark(report, request.POST.get("mark", ""))
    refusal = ""
    try:
        if finding is None:
            raise ValidationError("Chỗ này đã được sửa hoặc đã đổi.")
        mending.mend(report, finding, request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        refusal = error.messages[0]
    if refusal:
        messages.error(request, refusal)
    elif finding is not None and finding.fix is not None:
        messages.success(request, f"Đã sửa “{finding.fix.words}” thành “{finding.fix.replacement}”.")
    return HttpResponseRedirect(_next(request, pk))


def _next(request: HttpRequest, pk: int) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else reverse("report_findings", args=(pk,))


def check_levels(request: HttpRequest) -> HttpResponse:
    """Every check with its level here; the administrator changes them."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    may_keep = actor.has(*KEEPERS)
    if request.method == "POST":
        require(request, *KEEPERS)
    if actor.organization is None:
        raise Http404
    form = LevelsForm(actor.organization, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changed = form.save(request.user)
        messages.success(
            request, f"Đã đổi mức của {changed} kiểm tra." if changed else "Không có gì thay đổi."
        )
        return redirect("check_levels")
    context = {"form": form, "may_keep": may_keep, "levels": levels_of(actor.organization)}
    return render(
        request, "reports/check_levels.html", context, status=422 if request.method == "POST" else 200
    )


urlpatterns = [
    path("muc/<int:pk>/kiem-tra/", section_findings, name="section_findings"),
    path("bao-cao/<int:pk>/kiem-tra/", report_findings, name="report_findings"),
    path("bao-cao/<int:pk>/kiem-tra/sua/", finding_mend, name="finding_mend"),
    path("thiet-lap/kiem-tra/", check_levels, name="check_levels"),
]
