"""Many rows written at once, their search columns filled too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from ..search import FoldedField


def update_rows(model: type[Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """bulk_update asks no field to fill itself, so the search column is filled here."""
    folded = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, FoldedField) and field.name in names
    ]
    for row in rows:
        for field in folded:
            field.pre_save(row, add=False)
    if rows:
        model._default_manager.bulk_update(rows, list(names), batch_size=200)
