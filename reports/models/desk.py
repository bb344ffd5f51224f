"""The drafting desk: a text that was overtaken, a block that was deleted, and who has a section open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models.owned import OwnedQuerySet

from .reports import Block, Section


class Variant(models.Model):
    """What somebody wrote in a block while another one saved it: kept until its writer has chosen."""

    owner = "block__section__report__organization"

    block = models.ForeignKey(Block, models.CASCADE, related_name="variants", verbose_name="đoạn")
    content = models.JSONField("nội dung")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết"
    )
    at = models.DateTimeField("lúc", auto_now=True)
    settled_at = models.DateTimeField("đã chọn lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bản viết song song"
        ordering = ("block", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("block", "by"), condition=Q(settled_at=None), name="variant_open_once"
            )
        ]


class DeletedBlock(models.Model):
    """A deleted block, kept for a while so that it can be put back in its place."""

    owner = "section__report__organization"

    section = models.ForeignKey(Section, models.CASCADE, related_name="deleted_blocks", verbose_name="mục")
    order = models.PositiveIntegerField("thứ tự", default=0)
    kind = models.CharField("loại đoạn", max_length=30)
    content = models.JSONField("nội dung")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xóa"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "đoạn đã xóa"
        ordering = ("-id",)


class Presence(models.Model):
    """A tab in which a person has a section open, and the block he writes in; forgotten after a minute."""

    owner = "section__report__organization"

    section = models.ForeignKey(Section, models.CASCADE, related_name="presences", verbose_name="mục")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tab = models.CharField(max_length=36)
    block = models.PositiveBigIntegerField(null=True, blank=True)
    seen_at = models.DateTimeField()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "người đang mở mục"
        constraints = [models.UniqueConstraint(fields=("section", "tab"), name="presence_of_tab_once")]
