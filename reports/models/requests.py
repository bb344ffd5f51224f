"""Letters that ask for a report: who asks, by when as worded, for which period, in which outline."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from campaigns.models import Campaign, Organization, Paper
from campaigns.models.owned import OwnedQuerySet

from .outlines import Outline


class ReportRequest(models.Model):
    """A department's letter as it reached the ward (register of incoming papers) and what it asks for."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="report_requests", verbose_name="đơn vị trả lời"
    )
    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="report_request", verbose_name="công văn"
    )
    sender = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_requests",
        verbose_name="cơ quan yêu cầu",
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="phong trào"
    )
    outline = models.ForeignKey(
        Outline, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name="đề cương"
    )
    arrival_number = models.CharField("số đến", max_length=10, blank=True)
    arrived_on = models.DateField("ngày đến", null=True, blank=True)
    asked = models.TextField("nội dung yêu cầu", max_length=4000, blank=True)
    deadline_text = models.CharField(
        "thời hạn ghi trong công văn",
        max_length=300,
        blank=True,
        help_text="Ghi đúng lời: trước 16h00 ngày 19/5.",
    )
    deadline = models.DateTimeField("hạn gửi (ngày, giờ)", null=True, blank=True)
    internal_deadline = models.DateTimeField("hạn nội bộ của phường", null=True, blank=True)
    period_from = models.DateField("kỳ báo cáo từ ngày", null=True, blank=True)
    period_to = models.DateField("đến ngày", null=True, blank=True)
    cut_off = models.DateField("chốt số liệu đến ngày", null=True, blank=True)
    channels = models.CharField(
        "cách gửi", max_length=300, blank=True, help_text="Trục liên thông, thư, bản giấy…"
    )
    form_file = models.FileField("biểu số liệu kèm theo (xlsx)", upload_to="forms/%Y/%m", blank=True)
    contact = models.CharField("đầu mối liên hệ", max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "công văn yêu cầu báo cáo"
        ordering = (F("deadline").asc(nulls_last=True), "-id")
        constraints = [
            models.CheckConstraint(
                name="request_period",
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=F("period_from")),
                violation_error_message="Ngày cuối kỳ không được trước ngày đầu kỳ.",
            ),
            models.CheckConstraint(
                name="request_internal_deadline_first",
                condition=Q(internal_deadline=None)
                | Q(deadline=None)
                | Q(internal_deadline__lte=F("deadline")),
                violation_error_message="Hạn nội bộ phải trước hoặc đúng hạn gửi.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.paper)
