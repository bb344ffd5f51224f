"""Bàn làm việc: what waits, what I am writing, what went out lately."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from campaigns.gate import visible
from campaigns.models import calendar_for

from ..forms.reports import unanswered
from ..models import Report
from ..models.reports import Status
from .requests import waiting

SHOWN = 8  # rows of each short list


def home(request: HttpRequest) -> HttpResponse:
    """Three short lists; each empty one says what to do next."""
    organization = request.actor.organization
    drafts = visible(request, Report).filter(status=Status.DRAFT)
    letters = unanswered(organization)
    context = {
        "letters": waiting(letters[:SHOWN], timezone.now(), calendar_for(organization)),
        "letter_count": letters.count(),
        "drafts": drafts.filter(drafter=request.user)[:SHOWN],
        "other_drafts": drafts.exclude(drafter=request.user).select_related("drafter")[:SHOWN],
        "issued": visible(request, Report).filter(status=Status.ISSUED).order_by("-issued_on", "-pk")[:SHOWN],
    }
    return render(request, "reports/home.html", context)


urlpatterns = [path("", home, name="home")]
