"""Numbers typed as Vietnamese officers write them: 4.118 is four thousand, 12,5 has a decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..facts import number

_WRITTEN = re.compile(r"-?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?")
UNREADABLE = "Không đọc được số này. Viết 4118 hoặc 4.118; phần thập phân sau dấu phẩy: 12,5."


class FigureField(forms.DecimalField):
    """A decimal whose point groups thousands; "12.5" is refused rather than guessed."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 4, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = re.sub(r"\s", "", value)
            if value and not _WRITTEN.fullmatch(value):
                raise ValidationError(UNREADABLE, code="invalid")
            value = value.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


def plain(value: Decimal) -> str:
    """With as many decimals as it has: 4.118; 12,5."""
    places = -int(value.normalize().as_tuple().exponent)
    return number(value, max(places, 0))
