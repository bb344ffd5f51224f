"""The database itself refuses to change or delete an event, to shorten a chain, and to give a number up.

Called by the migration that makes the tables, by any later one that alters them (SQLite rebuilds a table
without its triggers), and by `manage.py prepare`, so that they are always there.
"""

from __future__ import annotations

from typing import Any

EVENTS, CHAINS, ENTRIES = "campaigns_event", "campaigns_chain", "reports_entry"
REFUSAL = "history is only added to"
_GROWS = "NEW.name = OLD.name AND NEW.length = OLD.length + 1"
_NUMBER_MOVES = (
    "NEW.series_id <> OLD.series_id OR NEW.number <> OLD.number OR NEW.suffix <> OLD.suffix"
    " OR (OLD.state = 'void' AND NEW.state <> 'void')"
)

#: Name of each trigger -> its table, the act it refuses, and when (SQL; "" always).
TRIGGERS: dict[str, tuple[str, str, str]] = {
    "event_never_changed": (EVENTS, "UPDATE", ""),
    "event_never_deleted": (EVENTS, "DELETE", ""),
    "chain_only_grows": (CHAINS, "UPDATE", f"NOT ({_GROWS})"),
    "chain_never_deleted": (CHAINS, "DELETE", ""),
    "entry_keeps_its_number": (ENTRIES, "UPDATE", _NUMBER_MOVES),
    "entry_never_deleted": (ENTRIES, "DELETE", ""),
}
#: PostgreSQL can also empty a table without deleting rows.
EMPTYING = {
    "event_never_emptied": EVENTS,
    "chain_never_emptied": CHAINS,
    "entry_never_emptied": ENTRIES,
}


def create(connection: Any) -> None:
    """Makes every trigger anew, on the tables there are; harmless when they are there."""
    drop(connection)
    tables = set(connection.introspection.table_names())
    _run(connection, _postgres(tables) if connection.vendor == "postgresql" else _sqlite(tables))


def drop(connection: Any) -> None:
    """Takes every trigger away: only for a table about to be rebuilt, and for tests that empty tables."""
    if connection.vendor == "postgresql":
        tables = {**{name: table for name, (table, _, _) in TRIGGERS.items()}, **EMPTYING}
        there = set(connection.introspection.table_names())
        held = {name: table for name, table in tables.items() if table in there}
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in held.items()])
    else:
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS])


def missing(connection: Any) -> set[str]:
    """Names of the triggers that the database does not have."""
    if connection.vendor == "postgresql":
        sql, wanted = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'", {*TRIGGERS, *EMPTYING}
    else:
        sql, wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger'", set(TRIGGERS)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return wanted - {name for (name,) in cursor.fetchall()}


def _sqlite(tables: set[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} {f'WHEN {when} ' if when else ''}"
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, (table, act, when) in TRIGGERS.items()
        if table in tables
    ]


def _postgres(tables: set[str]) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION campaigns_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    rows = [
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW "
        f"{f'WHEN ({when}) ' if when else ''}EXECUTE FUNCTION campaigns_refuse()"
        for name, (table, act, when) in TRIGGERS.items()
        if table in tables
    ]
    emptying = [
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION campaigns_refuse()"
        for name, table in EMPTYING.items()
        if table in tables
    ]
    return [function, *rows, *emptying]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
