"""Invitations: the only way an account comes to be, each a link that is good once and for seven days."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..citations import format_date
from .organizations import Membership, Organization, Role, Unit
from .owned import OwnedQuerySet

GOOD_FOR = datetime.timedelta(days=7)
_signer = Signer(sep=".", salt="campaigns.invitation")


def new_secret() -> str:
    return secrets.token_hex(16)


def in_seven_days() -> datetime.datetime:
    """The end of the seventh day from today."""
    day = timezone.localdate() + GOOD_FOR
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


class InvitationQuerySet(OwnedQuerySet):
    def waiting(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; they may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def by_key(self, key: str) -> Invitation | None:
        """The invitation that a link leads to; None when the link was never given or has been renewed since."""
        try:
            pk, _, secret = _signer.unsign(key).partition("-")
        except BadSignature:
            return None
        return self.select_related("organization", "unit", "invited_by").filter(pk=pk, secret=secret).first()


class Invitation(models.Model):
    """A role offered to somebody known by an address. The link is signed, so a copied table opens nothing."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="invitations", verbose_name="đơn vị"
    )
    full_name = models.CharField("họ và tên", max_length=100)
    email = models.EmailField("thư điện tử")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng, bộ phận"
    )
    post = models.CharField("chức vụ", max_length=100, blank=True)
    valid_from = models.DateField("giữ vai trò từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    secret = models.CharField("phần riêng của đường dẫn", max_length=32, default=new_secret, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người mời"
    )
    invited_at = models.DateTimeField("mời lúc", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("dùng được đến", default=in_seven_days, editable=False)
    accepted_at = models.DateTimeField("nhận lúc", null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "lời mời"
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "email", "role"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_waiting_once",
                violation_error_message="Đã có lời mời vai trò này đang chờ; mở lại lời mời đó ở mục Người dùng.",
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_period",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.email})"

    @property
    def key(self) -> str:
        """The part of the link that only its receiver knows."""
        return _signer.sign(f"{self.pk}-{self.secret}")

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def last_day(self) -> str:
        return format_date(timezone.localdate(self.expires_at))

    def refusal(self) -> str:
        """Why the link no longer opens; "" while it does."""
        if self.accepted_at:
            return "Lời mời này đã được nhận. Hãy đăng nhập bằng thư điện tử và mật khẩu đã đặt."
        if self.withdrawn_at:
            return "Lời mời này đã được rút lại. Hãy hỏi người mời."
        if self.is_over:
            return f"Lời mời này đã hết hạn ngày {self.last_day}. Hãy nhờ người mời gửi đường dẫn mới."
        return ""

    def membership(self) -> Membership:
        """The role that is offered, not saved and without its person."""
        return Membership(
            organization=self.organization,
            role=self.role,
            unit=self.unit,
            post=self.post,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
