"""Forms for files that come in: an existing report, a corrected Word file, readings found in a text."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from campaigns.models import Campaign, Organization

from ..blocks.prose import FULL, ProseField
from ..importing import ENDINGS
from ..models import Outline

#: Bytes a Word file may unpack to; more is no report.
UNPACKED = 200 * 1024 * 1024
SECRETS = "Không đưa tài liệu mật lên đây."


def check_report_file(file: UploadedFile, endings: tuple[str, ...] = ENDINGS) -> None:
    """Raise ValidationError, in the officer's words, for a file that cannot be a report."""
    if (file.size or 0) > settings.MAX_UPLOAD:
        limit = filesizeformat(settings.MAX_UPLOAD)
        raise ValidationError(f"Tệp quá lớn ({filesizeformat(file.size)}); tối đa {limit}.")
    ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
    if ending == "doc":
        raise ValidationError(
            "Tệp .doc là định dạng Word cũ. Mở bằng Word, chọn Lưu thành (Save as) .docx rồi nạp lại."
        )
    if ending not in endings:
        raise ValidationError(f"Chỉ nhận tệp {', '.join(endings)}.")
    if ending == "docx":
        _check_package(file)


def _check_package(file: UploadedFile) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as package:
            names = package.namelist()
            size = sum(at.file_size for at in package.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ValidationError(
            "Tệp không mở được như văn bản Word (.docx). Hãy mở bằng Word và lưu lại."
        ) from error
    finally:
        file.seek(0)
    if "word/document.xml" not in names or size > UNPACKED:
        raise ValidationError("Tệp không phải văn bản Word (.docx). Hãy mở bằng Word và lưu lại.")


class ReportFileForm(forms.Form):
    """An existing report; the campaign lets a later draft start from it."""

    file = forms.FileField(
        label="Tệp báo cáo",
        max_length=200,
        help_text=f"Word (.docx), Markdown, văn bản thuần (.txt), hoặc PDF có chữ. {SECRETS}",
        error_messages={"required": "Hãy chọn một tệp.", "empty": "Tệp không có nội dung."},
        validators=[check_report_file],
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(),
        label="Phong trào",
        required=False,
        empty_label="Không",
        help_text="Để lần sau lập tiếp từ bản này.",
    )

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in ENDINGS)


class LetterFileForm(forms.Form):
    """A department's letter, to be read into its form."""

    letter = forms.FileField(
        label="Tệp công văn",
        max_length=200,
        help_text=f"PDF có chữ hoặc Word (.docx). Số, ngày, trích yếu, thời hạn được điền sẵn để bạn soát. {SECRETS}",
        error_messages={"required": "Hãy chọn một tệp.", "empty": "Tệp không có nội dung."},
        validators=[lambda file: check_report_file(file, ("docx", "pdf"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].widget.attrs["accept"] = ".docx,.pdf"


class OutlinePasteForm(forms.Form):
    """An outline pasted, or given as a Word file."""

    name = forms.CharField(
        label="Tên đề cương", max_length=200, error_messages={"required": "Hãy đặt tên đề cương."}
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="Phong trào", required=False, empty_label="Không"
    )
    text = forms.CharField(
        label="Dán đề cương",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Mỗi mục một dòng, giữ số thứ tự như trong công văn: I., 1., a), -",
    )
    file = forms.FileField(
        label="Hoặc tệp Word của đề cương",
        required=False,
        max_length=200,
        validators=[lambda file: check_report_file(file, ("docx", "txt", "pdf"))],
    )

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        self.fields["file"].widget.attrs["accept"] = ".docx,.txt,.pdf"

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Outline.objects.filter(organization=self.organization, name=name).exists():
            raise ValidationError("Đề cương này đã có.")
        return name

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("text", "").strip() and not found.get("file"):
            self.add_error("text", "Dán đề cương vào đây, hoặc chọn tệp.")
        return found


class QuickForm(forms.Form):
    """A whole report in one editor."""

    html = ProseField(
        label="Toàn văn báo cáo",
        extensions={name: value for name, value in FULL.items() if name != "DataRef"},
    )

    def clean_html(self) -> str:
        html: str = self.cleaned_data["html"]
        if not html:
            raise ValidationError("Chưa có chữ nào.")
        return html


class WordFileForm(forms.Form):
    """A Word file to be compared with a draft."""

    file = forms.FileField(
        label="Bản Word đã sửa",
        max_length=200,
        help_text=f"Tệp .docx tải từ báo cáo này rồi sửa trong Word. {SECRETS}",
        error_messages={"required": "Hãy chọn một tệp.", "empty": "Tệp không có nội dung."},
        validators=[lambda file: check_report_file(file, ("docx",))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"
