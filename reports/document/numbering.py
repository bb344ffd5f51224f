"""Closes an open tree, once: computes the labels left open and looks up the words of every mention.

Printed labels are never changed; a printed label sets the count its followers go on from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .labels import STYLES, Path, Style, heading_style, letter, parse_label, roman
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

__all__ = [
    "STYLES",
    "Style",
    "Wording",
    "Wordings",
    "heading_style",
    "letter",
    "parse_label",
    "resolve",
    "roman",
]

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
