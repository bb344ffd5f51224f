"""Rows of what blocks mention, so that a paper, team or indicator in use cannot be deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from campaigns.models import Indicator, Organization, Paper, Team

from .blocks import KINDS
from .document import nodes
from .models import Block, Mention

#: Kind of a mention: the register it points into, the row's column, and who owns the register's rows.
TARGETS: dict[str, tuple[Any, str, str]] = {
    "paper": (Paper, "paper_id", "holder"),
    "team": (Team, "team_id", "organization"),
    "figure": (Indicator, "indicator_id", "organization"),
}


@transaction.atomic
def rewrite(organization: Organization, blocks: Sequence[Block]) -> None:
    """Replaces the rows of `blocks` by what their contents mention now: five queries for any number.

    What is not in the organization's registers leaves no row.
    """
    found = [(block, list(_mentions(block))) for block in blocks]
    known = _known(organization, (mention for _, mentions in found for mention in mentions))
    Mention.objects.filter(block__in=blocks).delete()
    Mention.objects.bulk_create(
        _row(block, order, mention)
        for block, mentions in found
        for order, mention in enumerate(mentions)
        if mention.key in known[mention.kind]
    )


def _mentions(block: Block) -> tuple[nodes.Mention, ...]:
    kind = KINDS.get(block.kind)
    return kind.mentions(block.content) if kind else ()


def _known(organization: Organization, mentions: Iterable[nodes.Mention]) -> dict[str, set[str]]:
    """The keys, by kind, that are rows of the organization."""
    keys: dict[str, set[int]] = {kind: set() for kind in TARGETS}
    for mention in mentions:
        if mention.key.isascii() and mention.key.isdigit() and len(mention.key) < 19:
            keys[mention.kind].add(int(mention.key))
    return {
        kind: set(
            map(
                str,
                model.objects.filter(pk__in=keys[kind], **{owner: organization}).values_list("pk", flat=True),
            )
        )
        for kind, (model, _, owner) in TARGETS.items()
    }


def _row(block: Block, order: int, mention: nodes.Mention) -> Mention:
    column = TARGETS[mention.kind][1]
    return Mention(
        block=block,
        order=order,
        form=mention.form,
        printed=mention.printed or "",
        **{column: int(mention.key)},
    )
