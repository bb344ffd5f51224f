"""Soạn gấp: a whole report written in one editor, or an outline pasted, cut into sections by its headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from campaigns.models import Campaign, Organization, User
from campaigns.search import fold

from . import drafting, sittings
from .blocks import richtext
from .document import nodes
from .document.labels import STYLES
from .document.nodes import Item, Node, Paragraph, Table, Text, words
from .imported import Writer, parted
from .importing import bars, repair, text
from .importing.letter import guidance_of, heading_of
from .importing.lines import Element, Grid, Line, joined
from .importing.outline import sections_of
from .models import Outline, OutlineSection, Report, Section
from .models.outlines import SCHEMES, Part


def sections_in(html: str) -> tuple[nodes.Section, ...]:
    """The sections an editor's text is cut into; mentions stay."""
    return sections_of(list(_elements(richtext.nodes_of(html))))


def _elements(found: tuple[Node, ...]) -> Iterator[Element]:
    for node in found:
        match node:
            case Paragraph():
                yield Line(node.content)
            case Item():
                label = (Text(f"{node.label} "),) if node.label else ()
                yield Line(joined((*label, *node.content)), indent=node.level - 1)
            case Table():
                yield Grid(node)


@transaction.atomic
def write(report: Report, html: str, by: User) -> int:
    """Adds the text to a draft; how many sections it has now more. A section that is there by the same heading
    is filled, others follow at the end; words before the first heading open, the last ones close the report.

    Nothing that was written is replaced.
    """
    sittings.typed(report, by, sittings.STRUCTURE)
    writer = Writer(report, lambda found: found)
    there = list(Section.objects.filter(report=report).order_by("order", "id"))
    known = {fold(row.heading): row for row in there if row.heading}
    own = {
        part: next((row for row in there if row.part == part), None) for part in (Part.OPENING, Part.CLOSING)
    }
    new: list[nodes.Section] = []
    for section, part in parted(sections_in(html)):
        row = own.get(part) if part != Part.BODY else known.get(fold(words(section.heading)))
        if row is None or (part == Part.BODY and section.sections):
            new.append(section)
        else:
            writer.text(row, section, row.blocks.count())
    writer.sections(new, sum(row.part == Part.BODY and row.parent_id is None for row in there))
    writer.finish()
    drafting.changed(report)
    return len(new)


# --- outlines -----------------------------------------------------------------------------------------


def outline_in(pasted: str) -> tuple[nodes.Section, ...]:
    """The sections of a pasted outline."""
    lines, _ = text.lines_of(pasted)
    elements, _ = repair.repaired(bars.gathered(list(lines)), pages=True)
    return sections_of(elements)


@transaction.atomic
def keep_outline(
    organization: Organization,
    name: str,
    sections: tuple[nodes.Section, ...],
    campaign: Campaign | None = None,
) -> Outline:
    """An outline with the sections' headings; what stands below a heading is its guidance."""
    scheme = _scheme(sections)
    outline = Outline.objects.create(organization=organization, name=name, campaign=campaign, scheme=scheme)
    level: list[tuple[nodes.Section, OutlineSection | None, int]] = [
        (section, None, at) for at, section in enumerate(sections) if heading_of(section)
    ]
    depth = 0
    while level:
        rows = OutlineSection.objects.bulk_create(_row(outline, *place, scheme, depth) for place in level)
        level = [
            (child, row, at)
            for (section, _, _), row in zip(level, rows, strict=True)
            for at, child in enumerate(section.sections)
            if heading_of(child)
        ]
        depth += 1
    return outline


def _row(
    outline: Outline,
    section: nodes.Section,
    parent: OutlineSection | None,
    order: int,
    scheme: str,
    depth: int,
) -> OutlineSection:
    own = section.style if section.style in STYLES and section.style != _style(scheme, depth) else ""
    return OutlineSection(
        outline=outline,
        parent=parent,
        order=order,
        heading=heading_of(section)[:1000],
        style=own,
        guidance=guidance_of(section)[:4000],
        kinds=["narrative"] if not section.sections else [],
    )


def _style(scheme: str, depth: int) -> str:
    styles = SCHEMES[scheme]
    return styles[min(depth, len(styles) - 1)]


def _scheme(sections: tuple[nodes.Section, ...]) -> str:
    """The scheme whose first levels are those seen."""
    seen: list[str] = []
    level: tuple[nodes.Section, ...] = tuple(section for section in sections if section.label)
    while level:
        seen.append(level[0].style)
        level = tuple(child for section in level for child in section.sections if child.label)
    fits: Any = {
        key: sum(a == b for a, b in zip(styles, seen, strict=False)) for key, styles in SCHEMES.items()
    }
    return max(fits, key=fits.get) if seen else "1-a"
