"""Marks between words: quotation marks and brackets in pairs, spaces around marks, the ends of list lines and of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .text import LOWER, UPPER, Line, Manuscript, matches
from .unfinished import expected

_TYPED = "Quy tắc gõ dấu câu: dấu mở đứng sát chữ sau, dấu đóng và dấu ngắt đứng sát chữ trước"
_PAIRS = "Dấu mở và dấu đóng đi từng cặp"
_END = "NĐ 30/2020/NĐ-CP, Phụ lục III, các mẫu văn bản: lời văn kết thúc bằng “./.”"
_WORDS_AROUND = 4


# --- quotation marks and brackets -----------------------------------------------------------------------


def quotes(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A closing mark that nothing opened, an opening one that nothing closed: in order, not by counting."""
    for line in manuscript.body:
        if "“" in line.text or "”" in line.text:
            yield from _quotes_of(line)


_QUOTE = re.compile("[“”]")


def _quotes_of(line: Line) -> Iterator[Remark]:
    opened = -1
    for mark in matches(_QUOTE, line.text):
        at, char = mark.start(), mark[0]
        if char == "“" and opened < 0:
            opened = at
        elif char == "“":
            end = _words_on(line.text, at, 2)
            yield Remark(line, opened, end, "Dấu mở ngoặc kép này không có dấu đóng trước dấu mở tiếp theo.")
            opened = at
        elif char == "”" and opened >= 0:
            opened = -1
        elif char == "”":
            start = _words_back(line.text, at)
            yield Remark(line, start, at + 1, "Dấu đóng ngoặc kép này không có dấu mở.")
    if opened >= 0:
        end = _words_on(line.text, opened, _WORDS_AROUND)
        yield Remark(line, opened, end, "Dấu mở ngoặc kép này không có dấu đóng.")


def _words_on(text: str, at: int, count: int) -> int:
    """The end of so many words from a position on."""
    found = re.match(rf"\S+(?:\s+\S+){{0,{count - 1}}}", text[at:])
    return at + len(found[0]) if found else at + 1


def _words_back(text: str, at: int) -> int:
    """The start of the few words before a position."""
    found = re.search(rf"(?:[^\s“”]+\s+){{0,{_WORDS_AROUND - 1}}}[^\s“”]*$", text[:at])
    return found.start() if found else at


def straight(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Straight quotation marks: left alone in a line, or beside curly ones in the text."""
    curly = any("“" in line.text for line in manuscript.body)
    for line in manuscript.prose:
        if '"' not in line.text:
            continue
        places = [at for at, char in enumerate(line.text) if char == '"']
        if len(places) % 2:
            end = _words_on(line.text, places[-1], _WORDS_AROUND)
            yield Remark(line, places[-1], end, "Dấu ngoặc kép này không có dấu đi cặp.", severity=WARNING)
        elif places and curly:
            inner = line.text[places[0] + 1 : places[1]]
            yield Remark(
                line,
                places[0],
                places[1] + 1,
                "Dấu ngoặc kép thẳng, chỗ khác dùng “ ”.",
                Fix(f'"{inner}"', f"“{inner}”", f"Sửa thành “{inner}”"),
            )


_LABEL = re.compile(r"(?:^|(?<=[\s;:,(]))(?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)")


def brackets(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Round brackets without their pair; marks of enumeration ("a)", "1)") need none."""
    for line in manuscript.body:
        if "(" not in line.text and ")" not in line.text:
            continue
        labels = {found.end() - 1 for found in matches(_LABEL, line.text)}
        opened: list[int] = []
        for at, char in enumerate(line.text):
            if char == "(":
                opened.append(at)
            elif char == ")" and opened:
                opened.pop()
            elif char == ")" and at not in labels:
                yield Remark(
                    line, _words_back(line.text, at), at + 1, "Dấu đóng ngoặc đơn này không có dấu mở."
                )
        for at in opened:
            end = _words_on(line.text, at, _WORDS_AROUND)
            yield Remark(line, at, end, "Dấu mở ngoặc đơn này không có dấu đóng.")


# --- spaces ---------------------------------------------------------------------------------------------

_LOOSE = re.compile(r"(?P<open>[“(])[ \u00a0]+(?P<inside>[^\s”)]+)")
_LOOSE_END = re.compile(r"(?P<inside>[^\s“(]+)[ \u00a0]+(?P<close>[”)])")
_BEFORE = re.compile(r"(?P<word>[^\s…./,;:]+)[ \u00a0]+(?P<mark>[,;:.](?!\.)|\./\.)(?=\s|$)")
_AFTER = re.compile(
    r"(?P<word>[^\W\d_]{2,}[”)]?)(?P<mark>\.{3}|…|[,;:!?]|(?<=[a-z"
    + LOWER
    + r"])\.)(?P<next>[A-Z"
    + UPPER
    + "][a-z"
    + LOWER
    + r"]+|(?<=[,;:])[a-z"
    + LOWER
    + r"]{2,})"
)
# What a line must hold to be worth the longer look.
_SPACED = re.compile("[“(][ \u00a0]|[ \u00a0][”)]")
_STOOD_OFF = re.compile("[ \u00a0][,;:./]")
_GLUED = re.compile(r"[,;:!?.…][^\W\d_]")
_DOUBLE = re.compile(r"\S+(?P<gap> {2,})\S+")
_ADDRESS = re.compile(
    r"https?://\S+|\b[\w.-]+@[\w.-]+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\b\S*"
)


def loose(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A space inside a quotation mark or bracket."""
    for line in manuscript.body:
        if line.part == "reference" or not matches(_SPACED, line.text):
            continue  # "(Kèm theo Báo cáo số      )" waits for its number
        for found in matches(_LOOSE, line.text):
            yield _respaced(line, found, f"{found['open']}{found['inside']}", "Thừa dấu cách sau dấu mở.")
        for found in matches(_LOOSE_END, line.text):
            yield _respaced(
                line, found, f"{found['inside']}{found['close']}", "Thừa dấu cách trước dấu đóng."
            )


def before_mark(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A space before a comma, colon or stop."""
    for line in manuscript.prose:
        for found in matches(_BEFORE, line.text) if matches(_STOOD_OFF, line.text) else ():
            written = found["word"] + found["mark"]
            yield _respaced(line, found, written, f"Thừa dấu cách trước dấu “{found['mark']}”.")


def after_mark(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """No space after a comma, stop or ellipsis; addresses of the web are left alone."""
    for line in manuscript.prose:
        if not matches(_GLUED, line.text):
            continue
        addresses = [found.span() for found in matches(_ADDRESS, line.text)]
        for found in matches(_AFTER, line.text):
            if any(start <= found.start("mark") < end for start, end in addresses):
                continue
            written = f"{found['word']}{found['mark']} {found['next']}"
            yield _respaced(line, found, written, f"Thiếu dấu cách sau dấu “{found['mark']}”.")


def double_space(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Two spaces and more between words."""
    for line in manuscript.prose:
        for found in matches(_DOUBLE, line.text) if "  " in line.text else ():
            yield _respaced(
                line, found, " ".join(found[0].split(" ", 1)[0:1] + found[0].split()[1:]), "Thừa dấu cách."
            )


def _respaced(line: Line, found: re.Match[str], written: str, message: str) -> Remark:
    return Remark(line, found.start(), found.end(), message, Fix(found[0], written, f"Sửa thành “{written}”"))


_TRAILING = re.compile(r"(?<![^\s,;])(?P<words>[^\s,;]+(?: [^\s,;]+){0,2})(?P<mark>[,;]\s?(?:\.{3}|…))")


def comma_and_ellipsis(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A comma before an ellipsis: one of the two is enough."""
    for line in manuscript.prose:
        for found in matches(_TRAILING, line.text) if "…" in line.text or "..." in line.text else ():
            yield _respaced(
                line, found, f"{found['words']}…", "Dấu phẩy rồi dấu ba chấm; chỉ cần dấu ba chấm."
            )


# --- ends -------------------------------------------------------------------------------------------------


def item_ends(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """List lines of one run that end differently, the last line left out; one remark for each run."""
    for run in _runs(manuscript):
        ends = [line.text.rstrip()[-1:] for line in run]
        kinds = Counter("" if end not in ".;," else end for end in ends[:-1])
        if len(run) < 4 or len(kinds) < 2:
            continue
        usual = kinds.most_common(1)[0][0]
        odd = next(
            line for line, end in zip(run, ends, strict=True) if ("" if end not in ".;," else end) != usual
        )
        called = f"dấu “{usual}”" if usual else "không có dấu"
        start = _words_back(odd.text, len(odd.text))
        yield Remark(
            odd, start, len(odd.text), f"Các ý trong danh sách này kết thúc khác nhau; phần lớn {called}."
        )


def _runs(manuscript: Manuscript) -> Iterator[list[Line]]:
    """Neighbouring list lines of one level, none of which announces lines below it."""
    run: list[Line] = []
    for line in manuscript.prose:
        if line.text.rstrip().endswith(":"):
            continue
        if line.part == "item" and (not run or (run[-1].owner is line.owner and run[-1].level == line.level)):
            if line.text.strip():
                run.append(line)
            continue
        if run:
            yield run
        run = [line] if line.part == "item" and line.text.strip() else []
    if run:
        yield run


_CLOSED = re.compile(r"\./\.\s*$")


def end_mark(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The last line of the body ends in "./."; no other line does."""
    main = [line for line in manuscript.body if not line.appendix and line.part != "heading"]
    for line in main[:-1]:
        if matches(_CLOSED, line.text):
            yield Remark(
                line, _words_back(line.text, len(line.text.rstrip())), len(line.text.rstrip()),
                "Dấu kết thúc “./.” chỉ đặt sau câu cuối cùng của văn bản.",
            )  # fmt: skip
    if not main or not expected("title", manuscript, knowledge) or _CLOSED.search(main[-1].text):
        return
    last = main[-1]
    if last.part in ("paragraph", "item"):
        start = _words_back(last.text, len(last.text.rstrip()))
        said = last.text[start:].rstrip()
        written = re.sub(r"[./;,\s]*$", "", said) + "./."
        yield Remark(
            last,
            start,
            start + len(said),
            "Câu cuối cùng của văn bản chưa có dấu kết thúc “./.”.",
            Fix(said, written, f"Sửa thành “{written}”"),
        )


CHECKS = (
    Check("quotes-paired", "structure", ERROR, "Dấu ngoặc kép đi từng cặp", _PAIRS, quotes),
    Check("quotes-straight", "structure", ADVICE, "Một kiểu dấu ngoặc kép", _PAIRS, straight),
    Check("brackets-paired", "structure", WARNING, "Dấu ngoặc đơn đi từng cặp", _PAIRS, brackets),
    Check("space-inside", "structure", WARNING, "Dấu cách trong dấu ngoặc", _TYPED, loose),
    Check("space-before", "structure", ADVICE, "Dấu cách trước dấu câu", _TYPED, before_mark),
    Check("space-after", "structure", WARNING, "Dấu cách sau dấu câu", _TYPED, after_mark),
    Check("space-double", "structure", ADVICE, "Hai dấu cách liền nhau", _TYPED, double_space),
    Check("comma-ellipsis", "structure", ADVICE, "Dấu phẩy và dấu ba chấm", _TYPED, comma_and_ellipsis),
    Check(
        "item-ends",
        "structure",
        ADVICE,
        "Các ý kết thúc như nhau",
        "Trình bày thống nhất trong một danh sách",
        item_ends,
    ),
    Check("end-mark", "structure", WARNING, "Dấu kết thúc văn bản", _END, end_mark),
)
