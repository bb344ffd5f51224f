"""Who may make the first account: whoever can read the server's console, once.

There is no default password. While there is no account, `manage.py serve` prints a code at every start, and the
first visit asks for it; only its hash is kept, in the data folder, until it has been used.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another when read from a screen
GROUPS, SIZE = 3, 4  # 60 bits


def _place() -> Path:
    return Path(settings.DATA_DIR) / "setup-code"


def is_open() -> bool:
    """Whether there is no account yet."""
    return not get_user_model().objects.exists()


def new_code() -> str:
    """A code that works from now on, the earlier one no longer."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(SIZE)) for _ in range(GROUPS)]
    part = _place().with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(make_password("".join(groups)))
    part.replace(_place())
    return "-".join(groups)


def matches(typed: str) -> bool:
    """Whether this is the code; small letters, blanks and hyphens do not matter."""
    bare = "".join(letter for letter in typed.upper() if letter in LETTERS)
    try:
        return check_password(bare, _place().read_text())
    except FileNotFoundError:
        return False


def spend() -> bool:
    """Use the code up; False when somebody else just did."""
    try:
        _place().unlink()
    except FileNotFoundError:
        return False
    return True
