"""Tìm: one box for everything the ward holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from .. import finding


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What was found, by sort; nothing asked: how to ask."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    found = list(finding.find(request.actor, words)) if words else []  # type: ignore[attr-defined]
    return render(request, "reports/find.html", {"q": words, "found": found})


urlpatterns = [path("tim/", find, name="find")]
