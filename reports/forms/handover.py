"""The form of a hand-over: who gives, who takes, from which day, and why."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from campaigns.forms.owned import OwnedForm

from .. import handover
from ..models import HandOver

PAST = "Ngày bàn giao không được trước hôm nay."


class HandOverForm(OwnedForm):
    class Meta:
        model = HandOver
        fields = ("giver", "receiver", "day", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.asked_by = self.actor.user
        self.initial["day"] = self.initial.get("day") or timezone.localdate()
        receiver: Any = self.fields["receiver"]
        receiver.queryset = receiver.queryset.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        giver, receiver, day = (given.get(name) for name in ("giver", "receiver", "day"))
        if giver and giver == receiver:
            self.add_error("receiver", "Người nhận phải là người khác.")
        if giver and HandOver.objects.filter(giver=giver, done_at=None).visible_to(self.actor).exists():
            self.add_error("giver", "Người này đã có một lần bàn giao đang chờ; hãy bỏ lần đó trước.")
        if day and day < timezone.localdate():
            self.add_error("day", PAST)
        if receiver and day and self.actor.organization:
            refused = handover.refusal(receiver, self.actor.organization, day)
            if refused:
                self.add_error("receiver", refused)
        return given
