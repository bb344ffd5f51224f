"""The register of papers: every plan, decision, letter or law a report may name, typed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce, ExtractYear

from .. import citations
from ..search import FoldedField
from .campaigns import Campaign
from .organizations import Organization
from .owned import OwnedQuerySet

if TYPE_CHECKING:
    import datetime


def year_or_zero(field: str) -> Coalesce:
    """A date's year for a unique constraint; the cast tells PostgreSQL what a missing date is a lack of."""
    return Coalesce(ExtractYear(Cast(field, models.DateField())), 0)


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.name, kind.name[:1].upper() + kind.name[1:]) for kind in citations.KINDS.values()]


class Paper(models.Model):
    """One paper in one organization's register. Number, symbol and date may each be missing."""

    owner = "holder"

    holder = models.ForeignKey(
        Organization, models.PROTECT, related_name="papers", verbose_name="thuộc sổ của"
    )
    kind = models.CharField("loại văn bản", max_length=40, choices=kind_choices)
    number = models.CharField("số", max_length=20, blank=True, help_text="Giữ nguyên số 0 ở đầu, ví dụ 06.")
    symbol = models.CharField(
        "ký hiệu", max_length=60, blank=True, help_text="Ví dụ: KH-UBND; văn bản của Đảng: KH/ĐU."
    )
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_printed = models.CharField(
        "ngày ghi trên văn bản",
        max_length=40,
        blank=True,
        help_text="Chỉ điền khi ngày không đầy đủ: 12/2025.",
    )
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    issuers = models.ManyToManyField(
        Organization, blank=True, related_name="issued_papers", verbose_name="cơ quan ban hành trong danh mục"
    )
    subject = models.TextField("trích yếu", max_length=2000, blank=True, help_text="Không ghi “về việc”.")
    campaigns = models.ManyToManyField(
        Campaign, blank=True, related_name="papers", verbose_name="thuộc phong trào"
    )
    in_force = models.BooleanField("còn hiệu lực", default=True)
    file = models.FileField("bản chụp hoặc tệp", upload_to="papers/%Y/%m", blank=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    search = FoldedField(of=("code", "kind", "issuer", "subject", "note"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        ordering = (F("issued_on").desc(nulls_last=True), "-id")
        constraints = [
            models.UniqueConstraint(
                "holder",
                "number",
                "symbol",
                "issuer",
                year_or_zero("issued_on"),
                name="paper_once",
                condition=~Q(number=""),
                violation_error_message="Văn bản có số, ký hiệu, cơ quan ban hành và năm này đã có trong sổ.",
            )
        ]

    def __str__(self) -> str:
        return citations.short(self.citation)

    @property
    def code(self) -> str:
        """Number and symbol as one word: 98/KH-UBND."""
        return citations.code_of(self.number, self.symbol)

    @property
    def citation(self) -> citations.Citation:
        return citations.Citation(
            kind=self.kind,
            number=self.number,
            symbol=self.symbol,
            date=cast("datetime.date | None", self.issued_on),
            issuer=self.issuer,
            subject=self.subject,
            dated=self.issued_printed,
        )

    @property
    def full_citation(self) -> str:
        return citations.full(self.citation)


class KindManager(models.Manager.from_queryset(OwnedQuerySet)):  # type: ignore[misc]
    """Papers of the kinds named by the proxy model."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(kind__in=self.model.kinds)


class Plan(Paper):
    kinds = ("kế hoạch", "chương trình", "chương trình hành động", "phương án", "đề án")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = "kế hoạch"


class Decision(Paper):
    kinds = ("quyết định",)
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = "quyết định"


class Dispatch(Paper):
    kinds = ("công văn", "công điện")
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name = "công văn"


class LinkKind(models.TextChoices):
    CARRIES_OUT = "carries_out", "thực hiện"
    AMENDS = "amends", "sửa đổi, bổ sung"
    REPLACES = "replaces", "thay thế"
    REFORMS = "reforms", "kiện toàn"


class PaperLink(models.Model):
    """What one paper does to another: carries out, amends, replaces, re-forms."""

    owner = "source__holder"

    source = models.ForeignKey(Paper, models.CASCADE, related_name="links", verbose_name="văn bản")
    kind = models.CharField("quan hệ", max_length=20, choices=LinkKind.choices)
    target = models.ForeignKey(Paper, models.PROTECT, related_name="linked_from", verbose_name="văn bản kia")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "quan hệ giữa hai văn bản"
        constraints = [
            models.UniqueConstraint(fields=("source", "kind", "target"), name="paper_link_once"),
            models.CheckConstraint(
                name="paper_link_to_other",
                condition=~Q(source=F("target")),
                violation_error_message="Văn bản không thể có quan hệ với chính nó.",
            ),
        ]
