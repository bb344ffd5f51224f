"""Rows that belong to one organization: who may see them is asked in one place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce

from ..search import SearchQuerySet

if TYPE_CHECKING:
    from .organizations import Organization, User


@dataclass(frozen=True)
class Actor:
    """Who is asking: a signed-in user in the organization chosen for this sitting, with today's roles there."""

    user: User
    organization: Organization | None
    roles: frozenset[str]

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


class OwnedQuerySet(SearchQuerySet):
    """Rows reached from one organization by the lookup `model.owner` ("organization" unless it says other)."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.organization is None:
            return self.none()
        owner: Any = getattr(self.model, "owner", "organization")
        return self.filter(**{owner: actor.organization})


def day_or_never(field: str) -> Coalesce:
    """A date for a unique constraint in which two missing dates are the same; works on both databases."""
    return Coalesce(field, Value(datetime.date.min, output_field=DateField()))
