"""What one report's blocks name, fetched from the registers in a fixed number of queries, as plain values."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from campaigns.citations import full, short
from campaigns.facts import Facts, Figure, IndicatorFacts, TeamFacts, count, number, percent
from campaigns.models import Indicator, Neighbourhood, Paper, Reading, Team
from campaigns.models.indicators import Accumulation, Measure
from campaigns.models.teams import in_force_on

from .document.nodes import Mention
from .document.numbering import Wording, Wordings
from .models import Report

#: What a figure is made of, read without the rest of a reading's row.
_COLUMNS = ("value", "numerator", "denominator", "as_of", "source")
_KEYS = ("indicator_id", "neighbourhood_id", "period_from", "period_to")
#: Readings of one indicator by place, each its period and figure, the latest first; None is the whole ward.
Readings = dict[int | None, list[tuple[tuple[Any, Any], Figure]]]


def gather(report: Report, mentions: Iterable[Mention]) -> Facts:
    """Facts about the papers, teams and indicators that `mentions` name: five queries, whatever the size.

    Only rows of the report's own organization are read, so that an id typed into a block shows nothing else.
    """
    named = _keys(mentions)
    day = cut_off(report)
    teams = _teams(report, named["team"], day)
    papers = named["paper"] | {team.decision for team in teams.values() if team.decision}
    return Facts(_papers(report, papers), teams, _indicators(report, named["figure"], day), day)


def cut_off(report: Report) -> datetime.date:
    """The day up to which figures count: as set, else the period's end, else issue, else the last change."""
    day = report.cut_off or report.period_to or report.issued_on
    return day or timezone.localdate(report.changed_at)


def wordings(facts: Facts) -> Wordings:
    """The current words of everything in `facts`, as `numbering.resolve` wants them."""
    words: dict[Any, Wording] = {}
    for pk, citation in facts.papers.items():
        words["paper", str(pk)] = Wording(full(citation), short(citation))
    for pk, team in facts.teams.items():
        headcount = None if team.headcount is None else count(team.headcount)
        words["team", str(pk)] = Wording(forms={"name": team.name, "headcount": headcount})
    for pk, indicator in facts.indicators.items():
        words["figure", str(pk)] = Wording(forms=figure_words(indicator, indicator.ward))
    return words


def figure_words(indicator: IndicatorFacts, figure: Figure) -> Mapping[str, str | None]:
    """A figure's words by form; None where there is no figure yet. A ratio or percent is its own value."""
    if figure.is_missing:
        return {"value": None, "ratio": None, "percent": None}
    ratio = f"{number(figure.numerator)}/{number(figure.denominator)}" if figure.denominator else None
    share = percent(figure.percent) or None
    value = {Measure.RATIO.value: ratio, Measure.PERCENT.value: share}.get(
        indicator.measure, number(figure.value, indicator.decimals)
    )
    return {"value": value, "ratio": ratio, "percent": share}


# --- the registers ------------------------------------------------------------------------------------


def _keys(mentions: Iterable[Mention]) -> dict[str, set[int]]:
    """Ids by kind of target; a key that is no number names nothing."""
    named: dict[str, set[int]] = defaultdict(set)
    for mention in mentions:
        if mention.key.isascii() and mention.key.isdigit() and len(mention.key) < 19:
            named[mention.kind].add(int(mention.key))
    return named


def _papers(report: Report, ids: set[int]) -> dict[int, Any]:
    rows = Paper.objects.filter(holder=report.organization_id, pk__in=ids).defer("search", "note")
    return {paper.pk: paper.citation for paper in rows}


def _teams(report: Report, ids: set[int], day: datetime.date) -> dict[int, TeamFacts]:
    rows = Team.objects.filter(organization=report.organization_id, pk__in=ids).with_headcount(day)
    return {
        team.pk: TeamFacts(
            team.pk,
            team.name,
            team.headcount,
            team.decision_id,
            team.neighbourhood.name if team.neighbourhood else "",
        )
        for team in rows.select_related("neighbourhood").order_by("neighbourhood__order", "name", "id")
    }


def _indicators(report: Report, ids: set[int], day: datetime.date) -> dict[int, IndicatorFacts]:
    rows = list(Indicator.objects.filter(organization=report.organization_id, pk__in=ids))
    held = Neighbourhood.objects.filter(in_force_on(day), organization=report.organization_id)
    places = list(held.values_list("pk", "name"))
    readings = _readings(report, [row.pk for row in rows], day)
    return {row.pk: _indicator(row, places, readings[row.pk], report) for row in rows}


def _readings(report: Report, ids: list[int], day: datetime.date) -> dict[int, Readings]:
    """Readings with a figure, the latest first: those of the report's period and those known by its cut-off."""
    wanted = Q(as_of__lte=day) | Q(period_from=report.period_from, period_to=report.period_to)
    rows = Reading.objects.filter(wanted, indicator__in=ids).exclude(value=None, numerator=None)
    rows = rows.order_by("-as_of", "-period_to", "-id").values_list(*_KEYS, *_COLUMNS)
    found: dict[int, Readings] = defaultdict(lambda: defaultdict(list))
    for indicator, place, begin, end, *figure in rows:
        found[indicator][place].append(((begin, end), Figure(*figure)))
    return found


# --- one indicator ------------------------------------------------------------------------------------


def _indicator(
    row: Indicator, places: list[tuple[int, str]], readings: Readings, report: Report
) -> IndicatorFacts:
    older = row.accumulation != Accumulation.IN_PERIOD or report.period_to is None
    by_place = [(name, _figure(readings.get(pk, []), report, older)) for pk, name in places]
    in_period = [_figure(readings.get(pk, []), report, older=False) for pk, _ in places]
    candidates = (
        _figure(readings.get(None, []), report, older=False),
        total(in_period),
        _figure(readings.get(None, []), report, older),
        total([figure for _, figure in by_place]),
    )
    ward = next(
        (figure for figure in candidates if not figure.is_missing), Figure(covered=0, expected=len(places))
    )
    return IndicatorFacts(
        row.pk,
        row.code,
        row.name,
        row.unit,
        row.measure,
        row.decimals,
        row.target,
        ward,
        tuple(by_place),
    )


def _figure(readings: list[tuple[tuple[Any, Any], Figure]], report: Report, older: bool) -> Figure:
    """The reading of the report's period; with `older`, else the latest. What happened within another period
    (`Accumulation.IN_PERIOD`) is never older: it would pose as this period's."""
    wanted = (report.period_from, report.period_to)
    for period, figure in readings:
        if period == wanted:
            return figure
    return readings[0][1] if older and readings else Figure()


def total(figures: list[Figure]) -> Figure:
    """The sum over places that have a figure, with how many of them have; missing when none has."""
    known = [figure for figure in figures if not figure.is_missing]
    if not known:
        return Figure(covered=0, expected=len(figures))
    return Figure(
        _sum(figure.value for figure in known),
        _sum(figure.numerator for figure in known),
        _sum(figure.denominator for figure in known),
        min((figure.as_of for figure in known if figure.as_of), default=None),
        covered=len(known),
        expected=len(figures),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal()) if known else None
