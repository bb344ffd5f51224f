"""What every kind of block is: a form an officer fills, and the step from its content to nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from campaigns.facts import Facts

from ..document.nodes import (
    Appendix,
    Inline,
    Inlines,
    Item,
    Mention,
    MentionKind,
    Node,
    Paragraph,
    Text,
    words,
)
from . import richtext
from .forms import BlockForm

Content = dict[str, Any]
NO_FACTS = Facts()
#: Signs that follow a word without a blank.
_CLOSING = tuple(".,;:!?)]}”’%/")


class Kind:
    """A kind of block. `form` is bound to a content; `nodes` and `appendix` are pure."""

    key: ClassVar[str]
    label: ClassVar[str]
    icon: ClassVar[str]
    form: ClassVar[type[BlockForm]]

    def blank(self) -> Content:
        """The content of a new block."""
        return {}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        """What the block prints in its section."""
        raise NotImplementedError

    def appendix(self, content: Content, facts: Facts) -> Appendix | None:
        """What the block prints as an appendix of its own; label and reference are left to the document."""
        return None

    def mentions(self, content: Content) -> tuple[Mention, ...]:
        """Everything the content names, in reading order."""
        return tuple(richtext.mentions_in(self.nodes(content, NO_FACTS)))


def rows(content: Content) -> list[Content]:
    """The rows of a content; anything else counts as none."""
    found = content.get("rows")
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def text(content: Content, name: str) -> str:
    """A text of a content or row, "" when missing."""
    value = content.get(name)
    return value if isinstance(value, str) else ""


def intro(content: Content) -> tuple[Node, ...]:
    """The rich text a block opens with."""
    return richtext.nodes_of(text(content, "intro"))


def mention(kind: MentionKind, row: Content, name: str, form: str = "") -> Inlines:
    """The mention a row holds; without a target its printed words alone."""
    target, printed = row.get(name), richtext.tidy(text(row, "printed")).strip()
    if not target:
        return richtext.plain(printed)
    chosen = text(row, "form") or form
    return (Mention(kind, str(target), chosen if chosen in richtext.FORMS else "", printed or None),)


def sentence(*parts: Inlines) -> Inlines:
    """Parts of a sentence with one blank between, none before a closing sign."""
    line: list[Inline] = []
    for part in filter(None, parts):
        if line and not words(part).startswith(_CLOSING):
            line.append(Text(" "))
        line += part
    return richtext.trimmed(line)


#: Marks an officer may choose for the lines of a block, as keys of what is stored.
LINE_MARKS = (
    ("-", "Gạch đầu dòng (-)"),
    ("+", "Dấu cộng (+)"),
    ("", "Đoạn văn, không có dấu"),
    ("1)", "1), 2), 3)"),
    ("a)", "a), b), c)"),
)


def mark_of(content: Content) -> str:
    """The chosen mark; a dash when none was ever chosen."""
    mark = content.get("mark", "-")
    return mark if mark in dict(LINE_MARKS) else "-"


def line(mark: str, content: Inlines, number: int = 1, level: int = 1) -> Node:
    """A line with its mark, or a paragraph when the mark is ""."""
    if not mark:
        return Paragraph(content)
    label = richtext.counter(mark[0], number) if mark in ("1)", "a)") else mark
    return Item(label, content, level)


def lines(mark: str, contents: Iterable[Inlines], level: int = 1) -> tuple[Node, ...]:
    """Lines that count on; empty ones are left out."""
    return tuple(line(mark, content, at, level) for at, content in enumerate(filter(None, contents), 1))


Show = Literal["lines", "table", "appendix"]
