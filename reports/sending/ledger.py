"""The rows of sendings and arrivals: begun, sent, answered, asked back; the only writer of their codes."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import Organization, User

from ..models import Arrival, Code, Evidence, Report, Sending
from ..models.sendings import RECALLS, Answered, Channel

#: The code that a step of the workflow stands for.
CODE_OF = {"receive": Code.ACCEPTED, "refuse": Code.REFUSED}


def channel_of(words: str) -> str:
    """The channel that a form's or letter's own words name; OTHER when none does."""
    return next((channel.value for channel in Channel if channel.label == words), Channel.OTHER.value)


def queue(report: Report, channel: Channel, recipient: Organization, by: User) -> Sending:
    """A sending that the app carries itself; it has left once the other side has answered."""
    return Sending.objects.create(
        report=report,
        channel=channel,
        recipient=recipient,
        edition=report.approved,
        by=by,
        next_try_at=timezone.now(),
    )


def sent(report: Report, evidence: Evidence, details: dict[str, Any]) -> Sending:
    """Notes that a report was sent, inside the step's transaction: a carried `sending`, or one made outside."""
    sending: Sending | None = details.get("sending")
    if sending is None:
        return Sending.objects.create(
            report=report,
            channel=channel_of(evidence.channel),
            recipient=details.get("recipient"),
            address=details.get("address") or "",
            sent_at=evidence.happened_at,
            edition=report.approved,
            evidence=evidence,
            by=evidence.by,
        )
    sending.sent_at, sending.evidence = evidence.happened_at, evidence
    sending.save(update_fields=["sent_at", "evidence"])
    return sending


def answered(
    report: Report, key: str, evidence: Evidence, reason: str, sending: Sending | None
) -> Sending | None:
    """Notes what the recipient said to a sending: the one named, else the last nobody has answered."""
    row = _open(report, sending)
    if row is None:
        return None
    row.confirmation = evidence
    tell(row, CODE_OF[key], evidence.happened_at, reason, str(evidence.by))
    return row


def _open(report: Report, sending: Sending | None) -> Sending | None:
    rows = Sending.objects.select_for_update(of=("self",)).filter(report=report, sent_at__isnull=False)
    if sending is not None:
        return rows.filter(pk=sending.pk).first()
    return rows.filter(confirmation=None).order_by("-pk").first() or rows.order_by("-pk").first()


def tell(row: Answered, code: str, at: datetime.datetime, reason: str = "", by: str = "") -> bool:
    """Adds a code to a sending or an arrival (held for update); whether it was news."""
    if any(told["code"] == code for told in row.codes) and code not in RECALLS:
        row.save()
        return False
    if code in RECALLS and row.recall == code:
        return False
    row.codes = [*row.codes, {"code": str(code), "at": at.isoformat(), "reason": reason[:2000], "by": by}]
    if code in RECALLS:
        row.recall = code
    else:
        row.code, row.code_at = code, at
    row.save()
    return True


def stop(report: Report, why: str) -> None:
    """Gives up what has not left yet; inside the transaction of the act that makes it wrong."""
    waiting = Sending.objects.filter(report=report, sent_at=None, stopped_at=None)
    waiting.update(stopped_at=timezone.now(), next_try_at=None, error=why)


@transaction.atomic
def asked_back(report: Report, reason: str, by: User) -> list[Sending]:
    """Code 13 to everybody who was sent the report by the app; returns the sendings asked back."""
    stop(report, "Báo cáo đã bị thu hồi.")
    now, asked = timezone.now(), []
    rows = Sending.objects.select_for_update(of=("self",)).filter(report=report, sent_at__isnull=False)
    for row in rows:
        tell(row, Code.ASKED_BACK, now, reason, str(by))
        asked.append(row)
    for arrival in Arrival.objects.select_for_update(of=("self",)).filter(sending__in=asked):
        tell(arrival, Code.ASKED_BACK, now, reason, str(by))
    return asked
