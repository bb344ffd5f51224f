"""The figures grid: a period's readings of all neighbourhoods typed like a sheet, asked for, and pasted from chats."""

from __future__ import annotations

import calendar
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..chat import heard
from ..citations import format_date
from ..evidence import drop
from ..forms.grid import ChatForm, FilesForm, SourceForm, SpanForm
from ..gate import require, visible
from ..grid import Grid, spans_known
from ..models import Indicator
from ..models.organizations import WRITERS

BUSY = "Vừa có người ghi cùng lúc nên chưa lưu được. Hãy bấm Lưu lần nữa."


def grid(request: HttpRequest) -> HttpResponse:
    """Looked at: the choice of columns and period, and the sheet once both are known. Sent: saved, or chat read."""
    require(request, *WRITERS)
    if request.method == "POST":
        return _posted(request)
    chosen = request.GET if "nd" in request.GET and "tu" in request.GET else None
    form = SpanForm(chosen, actor=_actor(request), initial=_month(request))
    if not form.is_valid():
        return _choice(request, form)
    return _sheet(request, form, _grid(request, form), SourceForm())


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _month(request: HttpRequest) -> dict[str, Any]:
    """This month, and the indicator one comes from."""
    today = timezone.localdate()
    last = calendar.monthrange(today.year, today.month)[1]
    return {"tu": today.replace(day=1), "den": today.replace(day=last), "nd": request.GET.getlist("nd")[:1]}


def _choice(request: HttpRequest, form: SpanForm) -> HttpResponse:
    spans = spans_known(_actor(request), visible(request, Indicator))
    return render(request, "campaigns/grid_choice.html", {"form": form, "spans": spans})


def _grid(request: HttpRequest, form: SpanForm) -> Grid:
    return Grid(_actor(request), form.cleaned_data["nd"], form.span)


def _posted(request: HttpRequest) -> HttpResponse:
    form, source = SpanForm(request.POST, actor=_actor(request)), SourceForm(request.POST)
    if not form.is_valid():
        return _choice(request, form)
    sheet = _grid(request, form)
    sheet.take(request.POST.dict())
    if "read" in request.POST:
        return _read(request, form, sheet, source)
    if not source.is_valid():
        return _sheet(request, form, sheet, source)
    try:
        saved = sheet.save(source.words())
    except IntegrityError:
        messages.error(request, BUSY)
        return _sheet(request, form, sheet, source)
    if saved:
        messages.success(request, f"Đã lưu {saved} ô.")
    if any(cell.error for cell in sheet.cells):
        return _sheet(request, form, sheet, source)
    return redirect(_address(form))


def _read(request: HttpRequest, form: SpanForm, sheet: Grid, source: SourceForm) -> HttpResponse:
    """Chat lines into the cells of one column, shown to be looked over before they are saved."""
    chat = ChatForm(request.POST, indicators=form.cleaned_data["nd"])
    if not chat.is_valid():
        return _sheet(request, form, sheet, source, chat)
    column = chat.cleaned_data["column"] or sheet.indicators[0]
    told = heard(chat.cleaned_data["chat"], {place.pk: place.name for place in sheet.places})
    for cell in sheet.cells:
        if cell.indicator.pk == column.pk and cell.place and cell.place.pk in told.cells:
            sheet.take({cell.name: told.cells[cell.place.pk], f"w{cell.name}": cell.was})
    left = QueryDict(mutable=True)
    left.update({"chat": "\n".join(told.left), "column": str(column.pk)})
    kept = ChatForm(left, indicators=form.cleaned_data["nd"])
    kept.is_valid()
    return _sheet(request, form, sheet, source, kept, heard=len(told.cells), left=told.left)


@require_POST
def grid_files(request: HttpRequest) -> HttpResponse:
    """Files of many neighbourhoods at once: kept as evidence; figures read out of workbooks wait to be looked over."""
    require(request, *WRITERS)
    form = SpanForm(request.POST, actor=_actor(request))
    if not form.is_valid():
        return _choice(request, form)
    sheet, source = _grid(request, form), SourceForm()
    files = FilesForm(request.POST, request.FILES, indicators=form.cleaned_data["nd"])
    if not files.is_valid():
        return _sheet(request, form, sheet, source, files=files)
    column = files.cleaned_data["column"] or sheet.indicators[0]
    dropped = drop(sheet, column, files.cleaned_data["files"])
    for cell in sheet.cells:
        if cell.name in dropped.figures:
            sheet.take({cell.name: dropped.figures[cell.name], f"w{cell.name}": cell.was})
    return _sheet(request, form, sheet, source, dropped=dropped)


@require_POST
def grid_cells(request: HttpRequest) -> JsonResponse:
    """Cells saved while one types: {"cells": {name: {state, text, error}}, "totals": […]}."""
    require(request, *WRITERS)
    form, source = SpanForm(request.POST, actor=_actor(request)), SourceForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "Kỳ hoặc nội dung không còn; hãy tải lại trang."}, status=400)
    sheet = _grid(request, form)
    sheet.take(request.POST.dict())
    try:
        sheet.save(source.words() if source.is_valid() else "")
    except IntegrityError:
        return JsonResponse({"error": BUSY}, status=409)
    told = {
        cell.name: {"state": cell.state, "text": cell.text, "was": cell.was, "error": cell.error}
        for cell in sheet.cells
        if cell.name in request.POST
    }
    return JsonResponse({"cells": told, "totals": sheet.totals()})


def _address(form: SpanForm) -> str:
    query = QueryDict(mutable=True)
    query.setlist("nd", [str(row.pk) for row in form.cleaned_data["nd"]])
    for name in ("tu", "den", "chot"):
        if form.cleaned_data[name]:
            query[name] = form.cleaned_data[name].strftime("%d/%m/%Y")
    return f"{reverse('grid')}?{query.urlencode()}"


def _sheet(
    request: HttpRequest,
    form: SpanForm,
    sheet: Grid,
    source: SourceForm,
    chat: ChatForm | None = None,
    **more: Any,
) -> HttpResponse:
    columns = form.cleaned_data["nd"]
    shown = {
        "form": form,
        "sheet": sheet,
        "totals": list(zip(sheet.indicators, sheet.totals(), strict=True)),
        "source": source,
        "chat": chat or ChatForm(indicators=columns),
        "files": FilesForm(indicators=columns),
        "faults": [cell for cell in sheet.cells if cell.error],
        "asking": _asking(sheet),
    }
    return render(request, "campaigns/grid.html", shown | more)


def _asking(sheet: Grid) -> str:
    """A message to send to those who have the figures and no account: what, for when, and a table to fill."""
    lines = [
        f"Kính đề nghị cung cấp số liệu kỳ {sheet.span}, tính đến ngày {format_date(sheet.span.as_of)}:",
        *(_meaning(number, indicator) for number, indicator in enumerate(sheet.indicators, 1)),
        "Chưa có số thì ghi “chưa có”, không ghi số 0. Xin trả lời theo mẫu:",
    ]
    blanks = "\t".join("…/…" if i.measure != "count" else "…" for i in sheet.indicators)
    return "\n".join([*lines, *(f"{place}: {blanks}" for place in sheet.places or ["Toàn phường"])])


def _meaning(number: int, indicator: Indicator) -> str:
    unit = f" ({indicator.unit})" if indicator.unit else ""
    return f"{number}. {indicator.name}{unit}" + (f": {indicator.definition}" if indicator.definition else "")


urlpatterns = [
    path("so-lieu/bang/", grid, name="grid"),
    path("so-lieu/bang/o/", grid_cells, name="grid_cells"),
    path("so-lieu/bang/tep/", grid_files, name="grid_files"),
]
