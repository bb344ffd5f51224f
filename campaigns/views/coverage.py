"""Readings of one indicator by period: the whole ward's figure, the neighbourhoods' sum, and who is missing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from ..facts import Figure, number, percent
from ..forms.figures import plain
from ..models import Indicator, Neighbourhood, Reading
from ..models.indicators import Measure


@dataclass(frozen=True)
class Period:
    """One period's readings. `total` is the neighbourhoods' sum (None without any), with its coverage."""

    start: datetime.date
    end: datetime.date
    ward: Reading | None
    places: tuple[Reading, ...]
    total: Figure | None

    @property
    def coverage(self) -> str:
        """25/27: neighbourhoods with a figure, of those there were; "" when it is not counted by neighbourhood."""
        return f"{self.total.covered}/{self.total.expected}" if self.total else ""

    @property
    def is_full(self) -> bool:
        return bool(self.total) and self.total.covered == self.total.expected  # type: ignore[union-attr]

    @property
    def figure(self) -> Figure:
        """What the period says of the whole ward: its own reading, else the sum."""
        if self.ward and not self.ward.is_missing:
            return figure_of(self.ward)
        return self.total or Figure()


def figure_of(reading: Reading) -> Figure:
    return Figure(reading.value, reading.numerator, reading.denominator, reading.as_of, reading.source)


def words_of(indicator: Indicator, figure: Figure | Reading) -> str:
    """A figure as an officer reads it: 4.118; 27/27; 96,3% (26/27). "" when there is none yet."""
    if figure.is_missing:
        return ""
    if indicator.measure == Measure.COUNT:
        return number(figure.value, indicator.decimals)
    ratio = "/".join(plain(part) for part in (figure.numerator, figure.denominator) if part is not None)
    return f"{percent(figure.percent)} ({ratio})" if indicator.measure == Measure.PERCENT else ratio


def periods_of(readings: Iterable[Reading], neighbourhoods: Iterable[Neighbourhood]) -> list[Period]:
    """Readings of one indicator grouped by period, newest first; no query."""
    places = list(neighbourhoods)
    grouped: dict[tuple[datetime.date, datetime.date], list[Reading]] = defaultdict(list)
    for reading in readings:
        grouped[reading.period_to, reading.period_from].append(reading)
    return [_period(start, end, rows, places) for (end, start), rows in sorted(grouped.items(), reverse=True)]


def _period(
    start: datetime.date, end: datetime.date, rows: list[Reading], places: list[Neighbourhood]
) -> Period:
    ward = next((row for row in rows if row.neighbourhood_id is None), None)
    by_place = tuple(row for row in rows if row.neighbourhood_id is not None)
    known = {row.neighbourhood_id for row in by_place}
    expected = sum(_was_there(place, end) or place.pk in known for place in places)
    total = replace(_sum(by_place), expected=expected) if by_place else None
    return Period(start, end, ward, by_place, total)


def _was_there(place: Neighbourhood, day: datetime.date) -> bool:
    return (place.valid_from is None or place.valid_from <= day) and (
        place.valid_to is None or place.valid_to >= day
    )


def _sum(rows: Iterable[Reading]) -> Figure:
    """Only what is known is added; with nothing known the sum is missing too, never 0."""
    told = [row for row in rows if not row.is_missing]
    values = [row.value for row in told if row.value is not None]
    parts = [(row.numerator, row.denominator) for row in told if row.numerator is not None]
    return Figure(
        value=sum(values, Decimal()) if values else None,
        numerator=sum((part for part, _ in parts if part is not None), Decimal()) if parts else None,
        denominator=sum((whole for _, whole in parts if whole is not None), Decimal()) if parts else None,
        covered=len(told),
    )
