"""Files made from a report's tree, kept by the key of what they were made from."""

from __future__ import annotations

from django.db import models

from campaigns.models.owned import OwnedQuerySet

from .reports import Report


class FileState(models.TextChoices):
    QUEUED = "queued", "Đang tạo"
    READY = "ready", "Đã có"
    FAILED = "failed", "Không tạo được"


class File(models.Model):
    """One rendering. `key` is the SHA-256 of tree, layout, engine and fonts, so an unchanged report is never
    rendered twice and a changed one never served from an old copy."""

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    format = models.CharField(max_length=10)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.QUEUED)
    content = models.FileField(upload_to="renderings/%Y/%m", blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        constraints = [models.UniqueConstraint(fields=("report", "format", "key"), name="file_once")]
