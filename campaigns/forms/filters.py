"""What a list page may be narrowed by; words are found with or without tone marks."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..models import Campaign, Indicator, Neighbourhood, Paper, Team, Unit
from ..models.indicators import Accumulation, Measure
from ..models.papers import kind_choices
from .lookup import papers_matching


def _owned(model: Any) -> Any:
    """Choices of the asker's organization."""
    return lambda request: model.objects.visible_to(request.actor)


class RegisterFilter(filters.FilterSet):
    """Search box first, then the filters of the list."""

    q = filters.CharFilter(
        label="Tìm", method="find", widget=forms.TextInput(attrs={"type": "search", "maxlength": 200})
    )

    def find(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.matching(value)  # type: ignore[attr-defined]

    def is_narrowed(self) -> bool:
        """Whether an empty list may be the filter's doing."""
        return self.form.is_valid() and any(value for value in self.form.cleaned_data.values())


class PaperFilter(RegisterFilter):
    q = filters.CharFilter(
        label="Tìm, hoặc dán trích dẫn",
        method="find",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 3000}),
    )
    kind = filters.ChoiceFilter(label="Loại", choices=kind_choices, empty_label="Mọi loại")
    campaign = filters.ModelChoiceFilter(
        label="Phong trào", field_name="campaigns", queryset=_owned(Campaign), empty_label="Mọi phong trào"
    )
    year = filters.NumberFilter(
        label="Năm", field_name="issued_on", lookup_expr="year", min_value=1945, max_value=2200
    )
    in_force = filters.ChoiceFilter(
        label="Hiệu lực",
        method="standing",
        choices=[("yes", "Còn hiệu lực"), ("no", "Hết hiệu lực")],
        empty_label="Tất cả",
    )
    sort = filters.ChoiceFilter(
        label="Xếp theo",
        method="sorted",
        choices=[("old", "Cũ trước"), ("number", "Số, ký hiệu")],
        empty_label="Mới trước",
    )

    class Meta:
        model = Paper
        fields = ("q", "kind", "campaign", "year", "in_force", "sort")

    def find(self, rows: QuerySet[Paper], name: str, value: str) -> QuerySet[Paper]:
        return papers_matching(rows, value)

    def standing(self, rows: QuerySet[Paper], name: str, value: str) -> QuerySet[Paper]:
        return rows.filter(in_force=value == "yes")

    def sorted(self, rows: QuerySet[Paper], name: str, value: str) -> QuerySet[Paper]:
        orders = {"old": (F("issued_on").asc(nulls_last=True), "id"), "number": ("symbol", "number", "id")}
        return rows.order_by(*orders[value])


class TeamFilter(RegisterFilter):
    campaign = filters.ModelChoiceFilter(
        label="Phong trào", queryset=_owned(Campaign), empty_label="Mọi phong trào"
    )
    neighbourhood = filters.ModelChoiceFilter(
        label="Tổ dân phố", queryset=_owned(Neighbourhood), empty_label="Mọi tổ dân phố"
    )
    state = filters.ChoiceFilter(
        label="Tình trạng",
        method="standing",
        choices=[("now", "Đang hoạt động"), ("gone", "Đã giải thể"), ("unknown", "Chưa rõ số thành viên")],
        empty_label="Tất cả",
    )

    class Meta:
        model = Team
        fields = ("q", "campaign", "neighbourhood", "state")

    def standing(self, rows: QuerySet[Team], name: str, value: str) -> QuerySet[Team]:
        gone = Q(dissolved_on__isnull=False, dissolved_on__lt=timezone.localdate())
        if value == "unknown":
            return rows.filter(stated_headcount=None, members=None)
        return rows.filter(gone) if value == "gone" else rows.exclude(gone)


class IndicatorFilter(RegisterFilter):
    campaign = filters.ModelChoiceFilter(
        label="Phong trào", queryset=_owned(Campaign), empty_label="Mọi phong trào"
    )
    keeper = filters.ModelChoiceFilter(
        label="Bộ phận phụ trách", queryset=_owned(Unit), empty_label="Mọi bộ phận"
    )
    measure = filters.ChoiceFilter(label="Dạng số liệu", choices=Measure.choices, empty_label="Mọi dạng")
    accumulation = filters.ChoiceFilter(
        label="Cách cộng", choices=Accumulation.choices, empty_label="Mọi cách"
    )

    class Meta:
        model = Indicator
        fields = ("q", "campaign", "keeper", "measure", "accumulation")
