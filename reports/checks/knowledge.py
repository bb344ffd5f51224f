"""All that checks may know beside the document: the ward, its registers and its period, as plain values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from campaigns.citations import Citation

from ..document.sheet import Sheet


@dataclass(frozen=True)
class Body:
    """An organization: names as used in sentences, its code in symbols, its units by code, its days.

    `kind` as in the register: ward, commune, zone, city, department, party, other.
    """

    name: str
    short_name: str = ""
    kind: str = "other"
    symbol_code: str = ""
    place_name: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    parent: str = ""  # name of the body above
    place_noun: str = ""  # "Phường", where the name needs it before the place

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.name, self.short_name))))


@dataclass(frozen=True)
class Term:
    """One spelling of a term of the campaign, with its abbreviation or ""."""

    text: str
    abbreviation: str = ""


@dataclass(frozen=True)
class Link:
    """What a paper does to another: carries_out, amends, replaces, reforms; `target` is a paper's id."""

    kind: str
    target: int


@dataclass(frozen=True)
class RegisteredPaper:
    """A paper of the register."""

    id: int
    citation: Citation
    in_force: bool = True
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class KnownTeam:
    """A team with its headcount on the cut-off day (None: not known); `parent` is a team's id."""

    id: int
    name: str
    headcount: int | None = None
    decision: int | None = None
    neighbourhood: str = ""
    parent: int | None = None
    formed_on: datetime.date | None = None
    dissolved_on: datetime.date | None = None


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator with its figure for the report's period; all numbers None means "no figure yet"."""

    id: int
    code: str
    name: str
    unit: str = ""
    measure: str = "count"
    decimals: int = 0
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    as_of: datetime.date | None = None
    target: Decimal | None = None
    covered: int | None = None  # places that have reported …
    expected: int | None = None  # … of how many
    evidence: bool = False  # a paper or file stands behind the reading


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known when one document is read; everything may be missing (a file from elsewhere).

    `day` is the document's own day (issue, else today); `cut_off` the day up to which figures count.
    `unconfirmed` are keys of blocks that were reused and not confirmed. `citing` are the letters answered.
    """

    day: datetime.date | None = None
    period_from: datetime.date | None = None
    period_to: datetime.date | None = None
    cut_off: datetime.date | None = None
    organization: Body | None = None
    bodies: tuple[Body, ...] = ()  # all known organizations, the own one among them
    terms: tuple[Term, ...] = ()
    papers: tuple[RegisteredPaper, ...] = ()
    teams: tuple[KnownTeam, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()
    letters: tuple[Citation, ...] = ()
    people: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    unconfirmed: frozenset[str] = frozenset()
    left_out: frozenset[str] | None = (
        None  # parts of the frame left out on purpose; None: a file, nobody knows
    )
    outline: tuple[str, ...] = ()  # headings the letter's outline asks for
    sheet: Sheet | None = None  # how a file looks on paper

    @cached_property
    def paper_of(self) -> Mapping[int, RegisteredPaper]:
        return {paper.id: paper for paper in self.papers}

    @cached_property
    def team_of(self) -> Mapping[int, KnownTeam]:
        return {team.id: team for team in self.teams}

    @cached_property
    def indicator_of(self) -> Mapping[int, KnownIndicator]:
        return {indicator.id: indicator for indicator in self.indicators}
