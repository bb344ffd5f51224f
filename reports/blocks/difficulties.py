"""Difficulties, each with its cause."""

from __future__ import annotations

from django import forms

from campaigns.facts import Facts

from ..document.nodes import Inlines, Node, Text, words
from . import richtext
from .base import LINE_MARKS, Content, Kind, intro, lines, mark_of, rows, sentence, text
from .forms import BlockForm, RowField
from .prose import ProseField


class DifficultiesForm(BlockForm):
    intro = ProseField(label="Lời dẫn")
    mark = forms.ChoiceField(label="Dấu đầu dòng", choices=LINE_MARKS, required=False, initial="-")
    add_label = "Thêm khó khăn"
    row_fields = (
        RowField("text", "Khó khăn, vướng mắc", "prose"),
        RowField("cause", "Nguyên nhân", "prose"),
    )


class Difficulties(Kind):
    key, label, icon = "difficulties", "Khó khăn, nguyên nhân", "exclamation-triangle"
    form = DifficultiesForm

    def blank(self) -> Content:
        return {"intro": "", "mark": "-", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        return (*intro(content), *lines(mark_of(content), map(_sentence, rows(content))))


def _sentence(row: Content) -> Inlines:
    """“What is hard. Nguyên nhân: why”."""
    what, why = richtext.inlines_of(text(row, "text")), richtext.inlines_of(text(row, "cause"))
    if not why:
        return what
    ended = not what or words(what).endswith((".", ";", ":", "!", "?"))
    return sentence(what, () if ended else (Text("."),), (Text("Nguyên nhân:"),), why)
