"""Thiết lập đơn vị: the first account, then one page for one thing until the first report can be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from campaigns.gate import SESSION_KEY, require, visible
from campaigns.models import Invitation, Membership, Setup, SigningRight, Unit, User
from campaigns.models.organizations import KEEPERS
from campaigns.models.owned import Actor
from campaigns.views.saving import posted
from config import first_day as console

from ..forms import setup as forms
from ..models import Series


@dataclass(frozen=True)
class Step:
    """One page. `form` is called with who asks and what was typed; it has is_valid() and settle()."""

    title: str
    why: str
    form: Callable[[Actor, Any], Any]


#: The pages by the word in their address, in their order.
STEPS: dict[str, Step] = {
    "ten": Step(
        "Tên đơn vị", "Từ tên này phần mềm đề xuất phần đầu văn bản, địa danh và ký hiệu.", forms.NameForm
    ),
    "dau-van-ban": Step(
        "Phần đầu văn bản",
        "Tên cơ quan in ở góc trái và ký hiệu, theo Nghị định 30/2020/NĐ-CP. UBND phường, xã không ghi cơ quan chủ quản.",
        forms.LetterheadForm,
    ),
    "dia-danh": Step("Địa danh", "In trước ngày, tháng, năm của văn bản.", forms.PlaceForm),
    "phong": Step(
        "Phòng, bộ phận",
        "Ký hiệu dùng trong số công văn và nơi nhận “Lưu: VT, …”. Sửa cho đúng quy định của đơn vị.",
        forms.Units,
    ),
    "nguoi": Step(
        "Người và vai trò",
        "Ai soạn, ai kiểm tra, ai ký, ai cấp số. Một người giữ nhiều vai trò thì ghi nhiều dòng cùng thư điện tử. Mỗi người mới có một đường dẫn riêng để tự đặt mật khẩu.",
        forms.People,
    ),
    "quyen-ky": Step(
        "Quyền ký",
        "Ai được ký và in gì trên họ tên. Cấp phó: ghi số, ngày của thông báo phân công nhiệm vụ. Thừa ủy quyền (TUQ.), lĩnh vực được phân công, ngày vắng mặt: ghi sau ở mục Thiết lập.",
        forms.Rights,
    ),
    "so-van-ban": Step(
        "Sổ cấp số",
        "Số tiếp theo của từng loại văn bản năm nay. Nếu số do hệ thống của thành phố cấp, chọn “nhập vào đây”.",
        forms.SeriesRows,
    ),
    "the-thuc": Step(
        "Kiểm tra thể thức", "Người kiểm tra hình thức văn bản trước khi trình ký.", forms.FormCheckerForm
    ),
    "thu-tu": Step("Thứ tự ký và cấp số", "Theo Nghị định 30 (Điều 13, 14): ký rồi cấp số.", forms.OrderForm),
}
ORDER = list(STEPS)


@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """The very first visit: make the administrator. Closed for good once there is an account."""
    if not console.is_open():
        return redirect("home")
    form = forms.AdministratorForm(posted(request))
    if request.method == "POST" and form.is_valid():
        user = _administrator(form.cleaned_data)
        if user:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("setup_step", ORDER[0])
        form.add_error("code", "Mã này vừa được dùng.")
    return render(request, "reports/setup_account.html", {"form": form})


@transaction.atomic
def _administrator(given: dict[str, Any]) -> User | None:
    """None when somebody else was quicker with the same code."""
    if not console.spend():
        return None
    return User.objects.create_user(given["email"], given["password"], full_name=given["full_name"])


def setup_home(request: HttpRequest) -> HttpResponse:
    """Every step with its state: where to go on, and where to come back to."""
    actor = _asked(request)
    state = _state(actor)
    context = {
        "steps": [(key, step, key in state.done, key in state.drafts) for key, step in STEPS.items()],
        "next": _next(state),
        "finished": state.finished_at,
    }
    return render(request, "reports/setup_home.html", context)


def setup_step(request: HttpRequest, key: str) -> HttpResponse:
    """One step: what was typed is kept when going back or leaving, and saved when going on."""
    if key not in STEPS:
        raise Http404
    actor = _asked(request)
    state, at = _state(actor), ORDER.index(key)
    if actor.organization is None and at:
        return redirect("setup_step", ORDER[0])
    if request.method == "POST" and "save" not in request.POST:
        _keep(state, key, request.POST)
        return redirect("setup_step", ORDER[at - 1]) if "back" in request.POST and at else redirect("home")
    draft = QueryDict(state.drafts[key]) if key in state.drafts else None
    form = STEPS[key].form(actor, posted(request) or draft)
    if request.method == "POST" and form.settle():
        _done(request, form.actor, key)
        return redirect("setup_step", ORDER[at + 1]) if at + 1 < len(ORDER) else redirect("setup_done")
    context = {
        "key": key,
        "step": STEPS[key],
        "number": at + 1,
        "of": len(ORDER),
        "page": form,
        "form": None if hasattr(form, "formset") else form,
        "formset": getattr(form, "formset", None),
        "drafted": draft is not None and request.method != "POST",
        "back": ORDER[at - 1] if at else "",
    }
    return render(request, "reports/setup_step.html", context)


def setup_done(request: HttpRequest) -> HttpResponse:
    """What has been set up, the links to hand out, and the way to the first report."""
    actor = _asked(request)
    if actor.organization is None:
        return redirect("setup_step", ORDER[0])
    state = _state(actor)
    if not state.finished_at and _next(state) is None:
        state.finished_at = timezone.now()
        state.save()
    context = {
        "next": _next(state),
        "missing": STEPS[_next(state) or ORDER[0]],
        "units": visible(request, Unit),
        "people": visible(request, Membership.objects.select_related("user")).order_by("pk"),
        "rights": visible(request, SigningRight.objects.select_related("person")),
        "series": visible(request, Series).filter(year=timezone.localdate().year).order_by("pk"),
        "invitations": visible(request, Invitation.objects.waiting()),
    }
    return render(request, "reports/setup_done.html", context)


def _asked(request: HttpRequest) -> Actor:
    """Keepers; and the first administrator, while no organization has any people yet."""
    actor: Actor = request.actor
    if actor.organization is not None or Membership.objects.exists():
        require(request, *KEEPERS)
    return actor


def _state(actor: Actor) -> Setup:
    if actor.organization is None:
        return Setup()
    return Setup.objects.get_or_create(organization=actor.organization)[0]


def _next(state: Setup) -> str | None:
    return next((key for key in ORDER if key not in state.done), None)


def _keep(state: Setup, key: str, typed: QueryDict) -> None:
    """What was typed, without the marks of the page itself."""
    kept = typed.copy()
    for name in ("csrfmiddlewaretoken", "back", "later"):
        kept.pop(name, None)
    state.drafts[key] = kept.urlencode()
    if state.organization_id:
        state.save()


def _done(request: HttpRequest, actor: Actor, key: str) -> None:
    state = _state(actor)
    state.drafts.pop(key, None)
    state.done = [step for step in ORDER if step in {*state.done, key}]
    state.save()
    request.session[SESSION_KEY] = actor.organization.pk  # type: ignore[union-attr]
    messages.success(request, f"Đã lưu: {STEPS[key].title.lower()}.")


urlpatterns = [
    path("bat-dau/", setup, name="setup"),
    path("thiet-lap-don-vi/", setup_home, name="setup_home"),
    path("thiet-lap-don-vi/xong/", setup_done, name="setup_done"),
    path("thiet-lap-don-vi/<slug:key>/", setup_step, name="setup_step"),
]
