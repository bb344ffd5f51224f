"""An installation saved and brought back: its database and its files in one archive with checksums."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from campaigns import triggers
from config import archive
from config.dumps import DUMPS

DATABASE, FILES = "database", "files"
OURS = ("campaigns", "reports")


class Refused(Exception):
    """A restoration that would do harm; the words are for who runs the command."""


def default_path() -> Path:
    return settings.DATA_DIR / "backups" / f"sao-luu-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"


def save(path: Path) -> dict[str, Any]:
    """Write the archive and read it back; its manifest. FileExistsError rather than writing over another."""
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _folder() as folder:
        (folder / DATABASE).mkdir()
        # The database before the files: a file without its row is harmless, a row without its file is not.
        DUMPS[connection.vendor].write(folder / DATABASE)
        with archive.writing(path) as writer:
            for place, name in ((folder / DATABASE, DATABASE), (Path(settings.MEDIA_ROOT), FILES)):
                for file in _files(place):
                    writer.add(f"{name}/{file.relative_to(place).as_posix()}", file)
            writer.manifest(_facts())
    with _folder() as folder:
        return archive.unpack(path, folder)


def restore(path: Path, replace: bool) -> dict[str, Any]:
    """Put the archive in the place of this installation; its manifest.

    archive.Damaged or Refused before anything is touched; a failure of the database leaves it as it was.
    """
    with _folder() as folder:
        manifest = archive.unpack(path, folder)
        _check(manifest)
        dump = DUMPS[connection.vendor]
        dump.check(folder / DATABASE)
        lost = what_is_here()
        if lost and not replace:
            raise Refused(
                f"cơ sở dữ liệu này đang có {'; '.join(lost)}; khôi phục sẽ xóa hết. Thêm --replace nếu đúng ý"
            )
        dump.read(folder / DATABASE, [tuple(migration) for migration in manifest["migrations"]])
        _replace_files(folder / FILES)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if triggers.missing(connection):
        triggers.create(connection)
    return manifest


def _check(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise Refused(
            f"bản sao lưu của {manifest['database']}, cài đặt này dùng {connection.vendor}: đặt DATABASE_URL cho khớp"
        )
    known = set(MigrationLoader(None).disk_migrations)
    newer = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if newer:
        raise Refused(f"bản sao lưu do phần mềm mới hơn làm ({newer[-1]}): nâng cấp phần mềm rồi khôi phục")


def what_is_here() -> list[str]:
    """What a restoration would wipe out, counted by sort; nothing while there is neither account nor body nor file."""
    tables = set(connection.introspection.table_names())
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    counts = {
        model: model._base_manager.count()
        for model in models
        if model._meta.db_table in tables and not model._meta.proxy
    }
    told = [f"{count} {model._meta.verbose_name}" for model, count in counts.items() if count]
    files = sum(1 for _ in _files(Path(settings.MEDIA_ROOT)))
    return [*told, f"{files} tệp"] if files else told


def _facts() -> dict[str, Any]:
    """Where an archive came from: the time, the software, the database and the state of its tables."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    applied = MigrationLoader(connection).applied_migrations
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "version": project["version"],
        "database": connection.vendor,
        "migrations": sorted(map(list, applied)),
    }


def _files(place: Path) -> Iterator[Path]:
    return (path for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink())


@contextmanager
def _folder() -> Iterator[Path]:
    """A place of its own on the disk of the data, so that files move without being copied."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as name:
        yield Path(name)


def _replace_files(restored: Path) -> None:
    """The restored files in the place of the ones that are there."""
    place = Path(settings.MEDIA_ROOT)
    restored.mkdir(mode=0o700, exist_ok=True)
    if place.exists():
        place.rename(restored.parent / "replaced")
    shutil.move(restored, place)
