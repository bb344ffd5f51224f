"""How a form's fields are laid out on its page: groups with a legend, drawn by one template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

#: Legend, a sentence under it, names of fields.
Groups = tuple[tuple[str, str, tuple[str, ...]], ...]

DAY_EXAMPLE = "Ví dụ: 19/5/2026."


class DayField(forms.DateField):
    """A day typed as 19/5/2026."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=day_input(), **kwargs)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"})


def lines_input(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def laid_out(form: forms.BaseForm, groups: Groups) -> Iterator[tuple[str, str, list[BoundField]]]:
    """The groups with their bound fields, without fields this form does not have."""
    for legend, hint, names in groups:
        fields = [form[name] for name in names if name in form.fields]
        if fields:
            yield legend, hint, fields
