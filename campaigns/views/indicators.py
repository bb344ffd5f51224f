"""Indicators: list with the latest figure, one indicator's readings by period, add, edit, delete."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from ..forms.figures import plain
from ..forms.filters import IndicatorFilter
from ..forms.indicators import IndicatorForm
from ..gate import fetch, fetch_to_change, require, visible
from ..models import Indicator, Neighbourhood, Reading
from ..models.indicators import Measure
from ..models.organizations import WRITERS
from .coverage import Period, figure_of, periods_of, words_of
from .deleting import delete_page
from .listing import page_of
from .saving import posted
from .uses import report_uses

PERIODS_PER_PAGE = 6


def indicator_list(request: HttpRequest) -> HttpResponse:
    rows = visible(request, Indicator).select_related("campaign", "keeper")
    narrowed = IndicatorFilter(request.GET, rows, request=request)
    page = page_of(request, narrowed.qs)
    page.object_list = _with_latest(request, list(page.object_list))
    return render(request, "campaigns/indicator_list.html", {"filter": narrowed, "page": page})


def _with_latest(request: HttpRequest, indicators: list[Indicator]) -> list[dict[str, Any]]:
    """Each indicator with its latest period and that period's words: two queries for all."""
    last = Reading.objects.filter(indicator=OuterRef("indicator")).order_by("-period_to", "-period_from")
    readings = visible(request, Reading).filter(
        indicator__in=indicators,
        period_to=Subquery(last.values("period_to")[:1]),
        period_from=Subquery(last.values("period_from")[:1]),
    )
    found: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        found[reading.indicator_id].append(reading)
    places = list(visible(request, Neighbourhood))
    return [_latest(indicator, periods_of(found[indicator.pk], places)) for indicator in indicators]


def _latest(indicator: Indicator, periods: list[Period]) -> dict[str, Any]:
    period = periods[0] if periods else None
    words = words_of(indicator, period.figure) if period else ""
    return {"indicator": indicator, "period": period, "words": words, "target": target_words(indicator)}


def target_words(indicator: Indicator) -> str:
    """The target, which is never shown in a result's place."""
    if indicator.target is None:
        return ""
    return plain(indicator.target) + ("%" if indicator.measure == Measure.PERCENT else "")


def indicator_detail(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = fetch(request, Indicator.objects.select_related("campaign", "keeper", "target_paper"), pk)
    periods = indicator.readings.order_by("-period_to", "-period_from")
    page = page_of(request, periods.values_list("period_from", "period_to").distinct(), PERIODS_PER_PAGE)
    page.object_list = _periods(request, indicator, list(page.object_list))
    shown = {
        "indicator": indicator,
        "page": page,
        "target": target_words(indicator),
        "uses": report_uses(indicator),
    }
    return render(request, "campaigns/indicator_detail.html", shown)


def _periods(request: HttpRequest, indicator: Indicator, spans: list[Any]) -> list[dict[str, Any]]:
    """The page's periods with every reading in words: two queries."""
    wanted = Q(pk=None)
    for start, end in spans:
        wanted |= Q(period_from=start, period_to=end)
    readings = indicator.readings.filter(wanted).select_related("neighbourhood", "paper")
    places = list(visible(request, Neighbourhood))
    return [
        {
            "period": period,
            "words": words_of(indicator, period.figure),
            "total": words_of(indicator, period.total) if period.total else "",
            "rows": [
                (row, words_of(indicator, figure_of(row)))
                for row in ([period.ward] if period.ward else []) + list(period.places)
            ],
        }
        for period in periods_of(readings, places)
    ]


def indicator_add(request: HttpRequest) -> HttpResponse:
    require(request, *WRITERS)
    return _indicator_form(request, Indicator())


def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _indicator_form(request, fetch_to_change(request, Indicator, pk))


def _indicator_form(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    form = IndicatorForm(posted(request), instance=indicator, actor=request.actor)  # type: ignore[attr-defined]
    title = f"Sửa: {indicator.name}" if indicator.pk else "Thêm nội dung số liệu"
    back = reverse("indicator_detail", args=[indicator.pk]) if indicator.pk else reverse("indicator_list")
    if request.method == "POST" and form.settle():
        messages.success(request, f"Đã lưu {form.instance}.")
        return redirect("indicator_detail", form.instance.pk)
    return render(request, "campaigns/form.html", {"form": form, "title": title, "back": back})


def indicator_delete(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = fetch_to_change(request, Indicator, pk)
    back = reverse("indicator_detail", args=[pk])
    return delete_page(request, indicator, losses=(), back=back, done=reverse("indicator_list"))


urlpatterns = [
    path("so-lieu/", indicator_list, name="indicator_list"),
    path("so-lieu/them/", indicator_add, name="indicator_add"),
    path("so-lieu/<int:pk>/", indicator_detail, name="indicator_detail"),
    path("so-lieu/<int:pk>/sua/", indicator_edit, name="indicator_edit"),
    path("so-lieu/<int:pk>/xoa/", indicator_delete, name="indicator_delete"),
]
