"""Citations in a document, with the place of each part: what was printed, so that a check can point at it.

`campaigns.citations.find` reads a citation into a register; this reader keeps slips as they stand, gives the place
of every part and takes a twentieth of the time, because it runs at every pause in typing. A test holds both to one
reading of the reference report.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from campaigns.citations import KINDS

from .findings import Fix, Remark
from .text import Line, Manuscript, bare

#: Number, separator and symbol as printed, slips included: 98/KH-UBND, 06-KH-UBND, 777/UBND -VHXH, 72/2024/NĐ-CP.
CODE = re.compile(
    r"(?<![\w/.,-])(?P<number>\d{1,5}[a-zđ]?(?P<year>/(?:19|20)\d\d)?)"
    r"(?P<mark>\s?[/-]\s?)"
    r"(?P<symbol>QH\s?\d+|[A-ZĐƯÔÊÂ][A-Za-zĐđƯÔ&]*\d{0,2}(?:\s?[-–/]\s?[A-ZĐƯÔÊÂ][A-Za-zĐđƯÔ&]*(?:\.[A-ZĐ]+)?\d{0,2})*)"
)
_KIND = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_BEFORE = re.compile(r"\b[Ss]ố(?P<colon>\s*:)?\s*$")
_DATE = re.compile(
    r"\s*,?\s*(?:ký |ban hành )?ngày\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})"
)
#: Verbs that open the subject of a decision or plan without "về việc".
VERBS = (
    *("thành lập", "kiện toàn", "phê duyệt", "ban hành", "công nhận", "công bố", "quy định", "sửa đổi"),
    *(
        "bổ sung",
        "điều chỉnh",
        "thay thế",
        "bãi bỏ",
        "giao",
        "phân công",
        "triển khai",
        "tổ chức",
        "thực hiện",
    ),
    *(
        "hướng dẫn",
        "tập huấn",
        "báo cáo",
        "tăng cường",
        "giải thể",
        "cử",
        "bổ nhiệm",
        "hưởng ứng",
        "phát động",
    ),
    *(
        "kiểm tra",
        "rà soát",
        "tuyên truyền",
        "đẩy mạnh",
        "phối hợp",
        "tổng kết",
        "sơ kết",
        "xây dựng",
        "đánh giá",
    ),
    *("đào tạo", "bồi dưỡng", "khen thưởng", "tham gia", "cung cấp", "đề nghị", "chỉ đạo"),
    *("cập nhật", "quản lý", "sử dụng", "cài đặt", "vận động", "thu hồi", "đăng ký", "phân bổ", "ứng dụng"),
)
_VERB = "|".join(VERBS)
_ISSUER = re.compile(
    rf"\s*,?\s*của\s+(?P<issuer>[^,;.:()“”]+?)(?=\s+(?:về\b|V/v|v/v|(?!phòng|xây dựng)(?:{_VERB}))|\s*[,;.:()“”]|\s*$)"
)
_SUBJECT = re.compile(
    rf"\s*,?\s*(?P<lead>về việc|V/v|v/v|Về việc|về)\s*:?\s+(?P<subject>\S.*)|\s*(?P<verb>(?:{_VERB})\b.*)"
)
#: Where a subject ends though the sentence goes on.
_STOP = re.compile(
    r";|\.(?:\s|$)|\s+với\s+(?:tổng số\s+)?\d|[,;]?\s+(?:(?:và|,)\s+)?(?:số\s+\d)|\)(?=\s*(?:[,;.]|$))"
    r"|,\s+(?=(?:UBND|Ủy ban|Uỷ ban|Sở|HĐND|Hội đồng|Phòng|Phường|Xã|phường|xã|Văn phòng|Đảng ủy|cán bộ)\b)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Cited:
    """One citation of a line. Offsets are of `line.text`; `code` is number and symbol as printed.

    `between` are the words between kind and "số"; `tail` the words after "về việc", cut only where the line or
    the next citation begins; `paper` is the register's id where the words are a mention.
    """

    line: Line
    start: int
    end: int
    kind: str
    between: str
    colon: bool
    code: str
    code_start: int
    code_end: int
    number: str
    mark: str
    symbol: str
    date: datetime.date | None
    printed_date: str
    date_start: int
    issuer: str
    subject: str
    subject_start: int
    tail: str
    paper: int | None = None

    @property
    def words(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def called(self) -> str:
        """Kind and code, for messages."""
        kind = self.kind or "văn bản"
        return f"{kind[:1].upper()}{kind[1:]} số {tidy(self.code)}"

    @property
    def is_full(self) -> bool:
        """Cited with at least two of date, issuer, subject."""
        return sum(map(bool, (self.printed_date, self.issuer, self.subject))) >= 2

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.number, self.symbol)

    @property
    def is_party(self) -> bool:
        return self.mark == "-" and "/" in self.symbol

    @property
    def parts(self) -> tuple[str, ...]:
        """The groups of the symbol: ("KH", "UBND")."""
        return tuple(filter(None, re.split(r"\s*[-–/]\s*", self.symbol)))

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None


def key_of(number: str, symbol: str) -> tuple[str, str]:
    """What stays the same when zeros, spaces, separators and marks of a code are printed otherwise."""
    return number.lstrip("0").lower(), bare("".join(filter(str.isalnum, symbol)))


def tidy(code: str) -> str:
    """A code without the spaces inside it."""
    return re.sub(r"\s*([-–/])\s*", r"\1", code).replace("–", "-")


def citations(manuscript: Manuscript) -> tuple[Cited, ...]:
    """Every citation of a numbered paper in body, tables and appendices, in reading order."""
    return _citations(manuscript)


@lru_cache(maxsize=2)
def _citations(manuscript: Manuscript) -> tuple[Cited, ...]:
    return tuple(cited for line in manuscript.body for cited in find(line))


def cited_in(manuscript: Manuscript, line: Line) -> tuple[Cited, ...]:
    """The citations of one line."""
    return _by_line(manuscript).get(line.index, ())


@lru_cache(maxsize=2)
def _by_line(manuscript: Manuscript) -> dict[int, tuple[Cited, ...]]:
    found: dict[int, tuple[Cited, ...]] = {}
    for cited in _citations(manuscript):
        found[cited.line.index] = (*found.get(cited.line.index, ()), cited)
    return found


def find(line: Line) -> Iterator[Cited]:
    """The citations of one line."""
    text = line.text
    codes = [found for found in CODE.finditer(text) if _is_code(text, found)]
    last, kind = 0, ""
    for number, code in enumerate(codes):
        limit = codes[number + 1].start() if number + 1 < len(codes) else len(text)
        made = _cited(line, code, last, _limit(text, code.end(), limit), kind)
        last, kind = made.end, made.kind
        yield made


def _is_code(text: str, code: re.Match[str]) -> bool:
    """At least two capitals and no ordinary word in it; a hyphen between spaces only after "số"."""
    symbol, mark = code["symbol"], code["mark"]
    if sum(char.isupper() for char in symbol) < 2 or re.search(r"[a-zđ]{3}", symbol):
        return False
    dash = "-" in mark and mark != "-"
    return not dash or bool(_BEFORE.search(text, max(0, code.start() - 12), code.start()))


def _limit(text: str, end: int, next_code: int) -> int:
    """The end of what belongs to a citation: before the kind of the next one."""
    window = text[end:next_code]
    if next_code == len(text):
        return next_code
    kinds = [found.start() for found in _KIND.finditer(window)]
    before = _BEFORE.search(window)
    return end + (kinds[-1] if kinds and (before or kinds[-1] > len(window) - 20) else len(window))


def _cited(line: Line, code: re.Match[str], last: int, limit: int, kind_before: str) -> Cited:
    text = line.text
    so = _BEFORE.search(text, max(last, code.start() - 12), code.start())
    start = so.start() if so else code.start()
    kind, between, start = _kind(text, last, start, kind_before)
    at = code.end()
    dated = _DATE.match(text, at, limit)
    at = dated.end() if dated else at
    issued = _ISSUER.match(text, at, limit)
    at = issued.end() if issued else at
    if not dated:  # "của UBND phường ngày 19/9/2025"
        dated = _DATE.match(text, at, limit)
        at = dated.end() if dated else at
    about = _SUBJECT.match(text, at, limit)
    subject, subject_start, tail = "", at, ""
    if about:
        group = "subject" if about["subject"] else "verb"
        tail, subject_start = about[group], about.start(group)
        stop = _STOP.search(tail)
        subject = (tail[: stop.start()] if stop else tail).rstrip(" ,.:")
        at = subject_start + len(subject)
    return Cited(
        line=line,
        start=start,
        end=at,
        kind=kind,
        between=between,
        colon=bool(so and so["colon"]),
        code=code[0],
        code_start=code.start(),
        code_end=code.end(),
        number=code["number"],
        mark=code["mark"].strip(),
        symbol=code["symbol"],
        date=_day(dated) if dated else None,
        printed_date=dated[0][re.search(r"\d", dated[0]).start() :] if dated else "",  # type: ignore[union-attr]
        date_start=dated.start("day") if dated else at,
        issuer=issued["issuer"].strip() if issued else "",
        subject=subject,
        subject_start=subject_start,
        tail=tail,
        paper=_paper(line, code.start(), code.end()),
    )


def _kind(text: str, last: int, start: int, kind_before: str) -> tuple[str, str, int]:
    """Kind in lower case, the words between it and the number, and where the citation begins."""
    begin = max(last, start - 120)
    kinds = list(_KIND.finditer(text, begin, start))
    if kinds:
        between = text[kinds[-1].end() : start]
        if not re.search(r"[.;]\s", between) and len(between) < 90:
            return kinds[-1][0].lower(), between.strip(" :"), kinds[-1].start()
    listed = re.fullmatch(r"[\s,;]*(?:và\s+)?", text[last:start])
    return (kind_before if last and listed else ""), "", start


def _day(dated: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(dated["year"]), int(dated["month"]), int(dated["day"]))
    except ValueError:
        return None


def _paper(line: Line, start: int, end: int) -> int | None:
    for named in line.mentions:
        if named.mention.kind == "paper" and named.start <= start and end <= named.end:
            return int(named.mention.key) if named.mention.key.isdigit() else None
    return None


# --- pointing at them ---------------------------------------------------------------------------------


def part(cited: Cited, start: int, end: int, message: str, fix: Fix | None = None, **more: str) -> Remark:
    """A remark on a stretch of the citation's line."""
    return Remark(cited.line, start, end, message, fix, **more)


def code_fix(cited: Cited, code: str, label: str = "") -> Fix:
    return Fix(cited.code, code, label or f"Sửa thành {code}")
