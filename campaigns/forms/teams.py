"""Forms of teams and the people in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from ..models import Member, Team
from .lookup import PaperField
from .owned import OwnedForm, RowForm

MOST_MEMBERS = 400


class TeamForm(OwnedForm):
    groups = (
        ("Tổ", ("name", "campaign", "neighbourhood", "parent")),
        ("Thành lập", ("decision", "formed_on", "dissolved_on", "stated_headcount")),
        ("", ("note",)),
    )
    decision = PaperField(label="Quyết định thành lập hoặc kiện toàn")

    class Meta:
        model = Team
        fields = (
            *("name", "campaign", "neighbourhood", "parent", "decision", "stated_headcount"),
            *("formed_on", "dissolved_on", "note"),
        )
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].empty_label = "Toàn phường"  # type: ignore[attr-defined]
        parent: Any = self.fields["parent"]
        above = Q(neighbourhood=None) | Q(pk=self.instance.parent_id)
        parent.queryset = parent.queryset.filter(above).exclude(pk=self.instance.pk)
        parent.help_text = "Chỉ chọn được tổ cấp phường (không gắn với tổ dân phố)."

    def clean_parent(self) -> Team | None:
        """A team is not inside itself, by however many steps."""
        parent: Team | None = self.cleaned_data["parent"]
        above = parent
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise forms.ValidationError("Tổ này đang nằm dưới tổ đang sửa.")
            above = above.parent
        return parent


class MemberForm(RowForm):
    """One row of a team's members."""

    class Meta:
        model = Member
        fields = ("full_name", "part", "post", "valid_from", "valid_to")


MemberFormSet = forms.inlineformset_factory(
    Team, Member, form=MemberForm, extra=3, max_num=MOST_MEMBERS, validate_max=True
)
