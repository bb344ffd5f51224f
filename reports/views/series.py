"""“Thiết lập sổ”: which series of numbers there are, where the numbers come from, and the next one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from campaigns.gate import fetch, require, visible
from campaigns.models.organizations import REGISTRARS
from campaigns.views.listing import page_of
from campaigns.views.saving import posted

from ..forms.register import SeriesForm
from ..models import Series


def series_list(request: HttpRequest) -> HttpResponse:
    counted = visible(request, Series).annotate(given=Count("entries"), last=Max("entries__number"))
    page = page_of(request, counted.order_by("-year", "name", "pk"))
    for series in page:
        begins = series.first_number if series.is_gapless else 1
        series.next = max((series.last or 0) + 1, begins)
    return render(request, "reports/series_list.html", {"page": page})


def series_add(request: HttpRequest) -> HttpResponse:
    require(request, *REGISTRARS)
    return _series_form(request, Series())


def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    series = fetch(request, Series, pk)
    require(request, *REGISTRARS)
    return _series_form(request, series)


def _series_form(request: HttpRequest, series: Series) -> HttpResponse:
    form = SeriesForm(posted(request), instance=series, actor=request.actor)
    if request.method == "POST" and form.settle():
        messages.success(request, f"Đã lưu sổ {form.instance}.")
        return redirect("series_list")
    begun = series.pk is not None and "symbol" not in form.fields
    shown = {
        "form": form,
        "title": f"Sửa sổ {series}" if series.pk else "Mở sổ cấp số",
        "help": "Sổ đã cấp số nên chỉ đổi tên và nơi cấp số."
        if begun
        else "Năm sau sổ tự mở theo sổ năm nay.",
        "back": reverse("series_list"),
    }
    return render(request, "campaigns/form.html", shown)


urlpatterns = [
    path("so-van-ban-di/thiet-lap/", series_list, name="series_list"),
    path("so-van-ban-di/thiet-lap/them/", series_add, name="series_add"),
    path("so-van-ban-di/thiet-lap/<int:pk>/", series_edit, name="series_edit"),
]
