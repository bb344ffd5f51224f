"""Naming a paper of the register by what is printed on it, however large the register is."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse_lazy

from ..citations import read
from ..models import Paper
from ..register import papers_meant
from ..search import fold

_DAY = re.compile(r"\s+ngày (\d{1,2})/(\d{1,2})/(\d{4})\b")
_LINKING = re.compile(r"\b(số(?=\s+\d)|của|về việc)\b")  # words of a citation that no register holds
HELP = "Gõ số, ký hiệu hoặc vài chữ của trích yếu rồi chọn; ví dụ 98/KH-UBND."


def label_of(paper: Paper) -> str:
    """What the field shows: kind, number and symbol, day, subject."""
    day = paper.issued_on and f"ngày {paper.issued_on.day}/{paper.issued_on.month}/{paper.issued_on.year}"
    return " ".join(
        " ".join(part for part in (paper.kind, paper.code, day, paper.subject[:200]) if part).split()
    )


def papers_matching(papers: QuerySet[Paper], text: str) -> QuerySet[Paper]:
    """Papers that hold all words of `text`, which may be a whole citation pasted from a document."""
    meant = _cited(papers, text)
    if meant:
        return papers.filter(pk__in=[paper.pk for paper in meant])
    text = unicodedata.normalize("NFC", text)
    day = _DAY.search(text)
    if day:
        papers, text = papers.filter(issued_on=_day(day)), _DAY.sub("", text, count=1)
    return papers.matching(_LINKING.sub(" ", text))  # type: ignore[attr-defined,no-any-return]


def papers_named(papers: QuerySet[Paper], text: str, most: int = 12) -> list[Paper]:
    """Papers that `text` names: those whose number and symbol it is, else those that match it."""
    meant = _cited(papers, text)
    if meant:
        return meant[:most]
    found = list(papers_matching(papers, text)[:most])
    words = fold(_LINKING.sub(" ", _DAY.sub("", unicodedata.normalize("NFC", text))))
    exact = [paper for paper in found if words in (fold(paper.code), fold(f"{paper.kind} {paper.code}"))]
    return exact or found


def _cited(papers: QuerySet[Paper], text: str) -> list[Paper]:
    """The papers that `text` cites, in any of the forms citations have; none when it is no whole citation."""
    citation = read(text)
    return papers_meant(papers, citation) if citation else []


def _day(found: re.Match[str]) -> datetime.date:
    """A day that does not exist is the first of all days, on which no paper was issued."""
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return datetime.date.min


class PaperField(forms.ModelChoiceField):
    """A text box with suggestions; it accepts exactly one paper of the register."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"queryset": Paper.objects.all(), "required": False, "help_text": HELP, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-suggest": reverse_lazy("paper_suggest"), "autocomplete": "off", "maxlength": 500}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()  # type: ignore[union-attr]
        return label_of(value) if isinstance(value, Paper) else value

    def to_python(self, value: Any) -> Paper | None:
        if value in self.empty_values or isinstance(value, Paper):
            return value or None
        found = papers_named(self.queryset, str(value).strip())  # type: ignore[arg-type]
        if not found:
            raise ValidationError(
                "Không có văn bản này trong sổ. Kiểm tra số, ký hiệu hoặc thêm văn bản trước."
            )
        if len(found) > 1:
            names = "; ".join(label_of(paper)[:80] for paper in found[:3])
            raise ValidationError(f"Nhiều văn bản khớp ({names}…). Hãy chọn một trong danh sách gợi ý.")
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()
