"""The database as files and back, exactly: SQLite by its own backup, PostgreSQL by COPY in one snapshot.

PostgreSQL's tables come back by the very migrations that made them, and only their rows from the archive: no
program of the server's version is needed, and triggers and constraints are those of the software. pg_dump was
left aside because it refuses a server newer than itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from config.archive import Damaged

Migrations = Iterable[tuple[str, str]]
SESSION = (
    "SET LOCAL datestyle = 'ISO, DMY'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 3"
)


class Dump(Protocol):
    """How one sort of database is written to files in a folder and read from them."""

    def write(self, folder: Path) -> None: ...

    def check(self, folder: Path) -> None:
        """Damaged when the files cannot be a database."""

    def read(self, folder: Path, migrations: Migrations) -> None:
        """Put the database in the place of what is there: all of it, or on an error nothing."""


class SQLiteDump:
    """The database file, copied while others may be writing."""

    NAME = "database.sqlite3"

    def write(self, folder: Path) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / self.NAME)) as copy:
            connection.connection.backup(copy)

    def check(self, folder: Path) -> None:
        copy: Any = connection.copy()  # knows Django's functions, which constraints may call
        copy.settings_dict["NAME"] = folder / self.NAME
        try:
            with closing(copy), copy.cursor() as cursor:
                verdict = cursor.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except DatabaseError as error:
            raise Damaged(f"cơ sở dữ liệu không mở được ({error})") from error
        if verdict != "ok":
            raise Damaged(f"cơ sở dữ liệu hỏng ({verdict})")

    def read(self, folder: Path, migrations: Migrations) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / self.NAME)) as copy:
            copy.backup(connection.connection)
        connection.close()


class PostgresDump:
    """One file a table in COPY's text form, and the places of the sequences."""

    INDEX = "database.json"

    def write(self, folder: Path) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(SESSION)
            tables = {name: _columns(cursor, name) for name in _tables(cursor)}
            for name, columns in tables.items():
                with (folder / f"{name}.copy").open("wb") as out, connection.wrap_database_errors:
                    cursor.cursor.copy_expert(f"COPY {_list(name, columns)} TO STDOUT", out)
            index = {"tables": tables, "sequences": _sequences(cursor)}
        (folder / self.INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1))

    def check(self, folder: Path) -> None:
        missing = [name for name in self._index(folder)["tables"] if not (folder / f"{name}.copy").is_file()]
        if missing:
            raise Damaged(f"thiếu bảng {missing[0]}")

    def read(self, folder: Path, migrations: Migrations) -> None:
        index = self._index(folder)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '30s'")
            cursor.execute(SESSION)
            _drop_tables(cursor)
            _make_tables(migrations)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _empty(cursor, index["tables"])
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for name, columns in index["tables"].items():
                with (folder / f"{name}.copy").open("rb") as rows, connection.wrap_database_errors:
                    cursor.cursor.copy_expert(f"COPY {_list(name, columns)} FROM STDIN", rows)
            for name, (last, called) in index["sequences"].items():
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", [_quoted(name), last, called])

    def _index(self, folder: Path) -> dict[str, Any]:
        try:
            return dict(json.loads((folder / self.INDEX).read_text()))
        except (OSError, ValueError) as error:
            raise Damaged("thiếu bản kê các bảng") from error


#: How each sort of database is dumped, by Django's name of it.
DUMPS: dict[str, Dump] = {"sqlite": SQLiteDump(), "postgresql": PostgresDump()}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(table: str, columns: Iterable[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _tables(cursor: Any) -> list[str]:
    """Every table but the cache, which holds only counters of the last minutes."""
    passing = {getattr(caches[name], "_table", None) for name in settings.CACHES}
    return sorted(set(connection.introspection.table_names(cursor)) - passing)


def _columns(cursor: Any, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _sequences(cursor: Any) -> dict[str, tuple[int, bool]]:
    cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1")
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT last_value, is_called FROM {_quoted(name)}")  # noqa: S608  a name the database itself gave
        found[name] = cursor.fetchone()
    return found


def _drop_tables(cursor: Any) -> None:
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f"DROP TABLE IF EXISTS {_quoted(name)} CASCADE")


def _make_tables(migrations: Migrations) -> None:
    """The tables as they were when the archive was made."""
    executor = MigrationExecutor(connection)
    wanted = {tuple(migration) for migration in migrations}
    nodes = executor.loader.graph.node_map
    last = [
        key for key in wanted if not any(c.key[0] == key[0] and c.key in wanted for c in nodes[key].children)
    ]
    executor.migrate(sorted(last))


def _empty(cursor: Any, tables: Iterable[str]) -> None:
    """Rows that migrations wrote give way, history too: it is about to be put back as it was."""
    names = [_quoted(name) for name in tables]
    for act in ("DISABLE", "ENABLE"):
        if act == "ENABLE":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} {act} TRIGGER USER")
