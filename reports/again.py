"""Start from last time: a new draft from an earlier report, its figures live, every sentence to be confirmed."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from campaigns.models import User

from . import exports, history, letters, mentions
from .blocks.prose import with_printed_given_up
from .copying import copy_sections, copy_signatures
from .lifecycle import OUT
from .models import Block, Report, ReportRequest, Section
from .models.reports import FramePart
from .reused import sentences


def last_of(request: ReportRequest) -> Report | None:
    """The last report of the letter's campaign, from which its answer may start; None without a campaign.

    One that left the office or came in as a file goes before a draft.
    """
    if request.campaign_id is None:
        return None
    found = Report.objects.filter(organization=request.organization_id, campaign=request.campaign_id)
    done = found.filter(Q(status__in=OUT) | Q(is_old=True))
    newest = (F("period_to").desc(nulls_last=True), F("issued_on").desc(nulls_last=True), "-pk")
    return done.order_by(*newest).first() or found.exclude(requests=request).order_by(*newest).first()


@transaction.atomic
def draft_of(old: Report, by: User, request: ReportRequest | None = None) -> Report:
    """A draft with the sections and texts of `old`: number and date blank, period that of the letter or the
    one that follows, figures live, every sentence to be confirmed."""
    report = _draft(old, by, request)
    made = copy_sections(old, report)
    _blocks(old, made, by)
    copy_signatures(old, report)
    history.begin(report, by)
    exports.settle(report)
    return report


def _draft(old: Report, by: User, request: ReportRequest | None) -> Report:
    """Own letterhead and names from the settings of today; what only an old file can tell is left behind."""
    organization = old.organization
    start, end = _period(old, request)
    kept = [part for part in old.omitted if part not in (FramePart.NUMBER, FramePart.PLACE_DATE)]
    report = Report.objects.create(
        organization=organization,
        campaign=request.campaign if request and request.campaign else old.campaign,
        outline=old.outline,
        drafter=by,
        unit=letters.unit_of(by, organization),
        form=old.form,
        scheme=old.scheme,
        title=old.title,
        subject=old.subject,
        symbol=f"BC-{organization.symbol_code}" if old.is_old else old.symbol,
        letterhead="" if old.is_old else old.letterhead,
        omitted=[] if old.is_old else kept,
        addressees=old.addressees,
        recipients=old.recipients,
        period_from=start,
        period_to=end,
        cut_off=request.cut_off if request else None,
        made_from=old,
    )
    if request:
        report.requests.add(request)
    return report


def _period(old: Report, request: ReportRequest | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The letter's period; else the days after the old one's, as many months or days as it had."""
    if request and request.period_from and request.period_to:
        return request.period_from, request.period_to
    if not (old.period_from and old.period_to):
        return None, None
    start = old.period_to + datetime.timedelta(days=1)
    whole_months = old.period_from.day == 1 and start.day == 1
    if not whole_months:
        return start, start + (old.period_to - old.period_from)
    months = (start.year - old.period_from.year) * 12 + start.month - old.period_from.month
    after = datetime.date(
        start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1, 1
    )
    return start, after - datetime.timedelta(days=1)


def _blocks(old: Report, made: dict[int, Section], by: User) -> None:
    blocks = [
        Block(section=made[row.section_id], order=row.order, kind=row.kind, content=content, changed_by=by)
        for row in Block.objects.filter(section__report=old).order_by("order", "id")
        for content in (moved(row.content),)
    ]
    for block in blocks:
        block.reused = sentences(block.kind, block.content)
    Block.objects.bulk_create(blocks)
    mentions.rewrite(old.organization, blocks)


def moved(content: dict[str, Any]) -> dict[str, Any]:
    """A content whose figures show the new period's readings: printed words of figures are given up."""
    made: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, str) and "data-ref" in value:
            made[name] = with_printed_given_up(value, "figure")
        elif name == "rows" and isinstance(value, list):
            made[name] = [_moved_row(row) if isinstance(row, dict) else row for row in value]
        else:
            made[name] = value
    return made


def _moved_row(row: dict[str, Any]) -> dict[str, Any]:
    row = moved(row)
    return {**row, "printed": ""} if row.get("indicator") and "printed" in row else row
