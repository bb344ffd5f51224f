"""Forms of connections: a token for a partner, and the token a partner gave us."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from campaigns.models import Organization
from campaigns.models.owned import Actor

from ..models import Connection, Token

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _partners(actor: Actor) -> Any:
    own = actor.organization.pk if actor.organization else None
    return Organization.objects.visible_to(actor).exclude(pk=own)


class TokenForm(forms.ModelForm):
    class Meta:
        model = Token
        fields = ("partner", "name")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = _partners(actor)  # type: ignore[attr-defined]


class ConnectionForm(forms.ModelForm):
    address = forms.URLField(
        label="Địa chỉ",
        max_length=300,
        assume_scheme="https",
        help_text="Ví dụ: https://baocao.so.example (không kèm đường dẫn).",
    )
    secret = forms.CharField(
        label="Khóa do bên kia cấp",
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Lưu có mã hóa; không xem lại được.",
    )

    class Meta:
        model = Connection
        fields = ("partner", "address", "secret")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["partner"].queryset = _partners(actor)  # type: ignore[attr-defined]

    def clean_partner(self) -> Organization:
        partner: Organization = self.cleaned_data["partner"]
        if Connection.objects.filter(organization=self.actor.organization, partner=partner).exists():
            raise forms.ValidationError("Cơ quan này đã có kết nối: bỏ kết nối cũ rồi ghi lại.")
        return partner

    def clean_address(self) -> str:
        """Over the open network only encrypted: the token travels with every call."""
        address = str(self.cleaned_data["address"]).rstrip("/")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
            raise forms.ValidationError(
                "Ghi địa chỉ dạng https://tên-máy, không kèm tên người dùng hay tham số."
            )
        if parts.scheme == "http" and settings.HTTPS and parts.hostname not in LOOPBACK:
            raise forms.ValidationError("Dùng https: khóa kết nối đi cùng mỗi lần gửi.")
        return address
