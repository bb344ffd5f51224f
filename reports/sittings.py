"""Typing told as one event: from a person's first change until another act, another person or 30 idle minutes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from campaigns import changes, events
from campaigns.models import User

from . import readiness, tasks
from .assemble import document_of
from .document import plain
from .document.nodes import Document, words
from .models import Block, Report, Section, Sitting
from .models.reports import FramePart, SectionState
from .structure import Tree

IDLE = datetime.timedelta(minutes=30)
#: Parts of a report beside its sections.
STRUCTURE, FRAME = "structure", "frame"
#: Columns of a report that an officer types on the page of its frame.
FRAME_FIELDS = (
    *("form", "title", "subject", "number", "symbol", "issued_on", "place_date", "addressees", "recipients"),
    *("requests", "campaign", "unit", "period_from", "period_to", "cut_off", "letterhead", "urgency"),
    *("circulation", "copies", "contact", "omitted"),
)

#: One part as history keeps it: {"name": "2. Kết quả", "fields": {"": "its text", "tình trạng": "Đang viết"}}.
Part = dict[str, Any]


def part_of(section: Section) -> str:
    """The part that a section's own blocks and state are."""
    return f"section:{section.pk}"


@transaction.atomic
def typed(report: Report, by: User, *parts: str) -> None:
    """Says that `by` is about to change the parts: called before the change, in its transaction."""
    Report.objects.select_for_update(of=("self",)).only("pk").get(pk=report.pk)
    now = timezone.now()
    sitting = _open(report)
    if sitting is not None and (sitting.by_id != by.pk or now - sitting.last_at > IDLE):
        _end(report, sitting)
        sitting = None
    if sitting is None:
        found = texts(report, parts)
        look_again(Sitting.objects.create(report=report, by=by, began_at=now, last_at=now, before=found))
        return
    sitting.before |= texts(report, set(parts) - set(sitting.before))
    sitting.last_at = now
    sitting.save(update_fields=["before", "last_at"])


@transaction.atomic
def close(report: Report) -> None:
    """Ends the open sitting, if there is one: called before any other act on the report is recorded."""
    sitting = _open(report)
    if sitting is not None:
        _end(report, sitting)


@transaction.atomic
def close_idle(report: Report) -> Sitting | None:
    """Ends the open sitting when nobody has typed for 30 minutes; the one that is still open, if any."""
    sitting = _open(report)
    if sitting is not None and timezone.now() - sitting.last_at > IDLE:
        _end(report, sitting)
        return None
    return sitting


def look_again(sitting: Sitting) -> None:
    """Asks the worker to end the sitting once nobody has typed for 30 minutes."""
    task: Task = tasks.rested
    if task.get_backend().supports_defer:
        later = task.using(run_after=sitting.last_at + IDLE + datetime.timedelta(seconds=1))
        report_id = sitting.report_id
        transaction.on_commit(lambda: later.enqueue(report_id))


def _open(report: Report) -> Sitting | None:
    return Sitting.objects.select_for_update(of=("self",)).select_related("by").filter(report=report).first()


def _end(report: Report, sitting: Sitting) -> None:
    """One event with the parts that differ; none when all is as it was found."""
    before, after = _differing(sitting.before, texts(report, sitting.before))
    sitting.delete()
    if before == after:
        return
    events.record(
        "write",
        sitting.by,
        report.organization,
        report.pk,
        before={"fields": before},
        after={"fields": after, "began_at": sitting.began_at},
        at=sitting.last_at,
    )


def _differing(found: dict[str, Part], now: dict[str, Part]) -> tuple[dict[str, str], dict[str, str]]:
    """Label -> words before and after, of the fields that differ; a part that is gone has none."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for key, part in found.items():
        became = now.get(key, {}).get("fields", {})
        for field in {**part["fields"], **became}:
            was, is_now = part["fields"].get(field, ""), became.get(field, "")
            if was != is_now:
                label = _free(": ".join(filter(None, (part["name"], field))), before)
                before[label], after[label] = was, is_now
    return before, after


def _free(label: str, taken: dict[str, str]) -> str:
    """The label, counted on when two parts are called the same."""
    count = 1
    while (name := label if count == 1 else f"{label} ({count})") in taken:
        count += 1
    return name


# --- what the parts say now ---------------------------------------------------------------------------


def texts(report: Report, parts: Iterable[str]) -> dict[str, Part]:
    """The parts as plain text, as the page would print them; at most a dozen queries, none for no parts."""
    wanted = set(parts)
    if not wanted:
        return {}
    fresh = Report.objects.select_related("organization", "campaign", "unit").get(pk=report.pk)
    found: dict[str, Part] = {}
    if FRAME in wanted:
        found[FRAME] = {"name": "Thể thức", "fields": _frame(fresh)}
    if STRUCTURE in wanted:
        found[STRUCTURE] = {"name": "Bố cục", "fields": {"": _structure(fresh)}}
    if wanted - {FRAME, STRUCTURE}:
        found |= _sections(fresh, wanted)
    return found


def _frame(report: Report) -> dict[str, str]:
    fields = changes.fields_of(report, FRAME_FIELDS)
    omitted = [FramePart(key).label for key in report.omitted if key in FramePart.values]
    fields["Phần không in"] = "; ".join(map(str, omitted))
    blocks = report.signature_blocks.all()
    fields["Khối ký"] = "\n\n".join(
        "\n".join(filter(None, (block.lines, block.role, block.name))) for block in blocks
    )
    return {label[:1].lower() + label[1:]: words for label, words in fields.items()}


def _structure(report: Report) -> str:
    """One line for each section: indented, its label, heading and the words that follow the heading."""
    lines = []
    for place in Tree.of(report).places():
        section = place.section
        named = " ".join(filter(None, (place.label, section.heading or section.get_part_display())))
        lines.append("\u2003" * place.depth + ": ".join(filter(None, (named, section.run_in))))
    return "\n".join(" ".join(line.split("\n")) for line in lines)


def _sections(report: Report, wanted: set[str]) -> dict[str, Part]:
    document = document_of(report)
    written = readiness.written(document)
    owners = dict(Block.objects.filter(section__report=report).values_list("pk", "section_id"))
    found = {}
    for section in Section.objects.filter(report=report):
        if part_of(section) in wanted and section.pk in written:
            run_in = words(written[section.pk].run_in) if section.runs_in and not section.run_in else ""
            fields = {"": "\n".join(filter(None, (run_in, _text(document, written[section.pk], owners))))}
            fields["tình trạng"] = str(SectionState(section.state).label)
            found[part_of(section)] = {"name": _name(section, written[section.pk]), "fields": fields}
    return found


def _name(section: Section, written: readiness.Written) -> str:
    heading = " ".join(section.heading.split()) or str(section.get_part_display())
    return " ".join(filter(None, (written.label, heading)))[:200]


def _text(document: Document, written: readiness.Written, owners: dict[int, int]) -> str:
    """The section's own blocks and the appendices they make, one line a paragraph, item or table row."""
    lines = [line for block in written.blocks for node in block.nodes for line in plain.lines(node)]
    for appendix in document.appendices:
        made_by = int(appendix.key[1:]) if appendix.key.startswith("a") else 0
        if owners.get(made_by) == int(written.key[1:]):
            lines += map(words, appendix.title)
            lines += [line for block in appendix.blocks for node in block.nodes for line in plain.lines(node)]
    return "\n".join(line.replace("\t", " | ") for line in lines)
