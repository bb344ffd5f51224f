"""Where a paper, team or indicator is used: the sentence an officer needs before changing or deleting it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Use:
    """One place: which thing, in its own words, and its page if it has one."""

    sort: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class ReportUse:
    """A report and the sections of it that name the thing, as (heading, address)."""

    report: Any
    url: str
    sections: tuple[tuple[str, str], ...]


#: Name of a model -> name of the page that shows a row of it.
PAGES = {
    "paper": "paper_detail",
    "team": "team_detail",
    "indicator": "indicator_detail",
    "report": "report",
    "reportrequest": "request_detail",
}


def address(name: str, pk: int) -> str:
    """The address of a row's page; "" where there is none."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def report_uses(row: Any) -> list[ReportUse]:
    """Reports that mention `row`, each with its sections in reading order: one query."""
    mentions = row.mentions.select_related("block__section__report")
    return _by_report(mentions.order_by("-block__section__report_id", "block__section_id"))


def _by_report(mentions: Iterable[Any]) -> list[ReportUse]:
    found: dict[Any, dict[Any, None]] = {}
    for mention in mentions:
        section = mention.block.section
        found.setdefault(section.report, {})[section] = None
    return [
        ReportUse(
            report,
            address("report", report.pk),
            tuple((str(section)[:200], address("section", section.pk)) for section in sections),
        )
        for report, sections in found.items()
    ]


def uses_of(protected: Iterable[Model]) -> tuple[list[ReportUse], list[Use]]:
    """What keeps a row from being deleted: mentions by report, then other rows in their own words."""
    rows = list(protected)
    mentions = [row.pk for row in rows if row._meta.model_name == "mention"]
    model = next((type(row) for row in rows if row._meta.model_name == "mention"), None)
    reports = (
        _by_report(model._default_manager.filter(pk__in=mentions).select_related("block__section__report"))
        if model
        else []
    )
    return reports, [_use(row) for row in rows if row._meta.model_name != "mention"]


def _use(row: Model) -> Use:
    """A link between papers is shown as the paper it starts from, a reading as its indicator."""
    name = row._meta.model_name or ""
    sort = str(row._meta.verbose_name)
    if name == "paperlink":
        return Use(sort, str(row.source), address("paper_detail", row.source_id))  # type: ignore[attr-defined]
    if name == "reading":
        return Use(sort, str(row.indicator), address("indicator_detail", row.indicator_id))  # type: ignore[attr-defined]
    return Use(sort, str(row), address(PAGES[name], row.pk) if name in PAGES else "")
