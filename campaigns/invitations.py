"""Offering a role to somebody: by a link to copy into a chat, and by mail where the office sends mail."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from . import changes, events
from .models import Invitation, Membership, User
from .models.invitations import in_seven_days, new_secret
from .models.owned import Actor

log = logging.getLogger(__name__)
TAKEN = "Lời mời này vừa được dùng hoặc rút lại."


class Refused(Exception):
    """An invitation that cannot be accepted any more; its words are for the person."""


def link_of(request: HttpRequest, invitation: Invitation) -> str:
    return request.build_absolute_uri(reverse("invitation_accept", args=[invitation.key]))


def message_of(invitation: Invitation, link: str) -> str:
    """What the administrator copies into a chat, and what is mailed."""
    held = invitation.post or invitation.get_role_display()
    return (
        f"Chào {invitation.full_name},\n\n"
        f"{invitation.invited_by} mời bạn dùng phần mềm Báo cáo của {invitation.organization} "
        f"với vai trò {held}.\n"
        f"Từ nay đến hết ngày {invitation.last_day}, mở đường dẫn sau để đặt mật khẩu và bắt đầu:\n\n"
        f"{link}\n\n"
        "Đường dẫn chỉ dùng được một lần và dành riêng cho bạn, đừng chuyển cho người khác."
    )


def mail_is_set() -> bool:
    """Whether mail leaves this office: the console is where it goes when nobody has set a server."""
    return not settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend"))


def mail(invitation: Invitation, link: str) -> bool:
    """Mail the link if this office sends mail; whether it went out."""
    if not mail_is_set():
        return False
    subject = f"Mời dùng phần mềm Báo cáo của {invitation.organization.called}"
    try:
        return bool(send_mail(subject, message_of(invitation, link), None, [invitation.email]))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("an invitation could not be mailed: %s", error)
        return False


@transaction.atomic
def withdraw(invitation: Invitation, by: User) -> bool:
    """Whether it was still waiting."""
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)  # type: ignore[attr-defined]
    changed = waiting.update(withdrawn_at=timezone.now())
    if changed:
        _record("withdraw_invitation", by, invitation)
    return bool(changed)


@transaction.atomic
def renew(invitation: Invitation, by: User) -> bool:
    """Seven days more under a new link, the old one ends; whether it was still waiting."""
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)  # type: ignore[attr-defined]
    changed = waiting.update(secret=new_secret(), expires_at=in_seven_days())
    if changed:
        _record("renew_invitation", by, invitation)
    return bool(changed)


def _record(act: str, by: User, invitation: Invitation) -> None:
    told = {"sort": "lời mời", "key": invitation.pk, "name": str(invitation)}
    events.record(act, by, invitation.organization, after=told)


@transaction.atomic
def offer(actor: Actor, full_name: str, email: str, role: str, post: str, unit: int | None) -> None:
    """Give a role at once: own people simply hold it, somebody new gets an account that waits for its password.

    Somebody of another organization is invited and holds the role when he accepts. `email` in lower case.
    """
    offered = {"organization": actor.organization, "role": role, "post": post, "unit_id": unit}
    user = User.objects.filter(email=email).first()
    own = user and user.memberships.filter(organization=actor.organization).exists()
    if user is None:
        user = User.objects.create_user(email, full_name=full_name)
        changes.record_save(actor, Membership.objects.create(user=user, **offered), None)
    elif own:
        _hold(actor, user, offered)
        return
    invitation, made = Invitation.objects.waiting().get_or_create(  # type: ignore[attr-defined]
        **{key: offered[key] for key in ("organization", "role")},
        email=email,
        defaults={**offered, "full_name": full_name, "invited_by": actor.user},
    )
    if made:
        changes.record_save(actor, invitation, None)


def _hold(actor: Actor, user: User, offered: dict[str, Any]) -> None:
    """The role, unless it is held already; then its post and unit are corrected."""
    held = Membership.objects.filter(
        user=user, organization=offered["organization"], role=offered["role"], valid_to=None
    ).first()
    row = held or Membership(user=user, **offered)
    with changes.told(actor, row):
        row.post, row.unit_id = offered["post"] or row.post, offered["unit_id"] or row.unit_id
        row.save()


def is_prepared(account: User, invitation: Invitation) -> bool:
    """An account that this organization made and nobody has entered yet: the link may set its password."""
    elsewhere = account.memberships.exclude(organization=invitation.organization)
    return account.is_active and not account.has_usable_password() and not elsewhere.exists()


@transaction.atomic
def accept_as_new(invitation: Invitation, full_name: str, password: str) -> User:
    """Make the account, or enter the one that waits, and give the role; Refused when the link was just used."""
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = _made(invitation, full_name, password)
    elif is_prepared(user, invitation):
        user.full_name = full_name
        user.set_password(password)
        user.save()
    else:
        raise Refused(TAKEN)
    accept(invitation, user)
    return user


def _made(invitation: Invitation, full_name: str, password: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(invitation.email, password, full_name=full_name)
    except IntegrityError as error:
        raise Refused("Thư điện tử này vừa có tài khoản. Tải lại trang để đăng nhập.") from error


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Give the role to an account; Refused when the link was used, withdrawn or ran out meanwhile."""
    now = timezone.now()
    waiting = Invitation.objects.waiting().filter(  # type: ignore[attr-defined]
        pk=invitation.pk, secret=invitation.secret, expires_at__gt=now
    )
    if not waiting.update(accepted_at=now, accepted_by=user):
        raise Refused(TAKEN)
    _record("accept_invitation", user, invitation)
    offered = invitation.membership()
    same = Membership.objects.filter(
        user=user, organization=offered.organization, role=offered.role, valid_from=offered.valid_from
    ).first()
    if same:
        return same
    offered.user = user
    offered.save()
    return offered
