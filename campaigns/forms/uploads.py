"""Files taken in from officers: known types only, told by their first bytes and not by their name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, BinaryIO

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat

NO_SECRETS = "Không đưa tài liệu mật lên đây. Nhận tệp pdf, docx, xlsx, png, jpg."


def _begins(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(16).startswith(signatures)


def _package(part: str) -> Callable[[BinaryIO], bool]:
    """An Office file is a zip that holds the main part of its kind."""

    def holds(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as package:
                return {part, "[Content_Types].xml"} <= set(package.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            return False

    return holds


#: Ending of the name -> whether the content is of that kind.
TYPES: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _begins(b"%PDF-"),
    "docx": _package("word/document.xml"),
    "xlsx": _package("xl/workbook.xml"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
}


def check_upload(file: UploadedFile) -> None:
    """Raise ValidationError, in the officer's words, for a file too large or of another type than it says."""
    if (file.size or 0) > settings.MAX_UPLOAD:
        limit = filesizeformat(settings.MAX_UPLOAD)
        raise ValidationError(f"Tệp quá lớn ({filesizeformat(file.size)}); tối đa {limit}.")
    ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
    if ending not in TYPES:
        raise ValidationError("Chỉ nhận tệp pdf, docx, xlsx, png, jpg.")
    file.seek(0)
    genuine = TYPES[ending](file)  # type: ignore[arg-type]
    file.seek(0)
    if not genuine:
        raise ValidationError(f"Nội dung tệp không phải {ending}. Hãy kiểm tra lại tệp.")


class UploadField(forms.FileField):
    """One file, or none."""

    widget = forms.FileInput
    default_validators = [check_upload]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "help_text": NO_SECRETS, "max_length": 100, **kwargs})
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in TYPES)


def forget_file(file: FieldFile | None) -> None:
    """Remove a stored file once the change that leaves it behind is committed."""
    if file:
        name, storage = file.name, file.storage
        transaction.on_commit(lambda: storage.delete(name))
