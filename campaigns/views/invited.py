"""The page that an invitation's link opens: a new person sets the password, a known one takes up the role."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from ..forms.people import PasswordForm
from ..gate import SESSION_KEY
from ..invitations import Refused, accept, accept_as_new, is_prepared
from ..models import Invitation, User
from .saving import posted

GONE = 410


@login_not_required
def invitation_accept(request: HttpRequest, key: str) -> HttpResponse:
    """404 for a link never given; 410 with the reason for one that is used, withdrawn or over."""
    invitation = Invitation.objects.by_key(key)  # type: ignore[attr-defined]
    if invitation is None:
        raise Http404
    if refusal := invitation.refusal():
        return render(request, "campaigns/invited.html", {"refusal": refusal}, status=GONE)
    account = User.objects.filter(email=invitation.email).first()
    here = request.user if request.user.is_authenticated else None
    if here and here != account:
        return _page(request, invitation, "other", user=here)
    if account is None or is_prepared(account, invitation):
        return _new(request, invitation)
    if not account.is_active:
        return _page(request, invitation, "closed")
    return _known(request, invitation) if here else _page(request, invitation, "sign_in")


def _page(request: HttpRequest, invitation: Invitation, case: str, **more: object) -> HttpResponse:
    return render(request, "campaigns/invited.html", {"invitation": invitation, "case": case, **more})


def _new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = PasswordForm(posted(request), initial={"full_name": invitation.full_name}, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_as_new(invitation, form.cleaned_data["full_name"], form.cleaned_data["password"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            return _begin(request, invitation)
    return _page(request, invitation, "new", form=form)


def _known(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, invitation, "known")
    try:
        accept(invitation, request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return render(request, "campaigns/invited.html", {"refusal": str(refused)}, status=GONE)
    return _begin(request, invitation)


def _begin(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[SESSION_KEY] = invitation.organization_id
    messages.success(request, f"Bạn đã vào {invitation.organization}.")
    return redirect("home")


urlpatterns = [path("loi-moi/<str:key>/", invitation_accept, name="invitation_accept")]
