"""A read document before it is understood: lines and tables in reading order, with what the source said of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..document.nodes import Break, Inline, Inlines, NodeError, Table, Text, words

_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u00ad\u200b-\u200f\u2060\ufeff]"
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph.

    `gap`: an empty line stands above. `page`: a page begins with it. `level`: the heading level the source
    states (1-9), 0 for none. `indent`: how deep in a list the source says it is. `column`: in a table of the
    frame, the cell it stood in, counted through the table from 1. `full`: it reaches the right edge, so its
    end may be the page's and not the writer's. `centred`, `landscape`: of the source's layout.
    """

    content: Inlines
    gap: bool = False
    page: bool = False
    level: int = 0
    indent: int = 0
    column: int = 0
    full: bool = False
    centred: bool = False
    landscape: bool = False

    @property
    def text(self) -> str:
        """The words, a break as a blank."""
        return words(self.content).replace("\n", " ")

    @property
    def bold(self) -> bool:
        """Whether every word of it is bold."""
        shown = [part for part in self.content if isinstance(part, Text) and part.text.strip()]
        return bool(shown) and all(part.bold for part in shown)

    @property
    def italic(self) -> bool:
        """Whether every word of it is italic."""
        shown = [part for part in self.content if isinstance(part, Text) and part.text.strip()]
        return bool(shown) and all(part.italic for part in shown)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and the lines of its cells in reading order, for the tables that only place the frame.

    `starts`: the place in `lines` of each row's first line, () when the source has no such rows.
    """

    table: Table
    lines: tuple[Line, ...] = ()
    starts: tuple[int, ...] = ()
    gap: bool = False
    page: bool = False
    landscape: bool = False

    def parted(self, row: int) -> tuple[Grid, Grid] | None:
        """The rows above `row` and those from it on; None where a cell spans both."""
        try:
            above = replace(
                self, table=replace(self.table, rows=self.table.rows[:row]), starts=self.starts[:row]
            )
            below = replace(self, table=replace(self.table, rows=self.table.rows[row:]), starts=(), gap=False)
        except NodeError:
            return None
        at = self.starts[row]
        return replace(above, lines=self.lines[:at]), replace(below, lines=self.lines[at:], page=False)


Element = Line | Grid


@dataclass(frozen=True, slots=True)
class Note:
    """Something the officer should know of the reading.

    `kind`: "recognised", "repaired", "left" (as text, in its place) or "dropped" (no words of the document).
    `words`: what was found there; `count`: how often.
    """

    kind: str
    text: str
    words: str = ""
    count: int = 1


def tidy(text: str) -> str:
    """NFC without control characters, white space as one blank."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _DROPPED.sub("", text)))


def plain(text: str, **more: object) -> Line:
    """A line without looks."""
    shown = tidy(text).strip()
    return Line((Text(shown),) if shown else (), **more)  # type: ignore[arg-type]


def joined(parts: Iterable[Inline]) -> Inlines:
    """Parts without blanks at the ends and beside breaks, neighbours of one look in one run."""
    made: list[Inline] = []
    for part in parts:
        before = made[-1] if made else Break()
        if not isinstance(part, Text):
            if isinstance(before, Text) and isinstance(part, Break):
                made[-1] = replace(before, text=before.text.rstrip(" "))
            made.append(part)
            continue
        text = tidy(part.text)
        if isinstance(before, Break) or (isinstance(before, Text) and before.text.endswith(" ")):
            text = text.lstrip(" ")
        if isinstance(before, Text) and replace(before, text="") == replace(part, text=""):
            made[-1] = replace(before, text=unicodedata.normalize("NFC", before.text + text))
        elif text:
            made.append(replace(part, text=text))
    while made and (
        isinstance(made[-1], Break) or (isinstance(made[-1], Text) and not made[-1].text.strip(" "))
    ):
        made.pop()
    while made and isinstance(made[0], Break):
        made.pop(0)
    if made and isinstance(made[-1], Text):
        made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
    return tuple(part for part in made if not (isinstance(part, Text) and not part.text))


def split_at(content: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """A line cut in two at a place in its words; blanks at the cut are left out."""
    first, second = cut(content, at)
    return joined(first), joined(second)


def cut(content: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """A line in two at a place in its words, every blank kept; a mention or break is never cut."""
    first: list[Inline] = []
    second: list[Inline] = []
    seen = 0
    for part in content:
        length = len(words((part,)))
        if seen + length <= at:
            first.append(part)
        elif seen >= at or not isinstance(part, Text):
            second.append(part)
        else:
            first.append(replace(part, text=part.text[: at - seen]))
            second.append(replace(part, text=part.text[at - seen :]))
        seen += length
    return tuple(first), tuple(second)


def broken(line: Line, where: Callable[[str], bool] = lambda _: True) -> Iterator[Line]:
    """The pieces between the breaks of a line, cut only before pieces for which `where` holds."""
    pieces: list[list[Inline]] = [[]]
    for index, part in enumerate(line.content):
        if isinstance(part, Break) and where(_until_break(line.content[index + 1 :])):
            pieces.append([])
        else:
            pieces[-1].append(part)
    for at, piece in enumerate(pieces):
        if content := joined(piece):
            yield replace(line, content=content, **({"gap": False, "page": False} if at else {}))


def _until_break(content: Inlines) -> str:
    shown: list[Inline] = []
    for part in content:
        if isinstance(part, Break):
            break
        shown.append(part)
    return words(tuple(shown)).strip()
