"""Talking to another installation: hand in a package, ask how it stands, tell a status code."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
import urllib.request
import uuid
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from ..models import Connection

TIMEOUT = 30  # seconds for one answer
MOST_ANSWER = 1024 * 1024  # bytes of an answer that are read


class Unreachable(Exception):
    """No answer, or one that asks to come again: worth another try."""


class Rejected(Exception):
    """The other side will not have it; trying again changes nothing. The message is for an officer."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is given to the address an administrator typed and to no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def encrypted(secret: str) -> str:
    """A partner's token as kept in the database, readable with this installation's SECRET_KEY only."""
    return _box().encrypt(secret.encode()).decode()


def _box() -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(f"connection:{settings.SECRET_KEY}".encode()).digest())
    )


def hand_in(connection: Connection, key: uuid.UUID, content: bytes) -> dict[str, Any]:
    """Posts a package; the receipt. The key makes a second try harmless. Raises `Unreachable`, `Rejected`."""
    headers = {"Content-Type": "application/zip", "Idempotency-Key": str(key)}
    return _asked(connection, "POST", "/api/v1/goi/", content, headers)


def standing(connection: Connection, key: uuid.UUID) -> dict[str, Any]:
    """How a package handed in stands there."""
    return _asked(connection, "GET", f"/api/v1/goi/{key}/")


def tell_receiver(connection: Connection, key: uuid.UUID, code: str, reason: str) -> dict[str, Any]:
    """A code from the sender: 13, asks back."""
    return _told(connection, f"/api/v1/goi/{key}/trang-thai/", {"code": code, "reason": reason})


def tell_sender(connection: Connection, key: uuid.UUID, told: dict[str, str]) -> dict[str, Any]:
    """A code from the receiver: {"code", "reason", "at", "by"}."""
    return _told(connection, f"/api/v1/lan-gui/{key}/trang-thai/", told)


def _told(connection: Connection, path: str, body: dict[str, str]) -> dict[str, Any]:
    return _asked(connection, "POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})


def _asked(
    connection: Connection,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    try:
        token = _box().decrypt(connection.secret.encode()).decode()
    except InvalidToken as error:
        raise Rejected("Không đọc được khóa của kết nối (SECRET_KEY đã đổi): nhập lại khóa.") from error
    given = {"Authorization": f"Bearer {token}", "Accept": "application/json", **(headers or {})}
    request = urllib.request.Request(  # noqa: S310  http or https: checked when the address was typed
        connection.address.rstrip("/") + path, data=body, headers=given, method=method
    )
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            return _json(answer.read(MOST_ANSWER))
    except urllib.error.HTTPError as error:
        raise _refused(error) from error
    except (OSError, ValueError) as error:  # no network, a line cut, a page that is no answer of ours
        raise Unreachable(f"Không kết nối được {connection.address}: {error}"[:500]) from error


def _refused(error: urllib.error.HTTPError) -> Exception:
    """What an answer of 3xx to 5xx means."""
    try:
        said = str(_json(error.read(MOST_ANSWER)).get("error", ""))
    except (OSError, ValueError):
        said = ""
    words = f"Máy nhận trả lời {error.code}. {said}".strip()[:500]
    return Unreachable(words) if error.code >= 500 or error.code in (408, 425, 429) else Rejected(words)


def _json(content: bytes) -> dict[str, Any]:
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("not an answer of this interface")
    return found
