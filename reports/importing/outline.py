"""The body's lines to a tree of sections: labels as printed, text run in after a heading, lists nested by their marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..document.nodes import Block, Break, Inlines, Item, Node, Paragraph, Section, Text
from .labels import Label, label_of
from .lines import Element, Grid, Line, broken, joined, split_at

#: Longest line that may be a heading as a whole, and longest heading before its text on the same line.
_HEADING, _RUN_IN = 220, 90
_CLOSING = re.compile(r"(trên đây là|trên đây,|kính báo cáo|kính trình|kính đề nghị)", re.IGNORECASE)
#: Marks the app's list lines may carry; others stay in their paragraph.
_MARKS = frozenset("-+*•–")
#: Families whose lines are items of a list rather than sections, unless set as a heading.
_ITEMS = frozenset({"1)", "(1)", "(i)", "i)", "(a)"})
#: Ranks of headings without label by the level the source states.
_LEVELS = (2.9, 5.9, 9.6, 11.5, 12.5)
#: Styles whose label stands on a line of its own above its heading.
_CENTRED = frozenset({"Phần I", "Phần thứ nhất", "Chương I", "Mục 1", "Tiểu mục 1"})


@dataclass
class Part:
    """A section while it is read."""

    label: str = ""
    style: str = ""
    family: str = ""
    rank: float = -1.0
    number: int = 0
    path: tuple[int, ...] = ()
    heading: Inlines = ()
    run_in: Inlines = ()
    nodes: list[Node] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)

    def section(self) -> Section:
        blocks = (Block(tuple(self.nodes)),) if self.nodes else ()
        below = tuple(part.section() for part in self.parts)
        return Section(self.label, self.heading, self.run_in, self.style, blocks, below)


def sections_of(elements: list[Element]) -> tuple[Section, ...]:
    """The sections of a body in reading order; text above the first heading and the closing words are
    sections without label and heading."""
    body, closing = _closed(_lines(elements))
    root = _Tree(body).root
    opening = [Part(nodes=root.nodes)] if root.nodes else []
    ending = [Part(nodes=[_paragraph(line) for line in closing])] if closing else []
    return tuple(part.section() for part in [*opening, *root.parts, *ending])


def blocks_of(elements: list[Element]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The text above the first heading, and the sections, of an appendix."""
    root = _Tree(_lines(elements)).root
    return ((Block(tuple(root.nodes)),) if root.nodes else ()), tuple(part.section() for part in root.parts)


def _lines(elements: list[Element]) -> list[Element]:
    """The elements; a paragraph whose rows each begin with a mark or label is cut into them."""
    made: list[Element] = []
    for element in elements:
        if isinstance(element, Line) and any(isinstance(part, Break) for part in element.content):
            made += broken(element, _starts_anew(element))
        elif not isinstance(element, Line) or element.content:
            made.append(element)
    return made


def _starts_anew(line: Line) -> Callable[[str], bool]:
    """Where a paragraph of several rows is cut: before labels; below a unit's name before its title too."""
    first = Line(next(broken(line), line).content).text.strip()
    label = label_of(first)
    if label and label.style in _CENTRED and label.text == first:
        return lambda text: True
    return lambda text: label_of(text) is not None


def _closed(elements: list[Element]) -> tuple[list[Element], list[Line]]:
    """The last words of the body apart: “Trên đây là …”, and what ends with “./.”."""
    for at in range(len(elements) - 1, max(-1, len(elements) - 4), -1):
        element = elements[at]
        if not isinstance(element, Line) or label_of(element.text) or element.level:
            break
        if _CLOSING.match(element.text.strip()):
            return elements[:at], [line for line in elements[at:] if isinstance(line, Line)]
    last = elements[-1] if elements else None
    if (
        isinstance(last, Line)
        and len(elements) > 1
        and not label_of(last.text)
        and re.search(r"\./?\.?/?\.?$", last.text)
        and last.text.rstrip().endswith(("./.", "./", "/.", "/"))
    ):
        return elements[:-1], [last]
    return elements, []


class _Tree:
    """Puts each line where its label says."""

    def __init__(self, elements: list[Element]) -> None:
        self.root = Part()
        self.open: list[Part] = [self.root]
        for at, element in enumerate(elements):
            self._take(element, elements[at + 1] if at + 1 < len(elements) else None)

    def _take(self, element: Element, below: Element | None) -> None:
        if isinstance(element, Grid):
            self.open[-1].nodes.append(element.table)
            return
        label = label_of(element.text, tuple(part.label for part in self.open if part.label))
        if label and not label.mark and self._counts(label, element, below):
            self._begin(_labelled(label, element, below))
        elif label is None and self._names_unit(element):
            self.open[-1].heading = _unbold(element.content)
        elif label is None and self._is_heading(element, below):
            family = f"h{element.level}" if element.level else ""
            self._begin(Part(family=family, rank=self._bare_rank(element), heading=_unbold(element.content)))
        else:
            self.open[-1].nodes.append(self._node(label, element))

    # --- sections -----------------------------------------------------------------------------------

    def _counts(self, label: Label, line: Line, below: Element | None) -> bool:
        """Whether a counted label begins a section here, not a line of a list or a figure at a line's start."""
        if label.family.startswith("1.1"):
            return self._is_path(label)
        if label.family in _ITEMS:
            return line.bold or bool(line.level)
        return True

    def _is_path(self, label: Label) -> bool:
        """A dotted label under its own number, or after its neighbour; “2.5 triệu” is a figure."""
        known = {part.path for part in self._all_open()}
        above, last = label.path[:-1], label.path[-1]
        return (
            above in known
            or (*above, last - 1) in known
            or last == 1
            or any(len(p) == len(label.path) for p in known)
        )

    def _all_open(self) -> list[Part]:
        return [part for parent in self.open for part in (parent, *parent.parts[-1:])]

    def _begin(self, part: Part) -> None:
        """Closes what the new section ends, and hangs it where it belongs."""
        at = self._place(part)
        del self.open[at:]
        self.open[-1].parts.append(part)
        self.open.append(part)

    def _place(self, part: Part) -> int:
        for at in range(len(self.open) - 1, 0, -1):
            held = self.open[at]
            if held.family == part.family and (part.family or held.rank == part.rank):
                restarted = (
                    part.number == 1 and held.number >= 1 and at < len(self.open) - 1 and part.rank >= 6
                )
                return len(self.open) if restarted and not self._is_higher(part, at) else at
        at = len(self.open)
        while at > 1 and self.open[at - 1].rank > part.rank:
            at -= 1
        return at

    def _is_higher(self, part: Part, at: int) -> bool:
        """A count that starts anew below sections of lower rank begins a list inside them only there."""
        return all(held.rank < part.rank for held in self.open[at + 1 :])

    def _is_heading(self, line: Line, below: Element | None) -> bool:
        """A line without label set as a heading: by the source's level, in bold, or in capitals."""
        text = line.text.strip()
        if len(text) > _HEADING or text.endswith((";", ",")) or below is None:
            return False
        if line.level:
            return True
        letters = [sign for sign in text if sign.isalpha()]
        shouted = len(letters) > 5 and all(sign.isupper() for sign in letters) and not text.startswith("(")
        return shouted or (line.bold and not text.endswith(".") and len(text) < 160)

    def _bare_rank(self, line: Line) -> float:
        """Below the section it stands in; in capitals, beside the Roman numbers; or as the source says."""
        if line.level:
            return _LEVELS[min(line.level, len(_LEVELS)) - 1]
        if line.text.isupper():
            return 2.9
        last = self.open[-1]
        if not last.family and len(self.open) > 1:
            return last.rank
        return last.rank + 0.4 if len(self.open) > 1 else 2.95

    def _names_unit(self, line: Line) -> bool:
        """Whether a line is the title below “PHẦN THỨ NHẤT” or “Chương I”, which stand on lines of their own."""
        part = self.open[-1]
        bare = part.style in _CENTRED and not (part.heading or part.run_in or part.nodes or part.parts)
        return bare and len(line.text) <= _HEADING and (line.text.isupper() or line.bold or bool(line.level))

    # --- lines ----------------------------------------------------------------------------------------

    def _node(self, label: Label | None, line: Line) -> Node:
        if (
            label is None
            or label.tight
            or (label.mark and label.text not in _MARKS)
            or (not label.mark and label.family != "1)")
        ):
            return _paragraph(line)
        content = split_at(line.content, len(label.text))[1]
        return Item(label.text, content, self._level(label, line)) if content else _paragraph(line)

    def _level(self, label: Label, line: Line) -> int:
        """By the order in which marks appear in this section; the same mark deeper in the source is deeper."""
        marks = self.open[-1].marks
        key = (label.family, line.indent)
        if key in marks:
            del marks[marks.index(key) + 1 :]
        else:
            while marks and marks[-1][0] == label.family and marks[-1][1] > line.indent:
                marks.pop()
            if key not in marks:
                marks.append(key)
        return min(len(marks), 9)


def _labelled(label: Label, line: Line, below: Element | None) -> Part:
    """A section with its label; the words after it are its heading, or a text that runs in."""
    rest = split_at(line.content, len(label.text))[1]
    heading, run_in = _headed(rest, line, label, below)
    printed, style = label.text, label.style
    if label.tight:
        printed = ""
        first = [*heading] or [*run_in]
        whole = joined((Text(label.text, first[0].bold if isinstance(first[0], Text) else False), *first))
        heading, run_in = (_unbold(whole), run_in) if heading else ((), whole)
    if style in _CENTRED and heading:
        style = "I."  # label and heading on one line, as printed
    return Part(printed, style, label.family, label.rank, label.number, label.path, _unbold(heading), run_in)


def _headed(rest: Inlines, line: Line, label: Label, below: Element | None) -> tuple[Inlines, Inlines]:
    """The words after a label, cut into heading and the text run in after it."""
    text = Line(rest).text
    if not text:
        return (), ()
    if line.level or Line(rest).bold:
        return (rest, ()) if len(text) <= 900 else ((), rest)
    if at := _bold_end(rest):
        return split_at(rest, at)
    if text.isupper() or _is_title(text, below, label):
        return rest, ()
    colon = text.find(": ")
    if 0 < colon < _RUN_IN and "." not in text[:colon] and ";" not in text[:colon] and text[:1].isupper():
        return split_at(rest, colon + 1)
    return (), rest


def _bold_end(rest: Inlines) -> int:
    """Where a bold beginning ends, 0 when the words do not begin bold."""
    end = 0
    for part in rest:
        if not isinstance(part, Text) or not (part.bold or not part.text.strip()):
            break
        end += len(part.text)
    return end if end and isinstance(rest[0], Text) and rest[0].bold and end > 3 else 0


def _is_title(text: str, below: Element | None, label: Label) -> bool:
    """A short line that names what follows it: not one that ends a sentence with nothing below."""
    if len(text) > _HEADING or text.endswith((";", ",")):
        return False
    if not text.endswith("."):
        return len(text) < 160 or _has_text(below, label)
    return len(text) <= 110 and ". " not in text and _has_text(below, label)


def _has_text(below: Element | None, label: Label) -> bool:
    """Whether the next line belongs under this one: text, or a label of another family."""
    if below is None or isinstance(below, Grid):
        return below is not None
    next_label = label_of(below.text)
    if next_label is None:
        return not _CLOSING.match(below.text.strip())
    return next_label.mark or next_label.rank > label.rank


def _unbold(content: Inlines) -> Inlines:
    """A heading's words: its weight is the style's, not the words' own."""
    return joined(
        Text(part.text, link=part.link, script=part.script) if isinstance(part, Text) else Text(" ")
        for part in content
    )


def _paragraph(line: Line) -> Paragraph:
    return Paragraph(line.content, align="center" if line.centred and not label_of(line.text) else "justify")
