"""Backup and restore drilled with the real commands on installations of their own, on the database under test."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import sql

from config import archive, backup

pytestmark = pytest.mark.tools

WORK = """
from django.db import transaction
from django.core.files.base import ContentFile
from campaigns import events
from campaigns.models import Organization, Paper, Unit
ward = Organization.objects.filter(units__isnull=False).first()
Paper.objects.filter(holder=ward).first().file.save("Kế hoạch.pdf", ContentFile(b"%PDF-1.7 \\x00\\xff"))
Unit.objects.create(organization=ward, code="BO-DI", name="Bỏ đi").delete()
with transaction.atomic():
    events.record("add", None, ward, after={"sort": "thử", "name": "tab\\t dòng\\n \\\\N và “dấu”"})
"""
MORE = """
from campaigns.models import Organization, Unit
ward = Organization.objects.filter(units__isnull=False).first()
unit = Unit.objects.create(organization=ward, code="MOI", name="Sau khi sao lưu")
print(unit.pk)
"""
CHANGE_HISTORY = """
from django.db import IntegrityError
from campaigns.models import Event
try:
    Event.objects.update(reason="sửa")
    print("changed")
except IntegrityError:
    print("refused")
"""


@dataclass
class Installation:
    """A data folder and a database of its own, worked on by manage.py in processes of their own."""

    folder: Path
    database: str
    dropped: list[str] = field(default_factory=list)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "0123456789" * 6,
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "DEMO": "1",
            "HTTPS": "0",
        }
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
        )

    def manage(self, *words: str) -> str:
        result = self.run(*words)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "-v0", "-c", code).strip()

    def content(self) -> dict[str, Any]:
        """Every row of every table, the sequences and the triggers, but the cache's."""
        if self.database.startswith("sqlite"):
            with closing(sqlite3.connect(self.folder / "db.sqlite3")) as connection:
                return {"all": sorted(line for line in connection.iterdump() if '"cache"' not in line)}
        with closing(psycopg2.connect(self.database)) as connection, connection.cursor() as cursor:
            return _of_postgres(cursor)

    def files(self) -> dict[str, bytes]:
        root = self.folder / "files"
        return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _of_postgres(cursor: Any) -> dict[str, Any]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'cache'")
    found: dict[str, Any] = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name)))
        found[name] = cursor.fetchall()
    cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
    found["sequences"] = cursor.fetchall()
    cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' ORDER BY 1")
    found["triggers"] = cursor.fetchall()
    cursor.execute("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0")
    found["constraints"] = sorted(cursor.fetchall())
    return found


@pytest.fixture(scope="module")
def install(tmp_path_factory) -> Iterator[Callable[[], Installation]]:
    """Makes empty installations: nothing in them, not even tables."""
    server, made = settings.DATABASES["default"], []

    def on_server(command: str, name: str) -> None:
        where = {key.lower(): server[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
        with closing(psycopg2.connect(dbname="postgres", **where)) as connection:
            connection.autocommit = True
            connection.cursor().execute(sql.SQL(command).format(sql.Identifier(name)))

    def make() -> Installation:
        folder = tmp_path_factory.mktemp("installation")
        if server["ENGINE"].endswith("sqlite3"):
            return Installation(folder, f"sqlite:///{folder}/db.sqlite3")
        name = f"drill_{uuid.uuid4().hex[:12]}"
        on_server("CREATE DATABASE {}", name)
        made.append(name)
        login = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
        return Installation(folder, f"postgres://{login}/{name}")

    yield make
    for name in made:
        on_server("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="module")
def ward(install) -> Installation:
    """The demonstration with a file, a row that came and went, and history."""
    made = install()
    made.manage("migrate", "-v0")
    made.manage("createcachetable")
    made.manage("demo")
    made.shell(WORK)
    return made


@pytest.fixture(scope="module")
def saved(ward, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "sao-luu.tar.gz"
    said = ward.manage("backup", "--output", str(path))
    assert str(path) in said
    assert "1 tệp" in said
    return path


def test_what_was_saved_comes_back_exactly(install, ward, saved):
    """Into an empty installation, then over one in which work went on; ids go on where they were."""
    before, files = ward.content(), ward.files()
    other = install()
    said = other.manage("restore", str(saved))
    assert "Đã xóa" not in said
    assert other.content() == before
    assert other.files() == files != {}

    expected = int(other.shell(MORE))
    (other.folder / "files" / "them.txt").write_text("viết sau")
    changed = other.content()
    assert changed != before
    refused = other.run("restore", str(saved))
    assert refused.returncode != 0
    assert "--replace" in refused.stderr
    assert re.search(r"\b[5-9] tài khoản", refused.stderr)
    assert "2 tệp" in refused.stderr
    assert other.content() == changed
    assert "Đã xóa khỏi cài đặt này" in other.manage("restore", "--replace", str(saved))
    assert other.content() == before
    assert other.files() == files
    assert int(other.shell(MORE)) == expected, "a number given to a row that is gone is not given again"
    assert other.shell(CHANGE_HISTORY) == "refused"
    other.manage("verify_events")
    assert not list(other.folder.glob(".backup-*"))


def test_a_backup_sees_one_moment(install, ward, tmp_path):
    """What another process has not finished writing is not in the archive."""
    where = {"sqlite": sqlite3, "postgres": psycopg2}[ward.database.partition(":")[0]]
    address = ward.folder / "db.sqlite3" if where is sqlite3 else ward.database
    with closing(where.connect(address)) as writer:
        writer.cursor().execute("UPDATE campaigns_organization SET name = 'Nửa chừng'")
        ward.manage("backup", "--output", str(tmp_path / "a.tar.gz"))
        writer.rollback()
    other = install()
    other.manage("restore", str(tmp_path / "a.tar.gz"))
    assert "Nửa chừng" not in str(other.content())
    assert other.content() == ward.content()


def test_an_older_state_is_brought_up_to_date(install, ward, tmp_path):
    """An archive of before the last migrations comes back and is migrated forward."""
    old = install()
    old.manage("migrate", "-v0", "account", "0001")
    path = tmp_path / "a.tar.gz"
    old.manage("backup", "--output", str(path))
    other = install()
    other.manage("restore", str(path))
    assert "[ ]" not in other.manage("showmigrations", "account")


def test_a_database_that_refuses_stays_as_it_was(ward, saved, tmp_path):
    """An archive that is whole but holds no database: nothing is lost by trying."""

    def spoil(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[archive.MANIFEST])
        name = "database/campaigns_organization.copy"
        name = name if name in members else "database/database.sqlite3"
        members[name] = b"x\n"
        sums = {"sha256": hashlib.sha256(members[name]).hexdigest(), "size": 2}
        manifest["members"][name] = sums
        members[archive.MANIFEST] = json.dumps(manifest).encode()

    before, files = ward.content(), ward.files()
    refused = ward.run("restore", "--replace", str(rewritten(saved, tmp_path / "a.tar.gz", spoil)))
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert ward.content() == before
    assert ward.files() == files


def test_a_folder_takes_a_dated_archive(ward, tmp_path):
    ward.manage("backup", "--output", str(tmp_path))
    [made] = tmp_path.iterdir()
    assert re.fullmatch(r"sao-luu-\d{8}-\d{6}\.tar\.gz", made.name)


def test_an_archive_is_never_written_over(ward, saved):
    before = saved.read_bytes()
    again = ward.run("backup", "--output", str(saved))
    assert (again.returncode, "Đã có tệp" in again.stderr) == (1, True)
    assert saved.read_bytes() == before
    nowhere = ward.run("backup", "--output", "/dev/null/x.tar.gz")
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)


def test_only_the_owner_reads_an_archive(saved):
    assert saved.stat().st_mode & 0o777 == 0o600
    assert not list(saved.parent.glob("*.part"))


# What is refused before anything is touched


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive once more, whole as a file, with other members."""
    with tarfile.open(source) as tar:
        members = {entry.name: tar.extractfile(entry).read() for entry in tar}
    change(members)
    with tarfile.open(target, "w:gz") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return target


def change_manifest(**facts: Any) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members[archive.MANIFEST] = json.dumps(json.loads(members[archive.MANIFEST]) | facts).encode()

    return change


def flip_a_byte(members: dict[str, bytes]) -> None:
    name = max(members, key=lambda name: len(members[name]))
    data = bytearray(members[name])
    data[len(data) // 2] ^= 1
    members[name] = bytes(data)


def lose_a_member(members: dict[str, bytes]) -> None:
    members.pop(next(name for name in members if name.startswith("files/")))


DAMAGE: dict[str, Callable[[dict[str, bytes]], Any]] = {
    "a byte": flip_a_byte,
    "a member less": lose_a_member,
    "a member more": lambda members: members.update({"files/la.exe": b"x"}),
    "no manifest": lambda members: members.pop(archive.MANIFEST),
    "another form": change_manifest(form=2),
    "outside": lambda members: members.update({"../../outside": b"x"}),
    "absolute": lambda members: members.update({"/tmp/outside": b"x"}),
}


@pytest.fixture
def untouched(monkeypatch) -> None:
    """Fails the test as soon as anything of the installation would be changed."""

    def touched(*args: Any) -> None:
        raise AssertionError("the installation was touched")

    for dump in backup.DUMPS.values():
        monkeypatch.setattr(type(dump), "read", touched)
    monkeypatch.setattr(backup, "_replace_files", touched)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_changed_archive_is_refused(saved, tmp_path, untouched, damage):
    path = rewritten(saved, tmp_path / "a.tar.gz", DAMAGE[damage])
    with pytest.raises(archive.Damaged):
        backup.restore(path, replace=True)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999, 0.99999])
def test_a_cut_archive_is_refused(saved, tmp_path, untouched, share):
    path = tmp_path / "a.tar.gz"
    data = saved.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(archive.Damaged):
        backup.restore(path, replace=True)


@pytest.mark.parametrize("at", [0.02, 0.3, 0.7])
def test_a_flipped_bit_is_refused(saved, tmp_path, untouched, at):
    path, data = tmp_path / "a.tar.gz", bytearray(saved.read_bytes())
    data[int(len(data) * at)] ^= 4
    path.write_bytes(data)
    with pytest.raises(archive.Damaged):
        backup.restore(path, replace=True)


def test_some_other_file_is_refused(tmp_path, untouched):
    path = tmp_path / "a.tar.gz"
    path.write_text("Kính gửi: …")
    with pytest.raises(archive.Damaged):
        backup.restore(path, replace=True)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"migrations": [["campaigns", "0001_initial"], ["campaigns", "9999_later"]]}, "mới hơn"),
        ({"database": "oracle"}, "DATABASE_URL"),
    ],
)
def test_newer_software_and_another_database_are_refused(saved, tmp_path, untouched, facts, word):
    path = rewritten(saved, tmp_path / "a.tar.gz", change_manifest(**facts))
    with pytest.raises(backup.Refused, match=word):
        backup.restore(path, replace=True)


def test_the_manifest_tells_what_is_inside(saved, tmp_path):
    manifest = archive.unpack(saved, tmp_path)
    assert ["campaigns", "0001_initial"] in manifest["migrations"]
    assert manifest["version"]
    assert all(len(member["sha256"]) == 64 for member in manifest["members"].values())


def test_the_command_says_it_in_one_line(ward, saved, tmp_path):
    path = rewritten(saved, tmp_path / "a.tar.gz", flip_a_byte)
    refused = ward.run("restore", "--replace", str(path))
    assert refused.returncode == 1
    assert "bị hỏng" in refused.stderr
    assert refused.stderr.count("\n") == 1
    nowhere = Installation(ward.folder, "postgres://a:b@127.0.0.1:9/x").run("restore", str(saved))
    assert (nowhere.returncode, nowhere.stderr.count("Traceback")) == (1, 0)
    assert ward.run("restore", str(tmp_path / "khong-co")).stderr.startswith("CommandError: Không có tệp")
