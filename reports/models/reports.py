"""Reports: a frame, a tree of sections, and blocks, the pieces that are saved one at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from campaigns.models import Campaign, Indicator, Organization, Paper, Team, Unit
from campaigns.models.owned import OwnedQuerySet
from campaigns.search import FoldedField

from ..lifecycle import ORDER, Status
from .outlines import Outline, OutlineSection, Part, scheme_choices
from .requests import ReportRequest


def status_choices() -> list[tuple[str, str]]:
    return [(status.value, status.label) for status in Status]


class Following(models.TextChoices):
    """What a report is to the one it follows, which had left the office (NĐ 30 Điều 18.3)."""

    REPLACE = "replace", "Thay thế"
    SUPPLEMENT = "supplement", "Bổ sung"
    CORRECT_FORM = "correct_form", "Đính chính"


class Form(models.TextChoices):
    NAMED = "named", "Báo cáo (có tên loại)"
    LETTER = "letter", "Công văn (V/v báo cáo …)"


class FramePart(models.TextChoices):
    """Parts of the frame an officer may leave out of the page."""

    MOTTO = "motto", "Quốc hiệu, Tiêu ngữ"
    LETTERHEAD = "letterhead", "Tên cơ quan ban hành"
    NUMBER = "number", "Số, ký hiệu"
    PLACE_DATE = "place_date", "Địa danh, ngày tháng"
    TITLE = "title", "Tên loại và trích yếu"
    ADDRESSEES = "addressees", "Kính gửi"
    RECIPIENTS = "recipients", "Nơi nhận"
    SIGNATURES = "signatures", "Khối ký"


class Report(models.Model):
    """A report of one organization. Text fields of the frame hold one printed line per line, "" computes."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="reports", verbose_name="đơn vị"
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="phong trào"
    )
    requests = models.ManyToManyField(
        ReportRequest, blank=True, related_name="reports", verbose_name="trả lời công văn"
    )
    outline = models.ForeignKey(
        Outline, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name="đề cương"
    )
    status = models.CharField(
        "trạng thái", max_length=20, choices=status_choices, default=Status.DRAFT.value, db_index=True
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="drafted_reports",
        verbose_name="người soạn thảo",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="đơn vị soạn thảo"
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_reports",
        verbose_name="người ký",
    )
    # The life of the report: written by reports/workflow.py alone
    round = models.PositiveIntegerField("lần trình", default=0)
    straight = models.BooleanField("trình thẳng lãnh đạo (khẩn)", default=False)
    checks_stand = models.BooleanField("giữ các lần kiểm tra trước", default=False)
    approved = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đã duyệt"
    )
    last_step = models.CharField("bước gần nhất", max_length=30, blank=True)
    last_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_at = models.DateTimeField("bước gần nhất lúc", null=True, blank=True)
    recalled_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="theo sau"
    )
    follows_as = models.CharField("quan hệ", max_length=15, choices=Following.choices, blank=True)
    form = models.CharField("thể loại", max_length=10, choices=Form.choices, default=Form.NAMED)
    scheme = models.CharField("kiểu đánh số", max_length=20, choices=scheme_choices, default="1-a")

    title = models.CharField("tên loại", max_length=100, default="BÁO CÁO", blank=True)
    subject = models.TextField("trích yếu", max_length=2000, help_text="Có thể ngắt thành nhiều dòng.")
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    period_from = models.DateField("kỳ báo cáo từ ngày", null=True, blank=True)
    period_to = models.DateField("đến ngày", null=True, blank=True)
    cut_off = models.DateField("chốt số liệu đến ngày", null=True, blank=True)

    omitted = models.JSONField("phần không in", default=list, blank=True)  # keys of FramePart
    letterhead = models.TextField(
        "tên cơ quan ban hành (khi khác mẫu của đơn vị)", max_length=1000, blank=True
    )
    place_date = models.CharField(
        "địa danh, ngày tháng ghi trên văn bản",
        max_length=150,
        blank=True,
        help_text="Bỏ trống: ghi theo quy định.",
    )
    addressees = models.TextField("kính gửi", max_length=4000, blank=True, help_text="Mỗi dòng một nơi.")
    recipients = models.TextField("nơi nhận", max_length=4000, blank=True, help_text="Mỗi dòng một nơi.")
    urgency = models.CharField("độ khẩn", max_length=30, blank=True)
    circulation = models.CharField("phạm vi lưu hành", max_length=60, blank=True)
    copies = models.CharField("ký hiệu người soạn, số bản", max_length=30, blank=True)
    contact = models.CharField("địa chỉ liên hệ ở chân trang 1", max_length=300, blank=True)

    # A report that came in as a file: outside the register, printed as it was
    is_old = models.BooleanField("văn bản cũ", default=False)
    printed_frame = models.JSONField("thể thức như bản in", default=dict, blank=True)  # a stored Frame
    reading = models.JSONField("kết quả đọc tệp", default=dict, blank=True)  # shapes in reports/imported.py
    made_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="made", verbose_name="lập từ bản"
    )

    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    changed_at = models.DateTimeField("sửa lúc", auto_now_add=True)
    search = FoldedField(of=("code", "title", "subject"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        ordering = ("-changed_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="report_period",
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=F("period_from")),
                violation_error_message="Ngày cuối kỳ không được trước ngày đầu kỳ.",
            ),
            models.CheckConstraint(
                name="report_status_known", condition=Q(status__in=[s.value for s in Status])
            ),
            models.CheckConstraint(
                name="report_approved_has_edition",
                condition=Q(status__in=[s.value for s in Status if ORDER[s] < ORDER[Status.APPROVED]])
                | Q(approved__isnull=False),
            ),
            models.CheckConstraint(
                name="report_sealed_has_number",
                condition=Q(status__in=[s.value for s in Status if ORDER[s] < ORDER[Status.SEALED]])
                | (~Q(number="") & Q(issued_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="report_follows_as_something",
                condition=Q(follows=None, follows_as="") | (Q(follows__isnull=False) & ~Q(follows_as="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title.capitalize()} {self.subject_line}".strip()

    @property
    def code(self) -> str:
        """Number and symbol as one word: 274/BC-UBND; "" before registration."""
        return f"{self.number}/{self.symbol}" if self.number else ""

    @property
    def subject_line(self) -> str:
        return " ".join(self.subject.split())

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_frozen(self) -> bool:
        """Approved or beyond: the text is the approved edition's, whatever the registers say today."""
        return ORDER[Status(self.status)] >= ORDER[Status.APPROVED]


class SignatureBlock(models.Model):
    """Ô 7: lines in capitals, one each, then the other post and the name; joint reports have several."""

    owner = "report__organization"

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="signature_blocks", verbose_name="báo cáo"
    )
    order = models.PositiveIntegerField("thứ tự", default=0)
    lines = models.TextField(
        "quyền hạn, chức vụ", max_length=500, blank=True, help_text="Mỗi dòng một hàng, chữ in hoa."
    )
    role = models.CharField("chức vụ khác", max_length=150, blank=True)
    name = models.CharField("họ và tên người ký", max_length=100, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "khối ký"
        ordering = ("order", "id")


class SectionState(models.TextChoices):
    NOT_STARTED = "not_started", "Chưa bắt đầu"
    WRITING = "writing", "Đang viết"
    DONE = "done", "Xong"


class Section(models.Model):
    """A node of the report's tree. `label` None is computed from the scheme, "" is none, else as printed."""

    owner = "report__organization"

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", verbose_name="báo cáo")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    part = models.CharField("vị trí", max_length=10, choices=Part.choices, default=Part.BODY)
    order = models.PositiveIntegerField("thứ tự", default=0)
    label = models.CharField("số thứ tự in trên văn bản", max_length=30, null=True, blank=True)
    style = models.CharField("kiểu đánh số riêng", max_length=20, blank=True)
    heading = models.TextField("tên mục", max_length=1000, blank=True)
    run_in = models.TextField("nội dung viết liền sau tên mục", max_length=4000, blank=True)
    runs_in = models.BooleanField("đoạn đầu viết liền sau tên mục", default=False)
    reference = models.TextField("dòng “(Kèm theo …)” như bản in", max_length=1000, blank=True)
    landscape = models.BooleanField("in ngang (phụ lục)", default=False)
    guidance = models.TextField("hướng dẫn viết", max_length=4000, blank=True)
    question = models.CharField("câu hỏi trước khi đánh dấu xong", max_length=300, blank=True)
    outline_section = models.ForeignKey(
        OutlineSection, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        "tình trạng", max_length=15, choices=SectionState.choices, default=SectionState.NOT_STARTED
    )

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_sections",
        verbose_name="người viết",
    )
    due = models.DateTimeField("hạn viết", null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "mục"
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.heading or self.get_part_display()


class Block(models.Model):
    """A piece of a section, of one kind (a key of blocks.KINDS); the unit of saving. `version` counts saves."""

    owner = "section__report__organization"

    section = models.ForeignKey(Section, models.CASCADE, related_name="blocks", verbose_name="mục")
    order = models.PositiveIntegerField("thứ tự", default=0)
    kind = models.CharField("loại đoạn", max_length=30)
    content = models.JSONField("nội dung", default=dict)
    reused = models.JSONField("câu lấy từ kỳ trước, chưa xác nhận", default=list, blank=True)
    version = models.PositiveIntegerField("lần lưu", default=0)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người sửa",
    )

    search = FoldedField(of=("words",))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "đoạn"
        ordering = ("order", "id")

    @property
    def words(self) -> str:
        """The texts of the content without markup, one after another: what a search looks through."""
        return html.unescape(_TAGS.sub(" ", " ".join(_texts(self.content))))


_TAGS = re.compile(r"<[^>]*>")


def _texts(content: Any) -> Iterator[str]:
    """Every string of a content, in its order."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


class Mention(models.Model):
    """A paper, team or indicator named in a block: kept as a row so that what is in use cannot be deleted.

    Rewritten in the transaction that saves the block.
    """

    owner = "block__section__report__organization"

    block = models.ForeignKey(Block, models.CASCADE, related_name="mentions")
    order = models.PositiveIntegerField(default=0)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="mentions")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="mentions")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="mentions")
    form = models.CharField(max_length=20, blank=True)
    printed = models.TextField(blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỗ nhắc tới"
        ordering = ("block", "order")
        constraints = [
            models.CheckConstraint(
                name="mention_of_one_thing",
                condition=Q(paper__isnull=False, team=None, indicator=None)
                | Q(paper=None, team__isnull=False, indicator=None)
                | Q(paper=None, team=None, indicator__isnull=False),
            )
        ]
