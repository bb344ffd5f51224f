"""Citations in the flow of the report: order in time, first and later mention, what is announced and what follows."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from campaigns.citations import KINDS, format_date

from .cited import VERBS, Cited, citations, key_of, tidy
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .register import groups, registered
from .symbols import body_of, part, plain
from .text import Line, Manuscript, bare, matches

_CITING = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.b"
_TIME = "Văn bản thực hiện không thể có trước văn bản được thực hiện"
_CARRYING = re.compile(r"^\s*(?:Thực hiện|Căn cứ|Triển khai thực hiện|Triển khai|Thi hành|Theo)\b")
_ISSUING = re.compile(r"\b(?:ban hành|xây dựng)\b")


def document_day(manuscript: Manuscript, knowledge: Knowledge) -> datetime.date | None:
    """The day printed on the document, else the one known."""
    for line in manuscript.of_part("place_date"):
        found = re.search(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", line.text)
        if found:
            try:
                return datetime.date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                return knowledge.day
    return knowledge.day


# --- time ---------------------------------------------------------------------------------------------


def from_the_future(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A cited paper later than the report itself."""
    day = document_day(manuscript, knowledge)
    for cited in citations(manuscript):
        if day and cited.date and cited.date > day:
            yield part(
                cited,
                cited.date_start,
                cited.date_start + len(cited.printed_date),
                f"{cited.called} ghi ngày {cited.printed_date}, sau ngày của báo cáo ({format_date(day)}).",
            )


def implemented_later(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Papers said to carry out another one that is younger than they are."""
    by_line: dict[int, list[Cited]] = defaultdict(list)
    for cited in citations(manuscript):
        by_line[cited.line.index].append(cited)
    body = manuscript.prose
    for at, line in enumerate(body):
        here = by_line[line.index]
        if not here or not _CARRYING.match(line.text):
            continue
        issuing = _ISSUING.search(line.text, here[0].end)
        if not issuing:
            continue
        grounds = [cited for cited in here if cited.end <= issuing.start() and cited.date]
        made = [cited for cited in here if cited.start >= issuing.end()]
        if line.text.rstrip().endswith(":"):
            made += _listed(body[at + 1 :], by_line, line)
        for ground in grounds:
            older = [
                c for c in made if c.date and ground.date and c.date < ground.date and _own(c, knowledge)
            ]
            if older:
                named = "; ".join(f"{tidy(c.code)} ({c.printed_date})" for c in older[:4])
                yield part(
                    ground,
                    ground.start,
                    ground.date_start + len(ground.printed_date),
                    f"{ground.called} ngày {ground.printed_date} ra sau các văn bản được nói là để thực hiện nó:"
                    f" {named}.",
                )
    yield from _linked(manuscript, knowledge)


def _own(cited: Cited, knowledge: Knowledge) -> bool:
    return "UBND" in cited.parts or body_of(cited, knowledge) is knowledge.organization


def _listed(after: tuple[Line, ...], by_line: dict[int, list[Cited]], opening: Line) -> list[Cited]:
    """The citations that open the lines of the list below, up to the next heading or another such opening."""
    found: list[Cited] = []
    for line in after:
        if line.part == "heading" or line.owner is not opening.owner:
            break
        if line.part == "paragraph" and (_CARRYING.match(line.text) or not by_line[line.index]):
            break
        found += [cited for cited in by_line[line.index] if cited.start < 120][:1]
    return found


def _linked(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The same from the register's links."""
    for cited in citations(manuscript):
        paper = registered(cited, knowledge)
        for link in paper.links if paper else ():
            target = knowledge.paper_of.get(link.target)
            if not paper or not target or link.kind not in ("carries_out", "amends", "replaces", "reforms"):
                continue
            mine, other = paper.citation.date, target.citation.date
            if mine and other and mine < other:
                yield part(
                    cited,
                    cited.start,
                    cited.code_end,
                    f"Theo sổ văn bản, {cited.called} ngày {format_date(mine)} thực hiện hoặc sửa đổi một văn bản"
                    f" ra sau nó (ngày {format_date(other)}).",
                )


def order(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """In one series of one year a later number does not have an earlier day."""
    series: dict[object, dict[tuple[str, str], Cited]] = defaultdict(dict)
    for cited in citations(manuscript):
        if cited.date and cited.number.isdigit():
            issuer = (
                "own" if _own(cited, knowledge) and not _foreign(cited, knowledge) else plain(cited.issuer)
            )
            kind = cited.parts[0] if len(cited.parts) > 1 else cited.symbol
            series[kind, cited.parts[-1] if cited.is_party else "", issuer, cited.date.year].setdefault(
                cited.key, cited
            )
    for members in series.values():
        numbered = sorted(members.values(), key=lambda cited: int(cited.number))
        yield from _disorder(numbered, knowledge)


def _foreign(cited: Cited, knowledge: Knowledge) -> bool:
    """Of another body than the own ward, as far as its words say."""
    own = knowledge.organization
    if not cited.issuer:
        return False
    if own is None:
        return not re.fullmatch(r"ubnd (phuong|xa)", plain(cited.issuer))
    return body_of(cited, knowledge) is not own


def _disorder(numbered: list[Cited], knowledge: Knowledge) -> Iterator[Remark]:
    for one, other in pairwise(numbered):
        if one.date and other.date and other.date < one.date:
            wrong = one if registered(other, knowledge) else other
            yield part(
                wrong,
                wrong.code_start,
                wrong.date_start + len(wrong.printed_date),
                f"Số {tidy(other.code)} lớn hơn {tidy(one.code)} nhưng ngày ({other.printed_date}) lại sớm hơn"
                f" ({one.printed_date}).",
            )


# --- first and later mention --------------------------------------------------------------------------


def in_full_again(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Full at the first mention, kind and number afterwards."""
    for group in groups(manuscript):
        running = [cited for cited in group if cited.line.part != "cell"]
        seen_full = False
        for cited in running:
            if seen_full and cited.is_full:
                end = _end_of_citation(cited)
                words = cited.line.text[cited.start : end]
                yield part(
                    cited,
                    cited.start,
                    end,
                    f"{cited.called} đã viện dẫn đầy đủ ở trên; từ lần thứ hai chỉ ghi tên loại và số, ký hiệu.",
                    Fix(words, cited.called, "Viết gọn"),
                )
            seen_full = seen_full or cited.is_full


def _end_of_citation(cited: Cited) -> int:
    return max(cited.end, cited.code_end)


_BEFORE = re.compile(r"\bngày\s+\d[\d/.]*\d.*\b(?:có|ban hành|tại)\b", re.IGNORECASE)
_BY = re.compile(r"\S+\s+(?:đã\s+)?(?:có|ban hành|tại)\s+(?:các\s+)?$")


def incomplete(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The first mention names date, issuer and subject; date and issuer may stand before it in the sentence."""
    for group in groups(manuscript):
        first = group[0]
        before = first.line.text[: first.start]
        given = (
            ("ngày ban hành", first.printed_date or _BEFORE.search(before)),
            ("cơ quan ban hành", first.issuer or _BY.search(before) or _goes_on(first, before)),
            ("trích yếu", first.subject or first.line.text[first.end : first.end + 3].strip(" ,")),
        )
        lacks = [name for name, value in given if not value]
        legal = KINDS.get(first.kind) and KINDS[first.kind].family == "legal"
        if lacks and len(lacks) < 3 and not legal and first.line.part not in ("cell", "heading"):
            yield part(
                first,
                first.start,
                first.code_end,
                f"Lần đầu viện dẫn {first.called} còn thiếu {', '.join(lacks)}.",
            )


def _goes_on(cited: Cited, before: str) -> bool:
    """One of several papers of a body named before: "UBND tỉnh ban hành các Quyết định: số …, số …"."""
    return "ban hành" in before.lower() or not KINDS.keys() & {cited.words[: len(cited.kind)].lower()}


def standing_alone(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A paragraph that is a citation and nothing else: no verb, no sentence."""
    lines = {cited.line.index: cited for cited in reversed(citations(manuscript)) if cited.kind}
    before: Line | None = None
    for line in manuscript.body:
        cited = lines.get(line.index)
        announced = before is not None and before.text.rstrip().endswith(":")
        if cited and line.part == "paragraph" and cited.start == 0 and not announced:
            rest = line.text[cited.end :].strip(" .;,")
            if not rest or re.fullmatch(r"với (?:tổng số )?\d+ [\w ]{2,20}", rest):
                yield part(
                    cited,
                    cited.start,
                    cited.date_start + len(cited.printed_date) or cited.code_end,
                    "Đoạn này chỉ có tên văn bản, chưa thành câu: cần nói văn bản được ban hành hay thực hiện thế"
                    " nào.",
                )
        before = line


# --- papers without a number --------------------------------------------------------------------------

_KINDS_NAMED = ("Kế hoạch", "Quyết định", "Công văn", "Chương trình", "Đề án")
_NAMED = "|".join(_KINDS_NAMED)
_UNNUMBERED = re.compile(
    rf"\b(?:xây dựng|ban hành|thực hiện|triển khai)\s+(?P<kind>{_NAMED})\s+(?P<rest>[^.;:]*)"
)
_INSTRUCTION = re.compile(
    r"\b[Tt]hực hiện\s+(?:sự\s+|các\s+)?(?P<what>(?:văn bản\s+)?(?:chỉ đạo|hướng dẫn)(?:\s*,\s*(?:chỉ đạo|hướng dẫn))?"
    r")\s*(?P<comma>,)?\s*của\s+(?P<who>[^,;.:]+)",
    re.IGNORECASE,
)


def unnumbered(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A specific paper (capital) said to be made or carried out, without number."""
    for sentence in manuscript.sentences:
        if sentence.line.part == "heading" or not any(kind in sentence.text for kind in _KINDS_NAMED):
            continue
        for found in _UNNUMBERED.finditer(sentence.text):
            rest = found["rest"]
            if re.match(r"(?:số\b|\d|này\b|trên\b|nêu)", rest) or re.search(r"\bsố\s*:?\s*\d|\d/", rest):
                continue
            words = re.match(r"(?:\S+\s+){2,5}\S+", found[0])
            yield Remark(
                sentence.line,
                sentence.start + found.start(),
                sentence.start + found.start() + (words.end() if words else len(found[0])),
                f"Nói tới một {found['kind'].lower()} cụ thể nhưng không ghi số, ký hiệu và ngày ban hành.",
            )


def instruction(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Carrying out an instruction of somebody, without saying which paper."""
    for line in manuscript.prose:
        for found in matches(_INSTRUCTION, line.text):
            if re.search(r"\d[/-]", found["who"]):
                continue  # the papers themselves follow
            if found["comma"]:
                start = found.start("what") + found["what"].lower().rfind("hướng dẫn")
                start = start if start >= found.start("what") else found.start("what")
                words = line.text[start : found.end("who")]
                yield Remark(
                    line,
                    start,
                    found.end("who"),
                    "Thừa dấu phẩy trước “của”, và chưa nêu số, ký hiệu của văn bản chỉ đạo.",
                    Fix(words, re.sub(r"\s*,\s*của", " của", words), "Bỏ dấu phẩy"),
                    severity=WARNING,
                )
            else:
                yield Remark(
                    line,
                    found.start("what"),
                    found.end("who"),
                    "Nên nêu số, ký hiệu, ngày của văn bản chỉ đạo, hướng dẫn.",
                )


def letter_answered(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The letter that asked for the report is cited in it."""
    cited = {c.key for c in citations(manuscript)}
    for letter in knowledge.letters:
        if letter.number and key_of(letter.number, letter.symbol) not in cited and manuscript.body:
            code = f"{letter.number}/{letter.symbol}"
            yield Remark(
                manuscript.body[0],
                0,
                0,
                f"Báo cáo trả lời Công văn số {code} nhưng không viện dẫn công văn này.",
                words=f"Công văn số {code}",
            )


# --- announced and listed -----------------------------------------------------------------------------

_ANNOUNCED = re.compile(
    r"(?:thành lập|kiện toàn)\s+(?P<names>[^.;:]+?)(?:,?\s+(?:cụ thể|bao gồm|gồm|như sau)[^.;:]*)?:\s*$"
)
_TEAM = re.compile(r"^(?:các\s+)?(?:Ban|Tổ|Đội|Hội đồng|Đoàn|Nhóm|Câu lạc bộ|Tiểu ban)\b", re.IGNORECASE)


def announced(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Teams announced before a colon against those whose decisions follow."""
    body = manuscript.prose
    for at, line in enumerate(body):
        found = _ANNOUNCED.search(line.text)
        if not found or line.part == "heading":
            continue
        names = [n.strip() for n in re.split(r",|\s+và\s+", found["names"]) if _TEAM.match(n.strip())]
        listed = _below(body[at + 1 :], line)
        if len(names) < 2 or not listed:
            continue
        folded = [bare(text) for text in listed]
        given = [name for name in names if any(_said(name, text, knowledge) for text in folded)]
        for name in names:
            if given and name not in given:
                start = line.text.index(name, found.start("names"))
                yield Remark(
                    line,
                    start,
                    start + len(name),
                    f"Đã nêu thành lập “{name}” nhưng danh sách bên dưới không có quyết định nào về {name}.",
                )


def _below(after: tuple[Line, ...], opening: Line) -> list[str]:
    """The list lines right below; where the opening is a list line too, those up to the next paragraph."""
    listed: list[str] = []
    for line in after:
        if line.part != "item" or line.owner is not opening.owner:
            break
        listed.append(line.text)
    return listed


def _said(name: str, folded: str, knowledge: Knowledge) -> bool:
    """The name or its abbreviation (by the glossary, or its initials)."""
    wanted = bare(name)
    initials = "".join(word[0] for word in wanted.split())
    short = {
        bare(term.abbreviation) for term in knowledge.terms if term.abbreviation and bare(term.text) == wanted
    }
    return wanted in folded or any(
        re.search(rf"\b{re.escape(other)}\b", folded) for other in (*short, initials) if len(other) > 1
    )


# --- the look of citations ----------------------------------------------------------------------------

_CAPITAL = re.compile(
    r"\bvề việc\s+(?P<verb>" + "|".join(verb.capitalize() for verb in VERBS) + r")\b(?P<rest>(?:\s+\S+){0,5})"
)


def capital(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """No capital after "về việc"."""
    for line in manuscript.prose:
        for found in matches(_CAPITAL, line.text):
            verb = found["verb"]
            yield Remark(
                line,
                found.start(),
                found.end(),
                "Sau “về việc” không viết hoa.",
                Fix(f"về việc {verb}", f"về việc {verb[0].lower()}{verb[1:]}", "Viết thường"),
            )


_NUMERIC = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b")


def date_style(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Months 3 to 9 with a zero in some dates and without in others; the rarer way is pointed at."""
    ways: dict[bool, list[tuple[Line, re.Match[str]]]] = {True: [], False: []}
    for line in manuscript.body:
        for found in matches(_NUMERIC, line.text):
            if int(found["month"]) in range(3, 10):
                ways[found["month"].startswith("0")].append((line, found))
    if not ways[True] or not ways[False]:
        return
    rarer = len(ways[True]) <= len(ways[False])
    for line, found in ways[rarer]:
        month = str(int(found["month"])) if rarer else f"{int(found['month']):02d}"
        written = f"{found['day']}/{month}/{found['year']}"
        yield Remark(
            line,
            found.start(),
            found.end(),
            "Cách ghi tháng trong ngày không thống nhất trong báo cáo.",
            Fix(found[0], written, f"Ghi {written}"),
        )


def impossible(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A day that no calendar has."""
    for line in manuscript.lines:
        for found in matches(_NUMERIC, line.text):
            try:
                datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                yield Remark(line, found.start(), found.end(), f"Không có ngày {found[0]} trong lịch.")


_STYLE = "Thống nhất cách ghi trong một văn bản"
CHECKS = (
    Check(
        "cited-later",
        "citations",
        ERROR,
        "Văn bản viện dẫn có trước báo cáo",
        "Không viện dẫn văn bản chưa có",
        from_the_future,
    ),
    Check("implements-later", "citations", ERROR, "Văn bản thực hiện có sau", _TIME, implemented_later),
    Check("number-order", "citations", WARNING, "Số và ngày cùng thứ tự", "NĐ 30/2020/NĐ-CP, Điều 15", order),
    Check("cited-in-full-again", "citations", WARNING, "Viện dẫn gọn từ lần thứ hai", _CITING, in_full_again),
    Check("cited-incomplete", "citations", ADVICE, "Viện dẫn đầy đủ lần đầu", _CITING, incomplete),
    Check("citation-alone", "citations", WARNING, "Viện dẫn đứng một mình", _CITING, standing_alone),
    Check("paper-without-number", "citations", WARNING, "Văn bản không có số", _CITING, unnumbered),
    Check(
        "instruction-unnamed",
        "citations",
        ADVICE,
        "Chỉ đạo, hướng dẫn không rõ văn bản",
        _CITING,
        instruction,
    ),
    Check(
        "letter-not-cited",
        "citations",
        WARNING,
        "Viện dẫn công văn yêu cầu",
        "NĐ 09/2019/NĐ-CP, Điều 7",
        letter_answered,
    ),
    Check(
        "announced-not-listed",
        "citations",
        ERROR,
        "Nêu tổ nào có quyết định tổ đó",
        "Danh sách phải đủ những gì đã nêu",
        announced,
    ),
    Check(
        "subject-capital",
        "citations",
        WARNING,
        "Chữ thường sau “về việc”",
        "NĐ 30/2020/NĐ-CP, Phụ lục II",
        capital,
    ),
    Check("date-style", "citations", ADVICE, "Một cách ghi ngày tháng", _STYLE, date_style),
    Check("date-impossible", "citations", ERROR, "Ngày có thật", "Ngày phải có trong lịch", impossible),
)
