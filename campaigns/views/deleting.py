"""Deleting a row: said first, refused with the places that use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import router, transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .. import changes
from ..forms.uploads import forget_file
from .uses import uses_of


def delete_page(
    request: HttpRequest,
    row: Model,
    *,
    losses: Iterable[str],
    back: str,
    done: str,
    refuse: Callable[[], str] = str,
) -> HttpResponse:
    """Ask, then delete and go to `done`. `losses` are sentences on what goes beside the rows under it.

    `refuse` is asked after the row is gone, inside the transaction: a sentence undoes the deletion.
    """
    sort = row._meta.verbose_name
    try:
        if request.method == "POST":
            words = str(row)
            _delete(request, row, refuse)
            messages.success(request, f"Đã xóa {sort}: {words}")
            return redirect(done)
        losses = [*_with_it(row), *losses]
    except ProtectedError as error:
        return _refused(request, row, error, back)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(back)
    shown = {"row": row, "sort": sort, "losses": [loss for loss in losses if loss], "back": back}
    return render(request, "campaigns/delete.html", shown)


def _with_it(row: Model) -> list[str]:
    """Rows that go with `row`, counted by sort; raises ProtectedError when it is in use."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    lost: Counter[type[Model]] = Counter({model: len(rows) for model, rows in collector.data.items()})
    lost += Counter({rows.model: rows.count() for rows in collector.fast_deletes})  # type: ignore[union-attr]
    lost[type(row)] -= 1
    return [
        f"{count} {model._meta.verbose_name}"
        for model, count in lost.items()
        if count > 0 and not model._meta.auto_created
    ]


def _delete(request: HttpRequest, row: Model, refuse: Callable[[], str]) -> None:
    with transaction.atomic():
        gone = changes.content(row)
        for field in ("file", "evidence"):
            forget_file(getattr(row, field, None))
        row.delete()
        if refuse():
            raise ValidationError(refuse())
        changes.record_delete(request.actor, gone)  # type: ignore[attr-defined]


def _refused(request: HttpRequest, row: Any, error: ProtectedError, back: str) -> HttpResponse:
    reports, others = uses_of(error.protected_objects)
    shown = {"row": row, "sort": row._meta.verbose_name, "reports": reports, "others": others, "back": back}
    return render(request, "campaigns/protected.html", shown, status=409)
