"""How the text is built: labels in order, lists that are what they announce, sentences in one piece, proposals that arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..document.labels import STYLES, parse_label
from ..document.nodes import Section
from .cited import cited_in
from .findings import ADVICE, ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .text import UPPER, Line, Manuscript, bare, matches, sentence_spans

_ORDER = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6: phần, mục, khoản, điểm theo thứ tự"
_LIST = "Danh sách phải đúng với lời dẫn"
_ONE_PIECE = "Câu phải trọn vẹn"


# --- labels -----------------------------------------------------------------------------------------------


_parsed = lru_cache(maxsize=2000)(parse_label)


def labels(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Labels that do not start at the first, jump or stand twice, among the sections and list lines of one parent."""
    last: dict[tuple[str, int], tuple[str, int]] = {}
    owner: object = None
    for line in manuscript.body:
        if line.part not in ("heading", "item"):
            continue
        if line.part == "heading":
            last = {key: value for key, value in last.items() if key[0] == "heading" and key[1] <= line.level}
        elif owner is not line.owner:
            last = {key: value for key, value in last.items() if key[0] == "heading"}
        else:
            last = {key: value for key, value in last.items() if key[0] == "heading" or key[1] <= line.level}
        owner = line.owner
        read = _parsed(line.label)
        if line.node is not line.owner and line.part == "heading":
            continue
        if read is None or not STYLES[read[0]].counts or STYLES[read[0]].through or line.level == 0:
            continue
        before = last.get((line.part, line.level))
        last[line.part, line.level] = read
        yield from _label(line, read, before)


def _label(line: Line, read: tuple[str, int], before: tuple[str, int] | None) -> Iterator[Remark]:
    style, number = read
    said = f"{line.label} {' '.join(line.text.split()[:8])}".strip()
    if before is None or before[0] != style:
        if number > 1 and (before is None or before[1] + 1 != number):
            first = STYLES[style].label(1)
            message = f"Có “{line.label}” nhưng không có “{first}” đứng trước."
            yield Remark(line, 0, 0, message, words=said, severity="" if before is None else WARNING)
    elif number == before[1]:
        yield Remark(line, 0, 0, f"“{line.label}” đứng hai lần liền nhau.", words=said, severity=WARNING)
    elif number != before[1] + 1:
        expected = STYLES[style].label(before[1] + 1)
        message = f"Sau “{STYLES[style].label(before[1])}” là “{line.label}”; thiếu “{expected}”."
        yield Remark(line, 0, 0, message, words=said, severity=WARNING)


_FOREIGN = re.compile(r"[fjwz][).] \S+(?: \S+)?")


def letters(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Điểm are lettered by the Vietnamese alphabet: a, b, c, d, đ, e, g …; such a mark is read as text."""
    for line in manuscript.body:
        found = _FOREIGN.match(f"{line.label} {line.text}".strip())
        if found and line.part in ("heading", "item", "paragraph"):
            yield Remark(
                line, 0, 0, "Thứ tự điểm theo bảng chữ cái tiếng Việt (… d, đ, e, g, h …).", words=found[0]
            )


def same_heading(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Two sections of one parent with the same heading."""
    parents: list[tuple[Section, ...]] = [manuscript.document.sections]
    lines = {id(line.owner): line for line in manuscript.of_part("heading")}
    while parents:
        siblings = parents.pop()
        seen: set[str] = set()
        for section in siblings:
            line = lines.get(id(section))
            name = bare(line.text) if line else ""
            if line and name in seen:
                yield Remark(line, 0, len(line.text), "Hai mục cùng cấp mang cùng một tên.")
            seen |= {name} - {""}
            parents.append(section.sections)


# --- lists --------------------------------------------------------------------------------------------------


def announced(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "… như sau:" and nothing below."""
    body = manuscript.body
    for at, line in enumerate(body):
        if line.part not in ("paragraph", "item") or not line.text.rstrip().endswith(":"):
            continue
        after = body[at + 1] if at + 1 < len(body) else None
        below = isinstance(line.owner, Section) and bool(line.owner.sections)
        headed = isinstance(line.owner, Section) and bool(line.owner.heading or line.owner.label)
        if (after is None and not below) or (
            after is not None and headed and not below and after.owner is not line.owner
        ):
            start = _tail(line.text)
            yield Remark(
                line, start, len(line.text), "Lời dẫn báo có danh sách, nhưng phía dưới không có gì."
            )


def _tail(text: str, count: int = 5) -> int:
    """Where the last words of a line begin."""
    found = re.search(rf"(?:\S+\s+){{0,{count - 1}}}\S+\s*$", text)
    return found.start() if found else 0


_LEADS_ON = re.compile(r"(?:như sau|sau đây|gồm|cụ thể)\s*:\s*$")


def intro_among_items(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A line that announces a list, with the same mark as the list's own lines."""
    for line, after in zip(manuscript.body, manuscript.body[1:], strict=False):
        if (
            line.part == after.part == "item"
            and line.owner is after.owner
            and line.level == after.level
            and line.label == after.label
            and matches(_LEADS_ON, line.text)
        ):
            yield Remark(
                line, 0, len(line.text), "Lời dẫn mang cùng dấu đầu dòng với danh sách nó giới thiệu; nên hạ danh sách xuống một bậc."
            )  # fmt: skip


_PAPERS = re.compile(
    r"\bban hành\b[^.;:]{0,40}?\b(?:văn bản|kế hoạch|quyết định|công văn|nghị quyết|chỉ thị|thông báo)\b[^.;]*:\s*$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"^(?:ban hành\s+)?(?:kế hoạch|quyết định|công văn|nghị quyết|chỉ thị|thông báo|chương trình|hướng dẫn số|báo cáo số"
    r"|tờ trình|đề án|văn bản|phương án|quy chế|công điện)\b",
    re.IGNORECASE,
)


def activity_among_papers(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A list of papers "ban hành … như sau:" with activities in it: one is pointed at, several at their lead."""
    body = manuscript.body
    for at, line in enumerate(body):
        if line.part not in ("paragraph", "item") or not matches(_PAPERS, line.text):
            continue
        listed = _listed(body, at)
        strays = [one for one in listed if not cited_in(manuscript, one) and not _PAPER.search(one.text)]
        if len(listed) - len(strays) < 2 or not strays:
            continue
        if len(strays) == 1:
            end = len(" ".join(strays[0].text.split(" ")[:5]))
            yield Remark(strays[0], 0, end, "Đây là một hoạt động, đứng giữa danh sách văn bản.")
            continue
        start, end = list(sentence_spans(line.text))[-1]
        yield Remark(line, start, end, f"Danh sách văn bản này lẫn {len(strays)} ý là hoạt động.")


def _listed(body: tuple[Line, ...], at: int) -> list[Line]:
    """The list lines after a lead, up to the first paragraph behind them or the next heading."""
    found: list[Line] = []
    for line in body[at + 1 :]:
        if line.owner is not body[at].owner or line.part not in ("item", "paragraph"):
            break
        if line.part == "paragraph" and found:
            break
        if line.part == "item" and (not found or line.level == found[0].level):
            found.append(line)
    return found


# --- sentences in one piece -----------------------------------------------------------------------------------

_INSIDE = re.compile(r"(?<![\w/.,])(?P<one>[^\W\d_]+) (?P<number>\d{1,3}) (?P<two>[^\W\d_]+)(?!\w)")
_LINKS = frozenset(
    "có là đạt với gồm trên cho được các của đã về từ đến tại và số năm tháng ngày thứ lần".split()
)


def page_number(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A page number left between two syllables of a word: "tăng 3 cường"."""
    for line in manuscript.prose:
        for found in matches(_INSIDE, line.text):
            one, two = found["one"], found["two"]
            if one != one.lower() or two != two.lower() or one in _LINKS:
                continue
            if manuscript.count(f"{one} {two}") < 2:
                continue
            elsewhere = manuscript.folded.replace(line.folded, "", 1)
            if not re.search(rf"\b\d+ {re.escape(bare(two))}\b", elsewhere):
                yield Remark(
                    line, found.start(), found.end(),
                    f"Số {found['number']} đứng giữa từ “{one} {two}”; có thể là số trang của bản cũ.",
                )  # fmt: skip


_OPEN_END = re.compile(
    r"\b(?:và|của|các|những|trên|tại|với|để|cho|từ|là|do|về|theo|trong đó|bằng|vào|như|hoặc|khi|nếu|mà|gồm|trên địa|ở|này\s*,)\s*$"
)


def cut(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A paragraph that stops in the middle, or goes on in the next one."""
    body = manuscript.body
    for at, line in enumerate(body):
        if line.part not in ("paragraph", "item") or not line.text.strip():
            continue
        if re.search(r"[.;:!?…,”)]\s*$", line.text):
            continue
        after = body[at + 1] if at + 1 < len(body) else None
        goes_on = (
            after is not None
            and line.part == after.part == "paragraph"
            and after.owner is line.owner
            and after.text[:1].islower()
        )
        if goes_on or matches(_OPEN_END, line.text):
            start = _tail(line.text, 4)
            yield Remark(line, start, len(line.text), "Câu dừng giữa chừng; có thể bị ngắt ở chỗ sang trang.")


_MARKUP = re.compile(
    r"(?<!\S)#{2,6}(?=\s)|\*\*|</?(?:p|b|i|u|br|div|span|table|tr|td|th|li|ul|ol|strong|em)\b[^>]*>|&(?:nbsp|amp|lt|gt|quot);"
)


def markup(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Marks of another program left in the text: "##", "**", "<br>"."""
    for line in manuscript.lines:
        for found in matches(_MARKUP, line.text):
            yield Remark(
                line, found.start(), found.end(), "Dấu định dạng của chương trình khác còn sót trong lời văn."
            )


# --- what must arrive -----------------------------------------------------------------------------------------

_ASKED = re.compile(
    r"\b(?P<verb>(?:kính\s+)?(?:đề nghị|kiến nghị|đề xuất)(?:\s+với)?)\s+(?P<body>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND"
    r"|Hội đồng nhân dân|Sở|Bộ|Chính phủ|Thủ tướng Chính phủ|Văn phòng|Thành ủy|Tỉnh ủy|Đảng ủy|Ban|Công an|Cục|Chi cục"
    r"|Thanh tra|Bảo hiểm)(?-i:(?:\s+|\s-\s)(?:[A-Z"
    + UPPER
    + r"]\w*|và(?=\s+[A-Z"
    + UPPER
    + r"])|thành phố|tỉnh|phường|xã|nhân dân))*)",
    re.IGNORECASE,
)
_SHORT = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("tp.", "thanh pho"),
    ("tp ", "thanh pho "),
)


def proposals(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A body that is asked for something and does not get the report."""
    reached = [_folded(line.text) for line in manuscript.of_part("addressees", "recipients")]
    if not manuscript.of_part("recipients"):
        return
    seen: set[str] = set()
    for line in manuscript.prose:
        if line.appendix or not re.search(r"kien nghi|de xuat|de nghi", bare(line.section)):
            continue
        for found in matches(_ASKED, line.text):
            name = _folded(re.sub(r"\s+(?:và|nhân dân)$", "", found["body"]))
            if found["body"][:1].islower() or name in seen or any(_reaches(name, text) for text in reached):
                continue
            seen.add(name)
            yield Remark(
                line, found.start(), found.end(),
                f"{found['body']} được đề nghị nhưng không có trong Kính gửi, Nơi nhận.",
            )  # fmt: skip


def _folded(text: str) -> str:
    folded = bare(text)
    for long, short in _SHORT:
        folded = folded.replace(long, short)
    return " ".join(re.findall(r"\w+", folded))


def _reaches(name: str, text: str) -> bool:
    """Whether a recipient's line names the body: "sở khoa học và công nghệ" in "sở khoa học và công nghệ để b c"."""
    return name in text or (len(text.split()) > 2 and re.sub(r" (?:de b c|b c)$", "", text) in name)


def outline(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """What the letter's outline asks for has a section."""
    headings = [set(re.findall(r"\w+", line.folded)) for line in manuscript.of_part("heading")]
    for wanted in knowledge.outline:
        asked = set(re.findall(r"\w+", bare(wanted)))
        if asked and not any(len(asked & heading) >= 0.8 * len(asked) for heading in headings):
            yield Remark(
                manuscript.first("heading"),
                0,
                0,
                f"Đề cương yêu cầu mục “{wanted}”, báo cáo chưa có.",
                words=wanted,
            )


_REFERS = re.compile(r"phu luc|phu bieu|kem theo|bieu so|mau so|danh sach")
_NUMBERED = re.compile(r"\b[Pp]hụ lục\s+(?P<number>[IVX]+|\d{1,2})\b")


def appendices(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The text refers to its appendices, and to none that is not there."""
    count = len(manuscript.document.appendices)
    main = [line for line in manuscript.body if not line.appendix]
    if count and not any(_REFERS.search(line.folded) for line in main):
        line = next(line for line in manuscript.body if line.appendix) if any(
            line.appendix for line in manuscript.body
        ) else manuscript.first("heading")  # fmt: skip
        yield Remark(
            line,
            0,
            len(line.text),
            "Phần nội dung chưa có chỗ nào dẫn tới phụ lục này.",
            words=line.label or "",
        )
    for line in main if count else ():
        cited = [(one.start, one.end) for one in cited_in(manuscript, line)]
        for found in matches(_NUMBERED, line.text):
            read = parse_label(f"{found['number']}.")
            of_other = any(start <= found.start() < end for start, end in cited) or re.match(
                r"[^.;]{0,30}\b(?:ban hành kèm theo|của (?:Nghị định|Thông tư|Quyết định|Công văn|Kế hoạch))",
                line.text[found.end() :],
            )
            if read and read[1] > count and not of_other:
                yield Remark(
                    line, found.start(), found.end(), f"Báo cáo chỉ có {count} phụ lục.", severity=ERROR
                )


CHECKS = (
    Check("label-order", "structure", ERROR, "Số thứ tự, chữ cái liên tục", _ORDER, labels),
    Check("label-letter", "structure", ADVICE, "Chữ cái tiếng Việt ở điểm", _ORDER, letters),
    Check("heading-twice", "structure", WARNING, "Tên mục không trùng", _LIST, same_heading),
    Check("list-missing", "structure", ERROR, "Có lời dẫn thì có danh sách", _LIST, announced),
    Check("lead-among-items", "structure", WARNING, "Lời dẫn khác bậc danh sách", _LIST, intro_among_items),
    Check(
        "activity-among-papers",
        "structure",
        WARNING,
        "Danh sách văn bản chỉ có văn bản",
        _LIST,
        activity_among_papers,
    ),
    Check("page-number-inside", "structure", WARNING, "Số trang lẫn trong câu", _ONE_PIECE, page_number),
    Check("sentence-cut", "structure", WARNING, "Câu không bị ngắt", _ONE_PIECE, cut),
    Check("markup-left", "structure", WARNING, "Dấu định dạng còn sót", _ONE_PIECE, markup),
    Check(
        "proposal-unsent",
        "structure",
        WARNING,
        "Nơi được đề nghị có nhận báo cáo",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.9: Nơi nhận",
        proposals,
    ),
    Check(
        "outline-section-missing",
        "structure",
        WARNING,
        "Đủ mục theo đề cương",
        "NĐ 09/2019/NĐ-CP, Điều 7: đề cương báo cáo",
        outline,
    ),
    Check(
        "appendix-referred",
        "structure",
        WARNING,
        "Nội dung dẫn tới phụ lục",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, mục III.1",
        appendices,
    ),
)
