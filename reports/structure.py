"""The tree of sections of a report or an outline: where each stands, how it is labelled, how it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from .document import nodes, numbering
from .models import Outline, OutlineSection, Report, Section
from .models.outlines import SCHEMES, Part

Owner = Report | Outline
AnySection = Section | OutlineSection

#: A tree deeper than this cannot be read on paper; the decree itself knows five levels.
DEEPEST = 8

#: What an officer may do with a section's place, by key: the words on the button and its icon.
STEPS: dict[str, tuple[str, str]] = {
    "up": ("Lên", "arrow-up"),
    "down": ("Xuống", "arrow-down"),
    "in": ("Vào trong", "arrow-right"),
    "out": ("Ra ngoài", "arrow-left"),
}


@dataclass
class Place:
    """A section where it stands: `depth` from 0, its label as the page prints it, the steps open to it."""

    section: Any
    depth: int
    label: str = ""
    steps: frozenset[str] = frozenset()
    below: int = 0  # sections inside it, at any depth

    @property
    def key(self) -> str:
        """The section's pk as templates join it to words."""
        return str(self.section.pk)

    @property
    def printed(self) -> bool:
        """Whether the label is the document's own, not computed."""
        return bool(getattr(self.section, "label", None))


@dataclass
class Tree:
    """All sections of one report or outline, by parent; built from one query."""

    scheme: str
    by_pk: dict[int, Any] = field(default_factory=dict)
    groups: dict[Any, list[Any]] = field(default_factory=dict)  # part (roots) or parent's pk -> siblings

    @classmethod
    def of(cls, owner: Owner, sections: Any = None) -> Tree:
        """The tree of a report or outline; `sections` is its queryset when it brings related rows along."""
        tree = cls(owner.scheme)
        rows = list((owner.sections.all() if sections is None else sections).order_by("order", "pk"))
        tree.by_pk = {row.pk: row for row in rows}
        for row in rows:
            tree.siblings(row).append(row)
        return tree

    def siblings(self, section: Any) -> list[Any]:
        """The list the section stands in, or would stand in."""
        return self.groups.setdefault(section.parent_id or section.part, [])

    def children(self, section: Any) -> list[Any]:
        return self.groups.get(section.pk, [])

    def depth(self, section: Any) -> int:
        above = 0
        while section.parent_id:
            section, above = self.by_pk[section.parent_id], above + 1
        return above

    def inside(self, section: Any) -> Iterator[Any]:
        """The section and everything below it, in reading order."""
        yield section
        for child in self.children(section):
            yield from self.inside(child)

    def __iter__(self) -> Iterator[Any]:
        """Every section in reading order: opening, body, closing, appendices."""
        for part in Part.values:
            for root in self.groups.get(part, []):
                yield from self.inside(root)

    def places(self) -> list[Place]:
        """Every section with its label and open steps, in reading order."""
        labels = self.labels()
        return [
            Place(
                section,
                self.depth(section),
                labels.get(section.pk, ""),
                self.steps(section),
                sum(1 for _ in self.inside(section)) - 1,
            )
            for section in self
        ]

    def labels(self) -> dict[int, str]:
        """The label of every section as the page prints it, by pk."""
        roots = {part: self.groups.get(part, []) for part in Part.values}
        main = [*roots[Part.OPENING], *roots[Part.BODY], *roots[Part.CLOSING]]
        appendices = tuple(self._appendix(root) for root in roots[Part.APPENDIX])
        skeleton = nodes.Document("", sections=tuple(map(self._node, main)), appendices=appendices)
        resolved = numbering.resolve(skeleton, {})
        found = [(a.key, a.label) for a in resolved.appendices]
        forests = (resolved.sections, *(a.sections for a in resolved.appendices))
        found += [(s.key, s.label) for forest in forests for s in nodes.walk_sections(forest)]
        return {int(key): label or "" for key, label in found}

    def _node(self, section: Any) -> nodes.Section:
        return nodes.Section(
            label=getattr(section, "label", None),
            style=style_of(section, self.depth(section), self.scheme),
            sections=tuple(map(self._node, self.children(section))),
            key=str(section.pk),
        )

    def _appendix(self, section: Any) -> nodes.Appendix:
        return nodes.Appendix(
            label=getattr(section, "label", None),
            sections=tuple(map(self._node, self.children(section))),
            key=str(section.pk),
        )

    # --- moving -------------------------------------------------------------------------------------

    def steps(self, section: Any) -> frozenset[str]:
        """The steps open to a section where it stands."""
        row = self.siblings(section)
        at = row.index(section)
        deepest = self.depth(section) + self._height(section)
        wanted = {
            "up": at > 0,
            "down": at < len(row) - 1,
            "in": at > 0 and deepest < DEEPEST,
            "out": section.parent_id is not None,
        }
        return frozenset(step for step, is_open in wanted.items() if is_open)

    def _height(self, section: Any) -> int:
        return 1 + max((self._height(child) for child in self.children(section)), default=0)

    def move(self, section: Any, step: str) -> list[Any]:
        """Takes one step and returns the rows that changed; () when the step is not open."""
        if step not in self.steps(section):
            return []
        row = self.siblings(section)
        at = row.index(section)
        if step in ("up", "down"):
            other = at - 1 if step == "up" else at + 1
            row[at], row[other] = row[other], row[at]
            return _count(row)
        row.remove(section)
        if step == "in":
            target = row[at - 1]
            return [*_count(row), *self._settle(section, target, target.part)]
        parent = self.by_pk[section.parent_id]
        above = self.siblings(parent)
        return [
            *_count(row),
            *self._settle(section, self.by_pk.get(parent.parent_id), parent.part, above.index(parent) + 1),
        ]

    def carry(self, section: Any, part: str) -> list[Any]:
        """Moves a section with all below it to the end of another part; returns the rows that changed."""
        row = self.siblings(section)
        row.remove(section)
        settled = self._settle(section, None, part)
        for below in self.inside(section):
            below.part = part
        return [*_count(row), *settled, *self.inside(section)]

    def _settle(self, section: Any, parent: Any, part: str, at: int | None = None) -> list[Any]:
        section.parent, section.part = parent, part
        row = self.siblings(section)
        row.insert(len(row) if at is None else at, section)
        return _count(row)


def _count(row: list[Any]) -> list[Any]:
    for order, section in enumerate(row):
        section.order = order
    return row


def style_of(section: Any, depth: int, scheme: str) -> str:
    """The label style of a section: its own, else none for the opening and closing words, else its level's."""
    if section.style in numbering.STYLES and section.style:
        return section.style
    if section.part in (Part.OPENING, Part.CLOSING) and depth == 0:
        return ""
    level = depth - 1 if section.part == Part.APPENDIX else depth
    styles = SCHEMES.get(scheme) or SCHEMES["1-a"]
    return styles[max(0, min(level, len(styles) - 1))]


# --- acts ---------------------------------------------------------------------------------------------


@transaction.atomic
def take_step(owner: Owner, pk: int, step: str) -> bool:
    """Moves a section of the tree one step; False when there is no such section or the step is not open."""
    tree = _locked(owner)
    section = tree.by_pk.get(pk)
    return section is not None and _keep(owner, tree.move(section, step))


@transaction.atomic
def carry(owner: Owner, pk: int, part: str) -> bool:
    """Moves a section with all below it to another part of the document."""
    tree = _locked(owner)
    section = tree.by_pk.get(pk)
    return section is not None and _keep(owner, tree.carry(section, part))


@transaction.atomic
def add(owner: Owner, section: Any, parent: Any = None) -> Any:
    """Saves a new section as the last child of `parent`, or last in its own part."""
    tree = _locked(owner)
    section.parent = parent
    if parent is not None:
        section.part = parent.part
    section.order = len(tree.siblings(section))
    section.save()
    touch(owner)
    return section


@transaction.atomic
def remove(owner: Owner, section: Any) -> None:
    """Deletes a section with everything below it and all their texts."""
    section.delete()
    touch(owner)


@transaction.atomic
def renumber(report: Report) -> int:
    """Gives up printed labels for computed ones; a section without label stays without. Returns how many."""
    changed = report.sections.exclude(label=None).exclude(label="").update(label=None)
    touch(report)
    return changed


def touch(owner: Owner) -> None:
    """A report notes when it was last changed."""
    if isinstance(owner, Report):
        Report.objects.filter(pk=owner.pk).update(changed_at=timezone.now())


def _locked(owner: Owner) -> Tree:
    """The tree, read while no one else may move its sections."""
    type(owner).objects.select_for_update().get(pk=owner.pk)
    return Tree.of(owner)


def _keep(owner: Owner, changed: list[Any]) -> bool:
    if not changed:
        return False
    rows = list({row.pk: row for row in changed}.values())
    type(rows[0]).objects.bulk_update(rows, ["parent", "part", "order"])
    touch(owner)
    return True
