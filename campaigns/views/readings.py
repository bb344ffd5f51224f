"""Readings under an indicator: add, edit, delete, evidence file."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from ..forms.indicators import ReadingForm
from ..gate import fetch, fetch_to_change
from ..models import Indicator, Reading
from .deleting import delete_page
from .files import stored_file
from .saving import posted, posted_files


def reading_add(request: HttpRequest, pk: int) -> HttpResponse:
    indicator = fetch_to_change(request, Indicator, pk)
    return _reading_form(request, Reading(indicator=indicator))


def reading_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _reading_form(request, fetch_to_change(request, Reading.objects.select_related("indicator"), pk))


def _reading_form(request: HttpRequest, reading: Reading) -> HttpResponse:
    indicator = reading.indicator
    form = ReadingForm(
        posted(request),
        posted_files(request),
        instance=reading,
        indicator=indicator,
        initial={} if reading.pk else _continued(request, indicator),
        actor=request.actor,  # type: ignore[attr-defined]
    )
    if request.method == "POST" and form.settle():
        messages.success(request, f"Đã lưu số liệu “{indicator}”.")
        if "more" in request.POST:
            start, end = form.instance.period_from, form.instance.period_to
            again = reverse("reading_add", args=[indicator.pk])
            return redirect(f"{again}?from={start.isoformat()}&to={end.isoformat()}")
        return redirect("indicator_detail", indicator.pk)
    shown = {"form": form, "indicator": indicator, "reading": reading}
    return render(request, "campaigns/reading_form.html", shown)


def _continued(request: HttpRequest, indicator: Indicator) -> dict[str, object]:
    """The period of the reading just saved, so that a column of neighbourhoods is typed without repeating it."""
    try:
        start = datetime.date.fromisoformat(request.GET.get("from", ""))
        end = datetime.date.fromisoformat(request.GET.get("to", ""))
    except ValueError:
        return {"source": indicator.source}
    return {"period_from": start, "period_to": end, "as_of": end, "source": indicator.source}


def reading_delete(request: HttpRequest, pk: int) -> HttpResponse:
    reading = fetch_to_change(request, Reading.objects.select_related("indicator", "neighbourhood"), pk)
    back = reverse("indicator_detail", args=[reading.indicator_id])
    losses = (
        f"{reading.indicator}: {reading.neighbourhood or 'toàn phường'}",
        "tệp minh chứng" if reading.evidence else "",
    )
    return delete_page(request, reading, losses=losses, back=back, done=back)


def reading_evidence(request: HttpRequest, pk: int) -> FileResponse:
    reading = fetch(request, Reading.objects.select_related("indicator"), pk)
    return stored_file(
        reading.evidence, f"minh-chung-{reading.indicator.code}-{reading.period_to.isoformat()}"
    )


urlpatterns = [
    path("so-lieu/<int:pk>/nhap/", reading_add, name="reading_add"),
    path("so-lieu/nhap/<int:pk>/sua/", reading_edit, name="reading_edit"),
    path("so-lieu/nhap/<int:pk>/xoa/", reading_delete, name="reading_delete"),
    path("so-lieu/nhap/<int:pk>/tep/", reading_evidence, name="reading_evidence"),
]
