"""Citations in the flow of the report: full at the first mention, short afterwards, always with a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigns.citations import KINDS

from .cited import VERBS, Cited, citations, key_of, part
from .findings import ADVICE, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .same_paper import groups
from .text import Line, Manuscript, matches

_CITING = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.b"

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


CHECKS = (
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
        "subject-capital",
        "citations",
        WARNING,
        "Chữ thường sau “về việc”",
        "NĐ 30/2020/NĐ-CP, Phụ lục II",
        capital,
    ),
)
