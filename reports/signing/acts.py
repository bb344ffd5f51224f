"""Acts of signing: here, handed in from outside, as a copy of the paper; each takes its step of the workflow."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.models.owned import Actor

from .. import workflow
from ..document import pdf_scan
from ..models import Report, SignedFile
from ..models.signing import Match, Stage, Way
from . import sign, verify
from .files import (
    agency,
    approved_file,
    approved_of,
    expected,
    keep,
    leaders,
    mark_of,
    newest,
    read,
    signed_file,
    trust,
    versions,
    waits_for_number,
)
from .judgement import Content, Expected, Judgement, Part
from .keys import Key, SigningError

#: The step of the workflow that a stage of the file is made by.
STEPS = {Stage.SIGNED: "sign", Stage.SEALED: "seal"}
#: The same, as the command line and the pages say it.
ROLES = {"leader": Stage.SIGNED, "agency": Stage.SEALED}
_MATCHES = {Content.SAME_BYTES: Match.SAME_BYTES, Content.SAME_TEXT: Match.SAME_TEXT}


@dataclass(frozen=True)
class HandedIn:
    """A file that came in: the judgement on it, and the version it was kept as; None when it was not kept."""

    judgement: Judgement
    file: SignedFile | None = None


# --- signing here -------------------------------------------------------------------------------------


def sign_here(report: Report, actor: Actor, stage: Stage, key: Key) -> SignedFile:
    """Signs with a key at hand and takes the workflow's step. Raises `SigningError` or `workflow.Refused`."""
    if reasons := workflow.refusals(report, actor, STEPS[stage]):
        raise workflow.Refused(reasons)
    names = leaders(report) if stage == Stage.SIGNED else agency(report.organization)
    if verify.folded(key.name) not in {verify.folded(name) for name in names}:
        raise SigningError(f"Chứng thư này của {key.name}, không phải của {' / '.join(names)}.")
    base, numbered = _base(report, stage)
    field = "leader" if stage == Stage.SIGNED else "seal"
    made = sign.sign(read(base), field, key, trust(), _image(report, stage), numbered)
    judged = _sound(report, made.pdf, stage)
    return _taken(report, actor, stage, Way.SERVER, made.pdf, judged, made.level, note=made.note)


def _base(report: Report, stage: Stage) -> tuple[SignedFile, tuple[str, Any] | None]:
    """The version to sign, and the number and date that the same update fills in."""
    if stage == Stage.SIGNED:
        return approved_file(report), None
    base = signed_file(report)
    return base, (report.number, report.issued_on) if waits_for_number(read(base)) else None


def _sound(report: Report, content: bytes, stage: Stage) -> Judgement:
    """The judgement on what was signed here; refused where the ward would not accept it from outside."""
    judged = judge(report, content, stage)
    if not judged.valid and settings.TRUST_ANCHORS:
        raise SigningError(judged.refusal)
    return judged


def _image(report: Report, stage: Stage) -> bytes | None:
    person = workflow.approver_of(report) if stage == Stage.SIGNED else None
    mark = mark_of(report.organization, person)
    if mark is None or not mark.image:
        return None
    with mark.image.open("rb") as stored:
        content: bytes = stored.read()
    return content


# --- signed outside -----------------------------------------------------------------------------------


def judge(report: Report, content: bytes, stage: Stage) -> Judgement:
    """The judgement on a file as this report's at a stage; its number and date must be the register's."""
    approved = approved_of(report)
    judged = verify.judge(content, trust(), approved, expected(report, stage))
    if not judged.valid or not report.number or report.issued_on is None:
        return judged
    sentence = _other_number(report, judged) or (
        _no_number(content, judged, approved) if stage == Stage.SEALED else ""
    )
    return dataclasses.replace(judged, part=Part.CONTENT.value, refusal=sentence) if sentence else judged


def _other_number(report: Report, judged: Judgement) -> str:
    number = judged.filled.get("number", "")
    if number and number != report.number:
        return f"Số trong tệp là {number}, sổ đăng ký ghi {report.number}."
    day, issued = report.issued_on, judged.filled
    parts = {"date.day": day.day, "date.month": day.month, "date.year": day.year} if day else {}
    if any(
        issued.get(name) and issued[name] != str(part).zfill(len(issued[name]))
        for name, part in parts.items()
    ):
        return f"Ngày trong tệp khác ngày trong sổ đăng ký ({day:%d/%m/%Y})."
    return ""


def _no_number(content: bytes, judged: Judgement, approved: verify.Approved) -> str:
    """The agency signs a numbered paper: in our fields, or by a tool's stamp on their place."""
    box = next((box for box in approved.boxes if box.name == "number"), None)
    if box is None or judged.filled.get("number") or not waits_for_number(content):
        return ""
    return (
        ""
        if verify.is_stamped(content, box)
        else "Ô số, ngày trong tệp còn trống: điền trước khi ký số cơ quan."
    )


def hand_in(
    report: Report, actor: Actor, stage: Stage, content: bytes, way: Way, confirmed: bool = False
) -> HandedIn:
    """Takes a file signed outside: kept and the step taken when it matches; in content only when `confirmed`.

    Raises `workflow.Refused` or `SigningError`.
    """
    if reasons := workflow.refusals(report, actor, STEPS[stage]):
        raise workflow.Refused(reasons)
    judged = judge(report, content, stage)
    if not judged.valid or (judged.content is Content.SAME_TEXT and not confirmed):
        return HandedIn(judged)
    if judged.content is Content.SAME_TEXT and not actor.has("clerk"):
        raise SigningError("Tệp chỉ khớp nội dung: văn thư xác nhận rồi mới nhận được.")
    level = judged.signatures[-1].level
    return HandedIn(judged, _taken(report, actor, stage, way, content, judged, level))


@transaction.atomic
def _taken(
    report: Report,
    actor: Actor,
    stage: Stage,
    way: Way,
    content: bytes,
    judged: Judgement,
    level: str,
    note: str = "",
) -> SignedFile:
    """Keeps the version and takes the step, both or neither."""
    if report.approved is None:
        raise SigningError("Báo cáo chưa được duyệt nên chưa có tệp để ký.")
    match = _MATCHES.get(judged.content, Match.SAME_BYTES)
    file = keep(
        report,
        report.approved,
        stage,
        way,
        content,
        match=match,
        confirmed_by=actor.user if match == Match.SAME_TEXT else None,
        signatures=_told(judged),
        level=level,
        note=note,
        by=actor.user,
    )
    words = " ".join(
        filter(None, (f"{file.get_match_display()}, PAdES {level}.", note, f"SHA-256 {file.sha256}"))
    )
    workflow.act(
        report,
        STEPS[stage],
        actor,
        channel=f"Ký số: {file.get_way_display()}",
        happened_at=timezone.now(),
        note=words,
    )
    return file


def _told(judged: Judgement) -> list[dict[str, Any]]:
    """The signatures as kept beside the file."""
    return [
        {
            "name": found.name,
            "issuer": found.issuer,
            "serial": found.serial,
            "at": found.at.isoformat() if found.at else "",
            "stamped": found.stamped,
            "level": found.level,
        }
        for found in judged.signatures
    ]


# --- a copy of the paper ------------------------------------------------------------------------------


def needs_copy(report: Report) -> bool:
    """Signed by hand: what leaves electronically is a scan as SAO Y with the agency's signature (Điều 18.6)."""
    base = newest(report)
    return report.status == "signed" and (base is None or base.stage == Stage.APPROVED)


@transaction.atomic
def copy_here(report: Report, actor: Actor, scan: bytes, key: Key) -> SignedFile:
    """Signs a scan of the signed paper as SAO Y and records the seal. Raises `SigningError` or `workflow.Refused`."""
    if reasons := workflow.refusals(report, actor, "seal"):
        raise workflow.Refused(reasons)
    if report.approved is None or not needs_copy(report):
        raise SigningError("Báo cáo đã có chữ ký số của lãnh đạo: ký số cơ quan trên tệp đó, không sao y.")
    if sentence := pdf_scan.fault(scan):
        raise SigningError(sentence)
    names = agency(report.organization)
    if verify.folded(key.name) not in {verify.folded(name) for name in names}:
        raise SigningError(f"Chứng thư này của {key.name}, không phải của {' / '.join(names)}.")
    made = sign.sign_copy(pdf_scan.rewritten(scan), report.organization.called, key, trust())
    judged = verify.judge(made.pdf, trust(), expected=Expected((), names))
    if not judged.valid and settings.TRUST_ANCHORS:
        raise SigningError(judged.refusal)
    file = keep(
        report,
        report.approved,
        Stage.COPIED,
        Way.SERVER,
        made.pdf,
        signatures=_told(judged),
        level=made.level,
        note=made.note,
        by=actor.user,
    )
    note = f"Bản chụp giấy đã ký, PAdES {made.level}. SHA-256 {file.sha256}"
    workflow.act(
        report, "seal", actor, channel="Sao y bản giấy, ký số cơ quan", happened_at=timezone.now(), note=note
    )
    return file


# --- a file from anywhere -----------------------------------------------------------------------------


def judge_any(content: bytes, among: Any = None) -> tuple[Judgement, Report | None]:
    """The judgement on any file: compared with the approved edition where it is one of the reports `among`.

    `among` None is every report of this installation. Raises `SigningError`.
    """
    report = report_in(content, Report.objects.all() if among is None else among)
    if report is None or not report.is_frozen:
        return verify.judge(content, trust()), None
    if versions(report).filter(stage=Stage.COPIED, sha256=hashlib.sha256(content).hexdigest()).exists():
        return verify.judge(content, trust(), expected=Expected((), agency(report.organization))), report
    kept = versions(report).filter(stage__in=(Stage.SIGNED, Stage.SEALED)).order_by("-pk").first()
    judged = judge(report, content, Stage(kept.stage) if kept else Stage.SIGNED)
    return _as_kept(judged, content, kept), report


def _as_kept(judged: Judgement, content: bytes, kept: SignedFile | None) -> Judgement:
    """The file of record is the one that was kept: another with sound signatures is not it, nor is one whose
    evidence of validity, which no signature covers, was altered."""
    if not judged.valid or kept is None or content.startswith(read(kept)):
        return judged
    sentence = f"Tệp không phải bản đã ký được lưu của báo cáo này (SHA-256 {kept.sha256})."
    return dataclasses.replace(judged, part=Part.FILE.value, refusal=sentence)


def report_in(content: bytes, among: Any) -> Report | None:
    """The approved report that a file is, by its bytes, else by the number and symbol printed in it."""
    rows = among.filter(approved__isnull=False).select_related("organization", "unit", "approved__by")
    kept = (
        SignedFile.objects.filter(sha256__in=list(islice(_beginnings(content), 600)))
        .order_by("-size", "-pk")
        .first()
    )
    if kept is not None:
        ours: Report | None = rows.filter(pk=kept.report_id).first()
        return ours
    code = verify.printed_code(content)
    if code is None:
        return None
    found = list(rows.filter(number=code[0], symbol=code[1])[:2])
    return found[0] if len(found) == 1 else None


def _beginnings(content: bytes) -> Iterator[str]:
    """SHA-256 of everything up to the end of each revision: after its %%EOF and line break."""
    running, done, at = hashlib.sha256(), 0, content.find(b"%%EOF")
    while at != -1:
        for end in range(at + 5, min(at + 8, len(content) + 1)):
            running.update(content[done:end])
            done = end
            yield running.hexdigest()
        at = content.find(b"%%EOF", at + 5)
