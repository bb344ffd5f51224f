"""Capital letters: NĐ 30/2020/NĐ-CP, Phụ lục II, the glossary's own way, and one way through the whole text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from .cited import cited_in
from .findings import ADVICE, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .spelling import same_sound
from .text import LOWER, UPPER, Line, Manuscript, bare, matches

_CAPITALS = "NĐ 30/2020/NĐ-CP, Phụ lục II"
_ONE_WAY = "Một cách viết hoa trong cả văn bản (NĐ 30/2020/NĐ-CP, Phụ lục II)"


def opens(text: str, at: int) -> bool:
    """Whether a word at a position opens a sentence, quotation or list entry, where a capital says nothing."""
    before = text[:at].rstrip()
    return (
        not before
        or before[-1] in '“"‘(:.;!?…-–*+'
        or bool(re.search(r"(?:^|\s)(?:\d+|[a-zđ])[.)]$", before))
    )


def _remark(line: Line, start: int, end: int, written: str, message: str) -> Remark:
    said = line.text[start:end]
    return Remark(line, start, end, message, Fix(said, written, f"Sửa thành “{written}”"))


# --- rules of Phụ lục II -------------------------------------------------------------------------------------

_PEOPLE = re.compile(
    r"(?<!ban )(?<!đồng )(?<!án )(?<!sát )(?<!an )(?<!đội )(?<!sĩ )(?<!thuốc )(?<!giáo )(?<!dân tộc )(?<!hội thẩm )(?<!ương )"
    r"(?<!Ban )(?<!Đồng )(?<!thẩm )(?<!Thẩm )(?<!ưu tú, )(?<!toàn quân )\bnhân dân\b(?! tệ)"
)


def people(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Nhân dân, outside the names of bodies and titles."""
    for line in manuscript.prose:
        for found in matches(_PEOPLE, line.text):
            start = len(line.text[: found.start()].rstrip())
            start = line.text.rfind(" ", 0, start) + 1
            said = line.text[start : found.end()]
            written = said[: -len("nhân dân")] + "Nhân dân"
            yield _remark(line, start, found.end(), written, "“Nhân dân” viết hoa chữ cái đầu.")


_OF_PLACE = r"(?=\s+(?:phường|xã|đặc khu|thành phố|tỉnh|các|[A-Z" + UPPER + r"]))"
#: Bodies written with a capital, and how each is written.
_BODIES = {
    r"công an": "Công an",
    r"đoàn thanh niên": "Đoàn Thanh niên",
    r"hội liên hiệp phụ nữ": "Hội Liên hiệp Phụ nữ",
    r"hội phụ nữ": "Hội Phụ nữ",
    r"hội nông dân": "Hội Nông dân",
    r"hội cựu chiến binh": "Hội Cựu chiến binh",
    r"mặt trận tổ quốc": "Mặt trận Tổ quốc",
    r"ủy ban nhân dân": "Ủy ban nhân dân",
    r"uỷ ban nhân dân": "Uỷ ban nhân dân",
    r"hội đồng nhân dân": "Hội đồng nhân dân",
    r"đảng ủy": "Đảng ủy",
    r"đảng uỷ": "Đảng uỷ",
    r"đảng bộ": "Đảng bộ",
    r"ban chỉ huy quân sự": "Ban Chỉ huy quân sự",
}
_BODY = re.compile(rf"(?<!\w)(?P<body>{'|'.join(_BODIES)}){_OF_PLACE}", re.IGNORECASE)


def bodies(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Names of bodies of state, Party and Front before their place: "công an phường"."""
    for line in manuscript.prose:
        if line.text.isupper():
            continue
        for found in matches(_BODY, line.text):
            said = found["body"]
            written = _BODIES[said.lower()]
            if said[0].isupper() or said == written:
                continue
            yield _remark(line, found.start(), found.end(), written, f"Tên tổ chức viết hoa: “{written}”.")


_CITED_PART = re.compile(
    r"(?P<high>(?<![.:;“(] )(?<!^)\b(?:Khoản|Điểm)(?= [a-zđ\d]{1,2}\b))|(?P<low>\b(?:điều|chương)(?= (?:\d{1,3}|[IVX]+)\b(?! (?:điểm|khoản))))"
)


def cited_parts(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Citing a part of a law: Điều, Chương with a capital, khoản, điểm without."""
    for line in manuscript.prose:
        for found in matches(_CITED_PART, line.text):
            said = found[0]
            if found["high"] and opens(line.text, found.start()):
                continue
            written = said.lower() if found["high"] else said.capitalize()
            yield _remark(
                line,
                found.start(),
                found.end(),
                written,
                f"Khi viện dẫn, viết “{written}” (Phụ lục II, mục V.5).",
            )


def kinds(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The kind of a paper that is named by its number takes a capital."""
    for line in manuscript.prose:
        for cited in cited_in(manuscript, line):
            kind = line.text[cited.start : cited.start + len(cited.kind)]
            if cited.kind and kind == kind.lower() and kind.lower() not in ("văn bản", "đơn", "phiếu"):
                written = kind[:1].upper() + kind[1:]
                yield _remark(
                    line,
                    cited.start,
                    cited.start + len(kind),
                    written,
                    "Tên loại của một văn bản cụ thể viết hoa.",
                )


#: Trade names and how their owners write them.
TRADE = {
    bare(name).replace(" ", ""): name
    for name in (
        "Zalo", "Facebook", "YouTube", "TikTok", "VNeID", "Google", "Microsoft", "Zoom", "Internet", "Wi-Fi", "Telegram", "Viber",
        "Messenger", "Instagram", "Gmail", "Excel", "Word", "ChatGPT", "VssID", "Viettel", "MobiFone", "VinaPhone",
    )
}  # fmt: skip
_LATIN = re.compile(r"(?<![\w./@:-])[A-Za-z][A-Za-z-]{3,}(?![\w/@]|\.\w)")


def trade_names(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "zalo", "facebook"; what the glossary holds is left to its own check."""
    listed = {term.text.lower() for term in knowledge.terms}
    for line in manuscript.prose:
        for found in matches(_LATIN, line.text):
            said = found[0]
            name = TRADE.get(said.lower()) if said.lower() not in listed else ""
            if name and said != name and not said.isupper() and said.lower() not in ("word", "excel", "zoom"):
                yield _remark(line, found.start(), found.end(), name, f"Tên này viết là “{name}”.")


# --- the glossary's way ---------------------------------------------------------------------------------------


def glossary(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A term or name of the registers in other capitals: "smart Hải phòng"; a mere first letter once for each form."""
    told: set[str] = set()
    for line in manuscript.prose:
        lower = line.text.lower()
        if line.text.isupper() or len(lower) != len(line.text):
            continue
        taken: list[tuple[int, int]] = []
        for name, pattern in _spelt(knowledge):
            for found in pattern.finditer(lower):
                start, end = found.span()
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                said = line.text[start:end]
                severity = _weight(said, name)
                if said == name or said.isupper() or _as_opening(line.text, start, said, name):
                    continue
                if severity == WARNING or said not in told:
                    told.add(said)
                    fix = Fix(said, name, f"Sửa thành “{name}”")
                    yield Remark(
                        line, start, end, f"Danh mục thuật ngữ viết “{name}”.", fix, severity=severity
                    )


@lru_cache(maxsize=2)
def _spelt(knowledge: Knowledge) -> list[tuple[str, re.Pattern[str]]]:
    """Terms and places, the longest first; Nhân dân, part of many names of bodies, is left to its own rule."""
    names = {term.text for term in knowledge.terms} | {body.place_name for body in knowledge.bodies}
    return [
        (name, re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)"))
        for name in sorted(names - {"", "Nhân dân"}, key=lambda name: (-len(name), name))
    ]


def _as_opening(text: str, at: int, said: str, name: str) -> bool:
    """The same but for the first letter, where a sentence or quotation opens."""
    return said[1:] == name[1:] and opens(text, at) and said[:1].isupper()


def _weight(said: str, name: str) -> str:
    """A name in which a later word lacks its capital is looked at again; a first letter is advice."""
    return ADVICE if said[1:] == name[1:] or name[1:] == name[1:].lower() else WARNING


# --- one way through the text ----------------------------------------------------------------------------------

_CAPITAL_PHRASE = re.compile(rf"(?<!\w)[A-Z{UPPER}][a-z{LOWER}]+ [a-z{LOWER}]+(?!\w)")


def two_ways(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A common noun with a capital in one sentence and without in another; the rarer way, once for each noun."""
    for places in _ways(manuscript).values():
        high, low = places
        if not high or not low:
            continue
        line, start, said = (high if len(high) <= len(low) else low)[0]
        written = said.lower() if said[:1].isupper() else said[:1].upper() + said[1:]
        end = start + len(said)
        yield _remark(line, start, end, written, f"Chỗ khác viết “{written}”; nên viết hoa thống nhất.")


#: Words that open names of bodies, persons and offices, or are names by themselves.
_NAMES = frozenset(
    "tổ ban đội hội sở bộ phòng trung ủy uỷ đảng đoàn văn công chủ bí phó trưởng ông bà cục chi viện trường trạm nhân nhà"
    " học thành quốc việt hải hà quảng luật nghị quyết kế thông chỉ hướng kết tờ đề điều phụ mục phần quý tháng cổng"
    " trưa sáng chiều thủ tổng liên mặt internet tết".split()
)


def _in_name(text: str, at: int) -> bool:
    """Whether a word stands in quotation marks, opens a name or goes on one that began up to four words before."""
    if text[:at].count("“") > text[:at].count("”"):
        return True
    first = re.match(r"[^\W_]+", text[at:])
    if first and first[0].lower() in _NAMES:
        return True
    words = re.split(r"[,;:.()“”]", text[:at])[-1].split()
    opening = words[:1] if len(words) <= 4 else []
    named = [word for word in words[-4:] if word not in opening or word.lower() in _NAMES]
    return any(word[:1].isupper() for word in named)


Places = list[tuple[Line, int, str]]


@lru_cache(maxsize=2)
def _ways(manuscript: Manuscript) -> dict[str, tuple[Places, Places]]:
    """Phrase in lower case -> where it stands with a capital, where without; only those that stand both ways."""
    lines = [line for line in manuscript.prose if not line.text.isupper()]
    high: dict[str, Places] = defaultdict(list)
    for line in lines:
        for found in matches(_CAPITAL_PHRASE, line.text):
            if _counts(manuscript, line, found.start()):
                high[found[0].lower()].append((line, found.start(), found[0]))
    ways: dict[str, tuple[Places, Places]] = {}
    whole = "\n".join(line.text for line in lines)
    for phrase, places in high.items():
        if phrase not in whole:
            continue
        low = [
            (line, found.start(), phrase)
            for line in lines
            if phrase in line.text
            for found in re.finditer(rf"(?<!\w){phrase}(?!\w)", line.text)
            if _counts(manuscript, line, found.start())
        ]
        if low and len(low) + len(places) > 2:
            ways[phrase] = (places, low)
    return ways


def _counts(manuscript: Manuscript, line: Line, at: int) -> bool:
    """Whether a capital, or its absence, says something there."""
    if opens(line.text, at) or _in_name(line.text, at):
        return False
    return not any(one.start <= at < one.end for one in cited_in(manuscript, line))


# --- one place for the tone mark --------------------------------------------------------------------------------

#: Syllables whose mark may sit on either of two vowels.
_OPEN = re.compile(
    r"(?<![^\W\d_])(?:[bcdđghklmnpqrstvx]{0,3})(?:o[aáàảãạeéèẻẽẹ]|[oóòỏõọ][ae]|u[yýỳỷỹỵ]|[uúùủũụ]y)(?![^\W\d_])",
    re.IGNORECASE,
)


def tone_places(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """hóa and hoá, ủy and uỷ in one text: the rarer way, once for each syllable."""
    seen: dict[str, dict[str, list[tuple[Line, int]]]] = defaultdict(lambda: defaultdict(list))
    for line in manuscript.lines:
        for found in matches(_OPEN, line.text):
            word = found[0].lower()
            if not word.isascii() and not word.startswith("qu"):
                seen[bare(word)][word].append((line, found.start()))
    for ways in seen.values():
        words = sorted(ways, key=lambda word: len(ways[word]))
        for word in words[:-1]:
            usual = next((other for other in words[::-1] if other != word and same_sound(word, other)), None)
            if usual is None or len(ways[usual]) < len(ways[word]):
                continue
            line, start = ways[word][0]
            said = line.text[start : start + len(word)]
            written = usual.upper() if said.isupper() else usual.capitalize() if said[:1].isupper() else usual
            yield _remark(
                line, start, start + len(word), written, f"Dấu thanh đặt hai cách: chỗ khác viết “{written}”."
            )


CHECKS = (
    Check(
        "people-capital",
        "names",
        WARNING,
        "“Nhân dân” viết hoa",
        f"{_CAPITALS}, mục V: các trường hợp khác",
        people,
    ),
    Check(
        "body-capital",
        "names",
        WARNING,
        "Tên tổ chức viết hoa",
        f"{_CAPITALS}, mục III: tên cơ quan, tổ chức",
        bodies,
    ),
    Check(
        "cited-part-capital",
        "names",
        ADVICE,
        "Viết hoa Điều, khoản, điểm",
        f"{_CAPITALS}, mục V",
        cited_parts,
    ),
    Check("kind-capital", "names", ADVICE, "Tên loại văn bản cụ thể viết hoa", f"{_CAPITALS}, mục V", kinds),
    Check(
        "trade-name",
        "names",
        ADVICE,
        "Tên ứng dụng, thương hiệu",
        "Tên riêng viết như chủ sở hữu viết",
        trade_names,
    ),
    Check("glossary-capital", "names", WARNING, "Viết hoa theo danh mục thuật ngữ", _ONE_WAY, glossary),
    Check("capital-varies", "names", ADVICE, "Một cách viết hoa", _ONE_WAY, two_ways),
    Check(
        "tone-place",
        "names",
        ADVICE,
        "Một cách đặt dấu thanh",
        "Chính tả thống nhất trong cả văn bản",
        tone_places,
    ),
)
