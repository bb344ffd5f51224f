"""From the registers to what the checks may know: one ward, one period, a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from campaigns.facts import IndicatorFacts
from campaigns.models import (
    Indicator,
    Membership,
    Neighbourhood,
    Organization,
    Paper,
    PaperLink,
    Reading,
    Team,
    Term,
    Unit,
)
from campaigns.models.organizations import WARDS
from campaigns.models.teams import in_force_on

from . import reused
from .checks.knowledge import (
    Body,
    Knowledge,
    KnownIndicator,
    KnownTeam,
    Link,
    RegisteredPaper,
)
from .checks.knowledge import Term as KnownTerm
from .document.nodes import Mention
from .facts import cut_off, gather
from .models import OutlineSection, Report, ReportRequest


def knowledge_of(report: Report) -> Knowledge:
    """All that the registers of the report's organization say for its period: a fixed number of queries."""
    letters = ReportRequest.objects.filter(reports=report).select_related("paper")
    return _knowledge(
        report,
        day=report.issued_on or timezone.localdate(),
        letters=tuple(letter.paper.citation for letter in letters),
    )


def knowledge_of_organization(organization: Organization, day: datetime.date | None = None) -> Knowledge:
    """The same for a document from elsewhere: no period, figures known by `day` (today)."""
    day = day or timezone.localdate()
    return _knowledge(Report(organization=organization, cut_off=day), day)


def _knowledge(report: Report, day: datetime.date, letters: tuple = ()) -> Knowledge:  # type: ignore[type-arg]
    counted = cut_off(report)
    units = dict(Unit.objects.filter(organization=report.organization_id).values_list("code", "name"))
    bodies = _bodies(report, units)
    return Knowledge(
        day=day,
        period_from=report.period_from,
        period_to=report.period_to,
        cut_off=counted,
        organization=bodies.get(report.organization_id),
        bodies=tuple(bodies.values()),
        terms=tuple(_terms(report)),
        papers=tuple(_papers(report)),
        teams=tuple(_teams(report, counted)),
        indicators=tuple(_indicators(report)),
        letters=letters,
        people=tuple(_people(report)),
        neighbourhoods=tuple(_neighbourhoods(report, counted)),
        **of_draft(report),
    )


def of_draft(report: Report) -> dict[str, Any]:
    """What only a report of the database tells: parts left out of the frame, blocks reused and not confirmed."""
    if report.pk is None:
        return {}
    waiting = reused.pending(report)
    return {
        "left_out": frozenset(report.omitted),
        "unconfirmed": frozenset(f"b{one.block.pk}" for one in waiting),
        "outline": tuple(_unwritten(report)),
    }


def _unwritten(report: Report) -> Iterable[str]:
    """Headings that the report's outline asks for and no section of the report was made from."""
    if report.outline_id is None:
        return ()
    made = report.sections.exclude(outline_section=None).values("outline_section")
    asked = OutlineSection.objects.filter(outline=report.outline_id).exclude(heading="").exclude(pk__in=made)
    return asked.order_by("order", "pk").values_list("heading", flat=True)


def _bodies(report: Report, units: dict[str, str]) -> dict[int, Body]:
    """Public bodies by id; another ward at work in this installation is none of this ward's business."""
    others = Organization.objects.filter(kind__in=WARDS, memberships__isnull=False)
    rows = Organization.objects.exclude(pk__in=others.exclude(pk=report.organization_id).values("pk"))
    return {
        row.pk: Body(
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            symbol_code=row.symbol_code,
            place_name=row.place_name,
            units=units if row.pk == report.organization_id else {},
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            parent=row.parent.name if row.parent else "",
            place_noun=row.place_noun,
        )
        for row in rows.select_related("parent").order_by("pk")
    }


def _terms(report: Report) -> Iterable[KnownTerm]:
    """Those of the report's campaign; of every campaign of the ward where the report names none."""
    rows = Term.objects.filter(campaign__organization=report.organization_id)
    if report.campaign_id:
        rows = rows.filter(campaign=report.campaign_id)
    return (KnownTerm(*row) for row in rows.order_by("pk").values_list("text", "abbreviation"))


def _papers(report: Report) -> Iterable[RegisteredPaper]:
    links: dict[int, list[Link]] = defaultdict(list)
    rows = PaperLink.objects.filter(source__holder=report.organization_id)
    for source, kind, target in rows.order_by("pk").values_list("source_id", "kind", "target_id"):
        links[source].append(Link(kind, target))
    held = Paper.objects.filter(holder=report.organization_id).defer("search", "note").order_by("pk")
    return (RegisteredPaper(row.pk, row.citation, row.in_force, tuple(links[row.pk])) for row in held)


def _teams(report: Report, day: datetime.date) -> Iterable[KnownTeam]:
    rows = Team.objects.filter(organization=report.organization_id).with_headcount(day)
    return (
        KnownTeam(
            row.pk,
            row.name,
            row.headcount,
            row.decision_id,
            row.neighbourhood.name if row.neighbourhood else "",
            row.parent_id,
            row.formed_on,
            row.dissolved_on,
        )
        for row in rows.select_related("neighbourhood").order_by("pk")
    )


def _indicators(report: Report) -> Iterable[KnownIndicator]:
    ids = list(Indicator.objects.filter(organization=report.organization_id).values_list("pk", flat=True))
    facts = gather(report, (Mention("figure", str(pk)) for pk in ids)).indicators
    proven = set(
        Reading.objects.filter(indicator__in=ids)
        .filter(~Q(paper=None) | ~Q(evidence=""))
        .values_list("indicator_id", flat=True)
    )
    return (_indicator(facts[pk], pk in proven) for pk in ids)


def _indicator(facts: IndicatorFacts, evidence: bool) -> KnownIndicator:
    ward = facts.ward
    return KnownIndicator(
        id=facts.id,
        code=facts.code,
        name=facts.name,
        unit=facts.unit,
        measure=facts.measure,
        decimals=facts.decimals,
        value=ward.value,
        numerator=ward.numerator,
        denominator=ward.denominator,
        as_of=ward.as_of,
        target=facts.target,
        covered=ward.covered,
        expected=ward.expected,
        evidence=evidence,
    )


def _people(report: Report) -> Iterable[str]:
    held = Membership.objects.filter(organization=report.organization_id)
    return held.order_by("user__full_name").values_list("user__full_name", flat=True).distinct()


def _neighbourhoods(report: Report, day: datetime.date) -> Iterable[str]:
    held = Neighbourhood.objects.filter(in_force_on(day), organization=report.organization_id)
    return held.values_list("name", flat=True)
