"""Evidence coverage: how many figures and claims of a section have a paper or file behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..document.nodes import Document
from .cited import cited_in
from .claims import CLAIM
from .knowledge import Knowledge
from .numbers import percents, quantities
from .text import Line, Manuscript


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `stated` figures and claims, `backed` have evidence; `section` and `section_key` as in a finding."""

    section: str
    section_key: str
    stated: int
    backed: int
    bare: tuple[str, ...] = ()  # the words that have none, in reading order

    @property
    def percent(self) -> int | None:
        """In hundredths, rounded down; None where nothing is stated."""
        return self.backed * 100 // self.stated if self.stated else None


def coverage(document: Document, knowledge: Knowledge) -> list[Coverage]:
    """One entry for each section with a figure or claim, in reading order; the whole report is their `together`."""
    manuscript = Manuscript(document)
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for line, start, end in _stated(manuscript):
        entry = (line.text[start:end], _is_backed(line, start, manuscript, knowledge))
        found.setdefault((line.section, line.section_key), []).append(entry)
    return [
        Coverage(
            section,
            key,
            len(stated),
            sum(backed for _, backed in stated),
            tuple(w for w, backed in stated if not backed),
        )
        for (section, key), stated in found.items()
    ]


def together(sections: list[Coverage]) -> Coverage:
    """The whole report."""
    bare = tuple(words for section in sections for words in section.bare)
    return Coverage("", "", sum(s.stated for s in sections), sum(s.backed for s in sections), bare)


def _stated(manuscript: Manuscript) -> Iterator[tuple[Line, int, int]]:
    """Counted numbers, percents and claims about most people, as stretches of their lines."""
    places = [(q.line, q.start, q.unit_end) for q in quantities(manuscript) if q.line.part != "heading"]
    for line in manuscript.prose:
        if line.part != "heading":
            places += [(line, share.start, share.end) for share in percents(line)]
            places += [(line, found.start(), found.end()) for found in CLAIM.finditer(line.text)]
    yield from sorted(places, key=lambda place: (place[0].index, place[1]))


def _is_backed(line: Line, start: int, manuscript: Manuscript, knowledge: Knowledge) -> bool:
    """A live figure whose reading has a paper or file, a team with its decision, or a paper in the sentence."""
    for named in line.mentions:
        if named.start <= start < named.end and named.mention.key.isdigit():
            key = int(named.mention.key)
            indicator, team = knowledge.indicator_of.get(key), knowledge.team_of.get(key)
            if named.mention.kind == "figure":
                return bool(indicator and indicator.evidence)
            if named.mention.kind == "team":
                return bool(team and team.decision)
    sentence = line.sentence_at(start)
    begin = line.text.find(sentence)
    return any(begin <= cited.start < begin + len(sentence) for cited in cited_in(manuscript, line))
