"""Signed files, version by version; one-time links for tools that sign; images of signatures and seals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Organization
from campaigns.models.owned import OwnedQuerySet

from .editions import Edition
from .reports import Report


class Stage(models.TextChoices):
    APPROVED = "approved", "Bản đã duyệt, chưa ký"
    NUMBERED = "numbered", "Đã điền số, ngày"
    SIGNED = "signed", "Lãnh đạo đã ký"
    SEALED = "sealed", "Cơ quan đã ký"
    COPIED = "copied", "Bản sao y điện tử từ bản giấy"


class Way(models.TextChoices):
    MADE = "made", "Hệ thống tạo"
    SERVER = "server", "Ký tại đây"
    OUTSIDE = "outside", "Ký bên ngoài, nộp lại"
    HELPER = "helper", "Ký bằng công cụ trên máy người ký"


class Match(models.TextChoices):
    SAME_BYTES = "same_bytes", "Khớp từng byte"
    SAME_TEXT = "same_text", "Khớp nội dung, văn thư xác nhận"


class SignedFile(models.Model):
    """One version of the file of an approved edition, never changed and never thrown away: its SHA-256 names it.

    `boxes` (on the first version) are the places kept for signing; `signatures` what was read from the file.
    """

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="signed_files", verbose_name="báo cáo")
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="signed_files", verbose_name="bản đã duyệt"
    )
    stage = models.CharField("giai đoạn", max_length=10, choices=Stage.choices)
    way = models.CharField("cách ký", max_length=10, choices=Way.choices)
    match = models.CharField(
        "so với bản duyệt", max_length=10, choices=Match.choices, default=Match.SAME_BYTES
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xác nhận nội dung",
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    content = models.FileField("tệp", upload_to="signed/%Y/%m")
    boxes = models.JSONField("các ô để ký", default=list, blank=True)
    signatures = models.JSONField("các chữ ký", default=list, blank=True)
    level = models.CharField("mức PAdES", max_length=5, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người",
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "bản ký"
        ordering = ("report", "id")
        constraints = [
            models.UniqueConstraint(fields=("report", "stage", "sha256"), name="signed_file_once"),
            models.CheckConstraint(
                name="signed_file_confirmed_by_somebody",
                condition=~Q(match=Match.SAME_TEXT) | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} ({self.sha256[:8]})"


class Purpose(models.TextChoices):
    DOWNLOAD = "download", "Tải tệp để ký"
    UPLOAD = "upload", "Nộp tệp đã ký"


class SigningLink(models.Model):
    """Leave for a program without a sitting to fetch or hand in one file once, for fifteen minutes.

    Only the token's SHA-256 is kept. A file handed in that matches in content only waits here for a clerk.
    """

    owner = "file__report__organization"

    digest = models.CharField("SHA-256 của mã", max_length=64, unique=True)
    purpose = models.CharField("việc", max_length=10, choices=Purpose.choices)
    stage = models.CharField("giai đoạn sau khi ký", max_length=10, choices=Stage.choices)
    file = models.ForeignKey(SignedFile, models.CASCADE, related_name="links", verbose_name="bản để ký")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người ký"
    )
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("đã dùng lúc", null=True, blank=True)
    waiting = models.FileField("tệp chờ xác nhận", upload_to="signed/waiting/%Y/%m", blank=True)
    answer = models.CharField("kết quả", max_length=1000, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "đường dẫn ký một lần"
        ordering = ("-id",)


class Mark(models.Model):
    """What one person or the agency signs with: the image, and the name on the certificate where it differs.

    `person` None is the agency's seal. The image is shown to nobody but its owner and goes into stamps.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="marks", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="marks",
        verbose_name="người",
    )
    certificate_name = models.CharField(
        "tên ghi trong chứng thư", max_length=200, blank=True, help_text="Chỉ điền khi khác tên ở đây."
    )
    image = models.FileField("ảnh", upload_to="marks", blank=True)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu chữ ký"
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "person"),
                condition=Q(person__isnull=False),
                name="mark_of_person_once",
            ),
            models.UniqueConstraint(
                fields=("organization",), condition=Q(person=None), name="mark_of_agency_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organization)
