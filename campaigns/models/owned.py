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
    from .rights import StandIn


@dataclass(frozen=True)
class Actor:
    """Who is asking: a signed-in user in the organization chosen for this sitting, with today's roles there.

    `roles` counts own ones and those of people stood in for (`standing_in`); `own` are (role, unit id or None)
    by membership. A role that names no unit holds in every unit.
    """

    user: User
    organization: Organization | None
    roles: frozenset[str]
    standing_in: tuple[StandIn, ...] = ()
    own: frozenset[tuple[str, int | None]] = frozenset()

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def has_in(self, role: str, unit: int | None) -> bool:
        """Whether the actor holds a role in a unit (its id), himself or for another; None asks for any unit."""
        return self._has_own(role, unit) or self.instead_of(role, unit) is not None

    def is_head_of(self, unit: int | None) -> bool:
        return self.has_in("head", unit)

    @property
    def headed(self) -> frozenset[int | None]:
        """Ids of the units the actor is head of today; None among them: of every unit."""
        own = {unit for role, unit in self.own if role == "head"}
        return frozenset(own | {row.unit_id for row in self.standing_in if row.role == "head"})

    def instead_of(self, role: str, unit: int | None = None) -> StandIn | None:
        """The stand-in by which alone the actor holds a role (in a unit); None when it is his own or not his."""
        if self._has_own(role, unit):
            return None
        return next((s for s in self.standing_in if s.role == role and _covers(s.unit_id, unit)), None)

    def _has_own(self, role: str, unit: int | None) -> bool:
        return any(held == role and _covers(where, unit) for held, where in self.own)


def _covers(where: int | None, asked: int | None) -> bool:
    return where is None or asked is None or where == asked


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
