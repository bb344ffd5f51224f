"""Forms of opinions: on words of the text, an answer, advice given by phone, a section given to somebody."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.models import User
from campaigns.models.organizations import WRITERS
from campaigns.models.teams import in_force_on

from ..models import Comment, Report, Section
from .groups import DAY_EXAMPLE, DayField, lines_input


class CommentForm(forms.ModelForm[Comment]):
    class Meta:
        model = Comment
        fields = ("words", "section", "text")
        widgets = {"text": lines_input(3), "words": forms.TextInput}
        labels = {"words": "Về những chữ"}
        help_texts = {"words": "Bôi đen chữ trên trang văn bản để điền ô này; bỏ trống: ý kiến chung."}

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "yk", **kwargs})
        field: Any = self.fields["section"]
        field.queryset = report.sections.exclude(heading="").order_by("order", "id")
        field.empty_label = "Cả báo cáo"


class AnswerForm(forms.ModelForm[Comment]):
    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": lines_input(2)}
        labels = {"text": "Trả lời"}


class AdviceForm(forms.ModelForm[Comment]):
    """What a leader said by phone: a note, never an approval."""

    class Meta:
        model = Comment
        fields = ("given_by", "text")
        widgets = {"text": lines_input(3)}
        labels = {"text": "Nội dung ý kiến"}

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "dt", **kwargs})
        self.fields["given_by"].required = True
        self.fields["given_by"].help_text = "Người cho ý kiến, ví dụ: Phó Chủ tịch Trần Thị B."


class AssignForm(forms.ModelForm[Section]):
    """Who writes a section, and by when."""

    day = DayField(label="Hạn: ngày", required=False, help_text=DAY_EXAMPLE)
    hour = forms.TimeField(label="Hạn: giờ", required=False, help_text="Bỏ trống: 17:00.")

    class Meta:
        model = Section
        fields = ("assignee",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignee"]
        report = self.instance.report
        held = in_force_on(timezone.localdate(), "memberships__")
        field.queryset = User.objects.filter(
            held, memberships__organization=report.organization, memberships__role__in=WRITERS, is_active=True
        ).distinct()
        field.empty_label = "Chưa giao"
        if due := self.instance.due:
            local = timezone.localtime(due)
            self.fields["day"].initial, self.fields["hour"].initial = local.date(), f"{local:%H:%M}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hour") and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Điền ngày của hạn.")
        return cleaned

    def save(self, commit: bool = True) -> Section:
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour") or datetime.time(17)
        self.instance.due = timezone.make_aware(datetime.datetime.combine(day, hour)) if day else None
        self.instance.save(update_fields=["assignee", "due"])
        return self.instance
