"""Signing by a tool on the signer's machine: it has no sitting, so one-time addresses are its leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from campaigns.gate import actor_in, fetch
from campaigns.views.files import stored_file

from .. import workflow
from ..forms.signing import SignedFileForm
from ..models import SigningLink
from ..models.signing import Purpose, Stage, Way
from ..signing import acts, files, links
from ..signing.judgement import Content
from ..signing.keys import SigningError
from .reports import rows
from .signing import base_name, required, sentence

#: The function of the tool on the signer's machine, by what is signed.
FUNCTIONS = {Stage.SIGNED: "SignApproved", Stage.SEALED: "SignIssued"}


@require_POST
def signing_helper(request: HttpRequest, pk: int) -> HttpResponse:
    """What the script sends to the tool: two one-time addresses, and number and date for the clerk's signature."""
    report = fetch(request, rows(), pk)
    stage = required(request, report)
    actor: Any = request.actor  # type: ignore[attr-defined]
    if reasons := workflow.refusals(report, actor, acts.STEPS[stage]):
        return JsonResponse({"error": " ".join(reasons)}, status=409)
    try:
        file = files.to_sign(report, stage)
    except SigningError as error:
        return JsonResponse({"error": str(error)}, status=409)
    made = {purpose: links.make(file, request.user, stage, purpose) for purpose in Purpose}  # type: ignore[arg-type]
    return JsonResponse(
        {
            "function": FUNCTIONS[stage],
            "message": {
                "FileUploadHandler": request.build_absolute_uri(
                    reverse("signing_upload", args=(made[Purpose.UPLOAD],))
                ),
                "FileName": request.build_absolute_uri(
                    reverse("signing_download", args=(made[Purpose.DOWNLOAD],))
                ),
                "SessionId": "",
                "JWTToken": "",
                "DocNumber": report.code,
                "IssuedDate": f"{report.issued_on:%d/%m/%Y}" if report.issued_on else "",
            },
        }
    )


@login_not_required
@require_GET
def signing_download(request: HttpRequest, token: str) -> HttpResponse:
    """The file to sign, once: the token is the leave, since the tool has no sitting."""
    link = links.find(token, Purpose.DOWNLOAD)
    if link is None:
        raise Http404
    if not links.use(link):
        return HttpResponse(
            "Đường dẫn này đã dùng hoặc đã quá 15 phút. Mở lại trang Ký số để lấy đường dẫn mới.",
            status=410,
            content_type="text/plain; charset=utf-8",
        )
    response = stored_file(link.file.content, base_name(link.file.report))
    response["Cache-Control"] = "private, no-store"
    return response


@csrf_exempt
@login_not_required
@require_POST
def signing_upload(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the signed file from the tool, once, and answers as such tools expect."""
    link = links.find(token, Purpose.UPLOAD)
    if link is None:
        raise Http404
    form = SignedFileForm(None, {"file": next(iter(request.FILES.values()), None)})
    if not form.is_valid():
        return _answer(False, " ".join(form.errors["file"]), 400)
    if not links.use(link):
        return _answer(False, "Đường dẫn đã dùng hoặc đã quá 15 phút.", 410)
    return _from_tool(link, form.content)


def _from_tool(link: SigningLink, content: bytes) -> HttpResponse:
    report, stage = link.file.report, Stage(link.stage)
    try:
        actor = actor_in(link.user, report.organization)
        done = acts.hand_in(report, actor, stage, content, Way.HELPER)
    except (SigningError, ValidationError) as error:
        return _answer(False, sentence(error), 200)
    if done.file is not None:
        return _answer(True, "", 200, base_name(report) + ".pdf")
    if done.judgement.valid and done.judgement.content is Content.SAME_TEXT:
        links.leave(link, content, done.judgement.note)
        return _answer(True, "Tệp khớp nội dung, chờ văn thư xác nhận.", 200, base_name(report) + ".pdf")
    return _answer(False, f"Không nhận ({done.judgement.part}): {done.judgement.refusal}", 200)


def _answer(good: bool, message: str, status: int, name: str = "") -> JsonResponse:
    body = {"Status": good, "Message": message, "FileName": name, "FileServer": name}
    return JsonResponse(body, status=status)


urlpatterns = [
    path("bao-cao/<int:pk>/ky-so/cong-cu/", signing_helper, name="signing_helper"),
    path("ky-so/<str:token>/tai/", signing_download, name="signing_download"),
    path("ky-so/<str:token>/nop/", signing_upload, name="signing_upload"),
]
