"""A passage pasted into an editor: what is kept of it, what was changed, and what in it the registers know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from campaigns.models import Indicator, Organization, Reading
from campaigns.search import fold

from .blocks import markup, prose, richtext
from .document.nodes import Block, Document, Inlines, Mention, Node, Section, Table, Text, words
from .importing import Note, pasted
from .linking import Linker

#: Letters of a passage; a whole report is brought in by “Nạp báo cáo cũ”.
LONGEST = 200_000
_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?:/(\d+))?(?![\d.,/]*\d)")


@dataclass(frozen=True)
class Pasted:
    """`html` to insert, `linked` the same with what the registers know as mentions, `notes` of what changed,
    `offers` in words; `linked` is "" when nothing was recognised."""

    html: str
    linked: str
    notes: tuple[str, ...]
    offers: tuple[str, ...]


def paste(organization: Organization, html: str, text: str) -> Pasted:
    """Reads a passage; HTML wins where it holds more than lines of text."""
    found, notes = _read(html[:LONGEST], text[:LONGEST])
    linked, offers = _linked(organization, found)
    with_links = markup.html_of(linked) if offers else ""
    return Pasted(markup.html_of(found), with_links, tuple(map(_told, notes)), tuple(offers))


def _read(html: str, text: str) -> tuple[tuple[Node, ...], list[Note]]:
    if html.strip():
        nodes = richtext.nodes_of(prose.clean(pasted.list_marks(html)))
        if nodes:
            found, notes = pasted.cleaned(nodes)
            looks = [Note("dropped", "Bỏ phông chữ, cỡ chữ, màu")] if pasted.had_looks(html) else []
            return found, [*looks, *notes]
    return pasted.from_text(text)


def _told(note: Note) -> str:
    return f"{note.text} ({note.count})" if note.count > 1 else note.text


# --- what the registers know ----------------------------------------------------------------------------


def _linked(organization: Organization, found: tuple[Node, ...]) -> tuple[tuple[Node, ...], list[str]]:
    """The nodes with papers and figures of the registers as mentions; five queries at most, nothing is added."""
    document = Document("", sections=(Section(blocks=(Block(found),)),))
    linker = Linker(organization, document, None, adds=False)
    nodes = linker.linked(found)
    offers = [f"Liên kết {linker.mentions} chỗ viện dẫn với sổ văn bản"] if linker.mentions else []
    figures = _Figures(organization)
    nodes = tuple(figures.node(node) for node in nodes) if any(map(_has_number, nodes)) else nodes
    if figures.count:
        offers.append(f"Thay {figures.count} con số bằng số liệu đang theo dõi")
    return nodes, offers


def _has_number(node: Node) -> bool:
    return isinstance(node, Table) or bool(_NUMBER.search(words(node.content)))


class _Figures:
    """Numbers that equal the latest reading of an indicator named in the same line."""

    def __init__(self, organization: Organization) -> None:
        self.count = 0
        self._known: list[tuple[Indicator, set[str], Reading]] | None = None
        self.organization = organization

    def node(self, node: Node) -> Node:
        if isinstance(node, Table):
            return node
        return replace(node, content=self._line(node.content))

    def _line(self, content: Inlines) -> Inlines:
        near = set(fold(words(content)).split())
        return tuple(part for piece in content for part in self._parts(piece, near))

    def _parts(self, piece: Any, near: set[str]) -> Iterator[Any]:
        if not isinstance(piece, Text) or piece.link:
            yield piece
            return
        end = 0
        for number in _NUMBER.finditer(piece.text):
            key, form = self._meant(number, near)
            if key:
                yield from _text(piece, piece.text[end : number.start()])
                yield Mention("figure", key, form, number[0], bold=piece.bold, italic=piece.italic)
                end = number.end()
                self.count += 1
        yield from _text(piece, piece.text[end:])

    def _meant(self, number: re.Match[str], near: set[str]) -> tuple[str, str]:
        """The indicator's id and the form of its words; ("", "") when none is meant, or more than one."""
        value, whole = int(number[1].replace(".", "")), int(number[2] or 0)
        fitting = [
            (indicator, "ratio" if whole else "value")
            for indicator, named, reading in self._rows()
            if len(named & near) * 2 > len(named) and _equals(reading, value, whole)
        ]
        return (str(fitting[0][0].pk), fitting[0][1]) if len(fitting) == 1 else ("", "")

    def _rows(self) -> list[tuple[Indicator, set[str], Reading]]:
        """Each indicator with the words of its name and its latest reading of the whole ward: one query."""
        if self._known is None:
            rows = Reading.objects.filter(indicator__organization=self.organization, neighbourhood=None)
            latest: dict[int, Reading] = {}
            for reading in rows.select_related("indicator").order_by("period_to", "as_of", "pk"):
                latest[reading.indicator_id] = reading
            self._known = [
                (reading.indicator, set(fold(reading.indicator.name).split()), reading)
                for reading in latest.values()
            ]
        return self._known


def _equals(reading: Reading, value: int, whole: int) -> bool:
    if whole:
        return (reading.numerator, reading.denominator) == (value, whole)
    return reading.value == value


def _text(piece: Text, text: str) -> Iterator[Text]:
    if text:
        yield replace(piece, text=text)
