"""Tokens of partners' machines: made once, shown once, known afterwards by their SHA-256."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from campaigns import events
from campaigns.models import Organization, User

from ..models import Token

PREFIX = "bcp_"
#: How exactly the last use is known: one write a minute, not one a call.
EXACT = datetime.timedelta(minutes=1)


@transaction.atomic
def make(organization: Organization, partner: Organization, name: str, by: User) -> tuple[Token, str]:
    """A token and its words, which nobody can read again."""
    words = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        organization=organization, partner=partner, name=name, digest=digest(words), by=by
    )
    events.record("add_token", by, organization, after={"name": f"{partner.called} ({name})"})
    return token, words


@transaction.atomic
def end(token: Token, by: User) -> None:
    """From now on the token opens nothing."""
    if Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        after = {"name": f"{token.partner.called} ({token.name})"}
        events.record("end_token", by, token.organization, after=after)


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def of(request: HttpRequest) -> Token | None:
    """The token of a call, from its Authorization header; None when it is none of ours or has ended."""
    kind, _, words = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not words.startswith(PREFIX):
        return None
    rows = Token.objects.select_related("organization", "partner", "by")
    token = rows.filter(digest=digest(words.strip()), ended_at=None).first()
    now = timezone.now()
    if token is not None and (token.used_at is None or now - token.used_at > EXACT):
        Token.objects.filter(pk=token.pk).update(used_at=now)
    return token
