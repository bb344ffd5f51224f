"""The register as files: XLSX at once, the printed book when the worker has made it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_POST

from .. import books
from ..models.files import FileState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _chosen(values: Any) -> tuple[int | None, str]:
    """Year and symbol asked for; None and "" are all of them."""
    year, symbol = values.get("year", ""), values.get("symbol", "")
    if (year and not (year.isdecimal() and len(year) == 4)) or "\x00" in symbol:
        raise BadRequest("năm không đúng")
    return int(year) if year else None, symbol[:40]


def _name(year: int | None, symbol: str, suffix: str) -> str:
    parts = ("so-van-ban-di", str(year or ""), symbol.replace("/", "-"))
    return "-".join(part for part in parts if part) + f".{suffix}"


@require_GET
def register_xlsx(request: HttpRequest) -> HttpResponse:
    year, symbol = _chosen(request.GET)
    content = books.workbook(request.actor.organization, year, symbol)
    response = HttpResponse(content, content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=_name(year, symbol, "xlsx"))
    response["Content-Disposition"] = name or ""
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def register_book(request: HttpRequest) -> Any:
    """The printed register, or a page that waits for it."""
    year, symbol = _chosen(request.GET)
    book = books.queue(request.actor.organization, year, symbol)
    if book.state == FileState.READY and not request.headers.get("HX-Request"):
        name = _name(year, symbol, "pdf")
        response = FileResponse(book.content.open("rb"), as_attachment=True, filename=name)
        response["Cache-Control"] = "private, no-store"
        return response
    then = f"{reverse('register_book')}?{urlencode({'year': year or '', 'symbol': symbol})}"
    shown = {"book": book, "then": then, "year": year or "", "symbol": symbol}
    part = request.headers.get("HX-Request")
    return render(request, "reports/_register_book.html" if part else "reports/register_book.html", shown)


@require_POST
def register_book_again(request: HttpRequest) -> HttpResponse:
    """Tries a book that failed once more."""
    year, symbol = _chosen(request.POST)
    books.queue(request.actor.organization, year, symbol, again=True)
    return redirect(f"{reverse('register_book')}?{urlencode({'year': year or '', 'symbol': symbol})}")


urlpatterns = [
    path("so-van-ban-di/so.xlsx", register_xlsx, name="register_xlsx"),
    path("so-van-ban-di/so.pdf", register_book, name="register_book"),
    path("so-van-ban-di/so.pdf/tao-lai/", register_book_again, name="register_book_again"),
]
