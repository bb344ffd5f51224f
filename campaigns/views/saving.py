"""Saving a row and the rows under it as one act."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest

from .. import changes
from ..forms.owned import CHANGED_MEANWHILE, OwnedForm


def posted(request: HttpRequest) -> Any:
    """What to bind a form to: what was sent, even when nothing was; None for a page only looked at."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> Any:
    """Files that came with it; None for a page only looked at, which would otherwise count as sent."""
    return request.FILES if request.method == "POST" else None


def settle_with_rows(form: OwnedForm, rows: Any) -> bool:
    """Save both or neither, as one event; whether they were saved. Every error of both is shown at once."""
    if not all([form.is_valid(), rows.is_valid()]):
        return False
    try:
        with changes.told(form.actor, form.instance):
            form.save()
            rows.save()
    except IntegrityError:
        form.add_error(None, CHANGED_MEANWHILE)
        return False
    return True
