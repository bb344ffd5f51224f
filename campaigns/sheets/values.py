"""Cells of a table as values: days, numbers, words, yes and no; or the sentence that refuses them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from ..forms.figures import FigureField, plain
from ..search import fold

_FIGURE = FigureField(required=False)
_DAY = re.compile(
    r"(?:ngay\s*)?(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*((?:19|20)\d{2})", re.IGNORECASE
)
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
NO_DAY = "Không đọc được ngày này. Viết 19/9/2025."
BARE_NUMBER = "Ô ngày chứa con số. Hãy định dạng ô thành ngày, hoặc viết 19/9/2025."


def words(value: Any) -> str:
    """Text of a cell: 98.0 is "98", a day 19/9/2025, composed (NFC), one blank between words."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value)).replace("\x00", "")
    return " ".join(text.split())


def day(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, int | float):
        raise ValidationError(BARE_NUMBER)
    text = fold(str(value))
    found = _DAY.fullmatch(text)
    iso = _ISO.fullmatch(str(value).strip())
    try:
        if found:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        if iso:
            return datetime.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise ValidationError(NO_DAY)


def figure(value: Any) -> Decimal:
    """A number cell as it is; text as officers write it, 4.118 and 12,5; "12.5" as text is refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValidationError("Ô này phải là số.")
    if isinstance(value, str):
        found: Decimal = _FIGURE.clean(value)
        return found
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) >= 10**14:
        raise ValidationError("Số quá lớn.")
    return round(number, 4)


def whole(value: Any) -> int:
    number = figure(value)
    if number != int(number) or not 0 <= number < 10**9:
        raise ValidationError("Ô này phải là số nguyên không âm.")
    return int(number)


def yes(value: Any) -> bool:
    answer = fold(words(value))
    if answer in ("co", "x", "1", "con", "con hieu luc", "true"):
        return True
    if answer in ("khong", "0", "het", "het hieu luc", "false"):
        return False
    raise ValidationError("Viết “có” hoặc “không”.")


def figure_words(value: Any) -> str:
    """A figure as the grid reads it: a number cell written the Vietnamese way, text as it is."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain(figure(value))
    return words(value)
