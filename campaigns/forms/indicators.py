"""Forms of indicators and their readings."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Indicator, Reading
from ..models.indicators import Measure
from .figures import FigureField
from .lookup import PaperField
from .owned import OwnedForm
from .uploads import UploadField, forget_file


class IndicatorForm(OwnedForm):
    groups = (
        ("Nội dung số liệu", ("code", "name", "definition", "unit", "campaign", "keeper", "source")),
        ("Cách tính", ("measure", "accumulation", "decimals")),
        ("Chỉ tiêu giao (không phải kết quả)", ("target", "target_due", "target_paper")),
        ("", ("order",)),
    )
    target = FigureField(label="Chỉ tiêu giao", required=False)
    target_paper = PaperField(label="Văn bản giao chỉ tiêu")

    class Meta:
        model = Indicator
        fields = (
            *("code", "name", "definition", "unit", "campaign", "keeper", "source"),
            *("measure", "accumulation", "decimals", "target", "target_due", "target_paper", "order"),
        )
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}

    def clean_decimals(self) -> int:
        decimals: int = self.cleaned_data["decimals"]
        if decimals > 4:
            raise forms.ValidationError("Từ 0 đến 4.")
        return decimals


class ReadingForm(OwnedForm):
    """One value: a result for a count, numerator and denominator for a ratio or percent, or "no figure yet"."""

    owner = ""
    value = FigureField(label="Kết quả", required=False)
    numerator = FigureField(label="Tử số (số đạt)", required=False, min_value=0)
    denominator = FigureField(label="Mẫu số (tổng số)", required=False, min_value=0)
    missing = forms.BooleanField(
        label="Chưa có số liệu", required=False, help_text="Khác với số 0: báo cáo sẽ ghi là chưa có."
    )
    paper = PaperField(label="Văn bản chứng minh")
    evidence = UploadField(label="Tệp minh chứng")
    remove_evidence = forms.BooleanField(label="Xóa tệp đang có", required=False)

    class Meta:
        model = Reading
        fields = (
            *("neighbourhood", "period_from", "period_to", "as_of", "value", "numerator", "denominator"),
            *("source", "paper", "evidence", "note"),
        )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        self.indicator = indicator
        self.figures = ("value",) if indicator.measure == Measure.COUNT else ("numerator", "denominator")
        super().__init__(*args, **kwargs)
        self.instance.indicator = indicator
        for name in {"value", "numerator", "denominator"} - set(self.figures):
            del self.fields[name]
        self.fields["neighbourhood"].empty_label = "Toàn phường"  # type: ignore[attr-defined]
        unit = f" ({indicator.unit})" if indicator.unit else ""
        self.fields[self.figures[-1]].label = f"{self.fields[self.figures[-1]].label}{unit}"
        self.kept_name = self.instance.evidence.name if self.instance.evidence else ""
        if not self.kept_name:
            del self.fields["remove_evidence"]
        if self.instance.pk:
            self.initial["missing"] = self.instance.is_missing

    def _get_validation_exclusions(self) -> set[str]:
        """The indicator is not asked but counts in "this place and period exist already"."""
        return super()._get_validation_exclusions() - {"indicator"}

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:  # type: ignore[override]
        return (
            ("Nơi và kỳ", ("neighbourhood", "period_from", "period_to", "as_of")),
            ("Kết quả thực hiện", (*self.figures, "missing")),
            ("Nguồn và minh chứng", ("source", "paper", "evidence", "remove_evidence", "note")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {name: data.get(name) for name in self.figures if name not in self.errors}
        if data.get("missing"):
            self._refuse(
                given, {name: value is not None for name, value in given.items()}, FILLED_AND_MISSING
            )
        else:
            self._refuse(given, {name: value is None for name, value in given.items()}, EMPTY_BUT_NOT_MISSING)
        self._check_part(data)
        self._check_decimals(data)
        if data.get("remove_evidence") and not self.files.get(self.add_prefix("evidence")):
            data["evidence"] = False  # the file field's own sign for "no file any more"
        return data

    def _refuse(self, given: dict[str, Any], wrong: dict[str, bool], sentence: str) -> None:
        for name in given:
            if wrong[name]:
                self.add_error(name, sentence)

    def _check_part(self, data: dict[str, Any]) -> None:
        part, whole = data.get("numerator"), data.get("denominator")
        if whole == 0:
            self.add_error("denominator", "Mẫu số phải lớn hơn 0.")
        elif part is not None and whole is not None and part > whole:
            self.add_error("numerator", "Tử số không được lớn hơn mẫu số.")

    def _check_decimals(self, data: dict[str, Any]) -> None:
        value, places = data.get("value"), self.indicator.decimals
        if value is not None and value != round(value, places):
            self.add_error("value", f"Nội dung này ghi tối đa {places} chữ số thập phân.")

    def save(self, commit: bool = True) -> Any:
        reading = super().save(commit)
        if self.kept_name and self.kept_name != (reading.evidence.name if reading.evidence else ""):
            forget_file(Reading(evidence=self.kept_name).evidence)
        return reading


FILLED_AND_MISSING = "Đã đánh dấu chưa có số liệu thì để trống ô này."
EMPTY_BUT_NOT_MISSING = "Điền số, hoặc đánh dấu “Chưa có số liệu”."
