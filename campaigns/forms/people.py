"""Inviting a person, and taking up an invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from ..models import Invitation, Membership, User
from .owned import OwnedForm

RULES = (
    "Ít nhất 10 ký tự, không giống họ tên hay thư điện tử, không phải mật khẩu thường gặp, không toàn chữ số."
)
NEW_PASSWORD = {"autocomplete": "new-password"}


class InvitationForm(OwnedForm):
    """Who is invited, and to what."""

    groups = (
        ("Người được mời", ("full_name", "email")),
        ("Công việc", ("role", "post", "unit", "valid_from", "valid_to")),
    )

    class Meta:
        model = Invitation
        fields = ("full_name", "email", "role", "post", "unit", "valid_from", "valid_to")
        help_texts = {
            "email": "Dùng để đăng nhập.",
            "post": "Như in trên văn bản, ví dụ: Phó Chánh Văn phòng.",
            "valid_from": "Bỏ trống: ngay khi nhận lời mời.",
            "valid_to": "Bỏ trống: đến khi có thay đổi.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.invited_by = self.actor.user

    def clean_email(self) -> str:
        """Compared in lower case, as accounts are; own people already have what an invitation gives."""
        email = str(self.cleaned_data["email"]).strip().lower()
        own = Membership.objects.filter(organization=self.actor.organization, user__email=email)
        if own.filter(user__is_active=False).exists():
            raise forms.ValidationError("Tài khoản này đang khóa; mở lại ở mục Người dùng.")
        if own.exists():
            raise forms.ValidationError("Người này đã có tài khoản ở đơn vị; thêm vai trò ở mục Vai trò.")
        return email

    def clean(self) -> dict[str, Any]:
        """The database refuses a second waiting one too, but its condition is on fields that nobody types."""
        given = super().clean() or self.cleaned_data
        same = {name: given.get(name) for name in ("email", "role")}
        if Invitation.objects.waiting().filter(organization=self.actor.organization, **same).exists():  # type: ignore[attr-defined]
            raise forms.ValidationError(
                "Đã có lời mời vai trò này đang chờ; mở lời mời đó ở mục Người dùng để chép lại đường dẫn."
            )
        return given


class PasswordForm(forms.Form):
    """The first password of an account, typed twice; every field with its rules and its error."""

    full_name = forms.CharField(label="Họ và tên", max_length=100)
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW_PASSWORD),
        help_text=RULES,
    )
    again = forms.CharField(
        label="Gõ lại mật khẩu", max_length=200, strip=False, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password:
            person = User(email=self.email or given.get("email", ""), full_name=given.get("full_name", ""))
            self._check(password, person)
        if password and "again" in given and given["again"] != password:
            self.add_error("again", "Hai lần gõ chưa giống nhau.")
        return given

    def _check(self, password: str, person: User) -> None:
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            self.add_error("password", error)
