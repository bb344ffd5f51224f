"""A report's sections and signature blocks written again into another: what every new draft from an old one needs."""

from __future__ import annotations

from .models import Report, Section, SignatureBlock

#: Columns of a section that its copy keeps; state, owner and due date belong to the old one.
KEPT = (
    *("part", "order", "label", "style", "heading", "run_in", "runs_in", "landscape", "reference"),
    *("guidance", "question"),
)


def copy_sections(old: Report, new: Report) -> dict[int, Section]:
    """Copies of the old sections by the old ones' ids; one query for each level."""
    rows = list(Section.objects.filter(report=old).order_by("order", "id"))
    made: dict[int, Section] = {}
    level = [row for row in rows if row.parent_id is None]
    while level:
        copies = Section.objects.bulk_create(_copy(row, new, made) for row in level)
        made |= {row.pk: copy for row, copy in zip(level, copies, strict=True)}
        above = {row.pk for row in level}
        level = [row for row in rows if row.parent_id in above]
    return made


def _copy(row: Section, new: Report, made: dict[int, Section]) -> Section:
    return Section(
        report=new,
        parent=made[row.parent_id] if row.parent_id else None,
        outline_section_id=row.outline_section_id,
        **{name: getattr(row, name) for name in KEPT},
    )


def copy_signatures(old: Report, new: Report) -> None:
    """The signature blocks as they stand."""
    SignatureBlock.objects.bulk_create(
        SignatureBlock(report=new, order=at.order, lines=at.lines, role=at.role, name=at.name)
        for at in old.signature_blocks.all()
    )
