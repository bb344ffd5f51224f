"""What was done, by whom and why: rows that are only ever added, each holding the hash of the one before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .organizations import Organization
from .owned import OwnedQuerySet


class Chain(models.Model):
    """The head of one chain of events; locked while an event is added, and only ever grows longer."""

    name = models.CharField("chuỗi", max_length=40, primary_key=True)
    head = models.CharField("mã băm cuối", max_length=64, blank=True)
    length = models.PositiveIntegerField("số sự kiện", default=0)

    class Meta:
        verbose_name = "chuỗi sự kiện"

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One act. `chain` is "report:5" or "organization:2", `sequence` counts from 1 in it; `before` and `after`
    are JSON objects, null where there was nothing; the hash is that of `campaigns.events.canonical`.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="events", verbose_name="đơn vị"
    )
    chain = models.CharField("chuỗi", max_length=40)
    sequence = models.PositiveIntegerField("thứ tự")
    act = models.CharField("việc", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="events",
        verbose_name="người làm",
    )
    by_name = models.CharField("tên người làm lúc đó", max_length=150, blank=True)
    behalf = models.CharField("làm thay", max_length=150, blank=True)
    at = models.DateTimeField("lúc")
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)
    reason = models.TextField("lý do", blank=True)
    previous = models.CharField("mã băm trước", max_length=64, blank=True)
    hash = models.CharField("mã băm", max_length=64)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện"
        ordering = ("chain", "sequence")
        constraints = [
            models.UniqueConstraint(fields=("chain", "sequence"), name="event_once_in_its_chain"),
            models.CheckConstraint(name="event_counts_from_one", condition=Q(sequence__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.chain} số {self.sequence}: {self.act}"
