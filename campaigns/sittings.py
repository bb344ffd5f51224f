"""Sittings: every machine where a person is signed in, counted and ended."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession


def open_sittings(user: Any) -> list[UserSession]:
    """A person's sittings that still hold; those that ran out are forgotten."""
    return UserSession.objects.purge_and_list(user)


def end_sittings(user: Any) -> int:
    """End every sitting of a person; how many there were."""
    held = list(UserSession.objects.filter(user=user))
    for sitting in held:
        sitting.end()
    return len(held)
