"""Neighbourhoods of a ward, and teams set up by a decision with the people in them on any day."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from ..search import FoldedField
from .campaigns import Campaign
from .organizations import Organization
from .owned import OwnedQuerySet, day_or_never
from .papers import Paper


class Neighbourhood(models.Model):
    """A tổ dân phố (or thôn); they merge and split, so it has a first and a last day and a successor."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="neighbourhoods", verbose_name="đơn vị"
    )
    name = models.CharField("tên", max_length=100)
    order = models.PositiveIntegerField("thứ tự", default=0)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="sáp nhập vào",
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ dân phố"
        ordering = ("order", "name")
        constraints = [
            models.UniqueConstraint(
                "organization",
                "name",
                day_or_never("valid_from"),
                name="neighbourhood_once",
                violation_error_message="Tổ dân phố này đã có.",
            ),
            models.CheckConstraint(
                name="neighbourhood_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def in_force_on(day: datetime.date, prefix: str = "") -> Q:
    """The condition that a dated row (`valid_from`, `valid_to`) is in force on a day."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    begun = Q(**{start: None}) | Q(**{f"{start}__lte": day})
    return begun & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))


class TeamQuerySet(OwnedQuerySet):
    def with_headcount(self, day: datetime.date) -> TeamQuerySet:
        """Adds `listed`, the members in force on a day, in the same query."""
        return self.annotate(
            listed=Count("members", filter=in_force_on(day, "members__")), ever=Count("members")
        )


class Team(models.Model):
    """A team set up by a decision: with members listed from one day to another, or a stated headcount."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="teams", verbose_name="đơn vị"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name="phong trào"
    )
    name = models.CharField("tên tổ", max_length=300)
    decision = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name="quyết định thành lập hoặc kiện toàn",
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, blank=True, related_name="teams", verbose_name="tổ dân phố"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc tổ"
    )
    stated_headcount = models.PositiveIntegerField(
        "số thành viên theo quyết định",
        null=True,
        blank=True,
        help_text="Dùng khi chưa có danh sách; bỏ trống nếu chưa biết.",
    )
    formed_on = models.DateField("thành lập ngày", null=True, blank=True)
    dissolved_on = models.DateField("giải thể ngày", null=True, blank=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    search = FoldedField(of=("name", "note"))

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ"
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                "organization",
                "name",
                Coalesce("neighbourhood", 0),
                day_or_never("formed_on"),
                name="team_once",
                violation_error_message="Tổ này đã có.",
            ),
            models.CheckConstraint(
                name="team_period",
                condition=Q(dissolved_on=None) | Q(formed_on=None) | Q(dissolved_on__gte=F("formed_on")),
                violation_error_message="Ngày giải thể không được trước ngày thành lập.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def headcount(self) -> int | None:
        """Members listed that day, else the stated number, else None (not known, never zero).

        Needs rows from `with_headcount`.
        """
        return self.listed if self.ever else self.stated_headcount  # type: ignore[attr-defined]


class Member(models.Model):
    """A person in a team from one day to another."""

    owner = "team__organization"

    team = models.ForeignKey(Team, models.CASCADE, related_name="members", verbose_name="tổ")
    full_name = models.CharField("họ và tên", max_length=100)
    part = models.CharField("nhiệm vụ trong tổ", max_length=100, blank=True, help_text="Tổ trưởng, tổ viên…")
    post = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="member_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name
