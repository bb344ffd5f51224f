"""Bàn làm việc: what waits, what I am writing, what went out lately."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from campaigns.gate import may_register, visible
from campaigns.models import calendar_for

from .. import clock, notices, turns
from ..forms.reports import unanswered
from ..lifecycle import OUT, Status
from ..models import Notice, Report, Section
from ..models.reports import SectionState
from .requests import waiting

SHOWN = 8  # rows of each short list


def home(request: HttpRequest) -> HttpResponse:
    """Short lists: what waits for me, what is due, what I write, what I sent; an empty one says what to do next."""
    organization, user, now = request.actor.organization, request.user, timezone.now()
    calendar = calendar_for(organization)
    drafts = visible(request, Report).filter(status=Status.DRAFT, is_old=False)
    letters = unanswered(organization)
    waiting_for_me = turns.inbox(request.actor)
    inbox = list(waiting_for_me[: SHOWN * 2])
    context = {
        "inbox_count": waiting_for_me.count(),
        "inbox": [turns.pressing(report, calendar, now) for report in inbox],
        "notices": visible(request, Notice)
        .filter(user=user, ended_at=None)
        .exclude(cause__startswith=notices.TURN)  # whose turn it is stands in the inbox
        .select_related("report")[:SHOWN],
        "late": clock.late(organization, now, calendar) if may_register(request) else [],
        "sections": _assigned(request),
        "letters": waiting(letters[:SHOWN], now, calendar),
        "letter_count": letters.count(),
        "drafts": drafts.filter(drafter=user)[:SHOWN],
        "other_drafts": drafts.exclude(drafter=user).select_related("drafter")[:SHOWN],
        "sent": visible(request, turns.sent(user))[:SHOWN],
        "issued": visible(request, Report).filter(status__in=OUT).order_by("-issued_on", "-pk")[:SHOWN],
    }
    return render(request, "reports/home.html", context)


def _assigned(request: HttpRequest) -> Any:
    """Sections given to the person and not yet written, the nearest due date first."""
    open_ones = visible(request, Section).filter(assignee=request.user).exclude(state=SectionState.DONE)
    open_ones = open_ones.filter(report__status=Status.DRAFT).select_related("report")
    return open_ones.order_by(F("due").asc(nulls_last=True), "pk")[:SHOWN]


urlpatterns = [path("", home, name="home")]
