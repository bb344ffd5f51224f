"""Closes an open tree, once: computes the labels left open and looks up the words of every mention.

Label styles are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6 (both structures) and those seen in
real reports. Printed labels are never changed; a printed label sets the count its followers go on from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from .nodes import (
    Appendix,
    Block,
    Cell,
    Document,
    Frame,
    Inlines,
    Item,
    Mention,
    MentionKind,
    Node,
    Paragraph,
    Row,
    Section,
    Table,
    Title,
)

#: Điểm follow the Vietnamese alphabet, without the letters with a hat or hook but with đ (Phụ lục I, II.6).
ALPHABET = "abcdđeghiklmnopqrstuvxy"

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_ROMAN_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_ROMAN_PARTS = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN_SIGNS, strict=True))

Path = tuple[int, ...]


# --- numbers as words ---------------------------------------------------------------------------------


def roman(number: int) -> str:
    """1 -> "I", 4 -> "IV"."""
    written = ""
    for value, sign in _ROMAN_PARTS:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _from_roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values.get(char, 0) for char in text.upper()]
    total = sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
    return total if total > 0 and roman(total) == text.upper() else None


def letter(number: int) -> str:
    """1 -> "a", 5 -> "đ", 24 -> "aa"."""
    written = ""
    while number > 0:
        number, at = divmod(number - 1, len(ALPHABET))
        written = ALPHABET[at] + written
    return written


def _from_letter(text: str) -> int | None:
    number = 0
    for char in text.lower():
        if char not in ALPHABET:
            return None
        number = number * len(ALPHABET) + ALPHABET.index(char) + 1
    return number or None


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else str(number)


def _from_ordinal(text: str) -> int | None:
    return _ORDINALS.index(text.lower()) + 1 if text.lower() in _ORDINALS else None


def _from_digits(text: str) -> int | None:
    return int(text) or None


# --- styles -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of label counts and how its heading looks; capitals are the author's own.

    `shape` is the label with "{}" where the number stands; a style without "{}" is a mark that does not count.
    `bold` is for a section with a heading (a label without one is upright, regular: Phụ lục I, II.6).
    `centred`: label on a line of its own, heading below, both centred (phần, chương, mục of structure (a)).
    `through`: counts through the whole document, not per parent (Điều).
    `dots`: parts of a dotted number taken from the parents, 0 for others.
    """

    shape: str
    write: Callable[[int], str] = str
    read: Callable[[str], int | None] = _from_digits
    sign: str = r"\d+"
    bold: bool = False
    centred: bool = False
    through: bool = False
    dots: int = 0

    @property
    def counts(self) -> bool:
        """Whether the label carries a number."""
        return "{}" in self.shape

    def label(self, number: int, parent: Path = ()) -> str:
        """The `number`-th label under a parent whose number is `parent`."""
        if self.dots:
            return ".".join(map(str, (*parent, number))) + "."
        return self.shape.replace("{}", self.write(number))

    def path(self, label: str, parent: Path = ()) -> Path | None:
        """The number a label states, with those of its parents if dotted; None if it is not of this style."""
        text = " ".join(label.split())
        if self.dots:
            if not re.fullmatch(rf"\d+(\.\d+){{{self.dots}}}\.?", text):
                return None
            return tuple(int(part) for part in text.rstrip(".").split("."))
        if not self.counts:
            return () if text == self.shape else None
        before, after = map(re.escape, self.shape.split("{}"))
        found = re.fullmatch(f"{before}({self.sign}){after}", text, re.IGNORECASE if self.centred else 0)
        number = self.read(found[1]) if found else None
        return None if number is None else (number,)


_ROMAN = r"[IVXLCDM]+"
_SMALL_ROMAN = r"[ivxlcdm]+"
_LETTERS = f"[{ALPHABET}]{{1,2}}"
_CAPITALS = f"[{ALPHABET.upper()}]"


def _small_roman(number: int) -> str:
    return roman(number).lower()


def _capital(number: int) -> str:
    return letter(number).upper()


#: Every label style, by the look of its first label. Order matters to `parse_label`: the likelier first.
STYLES: dict[str, Style] = {
    "Phần I": Style("Phần {}", roman, _from_roman, _ROMAN, bold=True, centred=True),
    "Phần thứ nhất": Style("Phần thứ {}", _ordinal, _from_ordinal, r"\w+", bold=True, centred=True),
    "Chương I": Style("Chương {}", roman, _from_roman, _ROMAN, bold=True, centred=True),
    "Mục 1": Style("Mục {}", bold=True, centred=True),
    "Tiểu mục 1": Style("Tiểu mục {}", bold=True, centred=True),
    "Điều 1.": Style("Điều {}.", bold=True, through=True),
    "I.": Style("{}.", roman, _from_roman, _ROMAN, bold=True),
    "I-": Style("{}-", roman, _from_roman, _ROMAN, bold=True),
    "A.": Style("{}.", _capital, _from_letter, _CAPITALS, bold=True),
    "A-": Style("{}-", _capital, _from_letter, _CAPITALS, bold=True),
    "1.1.1.1.": Style("{}.", dots=3),
    "1.1.1.": Style("{}.", dots=2, bold=True),
    "1.1.": Style("{}.", dots=1, bold=True),
    "1.": Style("{}.", bold=True),
    "1-": Style("{}-", bold=True),
    "a)": Style("{})", letter, _from_letter, _LETTERS),
    "a.": Style("{}.", letter, _from_letter, _LETTERS),
    "(a)": Style("({})", letter, _from_letter, _LETTERS),
    "1)": Style("{})"),
    "(1)": Style("({})"),
    "(i)": Style("({})", _small_roman, _from_roman, _SMALL_ROMAN),
    "i)": Style("{})", _small_roman, _from_roman, _SMALL_ROMAN),
    "-": Style("-"),
    "+": Style("+"),
    "*": Style("*"),
    "•": Style("•"),
    "–": Style("–"),
    "": Style("", bold=True),
}

#: Signs that are a Roman number and a letter at once, read as the likelier of the two when nothing else is known.
_LETTERS_FIRST = frozenset("CDLM")


def parse_label(text: str) -> tuple[str, int] | None:
    """The style key and number of a printed label ("II." -> ("I.", 2), "-" -> ("-", 0)), or None.

    Dotted labels give their last part ("2.1.10" -> ("1.1.1.", 10)). "C.", "D.", "L.", "M." are read as letters,
    "I.", "V.", "X." as Roman numbers, "i)" as the letter, "(i)" as Roman: a section's own style decides better.
    """
    label = " ".join(text.split())
    if not label:
        return None
    keys = list(STYLES)
    if label[0] in _LETTERS_FIRST and len(label) == 2:
        keys = ["A.", "A-"]
    elif re.fullmatch(r"\([ivx]+\)", label):
        keys = ["(i)"]
    for key in keys:
        path = STYLES[key].path(label) if key else None
        if path is not None:
            return key, path[-1] if path else 0
    return None


def heading_style(section: Section) -> Style:
    """How a section's opening looks: by its style, or by its printed label where it names none."""
    if section.style in STYLES and section.style:
        return STYLES[section.style]
    return STYLES[(parse_label(section.label or "") or ("", 0))[0]]


# --- wordings -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a mentioned paper, team or figure as of today.

    Papers: `full` (Phụ lục I, II.6.b: kind, number, date, issuer, subject) and `short` (kind, number).
    Figures and teams: `forms` by form ("value", "ratio", "percent"; "name", "headcount"); None: no value yet.
    """

    full: str = ""
    short: str = ""
    forms: Mapping[str, str | None] = field(default_factory=dict)


Wordings = Mapping[tuple[MentionKind, str], Wording]

#: What a mention without a form shows.
_DEFAULT_FORM = {"figure": "value", "team": "name"}


class _Words:
    """Looks mentions up in reading order, remembering which papers were cited already."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self._cited: set[str] = set()

    def line(self, content: Inlines) -> Inlines:
        if not any(isinstance(node, Mention) for node in content):
            return content
        return tuple(replace(n, current=self._current(n)) if isinstance(n, Mention) else n for n in content)

    def _current(self, mention: Mention) -> str | None:
        wording = self._wordings.get((mention.kind, mention.key))
        if mention.kind == "paper":
            return self._citation(mention, wording or Wording())
        if wording is None:
            return None
        form = mention.form if mention.form in wording.forms else mention.form or _DEFAULT_FORM[mention.kind]
        return wording.forms.get(form)

    def _citation(self, mention: Mention, wording: Wording) -> str | None:
        first = mention.key not in self._cited
        self._cited.add(mention.key)
        full = mention.form == "full" or (first and mention.form != "short")
        return (wording.full if full else wording.short) or None


# --- the tree -----------------------------------------------------------------------------------------


def resolve(document: Document, wordings: Wordings) -> Document:
    """The same document with every label computed and every mention looked up; pure."""
    words = _Words(wordings)
    articles = [0]  # Điều count on through the main part
    return replace(
        document,
        frame=_frame(
            document.frame, _Words(wordings)
        ),  # the title is no citation: it uses up no first mention
        sections=_sections(document.sections, words, (), articles),
        appendices=_appendices(document.appendices, words),
    )


def _frame(frame: Frame, words: _Words) -> Frame:
    title = frame.title
    if title is not None:
        title = Title(title.kind, tuple(map(words.line, title.subject)), title.letter)
    return replace(
        frame, number=words.line(frame.number), place_date=words.line(frame.place_date), title=title
    )


def _sections(
    sections: tuple[Section, ...], words: _Words, parent: Path, articles: list[int]
) -> tuple[Section, ...]:
    counts: dict[str, int] = {}
    done = []
    for section in sections:
        label, path = _label(section, parent, counts, articles)
        done.append(
            replace(
                section,
                label=label,
                heading=words.line(section.heading),
                run_in=words.line(section.run_in),
                blocks=_blocks(section.blocks, words),
                sections=_sections(section.sections, words, path or parent, articles),
            )
        )
    return tuple(done)


def _label(
    section: Section, parent: Path, counts: dict[str, int], articles: list[int]
) -> tuple[str, Path | None]:
    """The section's label and the number its dotted children start with."""
    key = section.style
    style = STYLES.get(key)
    if section.label is not None:
        if style is None or not style.counts:
            key = (parse_label(section.label) or ("", 0))[0]
            style = STYLES[key]
        path = style.path(section.label) if style.counts else None
        if path:
            _set_count(key, style, path[-1], counts, articles)
        return section.label, path
    if style is None:
        raise KeyError(f"Section: no such label style: {key!r}")
    if not style.counts:
        return style.shape, None
    number = (articles[0] if style.through else counts.get(key, 0)) + 1
    _set_count(key, style, number, counts, articles)
    return style.label(number, parent), (*parent, number) if style.dots else (number,)


def _set_count(key: str, style: Style, number: int, counts: dict[str, int], articles: list[int]) -> None:
    if style.through:
        articles[0] = number
    else:
        counts[key] = number


def _blocks(blocks: tuple[Block, ...], words: _Words) -> tuple[Block, ...]:
    return tuple(replace(block, nodes=tuple(_node(node, words) for node in block.nodes)) for block in blocks)


def _node(node: Node, words: _Words) -> Node:
    match node:
        case Paragraph() | Item():
            return replace(node, content=words.line(node.content))
        case Table():
            caption = words.line(node.caption)
            return replace(node, caption=caption, rows=tuple(_row(row, words) for row in node.rows))


def _row(row: Row, words: _Words) -> Row:
    return Row(tuple(_cell(cell, words) for cell in row.cells), row.kind)


def _cell(cell: Cell, words: _Words) -> Cell:
    return replace(cell, content=words.line(cell.content))


def _appendices(appendices: tuple[Appendix, ...], words: _Words) -> tuple[Appendix, ...]:
    """Two or more appendices carry Roman numbers, a single one none (Phụ lục I, III.1)."""
    done = []
    for number, appendix in enumerate(appendices, start=1):
        computed = f"Phụ lục {roman(number)}" if len(appendices) > 1 else "Phụ lục"
        done.append(
            replace(
                appendix,
                label=computed if appendix.label is None else appendix.label,
                title=tuple(map(words.line, appendix.title)),
                reference=words.line(appendix.reference),
                blocks=_blocks(appendix.blocks, words),
                sections=_sections(appendix.sections, words, (), [0]),
            )
        )
    return tuple(done)
