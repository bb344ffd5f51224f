"""Sentences taken from an earlier report: which still wait to be confirmed, side by side with the old text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from .blocks import KINDS
from .blocks.base import NO_FACTS
from .document import nodes, plain
from .document.nodes import Document, words
from .models import Block, Report, Section

_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZĐÀ-Ỹ“\"(\d])")


@dataclass(frozen=True)
class Pending:
    """A reused sentence that still stands in a block and that nobody confirmed."""

    block: Block
    at: int
    sentence: str


# --- asking -------------------------------------------------------------------------------------------


def sentences(kind: str, content: dict[str, Any]) -> list[str]:
    """The sentences of a block in reading order, a cell of a table each its own; mentions as their words."""
    if kind not in KINDS:
        return []
    return _sentences(KINDS[kind].nodes(content, NO_FACTS))


def _sentences(found_nodes: Iterable[nodes.Node]) -> list[str]:
    found: list[str] = []
    for node in found_nodes:
        if isinstance(node, nodes.Table):
            texts = [words(cell.content) for row in node.rows[node.header_depth :] for cell in row.cells]
        else:
            texts = [words(node.content)]
        found += [piece for text in texts for piece in _END.split(" ".join(text.split())) if piece]
    return list(dict.fromkeys(found))


def pending_in(block: Block) -> list[Pending]:
    """What of a block's reused sentences still stands there; one that was rewritten is no longer reused."""
    if not block.reused:
        return []
    now = set(sentences(block.kind, block.content))
    return [Pending(block, at, text) for at, text in enumerate(block.reused) if text in now]


def pending(report: Report) -> list[Pending]:
    """All of a report's reused sentences that nobody confirmed, in reading order; one query."""
    rows = Block.objects.filter(section__report=report).exclude(reused=[]).select_related("section")
    return [found for block in rows.order_by("section__order", "order", "id") for found in pending_in(block)]


# --- confirming ---------------------------------------------------------------------------------------


@transaction.atomic
def confirm(block: Block, sentence: str = "") -> int:
    """Takes the mark off one sentence, or off all of the block; how many were taken off."""
    held = Block.objects.select_for_update().get(pk=block.pk)
    kept = [text for text in held.reused if sentence and text != sentence]
    count = len(held.reused) - len(kept)
    if not count:
        raise ValidationError("Câu này đã được xác nhận hoặc đã sửa.")
    Block.objects.filter(pk=held.pk).update(reused=kept)
    return count


# --- side by side ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A sentence of the new text; `at` is its place among the block's reused ones, None once confirmed or new."""

    block: Block
    words: str
    at: int | None = None


@dataclass(frozen=True)
class Beside:
    """A section with reused text: its name, the old text line by line, the new one sentence by sentence."""

    section: Section
    name: str
    old: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def waiting(self) -> int:
        return sum(row.at is not None for row in self.rows)


def beside(report: Report, new: Document, old: Document | None) -> Iterator[Beside]:
    """Sections in which a reused sentence still waits, in reading order; two queries."""
    blocks: dict[str, list[Block]] = {}
    for block in (
        Block.objects.filter(section__report=report).select_related("section").order_by("order", "id")
    ):
        blocks.setdefault(f"s{block.section_id}", []).append(block)
    before: dict[str, list[nodes.Section | nodes.Appendix]] = {}
    for at in _all(old) if old else ():
        before.setdefault(_name(at), []).append(at)
    for at in _all(new):
        found = blocks.get(at.key, [])
        named = before.get(_name(at), [])
        was = named.pop(0) if named else None  # sections of one name are met in the same order
        if any(pending_in(block) for block in found):
            rows = tuple(row for block in found for row in _rows(block, _nodes(at, block)))
            yield Beside(found[0].section, _name(at), _texts(was) if was else (), rows)


def _all(document: Document) -> Iterator[nodes.Section | nodes.Appendix]:
    yield from nodes.walk_sections(document.sections)
    for appendix in document.appendices:
        yield appendix
        yield from nodes.walk_sections(appendix.sections)


def _heading(at: nodes.Section | nodes.Appendix) -> str:
    if isinstance(at, nodes.Appendix):
        return " ".join(words(line) for line in at.title)
    return words(at.heading)


def _name(at: nodes.Section | nodes.Appendix) -> str:
    return " ".join(filter(None, (at.label, _heading(at)))) or "Mở đầu, kết thúc"


def _texts(at: nodes.Section | nodes.Appendix) -> tuple[str, ...]:
    run_in = [words(at.run_in)] if isinstance(at, nodes.Section) and at.run_in else []
    return (*run_in, *(text for block in at.blocks for node in block.nodes for text in plain.lines(node)))


def _nodes(at: nodes.Section | nodes.Appendix, block: Block) -> list[nodes.Node]:
    """The resolved nodes of a block, what runs in after the heading first."""
    found = [node for inner in at.blocks if inner.key == f"b{block.pk}" for node in inner.nodes]
    run_in = (
        isinstance(at, nodes.Section) and at.run_in and at.blocks[:1] and at.blocks[0].key == f"b{block.pk}"
    )
    return [nodes.Paragraph(at.run_in), *found] if run_in else found  # type: ignore[union-attr]


def _rows(block: Block, resolved: list[nodes.Node]) -> Iterator[Row]:
    """The block's sentences with the words of today, and which of them wait."""
    raw = sentences(block.kind, block.content)
    shown = _sentences(resolved)
    places = {text: at for at, text in enumerate(block.reused)}
    for at, text in enumerate(raw):
        yield Row(block, shown[at] if len(shown) == len(raw) else text, places.get(text))
