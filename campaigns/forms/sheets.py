"""The form that takes a table: an Excel file, or cells copied from one."""

from __future__ import annotations

from typing import Any

from django import forms

from ..sheets.workbook import from_text
from .uploads import UploadField

NOT_XLSX = "Chỉ nhận tệp .xlsx. Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."


class SheetForm(forms.Form):
    file = UploadField(
        label="Tệp Excel", help_text="Tệp .xlsx có hàng tiêu đề như mẫu. Không đưa tài liệu mật lên đây."
    )
    text = forms.CharField(
        label="Hoặc dán từ bảng tính",
        required=False,
        max_length=3_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Chọn các ô cùng hàng tiêu đề trong Excel, chép rồi dán vào đây.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if file and not file.name.lower().endswith(".xlsx"):
            self.add_error("file", NOT_XLSX)
        elif not file and not text and not self.errors:
            self.add_error("file", "Chọn một tệp, hoặc dán các ô vào ô bên dưới.")
        elif file and text:
            self.add_error("text", "Chỉ dùng một cách: bỏ tệp, hoặc xóa ô này.")
        return data

    def table(self) -> tuple[str, bytes]:
        """Name and content of the workbook."""
        file = self.cleaned_data.get("file")
        if file:
            return file.name, file.read()
        return "Dán từ bảng tính", from_text(self.cleaned_data["text"])
