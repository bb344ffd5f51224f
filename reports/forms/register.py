"""Forms of the register of outgoing papers: series, entries, voids and earlier days."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.forms.filters import RegisterFilter
from campaigns.forms.owned import CHANGED_MEANWHILE, DAY_HINT, OwnedForm
from campaigns.models import Paper
from campaigns.models.owned import Actor
from campaigns.models.papers import kind_choices

from .. import register, second_person
from ..models import BackDating, Entry, Series
from ..models.register import COMMON, EntryState

_AREAS = {
    "subject": forms.Textarea(attrs={"rows": 2}),
    "recipients": forms.Textarea(attrs={"rows": 3}),
    "note": forms.Textarea(attrs={"rows": 2}),
}


def latest_series(actor: Actor) -> Any:
    """One series a symbol, that of the last year it was opened in."""
    rows = Series.objects.visible_to(actor).order_by("symbol", "-year").values_list("pk", "symbol")
    last: dict[str, int] = {}
    for pk, symbol in rows:
        last.setdefault(symbol, pk)
    return Series.objects.filter(pk__in=last.values()).order_by("name", "pk")


class SeriesField(forms.ModelChoiceField):
    """A series without its year, which the paper's day decides."""

    def label_from_instance(self, series: Any) -> str:
        source = "số cấp tại đây" if series.is_gapless else "nhập số của thành phố"
        return f"{series.name} (…/{series.symbol}), {source}"


class SeriesForm(OwnedForm):
    groups = (
        ("Sổ", ("kind", "name", "symbol", "year", "starts_on")),
        ("Cấp số", ("source", "first_number")),
    )

    class Meta:
        model = Series
        fields = ("kind", "name", "symbol", "year", "starts_on", "source", "first_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        if self.instance.pk is None:
            self.initial |= {"year": today.year, "starts_on": self._first_day(today.year)}
        elif self.instance.entries.exists():
            for name in ("kind", "symbol", "year", "starts_on", "first_number"):
                del self.fields[name]

    def _first_day(self, year: int) -> datetime.date:
        begun = self.actor.organization.valid_from if self.actor.organization else None
        return begun if begun and begun.year == year else datetime.date(year, 1, 1)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 1945 <= year <= 2200:
            raise ValidationError("Năm có bốn chữ số, ví dụ 2026.")
        return year

    def clean_first_number(self) -> int:
        first: int = self.cleaned_data["first_number"]
        if not 1 <= first < 10_000_000:
            raise ValidationError("Nhập số từ 1.")
        return first

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        year, first_day = data.get("year"), data.get("starts_on")
        if year and first_day and first_day.year != year:
            self.add_error("starts_on", f"Chọn một ngày trong năm {year}.")
        return data


class EntryFilter(RegisterFilter):
    year = filters.ChoiceFilter(label="Năm", field_name="series__year", empty_label="Mọi năm")
    symbol = filters.ChoiceFilter(label="Sổ", field_name="series__symbol", empty_label="Mọi sổ")
    state = filters.ChoiceFilter(
        label="Tình trạng",
        method="standing",
        choices=[("waiting", "Chưa ghi ngày chuyển"), ("void", "Đã hủy, đề nghị hủy")],
        empty_label="Tất cả",
    )

    class Meta:
        model = Entry
        fields = ("q", "year", "symbol", "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = list(Series.objects.visible_to(self.request.actor).values_list("year", "symbol", "name"))
        years = sorted({year for year, _, _ in kept}, reverse=True)
        names = {symbol: f"{name} (…/{symbol})" for _, symbol, name in reversed(kept)}
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]
        self.filters["symbol"].extra["choices"] = sorted(names.items(), key=lambda named: named[1])

    def standing(self, rows: Any, name: str, value: str) -> Any:
        if value == "void":
            return rows.exclude(void_by=None)
        return rows.filter(state=EntryState.GIVEN, sent_on=None)


class _RegisterForm(OwnedForm):
    """Refusals of the register shown beside the field they are about."""

    owner = ""
    beside = {"no_number": "typed", "number_taken": "typed", "back_dated": "dated"}

    def attempt(self, act: Any) -> bool:
        """Does the act if the form is valid; whether it was done."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            code = getattr(error, "code", None) or ""
            self.add_error(self.beside.get(code), error.messages)
            return False
        except IntegrityError:
            self.add_error(None, CHANGED_MEANWHILE)
            return False
        return True


class EntryForm(_RegisterForm):
    """A paper entered in the register by hand: the ward's plans, decisions and letters."""

    groups = (
        ("Số", ("kept_in", "typed", "symbol", "dated")),
        ("Văn bản", ("title", "subject", "signer", "recipients", "urgent")),
        ("Lưu và chuyển", ("keeper", "copies", "sent_on", "received", "note")),
    )
    kept_in = SeriesField(label="Sổ", queryset=Series.objects.all(), empty_label="Chọn sổ")
    typed = forms.CharField(
        label="Số đã cấp trên hệ thống của thành phố",
        required=False,
        max_length=12,
        help_text="Để trống khi số được cấp tại đây.",
    )
    symbol = forms.CharField(
        label="Ký hiệu khi khác ký hiệu của sổ",
        required=False,
        max_length=60,
        help_text="Công văn: UBND-VHXH; sổ chung: KH-UBND.",
    )
    title = forms.ChoiceField(label="Tên loại", choices=kind_choices)

    class Meta:
        model = Entry
        fields = ("dated", "subject", *register.LATER)
        widgets = _AREAS

    def __init__(self, *args: Any, paper: Paper | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["kept_in"].queryset = latest_series(self.actor)  # type: ignore[attr-defined]
        self.initial.setdefault("dated", timezone.localdate())
        self.initial.setdefault("keeper", "VT")
        self.initial.setdefault("title", "kế hoạch")
        if paper:
            self.initial |= self._of_paper(paper)

    def _of_paper(self, paper: Paper) -> dict[str, Any]:
        kept = self.fields["kept_in"].queryset  # type: ignore[attr-defined]
        series = next((row for row in kept if paper.symbol.startswith(row.symbol)), None)
        typed = paper.number if series and not series.is_gapless else ""
        return {
            "kept_in": series and series.pk,
            "typed": typed,
            "symbol": paper.symbol if series and paper.symbol != series.symbol else "",
            "dated": paper.issued_on or timezone.localdate(),
            "title": paper.kind,
            "subject": paper.subject,
        }

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        series = data.get("kept_in")
        if series and series.kind == COMMON and not data.get("symbol"):
            self.add_error("symbol", "Sổ chung: nhập ký hiệu của văn bản, ví dụ KH-UBND.")
        if data.get("typed"):
            try:
                data["typed"] = register.parse_number(data["typed"])
            except ValidationError as error:
                self.add_error("typed", error)
        return data

    def enter(self) -> bool:
        return self.attempt(self._enter)

    def _enter(self) -> None:
        data = self.cleaned_data
        number, suffix = data["typed"] or (None, "")
        self.instance = register.allocate(
            register.series_on(data["kept_in"], data["dated"]),
            by=self.actor.user,
            dated=data["dated"],
            subject=data["subject"],
            title=data["title"],
            symbol=data["symbol"].strip(),
            number=number,
            suffix=suffix,
            paper=self.paper,
            **{name: data[name] for name in register.LATER},
        )
        self._name_paper()
        register.cite(self.instance, self.actor.user)

    def _name_paper(self) -> None:
        """The ward's own paper, typed before it had a number, takes the one it was given."""
        paper, entry = self.paper, self.instance
        if paper is None:
            return
        if paper.number and paper.code != entry.code:
            raise ValidationError(
                f"{paper} trong danh mục văn bản mang số {paper.code}, sổ sẽ cấp số {entry.code}. "
                "Sửa số của văn bản, hoặc ghi vào sổ nhập số của thành phố."
            )
        paper.number, paper.symbol, paper.issued_on = entry.printed_number, entry.symbol, entry.dated
        paper.validate_constraints()
        paper.save()


class CompletionForm(_RegisterForm):
    """Columns filled in after the number was given."""

    class Meta:
        model = Entry
        fields = register.LATER
        widgets = _AREAS

    groups = (
        ("Chuyển văn bản", ("sent_on", "received", "copies", "keeper", "note")),
        ("Ghi trong sổ", ("signer", "recipients", "urgent")),
    )

    def clean_sent_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["sent_on"]
        if day and day > timezone.localdate():
            raise ValidationError("Ngày chuyển không được sau hôm nay.")
        if day and day < self.instance.dated:
            raise ValidationError("Ngày chuyển không được trước ngày của văn bản.")
        return day

    def complete(self) -> bool:
        data = self.cleaned_data if self.is_valid() else {}
        return self.attempt(lambda: register.complete(self.instance, self.actor.user, **data))


class VoidForm(_RegisterForm):
    class Meta:
        model = Entry
        fields = ("void_reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["void_reason"].required = True

    def ask(self) -> bool:
        return self.attempt(
            lambda: second_person.ask_void(self.instance, self.cleaned_data["void_reason"], self.actor.user)
        )


class BackDatingForm(_RegisterForm):
    """Leave for an earlier day than that of the last paper of a series numbered here."""

    kept_in = SeriesField(label="Sổ", queryset=Series.objects.all(), empty_label="Chọn sổ")

    class Meta:
        model = BackDating
        fields = ("dated", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}

    groups = (("", ("kept_in", "dated", "reason")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_in"].queryset = latest_series(self.actor).filter(  # type: ignore[attr-defined]
            source="here"
        )
        self.fields["dated"].widget.attrs |= DAY_HINT

    def ask(self) -> bool:
        return self.attempt(self._ask)

    def _ask(self) -> None:
        data = self.cleaned_data
        series = register.series_on(data["kept_in"], data["dated"])
        second_person.ask_back_dating(series, by=self.actor.user, dated=data["dated"], reason=data["reason"])
