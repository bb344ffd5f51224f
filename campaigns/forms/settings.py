"""What an organization shares and rarely changes: one table drives its lists, forms and deletions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from ..models import (
    Absence,
    Campaign,
    DayOff,
    Invitation,
    Membership,
    Neighbourhood,
    Organization,
    SigningRight,
    StandIn,
    Term,
    Unit,
    User,
)
from ..models.owned import Actor
from ..models.rights import BACKWARDS
from ..sittings import end_sittings
from .owned import OwnedForm
from .rights import AbsenceForm, DayOffForm, SigningRightForm, StandInForm

LAST_KEEPER = "Đơn vị phải còn ít nhất một người giữ vai trò quản trị hoặc Chánh Văn phòng đang hoạt động."


class SettingForm(OwnedForm):
    """A form of the settings pages: refuses a change that leaves nobody who could undo it."""

    def settle(self) -> bool:
        with transaction.atomic():
            # Two keepers who close each other at the same moment come one after the other.
            Organization.objects.select_for_update().filter(pk=self.actor.organization.pk).first()  # type: ignore[union-attr]
            saved = super().settle()
            if saved and not self.actor.organization.has_keeper(timezone.localdate()):  # type: ignore[union-attr]
                transaction.set_rollback(True)
                self.add_error(None, LAST_KEEPER)
                return False
        return saved


class OrganizationForm(SettingForm):
    owner = ""
    groups = (
        ("Cơ quan, đơn vị", ("code", "kind", "name", "short_name", "parent")),
        (
            "In trên văn bản",
            ("parent_letterhead", "letterhead", "motto", "symbol_code", "place_name", "place_noun"),
        ),
        (
            "Mã và thời gian hoạt động",
            ("administrative_code", "identifier", "valid_from", "valid_to", "successor"),
        ),
    )

    class Meta:
        model = Organization
        fields = (
            *("code", "kind", "name", "short_name", "parent", "parent_letterhead", "letterhead", "motto"),
            *("symbol_code", "place_name", "place_noun", "administrative_code", "identifier"),
            *("valid_from", "valid_to", "successor"),
        )
        widgets = {
            "letterhead": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
            "parent_letterhead": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
        }


class UnitForm(SettingForm):
    class Meta:
        model = Unit
        fields = ("code", "name")


class PersonForm(SettingForm):
    """An account of the office's own people. Nobody types another person's password."""

    owner = ""
    closed = forms.BooleanField(
        label="Khóa tài khoản",
        required=False,
        help_text="Mọi máy đang đăng nhập bị đăng xuất ngay và không vào lại được; tên vẫn còn trong lịch sử. Bỏ dấu chọn để mở lại.",
    )
    single_factor = forms.BooleanField(
        label="Tắt xác thực hai lớp",
        required=False,
        help_text="Khi người dùng mất điện thoại và hết mã khôi phục; sau đó nhắc bật lại.",
    )

    class Meta:
        model = User
        fields = ("full_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["closed"] = not self.instance.is_active
        self.factors = Authenticator.objects.filter(user=self.instance)
        if not self.factors:
            del self.fields["single_factor"]

    def clean_email(self) -> str:
        """Compared in lower case, as accounts are."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError("Thư điện tử này đã có tài khoản.")
        return email

    def clean_closed(self) -> bool:
        closed: bool = self.cleaned_data["closed"]
        if closed and self.instance.pk == self.actor.user.pk:
            raise forms.ValidationError(
                "Không ai tự khóa tài khoản của mình; hãy nhờ một người quản trị khác."
            )
        return closed

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.is_active = not self.cleaned_data["closed"]
        user.save()
        self._correct_invitations(user)
        if self.cleaned_data.get("single_factor"):
            self.factors.delete()
        if not user.is_active:
            end_sittings(user)
        return user

    def _correct_invitations(self, user: User) -> None:
        """A link that still waits leads to the corrected address, not to a second account."""
        waiting = Invitation.objects.waiting().filter(  # type: ignore[attr-defined]
            organization=self.actor.organization, email=self.initial["email"]
        )
        waiting.update(email=user.email, full_name=user.full_name)


class MembershipForm(SettingForm):
    class Meta:
        model = Membership
        fields = ("user", "role", "unit", "post", "valid_from", "valid_to")
        help_texts = {
            "unit": "Trưởng phòng kiểm tra báo cáo của phòng này; bỏ trống: của mọi phòng.",
            "valid_to": "Bỏ trống: đến khi có thay đổi.",
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", BACKWARDS)
        return given


class NeighbourhoodForm(SettingForm):
    class Meta:
        model = Neighbourhood
        fields = ("name", "order", "valid_from", "valid_to", "successor")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor: Any = self.fields["successor"]
        successor.queryset = successor.queryset.exclude(pk=self.instance.pk)


class CampaignForm(SettingForm):
    class Meta:
        model = Campaign
        fields = ("name", "started_on", "ended_on")


class TermForm(SettingForm):
    owner = ""

    class Meta:
        model = Term
        fields = ("campaign", "text", "abbreviation", "note")


def _visible(model: Any) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model.objects.visible_to(actor)


def _kept(model: Any) -> Callable[[Actor], QuerySet[Any]]:
    return lambda actor: model.objects.kept_by(actor)


@dataclass(frozen=True)
class Setting:
    """One kind of shared row. `columns` are (heading, attribute); `rows` what is listed, `kept` what may change.

    `act` is one act on all of them, as (name of its address, words of its button).
    """

    title: str
    noun: str
    model: type[Model]
    form: type[OwnedForm]
    columns: tuple[tuple[str, str], ...]
    help: str
    related: tuple[str, ...] = ()
    kept_rows: Callable[[Actor], QuerySet[Any]] | None = None
    deletable: bool = True
    act: tuple[str, str] = ("", "")

    def rows(self, actor: Actor) -> QuerySet[Any]:
        return _visible(self.model)(actor).select_related(*self.related)

    def kept(self, actor: Actor) -> QuerySet[Any]:
        return (self.kept_rows or _visible(self.model))(actor)


#: Settings by the word in their address, in the order of the page.
SETTINGS: dict[str, Setting] = {
    "don-vi": Setting(
        "Cơ quan, đơn vị",
        "cơ quan, đơn vị",
        Organization,
        OrganizationForm,
        (("Tên", "name"), ("Loại", "get_kind_display"), ("Chữ viết tắt", "symbol_code"), ("Mã", "code")),
        "Đơn vị mình và các cơ quan khác mà văn bản của mình nhắc tới.",
        kept_rows=_kept(Organization),
    ),
    "phong": Setting(
        "Phòng, bộ phận",
        "phòng, bộ phận",
        Unit,
        UnitForm,
        (("Tên", "name"), ("Ký hiệu", "code")),
        "Ký hiệu đơn vị soạn thảo do người đứng đầu cơ quan quy định: VHXH, VP…",
    ),
    "nguoi-dung": Setting(
        "Người dùng",
        "người dùng",
        User,
        PersonForm,
        (("Họ và tên", "full_name"), ("Thư điện tử", "email"), ("Đang mở", "is_active")),
        "Tài khoản của cán bộ và lời mời. Không xóa tài khoản, chỉ khóa, để tên còn trong lịch sử.",
        kept_rows=_kept(User),
        deletable=False,
    ),
    "vai-tro": Setting(
        "Vai trò",
        "vai trò",
        Membership,
        MembershipForm,
        (
            *(("Người", "user"), ("Vai trò", "get_role_display"), ("Chức vụ", "post")),
            *(("Phòng, bộ phận", "unit"), ("Từ ngày", "valid_from"), ("Đến ngày", "valid_to")),
        ),
        "Ai làm việc gì, từ ngày nào đến ngày nào. Một người có thể giữ nhiều vai trò.",
        related=("user", "unit"),
    ),
    "quyen-ky": Setting(
        "Quyền ký",
        "quyền ký",
        SigningRight,
        SigningRightForm,
        (
            *(("Người ký", "person"), ("Ký với tư cách", "get_kind_display"), ("Lĩnh vực", "scope")),
            *(("Theo văn bản", "source"), ("Từ ngày", "valid_from"), ("Đến ngày", "valid_to")),
        ),
        "Ai được ký, thay mặt ai, theo văn bản phân công nào. Báo cáo đề nghị người ký theo bảng này.",
        related=("person", "paper"),
    ),
    "vang-mat": Setting(
        "Vắng mặt",
        "ngày vắng mặt",
        Absence,
        AbsenceForm,
        (("Người", "person"), ("Từ ngày", "valid_from"), ("Đến hết ngày", "valid_to"), ("Lý do", "reason")),
        "Người vắng mặt không được đề nghị ký trước; việc của văn thư, trưởng phòng, Chánh Văn phòng thì giao làm thay.",
        related=("person",),
    ),
    "lam-thay": Setting(
        "Làm thay",
        "việc làm thay",
        StandIn,
        StandInForm,
        (
            *(("Người làm thay", "person"), ("Thay", "absent"), ("Vai trò", "get_role_display")),
            *(("Phòng, bộ phận", "unit"), ("Từ ngày", "valid_from"), ("Đến hết ngày", "valid_to")),
        ),
        "Ai làm thay văn thư, trưởng phòng hoặc Chánh Văn phòng, từ ngày nào đến hết ngày nào.",
        related=("person", "absent", "unit"),
    ),
    "ngay-nghi": Setting(
        "Ngày nghỉ, ngày làm bù",
        "ngày nghỉ, ngày làm bù",
        DayOff,
        DayOffForm,
        (("Ngày", "day"), ("Loại", "get_kind_display"), ("Tên", "name")),
        "Thời hạn được đếm theo ngày làm việc: thứ Hai đến thứ Sáu, trừ ngày nghỉ, cộng ngày làm bù.",
        kept_rows=_kept(DayOff),
        act=("holidays_load", "Nạp ngày nghỉ lễ theo luật"),
    ),
    "to-dan-pho": Setting(
        "Tổ dân phố",
        "tổ dân phố",
        Neighbourhood,
        NeighbourhoodForm,
        (
            *(("Tên", "name"), ("Thứ tự", "order"), ("Từ ngày", "valid_from"), ("Đến ngày", "valid_to")),
            ("Sáp nhập vào", "successor"),
        ),
        "Khi tổ dân phố sáp nhập, điền ngày cuối và tổ nhận; số liệu cũ vẫn giữ nguyên.",
        related=("successor",),
    ),
    "phong-trao": Setting(
        "Phong trào, chương trình",
        "phong trào",
        Campaign,
        CampaignForm,
        (("Tên", "name"), ("Bắt đầu", "started_on"), ("Kết thúc", "ended_on")),
        "Văn bản, tổ và số liệu xếp theo phong trào.",
    ),
    "thuat-ngu": Setting(
        "Thuật ngữ",
        "thuật ngữ",
        Term,
        TermForm,
        (
            *(("Cách viết thống nhất", "text"), ("Viết tắt", "abbreviation"), ("Phong trào", "campaign")),
            ("Ghi chú", "note"),
        ),
        "Mỗi tên gọi chỉ một cách viết trong mọi báo cáo.",
        related=("campaign",),
    ),
}
