"""Images of signatures and of the seal: each seen and changed by its owner alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET

from campaigns import events
from campaigns.forms.uploads import forget_file
from campaigns.gate import fetch, require
from campaigns.models import Role
from campaigns.views.files import stored_file
from campaigns.views.saving import posted, posted_files

from ..forms.signing import MarkForm
from ..models import Mark

#: The agency's seal is in the clerk's keeping (NĐ 30 Điều 32).
SEALERS = (Role.CLERK,)


def mark_own(request: HttpRequest) -> HttpResponse:
    """The asker's own signature."""
    return _form(request, request.user, "Ảnh chữ ký của tôi")


def mark_seal(request: HttpRequest) -> HttpResponse:
    """The agency's seal: the clerk's."""
    require(request, *SEALERS)
    return _form(request, None, "Ảnh con dấu của cơ quan")


def _form(request: HttpRequest, person: Any, title: str) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    rows = Mark.objects.filter(organization=actor.organization, person=person)
    mark = rows.first() or Mark(organization=actor.organization, person=person)
    seal = person is None
    form = MarkForm(
        posted(request),
        posted_files(request),
        seal=seal,
        has_image=bool(mark.image),
        initial={"certificate_name": mark.certificate_name},
    )
    if request.method == "POST" and form.is_valid():
        _save(mark, form, request.user)
        messages.success(request, "Đã lưu.")
        return redirect("mark_seal" if seal else "mark_own")
    context = {
        "title": title,
        "whose": str(person or actor.organization),
        "keepers": "văn thư" if seal else "bạn",
        "form": form,
        "mark": mark,
        "may_seal": actor.has(*SEALERS),
        "other": "mark_own" if seal else "mark_seal",
        "other_title": "Ảnh chữ ký của tôi" if seal else "Ảnh con dấu của cơ quan",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/mark_form.html", context, status=status)


@transaction.atomic
def _save(mark: Mark, form: MarkForm, user: Any) -> None:
    """Keeps what was given; the image before it goes from the disk, its change stays in the log."""
    given = form.cleaned_data
    mark.certificate_name = given["certificate_name"].strip()
    if given.get("remove") or given["image"]:
        forget_file(mark.image)
        mark.image = None
    if given["image"]:
        mark.image = ContentFile(given["image"], "mark.png")
    mark.save()
    name = "con dấu" if mark.person is None else f"chữ ký của {mark.person}"
    if mark.certificate_name:  # whose certificate is accepted must be seen in the log
        name = f"{name}, chứng thư mang tên {mark.certificate_name}"
    events.record("change", user, mark.organization, after={"sort": "mẫu ký", "name": name})


@require_GET
def mark_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The image for its owner; a colleague's does not exist."""
    mark = fetch(request, Mark, pk)
    if mark.person_id is None:
        require(request, *SEALERS)
    elif mark.person_id != request.user.pk:
        raise Http404
    response: FileResponse = stored_file(mark.image, "anh")
    response["Content-Type"] = "image/png"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("mau-chu-ky/", mark_own, name="mark_own"),
    path("mau-chu-ky/con-dau/", mark_seal, name="mark_seal"),
    path("mau-chu-ky/<int:pk>/anh/", mark_image, name="mark_image"),
]
