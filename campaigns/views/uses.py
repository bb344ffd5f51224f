"""Where a paper, team or indicator is used: the sentence an officer needs before changing or deleting it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, prefetch_related_objects
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
    "entry": "register_entry",
}

#: Rows whose words are those of another row: name of the model -> the key that leads there.
SPOKEN_FOR = {
    "paperlink": "source",
    "reading": "indicator",
    "reportrequest": "paper",
    "membership": "user",
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
    """What keeps a row from being deleted: mentions by report, then other rows in their own words, each once.

    One query for the mentions and one for each other sort of row, however many there are.
    """
    by_model: dict[type[Model], list[Any]] = {}
    for row in protected:
        by_model.setdefault(type(row), []).append(row)
    reports: list[ReportUse] = []
    others: dict[Use, None] = {}
    for model, rows in by_model.items():
        name = model._meta.model_name or ""
        if name == "mention":
            prefetch_related_objects(rows, "block__section__report")
            reports = _by_report(rows)
            continue
        if name in SPOKEN_FOR:
            prefetch_related_objects(rows, SPOKEN_FOR[name])
        others |= dict.fromkeys(_use(row, name) for row in rows)
    return reports, list(others)


def _use(row: Any, name: str) -> Use:
    """A link between papers is shown as the paper it starts from, a reading as its indicator."""
    sort = str(row._meta.verbose_name)
    if name in ("paperlink", "reading"):
        row = getattr(row, SPOKEN_FOR[name])
        name = row._meta.model_name
    return Use(sort, str(row), address(PAGES[name], row.pk) if name in PAGES else "")
