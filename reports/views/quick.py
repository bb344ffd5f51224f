"""From the letter in two minutes: its file read into its form, its outline pasted, a whole report in one editor."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from campaigns import changes
from campaigns.gate import require
from campaigns.models.organizations import WRITERS

from .. import quick
from ..forms.importing import LetterFileForm, OutlinePasteForm, QuickForm
from ..forms.requests import RequestForm
from ..importing import Unreadable, read
from ..importing.letter import Letter, heading_of, letter_of
from ..models import Outline
from .reports import draft_to_change
from .requests import _paper

#: How long a read letter waits for its form to be sent, seconds.
WAITS = 24 * 3600
SALT = "letter"


def letter_read(request: HttpRequest) -> HttpResponse:
    """The file first; then its form with what was read, to be looked through and saved. The file is kept with it."""
    require(request, *WRITERS)
    organization = request.actor.organization
    if "kept" in request.POST:
        return _save(request)
    form = LetterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["letter"]
        try:
            found = letter_of(file.read(), file.name)
        except Unreadable as error:
            form.add_error("letter", str(error))
        else:
            file.seek(0)
            context = _context(RequestForm(organization, initial=_proposed(found)), _keep(file), found)
            return render(request, "reports/letter_form.html", context)
    return render(request, "reports/letter_read.html", {"form": form})


def _proposed(found: Letter) -> dict[str, Any]:
    """The form's first values."""
    return {
        "kind": "công văn",
        "number": found.number,
        "symbol": found.symbol,
        "issued_on": found.issued_on,
        "issuer": found.issuer,
        "subject": found.subject,
        "deadline_text": found.deadline_text,
        "deadline_day": found.deadline,
        "deadline_hour": found.hour,
        "contact": found.contact,
    }


def _context(form: RequestForm, kept: str, found: Letter) -> dict[str, Any]:
    return {"form": form, "kept": kept, "points": [heading_of(at) for at in found.outline]}


def _keep(file: Any) -> str:
    """A sealed name under which the file waits for its form."""
    ending = PurePath(file.name).suffix.lower()
    name = default_storage.save(f"waiting/cong-van{ending}", ContentFile(file.read()))
    return signing.dumps({"at": name, "name": file.name[-100:]}, salt=SALT)


def _waiting(sealed: str) -> tuple[bytes, str, str]:
    """The waiting file's bytes, its name, and where it waits; ValidationError when it is gone."""
    try:
        kept = signing.loads(sealed, salt=SALT, max_age=WAITS)
        with default_storage.open(kept["at"]) as file:
            return file.read(), kept["name"], kept["at"]
    except (signing.BadSignature, OSError, KeyError, TypeError) as error:
        raise ValidationError("Tệp công văn đã hết thời gian chờ. Hãy nạp lại tệp.") from error


def _save(request: HttpRequest) -> HttpResponse:
    organization = request.actor.organization
    try:
        data, name, at = _waiting(request.POST["kept"])
    except ValidationError as gone:
        messages.error(request, " ".join(gone.messages))
        return redirect("letter_read")
    found = letter_of(data, name)
    files = request.FILES.copy()
    if not files.get("file"):
        files["file"] = SimpleUploadedFile(name, data)
    form = RequestForm(organization, request.POST, files)
    if not form.is_valid():
        return render(request, "reports/letter_form.html", _context(form, request.POST["kept"], found))
    with changes.told(request.actor, form.instance, _paper):
        letter = form.save()
    if found.outline and "outline_from_letter" in request.POST and letter.outline is None:
        letter.outline = quick.keep_outline(
            organization, _free_name(organization, letter), found.outline, letter.campaign
        )
        letter.save(update_fields=["outline"])
    default_storage.delete(at)
    messages.success(request, "Đã ghi công văn. Bấm “Lập báo cáo” để bắt đầu soạn.")
    return redirect("request_detail", letter.pk)


def _free_name(organization: Any, letter: Any) -> str:
    name = f"Đề cương theo {letter.paper}"[:190]
    taken = set(
        Outline.objects.filter(organization=organization, name__startswith=name).values_list(
            "name", flat=True
        )
    )
    return next(at for at in (name, *(f"{name} ({n})" for n in range(2, 1000))) if at not in taken)


def outline_paste(request: HttpRequest) -> HttpResponse:
    """An outline in one step, from pasted lines or a file."""
    require(request, *WRITERS)
    organization = request.actor.organization
    form = OutlinePasteForm(organization, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (sections := _sections(form)):
        data = form.cleaned_data
        outline = quick.keep_outline(organization, data["name"], sections, data["campaign"])
        messages.success(request, "Đã tạo đề cương. Xem lại các mục bên dưới.")
        return redirect("outline", outline.pk)
    return render(request, "reports/outline_paste.html", {"form": form})


def _sections(form: OutlinePasteForm) -> Any:
    """What was pasted or given, as sections; an error beside the field when there is none."""
    file = form.cleaned_data.get("file")
    try:
        found = (
            read(file.read(), file.name).document.sections
            if file
            else quick.outline_in(form.cleaned_data["text"])
        )
    except Unreadable as error:
        form.add_error("file", str(error))
        return ()
    named = tuple(at for at in found if heading_of(at))
    if not named:
        form.add_error(
            "file" if file else "text", "Không thấy mục nào. Mỗi mục cần đứng trên một dòng, có số thứ tự."
        )
    return named


def report_quick(request: HttpRequest, pk: int) -> HttpResponse:
    """“Soạn gấp”: one editor; on saving, the text is cut into sections by its headings."""
    report = draft_to_change(request, pk)
    form = QuickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = quick.write(report, form.cleaned_data["html"], request.user)
        messages.success(request, f"Đã ghi vào báo cáo, thêm {count} mục.")
        return redirect("report", pk)
    return render(request, "reports/report_quick.html", {"report": report, "form": form})


urlpatterns = [
    path("cong-van/doc-tep/", letter_read, name="letter_read"),
    path("de-cuong/dan/", outline_paste, name="outline_paste"),
    path("bao-cao/<int:pk>/soan-gap/", report_quick, name="report_quick"),
]
