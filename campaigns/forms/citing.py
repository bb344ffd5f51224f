"""Forms of the box that takes citations: the box itself, and the table of papers to confirm."""

from __future__ import annotations

from typing import Any

from django import forms

from ..citations import CODES, KINDS, Citation
from ..kinds import kind_near
from ..models import Paper
from ..models.owned import Actor
from ..register import key_of, known_papers
from .owned import RowForm

MOST_ROWS = 200
MOST_LETTERS = 200_000
TOO_MANY = f"Mỗi lần nhận nhiều nhất {MOST_ROWS} văn bản. Hãy chia danh sách, hoặc nhập bằng tệp Excel."


class CiteForm(forms.Form):
    text = forms.CharField(
        label="Dán viện dẫn",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Dán một viện dẫn hoặc cả danh sách, giữ nguyên cách viết. Ví dụ: Kế hoạch số 98/KH-UBND "
        "ngày 19/9/2025 của UBND phường về việc …",
        error_messages={"required": "Hãy dán ít nhất một viện dẫn."},
    )


def initial_of(citation: Citation) -> dict[str, Any]:
    """What a citation says, as the first values of a form of a paper."""
    kind = kind_near(citation.kind) or CODES.get(citation.symbol.split("-")[0].split("/")[0], "")
    return {
        "kind": kind if kind in KINDS else "",
        "number": citation.number[:20],
        "symbol": citation.symbol[:60],
        "issued_on": citation.date,
        "issued_printed": citation.dated[:40],
        "issuer": citation.issuer[:300],
        "subject": citation.subject[:2000],
    }


class CitedForm(RowForm):
    """One row of the table: the paper as read, editable, saved when ticked."""

    owner = "holder"
    keep = forms.BooleanField(label="Ghi vào sổ", required=False)
    words = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Paper
        fields = ("kind", "number", "symbol", "issued_on", "issued_printed", "issuer", "subject")
        widgets = {
            "issuer": forms.Textarea(attrs={"rows": 2}),
            "subject": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].widget.attrs["class"] = "form-check-input"
        self.known: Paper | None = None

    def full_clean(self) -> None:
        """A row that is not ticked is not checked: it stays out of the register."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("keep"):
            self._errors.clear()

    def _get_validation_exclusions(self) -> set[str]:
        """Without the holder "this one exists already" is not asked row by row; the table asks once for all."""
        return super()._get_validation_exclusions() | {self.owner}

    @property
    def citation(self) -> Citation:
        """The paper as the boxes say it now."""
        data = self.cleaned_data if self.is_bound else self.initial
        return Citation(
            kind=data.get("kind") or "",
            number=data.get("number") or "",
            symbol=data.get("symbol") or "",
            date=data.get("issued_on"),
            issuer=data.get("issuer") or "",
            subject=data.get("subject") or "",
            dated=data.get("issued_printed") or "",
        )


class CitedRows(forms.BaseFormSet[CitedForm]):
    """The whole table: a paper already in the register, or ticked twice, is refused beside its row."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, form_kwargs={"actor": actor}, **kwargs)
        self.actor = actor

    def mark_known(self) -> None:
        """Tells each row the paper of the register that it already is; one query."""
        papers = Paper.objects.visible_to(self.actor)
        for form, paper in zip(self, known_papers(papers, [form.citation for form in self]), strict=True):
            form.known = paper

    def clean(self) -> None:
        self.mark_known()
        seen: dict[tuple[Any, ...], int] = {}
        for place, form in enumerate(self.forms, 1):
            if not form.cleaned_data.get("keep") or form.errors:
                continue
            citation = form.citation
            year = citation.date.year if citation.date else None
            key = (*key_of(citation), citation.issuer, year)
            if form.known:
                form.add_error("number", f"{form.known} đã có trong sổ. Bỏ đánh dấu, hoặc sửa cho khác.")
            elif key in seen:
                form.add_error("number", f"Trùng với dòng {seen[key]}.")
            seen.setdefault(key, place)

    def kept(self) -> list[Paper]:
        return [form.instance for form in self if form.cleaned_data.get("keep")]


CitedFormSet = forms.formset_factory(
    CitedForm, formset=CitedRows, extra=0, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
)
