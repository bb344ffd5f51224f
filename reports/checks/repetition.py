"""Words said twice: in one breath, in two paragraphs, as abbreviation and in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import eq

from .cited import cited_in
from .findings import ADVICE, ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, bare, matches

_PLAIN = "Văn phong báo cáo: rõ ràng, ngắn gọn"
_WORD = re.compile(r"[^\W_]+")
#: A run of so many words that stands in two places was copied.
COPIED = 20
_TWICE = re.compile(
    r"\b(?P<said>[^\W\d_]+ [^\W\d_]+)(?P<comma>,?) (?P<gap>[^\W\d_]+(?: [^\W\d_]+)?) (?P=said)\b",
    re.IGNORECASE,
)
#: Words that may stand between a word and itself: "cơ sở đến cơ sở".
_BRIDGES = frozenset(
    "đến với và hay hoặc sang tới là cùng theo cho nếu thì mà khi để không được của vì do bằng giữa từ".split()
)


def in_one_breath(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "hiệu quả qua hiệu quả", "kịch bản, phương án kịch bản"."""
    for line in manuscript.prose:
        split = line.text.split()
        repeated = any(map(eq, split, split[3:])) or any(map(eq, split, split[4:]))
        for found in matches(_TWICE, line.text) if repeated else ():
            gap, said = found["gap"].split(), found["said"]
            proper = said != said.lower() or any(word != word.lower() for word in gap)
            if proper or not _BRIDGES.isdisjoint(gap) or len(set(said.split())) == 1:
                continue
            if any(start <= found.start() < end for start, end in _exempt(line, manuscript)):
                continue
            yield Remark(
                line,
                found.start(),
                found.end(),
                f"“{found['said']}” lặp lại trong cùng một cụm từ; cần viết lại cho rõ.",
                severity=WARNING if found["comma"] else ERROR,
            )


#: Words of like meaning that need a comma or "và" between them.
_ALIKE = (
    ("truyền thông", "tuyên truyền"),
    ("đào tạo", "tập huấn", "bồi dưỡng"),
    ("kiểm tra", "giám sát"),
    ("khó khăn", "vướng mắc"),
    ("kiến nghị", "đề xuất"),
    ("hướng dẫn", "chỉ đạo"),
    ("phổ biến", "tuyên truyền"),
    ("theo dõi", "đôn đốc"),
)
_PAIRS = tuple(f"{one} {other}" for group in _ALIKE for one in group for other in group if one != other)


def side_by_side(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Two words of like meaning without a comma between them, outside subjects of papers."""
    for line in manuscript.prose:
        text = line.text.lower()
        for pair in _PAIRS:
            at = text.find(pair)
            if at < 0 or any(c.subject_start <= at < c.end for c in cited_in(manuscript, line)):
                continue
            words = line.text[at : at + len(pair)]
            yield Remark(
                line, at, at + len(pair), f"Giữa hai từ trong “{words}” thiếu dấu phẩy hoặc chữ “và”."
            )


_ONE_OF_MANY = re.compile(
    r"\b(?:lớp|khóa|khoá|buổi|cuộc|đợt|hội nghị|mô hình) (?:các|những) [^\W\d_]+(?: [^\W\d_]+)?"
)


def garbled(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A noun in the singular run into one in the plural: "lớp các khóa"."""
    for line in manuscript.prose:
        for found in matches(_ONE_OF_MANY, line.text):
            yield Remark(line, found.start(), found.end(), f"“{found[0]}” thừa hoặc thiếu chữ; cần viết lại.")


_SHORT = {
    "AI": "trí tuệ nhân tạo",
    "CNTT": "công nghệ thông tin",
    "TTHC": "thủ tục hành chính",
    "CĐS": "chuyển đổi số",
    "KHCN": "khoa học công nghệ",
    "UBND": "ủy ban nhân dân",
}


def short_and_long(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """An abbreviation and its own words, one after the other as if they were two things."""
    known = {**_SHORT, **{term.abbreviation: term.text for term in knowledge.terms if term.abbreviation}}
    here = [(short, long) for short, long in known.items() if bare(long) in manuscript.folded]
    for line in manuscript.prose:
        folded = line.folded
        for short, long in here:
            if short not in line.text or bare(long) not in folded:
                continue
            words, first = re.escape(bare(long)), re.escape(bare(short))
            for found in re.finditer(rf"\b{first}(?:, | và ){words}\b|\b{words}(?:, | và ){first}\b", folded):
                if line.text[found.start() : found.end()].find(short) >= 0:
                    yield Remark(
                        line,
                        found.start(),
                        found.end(),
                        f"“{short}” chính là “{long.lower()}”; chỉ viết một lần, hoặc “{long.lower()} ({short})”.",
                    )


def copied(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A long run of words that stands in two paragraphs, or in a heading and below it."""
    first: dict[tuple[str, ...], Line] = {}
    headings: set[int] = set()
    for line in manuscript.prose:
        if line.text.count(" ") < COPIED - 1:
            continue
        spans, runs = _runs(line.text, _exempt(line, manuscript))
        at = 0
        while at < len(runs):
            before = first.setdefault(runs[at], line)
            length = 1
            while before is not line and at + length < len(runs) and runs[at + length] in first:
                length += 1
            if before is not line:
                start, end = spans[at][0], spans[at + length + COPIED - 2][1]
                remark = _copied(line, start, end, before, length + COPIED - 1, headings)
                if remark:
                    yield remark
            at += length


@lru_cache(maxsize=4000)
def _runs(
    text: str, exempt: tuple[tuple[int, int], ...]
) -> tuple[list[tuple[int, int]], list[tuple[str, ...]]]:
    """Where a line's words stand, and its runs of COPIED words, each by seven that hardly ever agree by chance."""
    spans = [found.span() for found in _WORD.finditer(text)]
    if exempt:
        spans = [span for span in spans if not any(start <= span[0] < end for start, end in exempt)]
    lower = text.lower()
    words = [lower[start:end] for start, end in spans]
    picked = (words[at:] for at in (0, 1, 2, 7, 12, COPIED - 2, COPIED - 1))
    return spans, list(zip(*picked, strict=False))


def _copied(line: Line, start: int, end: int, before: Line, count: int, headings: set[int]) -> Remark | None:
    """Said once of a heading whose words come again below it, else of the later place."""
    if line.part == "heading" or before.index in headings:
        return None
    if before.part != "heading":
        return Remark(line, start, end, f"{count} chữ này chép nguyên văn từ mục “{before.section}”.")
    headings.add(before.index)
    return Remark(
        before,
        0,
        len(before.text),
        f"{count} chữ của tên mục được chép lại nguyên văn trong nội dung.",
        severity=ADVICE,
    )


def _exempt(line: Line, manuscript: Manuscript) -> tuple[tuple[int, int], ...]:
    """Quotations, addresses and citations: words that are not the author's own."""
    spans = [found.span() for found in re.finditer(r"“[^“”]*”|https?://\S+", line.text)]
    return (*spans, *((cited.start, cited.end) for cited in cited_in(manuscript, line)))


CHECKS = (
    Check("said-twice", "structure", ERROR, "Lặp từ trong một cụm", _PLAIN, in_one_breath),
    Check("missing-comma", "structure", WARNING, "Hai từ gần nghĩa liền nhau", _PLAIN, side_by_side),
    Check("garbled", "structure", WARNING, "Câu lủng củng", _PLAIN, garbled),
    Check("short-and-long", "structure", WARNING, "Viết tắt và viết đủ cùng lúc", _PLAIN, short_and_long),
    Check("copied", "structure", WARNING, "Đoạn chép nguyên văn", _PLAIN, copied),
)
