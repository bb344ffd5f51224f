"""What a recipient says to a sending becomes a step of the report's life, or a note beside it."""

from __future__ import annotations

import datetime

from django.db import transaction

from campaigns import events
from campaigns.models import User
from campaigns.models.owned import Actor

from .. import workflow
from ..lifecycle import RECIPIENT
from ..models import Code, Report, Sending
from . import ledger

#: The step of the workflow that a code stands for.
STEP_OF = {code: key for key, code in ledger.CODE_OF.items()}


@transaction.atomic
def take(
    sending: Sending, code: str, at: datetime.datetime, by: User, how: str, reason: str = "", who: str = ""
) -> bool:
    """Notes a code for a sending, and takes the report's step when the code is one; whether it was news.

    `by` answers for it, `who` is who said it where that is not him, `how` the way it came. Raises `Refused`
    when a refusal has no reason.
    """
    report = workflow_row(sending.report_id)
    held = Sending.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=sending.pk)
    if any(told["code"] == code for told in held.codes):
        return False
    key, actor = STEP_OF.get(Code(code), ""), Actor(by, held.recipient, frozenset({RECIPIENT}))
    if key and not workflow.refusals(report, actor, key):
        workflow.act(
            report,
            key,
            actor,
            reason=reason,
            channel=how,
            happened_at=at,
            note=_note(code, who),
            sending=held,
        )
        return True
    if code == Code.REFUSED and not reason.strip():
        raise workflow.Refused("Ghi lý do.")
    ledger.tell(held, code, at, reason, who or str(by))
    after = {"code": f"{code} {Code(code).label}", "recipient": held.to, "channel": how}
    events.record("sending_code", by, report.organization, report=report.pk, after=after, reason=reason)
    return True


def workflow_row(pk: int) -> Report:
    """The report's row, with nobody else acting on it: always locked before its sendings and arrivals."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("organization", "approved__by")
    return rows.get(pk=pk)


def _note(code: str, who: str) -> str:
    said = f"Trạng thái {code}, {Code(code).label.lower()}"
    return f"{said} ({who})" if who else said
