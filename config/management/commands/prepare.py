"""Bring the data folder up to date: tables, cache, static files and, with DEMO=1, the demonstration."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from campaigns import triggers
from config.accounts import is_demo

MARK = ".made-from"
# Bootstrap's package holds every build of it; pages use bootstrap.min.css and bootstrap.bundle.min.js
UNUSED = [
    *("bootstrap-*", "bootstrap.rtl.*", "bootstrap.esm.*", "bootstrap.css*"),
    *("bootstrap.js*", "bootstrap.min.js*", "bootstrap.bundle.js*"),
]


def static_sources() -> Iterator[Path]:
    """Files that decide what collectstatic writes: the locked packages, our own static files, this command."""
    for name in ("requirements.txt", "config/settings.py", "config/management/commands/prepare.py"):
        yield settings.BASE_DIR / name
    yield from sorted(path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())


def digest(paths: Iterator[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def refuse_demonstration() -> None:
    """A real office does not begin in the demonstration's database; CommandError says what to do."""
    accounts = get_user_model().objects.all()
    if accounts and all(is_demo(user) for user in accounts):
        raise CommandError(
            "Cơ sở dữ liệu này chỉ có dữ liệu minh họa. Để làm việc thật, đặt DATA_DIR (hoặc DATABASE_URL) "
            "sang nơi khác; để xem minh họa, đặt DEMO=1."
        )


class Command(BaseCommand):
    help = (
        "Migrates, makes the cache table, collects static files when they changed, loads the demonstration."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEMO:
            refuse_demonstration()
        triggers.create(connection)
        call_command("createcachetable", verbosity=0)
        self.collect_static()
        if settings.DEMO:
            call_command("demo")

    def collect_static(self) -> None:
        """Compressing takes several seconds, so it is done once for one set of sources."""
        mark = Path(settings.STATIC_ROOT) / MARK
        wanted = digest(static_sources())
        if mark.is_file() and mark.read_text() == wanted:
            return
        self.stdout.write("Chuẩn bị tệp giao diện (một lần)…")
        mark.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
        mark.write_text(wanted)
