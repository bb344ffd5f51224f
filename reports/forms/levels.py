"""The level of every check in one organization: as the app has it, another one, or off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction

from campaigns import events
from campaigns.models import Organization, User

from ..checks import CHECKS
from ..checks.findings import OFF, SEVERITIES, TOPICS, Check
from ..models import CheckLevel, levels_of

LEVELS = {**SEVERITIES, OFF: "Tắt"}


@dataclass(frozen=True)
class Line:
    """A check with its field; none for what holds a report back."""

    check: Check
    field: Any = None

    @property
    def usual(self) -> str:
        return SEVERITIES[self.check.severity]


class LevelsForm(forms.Form):
    """A choice for each check that may be changed, named by its code."""

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        own = levels_of(organization)
        for code, check in CHECKS.items():
            if not check.blocks:
                usual = f"Mặc định: {SEVERITIES[check.severity].lower()}"
                self.fields[code] = forms.ChoiceField(
                    label=check.title,
                    choices=[("", usual), *LEVELS.items()],
                    required=False,
                    initial=own.get(code, ""),
                )

    def topics(self) -> Iterator[tuple[str, list[Line]]]:
        """Topic after topic: its name and its checks."""
        for topic, name in TOPICS.items():
            lines = [
                Line(check, None if check.blocks else self[code])
                for code, check in CHECKS.items()
                if check.topic == topic
            ]
            if lines:
                yield name, lines

    @transaction.atomic
    def save(self, by: User) -> int:
        """Writes what differs; one event names it. How many were changed."""
        before = levels_of(self.organization)
        wanted = {
            code: level
            for code, level in self.cleaned_data.items()
            if level and level != CHECKS[code].severity
        }
        changed = sorted(code for code in {*before, *wanted} if before.get(code) != wanted.get(code))
        if not changed:
            return 0
        kept = CheckLevel.objects.filter(organization=self.organization)
        kept.filter(code__in=changed).delete()
        CheckLevel.objects.bulk_create(
            CheckLevel(organization=self.organization, code=code, level=wanted[code])
            for code in changed
            if code in wanted
        )
        head = {"sort": "mức kiểm tra", "key": None, "name": f"{len(changed)} kiểm tra"}
        told = [
            head
            | {
                "fields": {
                    CHECKS[code].title: LEVELS.get(levels.get(code, ""), "Mặc định") for code in changed
                }
            }
            for levels in (before, wanted)
        ]
        events.record("change", by, self.organization, before=told[0], after=told[1])
        return len(changed)
