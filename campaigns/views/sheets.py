"""Tables from and to Excel: template, upload or paste, what it would change, writing it, and the marked workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from .. import sheet_imports
from ..forms.sheets import SheetForm
from ..gate import fetch, require, visible
from ..models import SheetImport
from ..sheets import SHEETS, workbook
from ..sheets.base import Sheet
from .listing import page_of
from .saving import posted, posted_files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORTS = SheetImport.objects.select_related("by", "organization")
RECENT = 10
FAULTS_SHOWN = 500


@require_GET
def sheet_list(request: HttpRequest) -> HttpResponse:
    """Every table there is, and the imports of late."""
    recent = visible(request, IMPORTS).defer("faults", "changes")[:RECENT]
    may = {key for key, sheet in SHEETS.items() if _actor(request).has(*sheet.roles)}
    shown = {
        "sheets": [(sheet, key in may) for key, sheet in SHEETS.items()],
        "recent": recent,
        "titles": SHEETS,
    }
    return render(request, "campaigns/sheet_list.html", shown)


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _sheet(key: str) -> Sheet:
    if key not in SHEETS:
        raise Http404
    return SHEETS[key]


def sheet_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a table in; what it would change is shown before anything is written."""
    sheet = _sheet(key)
    require(request, *sheet.roles)
    form = SheetForm(posted(request), posted_files(request))
    if request.method == "POST" and form.is_valid():
        row = sheet_imports.receive(_actor(request), key, *form.table())
        return redirect("sheet_import", row.pk)
    return render(request, "campaigns/sheet_upload.html", {"form": form, "sheet": sheet})


@require_GET
def sheet_template(request: HttpRequest, key: str) -> HttpResponse:
    """An empty table with its heads, hints and one example row."""
    sheet = _sheet(key)
    require(request, *sheet.roles)
    return _file(workbook.table(sheet.title, sheet.heads(), [sheet.example]), f"mau-{key}.xlsx")


@require_GET
def sheet_export(request: HttpRequest, key: str) -> HttpResponse:
    """The register as it is now, in the columns it can be imported with again."""
    sheet = _sheet(key)
    return _file(workbook.table(sheet.title, sheet.heads(), sheet.export(_actor(request))), f"{key}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _import(request: HttpRequest, pk: int) -> SheetImport:
    row = fetch(request, IMPORTS, pk)
    require(request, *_sheet(row.sheet).roles)
    return row


@require_GET
def sheet_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: waiting with a bar, its faults, or what it changes, before and after."""
    return render(request, "campaigns/sheet_import.html", _shown(request, _import(request, pk)))


@require_GET
def sheet_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment of the waiting page; once done, the page is loaded anew."""
    row = _import(request, pk)
    if not row.is_busy and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "campaigns/_sheet_state.html", {"import": row})


def _shown(request: HttpRequest, row: SheetImport) -> dict[str, Any]:
    changes = [change for change in row.changes if change["act"] != "same"]
    page = page_of(request, changes)
    page.object_list = [_pairs(change) for change in page.object_list]
    return {
        "import": row,
        "sheet": SHEETS[row.sheet],
        "counts": sheet_imports.counts(row),
        "page": page,
        "faults": row.faults[:FAULTS_SHOWN],
        "fault_rows": len({fault["row"] for fault in row.faults}),
    }


def _pairs(change: dict[str, Any]) -> dict[str, Any]:
    fields = [(label, change["before"].get(label, ""), after) for label, after in change["after"].items()]
    return {**change, "fields": fields}


@require_POST
def sheet_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes what was shown, all or nothing."""
    row = _import(request, pk)
    if row.is_late and "again" in request.POST:
        sheet_imports.again(row)
    elif sheet_imports.confirm(row):
        row.refresh_from_db()
        if row.applied_at:
            messages.success(request, f"Đã ghi bảng “{row}” vào sổ.")
    return redirect("sheet_import", pk)


@require_GET
def sheet_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook as it came, with each fault in red beside its row."""
    row = _import(request, pk)
    try:
        with row.file.open("rb") as file:
            content = workbook.marked(file, row.faults)
    except (ValidationError, FileNotFoundError) as error:
        raise Http404 from error
    return _file(content, f"danh-dau-loi-{row.sheet}.xlsx")


urlpatterns = [
    path("bang-excel/", sheet_list, name="sheet_list"),
    path("bang-excel/<slug:key>/", sheet_upload, name="sheet_upload"),
    path("bang-excel/<slug:key>/mau/", sheet_template, name="sheet_template"),
    path("bang-excel/<slug:key>/tai/", sheet_export, name="sheet_export"),
    path("bang-excel/nhap/<int:pk>/", sheet_import, name="sheet_import"),
    path("bang-excel/nhap/<int:pk>/trang-thai/", sheet_state, name="sheet_state"),
    path("bang-excel/nhap/<int:pk>/ghi/", sheet_apply, name="sheet_apply"),
    path("bang-excel/nhap/<int:pk>/danh-dau/", sheet_marked, name="sheet_marked"),
]
