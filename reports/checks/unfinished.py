"""What keeps a report in the house: nobody to sign or receive it, a section without a word, marks left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document.nodes import Section, Table, walk_sections, words
from .findings import ERROR, Check, Remark
from .knowledge import Knowledge
from .text import CLOSING, OPENING, Line, Manuscript, matches

_WHOLE = "Văn bản trình phải đủ nội dung (NĐ 30/2020/NĐ-CP, Điều 10, 12)"
_FRAME = "NĐ 30/2020/NĐ-CP, Điều 8 và Phụ lục I"


def expected(part: str, manuscript: Manuscript, knowledge: Knowledge) -> bool:
    """Whether the frame has a part: the officer did not leave it out; a file has it if it bears a number or a title."""
    if knowledge.left_out is not None:
        return part not in knowledge.left_out
    frame = manuscript.document.frame
    return bool(frame.number and frame.title)


def signer(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A signature block, and a name in it."""
    named = any(block.name for block in manuscript.document.frame.signatures)
    if not named and expected("signatures", manuscript, knowledge):
        yield Remark(manuscript.first("signature", "number"), 0, 0, "Chưa có người ký.", words="Người ký")


def recipients(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Ô 9b."""
    frame = manuscript.document.frame
    if not (frame.recipients and frame.recipients.lines) and expected("recipients", manuscript, knowledge):
        yield Remark(manuscript.first("number"), 0, 0, "Chưa có nơi nhận.", words="Nơi nhận:")


def empty(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A section without a word; "Không." is a word."""
    headings = {line.owner: line for line in manuscript.of_part("heading") if isinstance(line.owner, Section)}
    top = {id(section): at for at, section in enumerate(manuscript.document.sections)}
    for section in walk_sections(manuscript.document.sections):
        if section.sections or words(section.run_in).strip() or _written(section):
            continue
        line = headings.get(section)
        name = " ".join(filter(None, (section.label, words(section.heading)))) or (
            CLOSING if top.get(id(section)) else OPENING
        )
        line = line or Line(0, "heading", "", section=name, section_key=section.key, owner=section)
        message = "Mục này chưa có nội dung; nếu không có gì để báo cáo, hãy ghi “Không.”."
        yield Remark(line, 0, len(line.text), message, words="" if line.text else name)


def _written(section: Section) -> bool:
    return any(
        isinstance(node, Table) or words(node.content).strip()
        for block in section.blocks
        for node in block.nodes
    )


_DOTS = r"(?:…+|\.{3,})"
#: Marks that nobody leaves on purpose.
_LEFT = re.compile(
    r"…{2,}|\.{5,}|_{3,}|\[\s*\]|\[(?:\s*(?:…|\.|x|X|\?))+\s*\]"
    r"|\[(?:điền|nhập|ghi|bổ sung|cập nhật|số liệu|họ tên|tên)\b[^\]]{0,60}\]"
    r"|(?<![\w.])x{2,}(?!\w)|(?<=/)X{2,}(?!\w)|(?<!\w)X{2,}(?=/)|(?<=[Ss]ố )X{2,}\b|\?{3,}|\bTODO\b"
)
#: An ellipsis where a number, date or name should stand, not at the end of an enumeration.
_BLANK = re.compile(
    rf"\b(?:[Ss]ố|ngày|tháng|năm|có|là|đạt|ông|bà|đồng chí|gồm|khoảng|tổng số|được|thêm|hơn|đến)\s*:?\s+(?P<one>{_DOTS})"
    rf"(?=\s|/|[.,;)]|$)|(?<!\S)(?P<two>{_DOTS})(?=\s*(?:%|tháng\b|năm\b|/|người\b|hộ\b|thành viên\b|triệu\b|đồng\b"
    rf"|cuộc\b|lượt\b|lớp\b|buổi\b|tổ\b|hồ sơ\b|văn bản\b|tin\b|bài\b))"
)


def marks(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Marks where a number, a date or a name is to come."""
    for line in manuscript.lines:
        if line.part in ("number", "place_date", "reference", "signature") or _made(line):
            continue
        spans = [found.span() for found in matches(_LEFT, line.text)]
        if line.part != "cell":
            for found in matches(_BLANK, line.text):
                start, end = found.span("one" if found["one"] else "two")
                if not any(a < end and start < b for a, b in spans):
                    spans.append((start, end))
        for start, end in sorted(spans):
            yield Remark(line, start, end, "Chỗ này chưa điền số, ngày hoặc tên.")


def _made(line: Line) -> bool:
    """Whether the line stands in an appendix that a block makes: its gaps are the register's, shown as such."""
    return line.appendix and line.section_key != "" and not line.section_key.startswith("s")


CHECKS = (
    Check("signer-missing", "structure", ERROR, "Có người ký", _FRAME, signer, blocks=True),
    Check("recipients-missing", "structure", ERROR, "Có nơi nhận", _FRAME, recipients, blocks=True),
    Check("section-empty", "structure", ERROR, "Mục nào cũng có nội dung", _WHOLE, empty, blocks=True),
    Check("mark-left", "structure", ERROR, "Không còn chỗ chưa điền", _WHOLE, marks, blocks=True),
)
