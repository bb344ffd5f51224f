"""Reading citations out of text: where each one starts, its parts, and where it ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import citation_grammar as grammar
from .kinds import CODES


@dataclass(frozen=True)
class Parts:
    """The parts of one citation as printed, white space tidied; `day` is (day, month, year), each "" if missing.

    `start`, `head` and `end` are places in the text: the head ends after number, day and issuer, all of it
    after the subject.
    """

    start: int
    head: int
    end: int
    kind: str = ""
    number: str = ""
    symbol: str = ""
    day: tuple[str, str, str] = ("", "", "")
    dated: str = ""
    issuer: str = ""
    subject: str = ""


#: Letters of a name or, in running text, of a subject; no real one comes near, and reading stays linear.
LONGEST = 1000


def _first(pattern: re.Pattern[str], text: str) -> list[int]:
    """Where the pattern is first found: a list of one place or none."""
    found = pattern.search(text)
    return [found.start()] if found else []


def parts_of(text: str, whole: bool = False) -> Iterator[Parts]:
    """Citations in order of their start. One may lie in the subject of another; heads never overlap.

    `whole`: the text is one citation, so its subject goes to the end.
    """
    clean, places = _cleaned(text)
    reached = 0
    for found in _heads(clean, whole):
        if found.start >= reached:
            parts = _context(clean, _tail(clean, found, whole))
            reached = parts.head
            yield replace(
                parts,
                start=places[parts.start],
                head=places[parts.head - 1] + 1,
                end=places[parts.end - 1] + 1,
            )


def kind_alone(text: str) -> Parts | None:
    """A paper called by its kind, with a day or issuer or without: “Nghị quyết Trung ương 4 (khóa XI)”."""
    clean, _ = _cleaned(text)
    found = re.compile(rf"\W*{grammar.KIND}(?:\s+(?P<number>{grammar.SHORT_NUMBER}))?").match(clean)
    if found is None or not found["kind"]:
        return None
    number = "".join((found["number"] or "").split())
    bare = Parts(found.start("kind"), found.end(), found.end(), kind=_kind(found.groupdict()), number=number)
    return _tail(clean, bare, whole=True)


def _cleaned(text: str) -> tuple[str, list[int]]:
    """The text composed (NFC), hard blanks as blanks, invisible letters out; and where each letter stood."""
    letters: list[str] = []
    places: list[int] = []
    blanks = 0
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[at:end]):
            blanks = blanks + 1 if letter.isspace() else 0
            if letter not in "\u00ad\u200b\u200c\u200d\ufeff" and blanks < 5:
                letters.append(" " if letter in "\u00a0\u2007\u202f\t" else letter)
                places.append(end - 1)
        at = end
    return "".join(letters), places


def tidy(words: str) -> str:
    """One blank between words; a line cut after a hyphen joins: "21-\\nNQ/TW" -> "21-NQ/TW"."""
    words = re.sub(r"(?<=[\w])-[ \t]*\n\s*(?=[A-ZĐ]{2})", "-", words)
    return " ".join(words.split())


def _heads(text: str, whole: bool) -> Iterator[Parts]:
    """Where a number with its symbol stands, and where a law is called by its name."""
    found = [_coded(match) for match in grammar.HEAD.finditer(text) if _sure(match, whole)]
    found += [_coded(match) for match in grammar.LOOSE_HEAD.finditer(text) if _counts(match)]
    found += [law for match in grammar.LAW.finditer(text) if (law := _law(text, match, whole))]
    yield from sorted(found, key=lambda parts: (parts.start, -parts.head))


def _sure(match: re.Match[str], whole: bool) -> bool:
    """In running text a bare "9/A" is no citation; "98/KH-UBND" and what follows "số" or a kind is."""
    if not match[0][0].isdigit():
        return True
    symbol = match["state"] or match["party"] or ""
    return bool(symbol) and (whole or (len(symbol) > 3 and ("-" in symbol or "/" in symbol)))


def _counts(match: re.Match[str]) -> bool:
    """A number without a symbol is a citation only after the name of a kind."""
    return bool(not match["only"] or match["kind"] or match["abbreviation"])


def _coded(match: re.Match[str]) -> Parts:
    given = match.groupdict()
    number = next(
        (
            given[name]
            for name in ("number", "party_number", "old_number", "glued_number", "spaced_number", "only")
            if given.get(name)
        ),
        "",
    )
    symbol = next(
        (given[name] for name in ("state", "party", "old", "glued", "spaced", "blank") if given.get(name)), ""
    )
    return Parts(
        match.start(),
        match.end(),
        match.end(),
        kind=_kind(given),
        number="".join(number.split()),
        symbol=_symbol(symbol),
    )


def _kind(given: dict[str, str | None]) -> str:
    """The kind printed; "" where nothing is."""
    if given.get("abbreviation"):
        return CODES.get(given["abbreviation"] or "", "văn bản")
    return tidy(given["kind"] or "").lower().replace("uỷ", "ủy").replace("thoả", "thỏa")


def _symbol(printed: str) -> str:
    """Without blanks and line breaks, every dash a hyphen."""
    words = re.sub(r"\s*([-–—‑/])\s*", r"\1", printed.strip())
    words = re.sub("[–—‑]", "-", words)
    return re.sub(r"\s+(?=\d)", "", " ".join(words.split()))


# --- laws ---------------------------------------------------------------------------------------------


def _law(text: str, match: re.Match[str], whole: bool) -> Parts | None:
    """“Luật Đất đai số 31/2024/QH15”, “Pháp lệnh Dân số”: the name is the subject."""
    printed, kind = match["law"], tidy(match["law"]).lower()
    rest = text[match.end() : match.end() + LONGEST // 2]
    amending = re.match(r"(?i:sửa\s+đổi)", rest)
    if not whole and not (printed[0].isupper() and (rest[0].isupper() or amending)):
        return None
    if re.match(r"[Ss]ố\s*:?\s*\d", rest):
        return None
    length = _name_length(rest, whole)
    name = tidy(rest[:length]).strip(" ,.;:")
    if not name or (kind == "hiến pháp" and not whole):
        return None
    end = match.end() + len(rest[:length].rstrip(" ,.;:\n"))
    parts = Parts(match.start(), end, end, kind=kind, subject=name)
    year = re.compile(r"\s+\(?((?:19|20)\d{2})\b\)?").match(text, end)
    if year:
        return replace(parts, head=year.end(), end=year.end(), day=("", "", year[1]), dated=year[1])
    coded = re.compile(r"\s*,?\s*\(?").match(text, end)
    head = grammar.HEAD.match(text, coded.end()) if coded else None
    if head and not head["kind"] and not head["abbreviation"]:
        number = _coded(head)
        closed = head.end() + (text[head.end() : head.end() + 1] == ")")
        parts = replace(parts, head=closed, end=closed, number=number.number, symbol=number.symbol)
    return parts


_NAME_ENDS = re.compile(
    r"\s+(?:đã\s+)?được\s|\s*[,(]?\s*\(?[Ss]ố\s*:?\s*\d|\s*,?\s*\(?ngày\s*[\d.…]|\s*,?\s*(?:năm\s+)?(?:19|20)\d{2}\b|\s+của\s+(?:Quốc\s+hội|UBTVQH|"
    r"Ủy\s+ban\s+[Tt]hường\s+vụ)|[;.:)“”]|\s*\((?!sửa\s+đổi)|\s+(?:và|cùng)\s+(?:các|Luật|Bộ\s+luật|Nghị|Thông|Pháp|Quyết|Kế|Chỉ)"
    r"|\n\s*\n|\n\s*[-+•]\s"
)


def _name_length(rest: str, whole: bool) -> int:
    ends = _first(_NAME_ENDS, rest) or [len(rest)]
    if not whole:
        ends += _first(grammar.STOPS, rest)
        commas = [match.start() for match in re.finditer(",", rest)]
        ends += [at for at in commas if not grammar.INSIDE_COMMA.match(rest, at)][:1]
    return min(ends)


# --- after the head -----------------------------------------------------------------------------------


def _tail(text: str, parts: Parts, whole: bool) -> Parts:
    """Day, issuer and subject, in the orders they come in."""
    for _ in range(2):
        if not parts.dated:
            parts = _dated(text, parts)
        if not parts.issuer:
            parts = _issued(text, parts, whole)
    parts = replace(parts, end=parts.head)
    return parts if parts.subject else _about(text, parts, whole)


def _dated(text: str, parts: Parts) -> Parts:
    start = parts.head
    place = None if parts.kind else grammar.PLACE.match(text, start)
    before = grammar.BEFORE_DATE.match(text, place.end() if place else start)
    found = grammar.DATE.match(text, before.end()) if before else None
    if before is None or found is None or (found["d7"] and found.start() == start):
        return parts
    end = found.end()
    if "(" in before[0] and text[end : end + 1] == ")":
        end += 1
    day, dated = _day(found)
    return replace(parts, head=end, day=day, dated=dated)


def _day(found: re.Match[str]) -> tuple[tuple[str, str, str], str]:
    """(day, month, year) with "" for what is missing, and the day as to be printed: 4/7, …/12/2025, 2024."""
    given = {name[0]: value for name, value in found.groupdict().items() if value is not None}
    shown = [given[part].strip() for part in "dmy" if part in given]
    parts = [value if value.isdigit() else "…" for value in shown]
    if "y" in given and len(given["y"]) == 2:
        parts[-1] = f"20{given['y']}"
    values = dict(zip([part for part in "dmy" if part in given], parts, strict=True))
    day, month, year = (values.get(part, "").replace("…", "") for part in "dmy")
    return (day, month, year), "/".join(parts)


def _issued(text: str, parts: Parts, whole: bool) -> Parts:
    before = grammar.BEFORE_ISSUER.match(text, parts.head)
    if before is None:
        return parts
    end = before.end() + issuer_length(text[before.end() : before.end() + LONGEST], whole)
    printed = text[before.end() : end].rstrip(" ,\n")
    if not printed:
        return parts
    return replace(parts, head=before.end() + len(printed), issuer=joined(printed))


_ISSUER_ENDS = re.compile(
    r"\s*[,(]?\s*\(?(?:ký\s+|ban\s+hành\s+)?ngày\s*[\d./…_]|\s+tháng\s+\d|\s+năm\s+\d{4}|[;:“”\"]|\s*\((?!kh[óo]|nhiệm|K\w)|(?<![Tt][Pp])(?<!TX)(?<!\b[PQHXT])\.(?=\s|$)|\n\s*\n|\n\s*[-+•]\s|"
    r"\s*,?\s+(?:[Vv]ề\s+việc|[Vv]/[Vv])(?!\w)"
)
_ABOUT = re.compile(r"\s*,?\s+(?:[Vv]ề|VỀ)(?!\w)")
_BOARD = re.compile(
    r"(?i:ban\s+chỉ\s+đạo)(?:\s+(?:Trung\s+ương|quốc\s+gia|Quốc\s+gia|Nhà\s+nước|của\s+Chính\s+phủ))?$"
)
_UNNAMED_KIND = grammar.KIND.replace("?P<kind>", "?:").replace("?P<abbreviation>", "?:")
_PAPER = rf"(?={_UNNAMED_KIND}\s+(?:số\s*:?\s*)?[\d…./-])"
_AND_PAPER = re.compile(
    rf"\s+và\s+(?:các\s|\d)|\s*(?:[,;]|,?\s+và)\s+(?:{_PAPER}|(?=[Ss]ố\s*:?\s*\d+\s*[/-]))|\s+(?:và\s+)?có\s+{_PAPER}"
)
_CHAIR = re.compile(r",\s+(?:Chủ\s+nhiệm|Chủ\s+tịch|Trưởng|Tổng\s+Thanh\s+tra|Phó|Trưởng\s+[Bb]an)")
_LISTED = re.compile(r",\s+[^\W\da-z_][^,;.:\n]{0,40}?\s(?:và|&)\s")


def issuer_length(rest: str, whole: bool) -> int:
    """How much of the text after "của" names the body or bodies that issued the paper."""
    ends = _first(_ISSUER_ENDS, rest) or [len(rest)]
    ends += _first(_AND_PAPER, rest)
    ends += _about_ends(rest, ends[0])
    ends += [
        m.start() for m in grammar.ACT.finditer(rest) if not grammar.NAMED_BY_ACT.search(rest[: m.start()])
    ][:1]
    if not whole:
        ends += _first(grammar.STOPS, rest) + _first(_NEXT_LINE, rest)
    ends += [match.start() for match in re.finditer(r"\s*\)", rest) if "(" not in rest[: match.start()]][:1]
    length = min(ends)
    for comma in re.finditer(",", rest[:length]):
        if not _inside(rest[:length], comma.start()):
            return comma.start()
    return length


def _about_ends(rest: str, limit: int) -> list[int]:
    """The first "về"; "Ban Chỉ đạo Trung ương về chuyển đổi số" only ends at a second one."""
    found = list(_ABOUT.finditer(rest, 0, limit + 12))
    if found and _BOARD.search(rest[: found[0].start()]) and (len(found) > 1 or limit < len(rest)):
        found = found[1:]
    return [match.start() for match in found[:1]]


def _inside(name: str, comma: int) -> bool:
    """Whether the name of the issuer goes on after a comma: another body, or a list of the same body's fields."""
    after = re.compile(r",\s+").match(name, comma)
    if after and re.compile(grammar.ORGAN).match(name, after.end()):
        return True
    return any(pattern.match(name, comma) for pattern in (grammar.INSIDE_COMMA, _CHAIR, _LISTED))


_BETWEEN = re.compile(rf"(?:\s*,(?!\s+(?:Chủ\s+tịch|Trưởng))|\s*;|,?\s+và|\s+-)\s+(?={grammar.ORGAN})")
_ONE_OFFICE = re.compile(
    r"Văn\s+phòng\s+(?:HĐND|Hội\s+đồng\s+nhân\s+dân|Đoàn\s+(?:ĐBQH|đại\s+biểu\s+Quốc\s+hội))[^;]*$"
)


def joined(printed: str) -> str:
    """Several bodies joined by "; "; Văn phòng HĐND và UBND is one."""
    names, start = [], 0
    for match in _BETWEEN.finditer(printed):
        if not _ONE_OFFICE.search(printed[start : match.start()]):
            names.append(printed[start : match.start()])
            start = match.end()
    return "; ".join(tidy(name).strip(" ,.;") for name in (*names, printed[start:]) if name.strip(" ,.;"))


#: “…, kỳ họp thứ 5 về việc …”, “… gửi Sở Tài chính về việc …”
_LATE = re.compile(r"(?:\s*,|\s+gửi\s)[^,;.\n]{1,60}?\s(?:về\s+việc|[Vv]/[Vv]|về)\s+")


def _about(text: str, parts: Parts, whole: bool) -> Parts:
    """The subject: after "về việc", "V/v", "về", or at once with a verb."""
    if not whole and _NEXT_LINE.match(text, parts.head):
        return parts
    marker = grammar.BEFORE_SUBJECT.match(text, parts.head) or grammar.OPENS_SUBJECT.match(text, parts.head)
    if marker is None and (whole or text.startswith(" gửi ", parts.head)):
        marker = _LATE.match(text, parts.head)
    if (
        marker is None
        and whole
        and not _AND_PAPER.match(text, parts.head)
        and not grammar.STOPS.match(text, parts.head)
    ):
        marker = re.compile(r"\s+(?=[^\W\d_]|[“\"])").match(text, parts.head)
    if marker is None or not (parts.number or parts.symbol or parts.dated or parts.issuer):
        return parts
    rest = text[marker.end() :] if whole else text[marker.end() : marker.end() + LONGEST]
    end = marker.end() + _subject_length(rest, whole)
    printed = text[marker.end() : end].rstrip(" ,.;:/\n")
    if "(" in marker[0]:
        printed = printed.removesuffix(")")
    return replace(parts, end=marker.end() + len(printed), subject=tidy(printed)) if printed else parts


_SUBJECT_ENDS = re.compile(
    r"[;]|(?<![Tt][Pp])(?<!TX)(?<!\b[PQHXT])\.(?=\s|$)|\n\s*\n|,\s+(?:UBND|Ủy\s+ban|phường|các|đã|đến\s+nay|trong\s+đó|theo\s+đó|nhằm|qua\s+đó|đồng\s+thời|"
    r"tổ\s+chức|chỉ\s+đạo|với|gồm|trên\s+cơ\s+sở|cụ\s+thể|như\s+sau)(?!\w)|\s+(?:đã\s+được|được\s+ban\s+hành|đến\s+các|với\s+mục|tại\s+Quyết\s+định|,?\s*cụ\s+thể\s+như)(?!\w)"
)


#: A paper on a line of its own is the next of a list, unless the line before cannot end there.
_NEXT_LINE = re.compile(
    rf"(?<!hiện)(?<!theo)(?<!tại)(?<! và)(?<!của)(?<! về)(?<!hành)(?<!với)(?<!các)(?<!sung)(?<!thế)(?<!khai)(?<!,)"
    rf"[ ]*\n\s*(?:{_PAPER}|(?=(?i:luật|bộ\s+luật|pháp\s+lệnh)\s+[^\W\da-z_])|(?=[Ss]ố\s*:?\s*\d+\s*[/-]))"
)


def _subject_length(rest: str, whole: bool) -> int:
    if whole:
        return len(rest)
    ends = _first(_SUBJECT_ENDS, rest) or [len(rest)]
    ends += _first(grammar.ITEM, rest) + _first(_NEXT_LINE, rest)
    ends += [
        m.start()
        for m in re.finditer(r"\)", rest)
        if rest[: m.start()].count("(") <= rest[: m.start()].count(")")
    ][:1]
    sentence = rest[: min(ends)]
    paper = _AND_PAPER.search(sentence)
    return paper.start() if paper else len(sentence)


# --- before the head ----------------------------------------------------------------------------------


def _context(text: str, parts: Parts) -> Parts:
    """What the clause before the head says: “Ngày 28/7/2020, Sở Xây dựng có văn bản số …”."""
    before = text[max(0, parts.start - 250) : parts.start]
    if not parts.kind and not parts.issuer:
        of_kind = grammar.OF_KIND.search(before)
        if of_kind:
            start = parts.start - (len(before) - of_kind.start())
            kind = _kind({"kind": of_kind["kind"]})
            return replace(parts, start=start, kind=kind, issuer=joined(of_kind["issuer"]))
    issued = grammar.ISSUED.search(before)
    if issued and (not parts.issuer or not parts.dated):
        parts = _clause(re.split(r"[.;:](?:\s|$)|\n\s*\n", before[: issued.start()])[-1], parts)
    return _kind_by_symbol(text, parts)


#: "Ngày 29/7/2026, Ban Chỉ đạo |": the day that opens the clause
_LAST_DAY = re.compile(r"(?:^|\n)\W*(?:[Vv]ào\s+)?(?P<day>[Nn]gày\s*[\d][^,\n]{5,30}),[^\n]*$")


def _clause(clause: str, parts: Parts) -> Parts:
    told = None if parts.dated else _LAST_DAY.search(clause)
    found = grammar.DATE.match(clause, told.start("day")) if told else None
    if found:
        day, printed = _day(found)
        parts = replace(parts, day=day, dated=printed)
    if not parts.issuer:
        name = clause.rsplit(",", 1)[-1].strip()
        if re.match(grammar.ORGAN, name) and len(name) < 150:
            parts = replace(parts, issuer=joined(name))
    return parts


def _kind_by_symbol(text: str, parts: Parts) -> Parts:
    """A small "số" with a day stands in a list whose kind was said once: the symbol tells it again."""
    printed = text[parts.start : parts.start + 3]
    if parts.kind or not parts.dated or printed.startswith("Số") or not parts.number:
        return parts
    code = re.split(r"[-/.]", parts.symbol)[0]
    kind = CODES.get(code, "công văn" if "-" in parts.symbol else "")
    return replace(parts, kind=kind)
