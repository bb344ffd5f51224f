"""Recording what was done: one event an act, chained by hashes so that nothing can be rewritten unseen.

Canonical form, for whoever verifies an export without this app: the JSON object of an event's thirteen keys
without "hash", namely act, after, at, before, behalf, by, by_name, chain, organization, previous, reason,
sequence and "form" (FORM), written with sorted keys at every level, no spaces, non-ASCII characters as they
are, encoded as UTF-8. Its SHA-256 in lower-case hexadecimal is "hash". "previous" is the hash of the event
before, "" for the first; "sequence" counts from 1; "at" is UTC with six decimals, "2026-05-19T01:02:03.000004+00:00".
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .models import Chain, Event, Organization, User

FORM = 1
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """An act in words: what follows the person's name; {name} is filled from `after`, else from `before`."""

    words: str


#: What is done to the registers and settings of an organization. Acts on a report: reports/history.py.
ACTS: dict[str, Act] = {
    "add": Act("đã thêm {sort}: {name}"),
    "change": Act("đã sửa {sort}: {name}"),
    "delete": Act("đã xóa {sort}: {name}"),
    "import_sheet": Act("đã nhập bảng {sort}: {name}"),
    "accept_invitation": Act("đã nhận {sort} {name}"),
    "withdraw_invitation": Act("đã rút lại {sort} {name}"),
    "renew_invitation": Act("đã tạo đường dẫn mới cho {sort} {name}"),
    "password_link": Act("đã tạo đường dẫn đặt lại mật khẩu cho {name}"),
    "drop_second_factor": Act("đã tắt xác thực hai lớp của {name}"),
    "delete_report": Act("đã xóa dự thảo: {name}"),
}

_HEAD = "SELECT head, length FROM campaigns_chain WHERE name = %s"
_GROW = "UPDATE campaigns_chain SET head = %s, length = %s WHERE name = %s"


def chain_of(organization: Organization, report: int | None = None) -> str:
    """The chain's name: a report's own, else the organization's."""
    return f"organization:{organization.pk}" if report is None else f"report:{report}"


def record(
    act: str,
    by: User | None,
    organization: Organization,
    report: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    behalf: str = "",
    at: datetime.datetime | None = None,
) -> Event:
    """Adds one event to the report's chain, or to the organization's when `report` (its pk) is None.

    Inside the transaction of the act itself. `by` None is the app; `behalf` is whom `by` stands in for, as
    printed: "thay Nguyễn Văn B"; `before` and `after` hold text, whole numbers, booleans, dates and decimals
    (kept as text), None, lists and objects of these: a float is refused, databases do not agree on one.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded in the transaction of its act")
    if at is not None and timezone.is_naive(at):
        raise ValueError("an event's time names its zone")
    chain = _locked(chain_of(organization, report))
    event = Event(
        organization=organization,
        chain=chain.name,
        sequence=chain.length + 1,
        act=act,
        by=by,
        by_name=_text(str(by or ""))[:150],
        behalf=_text(behalf)[:150],
        at=at or timezone.now(),
        before=_plain(before),
        after=_plain(after),
        reason=_text(reason),
        previous=chain.head,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(_GROW, [event.hash, event.sequence, chain.name])
    return event


def head(chain: str) -> str:
    """The hash of a chain's last event; "" while nothing has happened."""
    return Chain.objects.filter(pk=chain).values_list("head", flat=True).first() or ""


def written(event: Event) -> dict[str, Any]:
    """An event as the export shows it: the canonical keys and the hash."""
    return {
        "form": FORM,
        "chain": event.chain,
        "sequence": event.sequence,
        "organization": event.organization_id,
        "act": event.act,
        "by": event.by_id,
        "by_name": event.by_name,
        "behalf": event.behalf,
        "at": event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
        "previous": event.previous,
        "hash": event.hash,
    }


def canonical(values: Values) -> bytes:
    """The bytes that are hashed, from what `written` gives (or an export holds)."""
    kept = {key: value for key, value in values.items() if key != "hash"}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(event: Event) -> str:
    return hashlib.sha256(canonical(written(event))).hexdigest()


def _locked(name: str) -> Chain:
    """The chain's head row, made on demand, with no one else adding to it."""
    held = _held(name)
    if held is None:
        Chain.objects.get_or_create(pk=name)
        held = _held(name)
    assert held is not None  # noqa: S101  just made
    return held


def _held(name: str) -> Chain | None:
    """In bare SQL: others who number papers or act on the same report wait while this runs."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD + lock, [name])
        found = cursor.fetchone()
    return found and Chain(name=name, head=found[0], length=found[1])


def _plain(value: Any) -> Any:
    """What both databases give back exactly as it was put in."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise TypeError(f"an event does not hold a {type(value).__name__}")


def _text(value: str) -> str:
    """Text without what PostgreSQL's JSON refuses: the character 0 and halves of surrogate pairs."""
    return str(value).replace("\x00", "").encode(errors="ignore").decode()


def broken() -> Iterator[str]:
    """Sentences naming the first broken link of each chain that has one; none when all history is whole."""
    held = {chain.name: chain for chain in Chain.objects.all()}
    rows = Event.objects.order_by("chain", "sequence").iterator(chunk_size=500)
    for name, links in itertools.groupby(rows, key=lambda event: event.chain):
        sentence = _first_broken(links, held.pop(name, Chain(name=name)))
        if sentence:
            yield f"{name}: {sentence}"
    yield from (f"{name}: mọi sự kiện đã bị xóa" for name, chain in held.items() if chain.length)


def _first_broken(links: Iterable[Event], chain: Chain) -> str:
    previous, count = "", 0
    for event in links:
        count += 1
        if event.sequence != count:
            return f"thiếu sự kiện số {count}"
        if event.previous != previous:
            return f"sự kiện số {count} không nối với sự kiện trước"
        if event.hash != digest(event):
            return f"sự kiện số {count} đã bị sửa"
        previous = event.hash
    if chain.length > count:
        return f"thiếu sự kiện số {count + 1}"
    return "" if (chain.head, chain.length) == (previous, count) else "mã băm cuối của chuỗi không khớp"
