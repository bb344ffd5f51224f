"""Carries the corrected report through the real workflow, each step by the demonstration's own person."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.gate import actor_in
from campaigns.models import User
from campaigns.models.owned import Actor
from reports import editions, exports, workflow
from reports.lifecycle import Status
from reports.models import Arrival, Report
from reports.sending import deliveries

Details = Callable[[Report], dict[str, Any]]


def _nothing(report: Report) -> dict[str, Any]:
    return {}


def _signed_copy(report: Report) -> dict[str, Any]:
    """The page as printed for the pen, standing for its scan."""
    pdf = exports.write(editions.document_of(report), "pdf")
    return {
        "channel": "Ký trên giấy, kèm bản chụp",
        "happened_at": timezone.now(),
        "file": ContentFile(pdf, "ban-ky-minh-hoa.pdf"),
    }


def _today(report: Report) -> dict[str, Any]:
    return {"dated": timezone.localdate()}


def _sealed(report: Report) -> dict[str, Any]:
    return {"channel": "Đóng dấu trên giấy", "happened_at": timezone.now()}


def _sent(report: Report) -> dict[str, Any]:
    receipt = f"Biên nhận minh họa: {report.code}, {timezone.localtime():%H:%M %d/%m/%Y}\n"
    return {
        "channel": "Hệ thống quản lý văn bản và điều hành của thành phố",
        "recipient": next((letter.sender for letter in report.requests.select_related("sender")), None),
        "happened_at": timezone.now(),
        "file": ContentFile(receipt.encode(), "bien-nhan-minh-hoa.txt"),
    }


def _received(report: Report) -> dict[str, Any]:
    return {"channel": "Trạng thái 03, đã tiếp nhận", "happened_at": timezone.now() + datetime.timedelta(0)}


#: From each status: who acts, which step, and what its form would hold.
PATH: dict[Status, tuple[str, str, Details]] = {
    Status.DRAFT: ("soanthao", "submit", _nothing),
    Status.SUBMITTED: ("phophong", "check_content", _nothing),
    Status.CONTENT_CHECKED: ("chanhvanphong", "check_form", _nothing),
    Status.FORM_CHECKED: ("phochutich", "approve", _nothing),
    Status.APPROVED: ("phochutich", "sign", _signed_copy),
    Status.SIGNED: ("vanthu", "seal", _sealed),
    Status.SEALED: ("vanthu", "issue", _nothing),
    Status.ISSUED: ("vanthu", "send", _sent),
    Status.SENT: ("vanthu", "receive", _received),
}
REFUSAL = "Thiếu biểu số liệu kèm theo (tình huống minh họa)."


def walk(report: Report, through: Status, domain: str) -> Iterator[str]:
    """Takes the steps that are left up to `through`, one sentence each; Refused when a step is."""
    people = {user.email.split("@")[0]: user for user in User.objects.filter(email__endswith=f"@{domain}")}
    while report.status != through and Status(report.status) in PATH:
        name, key, details = PATH[Status(report.status)]
        reason = ""
        if report.status == Status.SIGNED and not report.number:
            name, key, details = "vanthu", "number", _today
        if report.status == Status.SENT and through is Status.REFUSED:
            key, reason = "refuse", REFUSAL
        actor = actor_in(people[name], report.organization)
        done = workflow.act(report, key, actor, reason=reason, **details(report))
        report = done.report
        yield f"{people[name]} {done.step.done}."
        if key == "send":
            yield from _carried(report, actor)


def _carried(report: Report, actor: Actor) -> Iterator[str]:
    """The same report in the department's inbox, which marks it as being read."""
    for body, _ in deliveries.reachable(report):
        sending = deliveries.send(report, body, actor)
        deliveries.attempt(sending.pk)
        for arrival in Arrival.objects.filter(sending=sending):
            yield f"{body.called} đã nhận hồ sơ gửi, số đến {arrival.pk}."
