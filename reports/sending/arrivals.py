"""A package comes in: opened within limits, compared with what it promises, kept once; then answered."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from campaigns import events
from campaigns.models import Organization
from campaigns.models.owned import Actor

from .. import tasks
from ..models import Arrival, Code, Sending, Token
from ..models.reports import Following
from . import codes, edxml, ledger, package, zipped

#: What may be answered next, by the last code of handling.
NEXT: dict[str, tuple[Code, ...]] = {
    "": (Code.ACCEPTED, Code.REFUSED),
    Code.ARRIVED: (Code.ACCEPTED, Code.REFUSED),
    Code.ACCEPTED: (Code.ASSIGNED, Code.IN_HAND, Code.DONE),
    Code.ASSIGNED: (Code.IN_HAND, Code.DONE),
    Code.IN_HAND: (Code.DONE,),
}
WITH_REASON = (Code.REFUSED, Code.KEPT)


class Conflict(ValueError):
    """The key was used before for another package."""


def take_in(
    organization: Organization,
    sender: Organization,
    key: uuid.UUID,
    content: bytes,
    sending: Sending | None = None,
    token: Token | None = None,
) -> tuple[Arrival, bool]:
    """Keeps a package once for its key, with code 01; the row, and whether it is new.

    Raises `zipped.ZipError` for what is no package, `Conflict` when the key came with other bytes.
    """
    found = _known(organization, sender, key, content)
    if found is not None:
        return found, False
    arrival = _read(organization, sender, content, sending)
    arrival.key, arrival.sending, arrival.token = key, sending, token
    try:
        with transaction.atomic():
            _keep(arrival, content)
    except IntegrityError:  # the same package came in at the same moment
        found = _known(organization, sender, key, content)
        if found is None:
            raise
        return found, False
    return arrival, True


def _known(
    organization: Organization, sender: Organization, key: uuid.UUID, content: bytes
) -> Arrival | None:
    found = Arrival.objects.filter(organization=organization, sender=sender, key=key).first()
    if found is not None and found.sha256 != zipped.digest(content):
        raise Conflict("Khóa này đã dùng cho một hồ sơ khác.")
    return found


def _keep(arrival: Arrival, content: bytes) -> None:
    arrival.save()
    ledger.tell(arrival, Code.ARRIVED, arrival.arrived_at, by="Ứng dụng")
    arrival.package.save(f"{arrival.sha256}.zip", ContentFile(content))
    after = {"name": arrival.report_code, "sender": arrival.sender.called, "sha256": arrival.sha256}
    events.record("arrive", None, arrival.organization, after=after)


def _read(
    organization: Organization, sender: Organization, content: bytes, sending: Sending | None
) -> Arrival:
    files = zipped.opened(content)
    faults = zipped.faults(files)
    told = zipped.data(files, package.DATA)
    about, answer = _report_of(told), _answer_to(organization, told)
    found = package.edition_digest(files)
    expected = (
        sending.edition.digest if sending and sending.edition else zipped.manifest(files).get("edition")
    )
    if found != expected:
        faults.append("Nội dung trong hồ sơ khác mã của bản đã duyệt.")
    return Arrival(
        organization=organization,
        sender=sender,
        report_code=about["code"],
        subject=about["subject"],
        issued_on=about["issued_on"],
        letter_code=_text(answer.get("code"), 90),
        letter_date=_day(answer.get("issued_on")),
        due=_moment(answer.get("due")),
        follows_as=about["follows_as"],
        follows_code=about["follows"],
        follows=_earlier(organization, sender, about["follows"]),
        sha256=zipped.digest(content),
        size=len(content),
        edition_digest=found,
        faults=faults + _message_faults(files, sender),
        arrived_at=timezone.now(),
    )


def _report_of(told: dict[str, Any]) -> dict[str, Any]:
    """What data.json says of the report itself. Raises `ZipError`."""
    given = told.get("report")
    given = given if isinstance(given, dict) else {}
    code, issued_on = _text(given.get("code"), 90), _day(given.get("issued_on"))
    if not code or issued_on is None:
        raise zipped.ZipError("data.json không ghi số, ký hiệu và ngày của báo cáo.")
    follows_as = given.get("follows_as") if given.get("follows_as") in Following.values else ""
    subject = _text(given.get("subject"), 2000)
    follows = _text(given.get("follows"), 90)
    return {
        "code": code,
        "issued_on": issued_on,
        "subject": subject,
        "follows_as": follows_as,
        "follows": follows,
    }


def _answer_to(organization: Organization, told: dict[str, Any]) -> dict[str, Any]:
    """The letter of this organization that the report answers; {} when it answers none of its."""
    given = told.get("answers")
    rows = [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []
    own = edxml.organ_id(organization)
    return next((row for row in rows if row.get("organ") == own), {})


def _earlier(organization: Organization, sender: Organization, code: str) -> Arrival | None:
    rows = Arrival.objects.filter(organization=organization, sender=sender, report_code=code)
    return rows.order_by("-pk").first() if code else None


def _message_faults(files: dict[str, bytes], sender: Organization) -> list[str]:
    if package.MESSAGE not in files:
        return ["Hồ sơ không có thông điệp edXML."]
    try:
        message = edxml.read(files[package.MESSAGE])
    except edxml.EdxmlError as error:
        return [f"Thông điệp edXML không đúng mẫu: {error}"[:500]]
    if message["sender"] != edxml.organ_id(sender):
        return [f"Thông điệp ghi nơi gửi là {message['sender']}, không phải {edxml.organ_id(sender)}."]
    return []


def _text(value: Any, longest: int) -> str:
    """Words of a stranger's file: one line, what both databases keep."""
    words = " ".join(str(value).replace("\x00", "").split()) if isinstance(value, str | int) else ""
    return words.encode(errors="ignore").decode()[:longest]


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: Any) -> datetime.datetime | None:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


# --- answering ----------------------------------------------------------------------------------------


def open_codes(arrival: Arrival) -> tuple[Code, ...]:
    """What the recipient may answer now; a paper asked back is answered to that first."""
    if arrival.recall == Code.ASKED_BACK:
        return (Code.GIVEN_BACK, Code.KEPT)
    return () if arrival.recall == Code.GIVEN_BACK else NEXT.get(arrival.code, ())


@transaction.atomic
def answer(arrival: Arrival, code: str, reason: str, actor: Actor) -> Arrival:
    """Answers a package; the sender's report follows in the same transaction, or by a message to its installation.

    Raises ValidationError with the sentence for the page.
    """
    if arrival.sending_id:
        codes.workflow_row(arrival.sending.report_id)  # type: ignore[union-attr]
    held = Arrival.objects.select_for_update(of=("self",)).select_related("organization", "sender", "sending")
    row = held.get(pk=arrival.pk)
    if code not in open_codes(row):
        raise ValidationError("Báo cáo này vừa có trạng thái khác. Xem lại rồi chọn.")
    if code in WITH_REASON and not reason.strip():
        raise ValidationError("Ghi lý do.")
    now = timezone.now()
    ledger.tell(row, code, now, reason, str(actor.user))
    after = {"name": row.report_code, "code": f"{code} {Code(code).label}", "sender": row.sender.called}
    events.record("answer_arrival", actor.user, row.organization, after=after, reason=reason)
    if row.sending is not None:
        how = f"Trạng thái {code} trên phần mềm, {row.organization.called}"
        codes.take(row.sending, code, now, actor.user, how[:100], reason)
    else:
        transaction.on_commit(lambda: tasks.answer.enqueue(row.pk))
    return row


@transaction.atomic
def ask_back(arrival: Arrival, reason: str, by: str) -> bool:
    """Notes that the sender's installation asks for the paper back (13); whether it was news."""
    row = (
        Arrival.objects.select_for_update(of=("self",))
        .select_related("organization", "sender")
        .get(pk=arrival.pk)
    )
    if row.recall:
        return False
    ledger.tell(row, Code.ASKED_BACK, timezone.now(), reason, by)
    after = {"name": row.report_code, "sender": row.sender.called}
    events.record("ask_back_arrival", None, row.organization, after=after, reason=reason)
    return True


def receipt(arrival: Arrival) -> dict[str, Any]:
    """What the recipient's installation answers to a package: the proof of filing."""
    return {
        "key": str(arrival.key),
        "number": arrival.pk,
        "receiver": arrival.organization.name,
        "report": arrival.report_code,
        "arrived_at": arrival.arrived_at.isoformat(),
        "sha256": arrival.sha256,
        "edition": arrival.edition_digest,
        "matches": not arrival.faults,
        "faults": arrival.faults,
        "code": arrival.code,
        "recall": arrival.recall,
        "codes": arrival.codes,
    }
