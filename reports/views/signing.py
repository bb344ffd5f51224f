"""Signing a report: download and hand in, a tool on the signer's machine, a key at hand; judging any signed file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from campaigns.gate import fetch, visible
from campaigns.views.files import stored_file
from campaigns.views.saving import posted, posted_files

from .. import exports, workflow
from ..forms.signing import CopyForm, KeyForm, SignedFileForm
from ..lifecycle import STEPS, Status
from ..models import Report, SignedFile, SigningLink
from ..models.signing import Purpose, Stage, Way
from ..signing import acts, files, links
from ..signing.judgement import Judgement
from ..signing.keys import Key, SigningError, device, key_file
from ..signing.sign import LEVELS
from .reports import rows

logger = logging.getLogger(__name__)

#: What comes next, by the report's status.
NEXT = {Status.APPROVED: Stage.SIGNED, Status.SIGNED: Stage.SEALED}
_SAID = {Stage.SIGNED: "Lãnh đạo ký", Stage.SEALED: "Ký số cơ quan"}


def report_signing(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of signing; posted to, it takes a file signed outside."""
    report = fetch(request, rows(), pk)
    stage = NEXT.get(Status(report.status))
    form = SignedFileForm(posted(request), posted_files(request))
    if request.method != "POST":
        return _page(request, report, stage, form)
    stage = required(request, report)
    if not form.is_valid():
        return _page(request, report, stage, form, status=422)
    return _handed_in(request, report, stage, form)


def _handed_in(request: HttpRequest, report: Report, stage: Stage, form: SignedFileForm) -> HttpResponse:
    content = form.content
    actor: Any = request.actor  # type: ignore[attr-defined]
    try:
        done = acts.hand_in(report, actor, stage, content, Way.OUTSIDE)
        if done.file is not None:
            messages.success(request, f"Đã nhận tệp: {done.judgement.content.label.lower()}.")
            return redirect("report_signing", report.pk)
        if done.judgement.valid:
            _wait(report, request.user, stage, content, done.judgement)
            messages.info(request, "Tệp khớp nội dung. Văn thư xem rồi xác nhận ở dưới.")
            return redirect("report_signing", report.pk)
        form.add_error("file", f"Không nhận ({done.judgement.part}): {done.judgement.refusal}")
    except (SigningError, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return _page(request, report, stage, form, status=422)
    return _page(request, report, stage, form, judged=done.judgement, status=422)


def _wait(report: Report, user: Any, stage: Stage, content: bytes, judged: Judgement) -> None:
    token = links.make(files.to_sign(report, stage), user, stage, Purpose.UPLOAD)
    link = links.find(token, Purpose.UPLOAD)
    if link is not None and links.use(link):
        links.leave(link, content, judged.note)


def required(request: HttpRequest, report: Report) -> Stage:
    """The stage that comes next; 403 for a role that takes no part in it, 404 when nothing is to be signed."""
    stage = NEXT.get(Status(report.status))
    if stage is None:
        raise Http404
    actor: Any = request.actor  # type: ignore[attr-defined]
    step = STEPS[acts.STEPS[stage]]
    if not actor.has(*step.roles):
        raise PermissionDenied(f"Vai trò của bạn không dùng được “{step.label}”.")
    return stage


def _page(
    request: HttpRequest,
    report: Report,
    stage: Stage | None,
    form: Any,
    judged: Judgement | None = None,
    key_form: KeyForm | None = None,
    copy_form: CopyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    step = STEPS[acts.STEPS[stage]] if stage else None
    may = step is not None and actor.has(*step.roles)
    context = {
        "report": report,
        "stage": stage,
        "task": _SAID.get(stage, "") if stage else "",
        "reasons": workflow.refusals(report, actor, step.key) if step and may else [],
        "may": may,
        "form": next((given for given in (key_form, copy_form) if given is not None and given.errors), form),
        "copy_form": copy_form or CopyForm(),
        "needs_copy": stage == Stage.SEALED and acts.needs_copy(report),
        "file_form": form,
        "key_form": key_form or KeyForm(),
        "judged": judged,
        "versions": files.versions(report) if report.approved_id else [],
        "waiting": _waiting(report, stage) if stage else [],
        "may_confirm": actor.has("clerk"),
        "level": _best_level(),
        "helper": settings.SIGNING_HELPER,
        "levels": LEVELS,
    }
    return render(request, "reports/report_signing.html", context, status=status)


def _waiting(report: Report, stage: Stage) -> Any:
    found = SigningLink.objects.filter(file__report=report, file__edition=report.approved, stage=stage)
    return found.exclude(waiting="").select_related("user")


def _best_level() -> str:
    if not settings.TSA_URL:
        return "B-B"
    return "B-LT" if settings.TRUST_ANCHORS else "B-T"


# --- way 1: outside and back --------------------------------------------------------------------------


@require_POST
def signing_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a one-time link to the file to be signed and leads to it."""
    report = fetch(request, rows(), pk)
    stage = required(request, report)
    try:
        token = links.make(files.to_sign(report, stage), request.user, stage, Purpose.DOWNLOAD)  # type: ignore[arg-type]
    except SigningError as error:
        messages.error(request, str(error))
        return redirect("report_signing", pk)
    return redirect("signing_download", token)


@require_GET
def signing_version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """One kept version, byte for byte."""
    report = fetch(request, rows(), pk)
    file = SignedFile.objects.filter(report=report, pk=version).first()
    if file is None:
        raise Http404
    return stored_file(file.content, f"{base_name(report)}-{file.stage}")


def base_name(report: Report) -> str:
    return exports.file_name(report, "pdf").removesuffix(".pdf")


@require_GET
def signing_waiting(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """A file that waits for confirmation, to be looked at."""
    report = fetch(request, rows(), pk)
    return stored_file(_waiting_link(report, link).waiting, f"{base_name(report)}-cho-xac-nhan")


@require_POST
def signing_confirm(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """The clerk confirms that a file made anew says the same, or puts it aside."""
    report = fetch(request, rows(), pk)
    stage = required(request, report)
    actor: Any = request.actor  # type: ignore[attr-defined]
    if not actor.has("clerk"):
        raise PermissionDenied("Chỉ văn thư xác nhận nội dung tệp.")
    waiting = _waiting_link(report, link)
    if "refuse" in request.POST:
        links.settle(waiting)
        messages.success(request, "Đã bỏ tệp chờ xác nhận.")
        return redirect("report_signing", pk)
    with waiting.waiting.open("rb") as stored:
        content = stored.read()
    try:
        done = acts.hand_in(report, actor, stage, content, Way.OUTSIDE, confirmed=True)
    except (SigningError, ValidationError) as error:
        messages.error(request, sentence(error))
        return redirect("report_signing", pk)
    if done.file is None:
        messages.error(request, f"Không nhận ({done.judgement.part}): {done.judgement.refusal}")
        return redirect("report_signing", pk)
    links.settle(waiting)
    messages.success(request, "Đã nhận tệp, ghi là khớp nội dung do bạn xác nhận.")
    return redirect("report_signing", pk)


def _waiting_link(report: Report, pk: int) -> SigningLink:
    found = SigningLink.objects.filter(pk=pk, file__report=report).exclude(waiting="").first()
    if found is None:
        raise Http404
    return found


def sentence(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


# --- way 3: here --------------------------------------------------------------------------------------


@require_POST
def signing_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs with a key file or the device in this machine; the passphrase is used and forgotten."""
    report = fetch(request, rows(), pk)
    stage = required(request, report)
    form = KeyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actor: Any = request.actor  # type: ignore[attr-defined]
            file = _signed_with(form, lambda key: acts.sign_here(report, actor, stage, key))
        except (SigningError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"Đã ký. {LEVELS[file.level]}. {file.note}".rstrip())
            return redirect("report_signing", pk)
    return _page(request, report, stage, SignedFileForm(), key_form=form, status=422)


@require_POST
def signing_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper was signed by hand: its scan goes out as SAO Y with the agency's signature."""
    report = fetch(request, rows(), pk)
    stage = required(request, report)
    form = CopyForm(request.POST, request.FILES)
    if form.is_valid():
        scan, actor = form.cleaned_data["scan"].read(), request.actor  # type: ignore[attr-defined]
        try:
            file = _signed_with(form, lambda key: acts.copy_here(report, actor, scan, key))
        except (SigningError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"Đã sao y và ký số cơ quan. {LEVELS[file.level]}.")
            return redirect("report_signing", pk)
    return _page(request, report, stage, SignedFileForm(), copy_form=form, status=422)


def _signed_with(form: KeyForm, signed: Callable[[Key], SignedFile]) -> SignedFile:
    """What `signed` makes with the key of the form, which is open only meanwhile."""
    given = form.cleaned_data
    if given.get("p12"):
        return signed(key_file(given["p12"].read(), given["passphrase"]))
    with device(settings.PKCS11_MODULE, given["token"], given["passphrase"], given["label"]) as key:
        return signed(key)


# --- judging any file ---------------------------------------------------------------------------------


def signed_file_check(request: HttpRequest) -> HttpResponse:
    """“Kiểm tra tệp đã ký”: who signed, when, what changed since, does it say what was approved."""
    form = SignedFileForm(posted(request), posted_files(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        ours = visible(request, Report)
        try:
            judged, report = acts.judge_any(form.content, ours)
            context |= {"judged": judged, "report": report, "name": form.cleaned_data["file"].name}
        except SigningError as error:
            form.add_error(None, str(error))
    return render(request, "reports/signed_file_check.html", context)


urlpatterns = [
    path("bao-cao/<int:pk>/ky-so/", report_signing, name="report_signing"),
    path("bao-cao/<int:pk>/ky-so/tai/", signing_take, name="signing_take"),
    path("bao-cao/<int:pk>/ky-so/ban/<int:version>/", signing_version, name="signing_version"),
    path("bao-cao/<int:pk>/ky-so/cho/<int:link>/", signing_waiting, name="signing_waiting"),
    path("bao-cao/<int:pk>/ky-so/cho/<int:link>/xac-nhan/", signing_confirm, name="signing_confirm"),
    path("bao-cao/<int:pk>/ky-so/tai-day/", signing_here, name="signing_here"),
    path("bao-cao/<int:pk>/ky-so/sao-y/", signing_copy, name="signing_copy"),
    path("kiem-tra-tep/", signed_file_check, name="signed_file_check"),
]
