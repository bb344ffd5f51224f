"""Editions: the text handed over and approved, kept apart from what the registers say later."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from campaigns import events
from campaigns.models import User

from . import assemble
from .document import store
from .document.nodes import Document, Slot
from .models import Edition, Report

#: Steps whose edition is what leaves: the figures it names are frozen with it.
FREEZING = ("approve", "approve_urgent", "enter_issued")


def blank(document: Document, report: Report) -> Document:
    """The document as it is approved: no draft mark, every slot empty, no number in the file's title."""
    frame, title = replace(document.frame, draft=""), assemble.name_of(report, numbered=False)
    return _with_slots(replace(document, frame=frame, title=title, seal=""), {})


def digest_of(document: Document, report: Report) -> str:
    """SHA-256 of the text without its slots: the same for a draft, its approval and its issue, if unchanged."""
    return store.digest(blank(document, report), slots=False)


def keep(report: Report, step: str, by: User, explanation: str = "") -> Edition:
    """Stores the text as it is now; inside the transaction of the step that hands it over."""
    document = blank(assemble.document_of(report), report)
    return Edition.objects.create(
        report=report,
        round=report.round,
        step=step,
        tree=store.to_data(document),
        digest=store.digest(document, slots=False),
        chain_head=events.head(events.chain_of(report.organization, report.pk)),
        explanation=explanation,
        figures=_figures(report) if step in FREEZING else None,
        by=by,
    )


def _figures(report: Report) -> list[dict[str, Any]]:
    from .sending import figures  # which reads the same tables, but only at an approval

    return figures.of(report)


def tree_of(edition: Edition) -> Document:
    """The stored tree, slots empty. StoreError when the data is not a document."""
    return store.from_data(edition.tree)


def document_of(report: Report) -> Document:
    """The text that counts: the approved edition with number and date filled in, else the live one."""
    if not report.is_frozen or report.approved is None:
        return assemble.document_of(report)
    tree = tree_of(report.approved)
    filled = {slot.kind: slot.text for slot in assemble.slots_of(report)} if report.number else {}
    frame = _with_slots(tree.frame, filled)
    return replace(tree, frame=frame, title=assemble.name_of(report), seal=report.approved.digest)


def is_same(report: Report) -> bool:
    """Whether the text as it would print today is still the approved one."""
    if report.approved is None:
        return False
    return digest_of(assemble.document_of(report), report) == report.approved.digest


def _with_slots(node: Any, texts: dict[str, str]) -> Any:
    """The node with every slot below it filled from `texts`, empty where nothing is given."""
    if isinstance(node, Slot):
        return replace(node, text=texts.get(node.kind, ""))
    if isinstance(node, tuple):
        changed = tuple(_with_slots(part, texts) for part in node)
        return node if all(a is b for a, b in zip(node, changed, strict=True)) else changed
    if not is_dataclass(node) or isinstance(node, type):
        return node
    new = {f.name: _with_slots(getattr(node, f.name), texts) for f in fields(node)}
    moved = {name: value for name, value in new.items() if value is not getattr(node, name)}
    return replace(node, **moved) if moved else node
