"""One search over papers, teams, indicators, reports and sentences: tone marks or not, exact tones first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from campaigns.kinds import KINDS
from campaigns.models import Indicator, Paper, Team
from campaigns.models.owned import Actor
from campaigns.search import fold

from .models import Block, Report

SHOWN = 8  # of each sort
LOOKED_AT = 50  # of each sort, to put exact tones first
#: 274/BC-UBND, 06-KH/ĐU, or a number alone after the kind of paper: "kế hoạch 98".
_CODE = re.compile(r"(\d+[a-zđ]?)\s*[/-]\s*([^\W\d_][\w&.-]*(?:\s*/\s*[^\W\d_][\w-]*)?)", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d+[a-zđ]?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One thing found: its words, a hint, where it is."""

    title: str
    hint: str
    url: str


@dataclass(frozen=True)
class Source:
    """A sort of thing: its rows, the columns that hold its words with their marks, and how one is told."""

    label: str
    rows: Callable[[], Any]
    columns: tuple[str, ...]
    hit: Callable[[Any, str], Hit]
    numbered: bool = False  # has number and symbol


def _paper(row: Paper, words: str) -> Hit:
    return Hit(str(row), row.subject, reverse("paper_detail", args=[row.pk]))


def _team(row: Team, words: str) -> Hit:
    return Hit(row.name, row.note, reverse("team_detail", args=[row.pk]))


def _indicator(row: Indicator, words: str) -> Hit:
    return Hit(row.name, row.definition or row.code, reverse("indicator_detail", args=[row.pk]))


def _report(row: Report, words: str) -> Hit:
    title = f"{row.code}: {row.subject_line}" if row.code else row.subject_line
    return Hit(title, row.get_status_display(), reverse("report", args=[row.pk]))


def _sentence(row: Block, words: str) -> Hit:
    report = row.section.report
    url = f"{reverse('section', args=[row.section_id])}#doan-{row.pk}"
    return Hit(_around(row.words, words), f"{report.code or 'Dự thảo'}, {row.section}", url)


SOURCES: dict[str, Source] = {
    "papers": Source("Văn bản", Paper.objects.all, ("subject", "issuer"), _paper, numbered=True),
    "reports": Source("Báo cáo", Report.objects.all, ("subject",), _report, numbered=True),
    "teams": Source("Tổ", Team.objects.all, ("name",), _team),
    "indicators": Source("Số liệu", Indicator.objects.all, ("name",), _indicator),
    "sentences": Source(
        "Câu trong báo cáo",
        lambda: Block.objects.select_related("section__report"),
        (),
        _sentence,
    ),
}


def find(actor: Actor, words: str) -> Iterator[tuple[str, list[Hit]]]:
    """Every sort with what was found in it, the closest first; sorts without a hit are left out."""
    asked = " ".join(unicodedata.normalize("NFC", words.replace("\x00", " ")).split())[:200]
    if not fold(asked):
        return
    for source in SOURCES.values():
        if found := _found(source, actor, asked):
            yield source.label, [source.hit(row, asked) for row in found]


def _found(source: Source, actor: Actor, asked: str) -> list[Any]:
    """By number first, then with the very tone marks, then folded; three queries at most."""
    rows = source.rows().visible_to(actor).order_by("-pk")
    by_number = _by_number(asked, source.label == "Văn bản") if source.numbered else None
    found = {row.pk: row for row in rows.filter(by_number)[:SHOWN]} if by_number is not None else {}
    if len(found) < SHOWN:
        found |= {row.pk: row for row in _by_words(source, rows, asked) if row.pk not in found}
    return list(found.values())[:SHOWN]


def _by_words(source: Source, rows: Any, asked: str) -> list[Any]:
    """Rows that hold the words, exact tones first; only where there are too many to look at is the table asked
    once more for the exact ones."""
    folded = list(rows.matching(asked)[:LOOKED_AT])
    if not source.columns or fold(asked) == asked.casefold():
        return folded
    exact = [row for row in folded if _has(source, row, asked)]
    if len(folded) == LOOKED_AT and len(exact) < SHOWN:
        condition = Q()
        for column in source.columns:
            condition |= Q(**{f"{column}__contains": asked})
        exact += list(rows.filter(condition)[:SHOWN])
    return [*exact, *folded]


def _has(source: Source, row: Any, asked: str) -> bool:
    return any(asked.casefold() in str(getattr(row, column)).casefold() for column in source.columns)


def _by_number(asked: str, has_kind: bool) -> Q | None:
    """The condition of “274/BC-UBND” or “kế hoạch 98”; None when no number is asked for."""
    if code := _CODE.search(asked):
        return Q(number=code[1]) & Q(symbol__istartswith=re.sub(r"\s", "", code[2]))
    number = _NUMBER.search(asked)
    if number is None:
        return None
    rest = fold(asked.replace(number[1], " "))
    named = {fold(kind.name): kind.name for kind in KINDS.values()}
    kind = named.get(rest.removesuffix(" so").removesuffix("so"), "")
    if rest not in ("", "so") and not kind:
        return None
    if kind and not has_kind:
        return Q(number=number[1]) if kind == "báo cáo" else None
    return Q(number=number[1], kind=kind) if kind else Q(number=number[1])


def _around(text: str, words: str) -> str:
    """The stretch of a text around the words, some 160 letters."""
    plain = " ".join(text.split())
    at = _folded(plain).find(fold(words).split(" ")[0])
    start = max(0, at - 60)
    cut = plain[start : start + 160]
    return f"{'…' if start else ''}{cut}{'…' if start + 160 < len(plain) else ''}"


def _folded(text: str) -> str:
    """Folded letter by letter, so that places stay the same."""
    return "".join(fold(char) or " " for char in text)
