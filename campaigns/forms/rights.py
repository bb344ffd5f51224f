"""Forms of signing rights, absences, stand-ins and days off: what cannot be is refused beside its field."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

from django import forms
from django.db.models import Q

from ..calendar import Calendar
from ..citations import format_date
from ..models import Absence, DayOff, Membership, RightKind, Role, SigningRight, StandIn, User
from ..models.calendar import DayKind
from ..models.rights import BACKWARDS, HEADS
from .lookup import PaperField
from .owned import OwnedForm, RowsField

#: What one of the printed lines opens with when a person signs so (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7.a).
OPENINGS = {
    RightKind.DEPUTY: "KT.",
    RightKind.ACTING: "Q.",
    RightKind.BY_ORDER: "TL.",
    RightKind.AUTHORISED: "TUQ.",
}
TYPICAL = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
IN_WRITING = "Ký thừa ủy quyền phải ghi rõ văn bản ủy quyền (NĐ 30/2020/NĐ-CP, Điều 13)."
LIMITED_TIME = "Ký thừa ủy quyền chỉ có thời hạn: phải ghi ngày này."
LIMITED_SCOPE = "Ký thừa ủy quyền phải ghi phạm vi được ký."


class DatedForm(OwnedForm):
    """A row from one day to another; only people with an open account are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "absent"):
            if name in self.fields:
                field: Any = self.fields[name]
                kept = getattr(self.instance, f"{name}_id")
                field.queryset = field.queryset.filter(Q(is_active=True) | Q(pk=kept))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = self.period
        if first and last and last < first:
            self.add_error("valid_to", BACKWARDS)
        return given

    @property
    def period(self) -> tuple[datetime.date | None, datetime.date | None]:
        return self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")

    def meeting(self, rows: Any) -> Any:
        """Other rows of the organization with a day in common."""
        first, last = self.period
        rows = rows.filter(organization=self.actor.organization).exclude(pk=self.instance.pk)
        if first:
            rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=first))
        if last:
            rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=last))
        return rows


class SigningRightForm(DatedForm):
    groups = (
        ("Người ký", ("person", "kind", "lines", "role")),
        ("Theo văn bản nào, trong phạm vi nào", ("paper", "notice", "scope", "units", "campaigns")),
        ("Thời gian", ("valid_from", "valid_to")),
    )
    paper = PaperField(label="Văn bản phân công, ủy quyền (trong sổ)")

    class Meta:
        model = SigningRight
        fields = (
            *("person", "kind", "lines", "role", "paper", "notice", "scope", "units", "campaigns"),
            *("valid_from", "valid_to"),
        )
        widgets = {
            "lines": forms.Textarea(attrs={"rows": 3}),
            "scope": forms.Textarea(attrs={"rows": 2}),
            "units": forms.CheckboxSelectMultiple,
            "campaigns": forms.CheckboxSelectMultiple,
        }
        field_classes = {"units": RowsField, "campaigns": RowsField}
        help_texts = {
            "units": "Báo cáo của các phòng này đề nghị người này ký trước. Không chọn: mọi phòng.",
            "campaigns": "Báo cáo của phong trào này đề nghị người này ký trước.",
            "valid_to": "Bỏ trống: đến khi có phân công mới. Thừa ủy quyền phải có ngày cuối.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial |= {"kind": RightKind.DEPUTY, "lines": TYPICAL}

    def clean_lines(self) -> str:
        """Capitals, one line each, no empty ones."""
        text = unicodedata.normalize("NFC", self.cleaned_data["lines"])
        lines = [" ".join(line.split()).upper() for line in text.splitlines()]
        return "\n".join(filter(None, lines))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        kind = given.get("kind")
        if kind and given.get("lines"):
            self._check_lines(kind, given["lines"])
        if kind == RightKind.AUTHORISED:
            self._check_authorised(given)
        if kind in HEADS and given.get("person"):
            self._check_one_head(given["person"])
        return given

    def _check_lines(self, kind: str, lines: str) -> None:
        openings = {
            opening for opening in OPENINGS.values() for line in lines.split("\n") if line.startswith(opening)
        }
        needed = OPENINGS.get(RightKind(kind))
        if needed and needed not in openings:
            self.add_error("lines", f"Ký với tư cách này thì phải có hàng mở đầu bằng “{needed}”.")
        elif not needed and openings:
            self.add_error("lines", f"Người đứng đầu ký thì không ghi “{min(openings)}”.")

    def _check_authorised(self, given: dict[str, Any]) -> None:
        if not (given.get("paper") or given.get("notice") or "paper" in self.errors):
            self.add_error("paper", IN_WRITING)
        if not given.get("scope") and "scope" not in self.errors:
            self.add_error("scope", LIMITED_SCOPE)
        for name in ("valid_from", "valid_to"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, LIMITED_TIME)

    def _check_one_head(self, person: User) -> None:
        rows = self.meeting(SigningRight.objects.all()).filter(kind__in=HEADS).exclude(person=person)
        other = rows.select_related("person").first()
        if other:
            self.add_error(
                "valid_from",
                f"Trong thời gian này {other.person} đã ký với tư cách {other.get_kind_display().lower()}; "
                "hãy ghi ngày cuối cho người trước.",
            )


class AbsenceForm(DatedForm):
    class Meta:
        model = Absence
        fields = ("person", "valid_from", "valid_to", "reason")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("person") and given.get("valid_from") and "valid_to" not in self.errors:
            other = self.meeting(Absence.objects.filter(person=given["person"])).first()
            if other:
                end = f"đến {format_date(other.valid_to)}" if other.valid_to else "chưa rõ ngày về"
                self.add_error(
                    "valid_from",
                    f"Đã ghi người này vắng mặt từ {format_date(other.valid_from)} {end}; hãy sửa dòng đó.",
                )
        return given


class StandInForm(DatedForm):
    """The absent person holds the role on every day of the period; the other one does not hold it yet."""

    groups = (
        ("Thay ai, việc gì", ("absent", "role", "unit", "person")),
        ("Thời gian", ("valid_from", "valid_to")),
        ("Theo văn bản, ý kiến nào", ("paper", "notice")),
    )
    paper = PaperField(label="Văn bản giao làm thay (trong sổ)")

    class Meta:
        model = StandIn
        fields = ("absent", "role", "unit", "person", "valid_from", "valid_to", "paper", "notice")
        help_texts = {"unit": "Bỏ trống: phòng của người vắng mặt."}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        asked = ("absent", "role", "person", "valid_from", "valid_to")
        if all(given.get(name) for name in asked) and not self.errors:
            self._check(given)
        return given

    def _check(self, given: dict[str, Any]) -> None:
        if given["absent"] == given["person"]:
            return self.add_error("person", "Không ai làm thay cho chính mình.")
        held = self._held(given["absent"], given)
        if not held:
            role = Role(given["role"]).label
            return self.add_error(
                "absent", f"Người này không giữ vai trò “{role}” suốt những ngày đó; xem mục Vai trò."
            )
        self._settle_unit(given, {membership.unit for membership in held})
        own = {membership.unit for membership in self._held(given["person"], given)}
        if not self.errors and own & {None, given["unit"]}:
            self.add_error("person", "Người này đã tự giữ vai trò đó.")
        return None

    def _held(self, person: User, given: dict[str, Any]) -> list[Membership]:
        """Memberships by which a person holds the role on the first and on the last day."""
        both_days = Membership.objects.on(given["valid_from"]) & Membership.objects.on(given["valid_to"])
        rows = both_days.filter(user=person, role=given["role"], organization=self.actor.organization)
        return list(rows.select_related("unit"))

    def _settle_unit(self, given: dict[str, Any], units: set[Any]) -> None:
        """The unit stood in for is one the absent person's role names; none asked and one there is: that one."""
        if given.get("unit") is None and len(units) > 1:
            names = ", ".join(sorted(unit.name for unit in units if unit))
            self.add_error("unit", f"Người vắng mặt giữ vai trò này ở nhiều nơi ({names}): hãy chọn một.")
        elif given.get("unit") is None:
            given["unit"] = next(iter(units))
        elif not units & {given["unit"], None}:
            self.add_error("unit", "Người vắng mặt không giữ vai trò đó ở phòng này.")


class DayOffForm(OwnedForm):
    class Meta:
        model = DayOff
        fields = ("day", "kind", "name")
        help_texts = {"kind": "Ngày làm bù: thứ Bảy, Chủ nhật đi làm thay cho một ngày đã được nghỉ."}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day = given.get("day")
        if day and given.get("kind") == DayKind.WORKED and Calendar().is_working(day):
            free = DayOff.objects.filter(day=day, organization=None, kind=DayKind.OFF)
            if not free.exists():
                self.add_error("day", f"Ngày {format_date(day)} vốn là ngày làm việc trong tuần.")
        return given
