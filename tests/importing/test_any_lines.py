"""Any lines, labelled in any order, come back each as it was: nothing dropped, renumbered or reworded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.document import docx, plain
from reports.document.nodes import Item, Section, walk_sections, words
from reports.document.numbering import resolve
from reports.importing import read

pytestmark = pytest.mark.tools

LABELS = st.sampled_from(
    "I. II. V. X. A. B. C. 1. 2. 7. 12. 1.1. 1.1 2.10. 1.1.1. a) b) đ) i) v) a. 1) (1) (i) (a) I- 1/ a/ - + * • –".split()
)
WORDS = st.sampled_from(
    "Công tác tuyên truyền được đẩy mạnh|Đã mở 05 lớp cho 120 người|Kết quả|Không|KẾT QUẢ THỰC HIỆN|Khó khăn, vướng mắc|"
    "Ban hành Kế hoạch số 98/KH-UBND ngày 19/9/2025|Đạt 27/27 tổ (100%)|Kinh phí 1.835.000 đồng|"
    "Năm 2025: tăng 12,5% so với năm 2024|“Đi từng ngõ, gõ từng nhà”|Xã đạt chuẩn; huyện hỗ trợ".split("|")
)
ENDS = st.sampled_from([".", ";", ":", "", "./."])
LINES = st.builds(lambda label, text, end: f"{label} {text}{end}".strip(), LABELS | st.just(""), WORDS, ENDS)


@given(st.lists(LINES, min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_every_line_comes_back_in_its_place(lines):
    document = resolve(read("\n".join(lines).encode(), "a.txt").document, {})
    assert plain.body(document).splitlines() == lines


@given(st.lists(LINES, min_size=1, max_size=15))
@settings(max_examples=40, deadline=None)
def test_and_once_more_through_word(lines):
    document = resolve(read("\n".join(lines).encode(), "a.txt").document, {})
    again = resolve(read(docx.render(document), "a.docx").document, {})
    assert plain.body(again).splitlines() == lines


@given(st.lists(LINES, min_size=1, max_size=25))
@settings(max_examples=100, deadline=None)
def test_every_printed_label_is_one_of_the_source(lines):
    """No label is made up: those of sections and list lines stand in the source in the same order."""
    document = resolve(read("\n".join(lines).encode(), "a.txt").document, {})
    source = iter(lines)
    for label in _labels(document.sections):
        assert any(line.startswith(f"{label} ") for line in source)


def _labels(sections: tuple[Section, ...]) -> list[str]:
    found = []
    for section in walk_sections(sections):
        found += [section.label] if section.label and words(section.heading) + words(section.run_in) else []
        found += [node.label for block in section.blocks for node in block.nodes if isinstance(node, Item)]
    return found
