"""Damage of extraction from PDF: page numbers taken out and cut paragraphs joined where that is certain, listed where not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..document.nodes import Text
from .labels import label_of
from .lines import Element, Line, Note, joined

_ALONE = re.compile(r"[-–—\s]*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?[-–—\s]*$", re.IGNORECASE)
_ENDED = (".", ":", ";", "!", "?", "…", "./", "/.")
_CLOSERS = "”\"’')]»"
#: No paragraph ends with one of these words.
_OPEN_WORDS = frozenset("và của với các những theo bởi hoặc thuộc".split())
#: A page's last line is full, so what stands above a cut is at least about this long.
_CUT = 50
#: Begins a line of its own as often as it goes on with the one above.
_OWN_LINE = re.compile(r"(trong đó|gồm|bao gồm|cụ thể|ví dụ|tổng|cộng|nam|nữ|http)", re.IGNORECASE)
_INSIDE = re.compile(r"(?<![\d.,/])\b([^\W\d_]+) (\d{1,2}) ([^\W\d_]+)\b")
#: Pairs that are one word of the trade, so that a number between them is a page's.
_PAIRS = frozenset(
    "tăng cường|thực hiện|triển khai|tổ chức|công tác|hoạt động|tuyên truyền|vận động|hướng dẫn|kết quả|nâng cao|"
    "nhiệm vụ|giải pháp|khó khăn|vướng mắc|chỉ đạo|ban hành|kế hoạch|báo cáo|phối hợp|kiểm tra|giám sát|xây dựng|"
    "phát triển|quản lý|nhà nước|nhân dân|người dân|doanh nghiệp|địa bàn|địa phương|đơn vị|cơ quan|cán bộ|"
    "công chức|viên chức|chuyển đổi|dịch vụ|hành chính|thủ tục|giải quyết|tiếp tục|đẩy mạnh|kinh tế|xã hội|"
    "văn hóa|giáo dục|đào tạo|y tế|môi trường|an toàn|an ninh|trật tự|quốc phòng|cộng đồng|phong trào|hiệu quả|"
    "chất lượng|đảm bảo|bảo đảm|thường xuyên|kịp thời|đồng thời|góp phần|đánh giá|tổng hợp|số liệu|thông tin|"
    "đề nghị|đề xuất|kiến nghị|nghiên cứu|hỗ trợ|đối với|liên quan|quy định|nội dung|phương án|chương trình".split(
        "|"
    )
)


def repaired(elements: list[Element], pages: bool) -> tuple[list[Element], list[Note]]:
    """The elements with damage undone, and a note for each repair and each doubt.

    `pages`: the source may hold remains of pages (text taken from PDF); a Word file does not.
    """
    if not pages:
        return elements, []
    notes: list[Note] = []
    elements = list(_without_numbers(elements, notes))
    elements = _joined(elements, notes)
    return _without_inner_numbers(elements, notes), notes


# --- numbers on lines of their own --------------------------------------------------------------------


def _without_numbers(elements: list[Element], notes: list[Note]) -> Iterator[Element]:
    """Leaves out page numbers that stand alone; a number out of the row of pages stays and is listed."""
    found = {at: number for at, element in enumerate(elements) if (number := _number_alone(element))}
    pages = _rising(found)
    carried = False
    for at, element in enumerate(elements):
        if at in pages:
            notes.append(Note("repaired", "Bỏ số trang đứng một mình", str(found[at])))
            carried = True
            continue
        if at in found:
            notes.append(Note("left", "Số đứng một mình, chưa chắc là số trang", str(found[at])))
        yield replace(element, gap=True, page=True) if carried else element
        carried = False


def _number_alone(element: Element) -> int:
    found = (
        _ALONE.fullmatch(element.text.strip()) if isinstance(element, Line) and not element.column else None
    )
    return int(found[1]) if found else 0


def _rising(found: dict[int, int]) -> set[int]:
    """The places whose numbers follow one another as pages do: each one or a few more than the one before."""
    kept: list[int] = []
    for at, number in found.items():
        last = found[kept[-1]] if kept else 0
        if last < number <= last + (6 if kept else 3):
            kept.append(at)
    return set(kept)


# --- paragraphs cut by a page or a margin ----------------------------------------------------------------


def _joined(elements: list[Element], notes: list[Note]) -> list[Element]:
    made: list[Element] = []
    for element in elements:
        before = made[-1] if made else None
        if isinstance(element, Line) and isinstance(before, Line) and not _is_own(element, before):
            verdict = _verdict(before, element)
            if verdict == "join":
                made[-1] = _one(before, element)
                if element.gap or element.page:
                    notes.append(Note("repaired", "Nối đoạn bị cắt giữa hai trang", _seam(before, element)))
                continue
            if verdict == "doubt":
                notes.append(
                    Note("left", "Có thể là một đoạn bị cắt, để nguyên hai đoạn", _seam(before, element))
                )
        made.append(element)
    return made


def _is_own(line: Line, before: Line) -> bool:
    """Whether a line begins something by itself: a label, a heading, a table's border, a cell."""
    label = label_of(line.text)
    if label and before.full and not line.gap and label.text == line.text and not _is_ended(before.text):
        return False  # “… trần tầng / 18.”
    return bool(line.level or line.column or (label and not (label.tight and not label.mark)))


def _verdict(before: Line, line: Line) -> str:
    """ "join", "doubt" or "": whether `line` goes on with the sentence of `before`."""
    first, second = before.text.rstrip(), line.text.lstrip()
    if not first or not second or before.column or before.level or _is_heading(before, line):
        return ""
    if _is_ended(first):
        if not before.full or line.gap:
            return ""
        return "join" if _opens_on(first, second) else "doubt"
    if before.full and not line.gap:
        return "join"
    goes_on = second.lstrip("“\"'(")[:1].islower()
    last_word = re.split(r"[\s“\"(]", first)[-1].lower()
    if len(first) < _CUT:
        return "doubt" if goes_on and (line.gap or line.page) else ""
    if last_word in _OPEN_WORDS or first.endswith((",", "-", "–", "(", "“")):
        return "join"
    if goes_on:
        return "doubt" if _OWN_LINE.match(second) else "join"
    return "doubt" if (line.gap or line.page) and not first.endswith(tuple(_CLOSERS)) else ""


def _opens_on(first: str, second: str) -> bool:
    """“… các Công văn:” at a full line's end goes on with “số 87/…”: a list would begin with a mark."""
    return first.endswith((":", ";")) and (second[:1].islower() or second[:1].isdigit())


def _is_heading(before: Line, line: Line) -> bool:
    """A whole bold line, or one in capitals, above one that is not: a heading and its text."""
    shouted = before.text.isupper() and not line.text.isupper()
    return shouted or (before.bold and not line.bold and not before.full)


def _is_ended(text: str) -> bool:
    """Whether a sentence ends there, closing quotation marks and brackets aside."""
    return text.endswith(_ENDED) or text.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))


def _one(before: Line, line: Line) -> Line:
    content = joined((*before.content, Text(" ", *_look(before)), *line.content))
    return replace(before, content=content, full=line.full)


def _look(line: Line) -> tuple[bool, bool]:
    last = line.content[-1]
    return (last.bold, last.italic) if isinstance(last, Text) else (False, False)


def _seam(before: Line, line: Line) -> str:
    return f"… {before.text[-40:].lstrip()} | {line.text[:40].rstrip()} …"


# --- numbers inside a sentence -----------------------------------------------------------------------------


def _without_inner_numbers(elements: list[Element], notes: list[Note]) -> list[Element]:
    """Takes a page number out of a sentence when the words beside it are one word and the page fits the place."""
    pairs = _pairs(elements)
    made: list[Element] = []
    read = 0
    for element in elements:
        if isinstance(element, Line):
            content = tuple(
                replace(part, text=_cleaned(part.text, read, pairs, notes))
                if isinstance(part, Text)
                else part
                for part in element.content
            )
            element = replace(element, content=content)
            read += len(element.text)
        else:
            read += sum(len(line.text) for line in element.lines)
        made.append(element)
    return made


def _pairs(elements: list[Element]) -> Counter[str]:
    """How often two words stand beside each other in the document."""
    found: Counter[str] = Counter()
    for element in elements:
        if isinstance(element, Line):
            words = re.findall(r"[^\W\d_]+|\S", element.text.lower())
            found.update(f"{first} {second}" for first, second in pairwise(words))
    return found


def _cleaned(text: str, read: int, pairs: Counter[str], notes: list[Note]) -> str:
    def chosen(found: re.Match[str]) -> str:
        pair = f"{found[1]} {found[3]}"
        page, place = int(found[2]), read + found.start()
        fits = page > 1 and place / 3600 <= page <= place / 1200 + 2
        if not (fits and pair.islower() and (pair in _PAIRS or pairs[pair] > 1)):
            return found[0]
        notes.append(Note("repaired", "Bỏ số trang lẫn trong câu", found[0]))
        return pair

    return _INSIDE.sub(chosen, text)
