"""Word files that came back: a report corrected in Word, kept until its differences are taken or left."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from campaigns.models.owned import OwnedQuerySet

from .reports import Report


class WordReturn(models.Model):
    """A corrected Word file of a report. `left`: keys of differences the officer chose to leave."""

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="word_returns", verbose_name="báo cáo")
    file = models.FileField("bản Word", upload_to="returns/%Y/%m")
    name = models.CharField("tên tệp", max_length=200)
    left = models.JSONField("chỗ để nguyên", default=list, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nạp"
    )
    at = models.DateTimeField("nạp lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bản Word nạp lại"
        ordering = ("-at", "-id")
