"""People of the organization: the list, an account, a link for a new password, invitations."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import events, invitations
from ..forms.people import InvitationForm
from ..forms.settings import SETTINGS, PersonForm
from ..gate import fetch, require, visible
from ..models import Invitation, Membership, User
from ..models.organizations import KEEPERS
from .listing import page_of
from .saving import posted

LIST = ("settings_list", "nguoi-dung")


def people(request: HttpRequest) -> HttpResponse:
    """Accounts with today's roles, and below them the invitations that still wait."""
    roles = visible(request, Membership.objects.on(timezone.localdate())).select_related("unit")  # type: ignore[attr-defined]
    kept = User.objects.kept_by(request.actor).filter(pk=OuterRef("pk"))  # type: ignore[attr-defined]
    accounts = visible(request, User).prefetch_related(Prefetch("memberships", roles, to_attr="roles"))
    waiting = visible(request, Invitation.objects.waiting().select_related("unit"))  # type: ignore[attr-defined]
    context = {
        "setting": SETTINGS["nguoi-dung"],
        "page": page_of(request, accounts.annotate(kept=Exists(kept))),
        "waiting": waiting if request.actor.has(*KEEPERS) else (),  # type: ignore[attr-defined]
    }
    return render(request, "campaigns/people.html", context)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account to change; 404 when it also belongs to another organization."""
    form = PersonForm(posted(request), instance=_person(request, pk), actor=request.actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.settle():
        if form.cleaned_data.get("single_factor"):
            _record(request, "drop_second_factor", form.instance)
        messages.success(request, _told(form))
        return redirect(*LIST)
    back = reverse(LIST[0], args=LIST[1:])
    context = {
        "form": form,
        "person": form.instance,
        "title": f"Sửa người dùng: {form.instance}",
        "back": back,
    }
    return render(request, "campaigns/person.html", context)


def _told(form: PersonForm) -> str:
    if "closed" not in form.changed_data:
        return f"Đã lưu người dùng: {form.instance}"
    if form.instance.is_active:
        return f"Đã mở lại tài khoản của {form.instance}."
    return f"Đã khóa tài khoản của {form.instance} và đăng xuất khỏi mọi máy."


def _person(request: HttpRequest, pk: int) -> User:
    found = fetch(request, User.objects.kept_by(request.actor), pk)  # type: ignore[attr-defined]
    require(request, *KEEPERS)
    return found


def _record(request: HttpRequest, act: str, found: User) -> None:
    told = {"sort": str(User._meta.verbose_name), "key": found.pk, "name": str(found)}
    actor = request.actor  # type: ignore[attr-defined]
    with transaction.atomic():
        events.record(act, actor.user, actor.organization, after=told)


@require_POST
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link with which somebody sets a new password: for offices without mail. Good once and for three days."""
    found = _person(request, pk)
    _record(request, "password_link", found)
    key = {"uidb36": user_pk_to_url_str(found), "key": default_token_generator.make_token(found)}
    address = reverse("account_reset_password_from_key", kwargs=key)
    context = {"person": found, "link": request.build_absolute_uri(address)}
    return render(request, "campaigns/password_link.html", context)


def invitation_add(request: HttpRequest) -> HttpResponse:
    require(request, *KEEPERS)
    form = InvitationForm(posted(request), actor=request.actor)  # type: ignore[attr-defined]
    if request.method == "POST" and form.settle():
        _sent(request, form.instance)
        return redirect("invitation", form.instance.pk)
    context = {
        "form": form,
        "title": "Mời người dùng",
        "help": "Người được mời nhận một đường dẫn, tự đặt mật khẩu rồi vào làm việc. Không ai biết mật khẩu của người khác.",
        "save": "Tạo lời mời",
        "back": reverse(LIST[0], args=LIST[1:]),
    }
    return render(request, "campaigns/form.html", context)


def _sent(request: HttpRequest, found: Invitation) -> None:
    if invitations.mail(found, invitations.link_of(request, found)):
        messages.success(request, f"Đã gửi lời mời tới {found.email}.")
    elif invitations.mail_is_set():
        messages.warning(request, "Chưa gửi được thư. Hãy chép lời mời bên dưới và gửi theo cách khác.")


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    found = fetch(request, Invitation.objects.select_related("organization", "unit", "invited_by"), pk)
    require(request, *KEEPERS)
    return found


def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The link to copy while the invitation waits; what became of it afterwards."""
    found = _invitation(request, pk)
    link = invitations.link_of(request, found)
    context = {
        "invitation": found,
        "link": link,
        "message": invitations.message_of(found, link),
        "refusal": found.refusal(),
    }
    return render(request, "campaigns/invitation.html", context)


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _invitation(request, pk)
    if invitations.withdraw(found, request.user):
        messages.success(request, f"Đã rút lại lời mời {found}.")
        if visible(request, User).filter(email=found.email).exists():
            messages.info(
                request, f"{found.full_name} vẫn còn trong danh sách; kết thúc vai trò ở mục Vai trò."
            )
    else:
        messages.error(request, invitations.TAKEN)
    return redirect(*LIST)


@require_POST
def invitation_renew(request: HttpRequest, pk: int) -> HttpResponse:
    found = _invitation(request, pk)
    if invitations.renew(found, request.user):
        found.refresh_from_db()
        _sent(request, found)
        messages.success(request, "Đã tạo đường dẫn mới dùng trong 7 ngày; đường dẫn cũ không còn dùng được.")
    else:
        messages.error(request, invitations.TAKEN)
    return redirect("invitation", pk)


urlpatterns = [
    path("thiet-lap/nguoi-dung/", people, name="people"),
    path("thiet-lap/nguoi-dung/them/", invitation_add, name="invitation_add"),
    path("thiet-lap/nguoi-dung/<int:pk>/sua/", person, name="person"),
    path("thiet-lap/nguoi-dung/<int:pk>/mat-khau/", password_link, name="password_link"),
    path("thiet-lap/loi-moi/<int:pk>/", invitation, name="invitation"),
    path("thiet-lap/loi-moi/<int:pk>/rut-lai/", invitation_withdraw, name="invitation_withdraw"),
    path("thiet-lap/loi-moi/<int:pk>/gia-han/", invitation_renew, name="invitation_renew"),
]
