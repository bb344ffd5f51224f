"""Citations of a text to papers of the register, each paper once; mentions keep the words as printed."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Q

from campaigns import changes, citations, events
from campaigns.citations import KINDS, Citation, Found
from campaigns.models import Organization, Paper, User
from campaigns.search import fold

from .document import nodes
from .document.nodes import Document, Inlines, Mention, Text, words
from .importing import Note

Key = tuple[str, str]


@dataclass
class Linker:
    """Links what a document cites. `papers` in the order met, `added` ids of new rows, `mentions` counted."""

    organization: Organization
    document: Document
    by: User | None
    papers: list[Paper] = field(default_factory=list)
    added: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    mentions: int = 0
    adds: bool = True  # papers the register lacks are entered

    def __post_init__(self) -> None:
        self._known: dict[Key, list[Paper]] = defaultdict(list)
        self._laws: dict[str, Paper] = {}
        self._found = {line: citations.find(line) for line in dict.fromkeys(_lines(self.document)) if line}
        found = [at.citation for line in self._found.values() for at in line]
        self._load(found)
        for citation in sorted(found, key=_fullness, reverse=True):
            self._settle(citation)

    def linked(self, found: tuple[nodes.Node, ...]) -> tuple[nodes.Node, ...]:
        """The same nodes with a mention where a paper is cited."""
        return tuple(self._node(node) for node in found)

    # --- papers -------------------------------------------------------------------------------------------

    def _load(self, found: list[Citation]) -> None:
        """The register's papers that may be meant: one query."""
        numbers = {citation.number for citation in found if citation.number}
        laws = {citation.subject for citation in found if not citation.number and citation.subject}
        rows = Paper.objects.filter(holder=self.organization)
        for paper in rows.filter(Q(number__in=numbers) | Q(number="", subject__in=laws)).order_by("pk"):
            self._remember(paper)

    def _remember(self, paper: Paper) -> None:
        if paper.number:
            self._known[_key(paper.number, paper.symbol)].append(paper)
        elif paper.subject:
            self._laws[_name(paper.kind, paper.subject)] = paper

    def _settle(self, citation: Citation) -> Paper | None:
        """The paper a citation means, added when the register has none; None for what names no paper."""
        paper = self.paper(citation)
        if paper is None and self.adds and (paper := _row(citation, self.organization)) is not None:
            paper.save()
            self._remember(paper)
            self.added.add(paper.pk)
            events.record("add", self.by, self.organization, after=changes.content(paper))
        if paper is not None and paper not in self.papers:
            self.papers.append(paper)
        return paper

    def paper(self, citation: Citation) -> Paper | None:
        """The register's paper a citation means, None when there is none."""
        if not citation.number:
            return self._laws.get(_name(citation.kind, citation.subject))
        same = self._known[_key(citation.number, citation.symbol)]
        fitting = [paper for paper in same if _fits(paper, citation)]
        exact = [paper for paper in fitting if paper.issued_on == citation.date]
        return next(iter([*exact, *fitting]), None)

    # --- lines ------------------------------------------------------------------------------------------------

    def _node(self, node: nodes.Node) -> nodes.Node:
        if isinstance(node, nodes.Table):
            rows = tuple(replace(row, cells=tuple(map(self._cell, row.cells))) for row in node.rows)
            return replace(node, rows=rows)
        return replace(node, content=self.line(node.content))

    def _cell(self, cell: nodes.Cell) -> nodes.Cell:
        return replace(cell, content=self.line(cell.content))

    def line(self, content: Inlines) -> Inlines:
        """A line with a mention for each citation whose words stand together."""
        text = words(content)
        for at in reversed(self._found.get(text, ())):
            paper = self.paper(at.citation)
            if paper is not None:
                content = self._placed(content, at, paper)
        return content

    def _placed(self, content: Inlines, at: Found, paper: Paper) -> Inlines:
        before, inside, after = _cut(content, at.start, at.head)
        if not inside or not all(isinstance(part, Text) and not part.link for part in inside):
            return content
        look = inside[0]
        mention = Mention(
            "paper",
            str(paper.pk),
            "full" if at.citation.date or at.citation.issuer else "short",
            words(inside),
            bold=isinstance(look, Text) and look.bold,
            italic=isinstance(look, Text) and look.italic,
        )
        self.mentions += 1
        return (*before, mention, *after)


def _lines(document: Document) -> Iterator[str]:
    """Every line of a document's body and appendices that may cite a paper."""
    for section in nodes.walk_sections(document.sections):
        yield from (words(section.heading), words(section.run_in))
        for block in section.blocks:
            yield from _texts(block.nodes)
    for appendix in document.appendices:
        for block in appendix.blocks:
            yield from _texts(block.nodes)
        for section in nodes.walk_sections(appendix.sections):
            yield from (words(section.heading), words(section.run_in))
            for block in section.blocks:
                yield from _texts(block.nodes)


def _texts(found: tuple[nodes.Node, ...]) -> Iterator[str]:
    for node in found:
        if isinstance(node, nodes.Table):
            yield from (words(cell.content) for row in node.rows for cell in row.cells)
        else:
            yield words(node.content)


def _cut(content: Inlines, start: int, end: int) -> tuple[Inlines, Inlines, Inlines]:
    """A line's parts before, inside and after two places of its words, no blank lost."""
    parts: tuple[list[nodes.Inline], ...] = ([], [], [])
    seen = 0
    for part in content:
        length = len(words((part,)))
        if not isinstance(part, Text):
            parts[0 if seen < start else 1 if seen < end else 2].append(part)
        else:
            cuts = [max(0, min(length, place - seen)) for place in (0, start, end, seen + length)]
            for index in range(3):
                if shown := part.text[cuts[index] : cuts[index + 1]]:
                    parts[index].append(replace(part, text=shown))
        seen += length
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])


# --- citations and papers ---------------------------------------------------------------------------------------


def _key(number: str, symbol: str) -> Key:
    """Number and symbol as they are compared: no blanks, capitals, leading zeros of the number aside."""
    return number.lstrip("0").lower(), re.sub(r"[\s.]", "", symbol).upper()


def _name(kind: str, subject: str) -> str:
    return fold(f"{kind} {subject}")


def _fullness(citation: Citation) -> int:
    """How much of a paper a citation tells: the fullest is met first, so the short ones find its paper."""
    return 4 * bool(citation.date) + 2 * bool(citation.issuer) + bool(citation.subject)


def _fits(paper: Paper, citation: Citation) -> bool:
    """Whether a paper with the number and symbol is the one cited: no other date, or else no other issuer."""
    if citation.date and paper.issued_on:
        return citation.date == paper.issued_on or (
            citation.date.year == paper.issued_on.year and _same_issuer(paper, citation)
        )
    return _same_issuer(paper, citation)


def _same_issuer(paper: Paper, citation: Citation) -> bool:
    if not citation.issuer or not paper.issuer:
        return True
    one, other = _issuer(paper.issuer), _issuer(citation.issuer)
    return one in other or other in one


def _issuer(name: str) -> str:
    short = fold(name).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return " ".join(short.split())


def _row(citation: Citation, organization: Organization) -> Paper | None:
    """A new paper of the register, or None for a blank number and for what only a kind names."""
    if not citation.number and not (citation.subject and KINDS.get(citation.kind)):
        return None
    if not citation.number and KINDS[citation.kind].family != "legal":
        return None
    date: datetime.date | None = citation.date
    return Paper(
        holder=organization,
        kind=citation.kind if citation.kind in KINDS else "văn bản",
        number=citation.number[:20],
        symbol=citation.symbol[:60],
        issued_on=date,
        issued_printed=citation.dated[:40],
        issuer=citation.issuer[:300],
        subject=citation.subject[:2000],
    )
