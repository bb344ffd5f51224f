"""Opinions on a report, anchored to its words, and notices that tell people it is their turn."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models.owned import OwnedQuerySet

from .editions import Edition
from .reports import Report, Section


class CommentKind(models.TextChoices):
    COMMENT = "comment", "Ý kiến"
    RETURN = "return", "Lý do trả lại"
    ADVICE = "advice", "Ý kiến qua điện thoại, ghi lại"


class Comment(models.Model):
    """What a reader says of a report, of a section, or of `words` in it; answered below, resolved, never deleted.

    `kind` advice: given by `given_by` outside the app and noted by `by`; it never counts as an approval.
    """

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="comments", verbose_name="báo cáo")
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="comments", verbose_name="mục"
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name="bản trình"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name="trả lời cho"
    )
    kind = models.CharField("loại", max_length=10, choices=CommentKind.choices, default=CommentKind.COMMENT)
    words = models.CharField("về những chữ", max_length=500, blank=True)
    text = models.TextField("ý kiến", max_length=4000)
    given_by = models.CharField("người cho ý kiến", max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("đã xử lý lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến"
        ordering = ("report", "id")
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_resolved_by_someone",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_advice_from_someone", condition=~Q(kind="advice") | ~Q(given_by="")
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Notice(models.Model):
    """One thing told to one person once: `cause` names the event, so it is never told twice; the act ends it."""

    owner = "report__organization"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    report = models.ForeignKey(Report, models.CASCADE, related_name="notices", verbose_name="báo cáo")
    cause = models.CharField("vì", max_length=60)
    text = models.CharField("nội dung", max_length=300)
    at = models.DateTimeField("lúc", auto_now_add=True)
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("gửi thư lúc", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("user", "report", "cause"), name="notice_once"),
        ]
        indexes = [
            models.Index(fields=("user",), condition=Q(ended_at=None), name="notice_open"),
        ]

    def __str__(self) -> str:
        return self.text
