"""“Sổ văn bản đi”: the register on screen, a paper entered, its later columns, voids and earlier days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns.gate import fetch, may_register, require, visible
from campaigns.models import Paper
from campaigns.models.organizations import REGISTRARS
from campaigns.views.listing import page_of
from campaigns.views.saving import posted

from .. import clock, second_person
from ..forms.register import BackDatingForm, CompletionForm, EntryFilter, EntryForm, VoidForm
from ..models import BackDating, Entry, Series
from ..models.register import EntryState

NEWEST_FIRST = ("-dated", "-number", "-suffix", "-pk")
ENTRIES = Entry.objects.select_related(
    *("series__organization", "report", "paper", "given_by", "void_by", "void_confirmed_by"),
    *("back_dated_by", "back_dated_confirmed_by"),
)


def register(request: HttpRequest) -> HttpResponse:
    rows = visible(request, Entry).select_related("series", "void_by").order_by(*NEWEST_FIRST)
    narrowed = EntryFilter(request.GET, rows, request=request)
    asked = visible(request, BackDating).filter(entry=None)
    shown = {
        "filter": narrowed,
        "page": page_of(request, narrowed.qs),
        "has_series": visible(request, Series).exists(),
        "late": clock.late(request.actor.organization, timezone.now()),
        "voids": visible(request, Entry).filter(state=EntryState.GIVEN).exclude(void_by=None)[:20],
        "back_datings": asked.select_related("series", "asked_by", "confirmed_by")[:20],
        "chosen": {name: request.GET.get(name, "") for name in ("year", "symbol")},
    }
    return render(request, "reports/register_list.html", shown)


def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """All columns of one entry, and what may be done with it."""
    found = fetch(request, ENTRIES, pk)
    may_second = found.is_void_asked and found.void_by_id != request.user.pk
    shown = {
        "entry": found,
        "may_confirm": may_second and may_register(request),
    }
    return render(request, "reports/register_entry.html", shown)


def entry_add(request: HttpRequest) -> HttpResponse:
    require(request, *REGISTRARS)
    named = request.GET.get("van-ban", "")
    paper = fetch(request, Paper, int(named)) if named.isdecimal() and len(named) < 19 else None
    form = EntryForm(posted(request), actor=request.actor, paper=paper)
    if request.method == "POST" and form.enter():
        messages.success(request, f"Đã ghi {form.instance.code} vào sổ.")
        return redirect("register_entry", form.instance.pk)
    shown = {
        "form": form,
        "title": f"Ghi vào sổ: {paper}" if paper else "Cấp số, ghi vào sổ văn bản đi",
        "help": "Báo cáo lập trong phần mềm được cấp số ở trang của báo cáo.",
        "back": reverse("register"),
        "save": "Cấp số, ghi vào sổ",
    }
    return render(request, "campaigns/form.html", shown)


def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    form = CompletionForm(posted(request), instance=found, actor=request.actor)
    if request.method == "POST" and form.complete():
        messages.success(request, f"Đã ghi sổ, số {found.code}.")
        return redirect("register_entry", pk)
    shown = {
        "form": form,
        "title": f"Ghi tiếp số {found.code}",
        "help": found.subject,
        "back": reverse("register_entry", args=[pk]),
    }
    return render(request, "campaigns/form.html", shown)


def _to_change(request: HttpRequest, pk: int) -> Entry:
    """An entry for those who keep the register: 404 when not ours, 403 when the role only looks."""
    found = fetch(request, ENTRIES, pk)
    require(request, *REGISTRARS)
    return found


# --- two people ---------------------------------------------------------------------------------------


def void_ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    form = VoidForm(posted(request), instance=found, actor=request.actor)
    if request.method == "POST" and form.ask():
        messages.success(request, f"Đã đề nghị hủy số {found.code}. Số chỉ hủy khi một người khác đồng ý.")
        return redirect("register_entry", pk)
    shown = {
        "form": form,
        "title": f"Đề nghị hủy số {found.code}",
        "help": "Số đã hủy vẫn nằm trong sổ và không cấp lại. Việc này cần một người khác đồng ý.",
        "back": reverse("register_entry", args=[pk]),
        "save": "Đề nghị hủy số",
    }
    return render(request, "campaigns/form.html", shown)


@require_POST
def void_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    done = f"Đã hủy số {found.code}. Số này không cấp lại."
    return _tried(request, lambda: second_person.confirm_void(found, request.user), done, pk)


@require_POST
def void_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_change(request, pk)
    done = f"Số {found.code} vẫn giữ nguyên."
    return _tried(request, lambda: second_person.withdraw_void(found, request.user), done, pk)


def back_dating_ask(request: HttpRequest) -> HttpResponse:
    require(request, *REGISTRARS)
    form = BackDatingForm(posted(request), actor=request.actor)
    if request.method == "POST" and form.ask():
        messages.success(request, "Đã gửi đề nghị. Khi một người khác đồng ý thì cấp số với ngày đó.")
        return redirect("register")
    shown = {
        "form": form,
        "title": "Đề nghị ghi lùi ngày",
        "help": "Khi số tiếp theo phải ghi ngày sớm hơn văn bản mới nhất trong sổ. Cần một người khác đồng ý.",
        "back": reverse("register"),
        "save": "Gửi đề nghị",
    }
    return render(request, "campaigns/form.html", shown)


@require_POST
def back_dating_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    asked = fetch(request, BackDating, pk)
    require(request, *REGISTRARS)
    done = "Đã đồng ý. Số tiếp theo của sổ này được ghi ngày đó, một lần."
    return _tried(request, lambda: second_person.confirm_back_dating(asked, request.user), done)


def _tried(request: HttpRequest, act: Callable[[], Any], done: str, pk: int | None = None) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("register_entry", pk) if pk else redirect("register")


urlpatterns = [
    path("so-van-ban-di/", register, name="register"),
    path("so-van-ban-di/ghi/", entry_add, name="register_add"),
    path("so-van-ban-di/ghi-lui-ngay/", back_dating_ask, name="back_dating_ask"),
    path("so-van-ban-di/ghi-lui-ngay/<int:pk>/dong-y/", back_dating_confirm, name="back_dating_confirm"),
    path("so-van-ban-di/<int:pk>/", entry, name="register_entry"),
    path("so-van-ban-di/<int:pk>/sua/", entry_edit, name="register_edit"),
    path("so-van-ban-di/<int:pk>/huy/", void_ask, name="void_ask"),
    path("so-van-ban-di/<int:pk>/huy/dong-y/", void_confirm, name="void_confirm"),
    path("so-van-ban-di/<int:pk>/huy/rut/", void_withdraw, name="void_withdraw"),
]
