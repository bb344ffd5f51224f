"""How far an organization has come in setting itself up, and what was typed there and not yet saved."""

from __future__ import annotations

from django.db import models

from .organizations import Organization
from .owned import OwnedQuerySet


class Setup(models.Model):
    """`done` are the keys of finished steps; `drafts` step -> what was typed, as a form sends it."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="setup", verbose_name="đơn vị"
    )
    done = models.JSONField("các bước đã xong", default=list, blank=True)
    drafts = models.JSONField("chữ đã gõ chưa lưu", default=dict, blank=True)
    finished_at = models.DateTimeField("thiết lập xong lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "thiết lập đơn vị"

    def __str__(self) -> str:
        return f"Thiết lập {self.organization}"
