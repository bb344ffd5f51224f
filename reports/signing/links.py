"""One-time links: a program without a sitting fetches or hands in one file, once, within fifteen minutes."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.models import User

from ..models import SignedFile, SigningLink
from ..models.signing import Purpose, Stage

#: A signer needs minutes for certificate, PIN and the place of the image.
LIFE = datetime.timedelta(minutes=15)


def make(file: SignedFile, user: User, stage: Stage, purpose: Purpose) -> str:
    """A token for one act on one file; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    SigningLink.objects.create(
        digest=_digest(token),
        purpose=purpose,
        stage=stage,
        file=file,
        user=user,
        expires_at=timezone.now() + LIFE,
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str, purpose: Purpose) -> SigningLink | None:
    """The link of a token, used up or not; None for a token nobody made for this purpose."""
    rows = SigningLink.objects.select_related(
        "file__report__organization", "file__report__approved__by", "file__report__unit", "user"
    )
    return rows.filter(digest=_digest(token), purpose=purpose).first()


def use(link: SigningLink) -> bool:
    """Uses a link up; whether it was still good. Of two that ask at once, one gets it."""
    good = SigningLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=timezone.now())
    return good.update(used_at=timezone.now()) == 1


def leave(link: SigningLink, content: bytes, answer: str) -> None:
    """Keeps a handed-in file that waits for a clerk's confirmation."""
    link.answer = answer[:1000]
    link.waiting.save(f"{hashlib.sha256(content).hexdigest()}.pdf", ContentFile(content), save=False)
    link.save(update_fields=("waiting", "answer"))


def settle(link: SigningLink) -> None:
    """The waiting file was taken or put aside: its bytes are no longer needed here."""
    link.waiting.delete(save=False)
    link.save(update_fields=("waiting",))
