"""Teams set up by a decision, as lines or as a table with their members counted."""

from __future__ import annotations

from django import forms

from campaigns.facts import Facts, TeamFacts, count, number

from ..document.nodes import MISSING, Cell, Column, Inlines, Mention, Node, Row, Table, Text
from . import richtext, tables
from .base import NO_FACTS, Content, Kind, intro, line, mention, rows, sentence, text
from .forms import BlockForm, RowField
from .prose import ProseField

SHOW = (("lines", "Từng dòng trong bài"), ("table", "Bảng trong bài"))


class TeamsForm(BlockForm):
    intro = ProseField(label="Lời dẫn")
    show = forms.ChoiceField(label="Trình bày", choices=SHOW, initial="lines")
    add_label = "Thêm tổ"
    row_fields = (
        RowField("team", "Tổ", "pick", target="team"),
        RowField("printed", "Hoặc ghi tên nguyên văn, không theo danh mục", longest=500),
        RowField("text", "Lời ghi sau tên (bỏ trống: số thành viên)", "prose"),
    )


class Teams(Kind):
    key, label, icon = "teams", "Tổ công nghệ, Ban chỉ đạo, Đội", "people"
    form = TeamsForm

    def blank(self) -> Content:
        return {"intro": "", "show": "lines", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        held = rows(content)
        if text(content, "show") == "table" and held:
            return (*intro(content), _table(held, facts))
        return (*intro(content), *(line("-", words) for words in map(_sentence, held) if words))

    def mentions(self, content: Content) -> tuple[Mention, ...]:
        """The same however the teams are shown."""
        return tuple(richtext.mentions_in(self.nodes({**content, "show": "lines"}, NO_FACTS)))


def _sentence(row: Content) -> Inlines:
    """“Tổ …: 08 thành viên”, or the words typed after the name."""
    name, typed = mention("team", row, "team", "name"), richtext.inlines_of(text(row, "text"))
    if typed or not row.get("team"):
        return sentence(name, typed)
    headcount = Mention("team", str(row["team"]), "headcount")
    return (*name, Text(": "), headcount, Text(" thành viên"))


# --- a table ------------------------------------------------------------------------------------------


def _table(held: list[Content], facts: Facts) -> Table:
    columns = (Column(4, "center"), Column(20), Column(16), Column(8, "right"), Column(12))
    head = ("TT", "Tên tổ", "Quyết định", "Số thành viên", "Ghi chú")
    made = [_table_row(at, row, facts.teams.get(row.get("team") or 0)) for at, row in enumerate(held, 1)]
    known = [facts.teams[row["team"]] for row in held if row.get("team") in facts.teams]
    return tables.plain_table(columns, head, (*made, _sum(known)))


def _table_row(at: int, row: Content, team: TeamFacts | None) -> Row:
    decision = (Mention("paper", str(team.decision), "short"),) if team and team.decision else ()
    headcount = (Mention("team", str(row["team"]), "headcount"),) if row.get("team") else ()
    notes = richtext.inlines_of(text(row, "text"))
    parts = ((Text(str(at)),), mention("team", row, "team", "name"), decision, headcount, notes)
    return Row(tuple(map(Cell, parts)))


def _sum(known: list[TeamFacts]) -> Row:
    """Members of the teams whose number is known, and of how many teams that is."""
    told = [team.headcount for team in known if team.headcount is not None]
    cells = (
        Cell((Text("Tổng cộng"),), colspan=3, align="left"),
        Cell((Text(_people(sum(told)) if told else MISSING),)),
        Cell((Text(f"{len(told)}/{len(known)} tổ có số thành viên"),)),
    )
    return tables.bold_row(cells)


def _people(total: int) -> str:
    return count(total) if total < 1000 else number(total)
