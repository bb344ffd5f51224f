"""Outlines: the ordered sections a request asks for, as data an officer edits."""

from __future__ import annotations

from django.db import models

from campaigns.models import Campaign, Indicator, Organization
from campaigns.models.owned import OwnedQuerySet

#: Numbering schemes by key: the label style of level 1, 2, 3, … (names of document.numbering.STYLES).
SCHEMES: dict[str, tuple[str, ...]] = {
    "1-a": ("1.", "a)", "-", "+"),
    "I-1-a": ("I.", "1.", "a)", "-", "+"),
    "1-1.1": ("1.", "1.1.", "1.1.1.", "-", "+"),
    "A-I-1-a": ("A.", "I.", "1.", "a)", "-", "+"),
    "part-I-1-a": ("Phần I", "I.", "1.", "a)", "-", "+"),
    "I-dash": ("I-", "-", "+"),
    "dash": ("-", "+"),
}


def scheme_choices() -> list[tuple[str, str]]:
    return [(key, "  ".join(styles)) for key, styles in SCHEMES.items()]


class Part(models.TextChoices):
    OPENING = "opening", "Mở đầu"
    BODY = "body", "Nội dung"
    CLOSING = "closing", "Kết thúc"
    APPENDIX = "appendix", "Phụ lục"


class Outline(models.Model):
    """A named tree of sections; a report copies it and may then differ."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="outlines", verbose_name="đơn vị"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="outlines", verbose_name="phong trào"
    )
    name = models.CharField("tên đề cương", max_length=200)
    scheme = models.CharField("kiểu đánh số", max_length=20, choices=scheme_choices, default="1-a")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "đề cương"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "name"),
                name="outline_name_once",
                violation_error_message="Đề cương này đã có.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OutlineSection(models.Model):
    """A section of an outline; `style` "" takes its level's style from the scheme, `kinds` are keys of KINDS."""

    owner = "outline__organization"

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="sections", verbose_name="đề cương")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    part = models.CharField("vị trí", max_length=10, choices=Part.choices, default=Part.BODY)
    order = models.PositiveIntegerField("thứ tự", default=0)
    heading = models.TextField("tên mục", max_length=1000, blank=True)
    style = models.CharField("kiểu đánh số riêng", max_length=20, blank=True)
    guidance = models.TextField("hướng dẫn viết", max_length=4000, blank=True)
    question = models.CharField(
        "câu hỏi trước khi đánh dấu xong", max_length=300, blank=True, help_text="Ví dụ: Đã đủ số liệu chưa?"
    )
    kinds = models.JSONField("các đoạn gợi ý", default=list, blank=True)
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="outline_sections", verbose_name="số liệu cần có"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "mục của đề cương"
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.heading
