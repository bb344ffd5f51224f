"""The XLSX form that came with a letter: kept, handed out again, and put into a draft as an appendix."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from campaigns.forms.uploads import UploadField, forget_file
from campaigns.gate import fetch, fetch_to_change

from .. import letter_form
from ..importing.text import Unreadable
from ..models import Report, ReportRequest
from .reports import draft_to_change

LETTERS = ReportRequest.objects.select_related("paper", "organization")


class FormFile(forms.Form):
    file = UploadField(label="Biểu số liệu kèm công văn (xlsx)", required=True)

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError("Biểu phải là tệp Excel .xlsx.")
        return file


def letter_form_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the form beside its letter; another one takes its place."""
    letter = fetch_to_change(request, LETTERS, pk)
    posted = request.method == "POST"
    form = FormFile(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        if letter.form_file:
            forget_file(letter.form_file)
        letter.form_file = form.cleaned_data["file"]
        letter.save(update_fields=["form_file"])
        messages.success(request, "Đã lưu biểu. Mở báo cáo trả lời để đưa biểu vào phụ lục.")
        return redirect("request_detail", pk)
    context = {"letter": letter, "form": form}
    return render(request, "reports/letter_form_keep.html", context, status=422 if posted else 200)


@require_GET
def letter_form_file(request: HttpRequest, pk: int) -> FileResponse:
    letter = fetch(request, LETTERS, pk)
    if not letter.form_file:
        raise Http404
    name = letter.form_file.name.rsplit("/", 1)[-1]
    answer = FileResponse(letter.form_file.open("rb"), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def letter_form_attach(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """An appendix for each sheet, waiting cells filled with live figures where a row names an indicator."""
    report: Report = draft_to_change(request, pk)
    letter = report.requests.filter(pk=letter_pk).select_related("paper").first()
    if letter is None or not letter.form_file:
        raise Http404
    try:
        made = letter_form.attach(report, letter, request.user)  # type: ignore[arg-type]
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect("report", pk)
    messages.success(request, "Đã đưa biểu vào phụ lục. Điền các ô còn trống ở đây.")
    return redirect("section", made[0].pk)


urlpatterns = [
    path("cong-van/<int:pk>/bieu/", letter_form_keep, name="letter_form_keep"),
    path("cong-van/<int:pk>/bieu/tai/", letter_form_file, name="letter_form_file"),
    path("bao-cao/<int:pk>/bieu/<int:letter_pk>/", letter_form_attach, name="letter_form_attach"),
]
