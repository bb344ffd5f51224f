"""What the organization's history may be narrowed by: a person, and days."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms

from campaigns.forms.filters import RegisterFilter
from campaigns.forms.owned import DAY_HINT
from campaigns.models import Event, User


def _people(request: Any) -> Any:
    return User.objects.visible_to(request.actor)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs=dict(DAY_HINT))


class EventFilter(RegisterFilter):
    q = None  # events are told in sentences made for the page, so there is nothing to search in
    by = filters.ModelChoiceFilter(label="Người làm", queryset=_people, empty_label="Mọi người")
    since = filters.DateFilter(label="Từ ngày", field_name="at", lookup_expr="date__gte", widget=_day())
    until = filters.DateFilter(label="Đến ngày", field_name="at", lookup_expr="date__lte", widget=_day())

    class Meta:
        model = Event
        fields = ("by", "since", "until")
