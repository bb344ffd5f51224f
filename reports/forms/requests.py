"""One form for a department's letter: the paper as registered, and what it asks for."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.forms.uploads import UploadField
from campaigns.models import Campaign, Dispatch, Organization, Paper
from campaigns.models.papers import kind_choices

from ..models import Outline, ReportRequest
from .groups import DAY_EXAMPLE, DayField, Groups, day_input, laid_out, lines_input

#: When a letter names a day without an hour: the end of office hours.
OFFICE_CLOSES = datetime.time(17)

PAPER_FIELDS = ("kind", "number", "symbol", "issued_on", "issuer", "subject", "file")

GROUPS: Groups = (
    (
        "Công văn",
        "",
        ("kind", "number", "symbol", "issued_on", "issuer", "subject", "file"),
    ),
    ("Khi công văn đến", "", ("arrival_number", "arrived_on")),
    (
        "Thời hạn",
        "“Trước ngày 19/5” là hết ngày 18/5. Bỏ trống giờ: 17:00, hết giờ làm việc.",
        ("deadline_text", "deadline_day", "deadline_hour", "internal_day", "internal_hour"),
    ),
    (
        "Nội dung yêu cầu",
        "",
        ("asked", "outline", "campaign", "period_from", "period_to", "cut_off", "channels", "contact"),
    ),
)


class RequestForm(forms.ModelForm[ReportRequest]):
    """Creates or changes the paper and the request together; `paper` picks one that is registered already."""

    paper = forms.ModelChoiceField(Paper.objects.none(), label="Văn bản trong sổ", required=False)
    kind = forms.ChoiceField(label="Loại văn bản", choices=kind_choices, initial="công văn", required=False)
    number = forms.CharField(label="Số", max_length=20, required=False)
    symbol = forms.CharField(label="Ký hiệu", max_length=60, required=False, help_text="Ví dụ: SKHCN-TTTT.")
    issued_on = DayField(label="Ngày ban hành", required=False, help_text=DAY_EXAMPLE)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=300, required=False)
    subject = forms.CharField(
        label="Trích yếu",
        max_length=2000,
        required=False,
        widget=lines_input(2),
        help_text="Không ghi “về việc”.",
    )
    file = UploadField(label="Bản chụp hoặc tệp")
    deadline_day = DayField(label="Hạn gửi: ngày", required=False, help_text=DAY_EXAMPLE)
    deadline_hour = forms.TimeField(label="Hạn gửi: giờ", required=False, help_text="Ví dụ: 16:00.")
    internal_day = DayField(label="Hạn nội bộ: ngày", required=False, help_text="Hạn của phường tự đặt.")
    internal_hour = forms.TimeField(label="Hạn nội bộ: giờ", required=False)

    class Meta:
        model = ReportRequest
        fields = (
            "arrival_number",
            "arrived_on",
            "asked",
            "deadline_text",
            "period_from",
            "period_to",
            "cut_off",
            "outline",
            "campaign",
            "channels",
            "contact",
        )
        widgets = {
            "asked": lines_input(4),
            **{name: day_input() for name in ("arrived_on", "period_from", "period_to", "cut_off")},
        }

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.instance.organization = organization
        self.fields["outline"].queryset = Outline.objects.filter(organization=organization)
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        for name in ("outline", "campaign"):
            self.fields[name].empty_label = "Không"
        for name in ("deadline_hour", "internal_hour"):
            self.fields[name].widget = forms.TimeInput(format="%H:%M")
        for name in ("number", "symbol", "arrival_number", "deadline_hour", "internal_hour"):
            self.fields[name].widget.attrs["class"] = "short"
        if self.instance.pk:
            del self.fields["paper"]
            self._fill()
        else:
            self.fields["paper"].queryset = pickable(organization)

    def _fill(self) -> None:
        """What stands in the database, where the row itself has no such field."""
        for name in PAPER_FIELDS:
            self.initial.setdefault(name, getattr(self.instance.paper, name))
        for name in ("deadline", "internal"):
            moment = self.instance.deadline if name == "deadline" else self.instance.internal_deadline
            if moment:
                local = timezone.localtime(moment)
                self.initial |= {f"{name}_day": local.date(), f"{name}_hour": local.time()}

    @property
    def groups(self) -> list[Any]:
        return list(laid_out(self, GROUPS))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self._clean_paper()
        for name, field in (("deadline", "deadline"), ("internal", "internal_deadline")):
            setattr(self.instance, field, self._moment(name))
        late = self.instance.deadline and self.instance.internal_deadline
        if late and self.instance.internal_deadline > self.instance.deadline:
            self.add_error("internal_day", "Hạn nội bộ phải trước hoặc đúng hạn gửi.")
        return found

    def _moment(self, name: str) -> datetime.datetime | None:
        day, hour = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_hour")
        if hour and not day and f"{name}_day" not in self.errors:
            self.add_error(f"{name}_day", "Có giờ thì phải có ngày.")
        return timezone.make_aware(datetime.datetime.combine(day, hour or OFFICE_CLOSES)) if day else None

    def _clean_paper(self) -> None:
        """The picked paper, or a new one from what was typed, checked as the register checks it."""
        if self.cleaned_data.get("paper"):
            self.instance.paper = self.cleaned_data["paper"]
            return
        for name in ("issuer", "subject"):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, "Cần ghi, hoặc chọn một văn bản đã có trong sổ.")
        if not any(name in self.errors for name in PAPER_FIELDS):
            self._check_paper(self._typed_paper())

    def _typed_paper(self) -> Paper:
        paper = self.instance.paper if self.instance.pk else Paper(holder=self.organization)
        for name in PAPER_FIELDS:
            value = self.cleaned_data.get(name)
            setattr(paper, name, value if value or name == "issued_on" else "")
        paper.kind = paper.kind or "công văn"
        return paper

    def _check_paper(self, paper: Paper) -> None:
        try:
            paper.full_clean()
        except ValidationError as refused:
            for name, errors in refused.message_dict.items():
                self.add_error(name if name in PAPER_FIELDS else "number", errors)
        self.typed = paper

    def _get_validation_exclusions(self) -> set[str]:
        """The paper is made on saving; its own checks ran in `clean`."""
        return super()._get_validation_exclusions() | {"paper"}

    @transaction.atomic
    def save(self, commit: bool = True) -> ReportRequest:
        if not self.cleaned_data.get("paper"):
            self.typed.save()
            self.instance.paper = self.typed
        self.instance.sender = Organization.objects.filter(name=self.instance.paper.issuer).first()
        return super().save(commit)


def pickable(organization: Organization) -> Any:
    """Registered dispatches that no request was made of yet."""
    return Paper.objects.filter(
        holder=organization, kind__in=(*Dispatch.kinds, "kế hoạch", "văn bản"), report_request=None
    )
