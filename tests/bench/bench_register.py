"""Numbers given a second with 16 writers at once, against a bare row lock in SQL by as many writers.

Each side takes turns in the same run and on the same database, through the same driver: on SQLite, then on a
PostgreSQL server of its own that waits for the disk at every commit. The bare side locks one row, counts it
up, writes one row with the number, and commits.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from campaigns.models import Organization, Role, User
from reports import register
from reports.models import Series
from tests.bench.measure import ROUNDS
from tests.bench.measure import Report as Ratios
from tests.campaigns.factories import make_organization, make_user

WRITERS = 16
EACH = 10  # numbers one writer takes in one round
LEAST = 0.4  # of the bare lock's numbers a second


def tables() -> None:
    """An empty database, and the two tables of the bare side."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_series (id integer PRIMARY KEY, last integer NOT NULL)")
        cursor.execute("CREATE TABLE bench_entry (series integer, number integer, UNIQUE (series, number))")
        cursor.execute("INSERT INTO bench_series VALUES (1, 0)")


def series_of(ward: Organization) -> Series:
    today = timezone.localdate()
    given = {"kind": "BC", "name": "Báo cáo", "symbol": "BC-UBND", "year": today.year}
    return Series.objects.create(organization=ward, starts_on=today.replace(month=1, day=1), **given)


def give(series: Series, clerk: User) -> None:
    with transaction.atomic():
        register.allocate(
            series, by=clerk, dated=timezone.localdate(), title="Báo cáo", subject="Kết quả thử"
        )


def bare() -> None:
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT last FROM bench_series WHERE id = 1{lock}")
        number = cursor.fetchone()[0] + 1
        cursor.execute("UPDATE bench_series SET last = %s WHERE id = 1", [number])
        cursor.execute("INSERT INTO bench_entry VALUES (1, %s)", [number])


def at_once(work: Callable[[], None]) -> float:
    """Seconds in which WRITERS processes do the work EACH times, from their common start to the last end.

    Forking and connecting come before.
    """
    connections.close_all()
    (heard, ready), (wait, go) = os.pipe(), os.pipe()
    children = [fork(work, ready, wait, go) for _ in range(WRITERS)]
    for _ in children:
        os.read(heard, 1)
    start = time.perf_counter()
    os.close(go)  # the last open end: every child reads the end of the pipe and begins
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    taken = time.perf_counter() - start
    for end in (heard, ready, wait):
        os.close(end)
    if failed:
        raise SystemExit(f"{len(failed)} writers failed")
    return taken


def fork(work: Callable[[], None], ready: int, wait: int, go: int) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.close(go)
        connection.ensure_connection()
        os.write(ready, b".")
        os.read(wait, 1)
        for _ in range(EACH):
            work()
        status = 0
    finally:
        os._exit(status)


def measure(ratios: Ratios) -> None:
    tables()
    ward = make_organization()
    series, clerk = series_of(ward), make_user(ward, Role.CLERK)
    rounds = [(at_once(lambda: give(series, clerk)), at_once(bare)) for _ in range(ROUNDS + 1)][1:]
    ours, plain = (statistics.median(taken) for taken in zip(*rounds, strict=True))
    numbers = list(series.entries.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "a gap or a double"
    rate, bare_rate = (WRITERS * EACH / taken for taken in (ours, plain))
    # a ratio has its limit above: seconds of ours by seconds of the bare lock
    name = f"{connection.vendor}: {WRITERS} writers, time of a number / of a bare row lock"
    note = f"{rate / bare_rate:.2f} of the bare rate; {rate:.0f} and {bare_rate:.0f} numbers a second"
    ratios.ratio(name, ours / plain, 1 / LEAST, note)


def on_postgresql() -> int:
    """This file again, on a PostgreSQL server started and stopped around it."""
    address = "postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
    script = f'TEST_DATABASE_URL="{address}" exec "$0" "$1"'
    locale = "--locale=C.UTF-8 -E UTF8"
    return subprocess.run(
        ["pg_virtualenv", "-i", locale, "sh", "-c", script, sys.executable, __file__], check=False
    ).returncode


if __name__ == "__main__":
    ratios = Ratios()
    measure(ratios)
    if connection.vendor == "sqlite" and on_postgresql():
        ratios.failed = True
    ratios.close()
