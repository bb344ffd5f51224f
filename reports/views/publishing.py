"""The public edition: what the rules take out is seen first, then the marked copy is made and downloaded."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET

from campaigns import events
from campaigns.gate import fetch, require
from campaigns.models.organizations import WRITERS
from campaigns.views.files import stored_file

from .. import exports
from ..document import html
from ..lifecycle import OUT
from ..models import Report
from ..models.files import FileState
from ..sending import public
from .reports import rows


def _issued(request: HttpRequest, pk: int) -> Report:
    report = fetch(request, rows(), pk)
    if report.status not in OUT or report.approved is None:
        raise Http404
    return report


def report_public(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview; posted to, the copy's PDF is asked for."""
    report = _issued(request, pk)
    made = public.edition(report)
    if request.method == "POST":
        require(request, *WRITERS)
        with transaction.atomic():
            public.queue(report, made)
            after = {"name": str(len(made.removed))}
            events.record("publish", request.user, report.organization, report=pk, after=after)  # type: ignore[arg-type]
        return redirect("report_public", pk)
    context = {
        "report": report,
        "removed": made.removed,
        "rules": [*(rule.label for rule in public.RULES), "Tên thành viên tổ", public.COLUMN_LABEL],
        "article": html.inside(made.document),
        "file": public.found(report, made),
        "may_make": request.actor.has(*WRITERS),  # type: ignore[attr-defined]
        "gap": public.GAP,
    }
    return render(request, "reports/report_public.html", context)


@require_GET
def report_public_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of the copy as the rules make it today."""
    report = _issued(request, pk)
    file = public.found(report, public.edition(report))
    if file is None or file.state != FileState.READY:
        raise Http404
    stem = exports.file_name(report, "pdf").removesuffix(".pdf")
    return stored_file(file.content, f"{stem}-ban-cong-khai")


urlpatterns = [
    path("bao-cao/<int:pk>/ban-cong-khai/", report_public, name="report_public"),
    path("bao-cao/<int:pk>/ban-cong-khai/tai/", report_public_file, name="report_public_file"),
]
