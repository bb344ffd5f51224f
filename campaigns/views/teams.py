"""Teams: list with headcounts, one team on a chosen day, add and edit with members, delete."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from ..forms.filters import TeamFilter
from ..forms.owned import DAY_HINT
from ..forms.teams import MOST_MEMBERS, MemberFormSet, TeamForm
from ..gate import fetch, fetch_to_change, require, visible
from ..models import Team
from ..models.organizations import WRITERS
from ..models.teams import in_force_on
from .deleting import delete_page
from .listing import page_of
from .saving import posted, settle_with_rows
from .uses import report_uses


class DayForm(forms.Form):
    day = forms.DateField(label="Thành viên vào ngày", widget=forms.DateInput(attrs=DAY_HINT))


def team_list(request: HttpRequest) -> HttpResponse:
    rows = visible(request, Team).select_related("neighbourhood", "decision", "campaign")
    narrowed = TeamFilter(request.GET, rows.order_by("neighbourhood__order", "name", "id"), request=request)
    page = page_of(request, narrowed.qs.with_headcount(timezone.localdate()))
    return render(request, "campaigns/team_list.html", {"filter": narrowed, "page": page})


def team_detail(request: HttpRequest, pk: int) -> HttpResponse:
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": timezone.localdate()})
    day: datetime.date = form.cleaned_data["day"] if form.is_valid() else timezone.localdate()
    related = ("neighbourhood", "decision", "campaign", "parent")
    team = fetch(request, Team.objects.with_headcount(day).select_related(*related), pk)
    shown = {
        "team": team,
        "day": day,
        "day_form": form,
        "members": team.members.filter(in_force_on(day)),
        "children": team.children.order_by("name", "id")[:100],
        "uses": report_uses(team),
    }
    return render(request, "campaigns/team_detail.html", shown)


def team_add(request: HttpRequest) -> HttpResponse:
    require(request, *WRITERS)
    return _team_form(request, Team())


def team_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _team_form(request, fetch_to_change(request, Team.objects.select_related("decision"), pk))


def _team_form(request: HttpRequest, team: Team) -> HttpResponse:
    actor, data = request.actor, posted(request)  # type: ignore[attr-defined]
    form = TeamForm(data, instance=team, actor=actor)
    rows = MemberFormSet(data, instance=team, prefix="members", form_kwargs={"actor": actor})
    if request.method == "POST" and settle_with_rows(form, rows):
        messages.success(request, f"Đã lưu {team}.")
        return redirect("team_detail", team.pk)
    shown = {"form": form, "formset": rows, "team": team, "most": MOST_MEMBERS}
    return render(request, "campaigns/team_form.html", shown)


def team_delete(request: HttpRequest, pk: int) -> HttpResponse:
    team = fetch_to_change(request, Team, pk)
    back = reverse("team_detail", args=[pk])
    return delete_page(request, team, losses=(), back=back, done=reverse("team_list"))


urlpatterns = [
    path("to/", team_list, name="team_list"),
    path("to/them/", team_add, name="team_add"),
    path("to/<int:pk>/", team_detail, name="team_detail"),
    path("to/<int:pk>/sua/", team_edit, name="team_edit"),
    path("to/<int:pk>/xoa/", team_delete, name="team_delete"),
]
