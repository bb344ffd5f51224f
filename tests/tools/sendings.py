"""Run in a process of its own with an installation's settings: makes the two ends of a connection, and counts.

sendings.py receiver              prints the token of the ward's machine
sendings.py sender URL TOKEN N    an issued report and N sendings of it, each queued
sendings.py sent                  how many have arrived, by the sender's rows
sendings.py arrived               how many arrived, by the receiver's rows
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

import pytest  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count, Max  # noqa: E402

from campaigns.models import Event  # noqa: E402
from reports import tasks  # noqa: E402
from reports.models import Arrival, Channel, Connection, Evidence, Sending  # noqa: E402
from reports.sending import client, ledger, package, tokens  # noqa: E402
from tests.reports.factories import make_user, make_ward  # noqa: E402
from tests.sending.offices import SendingOffice, make_department  # noqa: E402


def receiver() -> None:
    department, ward = make_department("so"), make_ward("phuong")
    _, words = tokens.make(department, ward, "máy của phường", make_user(department))
    print(words)


def sender(address: str, words: str, count: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        office = SendingOffice(patch)
        type(office.ward).objects.filter(pk=office.ward.pk).update(code="phuong")
        office.ward.refresh_from_db()
        type(office.department).objects.filter(pk=office.department.pk).update(code="so")
        Connection.objects.create(
            organization=office.ward,
            partner=office.department,
            address=address,
            secret=client.encrypted(words),
        )
        made = package.build(office.fresh(), (office.department,))
    with transaction.atomic():
        for _ in range(int(count)):
            sending = ledger.queue(office.fresh(), Channel.HTTP, office.department, office.people["clerk"])
            sending.package_sha256 = made.sha256
            sending.package.save(f"{sending.key}.zip", ContentFile(made.content))
            tasks.deliver.enqueue(sending.pk)


def sent() -> None:
    rows = Sending.objects.aggregate(all=Count("pk"), arrived=Count("sent_at"), stopped=Count("stopped_at"))
    tried = Sending.objects.filter(attempts__gt=1).count()
    proofs = Evidence.objects.filter(step="send").count()
    acts = Event.objects.filter(act="send").count()
    numbers = sorted(row["number"] for row in Sending.objects.values_list("receipt", flat=True) if row)
    print(json.dumps({**rows, "again": tried, "proofs": proofs, "acts": acts, "numbers": numbers}))


def arrived() -> None:
    rows = Arrival.objects.aggregate(all=Count("pk"), keys=Count("key", distinct=True), last=Max("pk"))
    acts = Event.objects.filter(act="arrive").count()
    whole = sum(row.package.storage.exists(row.package.name) for row in Arrival.objects.all())
    numbers = list(Arrival.objects.order_by("pk").values_list("pk", flat=True))
    faults = Arrival.objects.exclude(faults=[]).count()
    print(json.dumps({**rows, "acts": acts, "whole": whole, "numbers": numbers, "faults": faults}))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
