"""Bàn giao công việc: all open work of one person goes to another, named before it moves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.citations import format_date
from campaigns.forms.owned import CHANGED_MEANWHILE
from campaigns.gate import fetch, require, visible
from campaigns.models.organizations import KEEPERS
from campaigns.views.listing import page_of

from .. import handover
from ..forms.handover import HandOverForm
from ..models import HandOver


def hand_over_list(request: HttpRequest) -> HttpResponse:
    require(request, *KEEPERS)
    rows = visible(request, HandOver).select_related("giver", "receiver", "asked_by")
    return render(request, "reports/hand_over_list.html", {"page": page_of(request, rows)})


def hand_over_add(request: HttpRequest) -> HttpResponse:
    """Filled in, the page names what moves; only a second press, on that page, moves it."""
    require(request, *KEEPERS)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, instance=HandOver(), actor=request.actor
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/hand_over_form.html", {"form": form})
    row = form.instance
    work = handover.work_of(row.giver, row.receiver, row.organization)
    if "confirm" not in request.POST or "change" in request.POST:
        return _ask(request, form, work)
    try:
        handover.plan(row)
    except IntegrityError:
        form.add_error(None, CHANGED_MEANWHILE)
        return render(request, "reports/hand_over_form.html", {"form": form})
    messages.success(request, _said(row))
    return redirect("hand_over_list")


def _ask(request: HttpRequest, form: HandOverForm, work: handover.Work) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "row": form.instance, "work": work}
    context["later"] = form.instance.day > timezone.localdate()
    page = "reports/hand_over_form.html" if "change" in request.POST else "reports/hand_over_confirm.html"
    return render(request, page, context)


def _said(row: HandOver) -> str:
    if row.done_at is None:
        return f"Đã lập: {row}, thực hiện ngày {format_date(row.day)} với việc còn mở đến ngày đó."
    return f"Đã chuyển {len(row.moved)} việc: {row}."


@require_POST
def hand_over_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Only before its day has come."""
    row = fetch(request, HandOver, pk)
    require(request, *KEEPERS)
    if row.done_at is not None:
        raise Http404
    handover.withdraw(row, request.user)
    messages.success(request, "Đã bỏ lần bàn giao.")
    return redirect("hand_over_list")


urlpatterns = [
    path("thiet-lap/ban-giao/", hand_over_list, name="hand_over_list"),
    path("thiet-lap/ban-giao/them/", hand_over_add, name="hand_over_add"),
    path("thiet-lap/ban-giao/<int:pk>/bo/", hand_over_withdraw, name="hand_over_withdraw"),
]
