"""Which citations mean one paper, in the document and in the register, and what it truly says."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from campaigns.citations import Citation

from .cited import Cited, citations, key_of
from .issuers import plain
from .knowledge import Knowledge, RegisteredPaper
from .text import Manuscript, bare

_TOKEN = re.compile(r"[^\W_]+")
REGISTER, ELSEWHERE = "sổ văn bản", "chỗ khác trong báo cáo"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a citation should agree with: the register's paper, or the document's other citations of it."""

    citation: Citation
    source: str  # REGISTER or ELSEWHERE


# --- which paper --------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _index(knowledge: Knowledge) -> dict[tuple[str, str], list[RegisteredPaper]]:
    index: dict[tuple[str, str], list[RegisteredPaper]] = defaultdict(list)
    for paper in knowledge.papers:
        if paper.citation.number:
            index[key_of(paper.citation.number, paper.citation.symbol)].append(paper)
    return index


def registered(cited: Cited, knowledge: Knowledge) -> RegisteredPaper | None:
    """The register's paper: by the mention, else by number and symbol with a fitting year or issuer."""
    if cited.paper is not None and cited.paper in knowledge.paper_of:
        return knowledge.paper_of[cited.paper]
    found = _index(knowledge).get(cited.key, [])
    fitting = [paper for paper in found if _may_be(cited, paper.citation)]
    exact = [paper for paper in fitting if paper.citation.date == cited.date]
    return next(iter(exact or fitting), None)


def _may_be(cited: Cited, citation: Citation) -> bool:
    """Numbers start anew each year, and other bodies have their own: year, issuer or subject must fit."""
    if same_subject(cited.subject, citation.subject):
        return True
    other_issuer = cited.issuer and citation.issuer and not same_issuer(cited.issuer, citation.issuer)
    other_year = cited.date and citation.date and cited.date.year != citation.date.year
    other_subject = cited.subject and citation.subject
    return not other_issuer and not (other_year and (other_subject or not _moved(cited.date, citation.date)))


def _moved(one: datetime.date | None, other: datetime.date | None) -> bool:
    return bool(one and other and (one.day, one.month) == (other.day, other.month))


def near(cited: Cited, knowledge: Knowledge) -> RegisteredPaper | None:
    """A registered paper of the same day that differs by number or symbol only: the one that was meant."""
    if cited.date is None:
        return None
    for paper in knowledge.papers:
        citation = paper.citation
        same = citation.date == cited.date and same_subject(cited.subject, citation.subject)
        number, symbol = key_of(citation.number, citation.symbol)
        close = number == cited.key[0] or symbol == cited.key[1]
        if same and close and (number, symbol) != cited.key:
            return paper
    return None


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(bare(text))


def same_subject(one: str, other: str) -> bool:
    """Two subjects that say the same in so far as both are given (a shorter one may stop earlier)."""
    left, right = tokens(one), tokens(other)
    shorter = min(len(left), len(right))
    if shorter < 2:
        return False
    common = sum((Counter(left[: shorter + 2]) & Counter(right[: shorter + 2])).values())
    return common >= 0.75 * shorter


def same_issuer(one: str, other: str) -> bool:
    """One name is the other, shortened or completed: "UBND phường" and "Ủy ban nhân dân phường Nhị Chiểu"."""
    left, right = plain(one).split(), plain(other).split()
    shorter, longer = sorted((left, right), key=len)
    at = 0
    for word in longer:
        at += at < len(shorter) and shorter[at] == word
    return at == len(shorter)


# --- groups -------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _groups(manuscript: Manuscript) -> tuple[tuple[Cited, ...], ...]:
    """Citations of one paper, as far as words tell."""
    groups: dict[object, list[list[Cited]]] = defaultdict(list)
    for cited in citations(manuscript):
        if cited.line.part == "reference":
            continue
        for group in groups[cited.key]:
            if cited.paper is not None and cited.paper == group[0].paper:
                group.append(cited)
                break
            if any(_may_be(cited, _facts(other)) for other in group):
                group.append(cited)
                break
        else:
            groups[cited.key].append([cited])
    return tuple(tuple(group) for made in groups.values() for group in made)


def groups(manuscript: Manuscript) -> tuple[tuple[Cited, ...], ...]:
    """Citations of one paper together, in reading order."""
    return _groups(manuscript)


def _facts(cited: Cited) -> Citation:
    return Citation(
        cited.kind, cited.number, cited.symbol, cited.date, cited.issuer, cited.subject, cited.printed_date
    )


def truths(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[tuple[Cited, Truth]]:
    """Each citation with what it should agree with; the most frequent words win where no register knows."""
    for group in groups(manuscript):
        known = next(filter(None, (registered(cited, knowledge) for cited in group)), None)
        if known:
            for cited in group:
                yield cited, Truth(known.citation, REGISTER)
        elif len(group) > 1:
            for cited in group:
                others = [other for other in group if other is not cited]
                yield cited, Truth(_agreed(others), ELSEWHERE)


def _agreed(others: list[Cited]) -> Citation:
    """Of several citations the most frequent date, the first subject and issuer given."""
    dates = Counter(other.date for other in others if other.date)
    first = others[0]
    return Citation(
        kind=next((other.kind for other in others if other.kind), ""),
        number=first.number,
        symbol=first.symbol,
        date=dates.most_common(1)[0][0] if dates else None,
        issuer=max((other.issuer for other in others), key=len),
        subject=next((other.subject for other in others if other.subject), ""),
    )
