"""Every check bears any lawful tree, and what it says of one can be shown: words that stand there, a fix that fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.checks import run
from reports.checks.coverage import statements, whole
from reports.checks.knowledge import Knowledge
from reports.checks.text import Manuscript, bare, sentence_spans, toneless
from reports.document import nodes
from reports.document.numbering import resolve
from tests.document import trees

from .ward import WARD

#: Pieces of real sentences, joined at random: nearer to what checks look for than letters at random.
PIECES = st.sampled_from(
    (
        *(
            "Kế hoạch số 98/KH-UBND",
            "ngày 19/9/2025",
            "ngày 31/02/2026",
            "của UBND phường",
            "của Đảng ủy phường",
        ),
        *(
            "về việc Triển khai",
            "thành lập",
            "Tổ công nghệ số cộng đồng",
            "với 144 thành viên",
            "gồm 7 thành viên và",
        ),
        *(
            "100%",
            "27/27",
            "0/0",
            "4.118 thí sinh",
            "1,5 tỷ",
            "= 3 + 4",
            "từ ngày 1/7/2025 đến ngày 0/0/2026",
        ),
        *(
            "cụ thể như sau:",
            "02 mô hình (mô hình một, mô hình hai)",
            "Đa phần người dân",
            "“",
            "”",
            "(",
            ")",
            "...",
        ),
        *(
            "số: 616/QĐ-UBND",
            "06-KH-UBND",
            "777/UBND -VHXH",
            "https://zalo.me/g/a",
            "chuyên đổi số",
            "chuyển đổi số",
        ),
        *("Thực hiện", "ban hành", ".", ";", ",", "và", "AI, trí tuệ nhân tạo", "đến hết ngày 99/99/9999"),
    )
)
LINES = st.lists(PIECES, min_size=1, max_size=14).map(" ".join)
PARAGRAPHS = LINES.map(lambda text: nodes.Paragraph((nodes.Text(text),)))
ITEMS = LINES.map(lambda text: nodes.Item("-", (nodes.Text(text),)))
SENTENCES = st.lists(PARAGRAPHS | ITEMS, max_size=12).map(
    lambda made: nodes.Document(
        "", sections=(nodes.Section(blocks=(nodes.Block(tuple(made), "b1"),), key="s1"),)
    )
)


def shown(tree: nodes.Document, knowledge: Knowledge) -> None:
    text = "\n".join(line.text for line in Manuscript(tree).lines)
    for finding in run(tree, knowledge):
        assert finding.message
        if finding.fix:
            assert finding.fix.words != finding.fix.replacement
            assert finding.fix.words in text, finding
    share = whole(statements(Manuscript(tree), knowledge))
    assert 0 <= share.backed <= share.total


@given(SENTENCES)
@settings(max_examples=60)
def test_sentences_of_any_sort(tree):
    shown(tree, Knowledge())
    shown(tree, WARD)


@pytest.mark.tools
@given(trees.documents)
@settings(max_examples=50)
def test_any_tree(tree):
    shown(resolve(tree, {}), WARD)


@given(st.text(st.sampled_from(trees.VIETNAMESE + trees.VIETNAMESE.upper() + " .?!…”“(A"), max_size=80))
def test_folding_and_sentences_lose_nothing(text):
    assert len(bare(text)) == len(toneless(text)) == len(text)
    spans = list(sentence_spans(text))
    covered = "".join(text[start:end] for start, end in spans)
    assert covered.replace(" ", "") == text.replace(" ", "")
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
