"""Fifty clerks at once, each a process of its own: numbers without gap or double, also when some are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from campaigns import events
from campaigns.models import Event, Role
from reports.models import Entry, Series
from tests.campaigns.factories import make_organization, make_user

pytestmark = [pytest.mark.tools, pytest.mark.django_db(transaction=True)]
CLERKS = Path(settings.BASE_DIR) / "tests" / "bench" / "clerks.py"
LIVING = 50


@pytest.fixture
def series() -> Series:
    today = timezone.localdate()
    given = {"kind": "BC", "name": "Báo cáo", "symbol": "BC-UBND", "year": today.year}
    return Series.objects.create(
        organization=make_organization(), starts_on=today.replace(month=1, day=1), **given
    )


def database() -> str:
    """This test's database as an address for other processes."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    return f"postgres://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"


def run(series: Series, living: int, killed: int = 0, *number: int) -> list[str]:
    """What the clerks that lived answered, each a number or a refusal; every one must have ended as it should."""
    user = make_user(series.organization, Role.CLERK)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE_URL": database(),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    words = [str(value) for value in (series.pk, user.pk, living, killed, *number)]
    done = subprocess.run(
        [sys.executable, str(CLERKS), *words], env=environment, capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def numbers(series: Series) -> list[int]:
    return list(series.entries.order_by("number").values_list("number", flat=True))


def assert_chain_is_whole(series: Series, length: int) -> None:
    chain = events.chain_of(series.organization)
    assert list(events.broken()) == []
    assert Event.objects.filter(chain=chain, act="give_number").count() == length


def test_fifty_clerks_at_once_are_given_fifty_consecutive_numbers(series):
    given = run(series, LIVING)
    assert sorted(map(int, given)) == list(range(1, LIVING + 1))
    assert numbers(series) == list(range(1, LIVING + 1))
    assert_chain_is_whole(series, LIVING)


def test_clerks_killed_inside_their_transaction_leave_no_gap(series):
    given = run(series, LIVING, 20)
    assert sorted(map(int, given)) == list(range(1, LIVING + 1))
    assert numbers(series) == list(range(1, LIVING + 1))
    assert_chain_is_whole(series, LIVING)


def test_of_clerks_who_type_the_same_number_of_the_city_at_once_one_is_taken(series):
    Series.objects.update(source="city")
    answers = Counter(run(series, 12, 0, 274))
    assert answers.pop("274") == 1
    assert sum(answers.values()) == 11
    assert all("Số 274/BC-UBND đã có trong sổ" in words for words in answers)
    assert [entry.code for entry in Entry.objects.all()] == ["274/BC-UBND"]
