"""Hand-overs: the open work of one person given to another on a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.models import Organization
from campaigns.models.owned import OwnedQuerySet


class HandOver(models.Model):
    """Done at once, or when its day comes (`done_at` None until then). `moved`: what went over, in words."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="hand_overs", verbose_name="đơn vị"
    )
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="given_over", verbose_name="người bàn giao"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="taken_over", verbose_name="người nhận"
    )
    day = models.DateField("từ ngày")
    reason = models.CharField("lý do", max_length=300, help_text="Chuyển công tác, nghỉ hưu, nghỉ dài ngày…")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    asked_at = models.DateTimeField("lập lúc", auto_now_add=True)
    done_at = models.DateTimeField("thực hiện lúc", null=True, blank=True)
    moved = models.JSONField("đã chuyển", default=list, blank=True)
    problem = models.CharField("vì sao chưa thực hiện được", max_length=500, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bàn giao công việc"
        ordering = ("-day", "-id")
        constraints = [
            models.CheckConstraint(
                name="hand_over_to_another",
                condition=~Q(giver=F("receiver")),
                violation_error_message="Người nhận phải là người khác.",
            ),
            models.UniqueConstraint(
                fields=("organization", "giver"),
                name="hand_over_waits_once",
                condition=Q(done_at=None),
                violation_error_message="Người này đã có một lần bàn giao đang chờ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} bàn giao cho {self.receiver}"
