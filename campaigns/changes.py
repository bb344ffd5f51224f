"""A row in words, field by field, and the event that tells what one save or deletion changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Field, ManyToManyField, Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from . import events
from .citations import format_date
from .facts import number
from .models import Event
from .models.owned import Actor

#: Rows saved together with the row above them: name of the model -> names under which it holds them.
UNDER: dict[str, tuple[str, ...]] = {"team": ("members",), "paper": ("links",), "user": ("memberships",)}
#: Fields that are nobody's business or follow from others; an owner is the organization of the chain itself.
UNTOLD = {
    *("id", "password", "last_login", "search", "is_staff", "is_superuser", "date_joined", "groups"),
    *("user_permissions", "secret", "created_at", "changed_at"),
}
LABELS = {"user.is_active": "tài khoản đang mở"}

Content = dict[str, Any]
More = Callable[[Any], dict[str, str]]


@contextmanager
def told(actor: Actor, row: Model, more: More | None = None) -> Iterator[None]:
    """All that is done in the block to a row and the rows under it is one transaction and one event.

    `more` tells what else belongs to the row, label -> words.
    """
    with transaction.atomic():
        kept = stored(row, more)
        yield
        record_save(actor, row, kept, more)


def stored(row: Model, more: More | None = None) -> Content | None:
    """A row as the database has it now, locked until the save is over; None for one that is not there yet."""
    found = type(row)._base_manager.select_for_update().filter(pk=row.pk).first() if row.pk else None
    return found and content(found, more)


def content(row: Model, more: More | None = None) -> Content:
    """What an event holds of a row: its sort, key, name, and every field that is not empty, label -> words."""
    fields = fields_of(row) | (more(row) if more else {})
    return {
        "sort": str(row._meta.verbose_name),
        "key": row.pk,
        "name": str(row),
        "fields": {label: words for label, words in fields.items() if words},
    }


def record_save(actor: Actor, row: Model, kept: Content | None, more: More | None = None) -> Event | None:
    """The event of a save; none when nothing changed. `kept` is what `stored` gave before it."""
    now = content(type(row)._base_manager.get(pk=row.pk), more)
    if kept is None:
        return _record("add", actor, after=now)
    before, after = kept["fields"], now["fields"]
    labels = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    if not labels:
        return None
    return _record("change", actor, before=_only(kept, labels), after=_only(now, labels))


def record_delete(actor: Actor, gone: Content) -> Event:
    """The event of a deletion: all that the row held."""
    return _record("delete", actor, before=gone)


def _record(act: str, actor: Actor, before: Content | None = None, after: Content | None = None) -> Event:
    if actor.organization is None:
        raise ValueError("who belongs nowhere saves nothing")
    return events.record(act, actor.user, actor.organization, before=before, after=after)


def _only(held: Content, labels: Iterable[str]) -> Content:
    return {**held, "fields": {label: held["fields"].get(label, "") for label in labels}}


# --- words --------------------------------------------------------------------------------------------


def fields_of(row: Model, names: Iterable[str] | None = None) -> dict[str, str]:
    """Label -> words of a row's fields ("" when empty), then of the rows under it, one line each."""
    told = {} if names is None else set(names)
    fields = [field for field in _fields(row) if not told or field.name in told]
    found = {_label(row, field): words_of(row, field) for field in fields}
    for name in UNDER.get(row._meta.model_name or "", ()) if names is None else ():
        rows = getattr(row, name).order_by("pk")
        found[_capital(str(rows.model._meta.verbose_name))] = "\n".join(_line(under, row) for under in rows)
    return found


def _fields(row: Model) -> list[Field[Any, Any]]:
    owner = getattr(row, "owner", "organization")
    fields = [*row._meta.concrete_fields, *row._meta.many_to_many]
    return [field for field in fields if field.name not in UNTOLD and field.name != owner]


def _line(row: Model, above: Model) -> str:
    """A row under another as one line: its words without the one it stands under."""
    fields = [f for f in _fields(row) if not (f.is_relation and f.related_model is type(above))]
    return ", ".join(filter(None, (words_of(row, field) for field in fields)))


def _label(row: Model, field: Field[Any, Any]) -> str:
    return _capital(LABELS.get(f"{row._meta.model_name}.{field.name}", str(field.verbose_name)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def words_of(row: Any, field: Field[Any, Any]) -> str:
    """The value of a field as an officer reads it."""
    if isinstance(field, ManyToManyField):
        return "; ".join(map(str, getattr(row, field.name).all()))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    return _words(getattr(row, field.name))


def _words(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case datetime.datetime():
            local = timezone.localtime(value)
            return f"{local:%H:%M} {format_date(local.date())}"
        case datetime.date():
            return format_date(value)
        case Decimal():
            return number(value, max(-int(value.normalize().as_tuple().exponent), 0))
        case FieldFile():
            return PurePath(value.name or "").name
        case list() | tuple():
            return "; ".join(map(str, value))
        case _:
            return str(value)
