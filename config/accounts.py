"""How accounts come to be: the office makes them, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

#: Where the demonstration's accounts live; ".example" is reserved, so no real person has such an address.
DEMO_DOMAIN = "demo.example"


def is_demo(user: object) -> bool:
    """Whether this account belongs to the demonstration."""
    return str(getattr(user, "email", "")).endswith(f"@{DEMO_DOMAIN}")


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Sign-in as allauth does it, with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class OfficeAuthenticationBackend(AuthenticationBackend):
    """Sign-in by e-mail; the demonstration's accounts, whose password is public, only where DEMO=1.

    Asked at every request, so their open sittings end too when the demonstration is switched off.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        return self._admitted(super().authenticate(request, **credentials))

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        return self._admitted(super().get_user(user_id))

    def _admitted(self, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        return user if settings.DEMO or not is_demo(user) else None
