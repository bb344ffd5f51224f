"""What leaves the app: downloads in every format, and the pages of the official document as pictures."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from campaigns.gate import fetch

from .. import editions, exports
from ..editions import document_of
from ..models import File, Report
from ..models.files import FileState

REPORTS = Report.objects.select_related("organization")


@require_GET
def report_download(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """The report as it is now: slow formats from their copy, or a page that waits for it; others at once."""
    report = fetch(request, REPORTS, pk)
    if format not in exports.FORMATS:
        raise Http404
    if not exports.FORMATS[format].slow:
        return _made_now(report, format)
    file = exports.queue(report, format)
    if file.state == FileState.READY:
        return _copy(report, file)
    return _waiting(request, report, file, reverse("report_download", args=(pk, format)))


def _made_now(report: Report, format: str) -> HttpResponse:
    content = exports.write(document_of(report), format)
    response = HttpResponse(content, content_type=exports.FORMATS[format].media_type)
    name = exports.file_name(report, format)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return _private(response)


def _copy(report: Report, file: File) -> HttpResponse:
    return _private(
        FileResponse(
            file.content.open("rb"),
            as_attachment=True,
            filename=exports.file_name(report, file.format),
            content_type=exports.FORMATS[file.format].media_type,
        )
    )


def _private(response: Any) -> Any:
    """No cache on the way may keep a draft, and no browser may guess another type."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- waiting ------------------------------------------------------------------------------------------


def _waiting(request: HttpRequest, report: Report, file: File, then: str) -> HttpResponse:
    """A page that asks again every second, by htmx or, without JavaScript, by itself."""
    return render(request, "reports/file_wait.html", _state(report, file, then))


def _state(report: Report, file: File, then: str) -> dict[str, Any]:
    waited = max(0, int((timezone.now() - file.created_at).total_seconds()))
    return {"report": report, "file": file, "then": then, "waited": waited, "format": file.format}


@require_GET
def report_file_state(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """The waiting page's fragment; once the copy is there, it brings the download along."""
    report = fetch(request, REPORTS, pk)
    if format not in exports.FORMATS:
        raise Http404
    file = exports.queue(report, format)
    then = reverse("report_download", args=(pk, format))
    return render(request, "reports/_file_state.html", _state(report, file, then))


@require_POST
def report_file_again(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Tries a failed copy once more. Any reader of the report may: it changes nothing in it."""
    report = fetch(request, REPORTS, pk)
    if format not in exports.FORMATS:
        raise Http404
    exports.queue(report, format, again=True)
    if request.POST.get("then") == "page":
        return redirect("report_page", pk)
    return redirect("report_download", pk, format)


# --- pictures -----------------------------------------------------------------------------------------


@require_GET
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """“Xem văn bản”: every page as it will be printed, with its breaks; the download buttons; the digest."""
    report = fetch(request, REPORTS, pk)
    document = document_of(report)
    file = exports.queue(report, "pdf", document=document)
    drawn = file.state == FileState.READY and file.pages is not None
    if drawn and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = _state(report, file, reverse("report_page", args=(pk,))) | {
        "pages": range(1, (file.pages or 0) + 1) if drawn else (),
        "drawn": drawn,
        "digest": editions.digest_of(document, report),
        "formats": exports.FORMATS,
        "name": document.title,
    }
    template = "reports/_page_state.html" if request.headers.get("HX-Request") else "reports/page.html"
    return render(request, template, context)


@require_GET
def report_picture(request: HttpRequest, pk: int, copy: int, number: int) -> HttpResponse:
    """One page of one copy as PNG; a copy never changes, so the browser may keep its pictures."""
    report = fetch(request, REPORTS, pk)
    file = File.objects.filter(pk=copy, report=report, format="pdf", state=FileState.READY).first()
    name = exports.picture_name(file, number) if file else ""
    if not name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


urlpatterns = [
    path("bao-cao/<int:pk>/xem/", report_page, name="report_page"),
    path("bao-cao/<int:pk>/tai/<slug:format>/", report_download, name="report_download"),
    path("bao-cao/<int:pk>/tai/<slug:format>/tinh-trang/", report_file_state, name="report_file_state"),
    path("bao-cao/<int:pk>/tai/<slug:format>/tao-lai/", report_file_again, name="report_file_again"),
    path("bao-cao/<int:pk>/trang/<int:copy>/<int:number>.png", report_picture, name="report_picture"),
]
