"""Carrying a report to another office: queued with the press of the button, tried until the other side answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from campaigns import events
from campaigns.models import Membership, Organization
from campaigns.models.owned import Actor

from .. import tasks, workflow
from ..lifecycle import CLERK
from ..models import Arrival, Channel, Code, Connection, Report, Sending
from ..signing.sign import SigningError
from . import arrivals, client, codes, ledger, package, zipped

#: The longest pause between two tries, and after how long nobody tries any more by himself.
LONGEST = datetime.timedelta(hours=1)
GIVE_UP = datetime.timedelta(days=7)
#: When the state of a package is first asked for on the other side, and until when.
ASK_AFTER = datetime.timedelta(minutes=5)
ASK_FOR = datetime.timedelta(days=30)
FAILURES = (package.PackageError, SigningError, zipped.ZipError, arrivals.Conflict, client.Rejected)


def way_to(sender: Organization, recipient: Organization | None) -> Channel | None:
    """How the app itself can carry a report there: it has people here, or a connection; None: it cannot."""
    if recipient is None or recipient.pk == sender.pk:
        return None
    if Connection.objects.filter(organization=sender, partner=recipient).exists():
        return Channel.HTTP
    today = timezone.localdate()
    here = Membership.objects.on(today).filter(organization=recipient, user__is_active=True).exists()
    return Channel.HERE if here else None


def reachable(report: Report) -> list[tuple[Organization, Channel]]:
    """Bodies the app can carry the report to: who asked for it first, then every connection."""
    asked = [letter.sender for letter in package.letters_of(report) if letter.sender]
    linked = Connection.objects.filter(organization=report.organization).select_related("partner")
    bodies = dict.fromkeys([*asked, *(row.partner for row in linked)])
    ways = ((body, way_to(report.organization, body)) for body in bodies)
    return [(body, way) for body, way in ways if way is not None]


@transaction.atomic
def send(report: Report, recipient: Organization, actor: Actor) -> Sending:
    """Queues the report for a recipient; pressed twice, it is queued once. Raises `workflow.Refused`."""
    row = codes.workflow_row(report.pk)
    channel = way_to(row.organization, recipient)
    reasons = workflow.refusals(row, actor, "send")
    if channel is None:
        reasons.append(f"Chưa có cách chuyển tự động tới {recipient.called}.")
    if reasons or channel is None:
        raise workflow.Refused(reasons)
    waiting = Sending.objects.filter(report=row, recipient=recipient, sent_at=None, stopped_at=None).first()
    if waiting is not None:
        return waiting
    sending = ledger.queue(row, channel, recipient, actor.user)
    after = {"channel": channel.label, "recipient": recipient.called}
    events.record("queue_sending", actor.user, row.organization, report=row.pk, after=after)
    transaction.on_commit(lambda: tasks.deliver.enqueue(sending.pk))
    return sending


@transaction.atomic
def again(sending: Sending) -> None:
    """Tries at once, also what was given up; not what has arrived."""
    row = Sending.objects.select_for_update(of=("self",)).filter(pk=sending.pk, sent_at=None).first()
    if row is None or row.report.recalled_at:
        return
    row.stopped_at, row.error, row.attempts = None, "", 0
    row.save(update_fields=["stopped_at", "error", "attempts"])
    transaction.on_commit(lambda: tasks.deliver.enqueue(row.pk))


# --- one try ------------------------------------------------------------------------------------------


def attempt(pk: int) -> None:
    """Tries once. The next try is booked first, so that a worker killed in the middle loses nothing."""
    rows = Sending.objects.select_related(
        "report__organization", "report__approved__by", "recipient", "edition"
    )
    sending = rows.filter(pk=pk, sent_at=None, stopped_at=None).first()
    if sending is None:
        return
    _book(sending)
    try:
        receipt = CARRIERS[sending.channel](sending, _package(sending))
    except client.Unreachable as error:
        _later(sending, str(error))
    except FAILURES as error:
        _stop(sending, str(error))
    else:
        _arrived(sending, receipt)


def _book(sending: Sending) -> None:
    pause = min(datetime.timedelta(seconds=settings.SENDING_PAUSE) * 2 ** min(sending.attempts, 20), LONGEST)
    at = timezone.now() + pause
    Sending.objects.filter(pk=sending.pk).update(attempts=sending.attempts + 1, next_try_at=at)
    if tasks.deliver.get_backend().supports_defer:
        tasks.deliver.using(run_after=at).enqueue(sending.pk)


def _package(sending: Sending) -> bytes:
    """The bytes of the first try, so that every try sends the same."""
    if sending.package:
        with sending.package.open("rb") as stored:
            content: bytes = stored.read()
        if zipped.digest(content) == sending.package_sha256:
            return content
    recipients = (sending.recipient,) if sending.recipient else ()
    made = package.build(sending.report, recipients)
    sending.package_sha256 = made.sha256
    sending.package.save(f"{sending.key}.zip", ContentFile(made.content), save=False)
    sending.save(update_fields=["package", "package_sha256"])
    return made.content


def _later(sending: Sending, why: str) -> None:
    if timezone.now() - sending.made_at > GIVE_UP:
        _stop(sending, why)
    else:
        Sending.objects.filter(pk=sending.pk).update(error=why[:1000])


def _stop(sending: Sending, why: str) -> None:
    now = timezone.now()
    Sending.objects.filter(pk=sending.pk, sent_at=None).update(
        stopped_at=now, next_try_at=None, error=why[:1000]
    )


def _here(sending: Sending, content: bytes) -> dict[str, Any]:
    recipient = sending.recipient
    assert recipient is not None  # noqa: S101  the database keeps it so
    arrival, _ = arrivals.take_in(recipient, sending.report.organization, sending.key, content, sending)
    return arrivals.receipt(arrival)


def _over_http(sending: Sending, content: bytes) -> dict[str, Any]:
    return client.hand_in(_connection(sending), sending.key, content)


def _connection(sending: Sending) -> Connection:
    rows = Connection.objects.filter(organization=sending.report.organization, partner=sending.recipient)
    found = rows.first()
    if found is None:
        raise client.Rejected("Kết nối tới nơi nhận không còn trong thiết lập.")
    return found


CARRIERS: dict[str, Callable[[Sending, bytes], dict[str, Any]]] = {
    Channel.HERE: _here,
    Channel.HTTP: _over_http,
}


@transaction.atomic
def _arrived(sending: Sending, receipt: dict[str, Any]) -> None:
    """The other side has it: the receipt is kept and the report's step taken, in the name of who pressed."""
    report = codes.workflow_row(sending.report_id)
    row = Sending.objects.select_for_update(of=("self",)).select_related("recipient", "by").get(pk=sending.pk)
    if row.sent_at is not None:
        return
    at = parse_datetime(str(receipt.get("arrived_at", ""))) or timezone.now()
    at = min(at, timezone.now()) if timezone.is_aware(at) else timezone.now()
    row.receipt, row.sent_at, row.error, row.next_try_at, row.stopped_at = receipt, at, "", None, None
    ledger.tell(row, Code.ARRIVED, at, by=str(receipt.get("receiver", "")))
    actor = Actor(row.by, report.organization, frozenset({CLERK}))  # his right was asked when he pressed
    note = f"SHA-256 của hồ sơ: {row.package_sha256}"
    words = row.get_channel_display()
    try:
        workflow.act(report, "send", actor, channel=words, happened_at=at, note=note, sending=row)
    except workflow.Refused:  # recalled while it was on its way
        ledger.tell(row, Code.ASKED_BACK, timezone.now(), "Báo cáo đã bị thu hồi.", str(row.by))
        transaction.on_commit(lambda: tasks.ask_back.enqueue(row.pk))
    if row.channel == Channel.HTTP:
        _ask_later(row)


# --- afterwards ---------------------------------------------------------------------------------------


def ask_back(pk: int) -> None:
    """Code 13 to another installation or, in this one, beside the arrival; tried again when nobody answers."""
    sending = Sending.objects.select_related("report__organization", "recipient").filter(pk=pk).first()
    if sending is None or sending.sent_at is None:
        return
    reason = next((told["reason"] for told in sending.codes if told["code"] == Code.ASKED_BACK), "")
    if sending.channel == Channel.HERE:
        for arrival in Arrival.objects.filter(sending=sending):
            arrivals.ask_back(arrival, reason, str(sending.by))
    elif sending.channel == Channel.HTTP:
        _or_again(
            tasks.ask_back,
            pk,
            lambda: client.tell_receiver(_connection(sending), sending.key, Code.ASKED_BACK, reason),
        )


def answer(pk: int) -> None:
    """Every code of an arrival to its sender's installation, where a connection there is set; told twice, it counts once."""
    arrival = Arrival.objects.select_related("organization", "sender").filter(pk=pk).first()
    if arrival is None:
        return
    linked = Connection.objects.filter(organization=arrival.organization, partner=arrival.sender).first()
    own = [told for told in arrival.codes if told["code"] not in (Code.ARRIVED, Code.ASKED_BACK)]
    if linked is not None:
        _or_again(tasks.answer, pk, lambda: [client.tell_sender(linked, arrival.key, told) for told in own])


def _or_again(task: Any, pk: int, said: Callable[[], Any]) -> None:
    """What cannot be said now is said in a while; what is refused stays on the row's own page."""
    try:
        said()
    except client.Unreachable:
        pause = datetime.timedelta(seconds=settings.SENDING_PAUSE * 10)
        if task.get_backend().supports_defer:
            task.using(run_after=timezone.now() + pause).enqueue(pk)
    except client.Rejected as error:
        if task is tasks.ask_back:
            Sending.objects.filter(pk=pk).update(error=str(error)[:1000])


def ask(pk: int) -> None:
    """Asks another installation how a package stands, and again later while an answer is awaited."""
    sending = Sending.objects.select_related("report", "recipient", "by").filter(pk=pk).first()
    if sending is None or sending.sent_at is None or sending.channel != Channel.HTTP:
        return
    try:
        learn(sending)
    except (client.Unreachable, client.Rejected) as error:
        Sending.objects.filter(pk=pk).update(error=str(error)[:1000])
    sending.refresh_from_db()
    if sending.code not in (Code.REFUSED, Code.DONE) and timezone.now() - sending.sent_at < ASK_FOR:
        _ask_later(sending)


def learn(sending: Sending) -> int:
    """Takes over the codes that the other side tells; how many were news. Raises `Unreachable`, `Rejected`."""
    told = client.standing(_connection(sending), sending.key)
    return sum(_take(sending, row) for row in told.get("codes", []) if isinstance(row, dict))


def _take(sending: Sending, told: dict[str, Any]) -> bool:
    code = str(told.get("code", ""))
    if code not in Code.values or code == Code.ASKED_BACK:
        return False
    at = parse_datetime(str(told.get("at", ""))) or timezone.now()
    reason, who = str(told.get("reason", ""))[:2000] or "(không ghi lý do)", str(told.get("by", ""))[:100]
    try:
        return codes.take(sending, code, at, sending.by, "Hỏi máy nhận (API)", reason, who)
    except ValidationError:
        return False


def _ask_later(sending: Sending) -> None:
    """After half as long as the package has been there: often at first, seldom later."""
    if sending.sent_at is None or not tasks.ask.get_backend().supports_defer:
        return
    gone = timezone.now() - sending.sent_at
    pause = max(ASK_AFTER, min(gone / 2, 6 * LONGEST))
    transaction.on_commit(lambda: tasks.ask.using(run_after=timezone.now() + pause).enqueue(sending.pk))
