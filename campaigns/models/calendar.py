"""Days off and days worked instead, and the calendar they make for one organization."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from ..calendar import Calendar
from ..citations import format_date
from .organizations import Organization
from .owned import Actor, OwnedQuerySet


class DayKind(models.TextChoices):
    OFF = "off", "Ngày nghỉ"
    WORKED = "worked", "Ngày làm bù"


class DayOffQuerySet(OwnedQuerySet):
    """An organization's days, and those of everyone."""

    def visible_to(self, actor: Actor) -> DayOffQuerySet:
        if actor.organization is None:
            return self.none()
        return self.filter(Q(organization=actor.organization) | Q(organization=None))

    def kept_by(self, actor: Actor) -> DayOffQuerySet:
        """Those the actor may change: the own ones; what holds for everyone is answered by an own day."""
        return self.visible_to(actor).exclude(organization=None)


class DayOff(models.Model):
    """A day that is not what its weekday says. Without an organization it holds for everyone."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="days_off", verbose_name="đơn vị"
    )
    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=10, choices=DayKind.choices, default=DayKind.OFF)
    name = models.CharField("tên", max_length=150, help_text="Tết Nguyên đán, làm bù cho ngày 02/5…")

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        ordering = ("-day", "id")
        constraints = [
            models.UniqueConstraint(
                Coalesce("organization", 0),
                "day",
                name="day_off_once",
                violation_error_message="Ngày này đã có trong lịch.",
            ),
            models.CheckConstraint(name="day_off_kind", condition=Q(kind__in=["off", "worked"])),
        ]

    def __str__(self) -> str:
        return f"{format_date(self.day)} {self.name}"


def calendar_for(organization: Organization | None) -> Calendar:
    """The working days of an organization; one query. An own day outweighs the same day of everyone."""
    rows: Any = DayOff.objects.filter(Q(organization=organization) | Q(organization=None))
    kinds: dict[Any, str] = {}
    for day, kind, own in rows.values_list("day", "kind", "organization"):
        if own or day not in kinds:
            kinds[day] = kind
    return Calendar(
        off=frozenset(day for day, kind in kinds.items() if kind == DayKind.OFF),
        worked=frozenset(day for day, kind in kinds.items() if kind == DayKind.WORKED),
    )
