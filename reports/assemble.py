"""From the tables to the document tree: the single bridge into the pure core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from campaigns.facts import Facts

from . import facts as registers
from . import frame
from .blocks import KINDS
from .document import nodes
from .document.numbering import resolve
from .models import Block, Report, Section
from .models.outlines import Part
from .structure import style_of

_BLOCKS = Block.objects.only("section", "kind", "content").order_by("order", "id")

#: The order in which parts are read; appendices follow the frame's end.
_READ = (Part.OPENING, Part.BODY, Part.CLOSING)


@dataclass
class Rows:
    """A report's sections by parent and its blocks by section, each in their order."""

    sections: dict[int | None, list[Section]] = field(default_factory=lambda: defaultdict(list))
    blocks: dict[int, list[Block]] = field(default_factory=lambda: defaultdict(list))

    def mentions(self) -> Iterator[nodes.Mention]:
        """Every mention the blocks hold, as their content says."""
        for blocks in self.blocks.values():
            for block in blocks:
                if kind := KINDS.get(block.kind):
                    yield from kind.mentions(block.content)


def rows_of(report: Report) -> Rows:
    """Two queries for any number of sections and blocks."""
    rows = Rows()
    for section in Section.objects.filter(report=report).order_by("order", "id"):
        rows.sections[section.parent_id].append(section)
    for block in _BLOCKS.filter(section__report=report):
        rows.blocks[block.section_id].append(block)
    return rows


def facts_for(report: Report) -> Facts:
    """All that the report's blocks name, as plain values: at most seven queries for any size."""
    return registers.gather(report, rows_of(report).mentions())


def document_of(report: Report) -> nodes.Document:
    """The resolved tree of a report from the tables as they are now: at most nine queries for any size."""
    rows = rows_of(report)
    facts = registers.gather(report, rows.mentions())
    return resolve(_document(report, rows, facts), registers.wordings(facts))


def slots_of(report: Report) -> tuple[nodes.Slot, ...]:
    """Number and date of the frame as the report's row has them now."""
    return frame.slots(report)


def name_of(report: Report, numbered: bool = True) -> str:
    """The name in a file's metadata: “Báo cáo 274/BC-UBND: kết quả …”; without the number for an edition."""
    code = frame.line(report.code) if numbered else ""
    kind = " ".join(filter(None, (frame.line(report.title).capitalize(), code)))
    return ": ".join(filter(None, (kind, frame.line(report.subject))))


def _document(report: Report, rows: Rows, facts: Facts) -> nodes.Document:
    top = rows.sections[None]
    parts = [section for part in _READ for section in top if section.part == part]
    return nodes.Document(
        name_of(report),
        frame.frame(report),
        tuple(_section(section, 0, report, rows, facts) for section in parts),
        tuple(_appendices(report, top, rows, facts)),
    )


# --- sections -----------------------------------------------------------------------------------------


def _section(section: Section, depth: int, report: Report, rows: Rows, facts: Facts) -> nodes.Section:
    """One section with all below it."""
    blocks, run_in = _blocks(rows.blocks[section.pk], facts), _text(section.run_in)
    if section.runs_in and not run_in:
        run_in, blocks = _run_in(blocks)
    return nodes.Section(
        label=_label(section),
        heading=_text(section.heading),
        run_in=run_in,
        style=style_of(section, depth, report.scheme),
        blocks=blocks,
        sections=tuple(
            _section(child, depth + 1, report, rows, facts) for child in rows.sections[section.pk]
        ),
        key=f"s{section.pk}",
    )


def _run_in(blocks: tuple[nodes.Block, ...]) -> tuple[nodes.Inlines, tuple[nodes.Block, ...]]:
    """The first paragraph, to stand on the heading's line, and the blocks without it."""
    first = blocks[0].nodes if blocks else ()
    if not first or not isinstance(first[0], nodes.Paragraph):
        return (), blocks
    return first[0].content, (replace(blocks[0], nodes=first[1:]), *blocks[1:])


def _label(section: Section) -> str | None:
    return None if section.label is None else frame.line(section.label)


def _text(text: str) -> nodes.Inlines:
    shown = frame.line(text)
    return (nodes.Text(shown),) if shown else ()


def _blocks(blocks: Iterable[Block], facts: Facts) -> tuple[nodes.Block, ...]:
    """Blocks of known kinds; a kind that is no longer there prints nothing."""
    return tuple(
        nodes.Block(KINDS[block.kind].nodes(block.content, facts), key=f"b{block.pk}")
        for block in blocks
        if block.kind in KINDS
    )


# --- appendices ---------------------------------------------------------------------------------------


def _appendices(report: Report, top: list[Section], rows: Rows, facts: Facts) -> Iterator[nodes.Appendix]:
    """Those the blocks make, in reading order, then the report's own appendix sections."""
    reference = frame.reference(report)
    for block in _in_reading_order(top, rows):
        made = KINDS[block.kind].appendix(block.content, facts)
        if made is not None:
            yield replace(made, reference=made.reference or reference, key=made.key or f"a{block.pk}")
    for section in top:
        if section.part == Part.APPENDIX:
            yield _appendix(section, report, rows, facts, reference)


def _appendix(
    section: Section, report: Report, rows: Rows, facts: Facts, reference: nodes.Inlines
) -> nodes.Appendix:
    return nodes.Appendix(
        title=tuple((nodes.Text(text),) for text in frame.lines(section.heading)),
        label=_label(section),
        reference=_text(section.reference) if report.is_old else reference,
        landscape=section.landscape,
        blocks=_blocks(rows.blocks[section.pk], facts),
        sections=tuple(_section(child, 1, report, rows, facts) for child in rows.sections[section.pk]),
        key=f"s{section.pk}",
    )


def _in_reading_order(top: list[Section], rows: Rows) -> Iterator[Block]:
    for part in (*_READ, Part.APPENDIX):
        for section in top:
            if section.part == part:
                yield from _below(section, rows)


def _below(section: Section, rows: Rows) -> Iterator[Block]:
    yield from (block for block in rows.blocks[section.pk] if block.kind in KINDS)
    for child in rows.sections[section.pk]:
        yield from _below(child, rows)
