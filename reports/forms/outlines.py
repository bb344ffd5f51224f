"""Forms of an outline and of one section of it."""

from __future__ import annotations

from typing import Any

from django import forms

from campaigns.forms.owned import RowsField
from campaigns.models import Campaign, Indicator, Organization

from ..blocks import KINDS
from ..models import Outline, OutlineSection
from .groups import Groups, laid_out, lines_input
from .reports import style_choices


class OutlineForm(forms.ModelForm[Outline]):
    """Name, campaign and numbering scheme."""

    class Meta:
        model = Outline
        fields = ("name", "campaign", "scheme")

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organization = organization
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        self.fields["campaign"].empty_label = "Không"

    def _get_validation_exclusions(self) -> set[str]:
        """The organization is set here, so that "this name exists already" is found before saving."""
        return super()._get_validation_exclusions() - {"organization"}


SECTION_GROUPS: Groups = (
    ("Tên mục", "", ("heading", "part", "style")),
    ("Hướng dẫn người viết", "", ("guidance", "question")),
    ("Đoạn gợi ý và số liệu cần có", "", ("kinds", "indicators")),
)


class OutlineSectionForm(forms.ModelForm[OutlineSection]):
    """A section of an outline: heading, guidance, the blocks it proposes, the indicators it asks for."""

    style = forms.ChoiceField(label="Kiểu đánh số riêng của mục này", required=False, choices=style_choices)
    kinds = forms.MultipleChoiceField(
        label="Các đoạn gợi ý", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = OutlineSection
        fields = ("heading", "part", "style", "guidance", "question", "kinds", "indicators")
        widgets = {
            "heading": lines_input(2),
            "guidance": lines_input(3),
            "indicators": forms.CheckboxSelectMultiple,
        }
        field_classes = {"indicators": RowsField}
        labels = {"part": "Vị trí trong văn bản"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(key, kind.label) for key, kind in KINDS.items()]
        owner = self.instance.outline.organization_id
        self.fields["indicators"].queryset = Indicator.objects.filter(organization=owner)
        if self.instance.parent_id:
            del self.fields["part"]

    @property
    def groups(self) -> list[Any]:
        return list(laid_out(self, SECTION_GROUPS))
