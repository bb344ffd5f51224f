"""“Báo cáo đến”: what reached this organization, its answers, and who has answered which letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET

from campaigns.gate import fetch, require, visible
from campaigns.models.organizations import WRITERS
from campaigns.views.files import stored_file
from campaigns.views.listing import page_of
from campaigns.views.saving import posted

from ..forms.sending import AnswerForm
from ..models import Arrival
from ..sending import arrivals, collection, zipped

SHOWN: dict[str, str] = {"": "Chờ tiếp nhận", "da-nhan": "Đã tiếp nhận", "tat-ca": "Tất cả"}


def rows() -> QuerySet[Arrival]:
    return Arrival.objects.select_related("sender", "organization", "follows", "sending")


@require_GET
def arrival_list(request: HttpRequest) -> HttpResponse:
    """What arrived, the unanswered first to be seen; late answers are marked (NĐ 30 Điều 21: the same day)."""
    shown = request.GET.get("loc", "")
    found = visible(request, rows())
    if shown == "da-nhan":
        found = found.exclude(code__in=("", "01", "02"))
    elif shown != "tat-ca":
        found = collection.waiting(found)
    page = page_of(request, found)
    for row in page:
        row.day_over = collection.is_past_its_day(row)
    context = {"page": page, "shown": shown, "choices": SHOWN}
    return render(request, "reports/arrival_list.html", context)


def arrival_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report that arrived: compared, read, answered."""
    arrival = fetch(request, rows(), pk)
    may_answer = request.actor.has(*WRITERS)  # type: ignore[attr-defined]
    if request.method == "POST":
        require(request, *WRITERS)
    open_codes = arrivals.open_codes(arrival)
    form = AnswerForm(open_codes, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            arrivals.answer(arrival, given["code"], given["reason"], request.actor)  # type: ignore[attr-defined]
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã trả lời nơi gửi.")
            return redirect("arrival", pk)
    context = {
        "arrival": arrival,
        "form": form,
        "open_codes": open_codes,
        "may_answer": may_answer,
        "files": _files(arrival),
        "followers": arrival.followers.all(),
        "day_over": collection.is_past_its_day(arrival),
    }
    return render(request, "reports/arrival.html", context, status=422 if request.POST else 200)


def _files(arrival: Arrival) -> list[tuple[str, int]]:
    """Names and sizes of what is inside; none where the stored file is gone."""
    try:
        return [(name, len(content)) for name, content in _opened(arrival).items()]
    except (OSError, zipped.ZipError):
        return []


def _opened(arrival: Arrival) -> dict[str, bytes]:
    with arrival.package.open("rb") as stored:
        return zipped.opened(stored.read())


@require_GET
def arrival_package(request: HttpRequest, pk: int) -> HttpResponse:
    """The package as it came, byte for byte."""
    arrival = fetch(request, rows(), pk)
    return stored_file(arrival.package, f"ho-so-den-{arrival.pk}")


@require_GET
def arrival_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One file of the package, always as a download: it is a stranger's."""
    arrival = fetch(request, rows(), pk)
    try:
        content = _opened(arrival).get(name)
    except (OSError, zipped.ZipError):
        content = None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def arrival_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the recipient, for paper."""
    arrival = fetch(request, rows(), pk)
    return render(request, "reports/arrival_receipt.html", {"arrival": arrival})


@require_GET
def arrival_letters(request: HttpRequest) -> HttpResponse:
    """For each letter of this organization: who has answered, in time or not, and who has not."""
    organization: Any = request.actor.organization  # type: ignore[attr-defined]
    page = page_of(request, collection.letters(organization), 10)
    collection.fill(organization, list(page))
    return render(request, "reports/arrival_letters.html", {"page": page})


urlpatterns = [
    path("den/", arrival_list, name="arrival_list"),
    path("den/theo-yeu-cau/", arrival_letters, name="arrival_letters"),
    path("den/<int:pk>/", arrival_detail, name="arrival"),
    path("den/<int:pk>/ho-so/", arrival_package, name="arrival_package"),
    path("den/<int:pk>/phieu/", arrival_receipt, name="arrival_receipt"),
    path("den/<int:pk>/tep/<path:name>", arrival_file, name="arrival_file"),
]
