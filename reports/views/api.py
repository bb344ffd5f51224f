"""The interface for other installations and systems: packages come in, status codes go both ways, in JSON.

Described by reports/sending/openapi.json, which is served too. Who calls has no sitting: his token is his leave.
"""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt

from ..models import Arrival, Code, Sending, Token
from ..sending import arrivals, codes, tokens, zipped

DESCRIPTION = Path(arrivals.__file__).with_name("openapi.json")
MOST_WORDS = 64 * 1024  # bytes of a JSON body
#: What a recipient may tell a sender; 13 is the sender's own word.
FROM_RECIPIENT = [code.value for code in Code if code is not Code.ASKED_BACK]
View = Callable[..., HttpResponse]


class Refusal(Exception):
    """An answer that is no success: its status and the sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number, self.sentence = status, sentence


def most_bytes() -> int:
    """The largest package taken in: the signed file, and the same again inside the message."""
    return 3 * int(settings.MAX_UPLOAD)


def interface(*methods: str) -> Callable[[View], View]:
    """A view for holders of a token: it gets the token, and every refusal becomes JSON with its status."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            token = tokens.of(request)
            if token is None:
                return _refused(401, "Thiếu khóa kết nối, hoặc khóa không còn dùng được.")
            if request.method not in methods:
                return _refused(405, "Địa chỉ này không nhận phương thức đó.")
            try:
                return view(request, token, *args, **kwargs)
            except Refusal as refusal:
                return _refused(refusal.number, refusal.sentence)

        return answer

    return wrap


def _refused(status: int, sentence: str) -> JsonResponse:
    response = JsonResponse({"error": sentence}, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _told(body: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


# --- packages -----------------------------------------------------------------------------------------


@interface("POST")
def api_packages(request: HttpRequest, token: Token) -> HttpResponse:
    """Takes in a package, once for its Idempotency-Key; the answer is the receipt."""
    key, content = _key(request), _body(request, "application/zip", most_bytes())
    try:
        arrival, is_new = arrivals.take_in(token.organization, token.partner, key, content, token=token)
    except zipped.ZipError as error:
        raise Refusal(422, str(error)) from error
    except arrivals.Conflict as error:
        raise Refusal(409, str(error)) from error
    return _told(arrivals.receipt(arrival), 201 if is_new else 200)


@interface("GET")
def api_package(request: HttpRequest, token: Token, key: uuid.UUID) -> HttpResponse:
    """How a package handed in with this token's partner stands."""
    return _told(arrivals.receipt(_arrival(token, key)))


@interface("POST")
def api_package_code(request: HttpRequest, token: Token, key: uuid.UUID) -> HttpResponse:
    """The sender asks a package back (13)."""
    arrival, told = _arrival(token, key), _json(request)
    if told.get("code") != Code.ASKED_BACK:
        raise Refusal(422, "Nơi gửi chỉ báo được trạng thái 13, yêu cầu lấy lại.")
    reason = _words(told, "reason", 2000)
    if not reason:
        raise Refusal(422, "Ghi lý do lấy lại (reason).")
    arrivals.ask_back(arrival, reason, token.partner.called)
    arrival.refresh_from_db()
    return _told(arrivals.receipt(arrival))


def _arrival(token: Token, key: uuid.UUID) -> Arrival:
    rows = Arrival.objects.filter(organization=token.organization, sender=token.partner, key=key)
    found = rows.select_related("organization", "sender").first()
    if found is None:
        raise Refusal(404, "Không có hồ sơ nào với khóa này.")
    return found


# --- codes --------------------------------------------------------------------------------------------


@interface("POST")
def api_sending_code(request: HttpRequest, token: Token, key: uuid.UUID) -> HttpResponse:
    """The recipient tells the sender what became of a package."""
    rows = Sending.objects.filter(report__organization=token.organization, recipient=token.partner, key=key)
    sending = rows.exclude(sent_at=None).first()
    if sending is None:
        raise Refusal(404, "Không có lần gửi nào với khóa này.")
    told = _json(request)
    code, reason = told.get("code"), _words(told, "reason", 2000)
    if code not in FROM_RECIPIENT:
        raise Refusal(422, f"code phải là một trong {', '.join(FROM_RECIPIENT)}.")
    try:
        how = f"API, khóa “{token.name}”"[:100]
        is_new = codes.take(sending, code, _at(told), token.by, how, reason, _words(told, "by", 100))
    except ValidationError as error:
        raise Refusal(422, " ".join(error.messages)) from error
    sending.refresh_from_db()
    body = {"key": str(key), "new": is_new, "code": sending.code, "recall": sending.recall}
    return _told(body)


def _at(told: dict[str, Any]) -> Any:
    """The moment told, never a future one; now when none is."""
    now = timezone.now()
    try:
        at = parse_datetime(str(told.get("at", "")))
    except ValueError:
        at = None
    return min(at, now) if at is not None and timezone.is_aware(at) else now


# --- reading a call -----------------------------------------------------------------------------------


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError as error:
        raise Refusal(400, "Cần đầu mục Idempotency-Key là một UUID.") from error


def _body(request: HttpRequest, kind: str, most: int) -> bytes:
    """The body of a call, of the kind and within the length allowed."""
    if request.content_type != kind:
        raise Refusal(415, f"Nội dung phải là {kind}.")
    try:
        length = int(request.headers.get("Content-Length", ""))
    except ValueError as error:
        raise Refusal(411, "Cần đầu mục Content-Length.") from error
    if length > most:
        raise Refusal(413, f"Nội dung quá lớn: tối đa {most} byte.")
    content = request.read(most + 1)
    if len(content) != length:
        raise Refusal(400, "Nội dung bị cắt giữa chừng.")
    return content


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(_body(request, "application/json", MOST_WORDS))
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "Không đọc được JSON.") from error
    if not isinstance(found, dict):
        raise Refusal(400, "Cần một đối tượng JSON.")
    return found


def _words(told: dict[str, Any], name: str, most: int) -> str:
    value = told.get(name, "")
    words = value.replace("\x00", "").strip() if isinstance(value, str) else ""
    return words.encode(errors="ignore").decode()[:most]


@login_not_required
def api_description(request: HttpRequest) -> FileResponse:
    """The OpenAPI file."""
    return FileResponse(DESCRIPTION.open("rb"), content_type="application/json")


urlpatterns = [
    path("api/v1/openapi.json", api_description, name="api_description"),
    path("api/v1/goi/", api_packages, name="api_packages"),
    path("api/v1/goi/<uuid:key>/", api_package, name="api_package"),
    path("api/v1/goi/<uuid:key>/trang-thai/", api_package_code, name="api_package_code"),
    path("api/v1/lan-gui/<uuid:key>/trang-thai/", api_sending_code, name="api_sending_code"),
]
