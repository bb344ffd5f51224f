"""Evidence coverage: figures and claims with a paper or file behind them, by section and together."""

import dataclasses

from reports.checks.coverage import coverage, together
from reports.checks.knowledge import Knowledge
from reports.document import nodes

from .examples import document
from .ward import WARD


def test_a_number_with_a_paper_in_its_sentence_is_backed():
    text = (
        "# 1. Tổ chức\nTheo Quyết định số 616/QĐ-UBND ngày 22/9/2025 có 144 thành viên. Có 4.118 thí sinh.\n"
        "# 2. Kết quả\n100% cán bộ được bồi dưỡng. Đa phần người lao động biết dùng.\n# 3. Khó khăn\nThiếu người."
    )
    found = coverage(document(text), Knowledge())
    assert [(one.section, one.stated, one.backed, one.percent) for one in found] == [
        ("1. Tổ chức", 2, 1, 50),
        ("2. Kết quả", 2, 0, 0),
    ]
    assert found[0].bare == ("4.118 thí sinh",)
    whole = together(found)
    assert (whole.stated, whole.backed, whole.percent) == (4, 1, 25)
    assert together([]).percent is None


def test_a_live_figure_is_backed_by_the_file_of_its_reading():
    line = nodes.Paragraph((nodes.Mention("figure", "1", current="4.118"), nodes.Text(" thí sinh.")))
    tree = nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block((line,)),)),))
    proven = dataclasses.replace(WARD.indicators[0], evidence=True)
    assert [one.backed for one in coverage(tree, WARD)] == [0]
    assert [one.backed for one in coverage(tree, dataclasses.replace(WARD, indicators=(proven,)))] == [1]


def test_a_team_is_backed_by_its_decision():
    def of(team: str) -> list[int]:
        line = nodes.Paragraph(
            (nodes.Mention("team", team, "headcount", current="21"), nodes.Text(" thành viên."))
        )
        tree = nodes.Document("", sections=(nodes.Section(blocks=(nodes.Block((line,)),)),))
        return [one.backed for one in coverage(tree, WARD)]

    assert of("1") == [1]
    assert of("2") == [0]
