"""What the signing pages ask: a signed file, a key and its passphrase, an image, a file to be judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from campaigns.forms.uploads import UploadField

from ..signing import images

NO_SECRETS = "Không đưa tài liệu mật lên đây."


def only_pdf(file: UploadedFile) -> None:
    """ValidationError for anything that is not a PDF."""
    file.seek(0)
    begins = file.read(5)
    file.seek(0)
    if begins != b"%PDF-":
        raise ValidationError("Chỉ nhận tệp PDF đã ký số.")


class SignedFileForm(forms.Form):
    """A file that comes back signed, or that is to be judged."""

    file = UploadField(label="Tệp PDF đã ký", required=True, help_text=NO_SECRETS, validators=[only_pdf])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".pdf,application/pdf"

    @property
    def content(self) -> bytes:
        content: bytes = self.cleaned_data["file"].read()
        return content


class KeyForm(forms.Form):
    """A key file or a device in this machine, and what opens it: used once, never kept."""

    p12 = forms.FileField(
        label="Tệp khóa (.p12, .pfx)", required=False, widget=forms.FileInput(attrs={"accept": ".p12,.pfx"})
    )
    token = forms.CharField(label="Tên thiết bị ký cắm ở máy chủ", required=False, max_length=64)
    label = forms.CharField(label="Tên khóa trên thiết bị", required=False, max_length=64)
    passphrase = forms.CharField(
        label="Mật khẩu hoặc mã PIN",
        required=False,
        max_length=200,
        strip=False,
        help_text="Chỉ dùng cho lần ký này, không lưu lại.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.PKCS11_MODULE:
            del self.fields["token"], self.fields["label"]
            self.fields["p12"].required = True

    def clean_p12(self) -> Any:
        file = self.cleaned_data["p12"]
        if file and file.size > 64 * 1024:
            raise ValidationError("Tệp khóa không lớn như vậy; hãy chọn lại.")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("p12") and "p12" not in self.errors and not cleaned.get("token"):
            self.add_error("p12", "Chọn tệp khóa, hoặc ghi tên thiết bị ký.")
        if cleaned.get("token") and not cleaned.get("label"):
            self.add_error("label", "Ghi tên khóa trên thiết bị.")
        return cleaned


class CopyForm(KeyForm):
    """A scan of the paper signed by hand, and the agency's key."""

    scan = UploadField(
        label="Bản chụp bản giấy đã ký (PDF)",
        required=True,
        help_text=f"Chụp màu, từ 200 dpi, đủ mọi trang. {NO_SECRETS}",
        validators=[only_pdf],
    )
    field_order = ("scan", "p12", "token", "label", "passphrase")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="copy", **kwargs)
        self.fields["scan"].widget.attrs["accept"] = ".pdf,application/pdf"


class MarkForm(forms.Form):
    """The image of a signature or seal, and the certificate's name where it differs."""

    image = forms.FileField(
        label="Ảnh PNG nền trong suốt",
        required=False,
        max_length=100,
        widget=forms.FileInput(attrs={"accept": ".png,image/png"}),
    )
    certificate_name = forms.CharField(
        label="Tên ghi trong chứng thư",
        required=False,
        max_length=200,
        help_text="Chỉ điền khi chứng thư số ghi tên khác.",
    )
    remove = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    def __init__(self, *args: Any, seal: bool, has_image: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seal = seal
        colour = "Con dấu màu đỏ, cắt sát mép" if seal else "Nét chữ ký màu xanh"
        self.fields["image"].help_text = f"{colour}; cạnh dài từ {images.LEAST} điểm ảnh, tối đa 1 MB."
        if not has_image:
            del self.fields["remove"]

    def clean_image(self) -> bytes | None:
        file = self.cleaned_data["image"]
        if not file:
            return None
        try:
            return images.check(file.read(), seal=self.seal)
        except images.ImageError as error:
            raise ValidationError(str(error)) from error
