"""Tables taken in from Excel: the file, what is wrong with it, and what it changes, before and after."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from .organizations import Organization
from .owned import OwnedQuerySet

LATE = datetime.timedelta(minutes=5)


class ImportState(models.TextChoices):
    CHECKING = "checking", "Đang kiểm tra"
    FAULTY = "faulty", "Có lỗi, chưa ghi"
    CHECKED = "checked", "Chờ xác nhận"
    APPLYING = "applying", "Đang ghi"
    APPLIED = "applied", "Đã ghi"
    FAILED = "failed", "Không đọc được"


class SheetImport(models.Model):
    """One table on its way into the registers. `sheet` is a key of campaigns.sheets.SHEETS.

    `faults`: [{"row", "column", "words"}] (column "" for the whole row); `changes`: [{"row", "act": "add", "change"
    or "same", "name", "before", "after"}], the last two label -> words. Both are what the dry run found; `plan` is
    the digest of the changes, so that what was shown is what is written.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="sheet_imports", verbose_name="đơn vị"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheet_imports", verbose_name="người nhập"
    )
    sheet = models.CharField("bảng", max_length=20)
    name = models.CharField("tên tệp", max_length=150)
    file = models.FileField("tệp", upload_to="imports/%Y/%m", max_length=200)
    state = models.CharField(
        "tình trạng", max_length=10, choices=ImportState.choices, default=ImportState.CHECKING
    )
    total = models.PositiveIntegerField("số dòng", default=0)
    done = models.PositiveIntegerField("số dòng đã xem", default=0)
    faults = models.JSONField("lỗi", default=list, blank=True)
    changes = models.JSONField("thay đổi", default=list, blank=True)
    plan = models.CharField("mã băm thay đổi", max_length=64, blank=True)
    error = models.CharField("lý do không đọc được", max_length=300, blank=True)
    created_at = models.DateTimeField("lúc nhận", auto_now_add=True)
    applied_at = models.DateTimeField("lúc ghi", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng nhập"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_late(self) -> bool:
        """Busy for so long that its worker may have stopped."""
        return self.is_busy and timezone.now() - self.created_at > LATE

    @property
    def is_busy(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.APPLYING)
