"""Lịch sử: what was done to a report, and to the organization's registers and settings; both as JSON too."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns import events
from campaigns.gate import fetch, require, visible
from campaigns.models import Event
from campaigns.models.organizations import KEEPERS
from campaigns.views.listing import page_of

from .. import history, sittings
from ..forms.history import EventFilter
from ..models import Report

ON_A_PAGE = 30


@require_GET
def report_history(request: HttpRequest, pk: int) -> HttpResponse:
    """A report's history, the newest first; typing that has rested for 30 minutes is told now."""
    found = fetch(request, Report.objects.select_related("organization"), pk)
    context = {"report": found, "sitting": sittings.close_idle(found)}
    context |= _told(request, _events(request, events.chain_of(found.organization, pk)))
    return render(request, "reports/report_history.html", context)


@require_GET
def report_history_export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    found = fetch(request, Report.objects.select_related("organization"), pk)
    return _exported(events.chain_of(found.organization, pk), f"lich-su-bao-cao-{pk}")


@require_GET
def organization_history(request: HttpRequest) -> HttpResponse:
    """What was done to the registers, people and settings; for those who keep them."""
    require(request, *KEEPERS)
    narrowed = EventFilter(request.GET, _events(request, _own_chain(request)), request=request)
    context = {"filter": narrowed, **_told(request, narrowed.qs)}
    return render(request, "reports/organization_history.html", context)


@require_GET
def organization_history_export(request: HttpRequest) -> StreamingHttpResponse:
    require(request, *KEEPERS)
    return _exported(_own_chain(request), "nhat-ky-don-vi")


def _own_chain(request: HttpRequest) -> str:
    return events.chain_of(request.actor.organization)  # type: ignore[attr-defined]


def _events(request: HttpRequest, chain: str) -> QuerySet[Event]:
    return visible(request, Event).filter(chain=chain).order_by("-sequence")


def _told(request: HttpRequest, rows: QuerySet[Event]) -> dict[str, Any]:
    """One page of events in words: two queries."""
    page = page_of(request, rows, ON_A_PAGE)
    page.object_list = [history.tell(event) for event in page.object_list]
    return {"page": page, "today": timezone.localdate()}


def _exported(chain: str, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(history.exported(chain), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


urlpatterns = [
    path("bao-cao/<int:pk>/lich-su/", report_history, name="report_history"),
    path("bao-cao/<int:pk>/lich-su/xuat/", report_history_export, name="report_history_export"),
    path("thiet-lap/nhat-ky/", organization_history, name="organization_history"),
    path("thiet-lap/nhat-ky/xuat/", organization_history_export, name="organization_history_export"),
]
