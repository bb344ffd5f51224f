"""Tài khoản của tôi: who I am here, and the way to password, second factor and sittings."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from config.templatetags.machines import machine

from ..gate import memberships
from ..sittings import end_sittings, open_sittings


def account(request: HttpRequest) -> HttpResponse:
    """One page that leads to the rest."""
    factors = {factor.type: factor for factor in Authenticator.objects.filter(user=request.user)}
    codes = factors.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "roles": memberships(request.user).select_related("organization", "unit"),
        "second_factor": Authenticator.Type.TOTP in factors,
        "codes_left": len(RecoveryCodes(codes).get_unused_codes()) if codes else 0,
        "sittings": len(open_sittings(request.user)),
    }
    return render(request, "account/home.html", context)


@require_POST
def sitting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one machine, another or this one."""
    sitting = next((held for held in open_sittings(request.user) if held.pk == pk), None)
    if sitting is None:
        raise Http404
    if sitting.session_key == request.session.session_key:
        sitting.delete()
        logout(request)
        return redirect("account_login")
    sitting.end()
    messages.success(request, f"Đã đăng xuất khỏi {machine(sitting.user_agent)}.")
    return redirect("usersessions_list")


@require_POST
def sittings_end(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    end_sittings(request.user)
    logout(request)
    messages.success(request, "Đã đăng xuất khỏi mọi máy, kể cả máy này.")
    return redirect("account_login")


urlpatterns = [
    path("tai-khoan/", account, name="account"),
    path("tai-khoan/phien/<int:pk>/ket-thuc/", sitting_end, name="sitting_end"),
    path("tai-khoan/phien/ket-thuc-het/", sittings_end, name="sittings_end"),
]
