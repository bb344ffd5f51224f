"""Loading the public holidays into an organization's calendar."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from .. import events, holidays
from ..gate import require
from ..models.organizations import KEEPERS

ANNOUNCED = (
    "Ngày nghỉ Tết, nghỉ Quốc khánh và ngày làm bù của năm sau do Nhà nước công bố hằng năm: hãy thêm khi có."
)


@require_POST
def holidays_load(request: HttpRequest) -> HttpResponse:
    """What is typed already stays."""
    require(request, *KEEPERS)
    actor = request.actor  # type: ignore[attr-defined]
    years = f"{min(holidays.OFF)}-{max(holidays.OFF)}"
    with transaction.atomic():
        added = holidays.load(actor.organization)
        if added:
            told = {"sort": "ngày nghỉ lễ theo luật", "name": f"{added} ngày, năm {years}", "fields": {}}
            events.record("add", actor.user, actor.organization, after=told)
    if added:
        messages.success(request, f"Đã nạp {added} ngày của các năm {years}. {ANNOUNCED}")
    else:
        messages.info(request, f"Lịch các năm {years} đã đủ. {ANNOUNCED}")
    return redirect("settings_list", "ngay-nghi")


urlpatterns = [path("thiet-lap/ngay-nghi/nap/", holidays_load, name="holidays_load")]
