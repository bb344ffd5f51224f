"""A corrected Word file beside the report as it is: differences by paragraph, taken one by one or all at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns.models import User

from . import drafting, sittings, structure
from .assemble import document_of
from .blocks import markup, richtext
from .differences import Piece, pieces
from .document import nodes, plain
from .document.nodes import Document, Inlines, Item, Mention, Node, Paragraph, Table, Text, words
from .importing import bars, docx, frame
from .importing.labels import label_of
from .importing.lines import Element, Line, cut, split_at
from .models import Block, Report, Section

GENERATED = "Đoạn này do biểu mẫu in ra: mở mục để sửa trong biểu mẫu."
FRAME = "Phần thể thức: sửa ở trang Thể thức văn bản."
GONE = "Mục bị bỏ trong Word: xóa ở trang Bố cục nếu đúng là bỏ."
BOTH = "Sửa cả tên mục lẫn phần viết liền sau: sửa tay ở trang của mục."
#: Two lines this much alike are one line changed, not one taken out and another put in.
_ALIKE = 0.45


@dataclass(frozen=True)
class Place:
    """Where a printed line of the report comes from: a section's opening, a node of a block, or neither."""

    text: str
    section: int = 0
    block: int = 0
    index: int = -1  # of the node in its block; -1 the section's opening line
    node: Node | None = None
    run_in: Inlines = ()
    heading: str = ""
    label: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Arrived:
    """A line of the Word file."""

    text: str
    element: Element


@dataclass(frozen=True)
class Change:
    """A difference: `sort` "changed", "added" or "removed"; `place` ours, or the line it comes after.

    `refusal`: why it cannot be taken here, "" when it can.
    """

    key: str
    sort: str
    place: Place
    arrived: Arrived | None = None
    refusal: str = ""

    @property
    def before(self) -> str:
        return "" if self.sort == "added" else self.place.text

    @property
    def after(self) -> str:
        return self.arrived.text if self.arrived else ""

    @property
    def pieces(self) -> list[Piece]:
        """Word by word, for people to read."""
        return list(pieces(self.before, self.after))


# --- comparing ----------------------------------------------------------------------------------------------


def changes(report: Report, data: bytes) -> list[Change]:
    """What the Word file says differently from the report as it is now, in reading order."""
    document = document_of(report)
    kinds = dict(Block.objects.filter(section__report=report).values_list("pk", "kind"))
    parts = frame.parted(bars.gathered(docx.read(data)[0]))
    found = [*_in_frame(document.frame, frame.read(parts)[0])]
    found += _differences(list(_ours(document, kinds)), _theirs(parts))
    seen: dict[str, int] = defaultdict(int)
    return [replace(change, key=_key(change, seen)) for change in found]


def _key(change: Change, seen: dict[str, int]) -> str:
    """The same for the same difference however often it is looked for."""
    at = change.place
    text = "\n".join((change.sort, f"{at.section}/{at.block}/{at.index}", change.before, change.after))
    seen[text] += 1
    return hashlib.sha256(f"{text}\n{seen[text]}".encode()).hexdigest()[:24]


def _ours(document: Document, kinds: dict[int, str]) -> Iterator[Place]:
    """Every printed line below the title, with where it comes from."""
    for section in document.sections:
        yield from _of_section(section, kinds)
    for appendix in document.appendices:
        for line in (appendix.label or "", *map(words, appendix.title), words(appendix.reference)):
            if line:
                yield Place(_squeezed(line), refusal=FRAME)
        yield from _of_blocks(appendix.key, appendix.blocks, kinds)
        for section in appendix.sections:
            yield from _of_section(section, kinds)


def _of_section(section: nodes.Section, kinds: dict[int, str]) -> Iterator[Place]:
    key = int(section.key.removeprefix("s") or 0)
    label, heading = section.label or "", words(section.heading)
    text = _squeezed(" ".join(filter(None, (label, heading, words(section.run_in)))))
    block = int(section.blocks[0].key.removeprefix("b")) if section.run_in and section.blocks else 0
    if text:
        refusal = GENERATED if block and kinds.get(block) != "narrative" else ""
        yield Place(
            text, key, block, -1, run_in=section.run_in, heading=heading, label=label, refusal=refusal
        )
    else:
        yield Place("", key)
    yield from _of_blocks(section.key, section.blocks, kinds, bool(section.run_in))
    for child in section.sections:
        yield from _of_section(child, kinds)


def _of_blocks(
    key: str, blocks: tuple[nodes.Block, ...], kinds: dict[int, str], run_in: bool = False
) -> Iterator[Place]:
    section = int(key[1:]) if key.startswith("s") else 0
    for block in blocks:
        pk = int(block.key.removeprefix("b") or 0)
        refusal = "" if kinds.get(pk) == "narrative" else GENERATED
        first = int(run_in and block is blocks[0])
        for index, node in enumerate(block.nodes, first):
            yield Place(_printed(node), section, pk, index, node, refusal=refusal)


def _printed(node: Node) -> str:
    return _squeezed("\n".join(plain.lines(node)))


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _in_frame(ours: nodes.Frame, theirs: nodes.Frame) -> Iterator[Change]:
    """Lines of the frame that differ, the mark of a draft aside; they are told, not taken."""
    before, after = _frame_lines(ours), _frame_lines(theirs)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            old, new = "; ".join(before[i1:i2]), "; ".join(after[j1:j2])
            sort = "changed" if old and new else "removed" if old else "added"
            arrived = Arrived(new, Line(())) if new else None
            yield Change("", sort, Place(old, refusal=FRAME), arrived, FRAME)


def _frame_lines(found: nodes.Frame) -> list[str]:
    return [
        _squeezed(line)
        for line in plain.text(Document("", replace(found, draft="", contact=""))).splitlines()
    ]


def _theirs(parts: frame.Parts) -> list[Arrived]:
    """The Word file's lines below the title and above the recipients, and its appendices'."""
    found = []
    for element in (*parts.body, *parts.appendices):
        text = element.text if isinstance(element, Line) else _printed(element.table)
        if text.strip():
            found.append(Arrived(_squeezed(text), element))
    return found


def _differences(ours: list[Place], theirs: list[Arrived]) -> Iterator[Change]:
    shown = [at for at in ours if at.text]
    matcher = SequenceMatcher(None, [at.text for at in shown], [at.text for at in theirs], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            yield from _pairs(ours, shown, (i1, i2), theirs[j1:j2])


def _pairs(
    ours: list[Place], shown: list[Place], span: tuple[int, int], new: list[Arrived]
) -> Iterator[Change]:
    """Lines that are alike are one line changed; the others were taken out or put in."""
    start, end = span
    last = _before(ours, shown, start)
    left = list(new)
    for place in shown[start:end]:
        at = next((index for index, arrived in enumerate(left) if _alike(place.text, arrived.text)), None)
        if at is None:
            refusal = place.refusal or (GONE if place.index < 0 else "")
            yield Change("", "removed", place, refusal=refusal)
        else:
            yield from (_added(last, arrived) for arrived in left[:at])
            yield Change("", "changed", place, left[at], _refusal(place, left[at]))
            left = left[at + 1 :]
        last = place
    yield from (_added(last, arrived) for arrived in left)


def _before(ours: list[Place], shown: list[Place], start: int) -> Place:
    """The line above; above the first, the place where the text begins."""
    if start:
        return shown[start - 1]
    return ours[0] if ours else Place("", refusal=FRAME)


def _added(last: Place, arrived: Arrived) -> Change:
    refusal = last.refusal if last.refusal else "" if last.section else FRAME
    return Change("", "added", last, arrived, refusal)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE


def _refusal(place: Place, arrived: Arrived) -> str:
    if place.refusal:
        return place.refusal
    if place.index < 0:
        return "" if _opening(place, arrived) is not None else BOTH
    is_table = not isinstance(arrived.element, Line)
    return GENERATED if is_table != isinstance(place.node, Table) else ""


# --- what a change makes ------------------------------------------------------------------------------------------


@dataclass
class Opening:
    """A section's opening line as Word has it: new label and heading, or new words run in."""

    label: str
    heading: str
    run_in: Inlines = ()


def _opening(place: Place, arrived: Arrived) -> Opening | None:
    """The opening's parts, None when both heading and run-in words changed."""
    line = arrived.element
    if not isinstance(line, Line):
        return None
    found = label_of(arrived.text)
    label = place.label
    if arrived.text.startswith(f"{label} ") or not label:
        pass
    elif found and not found.mark:
        label = found.text
    else:
        label = ""
    rest = split_at(line.content, len(label))[1] if label else line.content
    text = _squeezed(words(rest))
    run_in = _squeezed(words(place.run_in))
    if not run_in:
        return Opening(label, text)
    if text.startswith(place.heading) and label == place.label:
        return Opening(label, place.heading, split_at(rest, len(place.heading))[1])
    if text.endswith(run_in):
        return Opening(label, text[: -len(run_in)].strip())
    return None


def _node(change: Change) -> Node:
    """The node a line of the Word file becomes; mentions stay where their words stay."""
    old = change.place.node if change.sort == "changed" else None
    element = change.arrived.element if change.arrived else Line(())
    if not isinstance(element, Line):
        return _relinked_table(element.table, old) if isinstance(old, Table) else element.table
    content = element.content
    label = label_of(words(content))
    if label and label.mark and not label.tight and label.text in richtext.MARKS:
        level = old.level if isinstance(old, Item) else 1
        rest = split_at(content, len(label.text))[1]
        return Item(label.text, _relinked(rest, _content(old)), level)
    return Paragraph(_relinked(content, _content(old)))


def _content(node: Node | None) -> Inlines:
    return node.content if isinstance(node, Paragraph | Item) else ()


def _relinked(new: Inlines, old: Inlines) -> Inlines:
    """The new words with the old mentions where their words still stand."""
    reached = 0
    for mention in (part for part in old if isinstance(part, Mention)):
        text = words(new)
        at = _whole(text, mention.shown, reached)
        if at < 0:
            continue
        first, rest = cut(new, at)
        inside, last = cut(rest, len(mention.shown))
        if all(isinstance(part, Text) for part in inside):
            new = (*first, mention, *last)
            reached = at + len(mention.shown)
    return new


def _whole(text: str, wanted: str, start: int) -> int:
    """Where the words stand by themselves, not inside a longer word or number; -1 when nowhere."""
    at = text.find(wanted, start)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return at
        at = text.find(wanted, at + 1)
    return -1


def _relinked_table(new: Table, old: Table) -> Table:
    """Cells in the same place keep their mentions."""
    rows = []
    for index, row in enumerate(new.rows):
        above = old.rows[index].cells if index < len(old.rows) else ()
        cells = tuple(
            replace(cell, content=_relinked(cell.content, above[at].content if at < len(above) else ()))
            for at, cell in enumerate(row.cells)
        )
        rows.append(replace(row, cells=cells))
    return replace(new, rows=tuple(rows))


# --- taking ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def take(report: Report, chosen: list[Change], by: User) -> int:
    """Writes the chosen differences into the report; how many were taken. A block someone saved meanwhile is
    looked at as it is now, because the differences are those from the report as it is."""
    wanted = [change for change in chosen if not change.refusal]
    for change in wanted:
        if change.place.index < 0 and change.sort == "changed":
            _take_opening(report, change, by)
    by_block: dict[int, list[Change]] = defaultdict(list)
    for change in wanted:
        if change.sort == "added" or change.place.index >= 0:
            by_block[_block_of(change, by)].append(change)
    blocks = Block.objects.filter(section__report=report).select_related("section__report__organization")
    for pk, found in by_block.items():
        _take_in(blocks.get(pk=pk), found, by)
    drafting.changed(report)
    return len(wanted)


def _take_opening(report: Report, change: Change, by: User) -> None:
    """A section's label and heading, or the words run in, which are its first block's first paragraph."""
    opening = _opening(change.place, change.arrived) if change.arrived else None
    if opening is None:
        return  # refused before it came here
    if opening.run_in:
        block = Block.objects.select_related("section__report__organization").get(pk=change.place.block)
        found = list(richtext.nodes_of(block.content.get("html", "")))
        found[0] = Paragraph(_relinked(opening.run_in, change.place.run_in))
        drafting.save_block(block, {**block.content, "html": markup.html_of(tuple(found))}, by)
        return
    sittings.typed(report, by, sittings.STRUCTURE)
    rows = Section.objects.filter(report=report, pk=change.place.section)
    fields = {"heading": opening.heading}
    if opening.label != change.place.label:
        _freeze_labels(report, change.place.section)
        fields["label"] = opening.label[:30]
    rows.update(**fields)


def _freeze_labels(report: Report, pk: int) -> None:
    """Keeps the labels its neighbours print now, so that one typed by hand renumbers none of them."""
    tree = structure.Tree.of(report)
    labels = tree.labels()
    computed = [row for row in tree.siblings(tree.by_pk[pk]) if row.label is None]
    for row in computed:
        row.label = labels[row.pk]
    Section.objects.bulk_update(computed, ["label"])


def _block_of(change: Change, by: User) -> int:
    """The block a change is written in; a section without one is given its first."""
    place = change.place
    if place.block and (place.index >= 0 or place.run_in):
        return place.block
    section = Section.objects.select_related("report__organization").get(pk=place.section)
    first = section.blocks.order_by("order", "id").first()
    if first is not None and first.kind == "narrative":
        return first.pk
    if first is not None:
        raise ValidationError("Mục này mở đầu bằng biểu mẫu: thêm đoạn văn ở trang của mục.")
    return drafting.add_block(section, "narrative", by).pk


def _take_in(block: Block, found: list[Change], by: User) -> None:
    """All changes of one block, saved once."""
    kept: list[Node | None] = list(richtext.nodes_of(block.content.get("html", "")))
    after: dict[int, list[Node]] = defaultdict(list)
    for change in found:
        index = change.place.index if change.place.block == block.pk else -1
        if change.place.index < 0 and change.place.run_in:
            index = 0
        if change.sort == "added":
            after[index].append(_node(change))
        else:
            kept[index] = _node(change) if change.sort == "changed" else None
    made = [*after[-1]]
    for index, node in enumerate(kept):
        made += [*([node] if node is not None else []), *after[index]]
    drafting.save_block(block, {**block.content, "html": markup.html_of(tuple(made))}, by)
