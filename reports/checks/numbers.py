"""Figures in sentences: each number with its unit, what it counts and the words around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .cited import citations
from .knowledge import Knowledge
from .text import Line, Manuscript, bare, matches

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_NUMBER = re.compile(rf"(?<![\w/.,–-])(?:{NUMBER})(?![\d/]|[.,]\d|-\d|\w)")
#: What stands before a number that names, dates or orders instead of counting.
_NAMING = re.compile(
    r"(?<!tổng )(?<!con )\b(?:số|năm|tháng|ngày|quý|tuần|thứ|lần|khóa|khoá|kỳ|đợt|Điều|khoản|điểm|mục|phần|Phần|Mục"
    r"|cấp|tầng|bậc|hạng|lớp|khối|giai đoạn|Đề án|đề án|Nghị quyết|Chỉ thị|Kết luận|Quyết định|Luật|hồi|lúc|Phụ lục"
    r"|Bảng|Biểu|Mẫu|Báo cháy|báo cháy|tổng đài|phường|quận|khu|tổ dân phố|thôn|mức độ|nhiệm kỳ|vĩ|độ)\s*$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s+([^\W\d_]+(?:\s+[^\W\d_]+){0,3})")
_DIGIT = re.compile(r"\d")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_STOP = frozenset(
    "để với và tại trên được đã cho trong của từ theo là có do ở đạt chưa không đang sẽ thuộc về gồm tăng giảm so"
    " hoàn tham như khi thì mà nhằm bằng vào ra hoặc nay cùng qua trở đến tới các những này đó trước sau còn bao".split()
)
_PERCENT = re.compile(rf"(?<![\w/.,])(?P<value>{NUMBER})\s?%")
_RATIO = re.compile(r"(?<![\w/.,-])(?P<part>\d[\d.]*)\s?/\s?(?P<whole>\d[\d.]*)(?![\w/,%]|\.\d)")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_OF_DAY = re.compile(r"(?:ngày|số|điều|tháng|từ|đến|lúc)\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|\b[\w.-]+@[\w.-]+|\bwww\.\S+")
#: Nouns that open the name of a group of people.
GROUPS = ("tổ", "ban", "đội", "hội đồng", "câu lạc bộ", "nhóm", "chi hội", "tiểu ban", "đoàn", "hội")
PEOPLE = frozenset(("thanh vien", "nguoi", "dong chi", "hoi vien", "doan vien", "to vien"))
#: What leads to a place, not to what is counted.
_PLACING = re.compile(
    r"(?:\b(?:tại|ở|trên|thuộc|trong|từ|ngoài)\s+)(?:(?:các|những|mỗi|từng)\s+)?$", re.IGNORECASE
)
_PLACES = ("to dan pho", "khu dan cu")
#: Words that begin like a group and are none.
_NO_GROUP = [
    pair.split()
    for pair in (
        "tổ chức",
        "tổ dân",
        "tổ trưởng",
        "tổ phó",
        "tổ viên",
        "ban hành",
        "đội ngũ",
        "hội nghị",
        "đoàn thể",
    )
]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A counted number: `unit` the words that follow it ("thành viên"), "" where a label says what it is."""

    line: Line
    start: int
    end: int
    value: Decimal
    unit: str
    unit_end: int

    @property
    def words(self) -> str:
        """Number and unit as they stand."""
        return self.line.text[self.start : self.unit_end]

    @property
    def printed(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def key(self) -> str:
        return bare(self.unit)

    @property
    def noun(self) -> str:
        """The first two syllables of the unit, folded: "thành viên tham gia" and "Thành viên" are one."""
        return " ".join(self.key.split()[:2])


#: A group's noun, not after "ủy", and the words that go on from it.
_GROUP = re.compile(
    rf"(?<![ủỷ] )(?<!uỷ )\b(?=(?:{'|'.join(GROUPS)})\b)[^\W\d_]+(?: [^\W\d_]+){{3,6}}", re.IGNORECASE
)


def value_of(printed: str) -> Decimal:
    """4.118 and 4118 are the same; the comma is decimal."""
    return Decimal(re.sub(r"\.(?=\d{3})", "", printed).replace(",", "."))


def quantities(manuscript: Manuscript) -> tuple[Quantity, ...]:
    """Every counted number of headings, paragraphs and list lines, in reading order."""
    return _quantities(manuscript)


@lru_cache(maxsize=2)
def _quantities(manuscript: Manuscript) -> tuple[Quantity, ...]:
    taken: dict[int, list[tuple[int, int]]] = {}
    for cited in citations(manuscript):
        spans = taken.setdefault(cited.line.index, [])
        spans.append((cited.start, cited.code_end))
        spans.append((cited.date_start, cited.date_start + len(cited.printed_date)))
    return tuple(found for line in manuscript.prose for found in _of_line(line, taken.get(line.index, [])))


def _of_line(line: Line, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    text = line.text
    if not _DIGIT.search(text):
        return
    taken = taken + [found.span() for found in _ADDRESS.finditer(text)]
    for found in _NUMBER.finditer(text):
        after = text[found.end() : found.end() + 2].strip()[:1]
        if any(start <= found.start() < end for start, end in taken) or after in ("%", "°", "/"):
            continue
        if _NAMING.search(text, max(0, found.start() - 20), found.start()) or _is_year(text, found):
            continue
        unit, unit_end = _unit(text, found.end())
        if found.start() == 0 and unit[:1].isupper():
            continue  # the order of a row
        yield Quantity(line, found.start(), found.end(), value_of(found[0]), unit, unit_end)


def _is_year(text: str, found: re.Match[str]) -> bool:
    return (
        len(found[0]) == 4
        and found[0].isdigit()
        and 1900 <= int(found[0]) <= 2100
        and not _unit(text, found.end())[0]
    )


def _unit(text: str, end: int) -> tuple[str, int]:
    """The words right after a number that say what it counts, and where they end."""
    found = _UNIT.match(text, end)
    kept = end
    for word in _SYLLABLE.finditer(text, found.start(1), found.end(1)) if found else ():
        if word[0].lower() in _STOP:
            break
        kept = word.end()
    return (text[end:kept].strip(), kept) if kept > end else ("", end)


@dataclass(frozen=True, slots=True, eq=False)
class Percent:
    """A percent of a line, in hundredths."""

    line: Line
    start: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """x/y of a line; y is not 0."""

    line: Line
    start: int
    end: int
    part: Decimal
    whole: Decimal


def percents(line: Line) -> Iterator[Percent]:
    for found in matches(_PERCENT, line.text) if "%" in line.text else ():
        yield Percent(line, found.start(), found.end(), value_of(found["value"]))


def ratios(line: Line) -> Iterator[Ratio]:
    """x/y with whole numbers that is no date and no part of one."""
    if "/" not in line.text:
        return
    dates = [found.span() for found in matches(_DATE, line.text)]
    for found in matches(_RATIO, line.text):
        before = line.text[max(0, found.start() - 8) : found.start()]
        if any(start <= found.start() < end for start, end in dates) or _OF_DAY.search(before):
            continue
        part, whole = (found[name].rstrip(".") for name in ("part", "whole"))
        if part and whole and value_of(whole):
            yield Ratio(line, found.start(), found.end(), value_of(part), value_of(whole))


# --- what a number counts -----------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _named_groups(manuscript: Manuscript, knowledge: Knowledge) -> tuple[str, ...]:
    """Names of groups, marks folded, the longest first: from glossary and register, else as the text repeats them."""
    known = {bare(term.text) for term in knowledge.terms} | {bare(team.name) for team in knowledge.teams}
    found = {name for name in known if name.startswith(tuple(bare(group) + " " for group in GROUPS))}
    found |= set(_repeated(manuscript))
    here = {name for name in found - set(_PLACES) if name in manuscript.folded}
    return tuple(sorted(here, key=len, reverse=True))


def _repeated(manuscript: Manuscript) -> Iterator[str]:
    """Phrases from a group's noun on that stand twice or more, as long as most of them go on alike."""
    lines = {
        quantity.line.index: quantity.line for quantity in quantities(manuscript) if quantity.noun in PEOPLE
    }
    counts: dict[tuple[str, ...], int] = {}
    for line in lines.values():
        for found in matches(_GROUP, line.text):
            printed = found[0].lower().split()
            tokens = line.folded[found.start() : found.end()].split()
            if printed[:2] not in _NO_GROUP:
                for length in range(4, _run(printed) + 1):
                    gram = tuple(tokens[:length])
                    counts[gram] = manuscript.folded.count(" ".join(gram))
    longer: Counter[tuple[str, ...]] = Counter()
    for gram, count in counts.items():
        longer[gram[:-1]] = max(longer[gram[:-1]], count)
    for gram, count in counts.items():
        if count >= 2 and longer[gram] < 0.6 * count:
            yield " ".join(gram)


def _run(printed: list[str]) -> int:
    """How many of the words may belong to a name: up to the first small word."""
    stops = [at for at, word in enumerate(printed) if word in _STOP]
    return min([*stops, 7])


def group_of(quantity: Quantity, manuscript: Manuscript, knowledge: Knowledge) -> str:
    """The group a number of people belongs to: the last one named before it that is no mere place, or ""."""
    folded = quantity.line.folded[: quantity.start]
    begin = max(folded.rfind(". "), folded.rfind(";")) + 1
    best, at = "", -1
    for name in _named_groups(manuscript, knowledge):
        start = folded.rfind(name, begin)
        while start > at and _PLACING.search(quantity.line.text, max(0, start - 24), start):
            start = folded.rfind(name, begin, start)
        if start > at:
            best, at = name, start
    return best


def context(quantity: Quantity, width: int = 8) -> frozenset[str]:
    """The words around a number, marks folded, without the small ones."""
    folded = quantity.line.folded
    before = re.findall(r"[^\W\d_]{2,}", folded[: quantity.start])[-width:]
    after = re.findall(r"[^\W\d_]{2,}", folded[quantity.unit_end :])[: width - 3]
    return frozenset(word for word in (*before, *after) if word not in _SMALL)


_SMALL = frozenset(map(bare, _STOP))


def one_digit_apart(one: str, other: str) -> bool:
    """Digits that differ by one changed digit, or by two neighbours swapped; at least two of them."""
    left, right = (re.sub(r"\D", "", text).lstrip("0") for text in (one, other))
    if len(left) != len(right) or len(left) < 2 or left == right:
        return False
    at = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    swapped = (
        len(at) == 2 and at[1] == at[0] + 1 and left[at[0]] == right[at[1]] and left[at[1]] == right[at[0]]
    )
    return len(at) == 1 or swapped
