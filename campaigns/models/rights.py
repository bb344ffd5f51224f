"""Who may sign for an organization, who is away, and who stands in for whom, each from one day to another."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ..citations import format_date
from .campaigns import Campaign
from .organizations import Organization, Role, Unit, User
from .owned import OwnedQuerySet, day_or_never
from .papers import Paper
from .teams import in_force_on

BACKWARDS = "Ngày kết thúc không được trước ngày bắt đầu."


class RightKind(models.TextChoices):
    """By what a person signs (NĐ 30/2020/NĐ-CP, Điều 13; Phụ lục I, II.7)."""

    CHAIRMAN = "chairman", "Người đứng đầu"
    DEPUTY = "deputy", "Cấp phó ký thay (KT.)"
    ACTING = "acting", "Quyền cấp trưởng (Q.)"
    BY_ORDER = "by_order", "Ký thừa lệnh (TL.)"
    AUTHORISED = "authorised", "Ký thừa ủy quyền (TUQ.)"


#: Those who sign as the head of the organization.
HEADS = (RightKind.CHAIRMAN, RightKind.ACTING)
#: Rights that reach no further than the units and campaigns they name.
LIMITED = (RightKind.BY_ORDER, RightKind.AUTHORISED)
#: Roles another person may hold for a while (a leader's place is taken by another signing right).
STOOD_IN = (Role.CLERK, Role.HEAD, Role.CHIEF_OF_OFFICE)


class DatedQuerySet(OwnedQuerySet):
    """Rows with `valid_from` and `valid_to`."""

    def on(self, day: datetime.date) -> DatedQuerySet:
        """Those in force on a day."""
        return self.filter(in_force_on(day))


class SigningRight(models.Model):
    """One person's right to sign and the authority lines above the name, from one day to another."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="signing_rights", verbose_name="đơn vị"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="signing_rights", verbose_name="người ký")
    kind = models.CharField("ký với tư cách", max_length=15, choices=RightKind.choices)
    lines = models.TextField(
        "quyền hạn, chức vụ in trên văn bản", max_length=300, help_text="Mỗi dòng một hàng, chữ in hoa."
    )
    role = models.CharField(
        "chức vụ khác", max_length=150, blank=True, help_text="In ngay trên họ tên, nếu có."
    )
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signing_rights",
        verbose_name="văn bản phân công, ủy quyền (trong sổ)",
    )
    notice = models.CharField(
        "văn bản phân công, ủy quyền (chưa có trong sổ)",
        max_length=500,
        blank=True,
        help_text="Số, ký hiệu, ngày: Thông báo số 12/TB-UBND ngày 02/7/2025.",
    )
    units = models.ManyToManyField(
        Unit, blank=True, related_name="signing_rights", verbose_name="ký báo cáo của phòng, bộ phận"
    )
    campaigns = models.ManyToManyField(
        Campaign, blank=True, related_name="signing_rights", verbose_name="phụ trách phong trào"
    )
    scope = models.TextField(
        "lĩnh vực, phạm vi được ký", max_length=1000, blank=True, help_text="Ghi như trong văn bản phân công."
    )
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "quyền ký"
        ordering = ("person__full_name", "id")
        constraints = [
            models.UniqueConstraint(
                "organization",
                "person",
                "kind",
                "lines",
                day_or_never("valid_from"),
                name="signing_right_once",
                violation_error_message="Người này đã có quyền ký đó từ ngày này.",
            ),
            models.CheckConstraint(
                name="signing_right_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=BACKWARDS,
            ),
            models.CheckConstraint(name="signing_right_lines", condition=~Q(lines="")),
            models.CheckConstraint(
                # NĐ 30/2020/NĐ-CP, Điều 13.4: in writing, for a limited time, with what is authorised
                name="signing_right_authorised_in_writing",
                condition=~Q(kind="authorised")
                | (
                    (Q(paper__isnull=False) | ~Q(notice=""))
                    & ~Q(scope="")
                    & Q(valid_from__isnull=False)
                    & Q(valid_to__isnull=False)
                ),
                violation_error_message="Ký thừa ủy quyền phải có văn bản ủy quyền, phạm vi, ngày đầu và ngày cuối.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_kind_display()}"

    @property
    def source(self) -> str:
        """The paper that gives the right, as words; "" when none is named."""
        return str(self.paper) if self.paper else self.notice


class Absence(models.Model):
    """A person is away; another one is then proposed to sign."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="absences", verbose_name="đơn vị"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name="người vắng mặt")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True, help_text="Bỏ trống: chưa rõ ngày về.")
    reason = models.CharField("lý do", max_length=200, blank=True, help_text="Nghỉ phép, đi họp, đi học…")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày vắng mặt"
        ordering = ("-valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "person", "valid_from"),
                name="absence_once",
                violation_error_message="Đã ghi người này vắng mặt từ ngày đó.",
            ),
            models.CheckConstraint(
                name="absence_period",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=BACKWARDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} vắng mặt từ {format_date(self.valid_from)}"


class StandIn(models.Model):
    """One person holds the role of another for some days. `unit` None: the absent person has no unit."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="stand_ins", verbose_name="đơn vị"
    )
    role = models.CharField(
        "làm thay vai trò",
        max_length=20,
        choices=[(role.value, role.label) for role in STOOD_IN],
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="stand_ins", verbose_name="phòng, bộ phận"
    )
    absent = models.ForeignKey(
        User, models.PROTECT, related_name="stood_in_by", verbose_name="người vắng mặt"
    )
    person = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in_for", verbose_name="người làm thay"
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày")
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name="văn bản giao làm thay (trong sổ)",
    )
    notice = models.CharField("văn bản hoặc ý kiến giao làm thay", max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "việc làm thay"
        ordering = ("-valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                "organization",
                "absent",
                "person",
                "role",
                Coalesce("unit", 0),
                "valid_from",
                name="stand_in_once",
                violation_error_message="Việc làm thay này đã có từ ngày đó.",
            ),
            models.CheckConstraint(
                name="stand_in_period",
                condition=Q(valid_to__gte=F("valid_from")),
                violation_error_message=BACKWARDS,
            ),
            models.CheckConstraint(
                name="stand_in_for_another",
                condition=~Q(absent=F("person")),
                violation_error_message="Không ai làm thay cho chính mình.",
            ),
            models.CheckConstraint(
                name="stand_in_role", condition=Q(role__in=[role.value for role in STOOD_IN])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} thay {self.absent} ({self.get_role_display()})"
