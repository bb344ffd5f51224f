"""Sending a report: how it left and what became of it, the packages, receipts for paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from campaigns.gate import fetch, require
from campaigns.models import Organization, Role
from campaigns.views.files import stored_file
from campaigns.views.saving import posted

from .. import exports, workflow
from ..forms.sending import ToldCodeForm
from ..lifecycle import OUT
from ..models import Channel, Report, Sending
from ..models.files import FileState
from ..sending import client, codes, deliveries, package, punctuality, work_file
from ..signing.sign import SigningError
from .reports import rows


def sendings_of(report: Report) -> QuerySet[Sending]:
    """A report's sendings with all that their table shows."""
    return Sending.objects.filter(report=report).select_related(
        "recipient", "by", "evidence", "confirmation__by"
    )


def _sent_report(request: HttpRequest, pk: int) -> Report:
    """A report that left the office, or 404."""
    report = fetch(request, rows(), pk)
    if report.status not in OUT:
        raise Http404
    return report


def _sending(request: HttpRequest, pk: int, sending: int) -> tuple[Report, Sending]:
    report = _sent_report(request, pk)
    found = sendings_of(report).filter(pk=sending).first()
    if found is None:
        raise Http404
    return report, found


@require_GET
def report_sendings(request: HttpRequest, pk: int) -> HttpResponse:
    """“Gửi báo cáo”: in time or not, every sending, what the app can carry, the packages."""
    report = _sent_report(request, pk)
    actor: Any = request.actor  # type: ignore[attr-defined]
    sendings = list(sendings_of(report))
    refusals = workflow.refusals(report, actor, "send")
    context = {
        "report": report,
        "sendings": sendings,
        "letters": punctuality.of(report, sendings),
        "reachable": deliveries.reachable(report),
        "reasons": refusals,
        "may_send": actor.has(Role.CLERK),
    }
    return render(request, "reports/report_sendings.html", context)


@require_POST
def sending_start(request: HttpRequest, pk: int, recipient: int) -> HttpResponse:
    """Queues the report for a body the app can reach."""
    report = _sent_report(request, pk)
    require(request, Role.CLERK)
    ways = {body.pk: body for body, _ in deliveries.reachable(report)}
    body: Organization | None = ways.get(recipient)
    if body is None:
        raise Http404
    try:
        deliveries.send(report, body, request.actor)  # type: ignore[attr-defined]
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đang chuyển tới {body.called}. Tải lại trang để xem biên nhận.")
    return redirect("report_sendings", pk)


def sending_receipt(request: HttpRequest, pk: int, sending: int) -> HttpResponse:
    """One sending on one printable page; posted to, the clerk notes what the recipient said outside."""
    report, found = _sending(request, pk, sending)
    may_tell = request.actor.has(Role.CLERK) and not found.is_carried and found.sent_at is not None  # type: ignore[attr-defined]
    if request.method == "POST":
        require(request, Role.CLERK)
        if not may_tell:
            raise Http404
    form = ToldCodeForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        who = given["who"]
        try:
            codes.take(found, given["code"], given["at"], request.user, who, given["reason"], who)  # type: ignore[arg-type]
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã ghi trạng thái của nơi nhận.")
            return redirect("sending_receipt", pk, sending)
    context = {"report": report, "sending": found, "form": form, "may_tell": may_tell}
    context["is_clerk"] = request.actor.has(Role.CLERK)  # type: ignore[attr-defined]
    return render(request, "reports/sending_receipt.html", context, status=422 if request.POST else 200)


@require_GET
def sending_evidence(request: HttpRequest, pk: int, sending: int) -> HttpResponse:
    """The receipt kept when it was sent."""
    _, found = _sending(request, pk, sending)
    if found.evidence is None:
        raise Http404
    return stored_file(found.evidence.file, f"bien-nhan-{found.pk}")


@require_POST
def sending_again(request: HttpRequest, pk: int, sending: int) -> HttpResponse:
    """Tries at once what has not arrived."""
    _, found = _sending(request, pk, sending)
    require(request, Role.CLERK)
    deliveries.again(found)
    messages.success(request, "Đang gửi lại. Tải lại trang để xem kết quả.")
    return redirect("sending_receipt", pk, sending)


@require_POST
def sending_ask(request: HttpRequest, pk: int, sending: int) -> HttpResponse:
    """Asks the other installation how the package stands."""
    _, found = _sending(request, pk, sending)
    require(request, Role.CLERK)
    if found.channel != Channel.HTTP or found.sent_at is None:
        raise Http404
    try:
        news = deliveries.learn(found)
    except (client.Unreachable, client.Rejected) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Có {news} trạng thái mới." if news else "Chưa có trạng thái mới.")
    return redirect("sending_receipt", pk, sending)


# --- packages -----------------------------------------------------------------------------------------


@require_GET
def report_package(request: HttpRequest, pk: int) -> HttpResponse:
    """Hồ sơ gửi as one ZIP; waits for the PDF where it is not made yet."""
    report = _sent_report(request, pk)
    if not package.is_ready(report):
        return _wait(request, report)
    try:
        made = package.build(report)
    except (package.PackageError, SigningError) as error:
        messages.error(request, str(error))
        return redirect("report_sendings", pk)
    return _zip(made.content, made.name)


@require_GET
def report_work_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hồ sơ công việc for the archive, with its list of contents."""
    report = _sent_report(request, pk)
    if not package.is_ready(report):
        return _wait(request, report)
    try:
        content, name = work_file.build(report)
    except (package.PackageError, SigningError) as error:
        messages.error(request, str(error))
        return redirect("report_sendings", pk)
    return _zip(content, name)


def _wait(request: HttpRequest, report: Report) -> HttpResponse:
    """The PDF is made by the worker; the page asks for the package again until it is there."""
    file = exports.queue(report, "pdf")
    if file.state == FileState.FAILED:
        messages.error(request, f"Chưa tạo được PDF: {file.error}")
        return redirect("report_page", report.pk)
    return render(request, "reports/package_wait.html", {"report": report})


def _zip(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("bao-cao/<int:pk>/gui/", report_sendings, name="report_sendings"),
    path("bao-cao/<int:pk>/gui/toi/<int:recipient>/", sending_start, name="sending_start"),
    path("bao-cao/<int:pk>/gui/<int:sending>/", sending_receipt, name="sending_receipt"),
    path("bao-cao/<int:pk>/gui/<int:sending>/bien-nhan/", sending_evidence, name="sending_evidence"),
    path("bao-cao/<int:pk>/gui/<int:sending>/gui-lai/", sending_again, name="sending_again"),
    path("bao-cao/<int:pk>/gui/<int:sending>/hoi/", sending_ask, name="sending_ask"),
    path("bao-cao/<int:pk>/ho-so-gui/", report_package, name="report_package"),
    path("bao-cao/<int:pk>/ho-so-cong-viec/", report_work_file, name="report_work_file"),
]
