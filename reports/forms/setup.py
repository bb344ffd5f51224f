"""Forms of the first day: one page asks one thing, proposals are already typed in."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from campaigns import changes, holidays
from campaigns.forms.owned import CHANGED_MEANWHILE, DAY_HINT, OwnedForm, RowForm
from campaigns.forms.people import PasswordForm
from campaigns.invitations import offer
from campaigns.models import Membership, Organization, RightKind, Role, SigningRight, Unit, User
from campaigns.models.organizations import FORM_CHECKERS, OrganizationKind
from campaigns.models.owned import Actor
from config import first_day as console
from config.accounts import DEMO_DOMAIN

from .. import first_day
from ..models import Series
from ..models.register import Source

BLANK_ROWS = 3
MOST_ROWS = 60
LONGEST_PLACE = 80  # characters of a place's own name


class AdministratorForm(PasswordForm):
    """The first account, made by whoever can read the server's console."""

    code = forms.CharField(
        label="Mã thiết lập",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        help_text="Mã in trên màn hình máy chủ lúc khởi động, dạng ABCD-EFGH-JKLM.",
    )
    email = forms.EmailField(label="Thư điện tử", max_length=254, help_text="Dùng để đăng nhập.")
    field_order = ("code", "full_name", "email", "password", "again")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not console.matches(code):
            raise forms.ValidationError(
                "Mã không đúng. Xem lại màn hình máy chủ; mỗi lần khởi động mã được thay mới."
            )
        return code

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if email.endswith(f"@{DEMO_DOMAIN}"):  # closed as soon as DEMO=0
            raise forms.ValidationError("Địa chỉ này dành cho dữ liệu minh họa; dùng địa chỉ thật.")
        return email


class NameForm(forms.Form):
    """Kind and own name; the rest of an organization is proposed from them."""

    kind = forms.ChoiceField(label="Loại đơn vị", choices=OrganizationKind.choices)
    own_name = forms.CharField(
        label="Tên đơn vị",
        max_length=150,
        help_text="Phường, xã, đặc khu: chỉ gõ tên riêng, ví dụ Nhị Chiểu. Cơ quan khác: gõ tên đầy đủ.",
    )
    valid_from = forms.DateField(
        label="Hoạt động từ ngày",
        required=False,
        widget=forms.DateInput(attrs=DAY_HINT),
        help_text="Phường, xã lập theo sắp xếp năm 2025: 01/7/2025. Không có văn bản nào của đơn vị trước ngày này.",
    )

    def __init__(self, actor: Actor, data: Any = None) -> None:
        here = actor.organization
        given: dict[str, Any] = {"kind": "ward", "valid_from": datetime.date(2025, 7, 1)}
        if here:
            given = {"kind": here.kind, "own_name": first_day.own_name(here), "valid_from": here.valid_from}
        super().__init__(data, initial=given)
        self.actor = actor

    def settle(self) -> bool:
        """Make the organization with its first administrator, or rename it; proposals follow unless corrected."""
        if not self.is_valid():
            return False
        typed = self.cleaned_data
        fields = first_day.named(typed["kind"], typed["own_name"]) | {"valid_from": typed["valid_from"]}
        if self.actor.organization:
            self._rename(self.actor.organization, fields)
        else:
            self._make(fields)
        return True

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        is_ward = typed.get("kind") in first_day.NOUNS
        if is_ward and len(typed.get("own_name", "")) > LONGEST_PLACE:
            self.add_error("own_name", f"Tên riêng dài nhất {LONGEST_PLACE} ký tự.")
        return typed

    @transaction.atomic
    def _make(self, fields: dict[str, Any]) -> None:
        User.objects.select_for_update().get(pk=self.actor.user.pk)  # one organization, however often sent
        made = Membership.objects.filter(user=self.actor.user).select_related("organization").first()
        if made:
            self.actor = Actor(self.actor.user, made.organization, frozenset({made.role}))
            return
        organization = Organization.objects.create(**fields)
        role = {"role": Role.ADMINISTRATOR, "user": self.actor.user}
        Membership.objects.create(organization=organization, **role)
        holidays.load(organization)
        self.actor = Actor(self.actor.user, organization, frozenset({Role.ADMINISTRATOR}))
        changes.record_save(self.actor, organization, None)

    def _rename(self, here: Organization, fields: dict[str, Any]) -> None:
        """What the officer corrected by hand stays."""
        proposed = first_day.named(here.kind, first_day.own_name(here))
        with changes.told(self.actor, here):
            for name, value in fields.items():
                kept = name == "code" or (name in proposed and getattr(here, name) != proposed[name])
                if name in ("kind", "name", "valid_from") or not kept:
                    setattr(here, name, value)
            here.save()


class StepForm(OwnedForm):
    """Some fields of the organization itself."""

    owner = ""

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data, instance=actor.organization, actor=actor)


class LetterheadForm(StepForm):
    class Meta:
        model = Organization
        fields = ("parent_letterhead", "letterhead", "motto", "symbol_code")
        widgets = {
            "parent_letterhead": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
            "letterhead": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        }


class PlaceForm(StepForm):
    class Meta:
        model = Organization
        fields = ("place_name", "place_noun")

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(actor, data)
        self.fields["place_name"].required = True
        self.fields[
            "place_name"
        ].help_text = "In trước ngày, tháng, năm: Nhị Chiểu, ngày 19 tháng 5 năm 2026."


class FormCheckerForm(StepForm):
    class Meta:
        model = Organization
        fields = ("form_checker",)
        widgets = {"form_checker": forms.RadioSelect}

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(actor, data)
        self.fields["form_checker"].choices = [(role.value, role.label) for role in FORM_CHECKERS]  # type: ignore[attr-defined]


class OrderForm(StepForm):
    number_first = forms.TypedChoiceField(
        label="Cấp số lúc nào",
        choices=[
            ("False", "Sau khi ký: lãnh đạo ký, rồi văn thư cấp số và ngày, đóng dấu, phát hành"),
            ("True", "Trước khi ký: văn thư cấp số và ngày, rồi lãnh đạo ký"),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Organization
        fields = ("number_first",)


class ProposedRow(RowForm):
    """A row that counts as soon as its first box holds something, even when that was proposed."""

    owner = "organization"
    telling = ""

    def has_changed(self) -> bool:
        if self.instance.pk:
            return super().has_changed()
        return bool(str(self.data.get(self.add_prefix(self.telling), "")).strip())


class UnitRow(ProposedRow):
    telling = "name"

    class Meta:
        model = Unit
        fields = ("name", "code")


class RightRow(ProposedRow):
    telling = "person"

    class Meta:
        model = SigningRight
        fields = ("person", "kind", "lines", "notice", "valid_from")
        labels = {"lines": "in trên họ tên", "notice": "theo văn bản"}
        widgets = {"lines": forms.Textarea(attrs={"rows": 4, "maxlength": 300})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # TUQ. needs a scope and a last day, which have a page of their own
        held = {RightKind.AUTHORISED.value} - {self.instance.kind}
        kind: Any = self.fields["kind"]
        kind.choices = [(value, label) for value, label in kind.choices if value not in held]


class SeriesRow(ProposedRow):
    telling = "name"

    class Meta:
        model = Series
        fields = ("name", "kind", "symbol", "source", "first_number")
        labels = {"first_number": "số tiếp theo"}

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"year"}  # type: ignore[no-any-return]


class Rows:
    """A page of rows: those there are, those proposed, and a few blank ones. Saved together or not at all."""

    row: type[ProposedRow]
    add = "Thêm dòng"

    def __init__(self, actor: Actor, data: Any = None) -> None:
        self.actor = actor
        model: Any = self.row._meta.model  # type: ignore[attr-defined]
        kept = self.kept(model.objects.visible_to(actor).order_by("pk"))
        proposed = self.proposed()
        made = forms.modelformset_factory(
            model,
            form=self.row,
            extra=len(proposed) + (1 if proposed or kept else BLANK_ROWS),
            can_delete=True,
            max_num=MOST_ROWS,
            validate_max=True,
            absolute_max=MOST_ROWS + 1,
        )
        self.formset = made(
            data, queryset=kept, initial=proposed, form_kwargs={"actor": actor}, prefix="dong"
        )
        for form in self.formset:
            self.complete(form)

    def kept(self, rows: Any) -> Any:
        return rows

    def proposed(self) -> list[dict[str, Any]]:
        return []

    def complete(self, form: Any) -> None:
        """What a row needs and nobody types."""

    def is_valid(self) -> bool:
        return bool(self.formset.is_valid())

    def settle(self) -> bool:
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self._save()
        except ProtectedError as error:
            used = next(iter(error.protected_objects))
            self._refuse(f"Có dòng đang được dùng ({used}) nên chưa xóa được.")
            return False
        except IntegrityError:
            self._refuse(CHANGED_MEANWHILE)
            return False
        return True

    def _refuse(self, words: str) -> None:
        self.formset._non_form_errors = self.formset.error_class([words])

    def _save(self) -> None:
        for form in self.formset.deleted_forms:
            if form.instance.pk:
                gone = changes.content(form.instance)
                form.instance.delete()
                changes.record_delete(self.actor, gone)
        for form in self.formset:
            if form.has_changed() and form not in self.formset.deleted_forms:
                with changes.told(self.actor, form.instance):
                    form.save()


class Units(Rows):
    row = UnitRow
    add = "Thêm phòng, bộ phận"

    def proposed(self) -> list[dict[str, Any]]:
        here = self.actor.organization
        return [] if here is None or here.units.exists() else first_day.units(here)


class Rights(Rows):
    row = RightRow
    add = "Thêm quyền ký"

    def __init__(self, actor: Actor, data: Any = None) -> None:
        self.people = [("", "---------"), *((p.pk, str(p)) for p in User.objects.visible_to(actor))]
        super().__init__(actor, data)

    def proposed(self) -> list[dict[str, Any]]:
        return first_day.rights(self.actor.organization)  # type: ignore[arg-type]

    def complete(self, form: Any) -> None:
        form.fields["person"].choices = self.people


class SeriesRows(Rows):
    row = SeriesRow
    add = "Thêm sổ"

    def __init__(self, actor: Actor, data: Any = None) -> None:
        self.today = timezone.localdate()
        self.opening = first_day.series(actor.organization, self.today)  # type: ignore[arg-type]
        super().__init__(actor, data)

    def kept(self, rows: Any) -> Any:
        return rows.filter(year=self.today.year)

    def proposed(self) -> list[dict[str, Any]]:
        here = self.actor.organization
        started = here is not None and here.series.filter(year=self.today.year).exists()
        return [] if started else [row | {"source": Source.HERE} for row in self.opening]

    def complete(self, form: Any) -> None:
        if form.instance.pk is None:
            form.instance.year = self.today.year
            form.instance.starts_on = self.opening[0]["starts_on"]


class PersonRow(forms.Form):
    """One person and what he or she does here."""

    full_name = forms.CharField(label="Họ và tên", max_length=100)
    email = forms.EmailField(label="Thư điện tử", max_length=254)
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    post = forms.CharField(label="Chức vụ", max_length=100, required=False)
    unit = forms.TypedChoiceField(
        label="Phòng, bộ phận", required=False, coerce=lambda pk: int(pk) if pk else None, empty_value=None
    )

    def __init__(self, *args: Any, units: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        for field in self.fields.values():
            look = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            field.widget.attrs["class"] = look

    def has_changed(self) -> bool:
        """The role of an empty row is chosen beforehand and means nothing."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("full_name", "email"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class PeopleSet(forms.BaseFormSet):
    def clean(self) -> None:
        """One role of one person is one row."""
        seen = set()
        for form in self.forms:
            given = (form.cleaned_data.get("email"), form.cleaned_data.get("role"))
            if given in seen and all(given):
                form.add_error("email", "Người này với vai trò này đã ở dòng trên.")
            seen.add(given)


#: Roles of the first blank rows: whom a ward needs before its first report can go out.
FIRST_ROLES = (Role.LEADER, Role.LEADER, Role.CHIEF_OF_OFFICE, Role.CLERK, Role.HEAD, Role.DRAFTER)


class People:
    """People to add. Who is new gets an account at once, so that he can be made a signer, and a link to enter."""

    add = "Thêm người"

    def __init__(self, actor: Actor, data: Any = None) -> None:
        self.actor = actor
        held = Membership.objects.visible_to(actor).select_related("user", "unit")
        self.held = held.order_by("pk")
        missing = [role for role in FIRST_ROLES if role not in {row.role for row in self.held}]
        units = Unit.objects.visible_to(actor)
        choices = [("", "---------"), *((unit.pk, unit.name) for unit in units)]
        made = forms.formset_factory(
            PersonRow,
            formset=PeopleSet,
            extra=max(len(missing), BLANK_ROWS),
            max_num=MOST_ROWS,
            validate_max=True,
            absolute_max=MOST_ROWS + 1,
        )
        self.formset = made(data, form_kwargs={"units": choices}, prefix="dong")
        if data is None:
            for form, role in zip(self.formset, missing, strict=False):
                form.initial["role"] = role

    def is_valid(self) -> bool:
        return bool(self.formset.is_valid())

    def settle(self) -> bool:
        if not self.is_valid():
            return False
        with transaction.atomic():
            for form in self.formset:
                if form.has_changed():
                    offer(self.actor, **form.cleaned_data)
        return True
