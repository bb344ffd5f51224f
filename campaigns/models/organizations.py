"""Who there is: organizations, their units, people and the roles they hold from one day to another."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .owned import Actor, OwnedQuerySet, day_or_never


class OrganizationKind(models.TextChoices):
    WARD = "ward", "Phường"
    COMMUNE = "commune", "Xã"
    ZONE = "zone", "Đặc khu"
    CITY = "city", "Ủy ban nhân dân thành phố, tỉnh"
    DEPARTMENT = "department", "Sở, ban, ngành"
    PARTY = "party", "Cơ quan Đảng"
    OTHER = "other", "Cơ quan, tổ chức khác"


class Motto(models.TextChoices):
    NATIONAL = "national", "Quốc hiệu và Tiêu ngữ"
    PARTY = "party", "ĐẢNG CỘNG SẢN VIỆT NAM"
    NONE = "none", "Không có"


class Role(models.TextChoices):
    DRAFTER = "drafter", "Chuyên viên soạn thảo"
    HEAD = "head", "Trưởng phòng, phó trưởng phòng"
    CHIEF_OF_OFFICE = "chief_of_office", "Chánh Văn phòng"
    CLERK = "clerk", "Văn thư"
    LEADER = "leader", "Lãnh đạo ký"
    ADMINISTRATOR = "administrator", "Quản trị đơn vị"


#: Who may be charged with the check of the official form (NĐ 30 Điều 12.2).
FORM_CHECKERS = (Role.CHIEF_OF_OFFICE, Role.CLERK)
#: Roles that may write papers, figures and drafts; a leader reads and decides.
WRITERS = (Role.DRAFTER, Role.HEAD, Role.CHIEF_OF_OFFICE, Role.CLERK, Role.ADMINISTRATOR)
#: Roles that may change what the whole organization shares: people, letterhead, outlines.
KEEPERS = (Role.ADMINISTRATOR, Role.CHIEF_OF_OFFICE)
#: Roles that keep the register of outgoing papers; any of them may be the second person of an act on it.
REGISTRARS = (Role.CLERK, *KEEPERS)
#: Bodies of the lowest level, which keep registers of their own.
WARDS = (OrganizationKind.WARD, OrganizationKind.COMMUNE, OrganizationKind.ZONE)


class OrganizationQuerySet(OwnedQuerySet):
    """Public bodies: every ward cites departments and party bodies; another ward at work here stays unseen."""

    def visible_to(self, actor: Actor) -> OrganizationQuerySet:
        if actor.organization is None:
            return self.none()
        at_work = Organization.objects.filter(kind__in=WARDS, memberships__isnull=False)
        return self.exclude(pk__in=at_work.exclude(pk=actor.organization.pk).values("pk"))

    def kept_by(self, actor: Actor) -> OrganizationQuerySet:
        """Those the actor may change: the own organization, and bodies without people that no other one uses."""
        own = actor.organization.pk if actor.organization else None
        bodies = Organization.objects.exclude(pk=own)
        used = bodies.filter(
            Q(memberships__isnull=False)
            | Q(papers__isnull=False)
            | Q(issued_papers__holder__in=bodies)
            | Q(sent_requests__organization__in=bodies)
            | Q(children__in=bodies)
            | Q(predecessors__in=bodies)
        )
        return self.visible_to(actor).exclude(pk__in=used.values("pk"))


class Organization(models.Model):
    """A body that issues or receives papers. Wards merge, so it has a first and a last day and a successor."""

    owner = "pk"

    code = models.SlugField("mã đơn vị", max_length=40, unique=True)
    kind = models.CharField("loại", max_length=20, choices=OrganizationKind.choices)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=100, blank=True)
    parent_letterhead = models.TextField(
        "cơ quan chủ quản (in trên đầu văn bản)",
        blank=True,
        help_text="Mỗi dòng một hàng. UBND phường không có.",
    )
    letterhead = models.TextField("cơ quan ban hành (in trên đầu văn bản)", help_text="Mỗi dòng một hàng.")
    motto = models.CharField(
        "phần bên phải đầu trang", max_length=10, choices=Motto.choices, default=Motto.NATIONAL
    )
    symbol_code = models.CharField("chữ viết tắt trong ký hiệu", max_length=20, help_text="Ví dụ: UBND.")
    place_name = models.CharField("địa danh", max_length=100, blank=True)
    place_noun = models.CharField(
        "danh từ chung đi kèm địa danh",
        max_length=20,
        blank=True,
        help_text="Chỉ điền (ví dụ: Phường) khi đơn vị mang tên người, chữ số hoặc sự kiện lịch sử.",
    )
    administrative_code = models.CharField("mã đơn vị hành chính", max_length=20, blank=True)
    identifier = models.CharField("mã định danh điện tử", max_length=35, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="cơ quan cấp trên",
    )
    number_first = models.BooleanField(
        "cấp số trước khi ký",
        default=False,
        help_text="Mặc định: lãnh đạo ký rồi văn thư mới cấp số (NĐ 30 Điều 13, 14).",
    )
    form_checker = models.CharField(
        "ai kiểm tra thể thức",
        max_length=20,
        choices=[(role.value, role.label) for role in FORM_CHECKERS],
        default=Role.CHIEF_OF_OFFICE,
    )
    valid_from = models.DateField("hoạt động từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="đơn vị kế thừa",
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan, đơn vị"
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organization_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="organization_not_its_successor",
                condition=Q(successor=None) | ~Q(successor=F("id")),
                violation_error_message="Đơn vị không thể kế thừa chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name used inside sentences."""
        return self.short_name or self.name

    def has_keeper(self, day: datetime.date) -> bool:
        """Whether somebody with an open account may change what the organization shares on that day."""
        held = Membership.objects.on(day).filter(organization=self, role__in=KEEPERS)
        return held.filter(user__is_active=True).exists()

    @property
    def place(self) -> str:
        """Địa danh before the date (NĐ 30 Phụ lục I, II.4): the noun only where the name needs it."""
        return f"{self.place_noun} {self.place_name}".strip()


class Unit(models.Model):
    """A unit inside an organization and its code, as set by the head of the agency (VHXH, VP, …)."""

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="units", verbose_name="đơn vị"
    )
    code = models.CharField("ký hiệu", max_length=20)
    name = models.CharField("tên", max_length=200)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "phòng, bộ phận"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "code"),
                name="unit_code_once",
                violation_error_message="Ký hiệu này đã có.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class UserQuerySet(OwnedQuerySet):
    """People, seen by the organizations they hold a role in."""

    def visible_to(self, actor: Actor) -> UserQuerySet:
        return self.filter(pk__in=Membership.objects.visible_to(actor).values("user"))

    def kept_by(self, actor: Actor) -> UserQuerySet:
        """Accounts the actor's organization may change: nobody else's people, of today or later."""
        over = Q(valid_to__lt=timezone.localdate())
        elsewhere = Membership.objects.exclude(organization=actor.organization).exclude(over)
        return self.visible_to(actor).exclude(pk__in=elsewhere.values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Accounts are known by their e-mail address, compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, **{**extra, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """A person's account. Closed by `is_active`, never deleted: names stay in history."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(
        "thư điện tử", unique=True, error_messages={"unique": "Thư điện tử này đã có tài khoản."}
    )
    full_name = models.CharField("họ và tên", max_length=100)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = UserManager()  # type: ignore[misc, assignment]

    class Meta:
        verbose_name = "tài khoản"
        ordering = ("full_name",)

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class MembershipQuerySet(OwnedQuerySet):
    def on(self, day: datetime.date) -> MembershipQuerySet:
        """Memberships in force on a day."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        )


class Membership(models.Model):
    """One role of one person in one organization, from one day to another; a person may hold several."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="người")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="phòng, bộ phận"
    )
    post = models.CharField("chức vụ", max_length=100, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò của người dùng"
        ordering = ("user__full_name", "role")
        constraints = [
            models.UniqueConstraint(
                "user",
                "organization",
                "role",
                day_or_never("valid_from"),
                name="membership_once",
                violation_error_message="Người này đã giữ vai trò đó từ ngày này.",
            ),
            models.CheckConstraint(
                name="membership_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} - {self.get_role_display()}"
