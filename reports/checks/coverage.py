"""Evidence coverage: how many figures and claims of each section have a paper or a file behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cited import cited_in
from .knowledge import Knowledge
from .numbers import percents, quantities, ratios
from .text import Line, Manuscript, matches, sentence_spans

#: Acts that leave a paper behind.
_CLAIM = re.compile(
    r"\b(?:đã|được)\s+(?:\w+\s+){0,2}?(?:ban hành|thành lập|kiện toàn|phê duyệt|công nhận|ký kết|tổ chức|tập huấn|triển khai"
    r"|hoàn thành|bàn giao|nghiệm thu|khen thưởng)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A figure or claim: where it stands, and whether something is behind it."""

    section: str
    section_key: str
    words: str
    backed: bool


@dataclass(frozen=True)
class Share:
    """How many statements of a section, or of the report, are backed."""

    backed: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.backed / self.total) if self.total else None


def statements(manuscript: Manuscript, knowledge: Knowledge) -> tuple[Statement, ...]:
    """Every figure and claim of the body, in reading order."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for quantity in quantities(manuscript):
        spans.setdefault(quantity.line.index, []).append((quantity.start, quantity.unit_end))
    found: list[Statement] = []
    for line in manuscript.prose:
        found += _of_line(manuscript, knowledge, line, spans.get(line.index, []))
    return tuple(found)


def _of_line(
    manuscript: Manuscript, knowledge: Knowledge, line: Line, counted: list[tuple[int, int]]
) -> list[Statement]:
    if line.part == "heading":
        return []
    places = [*counted, *((one.start, one.end) for one in ratios(line))]
    places += [(one.start, one.end) for one in percents(line)]
    places += [
        (named.start, named.end) for named in line.mentions if named.mention.kind in ("figure", "team")
    ]
    places += [found.span() for found in matches(_CLAIM, line.text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(places)):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    sentences = list(sentence_spans(line.text))
    cited = [one.start for one in cited_in(manuscript, line)]
    cited += [named.start for named in line.mentions if named.mention.kind == "paper"]
    return [
        Statement(
            line.section,
            line.section_key,
            line.text[start:end],
            _known(line, start, end, knowledge)
            or any(a <= at < b for a, b in sentences if a <= start < b for at in cited),
        )
        for start, end in kept
    ]


def _known(line: Line, start: int, end: int, knowledge: Knowledge) -> bool:
    """A mention of an indicator with a paper or file, of a team with a decision."""
    for named in line.mentions:
        if not (named.start < end and start < named.end and named.mention.key.isdigit()):
            continue
        key = int(named.mention.key)
        if named.mention.kind == "figure":
            indicator = knowledge.indicator_of.get(key)
            return indicator is not None and indicator.evidence
        if named.mention.kind == "team":
            team = knowledge.team_of.get(key)
            return team is not None and team.decision is not None
    return False


def by_section(found: tuple[Statement, ...]) -> dict[str, Share]:
    """Share by the section's key, sections without a statement left out."""
    counts: dict[str, tuple[int, int]] = {}
    for one in found:
        backed, total = counts.get(one.section_key, (0, 0))
        counts[one.section_key] = (backed + one.backed, total + 1)
    return {key: Share(*count) for key, count in counts.items()}


def whole(found: tuple[Statement, ...]) -> Share:
    return Share(sum(one.backed for one in found), len(found))
