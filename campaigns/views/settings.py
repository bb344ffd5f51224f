"""The settings pages: one list, one form and one deletion for everything in the table of settings."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from ..citations import format_date
from ..forms.settings import LAST_KEEPER, SETTINGS, Setting
from ..gate import fetch, require
from ..models.organizations import KEEPERS
from .deleting import delete_page
from .listing import page_of
from .saving import posted


def settings_home(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/settings_home.html", {"settings": SETTINGS})


def settings_list(request: HttpRequest, kind: str) -> HttpResponse:
    setting = _setting(kind)
    actor = request.actor  # type: ignore[attr-defined]
    page = page_of(request, setting.rows(actor))
    kept = set(setting.kept(actor).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    page.object_list = [(row, _cells(setting, row), row.pk in kept) for row in page]
    return render(request, "campaigns/settings_list.html", {"setting": setting, "kind": kind, "page": page})


def settings_add(request: HttpRequest, kind: str) -> HttpResponse:
    setting = _setting(kind)
    require(request, *KEEPERS)
    return _settings_form(request, setting, kind, setting.model())


def settings_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    setting = _setting(kind)
    return _settings_form(request, setting, kind, _kept(request, setting, pk))


def _settings_form(request: HttpRequest, setting: Setting, kind: str, row: Model) -> HttpResponse:
    form = setting.form(posted(request), instance=row, actor=request.actor)  # type: ignore[attr-defined]
    back = reverse("settings_list", args=[kind])
    title = f"Sửa {setting.noun}: {row}" if row.pk else f"Thêm {setting.noun}"
    if request.method == "POST" and form.settle():
        messages.success(request, f"Đã lưu {setting.noun}: {form.instance}")
        return redirect(back)
    shown = {"form": form, "title": title, "back": back, "help": setting.help}
    if row.pk and setting.deletable:
        shown["delete"] = reverse("settings_delete", args=[kind, row.pk])
    return render(request, "campaigns/form.html", shown)


def settings_delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    setting = _setting(kind)
    row = _kept(request, setting, pk)
    if not setting.deletable:
        raise Http404
    back = reverse("settings_list", args=[kind])
    return delete_page(request, row, losses=(), back=back, done=back, refuse=lambda: _nobody_left(request))


def _setting(kind: str) -> Setting:
    if kind not in SETTINGS:
        raise Http404
    return SETTINGS[kind]


def _kept(request: HttpRequest, setting: Setting, pk: int) -> Any:
    """A row to change: 404 when not ours, 403 when the role only looks."""
    row = fetch(request, setting.kept(request.actor), pk)  # type: ignore[attr-defined]
    require(request, *KEEPERS)
    return row


def _nobody_left(request: HttpRequest) -> str:
    organization = request.actor.organization  # type: ignore[attr-defined]
    return "" if organization.has_keeper(timezone.localdate()) else LAST_KEEPER


def _cells(setting: Setting, row: Any) -> list[tuple[str, str]]:
    return [(heading, _words(getattr(row, attribute))) for heading, attribute in setting.columns]


def _words(value: Any) -> str:
    if callable(value):
        value = value()
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime.date):
        return format_date(value)
    return "" if value is None else str(value)


urlpatterns = [
    path("thiet-lap/", settings_home, name="settings_home"),
    path("thiet-lap/<slug:kind>/", settings_list, name="settings_list"),
    path("thiet-lap/<slug:kind>/them/", settings_add, name="settings_add"),
    path("thiet-lap/<slug:kind>/<int:pk>/sua/", settings_edit, name="settings_edit"),
    path("thiet-lap/<slug:kind>/<int:pk>/xoa/", settings_delete, name="settings_delete"),
]
