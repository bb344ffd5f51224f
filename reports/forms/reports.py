"""Forms of a report: a new one, its frame, its signature blocks, a section of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import inlineformset_factory

from campaigns.forms.owned import RowsField
from campaigns.models import Campaign, Organization, Unit

from .. import signatures
from ..document.numbering import STYLES
from ..lifecycle import OUT
from ..models import Outline, Report, ReportRequest, Section, SignatureBlock
from ..models.outlines import Part, scheme_choices
from ..models.reports import Form, FramePart, status_choices
from .groups import DAY_EXAMPLE, Groups, day_input, laid_out, lines_input

URGENCIES = (("", "Không"), ("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HỎA TỐC", "Hỏa tốc"))
CIRCULATIONS = (
    ("", "Không"),
    ("LƯU HÀNH NỘI BỘ", "Lưu hành nội bộ"),
    ("XEM XONG TRẢ LẠI", "Xem xong trả lại"),
)


def style_choices() -> list[tuple[str, str]]:
    """Label styles by the look of their first label; "" leaves it to the scheme."""
    return [("", "Theo kiểu đánh số chung"), *((key, key) for key in STYLES if key)]


def _with(choices: tuple[tuple[str, str], ...], value: str) -> list[tuple[str, str]]:
    """The choices, and the value that stands in the row when it is none of them."""
    known = {key for key, _ in choices}
    return [*choices, *([] if value in known else [(value, value)])]


class ReportSearch(forms.Form):
    """Filters of the list of reports."""

    q = forms.CharField(label="Tìm theo trích yếu, số, ký hiệu", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *status_choices()]
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label="Phong trào", required=False, empty_label="Tất cả"
    )
    mine = forms.BooleanField(label="Chỉ báo cáo tôi soạn", required=False)

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)


class NewReportForm(forms.ModelForm[Report]):
    """A draft that starts blank; everything but the subject can wait."""

    class Meta:
        model = Report
        fields = ("subject", "outline", "campaign", "requests")
        widgets = {"subject": lines_input(2), "requests": forms.CheckboxSelectMultiple}
        field_classes = {"requests": RowsField}
        labels = {"outline": "Đề cương", "campaign": "Phong trào", "requests": "Trả lời công văn (nếu có)"}
        help_texts = {
            "subject": "Phần chữ dưới tên loại, có thể ngắt thành nhiều dòng.",
            "outline": "Có đề cương thì các mục được tạo sẵn; vẫn sửa được sau.",
        }

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outline"].queryset = Outline.objects.filter(organization=organization)
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        self.fields["requests"].queryset = unanswered(organization)
        for name in ("outline", "campaign"):
            self.fields[name].empty_label = "Không"


def unanswered(organization: Organization) -> Any:
    """Letters of the organization that no issued report answers."""
    issued = Report.objects.filter(status__in=OUT, organization=organization).values("requests")
    waiting = ReportRequest.objects.filter(organization=organization)
    return waiting.exclude(pk__in=issued.exclude(requests=None)).select_related("paper")


FRAME_GROUPS: Groups = (
    ("Thể loại, tên và trích yếu", "", ("form", "title", "subject")),
    (
        "Số, ký hiệu và ngày",
        "Để trống số và ngày: trang in chừa chỗ cho văn thư điền.",
        ("number", "symbol", "issued_on", "place_date"),
    ),
    ("Nơi gửi, nơi nhận", "", ("addressees", "recipients")),
    (
        "Kỳ báo cáo",
        "",
        ("requests", "campaign", "unit", "period_from", "period_to", "cut_off"),
    ),
    (
        "Phần khác",
        "",
        ("letterhead", "urgency", "circulation", "copies", "contact", "omitted"),
    ),
)


class FrameForm(forms.ModelForm[Report]):
    """All around the body (NĐ 30 Phụ lục I, ô 1-14)."""

    omitted = forms.MultipleChoiceField(
        label="Phần không in",
        choices=FramePart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Đánh dấu phần muốn bỏ khỏi trang in.",
    )

    class Meta:
        model = Report
        fields = tuple(name for _, _, names in FRAME_GROUPS for name in names)
        widgets = {
            "form": forms.RadioSelect,
            "subject": lines_input(3),
            "letterhead": lines_input(3),
            "addressees": lines_input(3),
            "recipients": lines_input(5),
            "requests": forms.CheckboxSelectMultiple,
            **{name: day_input() for name in ("issued_on", "period_from", "period_to", "cut_off")},
        }
        field_classes = {"requests": RowsField}
        help_texts = {
            "issued_on": DAY_EXAMPLE,
            "symbol": "Ví dụ: BC-UBND; công văn: UBND-VHXH.",
            "letterhead": "Mỗi dòng một hàng; dùng khi nhiều cơ quan cùng ban hành. Bỏ trống: theo đơn vị.",
            "recipients": "Mỗi dòng một nơi, ví dụ: Như trên; - Lưu: VT, VHXH.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization = self.instance.organization
        self.fields["campaign"].queryset = Campaign.objects.filter(organization=organization)
        self.fields["unit"].queryset = Unit.objects.filter(organization=organization)
        held = ReportRequest.objects.filter(organization=organization, reports=self.instance)
        letters = ReportRequest.objects.filter(organization=organization).select_related("paper")
        self.fields["requests"].queryset = letters.filter(
            pk__in=[
                *held.values_list("pk", flat=True),
                *unanswered(organization).values_list("pk", flat=True),
            ]
        )
        self.fields["urgency"] = forms.ChoiceField(
            label="Độ khẩn", required=False, choices=_with(URGENCIES, self.instance.urgency)
        )
        self.fields["circulation"] = forms.ChoiceField(
            label="Phạm vi lưu hành", required=False, choices=_with(CIRCULATIONS, self.instance.circulation)
        )
        for name in ("campaign", "unit"):
            self.fields[name].empty_label = "Không"
        for name in ("number", "symbol", "urgency", "circulation", "copies"):
            self.fields[name].widget.attrs["class"] = "short"
        self.fields["form"].choices = Form.choices

    @property
    def groups(self) -> list[Any]:
        return list(laid_out(self, FRAME_GROUPS))


class SignatureForm(forms.ModelForm[SignatureBlock]):
    """One signature block; the menu of variants fills the lines, in the browser or on saving."""

    variant = forms.ChoiceField(label="Mẫu khối ký", required=False)

    class Meta:
        model = SignatureBlock
        fields = ("lines", "role", "name")
        widgets = {"lines": lines_input(3)}
        help_texts = {"lines": "Mỗi dòng một hàng, chữ in hoa. Chọn mẫu ở trên để điền sẵn."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["variant"].choices = [("", "Giữ như đang ghi"), *signatures.menu()]
        self.order_fields(("variant", "lines", "role", "name"))

    def clean(self) -> dict[str, Any]:
        """Without scripts a chosen variant replaces lines that were not typed over."""
        found = super().clean() or self.cleaned_data
        if found.get("variant") and ("lines" not in self.changed_data or not found.get("lines")):
            found["lines"] = signatures.VARIANTS[found["variant"]].text
        if self.has_changed() and not any(found.get(name) for name in ("lines", "name", "role")):
            self.add_error("lines", "Ghi ít nhất một dòng, hoặc đánh dấu xóa khối ký này.")
        return found


class _SignatureFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Xóa khối ký này"
        form.fields["ORDER"].label = "Thứ tự"

    def save(self, commit: bool = True) -> Any:
        """Numbers the blocks in the order that was asked for."""
        for order, form in enumerate(self.ordered_forms):
            if form.instance.order != order:
                form.instance.order = order
                if form.instance.pk:
                    form.instance.save(update_fields=["order"])
        return super().save(commit)


SignatureFormSet = inlineformset_factory(
    Report,
    SignatureBlock,
    form=SignatureForm,
    formset=_SignatureFormSet,
    extra=1,
    can_delete=True,
    can_order=True,
    max_num=12,
)

SECTION_GROUPS: Groups = (
    ("Tên mục", "", ("heading", "run_in", "part")),
    ("Đánh số", "", ("labelled", "label", "style", "landscape")),
    ("Hướng dẫn", "", ("guidance", "question")),
)


class SectionForm(forms.ModelForm[Section]):
    """A section of a report: its heading, its label as computed, printed or none, its guidance."""

    labelled = forms.ChoiceField(
        label="Số thứ tự",
        choices=(
            ("computed", "Tự đánh số"),
            ("printed", "Ghi đúng như ô dưới"),
            ("none", "Không có số thứ tự"),
        ),
        widget=forms.RadioSelect,
    )
    style = forms.ChoiceField(label="Kiểu đánh số riêng của mục này", required=False, choices=style_choices)

    class Meta:
        model = Section
        fields = ("heading", "run_in", "part", "label", "style", "landscape", "guidance", "question")
        widgets = {"heading": lines_input(2), "run_in": lines_input(2), "guidance": lines_input(3)}
        labels = {"label": "Số thứ tự ghi trên văn bản", "part": "Vị trí trong văn bản"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.instance.label
        self.initial["labelled"] = "computed" if label is None else "printed" if label else "none"
        self.fields["label"].required = False
        if self.instance.parent_id:
            del self.fields["part"]
        if self.instance.part != Part.APPENDIX:
            del self.fields["landscape"]

    @property
    def groups(self) -> list[Any]:
        return list(laid_out(self, SECTION_GROUPS))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("labelled") == "printed" and not found.get("label") and "label" not in self.errors:
            self.add_error("label", "Ghi số thứ tự, ví dụ: 1. hoặc a)")
        found["label"] = {"computed": None, "none": ""}.get(found.get("labelled", ""), found.get("label"))
        return found


class SchemeForm(forms.Form):
    """The numbering scheme of a whole tree."""

    scheme = forms.ChoiceField(label="Kiểu đánh số", choices=scheme_choices)


class NewSectionForm(forms.Form):
    """The least a new section needs; its place is last in a part, or last inside another section."""

    heading = forms.CharField(label="Tên mục", max_length=1000, required=False)
    part = forms.ChoiceField(label="Vị trí", choices=Part.choices, initial=Part.BODY, required=False)
    parent = forms.ModelChoiceField(Section.objects.none(), label="Nằm trong mục", required=False)

    def __init__(self, sections: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = sections
        self.fields["parent"].empty_label = "Không, là mục lớn"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        in_body = (found.get("part") or Part.BODY) in (Part.BODY, Part.APPENDIX) or found.get("parent")
        if in_body and not found.get("heading") and "heading" not in self.errors:
            raise ValidationError({"heading": "Ghi tên mục."})
        return found
