"""Settings: what the environment decides, and the loud refusal of a bad value."""

import datetime
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import formats
from django.views import defaults

from campaigns.models import User
from config import environment

SECRET = "a" * 25 + "0123456789" * 3
PRINT = "import config.settings as s; print(repr([getattr(s, name) for name in {names!r}]))"


def load(tmp_path, names=(), **variables) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, under these environment variables alone."""
    env = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "SECRET_KEY": SECRET,
        "DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-c", PRINT.format(names=list(names))]
    return subprocess.run(
        command, env=env | variables, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DEMO", "maybe"),
        ("HTTPS", "2"),
        ("DEBUG", "si"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("TRUSTED_PROXIES", "-1"),
        ("DATA_DIR", "relative/path"),
        ("DATA_DIR", "/dev/null/folder"),
        ("DATABASE_URL", "mysql://u:topsecret@host/name"),
        ("DATABASE_URL", "postgres://u:topsecret@host:port/name"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("EMAIL_URL", "carrier-pigeon://u:topsecret@roof"),
    ],
)
def test_a_bad_value_stops_the_start_and_is_named(tmp_path, variable, value):
    result = load(tmp_path, **{variable: value})
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last_line
    assert f"{variable}=" in last_line
    assert "giá trị không hợp lệ" in last_line
    assert "topsecret" not in result.stderr


def test_defaults_are_safe(tmp_path):
    names = ["DEMO", "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    assert load(tmp_path, names).stdout.strip() == "[False, False, True, True, True]"


def test_an_office_network_over_http_keeps_its_cookies(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    assert load(tmp_path, names, HTTPS="0").stdout.strip() == "[False, False, False, 0]"


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DEMO=1\nHTTPS=0\nPORT=8123\n")
    result = load(tmp_path, ["DEMO", "HTTPS", "PORT"], ENV_FILE=str(file), DEMO="0")
    assert result.stdout.strip() == "[False, False, 8123]"


def test_postgresql_keeps_its_connections(monkeypatch):
    monkeypatch.setenv("SOME_URL", "postgres://clerk:p%40ss@db.local:5433/ward")
    entry = environment.database("SOME_URL", "")
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["USER"], entry["PASSWORD"], entry["PORT"]) == ("clerk", "p@ss", 5433)
    assert entry["CONN_MAX_AGE"] > 0
    assert entry["CONN_HEALTH_CHECKS"] is True


def test_refusal_is_an_error_django_prints(monkeypatch):
    monkeypatch.setenv("SWITCH", "yes please")
    with pytest.raises(ImproperlyConfigured, match="SWITCH='yes please'"):
        environment.flag("SWITCH", default=True)


@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_and_checks_keys():
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"
        return
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1}
    assert connection.transaction_mode == "IMMEDIATE"


def test_dates_and_numbers_are_read_the_vietnamese_way():
    assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
    assert "%m/%d/%Y" not in formats.get_format("DATE_INPUT_FORMATS")
    assert formats.localize(12.5) == "12,5"
    assert formats.number_format(4118, force_grouping=True) == "4.118"
    assert formats.date_format(datetime.date(2026, 5, 19)) == "19/5/2026"


@pytest.mark.django_db
def test_health_asks_the_database_and_needs_no_sign_in(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_the_policy_allows_no_inline_script_or_style(client):
    policy = client.get("/tai-khoan/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'self'", "object-src 'none'", "base-uri 'self'"} <= set(policy.split("; "))


def test_uploads_have_no_address():
    assert settings.MEDIA_URL in ("", "/")
    assert str(settings.MEDIA_ROOT).startswith(str(settings.DATA_DIR))


@pytest.mark.django_db
def test_error_pages_are_vietnamese_and_calm(client, rf):
    client.force_login(User.objects.create_user("a@phuong.example", "x", full_name="Nguyễn Văn A"))
    missing = client.get("/khong-co-trang-nay/")
    assert missing.status_code == 404
    assert "Không tìm thấy trang" in missing.content.decode()
    request = rf.get("/")
    request.user = User.objects.get()
    refused = defaults.permission_denied(request, PermissionDenied("Chỉ văn thư được cấp số."))
    assert "Chỉ văn thư được cấp số." in refused.content.decode()
    assert "Có lỗi trong phần mềm" in defaults.server_error(request).content.decode()


@pytest.mark.django_db
def test_a_stale_form_says_what_happened():
    response = Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": "a"})
    assert response.status_code == 403
    assert "Trang này đã cũ" in response.content.decode()
