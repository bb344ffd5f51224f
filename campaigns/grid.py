"""The sheet of one period's figures: a cell for each neighbourhood and indicator, read, compared and saved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from . import events
from .chat import MISSING
from .citations import format_date
from .forms.figures import FigureField, plain
from .models import Indicator, Neighbourhood, Reading
from .models.indicators import Measure
from .models.owned import Actor
from .search import fold
from .views.coverage import Period, periods_of, words_of

_FIGURE = FigureField(required=False)
_NOT_YET = {"-", "–", "chua", "chua co", "chua co so lieu"}
PARTED = "Viết số đạt và tổng số, ví dụ 45/60."
TOO_MUCH = "Số đạt không được lớn hơn tổng số."
Parts = tuple[Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Span:
    """The period a sheet is of, and the day its figures are up to."""

    start: datetime.date
    end: datetime.date
    as_of: datetime.date

    def __str__(self) -> str:
        return f"{format_date(self.start)} đến {format_date(self.end)}"


@dataclass
class Cell:
    """One box. `kept` is its text in the database, `text` what it shows, `last` the period before in words."""

    indicator: Indicator
    place: Neighbourhood | None
    reading: Reading | None = None
    last: str = ""
    text: str = ""
    error: str = ""
    was: str = ""

    @property
    def name(self) -> str:
        return f"c-{self.indicator.pk}-{self.place.pk if self.place else 0}"

    @property
    def kept(self) -> str:
        return cell_text(self.reading)

    @property
    def state(self) -> str:
        """What the page says of the box: invalid, waiting (not saved), missing, saved, or empty."""
        if self.error:
            return "invalid"
        if self.text != self.was:
            return "waiting"
        return {"": "empty", MISSING: "missing"}.get(self.text, "saved")

    @property
    def label(self) -> str:
        return f"{self.place or 'Toàn phường'}, {self.indicator}"


@dataclass
class Row:
    place: Neighbourhood | None
    cells: list[Cell] = field(default_factory=list)


def cell_text(reading: Reading | None) -> str:
    """A reading as it is typed: 4.118; 45/60; "chưa có"; "" where nothing was ever said."""
    if reading is None:
        return ""
    if reading.is_missing:
        return MISSING
    parts = (reading.value,) if reading.value is not None else (reading.numerator, reading.denominator)
    return "/".join(plain(part) for part in parts if part is not None)


def parts_of(indicator: Indicator, text: str) -> Parts:
    """Value, numerator and denominator typed in a box; all None for "chưa có" or nothing.

    Raises ValidationError in the officer's words.
    """
    if not text or fold(text) in _NOT_YET:
        return None, None, None
    if indicator.measure == Measure.COUNT:
        return _counted(indicator, text), None, None
    top, stroke, bottom = text.partition("/")
    if not stroke or not top.strip() or not bottom.strip():
        raise ValidationError(PARTED)
    numerator, denominator = _FIGURE.clean(top.strip()), _FIGURE.clean(bottom.strip())
    if numerator < 0 or denominator <= 0:
        raise ValidationError("Tổng số phải lớn hơn 0 và số đạt không âm.")
    if numerator > denominator:
        raise ValidationError(TOO_MUCH)
    return None, numerator, denominator


def _counted(indicator: Indicator, text: str) -> Decimal:
    value: Decimal = _FIGURE.clean(text)
    if value != round(value, indicator.decimals):
        raise ValidationError(f"Nội dung này ghi tối đa {indicator.decimals} chữ số thập phân.")
    return value


class Grid:
    """The sheet of some indicators in one period; four queries however many cells."""

    def __init__(self, actor: Actor, indicators: Iterable[Indicator], span: Span) -> None:
        self.actor, self.indicators, self.span = actor, list(indicators), span
        self.readings = self._readings()
        told = {reading.neighbourhood_id for reading in self.readings}
        self.all_places = list(Neighbourhood.objects.visible_to(actor))
        self.places = [place for place in self.all_places if place.pk in told or self._stands(place)]
        last = self._last()
        held = {(reading.indicator_id, reading.neighbourhood_id): reading for reading in self.readings}
        self.rows = [
            Row(place, [self._cell(i, place, held, last) for i in self.indicators]) for place in self._lines()
        ]

    def _lines(self) -> list[Neighbourhood | None]:
        return [*self.places, None]

    def _readings(self) -> list[Reading]:
        rows = Reading.objects.visible_to(self.actor).filter(indicator__in=self.indicators)
        return list(rows.filter(period_from=self.span.start, period_to=self.span.end).order_by("pk"))

    def _stands(self, place: Neighbourhood) -> bool:
        begun = place.valid_from is None or place.valid_from <= self.span.end
        return begun and (place.valid_to is None or place.valid_to >= self.span.end)

    def _last(self) -> dict[tuple[int, int | None], str]:
        """The period before: of each indicator the readings of its latest period that ended earlier."""
        earlier = Reading.objects.filter(indicator=OuterRef("indicator"), period_to__lt=self.span.end)
        rows = Reading.objects.visible_to(self.actor).filter(
            indicator__in=self.indicators,
            period_to=Subquery(earlier.order_by("-period_to").values("period_to")[:1]),
        )
        return {(row.indicator_id, row.neighbourhood_id): cell_text(row) for row in rows}

    def _cell(self, indicator: Indicator, place: Neighbourhood | None, held: Any, last: Any) -> Cell:
        key = (indicator.pk, place.pk if place else None)
        reading = held.get(key)
        text = cell_text(reading)
        return Cell(indicator, place, reading, last.get(key, ""), text, was=text)

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    def totals(self) -> list[dict[str, str | bool]]:
        """For each indicator the neighbourhoods' sum in words, its coverage, and whether it is full."""
        return [self._total(indicator) for indicator in self.indicators]

    def _total(self, indicator: Indicator) -> dict[str, str | bool]:
        rows = [reading for reading in self.readings if reading.indicator_id == indicator.pk]
        periods: list[Period] = periods_of(rows, self.all_places)
        total = periods[0].total if periods else None
        coverage = periods[0].coverage if total else f"0/{len(self.places)}"
        words = words_of(indicator, total) if total else ""
        return {"words": words, "coverage": coverage, "full": bool(periods and periods[0].is_full)}

    # --- typing ---------------------------------------------------------------------------------------

    def take(self, posted: Mapping[str, str]) -> None:
        """Puts what was typed into the cells, with what each held when the page was made, and checks it."""
        for cell in self.cells:
            if cell.name not in posted:
                continue
            cell.text = " ".join(posted[cell.name].replace("\x00", "").split())[:60]
            cell.was = posted.get(f"w{cell.name}", cell.kept)
            if cell.text != cell.was:
                self._check(cell)

    def _check(self, cell: Cell) -> None:
        try:
            parts = parts_of(cell.indicator, cell.text)
        except ValidationError as error:
            cell.error = " ".join(error.messages)
            return
        reading = cell.reading
        same = reading is not None and parts == (reading.value, reading.numerator, reading.denominator)
        if cell.kept != cell.was and not same:
            cell.error = (
                f"Vừa có người ghi “{cell.kept or 'để trống'}” vào ô này. Lưu lần nữa nếu vẫn muốn thay."
            )
            cell.was = cell.kept

    def save(self, source: str = "") -> int:
        """Saves the changed cells without a fault, in one transaction with one event; how many there were."""
        changed = [cell for cell in self.cells if cell.text != cell.was and not cell.error]
        if not changed:
            return 0
        before = {cell.label: cell.kept for cell in changed}
        with transaction.atomic():
            rows = [self._reading(cell, source) for cell in changed]
            Reading.objects.bulk_create([row for row in rows if row.pk is None])
            old = [row for row in rows if row.pk is not None]
            Reading.objects.bulk_update(old, ["value", "numerator", "denominator", "as_of", "source"])
            for cell, row in zip(changed, rows, strict=True):
                cell.reading = row
                cell.text = cell.was = cell.kept
            self._tell(before, {cell.label: cell.kept for cell in changed})
        self.readings = self._readings()
        return len(changed)

    def _reading(self, cell: Cell, source: str) -> Reading:
        reading = cell.reading or Reading(
            indicator=cell.indicator,
            neighbourhood=cell.place,
            period_from=self.span.start,
            period_to=self.span.end,
            source=cell.indicator.source,
        )
        reading.value, reading.numerator, reading.denominator = parts_of(cell.indicator, cell.text)
        reading.as_of = self.span.as_of
        reading.source = source or reading.source
        return reading

    def _tell(self, before: dict[str, str], after: dict[str, str]) -> None:
        if self.actor.organization is None:
            raise ValueError("who belongs nowhere saves nothing")
        head = {"sort": "số liệu", "key": None, "name": f"kỳ {self.span}, {len(after)} ô"}
        told = ({**head, "fields": before}, {**head, "fields": after})
        events.record("change", self.actor.user, self.actor.organization, before=told[0], after=told[1])


def spans_known(actor: Actor, indicators: Iterable[Indicator]) -> list[tuple[datetime.date, datetime.date]]:
    """The latest six periods that have figures, newest first; one query."""
    rows = Reading.objects.visible_to(actor).filter(Q(indicator__in=list(indicators)))
    found = rows.order_by("-period_to", "-period_from").values_list("period_from", "period_to").distinct()
    return list(found[:6])
