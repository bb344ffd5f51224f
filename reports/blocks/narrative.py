"""Narrative: prose as in Word, with lists and tables."""

from __future__ import annotations

from campaigns.facts import Facts

from ..document.nodes import Node
from . import richtext
from .base import Content, Kind, text
from .forms import BlockForm
from .prose import ProseField


class NarrativeForm(BlockForm):
    html = ProseField(label="Nội dung")


class Narrative(Kind):
    key, label, icon = "narrative", "Đoạn văn", "text-paragraph"
    form = NarrativeForm

    def blank(self) -> Content:
        return {"html": ""}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        return richtext.nodes_of(text(content, "html"))
