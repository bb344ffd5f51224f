"""Editions: the tree of a report as it was handed over, its digest, and who put initials or proof beside it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from campaigns.models.owned import OwnedQuerySet

from .reports import Report


class Edition(models.Model):
    """A report's text at one hand-over. `tree` is `document.store` data with every slot empty.

    `digest` is the SHA-256 of that tree, so an approved text and the one issued from it have the same one;
    `chain_head` is the hash of the report's last event before it, so the log cannot be cut behind an approval.
    """

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="editions", verbose_name="báo cáo")
    round = models.PositiveIntegerField("lần trình")
    step = models.CharField("bước", max_length=30)
    tree = models.JSONField("cây văn bản")
    digest = models.CharField("mã kiểm tra", max_length=64)
    chain_head = models.CharField("sự kiện liền trước", max_length=64, blank=True)
    # Shape in reports/sending/figures.py
    figures = models.JSONField("số liệu lúc duyệt", null=True, blank=True)
    explanation = models.TextField("lý do bỏ qua lỗi", max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người")
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bản trình"
        ordering = ("report", "id")
        indexes = [models.Index(fields=("report", "digest"), name="edition_of_digest")]

    def __str__(self) -> str:
        return f"Bản trình lần {self.round}"


class Check(models.TextChoices):
    CONTENT = "content", "Kiểm tra nội dung"
    FORM = "form", "Kiểm tra thể thức"


class Initial(models.Model):
    """Ký nháy: who answers for the content or the form of which edition (NĐ 30 Điều 12); undone, never erased."""

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="initials", verbose_name="báo cáo")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="initials", verbose_name="bản trình")
    kind = models.CharField("việc kiểm tra", max_length=10, choices=Check.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người")
    behalf = models.CharField("thay cho", max_length=200, blank=True)
    at = models.DateTimeField("lúc", auto_now_add=True)
    undone_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "ký nháy"
        ordering = ("report", "id")


class Evidence(models.Model):
    """What shows that an act outside the app happened: the scan of the signed paper, the receipt of a sending."""

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence", verbose_name="báo cáo")
    step = models.CharField("bước", max_length=30)
    channel = models.CharField("cách làm", max_length=100, blank=True)
    happened_at = models.DateTimeField("lúc")
    file = models.FileField("bản chụp, biên nhận", upload_to="evidence/%Y/%m", blank=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bằng chứng"
        ordering = ("report", "id")
