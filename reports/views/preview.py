"""The official page beside the form: the fragment, and the style sheet it shares with every format."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaigns import gate
from reports.document import html
from reports.document.layout import css
from reports.editions import document_of
from reports.models import Report


@require_GET
def report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it would print now; a fragment for htmx, a page of its own without."""
    report = gate.fetch(request, Report.objects.select_related("organization"), pk)
    article = html.inside(document_of(report))
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(article)
    return render(request, "reports/section_preview.html", {"report": report, "article": article})


@lru_cache(maxsize=1)
def _sheet() -> tuple[str, str]:
    text = css() + html.SHARES
    return text, f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'


@require_GET
def official_css(request: HttpRequest) -> HttpResponse:
    """The style sheet of official pages; its tag changes with the measures."""
    text, tag = _sheet()
    if request.headers.get("if-none-match") == tag:
        return HttpResponse(status=304)
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=300"
    return response


urlpatterns = [
    path("bao-cao/<int:pk>/trang/", report_preview, name="report_preview"),
    path("trang-van-ban.css", official_css, name="official_css"),
]
