"""Forms of the register of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.functions import ExtractYear

from ..models import Paper, PaperLink
from .lookup import PaperField
from .owned import OwnedForm, RowForm, RowsField
from .uploads import UploadField, forget_file


class PaperForm(OwnedForm):
    owner = "holder"
    groups = (
        ("Văn bản", ("kind", "number", "symbol", "issued_on", "issued_printed", "issuer", "subject")),
        ("Trong sổ của đơn vị", ("campaigns", "issuers", "in_force", "note")),
        ("Bản chụp hoặc tệp", ("file", "remove_file")),
    )
    file = UploadField(label="Bản chụp hoặc tệp")
    remove_file = forms.BooleanField(label="Xóa tệp đang có", required=False)

    class Meta:
        model = Paper
        fields = (
            *("kind", "number", "symbol", "issued_on", "issued_printed", "issuer", "subject"),
            *("campaigns", "issuers", "in_force", "note", "file"),
        )
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "campaigns": forms.CheckboxSelectMultiple,
            "issuers": forms.SelectMultiple(attrs={"size": 5}),
        }
        field_classes = {"campaigns": RowsField, "issuers": RowsField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuers"].help_text = "Giữ Ctrl để chọn nhiều; không bắt buộc."
        self.kept_name = self.instance.file.name if self.instance.file else ""
        if not self.kept_name:
            del self.fields["remove_file"]
        if not self.fields["campaigns"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["campaigns"]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if data.get("number") and not self.errors:
            self._refuse_second(data)
        if data.get("remove_file") and not self.files.get(self.add_prefix("file")):
            data["file"] = False  # the file field's own sign for "no file any more"
        return data

    def _refuse_second(self, data: dict[str, Any]) -> None:
        same = Paper.objects.visible_to(self.actor).exclude(pk=self.instance.pk)
        same = same.filter(number=data["number"], symbol=data["symbol"], issuer=data["issuer"])
        day = data.get("issued_on")
        same = same.annotate(year=ExtractYear("issued_on")).filter(year=day and day.year)
        found = same.first()
        if found:
            self.add_error("number", f"{found} của cơ quan này, cùng năm, đã có trong sổ.")

    def save(self, commit: bool = True) -> Any:
        paper = super().save(commit)
        if self.kept_name and self.kept_name != (paper.file.name if paper.file else ""):
            forget_file(Paper(file=self.kept_name).file)
        return paper


class LinkForm(RowForm):
    """One row of what this paper does to another."""

    target = PaperField(label="văn bản kia", required=True)

    class Meta:
        model = PaperLink
        fields = ("kind", "target")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].help_text = ""
        if self.instance.pk:
            self.initial["target"] = self.instance.target

    def clean_target(self) -> Paper:
        target: Paper = self.cleaned_data["target"]
        if target.pk == self.instance.source_id:
            raise forms.ValidationError("Văn bản không thể có quan hệ với chính nó.")
        return target


LinkFormSet = forms.inlineformset_factory(
    Paper, PaperLink, form=LinkForm, fk_name="source", extra=1, max_num=100, validate_max=True
)
