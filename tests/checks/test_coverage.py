"""Evidence coverage: figures and claims with a paper or file behind them, by section and together."""

import dataclasses

from reports.checks.coverage import by_section, statements, whole
from reports.checks.knowledge import Knowledge
from reports.checks.text import Manuscript
from reports.document import nodes

from .examples import document
from .ward import WARD


def test_a_number_with_a_paper_in_its_sentence_is_backed():
    text = (
        "# 1. Tổ chức\nTheo Quyết định số 616/QĐ-UBND ngày 22/9/2025 có 144 thành viên. Có 4.118 thí sinh.\n"
        "# 2. Kết quả\n100% cán bộ được bồi dưỡng.\n# 3. Khó khăn\nThiếu người."
    )
    found = statements(Manuscript(document(text)), Knowledge())
    assert {key: (one.backed, one.total, one.percent) for key, one in by_section(found).items()} == {
        "s1": (1, 2, 50),
        "s2": (0, 1, 0),
    }
    assert [one.words for one in found if not one.backed] == ["4.118 thí sinh", "100%"]
    assert (whole(found).backed, whole(found).total, whole(found).percent) == (1, 3, 33)
    assert whole(()).percent is None


def backed(known: Knowledge, mention: nodes.Mention, rest: str) -> list[bool]:
    line = nodes.Paragraph((mention, nodes.Text(rest)))
    tree = nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block((line,)),)),))
    return [one.backed for one in statements(Manuscript(tree), known)]


def test_a_live_figure_is_backed_by_the_file_of_its_reading():
    mention = nodes.Mention("figure", "1", current="4.118")
    proven = dataclasses.replace(WARD.indicators[0], evidence=True)
    assert backed(WARD, mention, " thí sinh.") == [False]
    assert backed(dataclasses.replace(WARD, indicators=(proven,)), mention, " thí sinh.") == [True]


def test_a_team_is_backed_by_its_decision():
    assert backed(WARD, nodes.Mention("team", "1", "headcount", current="144"), " thành viên.") == [True]
    assert backed(WARD, nodes.Mention("team", "2", "headcount", current="21"), " thành viên.") == [False]
