"""Forms around the sheet of figures: which indicators and period, from whom, and chat lines."""

from __future__ import annotations

from typing import Any

from django import forms

from ..citations import format_date
from ..grid import Span
from ..models import Indicator
from ..models.owned import Actor
from .owned import DAY_HINT, RowsField
from .uploads import NO_SECRETS

MOST_COLUMNS = 8
MOST_FILES = 60


class SpanForm(forms.Form):
    """What the sheet is of; sent with GET to open it, and again with every saving."""

    nd = RowsField(
        label="Nội dung số liệu",
        queryset=Indicator.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một nội dung."},
    )
    tu = forms.DateField(label="Kỳ từ ngày", widget=forms.DateInput(attrs=DAY_HINT))
    den = forms.DateField(label="Đến ngày", widget=forms.DateInput(attrs=DAY_HINT))
    chot = forms.DateField(
        label="Số liệu đến ngày",
        required=False,
        widget=forms.DateInput(attrs=DAY_HINT),
        help_text="Bỏ trống: ngày cuối kỳ.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nd"].queryset = Indicator.objects.visible_to(actor)  # type: ignore[attr-defined]

    def clean_nd(self) -> Any:
        if len(self.cleaned_data["nd"]) > MOST_COLUMNS:
            raise forms.ValidationError(f"Mỗi bảng nhiều nhất {MOST_COLUMNS} nội dung.")
        return self.cleaned_data["nd"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("tu"), data.get("den")
        if start and end and end < start:
            self.add_error("den", "Ngày cuối kỳ không được trước ngày đầu kỳ.")
        return data

    @property
    def span(self) -> Span:
        data = self.cleaned_data
        return Span(data["tu"], data["den"], data["chot"] or data["den"])


class SourceForm(forms.Form):
    """Where the figures come from when somebody without an account gave them."""

    source = forms.CharField(
        label="Nguồn", max_length=150, required=False, help_text="Ví dụ: Công an phường."
    )
    giver = forms.CharField(label="Người cung cấp", max_length=80, required=False)
    given_on = forms.DateField(label="Ngày nhận", required=False, widget=forms.DateInput(attrs=DAY_HINT))

    def words(self) -> str:
        """“Công an phường (Nguyễn Văn A, ngày 12/5/2026)”; "" when nothing was filled in."""
        data = self.cleaned_data
        day = f"ngày {format_date(data['given_on'])}" if data.get("given_on") else ""
        inner = ", ".join(filter(None, (data.get("giver"), day)))
        source = data.get("source") or ""
        return f"{source} ({inner})" if source and inner else source or inner


class ChatForm(forms.Form):
    """Lines copied from a chat, and the indicator they tell of."""

    chat = forms.CharField(
        label="Dán tin nhắn",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một tổ, ví dụ: Tổ 5: 45/60.",
    )
    column = forms.ModelChoiceField(
        label="Ghi vào cột", queryset=Indicator.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = indicators  # type: ignore[attr-defined]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked by itself, so that one bad photo does not hold up the others."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file is not None] or [
            super().clean(None, initial)
        ]


class FilesForm(forms.Form):
    files = FilesField(
        label="Tệp của các tổ",
        help_text=f"Chọn nhiều tệp một lần; tên tệp nói của tổ nào: “Tổ 5.jpg”. {NO_SECRETS}",
        error_messages={"required": "Hãy chọn tệp."},
        max_length=100,
    )
    column = forms.ModelChoiceField(
        label="Minh chứng cho cột", queryset=Indicator.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_files_%s", **kwargs)
        self.fields["column"].queryset = indicators  # type: ignore[attr-defined]

    def clean_files(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần nhiều nhất {MOST_FILES} tệp.")
        return files
