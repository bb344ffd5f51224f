"""Proposals by addressee: neighbours to the same addressee stand below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django import forms

from campaigns.facts import Facts

from ..document.nodes import Node, Text
from . import richtext
from .base import LINE_MARKS, Content, Kind, line, lines, mark_of, rows, sentence, text
from .forms import BlockForm, RowField


class ProposalsForm(BlockForm):
    mark = forms.ChoiceField(label="Dấu đầu dòng", choices=LINE_MARKS, required=False, initial="-")
    add_label = "Thêm kiến nghị"
    row_fields = (
        RowField("addressee", "Kiến nghị với (ví dụ: Sở Khoa học và Công nghệ)", longest=500),
        RowField("text", "Nội dung", "prose"),
    )


class Proposals(Kind):
    key, label, icon = "proposals", "Kiến nghị, đề xuất", "megaphone"
    form = ProposalsForm

    def blank(self) -> Content:
        return {"mark": "-", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        return tuple(_nodes(content))


def _nodes(content: Content) -> Iterator[Node]:
    mark, number = mark_of(content), 0
    for addressee, group in groupby(rows(content), key=_addressee):
        texts = [words for row in group if (words := richtext.inlines_of(text(row, "text")))]
        ask = richtext.plain(f"Đề nghị {addressee}") if addressee else ()
        if ask and len(texts) > 1:
            number += 1
            yield line(mark, sentence(ask, (Text(":"),)), number)
            yield from lines("+" if mark else "-", texts, level=2 if mark else 1)
        else:
            made = [sentence(ask, words) for words in texts]
            yield from (line(mark, words, number + at) for at, words in enumerate(made, 1))
            number += len(made)


def _addressee(row: Content) -> str:
    """As typed, without a “Đề nghị” of its own."""
    name = richtext.tidy(text(row, "addressee")).strip(" :")
    return name[len("đề nghị ") :].strip() if name.lower().startswith("đề nghị ") else name
