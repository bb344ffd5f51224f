"""Campaigns a ward runs, and the words each of them spells in one way."""

from django.db import models
from django.db.models import F, Q

from .organizations import Organization
from .owned import OwnedQuerySet


class Campaign(models.Model):
    """A campaign as one organization runs it, e.g. “Bình dân học vụ số”."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="campaigns", verbose_name="đơn vị"
    )
    name = models.CharField("tên phong trào, chương trình", max_length=200)
    started_on = models.DateField("bắt đầu", null=True, blank=True)
    ended_on = models.DateField("kết thúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "phong trào"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "name"),
                name="campaign_name_once",
                violation_error_message="Phong trào này đã có.",
            ),
            models.CheckConstraint(
                name="campaign_period",
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A canonical term: the one spelling, and its abbreviation if it has one."""

    owner = "campaign__organization"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="terms", verbose_name="phong trào")
    text = models.CharField("cách viết thống nhất", max_length=200)
    abbreviation = models.CharField("viết tắt", max_length=30, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "thuật ngữ"
        ordering = ("text",)
        constraints = [
            models.UniqueConstraint(
                fields=("campaign", "text"),
                name="term_once",
                violation_error_message="Thuật ngữ này đã có trong phong trào.",
            )
        ]

    def __str__(self) -> str:
        return self.text
