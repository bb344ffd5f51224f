"""All that a report may know of its ward in one period: plain values, no database."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .citations import Citation


@dataclass(frozen=True)
class Figure:
    """A value of an indicator for one place; all numbers None means "no figure yet"."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    as_of: datetime.date | None = None
    source: str = ""
    covered: int | None = None  # a total over neighbourhoods: how many have reported …
    expected: int | None = None  # … of how many

    @property
    def is_missing(self) -> bool:
        return self.value is None and self.numerator is None

    @property
    def percent(self) -> Decimal | None:
        """Numerator of denominator in hundredths, computed; None without both."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator * 100 / self.denominator


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator with its figure for the whole ward and for each neighbourhood, in the report's period."""

    id: int
    code: str
    name: str
    unit: str = ""
    measure: str = "count"
    decimals: int = 0
    target: Decimal | None = None
    ward: Figure = field(default_factory=Figure)
    places: tuple[tuple[str, Figure], ...] = ()  # neighbourhood name, figure; every place, missing ones too


@dataclass(frozen=True)
class TeamFacts:
    """A team, its headcount on the report's cut-off day (None: not known) and its decision's paper id."""

    id: int
    name: str
    headcount: int | None = None
    decision: int | None = None
    neighbourhood: str = ""


@dataclass(frozen=True)
class Facts:
    """Papers by id as citations, teams and indicators by id; `day` is the report's cut-off."""

    papers: Mapping[int, Citation] = field(default_factory=dict)
    teams: Mapping[int, TeamFacts] = field(default_factory=dict)
    indicators: Mapping[int, IndicatorFacts] = field(default_factory=dict)
    day: datetime.date | None = None


def number(value: Decimal | int | None, decimals: int = 0) -> str:
    """A number as Vietnamese readers write it: 4.118; 12,5. None (no figure yet) gives ""."""
    if value is None:
        return ""
    text = f"{Decimal(value):,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def count(value: int) -> str:
    """A small count in an official sentence: 08, 27, 144 (two digits at least, as in numbers of papers)."""
    return f"{value:02d}"


def percent(value: Decimal | None) -> str:
    """A percentage with at most two decimals, none when whole: 100%; 12,5%."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") + "%"
