"""What is counted, and the values counted: an indicator says what a number means, a reading holds one."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ..citations import format_date
from ..search import FoldedField
from .campaigns import Campaign
from .organizations import Organization, Unit
from .owned import OwnedQuerySet
from .papers import Paper
from .teams import Neighbourhood


class Measure(models.TextChoices):
    COUNT = "count", "Số lượng"
    RATIO = "ratio", "Tỷ số (27/27)"
    PERCENT = "percent", "Tỷ lệ phần trăm"


class Accumulation(models.TextChoices):
    SNAPSHOT = "snapshot", "Tại một thời điểm"
    IN_PERIOD = "in_period", "Phát sinh trong kỳ"
    CUMULATIVE = "cumulative", "Lũy kế"


class Indicator(models.Model):
    """One meaning for one number. How it accumulates is frozen once readings exist (features C4)."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="indicators", verbose_name="đơn vị"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="phong trào"
    )
    code = models.CharField("mã", max_length=30)
    name = models.CharField("tên nội dung số liệu", max_length=300)
    definition = models.TextField("cách tính", max_length=1000, blank=True)
    unit = models.CharField("đơn vị tính", max_length=50, blank=True, help_text="người, tổ, tài khoản…")
    measure = models.CharField("dạng số liệu", max_length=10, choices=Measure.choices, default=Measure.COUNT)
    accumulation = models.CharField(
        "cách cộng theo thời gian", max_length=12, choices=Accumulation.choices, default=Accumulation.SNAPSHOT
    )
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    source = models.CharField("nguồn số liệu", max_length=300, blank=True)
    keeper = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="bộ phận phụ trách",
    )
    target = models.DecimalField(
        "chỉ tiêu giao",
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Không phải kết quả.",
    )
    target_due = models.DateField("hạn đạt chỉ tiêu", null=True, blank=True)
    target_paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="văn bản giao chỉ tiêu",
    )
    order = models.PositiveIntegerField("thứ tự", default=0)
    search = FoldedField(of=("code", "name", "definition"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "nội dung số liệu"
        ordering = ("order", "code")
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "code"),
                name="indicator_code_once",
                violation_error_message="Mã này đã có.",
            ),
            models.CheckConstraint(
                name="indicator_decimals",
                condition=Q(decimals__lte=4),
                violation_error_message="Số chữ số thập phân từ 0 đến 4.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.pk is None:
            return
        before = Indicator.objects.filter(pk=self.pk).values("measure", "accumulation").first()
        frozen = before and self.readings.exists()
        for field in ("measure", "accumulation"):
            if frozen and before[field] != getattr(self, field):
                raise ValidationError(
                    {field: "Đã có số liệu nên không đổi được; hãy tạo nội dung số liệu mới."}
                )


class Reading(models.Model):
    """One value for one place and period. `value` None with no numerator means "no figure yet", never zero.

    A count uses `value`; ratio and percent use `numerator` and `denominator`, the percent is computed.
    """

    owner = "indicator__organization"

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="readings", verbose_name="nội dung số liệu"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name="tổ dân phố",
        help_text="Bỏ trống: số của toàn phường.",
    )
    period_from = models.DateField("kỳ từ ngày")
    period_to = models.DateField("đến ngày")
    as_of = models.DateField("số liệu đến ngày")
    value = models.DecimalField("kết quả", max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(
        "tử số", max_digits=18, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    denominator = models.DecimalField(
        "mẫu số", max_digits=18, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    source = models.CharField("nguồn", max_length=300, blank=True)
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name="văn bản chứng minh",
    )
    evidence = models.FileField("tệp minh chứng", upload_to="evidence/%Y/%m", blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu"
        ordering = ("-period_to", "neighbourhood__order", "id")
        constraints = [
            models.UniqueConstraint(
                "indicator",
                Coalesce("neighbourhood", 0),
                "period_from",
                "period_to",
                name="reading_once",
                violation_error_message="Đã có số liệu của nơi này trong kỳ này.",
            ),
            models.CheckConstraint(
                name="reading_period",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message="Ngày cuối kỳ không được trước ngày đầu kỳ.",
            ),
            models.CheckConstraint(
                name="reading_part_of_whole",
                condition=Q(numerator=None) | Q(denominator=None) | Q(numerator__lte=F("denominator")),
                violation_error_message="Tử số không được lớn hơn mẫu số.",
            ),
            models.CheckConstraint(
                name="reading_whole_above_zero",
                condition=Q(denominator=None) | Q(denominator__gt=0),
                violation_error_message="Mẫu số phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="reading_both_or_neither",
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False),
                violation_error_message="Phải có cả tử số và mẫu số, hoặc bỏ trống cả hai khi chưa có số liệu.",
            ),
            models.CheckConstraint(
                name="reading_one_form",
                condition=Q(value=None) | Q(numerator=None),
                violation_error_message="Chỉ điền kết quả, hoặc tử số và mẫu số.",
            ),
        ]

    def __str__(self) -> str:
        return f"kỳ {format_date(self.period_from)} đến {format_date(self.period_to)}"

    @property
    def is_missing(self) -> bool:
        """No figure yet: a state of its own."""
        return self.value is None and self.numerator is None

    @property
    def percent(self) -> Decimal | None:
        """Always computed, never typed (features C2)."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator * 100 / self.denominator
