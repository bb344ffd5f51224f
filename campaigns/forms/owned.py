"""Forms whose row and whose choices belong to one organization."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import BoundField

from .. import changes
from ..models.owned import Actor

DAY_HINT = {"placeholder": "ngày/tháng/năm", "autocomplete": "off", "maxlength": 10, "class": "day"}
CHANGED_MEANWHILE = "Chưa lưu được vì vừa có người lưu dòng giống hệt. Hãy tải lại trang và kiểm tra."


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows. Django asks the database for an id of any length, and the database fails on a long one."""

    LONGEST = 18  # digits; no row has more

    def clean(self, value: Any) -> Any:
        for pk in value if isinstance(value, (list, tuple)) else ():
            if len(str(pk)) > self.LONGEST:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": pk}
                )
        return super().clean(value)


class OwnedForm(forms.ModelForm[Any]):
    """A form for a row of the actor's organization; every choice of another row is limited to it.

    `owner` is the row's field that names the organization, set here and never asked; "" when reached otherwise.
    `groups` are (legend, field names), for the page; fields left out of it follow in a group of their own.
    """

    owner = "organization"
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if self.owner and self.instance.pk is None:
            setattr(self.instance, self.owner, actor.organization)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.visible_to(actor)  # type: ignore[union-attr]
            if isinstance(field, forms.DateField):
                field.widget.attrs |= DAY_HINT

    def _get_validation_exclusions(self) -> set[str]:
        """The owner is not asked but counts in "this one exists already"."""
        return super()._get_validation_exclusions() - {self.owner}  # type: ignore[misc]

    def grouped(self) -> list[tuple[str, list[BoundField]]]:
        """Bound fields by legend, in the order of the page."""
        named = [
            (legend, [self[name] for name in names if name in self.fields]) for legend, names in self.groups
        ]
        taken = {field.name for _, fields in named for field in fields}
        rest = [field for field in self.visible_fields() if field.name not in taken]
        return [group for group in [*named, ("", rest)] if group[1]]

    def settle(self) -> bool:
        """Save if valid, with its event; whether it was saved.

        Two people saving the same row at once is an error of the form.
        """
        if not self.is_valid():
            return False
        try:
            with changes.told(self.actor, self.instance):
                self.save()
        except IntegrityError:
            self.add_error(None, CHANGED_MEANWHILE)
            return False
        return True


class RowForm(OwnedForm):
    """One of many rows under another row: drawn by a small template, so its boxes carry their class."""

    owner = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            look = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {look}".strip()
