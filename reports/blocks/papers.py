"""Papers cited, each with what came of it: "- Ban hành Kế hoạch số 98/KH-UBND ngày … : outcome"."""

from __future__ import annotations

from campaigns.facts import Facts

from ..document.nodes import Inlines, Node
from . import richtext
from .base import LINE_MARKS, Content, Kind, intro, line, mention, rows, sentence, text
from .forms import BlockForm, RowField
from .prose import ProseField

FORMS = (("", "Đầy đủ lần đầu, sau đó rút gọn"), ("full", "Luôn đầy đủ"), ("short", "Luôn rút gọn"))


class PapersForm(BlockForm):
    intro = ProseField(label="Lời dẫn")
    add_label = "Thêm văn bản"
    row_fields = (
        RowField("lead", "Lời mở (ví dụ: Ban hành)", longest=1000),
        RowField("paper", "Văn bản", "pick", target="paper"),
        RowField("printed", "Hoặc ghi nguyên văn, không theo sổ", longest=2000),
        RowField("outcome", "Kết quả", "prose"),
        RowField("form", "Cách trích", "choice", choices=FORMS, rare=True),
        RowField("mark", "Dấu đầu dòng", "choice", choices=LINE_MARKS, default="-", rare=True),
    )


class Papers(Kind):
    key, label, icon = "papers", "Văn bản đã ban hành, thực hiện", "journal-text"
    form = PapersForm

    def blank(self) -> Content:
        return {"intro": "", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        made = list(intro(content))
        counts: dict[str, int] = {}
        for row in rows(content):
            words, mark = self._sentence(row), text({"mark": "-", **row}, "mark")
            if words:
                counts[mark] = counts.get(mark, 0) + 1
                made.append(line(mark, words, counts[mark]))
        return tuple(made)

    def _sentence(self, row: Content) -> Inlines:
        lead, outcome = richtext.plain(text(row, "lead")), richtext.inlines_of(text(row, "outcome"))
        return sentence(lead, mention("paper", row, "paper"), outcome)
