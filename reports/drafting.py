"""Writing a report: blocks added, saved, moved and deleted, sections marked as written. Drafts only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.models import Organization, User

from . import exports, mentions, sittings
from .blocks import KINDS
from .document import nodes
from .lifecycle import EDITORS, Status
from .models import Block, DeletedBlock, Report, Section
from .models.reports import SectionState

MOVED = "Báo cáo vừa được chuyển bước nên không sửa được nữa. Tải lại trang để xem đang chờ ai."
#: Blocks one section may hold; above that a page is no longer a page.
MOST_BLOCKS = 100


class Overtaken(Exception):
    """Someone else saved the block since the form was opened; `block` is what they saved."""

    def __init__(self, block: Block) -> None:
        super().__init__(block)
        self.block = block

    def __str__(self) -> str:
        who = self.block.changed_by or "Người khác"
        when = timezone.localtime(self.block.changed_at)
        return (
            f"{who} đã lưu đoạn này lúc {when:%H:%M} ngày {when.day}/{when.month}/{when.year}, sau khi bạn mở. "
            "Chữ bạn vừa gõ vẫn còn ở đây; bản đã lưu ở ngay bên dưới. "
            "Chép phần cần giữ, rồi bấm Lưu lần nữa để ghi đè."
        )


def require_open(held: Report, seen: Report) -> None:
    """403 with the sentence when the text may no longer be changed, or the report moved on since it was opened.

    Who may change it in which status is asked by the view, in `workflow.may_edit`.
    """
    if held.status != seen.status or Status(held.status) not in EDITORS:
        raise PermissionDenied(MOVED)


def strangers(organization: Organization, named: Iterable[nodes.Mention]) -> list[nodes.Mention]:
    """Mentions of what is not in the organization's registers: three queries at most."""
    named = list(named)
    gone = []
    for kind, (model, _, owner) in mentions.TARGETS.items():
        wanted = [mention for mention in named if mention.kind == kind]
        if wanted:
            held = model.objects.filter(pk__in={int(at.key) for at in wanted}, **{owner: organization})
            known = set(held.values_list("pk", flat=True))
            gone += [mention for mention in wanted if int(mention.key) not in known]
    return gone


NAMES = {"paper": "văn bản", "team": "tổ", "figure": "nội dung số liệu"}


def check_mentions(organization: Organization, kind: str, content: dict[str, Any]) -> None:
    """Refuses a content that names what the organization does not have."""
    gone = strangers(organization, KINDS[kind].mentions(content))
    if gone:
        named = ", ".join(dict.fromkeys(f"{NAMES[at.kind]} số {at.key}" for at in gone))
        raise ValidationError(f"Không có trong danh mục của đơn vị: {named}. Hãy chọn lại.")


@transaction.atomic
def save_block(block: Block, content: dict[str, Any], by: User, version: int | None = None) -> Block:
    """Writes a block's content and its mentions. Overtaken when `version` is no longer the block's own."""
    held = _locked(block)
    if version is not None and held.version != version:
        raise Overtaken(held)
    report = held.section.report
    check_mentions(report.organization, held.kind, content)
    sittings.typed(report, by, sittings.part_of(held.section))
    held.content, held.changed_by, held.version = content, by, held.version + 1
    held.save(update_fields=["content", "search", "changed_by", "version", "changed_at"])
    mentions.rewrite(report.organization, [held])
    _begun(held.section)
    changed(report)
    return held


@transaction.atomic
def add_block(section: Section, kind: str, by: User) -> Block:
    """An empty block at the section's end."""
    if kind not in KINDS:
        raise ValidationError("Không có loại đoạn này.")
    report = locked_report(section.report)
    order = list(section.blocks.values_list("order", flat=True))
    if len(order) >= MOST_BLOCKS:
        raise ValidationError(f"Một mục có tối đa {MOST_BLOCKS} đoạn; hãy chia thành nhiều mục.")
    sittings.typed(report, by, sittings.part_of(section))
    block = Block.objects.create(
        section=section,
        kind=kind,
        content=KINDS[kind].blank(),
        order=max(order, default=-1) + 1,
        changed_by=by,
    )
    changed(report)
    return block


@transaction.atomic
def move_block(block: Block, step: str, by: User) -> bool:
    """Changes places with the block above ("up") or below ("down"); False at the end of the row."""
    report = locked_report(block.section.report)
    row = list(block.section.blocks.order_by("order", "id"))
    at = next(index for index, other in enumerate(row) if other.pk == block.pk)
    to = at + {"up": -1, "down": 1}.get(step, 0)
    if to == at or not 0 <= to < len(row):
        return False
    sittings.typed(report, by, sittings.part_of(block.section))
    row[at], row[to] = row[to], row[at]
    _count(row)
    changed(report)
    return True


@transaction.atomic
def delete_block(block: Block, by: User) -> None:
    """Deletes a block; it can be put back for a week (`desk.put_back`)."""
    report = locked_report(block.section.report)
    sittings.typed(report, by, sittings.part_of(block.section))
    DeletedBlock.objects.create(
        section=block.section, order=block.order, kind=block.kind, content=block.content, by=by
    )
    block.delete()
    changed(report)


@transaction.atomic
def mark(section: Section, state: str, by: User, answered: bool = False) -> None:
    """Sets a section's state; "done" only once its closing question is answered."""
    if state not in SectionState.values:
        raise ValidationError("Không có tình trạng này.")
    if state == SectionState.DONE and section.question and not answered:
        raise ValidationError(f"Trước khi đánh dấu xong, hãy xác nhận: {section.question}")
    report = locked_report(section.report)
    sittings.typed(report, by, sittings.part_of(section))
    section.state = state
    section.save(update_fields=["state"])


def _count(row: Sequence[Block]) -> None:
    for order, block in enumerate(row):
        block.order = order
    Block.objects.bulk_update(row, ["order"])


def _locked(block: Block) -> Block:
    """The block as it is now, with no one else writing it, in a report that may be changed."""
    locked_report(block.section.report)
    rows = Block.objects.select_for_update(of=("self",)).select_related(
        "section__report__organization", "changed_by"
    )
    return rows.get(pk=block.pk)


def locked_report(report: Report) -> Report:
    """The report's row with nobody else writing in it; 403 when it moved on."""
    held = Report.objects.select_for_update(of=("self",)).select_related("organization").get(pk=report.pk)
    require_open(held, report)
    return held


def _begun(section: Section) -> None:
    rows = Section.objects.filter(pk=section.pk, state=SectionState.NOT_STARTED)
    rows.update(state=SectionState.WRITING)


def changed(report: Report) -> None:
    """Notes the change and asks for the PDF once changes settle."""
    Report.objects.filter(pk=report.pk).update(changed_at=timezone.now())
    exports.settle(report)
