"""Proves every chain of events; names the first broken link of each and ends with 1 when one is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns import events
from campaigns.models import Chain, Event
from reports.models import Edition


class Command(BaseCommand):
    help = (
        "Kiểm tra mọi chuỗi sự kiện; nêu mắt xích hỏng đầu tiên của từng chuỗi và kết thúc với mã 1 nếu có."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*events.broken(), *_unanchored()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"Lịch sử không còn nguyên vẹn: {len(faults)} chỗ.", returncode=1)
        self.stdout.write(f"Nguyên vẹn: {Chain.objects.count()} chuỗi, {Event.objects.count()} sự kiện.")


def _unanchored() -> Iterator[str]:
    """Editions hold the head their chain had: a chain written anew from its start no longer has it."""
    anchors: dict[str, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.exclude(chain_head="").only("report_id", "round", "step", "chain_head"):
        anchors[edition.chain_head].append(edition)
    known = set(
        Event.objects.filter(hash__in=Edition.objects.values("chain_head")).values_list("hash", "chain")
    )
    for head, editions in anchors.items():
        for edition in editions:
            if (head, f"report:{edition.report_id}") not in known:
                yield f"report:{edition.report_id}: bản trình lần {edition.round} không còn khớp với lịch sử"
