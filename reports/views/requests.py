"""Letters that ask for a report: list, one letter, add and change it, start the report it asks for."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from campaigns import changes
from campaigns.calendar import Calendar
from campaigns.gate import fetch, fetch_to_change, require, visible
from campaigns.models import calendar_for
from campaigns.models.organizations import WRITERS
from campaigns.search import fold

from .. import again, deadlines, letters
from ..forms.reports import unanswered
from ..forms.requests import RequestForm, pickable
from ..models import ReportRequest

ON_A_PAGE = 20
FOUND = 8  # registered papers offered at a time
SHOWN: dict[str, str] = {"": "Chưa trả lời", "da-tra-loi": "Đã trả lời", "tat-ca": "Tất cả"}


def rows() -> QuerySet[ReportRequest]:
    """Letters with all that a page shows of them."""
    return ReportRequest.objects.select_related("paper", "outline", "campaign")


def waiting(found: Any, now: datetime.datetime, calendar: Calendar) -> list[ReportRequest]:
    """Letters with their drafts and the time left (see `with_time_left`); two queries."""
    return [with_time_left(letter, now, calendar) for letter in found.prefetch_related("reports")]


def with_time_left(letter: ReportRequest, now: datetime.datetime, calendar: Calendar) -> ReportRequest:
    """Adds the working time left until both deadlines: `left`, `is_pressing`, `own_left`, `own_is_pressing`."""
    row: Any = letter
    for due, name in ((letter.deadline, ""), (letter.internal_deadline, "own_")):
        setattr(row, f"{name}left", deadlines.left(due, now, calendar) if due else "")
        setattr(row, f"{name}is_pressing", bool(due) and deadlines.is_pressing(due, now, calendar))
    return letter


def request_list(request: HttpRequest) -> HttpResponse:
    shown, words = request.GET.get("loc", ""), request.GET.get("q", "")[:200]
    found = visible(request, rows())
    open_ones = unanswered(request.actor.organization).values("pk")
    if shown == "":
        found = found.filter(pk__in=open_ones)
    elif shown == "da-tra-loi":
        found = found.exclude(pk__in=open_ones)
    for word in fold(words).split():
        found = found.filter(paper__search__contains=word)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = waiting(page.object_list, timezone.now(), calendar_for(request.actor.organization))
    context = {"page": page, "q": words, "shown": shown, "choices": SHOWN.items()}
    return render(request, "reports/request_list.html", context)


def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = fetch(request, rows(), pk)
    with_time_left(letter, timezone.now(), calendar_for(request.actor.organization))
    context = {
        "letter": letter,
        "reports": letter.reports.select_related("drafter"),
        "outline_sections": letter.outline.sections.count() if letter.outline else 0,
        "last": again.last_of(letter),
    }
    return render(request, "reports/request_detail.html", context)


def request_add(request: HttpRequest) -> HttpResponse:
    """A press of "Tìm" only looks papers up: what was typed stays, nothing is saved."""
    require(request, *WRITERS)
    looking = "look" in request.POST
    form = RequestForm(
        request.actor.organization, None if looking else request.POST or None, request.FILES or None
    )
    if looking:
        form.initial = {name: request.POST.get(name, "") for name in form.fields if name != "file"}
    elif request.method == "POST" and form.is_valid():
        with changes.told(request.actor, form.instance, _paper):
            letter = form.save()
        messages.success(request, "Đã ghi công văn. Bấm “Lập báo cáo” để bắt đầu soạn.")
        return redirect("request_detail", letter.pk)
    context = {"form": form, "papers": _papers(request), "tim": request.POST.get("tim", "")}
    return render(request, "reports/request_form.html", context)


def _paper(letter: ReportRequest) -> dict[str, str]:
    """The letter's own paper, typed on the same page, as history tells it."""
    return {f"Công văn: {label}": words for label, words in changes.fields_of(letter.paper).items()}


def request_papers(request: HttpRequest) -> HttpResponse:
    """The registered papers that match, as choices of the form (htmx)."""
    require(request, *WRITERS)
    context = {"papers": _papers(request), "tim": request.GET.get("tim", "")}
    return render(request, "reports/_request_papers.html", context)


def _papers(request: HttpRequest) -> Any:
    """Registered papers to pick from: the one picked already, then those that match the words."""
    asked = request.POST or request.GET
    found = pickable(request.actor.organization)
    picked, words = asked.get("paper", ""), asked.get("tim", "")[:200]
    chosen = list(found.filter(pk=int(picked))) if picked.isdecimal() and len(picked) < 19 else []
    for paper in chosen:
        paper.picked = True
    matching = found.matching(words).exclude(pk__in=[p.pk for p in chosen])[:FOUND] if words.strip() else []
    return [*chosen, *matching]


def request_edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = fetch_to_change(request, rows(), pk)
    form = RequestForm(
        request.actor.organization, request.POST or None, request.FILES or None, instance=letter
    )
    if request.method == "POST" and form.is_valid():
        with changes.told(request.actor, letter, _paper):
            form.save()
        messages.success(request, "Đã lưu công văn.")
        return redirect("request_detail", pk)
    return render(request, "reports/request_form.html", {"form": form, "letter": fetch(request, rows(), pk)})


@require_POST
def request_draft(request: HttpRequest, pk: int) -> HttpResponse:
    letter = fetch_to_change(request, rows().select_related("organization", "sender"), pk)
    report = letters.draft_from(letter, request.user)
    messages.success(request, "Đã lập dự thảo từ công văn: tên, nơi gửi, các mục và câu mở đầu được ghi sẵn.")
    return redirect("report", report.pk)


@require_POST
def request_again(request: HttpRequest, pk: int) -> HttpResponse:
    """“Lập từ báo cáo kỳ trước”: the last report of the campaign, for this letter's period."""
    letter = fetch_to_change(request, rows().select_related("organization", "sender"), pk)
    old = again.last_of(letter)
    if old is None:
        messages.warning(request, "Phong trào này chưa có báo cáo nào để lập tiếp.")
        return redirect("request_detail", pk)
    report = again.draft_of(old, request.user, letter)
    messages.success(request, "Đã lập dự thảo từ báo cáo kỳ trước. Xác nhận hoặc sửa từng câu.")
    return redirect("report_reused", report.pk)


urlpatterns = [
    path("cong-van/", request_list, name="request_list"),
    path("cong-van/them/", request_add, name="request_add"),
    path("cong-van/them/van-ban/", request_papers, name="request_papers"),
    path("cong-van/<int:pk>/", request_detail, name="request_detail"),
    path("cong-van/<int:pk>/sua/", request_edit, name="request_edit"),
    path("cong-van/<int:pk>/lap-bao-cao/", request_draft, name="request_draft"),
    path("cong-van/<int:pk>/lap-tu-ky-truoc/", request_again, name="request_again"),
]
