"""A sitting of typing: what a person found when he began to write in a report, until it becomes one event."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from campaigns.models.owned import OwnedQuerySet

from .reports import Report


class Sitting(models.Model):
    """One open sitting a report. `before` holds the text of each part touched so far, as it was found:
    {"section:12": {"name": "2. Kết quả", "text": "…"}, "structure": …, "frame": {"name": "…", "fields": {…}}}.
    """

    owner = "report__organization"

    report = models.OneToOneField(Report, models.CASCADE, related_name="sitting", verbose_name="báo cáo")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết"
    )
    began_at = models.DateTimeField("bắt đầu lúc")
    last_at = models.DateTimeField("gõ lần cuối lúc")
    before = models.JSONField("trước", default=dict)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt viết"
