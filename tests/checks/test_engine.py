"""The engine: places, order, levels; every check named, explained and known to one topic."""

import dataclasses
from pathlib import Path

import pytest

from reports import checks
from reports.checks import CHECKS, run, text
from reports.checks.findings import ADVICE, ERROR, OFF, SEVERITIES, TOPICS, Check, Remark
from reports.checks.knowledge import Knowledge
from reports.document import nodes

from .examples import document

NAME = Check(
    "name",
    "names",
    ERROR,
    "Tên",
    "lý do",
    lambda manuscript, _: (
        Remark(line, line.text.index("A"), line.text.index("A") + 1, "Có chữ A.")
        for line in manuscript.lines
        if "A" in line.text
    ),
)


@pytest.fixture
def one(monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", {"name": NAME})


def test_a_finding_says_where_it_is(one):
    found = run(document("# 1. Mục một\nCâu đầu. Có A ở đây. Câu cuối.\n## a) Dưới\n- Chữ A."), Knowledge())
    assert [(f.section, f.section_key, f.key, f.sentence, f.words) for f in found] == [
        ("1. Mục một", "s1", "b1", "Có A ở đây.", "A"),
        ("a) Dưới", "s1-0", "b1-0", "Chữ A.", "A"),
    ]


def test_an_organization_may_demote_or_silence_a_check(one):
    tree = document("Chữ A.")
    assert [f.severity for f in run(tree, Knowledge())] == [ERROR]
    assert [f.severity for f in run(tree, Knowledge(), {"name": ADVICE})] == [ADVICE]
    assert run(tree, Knowledge(), {"name": OFF}) == []


def test_a_check_that_blocks_cannot_be_silenced(monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", {"name": dataclasses.replace(NAME, blocks=True)})
    assert [f.severity for f in run(document("Chữ A."), Knowledge(), {"name": OFF})] == [ERROR]


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_every_check_is_complete(check):
    assert check.topic in TOPICS
    assert check.severity in SEVERITIES
    assert check.title
    assert check.article
    assert check.severity == ERROR or not check.blocks


def test_every_check_has_its_examples():
    """A bad, a good and a near-miss text stand in this folder under the check's code."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in CHECKS if f'"{code}"' not in written] == []


def test_every_check_bears_an_empty_document():
    assert run(nodes.Document(""), Knowledge()) is not None


def test_folding_keeps_places():
    assert text.bare("Đảng ủy phường Nhị Chiểu") == "dang uy phuong nhi chieu"
    assert text.toneless("Nhị Chiểu, đường") == "Nhi Chiêu, đương"
    assert len(text.bare("ỹẶĐờ")) == 4


def test_sentences_end_where_a_reader_says_so():
    line = "Theo NĐ số 30. Có 4.118 người (TP. Hải Phòng). “Xong.” Hết..."
    assert [line[a:b] for a, b in text.sentence_spans(line)] == [
        "Theo NĐ số 30.",
        "Có 4.118 người (TP. Hải Phòng).",
        "“Xong.”",
        "Hết...",
    ]
