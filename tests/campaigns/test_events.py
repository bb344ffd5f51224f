"""Events: one chain a report and one an organization, added to and never changed."""

from __future__ import annotations

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from campaigns import events, triggers
from campaigns.models import Chain, Event
from config.management.commands import prepare

from .factories import make_organization, make_user


def record(organization, act="add", **given):
    with transaction.atomic():
        return events.record(act, given.pop("by", None), organization, **given)


def test_events_of_a_chain_count_from_one_and_hold_the_hash_before(ward):
    user = make_user(ward)
    first, second = record(ward, by=user), record(ward, by=user, reason="vì sai")
    assert (first.sequence, first.previous) == (1, "")
    assert (second.sequence, second.previous) == (2, first.hash)
    assert events.head(f"organization:{ward.pk}") == second.hash
    assert second.by_name == user.full_name


def test_reports_and_organizations_have_chains_of_their_own(ward):
    other = make_organization()
    rows = [record(ward), record(ward, report=7), record(ward, report=8), record(other)]
    assert [row.sequence for row in rows] == [1, 1, 1, 1]
    assert rows[1].chain == "report:7"
    assert events.head("report:7") == rows[1].hash
    assert events.head("report:9") == ""


@pytest.mark.django_db
def test_the_hash_holds_after_reading_back_from_the_database(ward):
    after = {
        "ngày": datetime.date(2026, 5, 19),
        "số": Decimal("12.50"),
        "chữ": "đã “sửa” \x00 😀 \ud83d",
        "rỗng": None,
        "dãy": [1, True, {"z": 1, "a": 2}],
    }
    event = record(ward, after=after, behalf="thay Nguyễn Văn B")
    kept = Event.objects.get(pk=event.pk)
    assert events.digest(kept) == event.hash
    assert kept.after["số"] == "12.50"
    assert list(events.broken()) == []


def test_the_export_alone_is_enough_to_verify(ward):
    import hashlib

    event = record(ward, after={"tên": "Tổ 1"}, reason="đúng")
    shown = json.loads(json.dumps(events.written(event)))
    claimed = shown.pop("hash")
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == claimed


def test_a_float_is_refused(ward):
    with pytest.raises(TypeError):
        record(ward, after={"tỷ lệ": 0.1})


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    ward = make_organization()
    with pytest.raises(transaction.TransactionManagementError):
        events.record("add", None, ward)


def test_an_act_undone_leaves_no_event(ward):
    with transaction.atomic():
        events.record("add", None, ward)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert record(ward).sequence == 1


@pytest.mark.django_db
def test_the_database_has_every_trigger():
    assert triggers.missing(connection) == set()


@pytest.mark.parametrize(("table", "change"), [(Event, {"reason": "khác"}), (Chain, {"head": "0" * 64})])
def test_the_database_refuses_to_change_and_to_delete(ward, table, change):
    record(ward)
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        table.objects.update(**change)
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        table.objects.all()._raw_delete("default")
    assert table.objects.count() == 1


def test_a_chain_never_gets_shorter(ward):
    record(ward), record(ward)
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        Chain.objects.update(length=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "again"])
def test_tables_emptied_after_a_test_keep_their_triggers(time):
    assert not Event.objects.exists()
    assert triggers.missing(connection) == set()
    record(make_organization())


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_whole_chain():
    ward = make_organization()
    begin = Barrier(8)

    def work(_: int) -> None:
        begin.wait()
        for _ in range(5):
            record(ward, report=1)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert list(Event.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 41))
    assert list(events.broken()) == []


@pytest.mark.django_db
def test_preparing_the_app_puts_lost_triggers_back(monkeypatch, settings):
    settings.DEMO = False
    monkeypatch.setattr(prepare, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(prepare.Command, "collect_static", lambda self: None)
    triggers.drop(connection)
    assert triggers.missing(connection)
    prepare.Command().handle()
    assert triggers.missing(connection) == set()


def test_a_time_without_a_zone_is_refused(ward):
    with pytest.raises(ValueError, match="zone"):
        record(ward, at=datetime.datetime(2026, 5, 19, 8))
