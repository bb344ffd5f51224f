"""Which paper of a register a citation means: number and symbol first, then year and issuer as far as told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from .citations import Citation, iso
from .models import Paper
from .search import fold

Key = tuple[str, str]
#: Issuers are written short and long.
_LONG = (
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("bch", "ban chap hanh"),
    ("tp ", "thanh pho "),
)


def key_of(citation: Citation) -> Key:
    """Number and symbol as typed by anybody; a law without number is its kind and name."""
    if citation.number:
        return fold(citation.number), fold(citation.symbol)
    return fold(citation.kind), fold(citation.symbol or citation.subject)


def issuer_key(issuer: str) -> str:
    words = fold(issuer)
    for brief, long in _LONG:
        words = words.replace(brief, long)
    return words


def same(one: Citation, other: Citation) -> bool:
    """Whether two citations with the same key may be of one paper: nothing both tell differs."""
    first, second = iso(one)[:4], iso(other)[:4]
    if first and second and "-" not in first + second and first != second:
        return False
    issuers = sorted((issuer_key(one.issuer), issuer_key(other.issuer)), key=len)
    return not issuers[0] or issuers[0] in issuers[1]


def known_papers(papers: QuerySet[Paper], citations: Sequence[Citation]) -> list[Paper | None]:
    """For each citation the paper of `papers` it means, or None; one query for all."""
    numbers = {citation.number for citation in citations if citation.number}
    kinds = {citation.kind for citation in citations if not citation.number}
    held: dict[Key, list[Paper]] = defaultdict(list)
    for paper in papers.filter(Q(number__in=numbers) | Q(number="", kind__in=kinds)) if citations else ():
        held[key_of(paper.citation)].append(paper)
    return [_meant(held[key_of(citation)], citation) for citation in citations]


def papers_meant(papers: QuerySet[Paper], citation: Citation) -> list[Paper]:
    """Every paper that a citation with number and symbol may mean; none for a citation without them."""
    if not (citation.number and citation.symbol):
        return []
    held = papers.filter(number__iexact=citation.number)
    same_key = [paper for paper in held if key_of(paper.citation) == key_of(citation)]
    found = [paper for paper in same_key if same(paper.citation, citation)]
    return [paper for paper in found if citation.date and paper.issued_on == citation.date] or found


def _meant(papers: Iterable[Paper], citation: Citation) -> Paper | None:
    found = [paper for paper in papers if same(paper.citation, citation)]
    exact = [paper for paper in found if paper.issued_on and paper.issued_on == citation.date]
    return next(iter(exact or found), None)
