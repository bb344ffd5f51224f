"""Sendings of an issued report, one a channel and recipient, and what arrives on the other side."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Organization
from campaigns.models.owned import OwnedQuerySet

from .connections import Token
from .editions import Edition, Evidence
from .reports import Following, Report


class Channel(models.TextChoices):
    """Ways a report leaves; the first four are done outside and recorded here."""

    CITY = "city", "Hệ thống quản lý văn bản và điều hành của thành phố"
    REPORTING = "reporting", "Hệ thống thông tin báo cáo"
    MAIL = "mail", "Thư điện tử công vụ"
    PAPER = "paper", "Bản giấy, bưu điện hoặc nộp trực tiếp"
    OTHER = "other", "Cách khác"
    HERE = "here", "Chuyển ngay trong phần mềm này"
    HTTP = "http", "Kết nối máy với máy (API)"


#: Channels that carry the package themselves, so that nobody has to record them.
CARRYING = (Channel.HERE, Channel.HTTP)


class Code(models.TextChoices):
    """Status codes of exchanged papers (QĐ 28/2018/QĐ-TTg)."""

    ARRIVED = "01", "Đã đến"
    REFUSED = "02", "Từ chối tiếp nhận"
    ACCEPTED = "03", "Đã tiếp nhận"
    ASSIGNED = "04", "Đã phân công xử lý"
    IN_HAND = "05", "Đang xử lý"
    DONE = "06", "Đã hoàn thành"
    ASKED_BACK = "13", "Yêu cầu lấy lại"
    GIVEN_BACK = "15", "Đồng ý cho lấy lại"
    KEPT = "16", "Từ chối cho lấy lại"


#: Codes about taking a paper back: they leave the code of its handling as it is.
RECALLS = (Code.ASKED_BACK, Code.GIVEN_BACK, Code.KEPT)
HANDLING = tuple(code for code in Code if code not in RECALLS)


class Answered(models.Model):
    """What the recipient said: the last code of handling, the last about recall, and all of them in order.

    `codes` is a list of {"code", "at" (ISO 8601), "reason", "by"}; written by reports/sending/ledger.py alone.
    """

    code = models.CharField("trạng thái", max_length=2, choices=Code.choices, blank=True)
    code_at = models.DateTimeField("trạng thái lúc", null=True, blank=True)
    recall = models.CharField("lấy lại", max_length=2, choices=Code.choices, blank=True)
    codes = models.JSONField("các trạng thái", default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def codes_told(self) -> list[dict[str, Any]]:
        """The codes with their labels and hours, for pages."""
        return [
            {**told, "label": Code(told["code"]).label, "at": datetime.datetime.fromisoformat(told["at"])}
            for told in self.codes
        ]

    @property
    def is_accepted(self) -> bool:
        return self.code in (Code.ACCEPTED, Code.ASSIGNED, Code.IN_HAND, Code.DONE)


class Sending(Answered):
    """One sending of a report: by which way, to whom, at what hour, with what receipt, and what became of it.

    `key` names it on the other side, so that a package sent twice is taken in once. A carried sending has no
    `sent_at` until the other side has answered; `package` is kept so that every try sends the same bytes.
    """

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="sendings", verbose_name="báo cáo")
    key = models.UUIDField("khóa", unique=True, default=uuid.uuid4, editable=False)
    channel = models.CharField("cách gửi", max_length=10, choices=Channel.choices)
    recipient = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="received_sendings",
        verbose_name="nơi nhận",
    )
    address = models.CharField("địa chỉ, hộp thư, người nhận", max_length=300, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã duyệt"
    )
    evidence = models.OneToOneField(
        Evidence,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sending",
        verbose_name="biên nhận khi gửi",
    )
    confirmation = models.OneToOneField(
        Evidence, models.PROTECT, null=True, blank=True, related_name="confirmed", verbose_name="xác nhận"
    )
    package = models.FileField("hồ sơ gửi", upload_to="packages/%Y/%m", blank=True)
    package_sha256 = models.CharField("SHA-256 của hồ sơ", max_length=64, blank=True)
    receipt = models.JSONField("biên nhận của máy nhận", default=dict, blank=True)
    attempts = models.PositiveIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    error = models.TextField("lỗi gần nhất", max_length=1000, blank=True)
    stopped_at = models.DateTimeField("thôi gửi lúc", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    made_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gửi"
        ordering = ("report", "id")
        constraints = [
            models.CheckConstraint(
                name="sending_has_its_hour",
                condition=Q(channel__in=[channel.value for channel in CARRYING]) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="sending_carried_to_somebody",
                condition=~Q(channel__in=[channel.value for channel in CARRYING])
                | Q(recipient__isnull=False),
            ),
            models.CheckConstraint(
                name="sending_code_known", condition=Q(code__in=["", *[code.value for code in Code]])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.to}" if self.to else self.get_channel_display()

    @property
    def to(self) -> str:
        """The recipient as shown: the body, else the address typed."""
        return self.recipient.called if self.recipient else self.address

    @property
    def is_carried(self) -> bool:
        return self.channel in CARRYING

    @property
    def is_waiting(self) -> bool:
        """On its way: the other side has not answered yet, and nobody gave up."""
        return self.sent_at is None and self.stopped_at is None


class Arrival(Answered):
    """A package as it reached an organization here: from the same installation, or over HTTP with a token.

    `due` is the deadline as the sender's copy of the letter has it; `faults` says where the package is not what
    its manifest promises, none when whole; `edition_digest` is computed from the tree inside.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="arrivals", verbose_name="nơi nhận"
    )
    sender = models.ForeignKey(
        Organization, models.PROTECT, related_name="sent_arrivals", verbose_name="nơi gửi"
    )
    key = models.UUIDField("khóa")
    sending = models.OneToOneField(
        Sending, models.SET_NULL, null=True, blank=True, related_name="arrival", verbose_name="lần gửi"
    )
    token = models.ForeignKey(
        Token, models.PROTECT, null=True, blank=True, related_name="arrivals", verbose_name="khóa kết nối"
    )
    report_code = models.CharField("số, ký hiệu", max_length=90)
    subject = models.TextField("trích yếu", max_length=2000, blank=True)
    issued_on = models.DateField("ngày văn bản")
    letter_code = models.CharField("trả lời công văn", max_length=90, blank=True)
    letter_date = models.DateField("ngày công văn", null=True, blank=True)
    due = models.DateTimeField("hạn gửi", null=True, blank=True)
    follows_as = models.CharField("quan hệ", max_length=15, choices=Following.choices, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="theo sau"
    )
    follows_code = models.CharField("số của văn bản trước", max_length=90, blank=True)
    package = models.FileField("hồ sơ", upload_to="arrivals/%Y/%m")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("số byte")
    edition_digest = models.CharField("mã nội dung", max_length=64, blank=True)
    faults = models.JSONField("chỗ không khớp", default=list, blank=True)
    arrived_at = models.DateTimeField("đến lúc")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo đến"
        ordering = ("-arrived_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("organization", "sender", "key"), name="arrival_once"),
            models.CheckConstraint(
                name="arrival_code_known", condition=Q(code__in=["", *[code.value for code in Code]])
            ),
        ]
        indexes = [models.Index(fields=("organization", "letter_code"), name="arrival_of_letter")]

    def __str__(self) -> str:
        return f"{self.report_code}: {self.subject}"

    @property
    def is_on_time(self) -> bool | None:
        """Whether it came by the deadline; None where none was named."""
        return None if self.due is None else self.arrived_at <= self.due
