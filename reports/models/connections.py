"""Connections between installations: whose token is taken in here, and where ours is used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.models import Organization
from campaigns.models.owned import OwnedQuerySet


class Token(models.Model):
    """Leave for a partner's machine to hand in packages and status codes to one organization here.

    Only the SHA-256 of the token is kept: it is 32 random bytes, so nothing can be guessed from it.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="tokens", verbose_name="đơn vị nhận"
    )
    partner = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="+",
        verbose_name="cơ quan được cấp",
        help_text="Cơ quan mà máy của họ dùng khóa này.",
    )
    name = models.CharField("tên gợi nhớ", max_length=100, help_text="Ví dụ: máy chủ của Sở, cấp tháng 5.")
    digest = models.CharField("SHA-256 của khóa", max_length=64, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cấp"
    )
    made_at = models.DateTimeField("cấp lúc", auto_now_add=True)
    used_at = models.DateTimeField("dùng gần nhất", null=True, blank=True)
    ended_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "khóa kết nối"
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="token_for_a_partner",
                condition=~Q(partner=F("organization")),
                violation_error_message="Khóa cấp cho cơ quan khác, không cho chính đơn vị.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Connection(models.Model):
    """Where a partner's installation answers, and the token it gave us, kept encrypted."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="connections", verbose_name="đơn vị gửi"
    )
    partner = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name="cơ quan ở đầu bên kia"
    )
    address = models.URLField(
        "địa chỉ", max_length=300, help_text="Ví dụ: https://baocao.so.example (không kèm đường dẫn)."
    )
    secret = models.TextField("khóa đã mã hóa", max_length=1000)
    made_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "kết nối"
        ordering = ("partner__name",)
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "partner"),
                name="connection_once",
                violation_error_message="Cơ quan này đã có kết nối.",
            ),
            models.CheckConstraint(
                name="connection_to_a_partner",
                condition=~Q(partner=F("organization")),
                violation_error_message="Kết nối tới cơ quan khác, không tới chính đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner.called} ({self.address})"
