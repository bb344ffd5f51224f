"""Models of practice: what each is called and what it brought."""

from __future__ import annotations

from django import forms

from campaigns.facts import Facts

from ..document.nodes import Inlines, Node, Text
from . import richtext
from .base import LINE_MARKS, Content, Kind, intro, lines, mark_of, rows, sentence, text
from .forms import BlockForm, RowField
from .prose import ProseField


class PracticesForm(BlockForm):
    intro = ProseField(label="Lời dẫn")
    mark = forms.ChoiceField(label="Dấu đầu dòng", choices=LINE_MARKS, required=False, initial="-")
    add_label = "Thêm mô hình"
    row_fields = (
        RowField("name", "Tên mô hình, cách làm", longest=1000),
        RowField("detail", "Cách làm và kết quả", "prose"),
    )


class Practices(Kind):
    key, label, icon = "models", "Mô hình, cách làm hay", "lightbulb"
    form = PracticesForm

    def blank(self) -> Content:
        return {"intro": "", "mark": "-", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        return (*intro(content), *lines(mark_of(content), map(_sentence, rows(content))))


def _sentence(row: Content) -> Inlines:
    """“Name: detail”."""
    name, detail = richtext.plain(text(row, "name")), richtext.inlines_of(text(row, "detail"))
    return sentence(name, (Text(":"),) if name and detail else (), detail)
