"""The only writer of a report's status: lock the row, ask the table, act, write the event, commit."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns import events, rights
from campaigns.models import Event, SigningRight, User
from campaigns.models.owned import Actor

from . import checking, editions, exports, following, lifecycle, notices, readiness, register, sittings, tasks
from .document.nodes import Document
from .lifecycle import Standing, Status, Step
from .models import Check, Comment, CommentKind, Edition, Entry, Evidence, Initial, Report
from .models.register import EntryState
from .sending import ledger


class Refused(ValidationError):
    """A step that may not be taken; its messages are the sentences the officer reads."""


@dataclass
class Act:
    """One step being taken: the locked report, who takes it, what was typed, and what history will hold."""

    report: Report
    step: Step
    actor: Actor
    standing: Standing
    reason: str = ""
    explanation: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    result: Any = None  # what the step made beside the report: an entry, a new draft


# --- asking -------------------------------------------------------------------------------------------


def standing(report: Report, actor: Actor, document: Document | None = None) -> Standing:
    """The report's facts and the asker's part in it; who holds the report's `document` already passes it."""
    approver = approver_of(report)
    asker = actor.user if actor.has(lifecycle.LEADER) else None
    at = replace(
        _own_part(report, actor),
        numbered=entry_of(report) is not None,
        form_seen=_initials(report).filter(kind=Check.FORM).exists(),
        right=_right_refusal(report, asker),
        signer_right=_right_refusal(report, approver if report.status == Status.APPROVED else None),
        is_signer=_is_signer(report, actor.user, approver),
    )
    return _with_text(at, report, document)


def _right_refusal(report: Report, person: User | None) -> str:
    """Why a person may not sign today; "" for nobody, who is not asked."""
    today = timezone.localdate()
    return rights.refusal(right_of(report, person, today), person, today) if person else ""


def _own_part(report: Report, actor: Actor) -> Standing:
    """What the rows at hand tell, without a query."""
    return Standing(
        status=Status(report.status),
        roles=actor.roles,
        is_drafter=report.drafter_id == actor.user.pk,
        heads_unit=actor.is_head_of(report.unit_id),
        form_checker=report.organization.form_checker,
        number_first=report.organization.number_first,
        straight=report.straight,
        checks_stand=report.checks_stand,
        last_step=report.last_step,
        last_by_me=report.last_by_id == actor.user.pk,
        recalled=report.recalled_at is not None,
    )


def _with_text(at: Standing, report: Report, document: Document | None) -> Standing:
    """What only the text can tell: whether it is still the approved one, and what keeps it from being handed on."""
    if report.is_frozen and at.status not in lifecycle.OUT:
        return replace(at, same=editions.is_same(report))
    if report.is_frozen:
        return at
    return replace(at, blocked=readiness.blocked(report, document))


def refusals(report: Report, actor: Actor, key: str, **settled: Any) -> list[str]:
    """Why a step is refused to somebody; none: the button lives.

    `settled` are facts of the Standing that the step's own form asks for.
    """
    step = lifecycle.STEPS[key]
    at = replace(_with_errors(standing(report, actor), report, step), **settled)
    return list(lifecycle.refusals(step, at))


def _with_errors(at: Standing, report: Report, step: Step) -> Standing:
    """What the checks say of the text, for the steps that hand it on; other pages do not ask."""
    if report.is_frozen or not lifecycle.asks_reason_for_errors(step):
        return at
    return replace(at, unexplained=checking.unexplained(report))


def may_edit(report: Report, actor: Actor) -> str:
    """Why somebody may not change the text now; "" when he may. No query."""
    return lifecycle.may_edit(_own_part(report, actor))


def entry_of(report: Report) -> Entry | None:
    """The report's number in the register, void ones left out."""
    return Entry.objects.filter(report=report, state=EntryState.GIVEN).first()


def approver_of(report: Report) -> User | None:
    """Who approved the text that stands; he signs it."""
    return report.approved.by if report.approved is not None else None


def right_of(report: Report, person: User, day: datetime.date) -> SigningRight | None:
    """The right by which a person would sign this report on a day, the closest one first."""
    proposed = rights.proposed(report.organization, day, report.unit, report.campaign)
    return next((right for right in proposed if right.person_id == person.pk), None)


def _is_signer(report: Report, user: User, approver: User | None) -> bool:
    named = approver or report.signer
    return named is None or named.pk == user.pk


def _initials(report: Report) -> Any:
    """Initials that stand: of this round, or of those before it when only the leader looks again."""
    kept = Initial.objects.filter(report=report, undone_at=None)
    return kept if report.checks_stand else kept.filter(edition__round=report.round)


# --- acting -------------------------------------------------------------------------------------------


@transaction.atomic
def act(
    report: Report,
    key: str,
    actor: Actor,
    *,
    reason: str = "",
    explanation: str = "",
    seen: str = "",
    **details: Any,
) -> Act:
    """Takes a step, or raises Refused with the sentences that a page would show.

    `seen` is the digest of the text the person had before him: a step on a text that changed meanwhile is
    refused. `details` are what the step's form asks (see EFFECTS). One event, in the same transaction.
    """
    held = _locked(report)
    sittings.close(held)
    step = lifecycle.STEPS[key]
    at = standing(held, actor)
    if not explanation.strip():
        at = _with_errors(at, held, step)
    done = Act(held, step, actor, at, reason.strip(), explanation.strip(), details)
    _prepare(done)
    _require(done, seen)
    sittings.close(held)
    before = {"status": held.status}
    held.status = step.ways[Status(held.status)].value
    EFFECTS.get(key, _nothing)(done)
    if step.ways[Status(before["status"])] != before["status"]:
        _moved(done)
    held.save()
    event = _recorded(done, before)
    if held.status != before["status"]:
        notices.moved(held, f"{notices.TURN}{event.sequence}", actor.user, f"{actor.user} {step.done}")
    return done


def _locked(report: Report) -> Report:
    """The row as it is now, with nobody else acting on it."""
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "organization", "unit", "campaign", "drafter", "signer", "approved__by", "last_by"
    )
    return rows.get(pk=report.pk)


def _prepare(done: Act) -> None:
    """What the act's own form says counts as true when the table is asked."""
    if done.details.get("form_checked"):
        done.standing = replace(done.standing, form_seen=True)


def _require(done: Act, seen: str) -> None:
    sentences = list(lifecycle.refusals(done.step, done.standing))
    if done.step.reason and not done.reason:
        sentences.append("Ghi lý do.")
    if seen and not sentences and seen != text_digest(done.report):
        sentences.append("Nội dung vừa được sửa sau khi bạn mở trang. Xem lại phần đã đổi rồi bấm lần nữa.")
    if sentences:
        raise Refused(sentences)


def text_digest(report: Report) -> str:
    """The digest of the text that counts now."""
    return editions.digest_of(editions.document_of(report), report)


def _moved(done: Act) -> None:
    report = done.report
    report.last_step, report.last_by, report.last_at = done.step.key, done.actor.user, timezone.now()


def _recorded(done: Act, before: dict[str, Any]) -> Event:
    report = done.report
    after = {"status": report.status, **done.after}
    if done.explanation:
        after["explanation"] = done.explanation
    return events.record(
        done.step.key,
        done.actor.user,
        report.organization,
        report=report.pk,
        before=before,
        after=after,
        reason=done.reason,
        behalf=behalf(done.actor, done.step, report),
    )


def behalf(actor: Actor, step: Step, report: Report) -> str:
    """“thay Nguyễn Văn B” when the actor holds every role that opens the step only as a stand-in."""
    instead = [actor.instead_of(role, report.unit_id) for role in step.roles & actor.roles]
    return f"thay {instead[0].absent}" if instead and all(instead) else ""


# --- what each step does beside the status --------------------------------------------------------------


def _nothing(done: Act) -> None:
    """The status and the event are all."""


def _edition(done: Act) -> Edition:
    """The latest edition when nobody wrote since, else a new one."""
    report = done.report
    edition = editions.keep(report, done.step.key, done.actor.user, done.explanation)
    last = report.editions.exclude(pk=edition.pk).order_by("-pk").first()
    done.after |= {"edition": edition.digest, "round": report.round}
    if last is not None and last.digest != edition.digest:
        done.after["changed"] = True
    return edition


def _submitted(done: Act) -> None:
    report = done.report
    report.round += 1
    report.straight = done.step.key == "submit_urgent"
    edition = _edition(done)
    if done.step.key == "submit_as_head":
        _put_initial(done, edition, Check.CONTENT)
    if report.straight:
        done.after["skipped"] = [Check.CONTENT.label, Check.FORM.label]


def _put_initial(done: Act, edition: Edition, kind: Check) -> None:
    who = behalf(done.actor, done.step, done.report)
    Initial.objects.create(report=done.report, edition=edition, kind=kind, by=done.actor.user, behalf=who)
    done.after["initial"] = kind.label


def _checked_content(done: Act) -> None:
    _put_initial(done, _edition(done), Check.CONTENT)


def _checked_form(done: Act) -> None:
    _put_initial(done, _edition(done), Check.FORM)


def _undid_check(done: Act) -> None:
    last = _initials(done.report).filter(by=done.actor.user).order_by("-pk").first()
    if last is not None:
        Initial.objects.filter(pk=last.pk).update(undone_at=timezone.now())
        done.after["undone"] = last.get_kind_display()


def _approved(done: Act) -> None:
    report = done.report
    report.approved = _edition(done)
    report.signer = done.actor.user
    right = right_of(report, done.actor.user, timezone.localdate())
    if right is not None:
        done.after["right"] = f"{right.get_kind_display()}: {right.source}".strip(": ")
    transaction.on_commit(
        lambda: exports.queue(Report.objects.select_related("organization").get(pk=report.pk), "pdf")
    )
    transaction.on_commit(lambda: tasks.file_to_sign.enqueue(report.pk))


def _taken_back(done: Act) -> None:
    done.report.straight = False


def _returned(done: Act) -> None:
    """The reason is a comment too, on the section it is about (`section`), where its owner reads and answers it."""
    _taken_back(done)
    Comment.objects.create(
        report=done.report,
        section=done.details.get("section"),
        edition=done.report.editions.order_by("-pk").first(),
        kind=CommentKind.RETURN,
        text=done.reason,
        by=done.actor.user,
    )


def _reopened(done: Act) -> None:
    report = done.report
    done.after["edition"] = report.approved.digest if report.approved else ""
    report.approved = None
    report.checks_stand = True


def _numbered(done: Act) -> None:
    """`dated`, and `number` as typed where the city gives it; the register refuses what it must."""
    report, dated = done.report, done.details["dated"]
    series = register.series_of(report, dated)
    number, suffix = (
        register.parse_number(done.details["number"]) if done.details.get("number") else (None, "")
    )
    approved = report.approved
    entry = register.allocate(
        series,
        by=done.actor.user,
        dated=dated,
        subject=report.subject_line,
        title=report.title or "Công văn",
        symbol=report.symbol,
        number=number,
        suffix=suffix,
        report=report,
        signer=str(approver_of(report) or ""),
        recipients=report.recipients,
        keeper=f"VT, {report.unit.code}" if report.unit else "VT",
        urgent=bool(report.urgency),
    )
    report.number, report.symbol, report.issued_on = entry.printed_number, entry.symbol, entry.dated
    if done.details.get("form_checked") and approved is not None:
        _put_initial(done, approved, Check.FORM)
    done.after |= {"number": entry.code, "dated": entry.dated}
    done.result = entry
    if report.organization.number_first:
        transaction.on_commit(lambda: tasks.file_to_sign.enqueue(report.pk))


def _proved(done: Act) -> None:
    """Keeps the scan, receipt or note that shows an act outside the app: `channel`, `happened_at`, `file`, `note`."""
    details = done.details
    done.result = Evidence.objects.create(
        report=done.report,
        step=done.step.key,
        channel=details.get("channel", ""),
        happened_at=details.get("happened_at") or timezone.now(),
        file=details.get("file") or "",
        note=details.get("note", ""),
        by=done.actor.user,
    )
    done.after |= {key: details[key] for key in ("channel", "happened_at", "note") if details.get(key)}


def _issued(done: Act) -> None:
    """From now on other papers may name the report: it enters the register of papers."""
    entry = entry_of(done.report)
    if entry is not None:
        register.cite(entry, done.actor.user)


def _followed(done: Act) -> None:
    """A new draft that replaces, supplements or corrects the report; `done.result` is that draft."""
    done.result = following.draft(done.report, done.step.key, done.actor.user)
    done.after["draft"] = done.result.pk


def _sent(done: Act) -> None:
    """The proof, and the sending as a row of its own: `recipient`, `address`, or a carried `sending`."""
    _proved(done)
    done.result = ledger.sent(done.report, done.result, done.details)
    if done.result.to:
        done.after["recipient"] = done.result.to


def _answered(done: Act) -> None:
    """The proof, and the recipient's code beside the sending it answers (`sending`, else the last open one)."""
    _proved(done)
    done.result = ledger.answered(
        done.report, done.step.key, done.result, done.reason, done.details.get("sending")
    )


def _recalled(done: Act) -> None:
    """Whoever was sent the report is asked to give it back (code 13)."""
    done.report.recalled_at = timezone.now()
    _proved(done)
    asked = ledger.asked_back(done.report, done.reason, done.actor.user)
    for sending in asked:
        transaction.on_commit(lambda pk=sending.pk: tasks.ask_back.enqueue(pk))  # type: ignore[misc]


EFFECTS: dict[str, Callable[[Act], None]] = {
    "submit": _submitted,
    "submit_as_head": _submitted,
    "submit_urgent": _submitted,
    "submit_correction": _submitted,
    "check_content": _checked_content,
    "check_form": _checked_form,
    "undo_check": _undid_check,
    "approve": _approved,
    "approve_urgent": _approved,
    "return": _returned,
    "take_back": _taken_back,
    "reopen": _reopened,
    "number": _numbered,
    "sign": _proved,
    "seal": _proved,
    "issue": _issued,
    "send": _sent,
    "receive": _answered,
    "refuse": _answered,
    "replace": _followed,
    "supplement": _followed,
    "correct_form": _followed,
    "recall": _recalled,
}


@transaction.atomic
def enter_issued(report: Report, by: User) -> None:
    """Records that a report was issued before it came into the app, with number and date already in its row."""
    held = _locked(report)
    held.approved = editions.keep(held, "enter_issued", by)
    held.status = Status.ISSUED.value
    held.save()
    events.record(
        "enter_issued",
        by,
        held.organization,
        report=held.pk,
        before={"status": report.status},
        after={"status": held.status, "number": held.code, "edition": held.approved.digest},
    )


@transaction.atomic
def choose_signer(report: Report, right: SigningRight, actor: Actor) -> None:
    """Names who signs, with his authority lines as the signature block; drafts and papers under check only."""
    held = _locked(report)
    today = timezone.localdate()
    sentences = [rights.refusal(right, right.person, today)]
    if right.person_id == held.drafter_id:
        sentences.append("Người soạn thảo không được ký báo cáo do chính mình soạn.")
    if held.is_frozen:
        sentences.append("Báo cáo đã duyệt; mở lại trước khi đổi người ký.")
    if any(sentences):
        raise Refused([sentence for sentence in sentences if sentence])
    sittings.close(held)
    before = {"signer": str(held.signer or "")}
    held.signer = right.person
    held.save(update_fields=["signer"])
    held.signature_blocks.all().delete()
    held.signature_blocks.create(
        lines="\n".join(rights.lines_of(right)), role=right.role, name=right.person.full_name
    )
    events.record(
        "choose_signer",
        actor.user,
        held.organization,
        report=held.pk,
        before=before,
        after={"signer": right.person.full_name},
    )
