"""What a step's page asks: a reason, an explanation, number and date, or what shows an act outside the app."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns import rights
from campaigns.forms.uploads import UploadField
from campaigns.models import Organization, SigningRight
from campaigns.models.organizations import WARDS

from .. import register
from ..models import Channel, Report, Section
from .groups import DAY_EXAMPLE, DayField, lines_input

#: How a paper was signed by hand; electronic signatures come in, checked, by the page of signing.
SIGNED = ("Ký trên giấy, kèm bản chụp",)
SEALED = ("Đóng dấu trên giấy", "In bản đã ký số, đóng dấu trên giấy (Điều 18.5)")
SENT = tuple(
    channel.label for channel in (Channel.CITY, Channel.REPORTING, Channel.MAIL, Channel.PAPER, Channel.OTHER)
)
RECEIVED = ("Trạng thái trên hệ thống (01-06)", "Thư, điện thoại xác nhận", "Ký nhận trên bản giấy")


class StepForm(forms.Form):
    """Every step: the text the person saw (`seen`), and the reason where the step needs one."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    reason_label = "Lý do"
    reason_help = ""

    def __init__(self, report: Report, needs_reason: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        if needs_reason:
            self.fields["reason"] = forms.CharField(
                label=self.reason_label, help_text=self.reason_help, max_length=2000, widget=lines_input(3)
            )

    def ask_explanation(self, sentence: str) -> None:
        """One reason for all errors that stay, shown to everyone after."""
        self.fields["explanation"] = forms.CharField(
            label="Lý do vẫn trình khi còn lỗi",
            help_text=f"{sentence} Lý do này ghi một lần cho mọi lỗi; người kiểm tra và lãnh đạo đọc được.",
            max_length=2000,
            widget=lines_input(3),
        )

    @property
    def details(self) -> dict[str, Any]:
        """What `workflow.act` takes beside reason, explanation and seen."""
        apart = ("seen", "reason", "explanation")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    def act_values(self) -> dict[str, Any]:
        """All keyword arguments of `workflow.act`."""
        given = {name: self.cleaned_data.get(name, "") for name in ("seen", "reason", "explanation")}
        return {**given, **self.details}


class ReturnForm(StepForm):
    """Gives back with a reason, which lands with the owner of the section it is about."""

    reason_label = "Lý do trả lại"
    reason_help = "Nói rõ chỗ nào, cần sửa thế nào. Người soạn đọc ngay ở mục đó."
    section = forms.ModelChoiceField(
        Section.objects.none(), label="Về mục", required=False, empty_label="Cả báo cáo"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = self.report.sections.exclude(heading="").order_by("order", "id")  # type: ignore[attr-defined]


class NumberForm(StepForm):
    """Number and date: the number is given here, or typed as the city's system gave it."""

    dated = DayField(label="Ngày của văn bản", help_text=DAY_EXAMPLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["dated"].initial = today
        self.series, self.refusal = self._series(today)
        if self.series is not None and not self.series.is_gapless:
            self.fields["number"] = forms.CharField(
                label="Số đã cấp trên hệ thống của thành phố",
                max_length=12,
                help_text="Ví dụ: 274 hoặc 274a.",
            )
        if self.report.straight:
            self.fields["form_checked"] = forms.BooleanField(
                label="Đã kiểm tra thể thức (báo cáo khẩn chưa qua bước này)", required=True
            )

    def _series(self, day: datetime.date) -> tuple[Any, str]:
        try:
            return register.series_of(self.report, day), ""
        except ValidationError as error:
            return None, error.messages[0]

    @property
    def proposed(self) -> str:
        """The number that would be given now, as printed; "" where it comes from the city."""
        if self.series is None or not self.series.is_gapless:
            return ""
        return f"{register.next_number(self.series):02d}/{self.report.symbol or self.series.symbol}"


class EvidenceForm(StepForm):
    """An act outside the app: how, when, and the scan or receipt that shows it."""

    channels: tuple[str, ...] = ()
    file_label = "Bản chụp, biên nhận"
    file_required = False
    channel = forms.ChoiceField(label="Cách làm")
    day = DayField(label="Ngày", help_text=DAY_EXAMPLE)
    hour = forms.TimeField(
        label="Giờ", help_text="Ví dụ: 16:30.", input_formats=["%H:%M", "%Hh%M", "%H giờ %M"]
    )
    file = UploadField(label="Bản chụp, biên nhận")
    note = forms.CharField(label="Ghi chú", required=False, max_length=1000, widget=lines_input(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        self.fields["channel"].choices = [(words, words) for words in self.channels]  # type: ignore[attr-defined]
        self.fields["day"].initial, self.fields["hour"].initial = now.date(), f"{now:%H:%M}"
        self.fields["file"].label, self.fields["file"].required = self.file_label, self.file_required

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day and hour:
            cleaned["happened_at"] = timezone.make_aware(datetime.datetime.combine(day, hour))
            if cleaned["happened_at"] > timezone.now() + datetime.timedelta(minutes=5):
                self.add_error("day", "Ngày, giờ này chưa tới.")
        return cleaned

    @property
    def details(self) -> dict[str, Any]:
        return {key: value for key, value in super().details.items() if key not in ("day", "hour")}


class SignForm(EvidenceForm):
    channels = SIGNED
    file_label = "Bản chụp trang đã ký"
    file_required = True


class SealForm(EvidenceForm):
    channels = SEALED
    file_label = "Bản chụp đã đóng dấu"


class SendForm(EvidenceForm):
    """A sending made outside; a report goes out by several ways, each recorded once."""

    channels = SENT
    file_label = "Biên nhận, ảnh chụp màn hình"
    recipient = forms.ModelChoiceField(
        Organization.objects.none(), label="Nơi nhận", required=False, empty_label="(ghi ở dòng dưới)"
    )
    address = forms.CharField(
        label="Địa chỉ, hộp thư, người nhận",
        required=False,
        max_length=300,
        help_text="Ví dụ: hộp thư văn thư của Sở; bà A, văn thư.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.report.organization
        bodies = Organization.objects.exclude(pk=own.pk).exclude(kind__in=WARDS).order_by("name")
        asking = self.report.requests.exclude(sender=None).order_by("pk").values_list("sender", flat=True)
        self.fields["recipient"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["recipient"].initial = asking.first()
        order = ("seen", "channel", "recipient", "address", "day", "hour", "file", "note")
        self.order_fields([name for name in order if name in self.fields])


class ReceiptForm(EvidenceForm):
    channels = RECEIVED


class RecallForm(EvidenceForm):
    channels = SENT
    reason_label = "Lý do thu hồi"


class UrgentForm(StepForm):
    reason_label = "Vì sao trình thẳng lãnh đạo"
    reason_help = "Kiểm tra nội dung và thể thức được bỏ qua, có ghi lại; thể thức kiểm tra khi cấp số."


class ReopenForm(StepForm):
    reason_label = "Vì sao mở lại"
    reason_help = "Sau khi sửa chỉ trình lại lãnh đạo phần đã đổi; các lần kiểm tra trước vẫn giữ."


#: The page of a step that asks more than the press of a button.
FORMS: dict[str, type[StepForm]] = {
    "return": ReturnForm,
    "submit_urgent": UrgentForm,
    "reopen": ReopenForm,
    "number": NumberForm,
    "sign": SignForm,
    "seal": SealForm,
    "send": SendForm,
    "receive": ReceiptForm,
    "refuse": ReceiptForm,
    "recall": RecallForm,
}


def form_of(key: str) -> type[StepForm]:
    return FORMS.get(key, StepForm)


class SignerForm(forms.Form):
    """Who signs: the rights in force today, the closest first."""

    right = forms.ModelChoiceField(
        SigningRight.objects.none(), label="Người ký", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = rights.proposed(
            report.organization, timezone.localdate(), report.unit, report.campaign, but=report.drafter
        )
        field: Any = self.fields["right"]
        field.queryset = SigningRight.objects.filter(pk__in=[right.pk for right in self.proposed])
        field.choices = [(right.pk, self._words(right)) for right in self.proposed]
        field.initial = next((r.pk for r in self.proposed if r.person_id == report.signer_id), None)

    def _words(self, right: Any) -> str:
        lines = " / ".join(rights.lines_of(right))
        away = ", đang vắng mặt" if right.away else ""
        source = f" ({right.source})" if right.source else ""
        return f"{right.person}: {lines}{source}{away}"
