"""The tree read once: its lines with their place, the sentences in them, and words compared without marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from ..document import nodes
from ..document.nodes import Appendix, Document, Inlines, Item, Paragraph, Section, Table, words

#: What a line is. The first row is the frame (NĐ 30 Phụ lục I), the second the body and its appendices.
Part = Literal[
    "letterhead", "motto", "number", "place_date", "title", "addressees", "recipients", "signature", "other",
    "heading", "paragraph", "item", "cell", "caption", "unit", "reference",
]  # fmt: skip
FRAME = frozenset(
    ("letterhead", "motto", "number", "place_date", "title", "addressees", "recipients", "signature", "other")
)
OPENING, CLOSING = "Phần mở đầu", "Phần kết"


# --- folding ------------------------------------------------------------------------------------------


def _letters() -> Iterator[str]:
    """Every Vietnamese letter with a mark, in both cases."""
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY":
        yield base
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            yield unicodedata.normalize("NFC", base + tone)


def _toneless(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    kept = "".join(part for part in parts if part not in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", kept)


#: The Vietnamese letters beyond a-z and A-Z, for classes of regular expressions: "à-ỹ" holds capitals too.
LOWER = "".join(sorted({char for char in _letters() if char.islower() and not char.isascii()} | {"đ"}))
UPPER = LOWER.upper()

_TONELESS = str.maketrans({char: _toneless(char) for char in _letters()})
_BARE = str.maketrans(
    {**{char: unicodedata.normalize("NFD", char)[0].lower() for char in _letters()}, "đ": "d", "Đ": "d"}
)


def toneless(text: str) -> str:
    """Without the five tone marks, letters kept: "Nhị Chiểu" -> "Nhi Chiêu". As long as `text` (NFC)."""
    return text.translate(_TONELESS)


@lru_cache(maxsize=16_384)  # the checks ask for the same words again and again
def bare(text: str) -> str:
    """Lower case without any mark: "Nhị Chiểu" -> "nhi chieu". As long as `text` (NFC)."""
    return text.translate(_BARE).lower()


# --- search -------------------------------------------------------------------------------------------

#: Lines kept for each pattern: those of a few long reports.
_KEPT = 4000
_FOUND: dict[int, dict[str, tuple[re.Match[str], ...]]] = {}


def matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """All matches of a module's pattern in a line, kept: while an officer types, the other lines stay the same."""
    kept = _FOUND.setdefault(id(pattern), {})
    found = kept.get(text)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[text] = tuple(pattern.finditer(text))
    return found


# --- lines --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """A mention inside a line: where its words stand."""

    start: int
    end: int
    mention: nodes.Mention


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line of the document: a heading, paragraph, list line, table cell or line of the frame.

    `label` is the mark as printed ("-", "a)"), not part of `text`. `section` is label and heading as printed,
    `owner` its node. `table`, `row`, `column` count from 0 in cells (`table` through the document), else -1.
    """

    index: int
    part: Part
    text: str
    label: str = ""
    level: int = 0
    section: str = ""
    section_key: str = ""
    block: str = ""
    owner: Section | Appendix | None = None
    node: object = None
    top: int = -1  # number of the first-level section, from 0
    mentions: tuple[Named, ...] = ()
    appendix: bool = False
    table: int = -1
    row: int = -1
    column: int = -1
    folded: str = ""  # `text` without marks, in lower case: the same offsets

    @property
    def in_frame(self) -> bool:
        return self.part in FRAME

    def sentence_at(self, start: int) -> str:
        """The sentence around a position."""
        for begin, end in sentence_spans(self.text):
            if begin <= start < end:
                return self.text[begin:end]
        return self.text


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a line: `line.text[start:end]`."""

    line: Line
    start: int
    end: int
    text: str


#: A sentence ends at . ? ! … before a space and a capital, digit or quote; not after an abbreviation.
_END = re.compile(
    r"(?<![ .][A-ZĐ])(?<!\bTP)(?<!\bTS)(?<!\bThS)(?<![.?!…])[.?!…]+[”\")]?\s+(?=[“\"(]?[^\W\d_a-z"
    + LOWER
    + r"])"
)


@lru_cache(maxsize=_KEPT)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, spaces around it left out."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for found in _END.finditer(text):
        end = found.end() - (len(found[0]) - len(found[0].rstrip()))
        spans.append((begin, end))
        begin = found.end()
    if begin < len(text):
        spans.append((begin, len(text)))
    return tuple(spans)


@lru_cache(maxsize=_KEPT)
def _syllables(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))


class Manuscript:
    """A resolved document as lines in reading order; what several checks ask for is made once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._counts: dict[str, int] = {}
        self.lines: tuple[Line, ...] = tuple(_Reader(document).read())

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """Lines of sections and appendices, without the frame."""
        return tuple(line for line in self.lines if not line.in_frame)

    @cached_property
    def prose(self) -> tuple[Line, ...]:
        """Headings, paragraphs and list lines of sections and appendices: no table cells."""
        return tuple(line for line in self.body if line.part in ("heading", "paragraph", "item"))

    @cached_property
    def frame(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.in_frame)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of headings, paragraphs and list lines."""
        return tuple(
            Sentence(line, start, end, line.text[start:end])
            for line in self.prose
            for start, end in sentence_spans(line.text)
        )

    @cached_property
    def _whole(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def count(self, wanted: str) -> int:
        """How often words stand in the document, capitals as given."""
        if wanted not in self._counts:
            self._counts[wanted] = self._whole.count(wanted)
        return self._counts[wanted]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Every different word, in lower case."""
        return frozenset().union(*(_syllables(line.text) for line in self.lines))

    @cached_property
    def folded(self) -> str:
        """The whole text without marks, in lower case, a newline between lines."""
        return "\n".join(line.folded for line in self.lines)

    def of_part(self, *parts: Part) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.part in parts)

    def first(self, *parts: Part) -> Line:
        """The first line of a part, else the document's first line, else an empty one: a place for what is missing."""
        return next(iter(self.of_part(*parts)), self.lines[0] if self.lines else Line(0, "other", ""))


class _Reader:
    """Walks the tree and numbers the lines."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0
        self.tables = 0

    def read(self) -> Iterator[Line]:
        yield from self._head()
        headed = [bool(section.heading or section.label) for section in self.document.sections]
        for top, section in enumerate(self.document.sections):
            bare_name = CLOSING if any(headed[:top]) else OPENING
            yield from self._section(section, top, 1, bare_name, appendix=False)
        yield from self._tail()
        for appendix in self.document.appendices:
            yield from self._appendix(appendix)

    def _line(self, part: Part, text: str, **more: object) -> Line:
        self.count += 1
        return Line(self.count - 1, part, text, folded=bare(text), **more)  # type: ignore[arg-type]

    # --- the frame

    def _head(self) -> Iterator[Line]:
        frame = self.document.frame
        if frame.letterhead:
            for at in frame.letterhead.issuer:
                yield self._line("letterhead", at.text, section="Tên cơ quan")
            for text in frame.letterhead.motto:
                yield self._line("motto", text, section="Quốc hiệu, Tiêu ngữ")
        yield from self._inlines("number", frame.number, "Số, ký hiệu")
        yield from self._inlines("place_date", frame.place_date, "Địa danh, ngày tháng")
        if frame.title:
            if frame.title.kind:
                yield self._line("title", frame.title.kind, section="Tên loại và trích yếu")
            for subject in frame.title.subject:
                yield from self._inlines("title", subject, "Tên loại và trích yếu")
        if frame.addressees:
            for text in frame.addressees.lines:
                yield self._line("addressees", text, label=frame.addressees.label, section="Kính gửi")

    def _tail(self) -> Iterator[Line]:
        frame = self.document.frame
        if frame.recipients:
            for text in frame.recipients.lines:
                yield self._line("recipients", text, label=frame.recipients.label, section="Nơi nhận")
        for signature in frame.signatures:
            for text in (*signature.lines, signature.role, signature.name):
                if text:
                    yield self._line("signature", text, section="Khối ký", node=signature)

    def _inlines(self, part: Part, content: Inlines, section: str) -> Iterator[Line]:
        if content:
            yield self._line(part, _text(content), section=section)

    # --- the body

    def _section(
        self, section: Section, top: int, level: int, bare_name: str, *, appendix: bool
    ) -> Iterator[Line]:
        called = " ".join(filter(None, (section.label, _text(section.heading)))) or bare_name
        place = {
            "section": called,
            "section_key": section.key,
            "owner": section,
            "top": top,
            "appendix": appendix,
        }
        if section.heading or section.label or section.run_in:
            content = _run(section.heading, section.run_in)
            yield self._line(
                "heading",
                _text(content),
                label=section.label or "",
                level=level,
                node=section,
                mentions=_named(content),
                **place,
            )
        for block in section.blocks:
            yield from self._block(block, place)
        for below in section.sections:
            yield from self._section(below, top, level + 1, called, appendix=appendix)

    def _block(self, block: nodes.Block, place: dict[str, object]) -> Iterator[Line]:
        for node in block.nodes:
            match node:
                case Paragraph():
                    yield self._line(
                        "paragraph",
                        _text(node.content),
                        block=block.key,
                        node=node,
                        mentions=_named(node.content),
                        **place,
                    )
                case Item():
                    yield self._line(
                        "item",
                        _text(node.content),
                        label=node.label,
                        level=node.level,
                        block=block.key,
                        node=node,
                        mentions=_named(node.content),
                        **place,
                    )
                case Table():
                    yield from self._table(node, block, place)

    def _table(self, table: Table, block: nodes.Block, place: dict[str, object]) -> Iterator[Line]:
        number = self.tables
        self.tables += 1
        more = {**place, "block": block.key, "node": table, "table": number}
        if table.caption:
            yield self._line("caption", _text(table.caption), mentions=_named(table.caption), **more)
        if table.unit:
            yield self._line("unit", table.unit, **more)
        for row, (cells, starts) in enumerate(zip(table.rows, table.positions(), strict=True)):
            for cell, column in zip(cells.cells, starts, strict=True):
                yield self._line(
                    "cell",
                    _text(cell.content),
                    row=row,
                    column=column,
                    mentions=_named(cell.content),
                    **more,
                )

    def _appendix(self, appendix: Appendix) -> Iterator[Line]:
        titles = [_text(title) for title in appendix.title]
        called = " ".join(filter(None, (appendix.label, *titles)))
        place: dict[str, object] = {
            "section": called,
            "section_key": appendix.key,
            "owner": appendix,
            "appendix": True,
        }
        for text in titles:
            yield self._line("heading", text, node=appendix, label=appendix.label or "", **place)
        if appendix.reference:
            yield self._line("reference", _text(appendix.reference), node=appendix, **place)
        for block in appendix.blocks:
            yield from self._block(block, place)
        for section in appendix.sections:
            yield from self._section(section, -1, 1, called, appendix=True)


def _text(content: Inlines) -> str:
    """Words of one line; a break inside it is a space, so that offsets stay those of `words`."""
    return words(content).replace("\n", " ")


def _run(heading: Inlines, run_in: Inlines) -> Inlines:
    return (*heading, nodes.Text(" "), *run_in) if heading and run_in else heading or run_in


def _named(content: Inlines) -> tuple[Named, ...]:
    found: list[Named] = []
    at = 0
    for node in content:
        length = len(words((node,)))
        if isinstance(node, nodes.Mention):
            found.append(Named(at, at + length, node))
        at += length
    return tuple(found)
