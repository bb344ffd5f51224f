"""Directions and tasks ahead, one a line."""

from __future__ import annotations

from django import forms

from campaigns.facts import Facts

from ..document.nodes import Node
from . import richtext
from .base import LINE_MARKS, Content, Kind, lines, mark_of, rows, text
from .forms import BlockForm, RowField


class DirectionsForm(BlockForm):
    mark = forms.ChoiceField(label="Dấu đầu dòng", choices=LINE_MARKS, required=False, initial="-")
    add_label = "Thêm nhiệm vụ"
    row_fields = (RowField("text", "Phương hướng, nhiệm vụ", "prose"),)


class Directions(Kind):
    key, label, icon = "directions", "Phương hướng, nhiệm vụ", "signpost"
    form = DirectionsForm

    def blank(self) -> Content:
        return {"mark": "-", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        return lines(mark_of(content), (richtext.inlines_of(text(row, "text")) for row in rows(content)))
