"""Read settings from environment variables, refusing a bad value with one clear sentence."""

import os
import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
DATABASE_SCHEMES = {"sqlite", "postgres", "postgresql"}
SQLITE_OPTIONS = {
    "timeout": 20,  # seconds a writer waits for its turn instead of failing with "database is locked"
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
}
SHORTEST_SECRET = 50  # characters; the measure of Django's own deployment check


def refuse(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    """The error that stops a start: names the variable, the value found, and what is wanted."""
    return ImproperlyConfigured(f"{name}={value!r}: giá trị không hợp lệ / bad value; {wanted}.")


def read_file(path: Path) -> None:
    """Load KEY=value lines of `path`, where present, under the real environment, which wins."""
    if path.is_file():
        environ.Env.read_env(path)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0")
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise refuse(name, value, "cần 1 hoặc 0 / wants 1 or 0")


def whole(name: str, default: int, least: int = 0) -> int:
    value = text(name, str(default))
    if value.isdecimal() and int(value) >= least:
        return int(value)
    raise refuse(name, value, f"cần số nguyên từ {least} / wants a whole number of at least {least}")


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def folder(name: str, default: Path) -> Path:
    """An absolute folder path, made when missing."""
    path = Path(text(name, str(default)))
    if not path.is_absolute():
        raise refuse(name, str(path), "cần đường dẫn tuyệt đối / wants an absolute path")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(name, str(path), f"không tạo được thư mục / cannot be made: {error.strerror}") from error
    return path


def file_with(name: str, sign: str, wanted: str) -> str:
    """The path of a readable file that holds `sign`, or ""; `wanted` says in both languages what belongs there."""
    value = text(name)
    try:
        good = not value or sign.encode() in Path(value).read_bytes()
    except OSError as error:
        raise refuse(name, value, f"không đọc được tệp / cannot be read: {error.strerror}") from error
    if not good:
        raise refuse(name, value, wanted)
    return value


def address(name: str, default: str = "") -> str:
    """An http(s) or ws(s) address, or ""."""
    value = text(name, default)
    if value and not re.fullmatch(r"(https?|wss?)://[^\s/;,'\"]+(/[^\s;,'\"]*)?", value):
        raise refuse(name, value, "cần địa chỉ http(s)://… / wants an http(s) address")
    return value


def secret(name: str) -> str:
    value = text(name)
    if len(value) >= SHORTEST_SECRET:
        return value
    wanted = f"cần chuỗi ngẫu nhiên từ {SHORTEST_SECRET} ký tự, `make setup` ghi sẵn vào .env"
    raise refuse(name, "*" * len(value), f"{wanted} / wants a random string, made by `make setup`")


def database(name: str, default: str) -> dict:
    """Django's DATABASES entry for a sqlite:/// or postgres:// address; a refusal hides the password."""
    value = text(name, default)
    scheme = value.partition("://")[0]
    refusal = refuse(
        name,
        f"{scheme}://…",
        "cần sqlite:////đường/dẫn hoặc postgres://người:mật-khẩu@máy/tên / wants sqlite:///… or postgres://…",
    )
    if scheme not in DATABASE_SCHEMES:
        raise refusal
    try:
        entry = environ.Env.db_url_config(value)
    except ValueError as error:
        raise refusal from error
    if entry["NAME"] in ("", ":memory:"):
        raise refusal
    if scheme == "sqlite":
        return entry | {"OPTIONS": SQLITE_OPTIONS}
    return entry | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def email(name: str, default: str) -> dict:
    """Django's EMAIL_* settings for an address such as smtp+tls://user:password@host:587."""
    value = text(name, default)
    try:
        return environ.Env.email_url_config(value)
    except (KeyError, ValueError, ImproperlyConfigured) as error:
        scheme = value.partition("://")[0]
        wanted = "cần dạng smtp+tls://… hoặc consolemail:// / wants smtp+tls://… or consolemail://"
        raise refuse(name, f"{scheme}://…", wanted) from error
