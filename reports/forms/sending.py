"""What the pages of sending ask: whom to carry a report to, a code that came by mail or telephone, an answer."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Code, Sending
from ..models.sendings import HANDLING
from ..sending.arrivals import WITH_REASON
from .groups import DAY_EXAMPLE, DayField, lines_input


def _named(codes: Any) -> list[tuple[str, str]]:
    return [(code.value, f"{code.value} - {code.label}") for code in codes]


class ToldCodeForm(forms.Form):
    """A status of the recipient that the clerk was told or saw outside."""

    code = forms.ChoiceField(label="Trạng thái", choices=_named([*HANDLING, Code.GIVEN_BACK, Code.KEPT]))
    day = DayField(label="Ngày", help_text=DAY_EXAMPLE)
    hour = forms.TimeField(
        label="Giờ", help_text="Ví dụ: 16:30.", input_formats=["%H:%M", "%Hh%M", "%H giờ %M"]
    )
    who = forms.CharField(
        label="Ai xác nhận, bằng cách nào", max_length=100, help_text="Ví dụ: chị A, văn thư Sở, gọi điện."
    )
    reason = forms.CharField(
        label="Lý do (khi từ chối)", required=False, max_length=2000, widget=lines_input(2)
    )

    def __init__(self, sending: Sending, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending, now = sending, timezone.localtime()
        self.fields["code"].initial = Code.ACCEPTED.value
        self.fields["day"].initial, self.fields["hour"].initial = now.date(), f"{now:%H:%M}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") in WITH_REASON and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Ghi lý do nơi nhận từ chối.")
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day and hour:
            cleaned["at"] = timezone.make_aware(datetime.datetime.combine(day, hour))
            if cleaned["at"] > timezone.now() + datetime.timedelta(minutes=5):
                self.add_error("day", "Ngày, giờ này chưa tới.")
            elif self.sending.sent_at and cleaned["at"] < self.sending.sent_at - datetime.timedelta(
                minutes=5
            ):
                self.add_error("day", "Trạng thái không thể có trước lúc gửi.")
        return cleaned


class AnswerForm(forms.Form):
    """The department's answer to a report that arrived."""

    code = forms.ChoiceField(label="Trả lời nơi gửi", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=2000,
        widget=lines_input(2),
        help_text="Bắt buộc khi từ chối; nơi gửi đọc được.",
    )

    def __init__(self, codes: tuple[Code, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _named(codes)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") in WITH_REASON and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Ghi lý do từ chối: nơi gửi cần biết để sửa.")
        return cleaned
