"""The nodes of an official document: frozen, self-validating, complete before any writer sees them.

A `Document` is a frame (what surrounds the body: Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 1-14), a tree of
sections and its appendices. Every part of the frame is optional, because real documents lack any of them.

Two things are open in a tree as it is built and closed by `numbering.resolve`, once:
`Section.label is None` (to be computed) and `Mention.current is None` (to be looked up).
Writers take resolved trees only and decide nothing about wording.

All text is Unicode NFC; a node refuses anything else, so no format has to normalise again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Script = Literal["", "sub", "super"]
Align = Literal["left", "center", "right", "justify"]
RowKind = Literal["header", "numbers", "group", "item", "subtotal", "total"]
MentionKind = Literal["paper", "team", "figure"]
SlotKind = Literal["number", "day", "month", "year"]

#: What a reader sees where a mentioned figure or paper has no value yet. Never a zero.
MISSING = "……"


class NodeError(ValueError):
    """A tree that cannot be an official document; the message names the node and the reason."""


#: Control characters, and what XML cannot hold (half surrogates, U+FFFE, U+FFFF).
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _check_text(node: object, *texts: str) -> None:
    for text in texts:
        if not unicodedata.is_normalized("NFC", text):
            raise NodeError(f"{type(node).__name__}: not NFC: {text[:40]!r}")
        if _UNPRINTABLE.search(text):
            raise NodeError(f"{type(node).__name__}: control character in {text[:40]!r}")


# --- inside a line --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words. `link` is an absolute http(s) or mailto address, shown as the text itself."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: Script = ""
    link: str = ""

    def __post_init__(self) -> None:
        _check_text(self, self.text, self.link)
        if self.link and not self.link.startswith(("http://", "https://", "mailto:")):
            raise NodeError(f"Text: link {self.link!r} is not http, https or mailto")


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph or cell."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper, team or figure named in a sentence: one node, so checks and links need no guessing.

    `key` names the target within its kind ("12"); `form` chooses the wording: "" (papers: cited in full at
    the first mention, short afterwards; figures: the value; teams: the name), or "full", "short", "value",
    "ratio", "percent", "headcount".
    `printed` keeps the document's own words and wins over `current`, the words as of today, filled by
    `numbering.resolve`.
    """

    kind: MentionKind
    key: str
    form: str = ""
    printed: str | None = None
    current: str | None = None
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        _check_text(self, self.key, self.form, self.printed or "", self.current or "")
        if self.printed == "":
            raise NodeError("Mention: printed words may not be empty; None means the current value")

    @property
    def shown(self) -> str:
        """The words a reader sees."""
        if self.printed is not None:
            return self.printed
        return MISSING if self.current is None else self.current


@dataclass(frozen=True, slots=True)
class Slot:
    """A place filled after approval (number, day, month, year of issue); empty shows a gap of `gap` spaces.

    The only content that may differ between an approved document and the one issued from it.
    """

    kind: SlotKind
    text: str = ""
    gap: int = 6

    def __post_init__(self) -> None:
        _check_text(self, self.text)

    @property
    def shown(self) -> str:
        """The filled text, or no-break spaces that keep the gap open in every format."""
        return self.text or "\u00a0" * self.gap


Inline = Text | Break | Mention | Slot
Inlines = tuple[Inline, ...]


# --- blocks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text. `indent` is the first-line indent of Phụ lục I, II.6 (1 cm or 1,27 cm)."""

    content: Inlines
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A list line with its mark. `label` is the mark as printed ("-", "+", "a)"); `level` counts from 1."""

    label: str
    content: Inlines
    level: int = 1

    def __post_init__(self) -> None:
        _check_text(self, self.label)
        if not 1 <= self.level <= 9:
            raise NodeError(f"Item: level {self.level} is not 1-9")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `align` overrides its column's."""

    content: Inlines = ()
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    bold: bool = False

    def __post_init__(self) -> None:
        if self.colspan < 1 or self.rowspan < 1:
            raise NodeError("Cell: a span is at least 1")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; its kind decides weight and whether it repeats on the next page (header, numbers)."""

    cells: tuple[Cell, ...]
    kind: RowKind = "item"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `share` of the table's width (any unit, relative to the others) and the align of its cells."""

    share: float = 1.0
    align: Align = "left"

    def __post_init__(self) -> None:
        if not self.share > 0:
            raise NodeError("Column: share must be above 0")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: header rows first ("header", "numbers"), then the others; spans fill the grid exactly.

    `unit` ("Đơn vị tính: người") stands right-aligned above, `caption` bold and centred above that.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Inlines = ()
    unit: str = ""

    def __post_init__(self) -> None:
        _check_text(self, self.unit)
        if not self.columns:
            raise NodeError("Table: no columns")
        kinds = [row.kind in ("header", "numbers") for row in self.rows]
        if any(kinds[self.header_depth :]):
            raise NodeError("Table: a header row below the head")
        self._check_grid()

    @property
    def header_depth(self) -> int:
        """How many rows, from the top, are the head that repeats on every page."""
        depth = 0
        for row in self.rows:
            if row.kind not in ("header", "numbers"):
                break
            depth += 1
        return depth

    def positions(self) -> tuple[tuple[int, ...], ...]:
        """The column in which each cell starts, row by row, counted from 0."""
        covered = [0] * len(self.columns)  # row index up to which a cell from above covers the column
        rows: list[tuple[int, ...]] = []
        for index, row in enumerate(self.rows):
            starts: list[int] = []
            at = 0
            for cell in row.cells:
                while covered[at] > index:
                    at += 1
                starts.append(at)
                covered[at : at + cell.colspan] = [index + cell.rowspan] * cell.colspan
                at += cell.colspan
            rows.append(tuple(starts))
        return tuple(rows)

    def _check_grid(self) -> None:
        width = len(self.columns)
        open_until = [0] * width  # row index up to which a cell from above covers the column
        for index, row in enumerate(self.rows):
            at = 0
            for cell in row.cells:
                while at < width and open_until[at] > index:
                    at += 1
                if at + cell.colspan > width or any(
                    open_until[c] > index for c in range(at, at + cell.colspan)
                ):
                    raise NodeError(f"Table: row {index + 1} does not fit {width} columns")
                last_row = len(self.rows) if index >= self.header_depth else self.header_depth
                if index + cell.rowspan > last_row:
                    raise NodeError(f"Table: row {index + 1}: a cell spans past the end of the head or table")
                for c in range(at, at + cell.colspan):
                    open_until[c] = index + cell.rowspan
                at += cell.colspan
            if any(until <= index for until in open_until):
                raise NodeError(f"Table: row {index + 1} leaves columns empty")


Node = Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Block:
    """What one saved block of a section became; `key` ("b12") leads from the page back to its form."""

    nodes: tuple[Node, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: label, heading, text run in after the heading on the same line, blocks, sub-sections.

    `label`: printed words win; None is computed by `numbering.resolve` from `style`; "" means none.
    `style`: how the label counts and the heading looks, a key of `numbering.STYLES` ("I.", "1.", "1.1.",
    "a)", "-", …; "" for a section without label). `key` ("s12") is the anchor of its heading.
    """

    label: str | None = ""
    heading: Inlines = ()
    run_in: Inlines = ()
    style: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    key: str = ""

    def __post_init__(self) -> None:
        _check_text(self, self.label or "", self.style, self.key)


# --- the frame ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LetterheadLine:
    """A line of ô 2: the superior body upright, the issuing body bold (Phụ lục I, II.2)."""

    text: str
    bold: bool = True

    def __post_init__(self) -> None:
        _check_text(self, self.text)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Ô 1 and ô 2. `issuer` left; `motto` right (Quốc hiệu and Tiêu ngữ, or a party line); either may be ()."""

    issuer: tuple[LetterheadLine, ...] = ()
    motto: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_text(self, *self.motto)


@dataclass(frozen=True, slots=True)
class Title:
    """Ô 5a: name of the kind ("BÁO CÁO", may be "") and subject lines; or ô 5b of a công văn (`letter`)."""

    kind: str
    subject: tuple[Inlines, ...] = ()
    letter: bool = False

    def __post_init__(self) -> None:
        _check_text(self, self.kind)


@dataclass(frozen=True, slots=True)
class Lines:
    """Ô 9a "Kính gửi:" or ô 9b "Nơi nhận:", lines as printed without their dash ("Như trên;").

    `undashed`: which of them, counted from 0, have no dash on the page ("(để b/c)" under a group).
    """

    label: str
    lines: tuple[str, ...]
    undashed: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _check_text(self, self.label, *self.lines)

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines with their dashes."""
        return tuple(text if at in self.undashed else f"- {text}" for at, text in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Signature:
    """Ô 7: authority and post in capitals, one line each ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH"); `role` is the other post above the name ("chức vụ khác"); `name` may be ""."""

    lines: tuple[str, ...]
    name: str = ""
    role: str = ""

    def __post_init__(self) -> None:
        _check_text(self, self.name, self.role, *self.lines)


@dataclass(frozen=True, slots=True)
class Frame:
    """All around the body. A missing part is None, "" or ()."""

    letterhead: Letterhead | None = None
    number: Inlines = ()  # ô 3: Text("Số: "), Slot("number", "274"), Text("/BC-UBND")
    place_date: Inlines = ()  # ô 4: Text("Nhị Chiểu, ngày "), Slot("day"), Text(" tháng "), …
    title: Title | None = None
    addressees: Lines | None = None
    recipients: Lines | None = None
    signatures: tuple[Signature, ...] = ()
    urgency: str = ""  # ô 10b: "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"
    circulation: str = ""  # ô 11: "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"
    copies: str = ""  # ô 12: "PL.(300)"
    contact: str = ""  # ô 13
    draft: str = ""  # "DỰ THẢO lần 2, 16:30 ngày 18/5/2026"; empty once approved

    def __post_init__(self) -> None:
        _check_text(self, self.urgency, self.circulation, self.copies, self.contact, self.draft)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix, its pages numbered apart. `label` None is computed ("Phụ lục", "Phụ lục I", …).

    `reference` is the "(Kèm theo Báo cáo số …)" line; its number and date are slots.
    """

    title: tuple[Inlines, ...] = ()
    label: str | None = None
    reference: Inlines = ()
    landscape: bool = False
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole official document. `title` is the name in file metadata; `lang` a BCP 47 tag.

    `seal` is the digest of the approved text, told in the files' metadata; "" before approval.
    """

    title: str
    frame: Frame = Frame()
    sections: tuple[Section, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    lang: str = "vi"
    seal: str = ""

    def __post_init__(self) -> None:
        _check_text(self, self.title, self.seal)

    @property
    def keywords(self) -> str:
        """The words of the files' metadata: the digest by which an approved text is known."""
        return f"sha256:{self.seal}" if self.seal else ""


# --- questions ------------------------------------------------------------------------------------


def words(content: Inlines) -> str:
    """The text of a line as a reader sees it; a break is a newline."""
    parts: list[str] = []
    for node in content:
        match node:
            case Text():
                parts.append(node.text)
            case Break():
                parts.append("\n")
            case Mention() | Slot():
                parts.append(node.shown)
    return "".join(parts)


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, in reading order."""
    for section in sections:
        yield section
        yield from walk_sections(section.sections)
