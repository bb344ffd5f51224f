"""Choosing the organization of this sitting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from ..gate import SESSION_KEY, memberships


def choose_organization(request: HttpRequest) -> HttpResponse:
    """The organizations the user belongs to today; with none, what to do about it."""
    held = {str(row.organization_id): row.organization for row in memberships(request.user)}
    chosen = held.get(request.POST.get("organization", ""))
    if request.method == "POST" and chosen:
        request.session[SESSION_KEY] = chosen.pk
        messages.success(request, f"Đang làm việc tại {chosen}.")
        return redirect("home")
    return render(request, "campaigns/choose_organization.html", {"organizations": list(held.values())})


urlpatterns = [path("chon-don-vi/", choose_organization, name="choose_organization")]
