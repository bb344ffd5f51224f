"""Rich text to nodes: the sanitised HTML of an editor becomes paragraphs, list items and tables.

Never refuses a text: unknown tags keep their words, odd tables are padded, control characters are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from lxml import html as parser

from ..document.nodes import (
    Break,
    Inline,
    Inlines,
    Item,
    Mention,
    MentionKind,
    Node,
    Paragraph,
    Table,
    Text,
)
from ..document.numbering import letter, roman

#: What a mention names, and in which wording: <span data-ref="paper:12" data-form="full" data-printed="1">.
REFERENCE = re.compile(r"(paper|team|figure):([1-9][0-9]{0,17})")
FORMS = frozenset({"full", "short", "value", "ratio", "percent", "name", "headcount"})
#: Marks a list line may carry; the first of each level is the custom of ward reports.
MARKS = ("-", "+", "*", "•", "–")
DEEPEST = 9  # levels of Item
REMEMBERED = 20_000  # characters of the longest text kept in memory with its nodes

_DROPPED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b\u2060\ufeff]")
#: References to control characters; the parser stops at them.
_NOTHING = re.compile(r"&#(?:0*(?:[12]?[0-9]|3[01])|[xX]0*1?[0-9a-fA-F])(?:;|(?![0-9a-fA-F]))")
_SPACES = re.compile(r"[ \t\n\r\f\u2028\u2029]+")
_LINKS = ("http://", "https://", "mailto:")
_SILENT = frozenset({"script", "style", "template", "head", "title", "noscript"})
_INLINE = frozenset("a abbr b code em font i label mark q s small span strike strong sub sup u".split())
_COUNTERS = {"a": "{})", "i": "{})", "A": "{}.", "I": "{}."}


@dataclass(frozen=True, slots=True)
class Look:
    """How the words met so far are to look."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: str = ""
    link: str = ""


PLAIN = Look()


def tidy(text: str) -> str:
    """NFC without control characters, white space as one blank."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _DROPPED.sub("", text)))


def nodes_of(html: str) -> tuple[Node, ...]:
    """Paragraphs, items and tables in reading order; empty lines are left out.

    Texts of ordinary length are remembered: one page asks for the same text several times.
    """
    return _remembered(html) if len(html) <= REMEMBERED else _read(html)


def _read(html: str) -> tuple[Node, ...]:
    root = _parse(html)
    flow = Flow()
    try:
        flow.walk(root, PLAIN)
    except RecursionError:  # thousands of tags inside one another: the words alone
        flow = Flow()
        flow.words(" ".join(root.itertext()), PLAIN)
    flow.end_line()
    return tuple(flow.nodes)


_remembered = lru_cache(maxsize=512)(_read)


def inlines_of(html: str) -> Inlines:
    """The same as one line: what stood in several lines is parted by breaks."""
    return joined_lines(nodes_of(html))


def plain(text: str) -> Inlines:
    """A typed line without markup; () when blank."""
    words = tidy(text).strip()
    return (Text(words),) if words else ()


def joined_lines(nodes: tuple[Node, ...]) -> Inlines:
    """Lines of all nodes, parted by breaks."""
    parts: list[Inline] = []
    for line in _lines(nodes):
        parts += [Break(), *line] if parts else line
    return tuple(parts)


def _lines(nodes: tuple[Node, ...]) -> Iterator[Inlines]:
    for node in nodes:
        match node:
            case Paragraph():
                yield node.content
            case Item():
                yield (Text(f"{node.label} "), *node.content) if node.label else node.content
            case Table():
                for row in node.rows:
                    yield from (cell.content for cell in row.cells if cell.content)


def mentions_in(nodes: tuple[Node, ...]) -> Iterator[Mention]:
    """Every mention, in reading order."""
    for node in nodes:
        if isinstance(node, Table):
            lines = [node.caption, *(cell.content for row in node.rows for cell in row.cells)]
        else:
            lines = [node.content]
        for line in lines:
            yield from (part for part in line if isinstance(part, Mention))


def _parse(html: str) -> Any:
    clean = _NOTHING.sub(" ", _DROPPED.sub("", html))
    deep = parser.HTMLParser(huge_tree=True)
    try:
        return parser.fragment_fromstring(clean, create_parent="div", parser=deep)
    except (ValueError, parser.etree.ParserError):
        return parser.Element("div")


# --- lines --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Mark:
    """The mark of the list line being read; only its first paragraph shows it."""

    label: str
    level: int

    def take(self) -> str:
        label, self.label = self.label, ""
        return label


class Flow:
    """Reads elements in order and closes a node at the end of each line."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.line: list[Inline] = []
        self.marks: list[Mark] = []

    def walk(self, element: Any, look: Look) -> None:
        """The words and children of an element."""
        self.words(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self.read(child, look)
            self.words(child.tail, look)

    def words(self, text: str | None, look: Look) -> None:
        if text:
            self.line.append(
                Text(tidy(text), look.bold, look.italic, look.underline, cast("Any", look.script), look.link)
            )

    def read(self, element: Any, look: Look) -> None:
        tag = element.tag.lower()
        if tag in _SILENT:
            return
        if tag == "br":
            self.line.append(Break())
        elif tag == "table":
            self.table(element)
        elif tag in ("ul", "ol"):
            self.items(element, look)
        elif tag == "span" and (mention := _mention(element, look)):
            self.line.append(mention)
        elif tag in _INLINE:
            self.walk(element, _look(element, tag, look))
        else:
            self.end_line()
            self.walk(element, look)
            self.end_line()

    def items(self, element: Any, look: Look) -> None:
        self.end_line()
        level = min(len(self.marks) + 1, DEEPEST)
        for child, label in zip(element, _labels(element, level), strict=False):
            if not isinstance(child.tag, str):
                continue
            self.marks.append(Mark(label, level))
            self.walk(child, look)
            self.end_line()
            self.marks.pop()

    def table(self, element: Any) -> None:
        from .tables import table_of  # the two know each other: a cell holds lines

        self.end_line()
        if (table := table_of(element)) is not None:
            self.nodes.append(table)

    def end_line(self) -> None:
        content = trimmed(self.line)
        self.line = []
        if not content:
            return
        if self.marks:
            mark = self.marks[-1]
            self.nodes.append(Item(mark.take(), content, mark.level))
        else:
            self.nodes.append(Paragraph(content))


def _labels(element: Any, level: int) -> Iterator[str]:
    """The label of each child, for as long as asked; what is no <li> does not count."""
    if element.tag.lower() == "ul":
        mark = element.get("data-mark", "")
        mark = mark if mark in MARKS else MARKS[(level - 1) % 2]
        while True:
            yield mark
    number = whole(element.get("start"), 1)
    kind = element.get("type") or element.get("data-type") or "1"
    for child in element:
        yield counter(kind, number)
        number += child.tag == "li"


def counter(kind: str, number: int) -> str:
    """The label of an ordered line: 1), a) in the Vietnamese alphabet, i), A. or I."""
    if kind not in _COUNTERS or number < 1:
        return f"{number})"
    written = letter(number) if kind in "aA" else roman(number)
    return _COUNTERS[kind].format(written.lower() if kind.islower() else written.upper())


def whole(text: str | None, fallback: int, most: int = 9999) -> int:
    """A whole number without sign, at most `most`: thousands of digits, which int() refuses, are `most` too."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return fallback
    return min(int(digits), most) if len(digits) < 19 else most


def _look(element: Any, tag: str, look: Look) -> Look:
    match tag:
        case "b" | "strong":
            return replace(look, bold=True)
        case "i" | "em":
            return replace(look, italic=True)
        case "u":
            return replace(look, underline=True)
        case "sub":
            return replace(look, script="sub")
        case "sup":
            return replace(look, script="super")
        case "a":
            link = tidy(element.get("href", "")).strip()
            return replace(look, link=link if link.startswith(_LINKS) else "")
    return look


def _mention(element: Any, look: Look) -> Mention | None:
    """The mention a span holds, or None for any other span. Printed words are kept, cached ones are not."""
    found = REFERENCE.fullmatch(element.get("data-ref", ""))
    if not found:
        return None
    form = element.get("data-form", "")
    printed = tidy(element.text_content()).strip() if element.get("data-printed") == "1" else ""
    kind = cast("MentionKind", found[1])
    return Mention(
        kind, found[2], form if form in FORMS else "", printed or None, bold=look.bold, italic=look.italic
    )


def trimmed(line: list[Inline]) -> Inlines:
    """A line without blanks at its ends and beside breaks, neighbours of one look joined."""
    parts: list[Inline] = []
    for part in line:
        before = parts[-1] if parts else Break()
        if isinstance(part, Text):
            text = part.text
            if isinstance(before, Break) or (isinstance(before, Text) and before.text.endswith(" ")):
                text = text.lstrip(" ")
            if isinstance(before, Text) and replace(before, text="") == replace(part, text=""):
                parts[-1] = replace(before, text=tidy(before.text + text))
            elif text:
                parts.append(replace(part, text=text))
        else:
            if isinstance(part, Break) and isinstance(before, Text):
                parts[-1] = replace(before, text=before.text.rstrip(" "))
            parts.append(part)
    return _ends(parts)


def _ends(parts: list[Inline]) -> Inlines:
    while parts and (
        isinstance(parts[-1], Break) or (isinstance(parts[-1], Text) and not parts[-1].text.strip(" "))
    ):
        parts.pop()
    while parts and isinstance(parts[0], Break):
        parts.pop(0)
    if parts and isinstance(parts[-1], Text):
        parts[-1] = replace(parts[-1], text=parts[-1].text.rstrip(" "))
    return tuple(part for part in parts if not (isinstance(part, Text) and not part.text))
