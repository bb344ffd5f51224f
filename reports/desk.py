"""The drafting desk: texts that overtook one another, deletions taken back, and who else is writing."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import User

from . import drafting, mentions, sittings
from .blocks import KINDS
from .models import Block, DeletedBlock, Presence, Section, Variant

#: How long a tab counts as open after it was last heard of; it says so every 15 seconds.
PRESENT = datetime.timedelta(seconds=45)
#: How long a deleted block can be put back.
KEPT = datetime.timedelta(days=7)


def overtaken(block: Block, by: User, content: dict[str, Any]) -> Variant:
    """Keeps what a person wrote while another one saved the block; asked again, the newest text counts."""
    variant, _ = Variant.objects.update_or_create(
        block=block, by=by, settled_at=None, defaults={"content": content}
    )
    return variant


@transaction.atomic
def choose(variant: Variant, by: User, own: bool) -> Block:
    """The writer's own text takes the place of the saved one, or the saved one stays; Overtaken once more when a
    third save came between."""
    block = variant.block
    if own:
        block = drafting.save_block(block, variant.content, by, block.version)
    variant.settled_at = timezone.now()
    variant.save(update_fields=["settled_at"])
    return block


def waiting(section: Section, user: User) -> dict[int, Variant]:
    """The texts of this person that wait for a choice, by block."""
    rows = Variant.objects.filter(block__section=section, by=user, settled_at=None)
    return {variant.block_id: variant for variant in rows}


@transaction.atomic
def put_back(deleted: DeletedBlock, by: User) -> Block:
    """A deleted block in its place again, with its mentions."""
    section = deleted.section
    report = drafting.locked_report(section.report)
    sittings.typed(report, by, sittings.part_of(section))
    for later in section.blocks.filter(order__gte=deleted.order).order_by("-order"):
        Block.objects.filter(pk=later.pk).update(order=later.order + 1)
    block = Block.objects.create(
        section=section, order=deleted.order, kind=deleted.kind, content=deleted.content, changed_by=by
    )
    mentions.rewrite(report.organization, [block])
    deleted.delete()
    drafting.changed(report)
    return block


def deleted_lately(section: Section) -> list[DeletedBlock]:
    """What can still be put back, the newest first."""
    since = timezone.now() - KEPT
    rows = section.deleted_blocks.filter(at__gte=since, kind__in=list(KINDS)).select_related("by")
    return list(rows[:5])


def seen(section: Section, user: User, tab: str, block: int | None) -> list[Presence]:
    """Notes that a tab is open and returns the others': three queries."""
    now = timezone.now()
    Presence.objects.update_or_create(
        section=section, tab=tab, defaults={"user": user, "block": block, "seen_at": now}
    )
    Presence.objects.filter(seen_at__lt=now - PRESENT).delete()
    return list(
        Presence.objects.filter(section=section).exclude(tab=tab).select_related("user").order_by("pk")
    )


def left(section: Section, user: User, tab: str) -> None:
    """A tab was closed."""
    Presence.objects.filter(section=section, user=user, tab=tab).delete()
