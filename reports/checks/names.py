"""Names of bodies, teams and places: the glossary's and the registers' words, the units that exist, abbreviations told."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from campaigns.kinds import KINDS

from .cited import cited_in
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .text import LOWER, UPPER, Line, Manuscript, bare, matches
from .units import WARD_UNITS

_NAME = "Tên cơ quan, tổ chức, thuật ngữ viết đúng như danh mục của đơn vị"
_TWO_TIERS = "Luật Tổ chức chính quyền địa phương 72/2025/QH15"
_WORD = re.compile(r"[^\W_]+")
#: From this day on no district is at work (Luật 72/2025/QH15).
NO_DISTRICTS = datetime.date(2025, 7, 1)


# --- other words --------------------------------------------------------------------------------------------


#: Names set by law for every ward (NĐ 118/2025/NĐ-CP).
STATUTORY = ("Trung tâm Phục vụ hành chính công",)


def known_names(knowledge: Knowledge) -> list[str]:
    """Names of four syllables and more in law, glossary and registers."""
    names = [*STATUTORY, *(term.text for term in knowledge.terms)]
    for body in knowledge.bodies:
        names += [*body.names, *body.units.values()]
    names += [team.name for team in knowledge.teams if not team.neighbourhood]
    return [name for name in dict.fromkeys(names) if len(_WORD.findall(name)) >= 4]


#: Units that have one name; it stands at least twice in the text before it counts as known without a register.
_OWN = re.compile(r"\b(?:Trung tâm|Văn phòng|Phòng|Sở)(?: [^\W\d_]+){4,6}")
_FUNCTION = frozenset("tại của ở cho và các trên thuộc về với cùng do tổ phường xã".split())


def other_word(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A name with one word exchanged: "Trung tâm Dịch vụ hành chính công"."""
    known = known_names(knowledge)
    wanted: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name in dict.fromkeys((*known, *_repeated(manuscript))):
        syllables = tuple(bare(word) for word in _WORD.findall(name))
        if len(syllables) >= 5:
            wanted[" ".join(syllables[:2])].append((syllables, name))
    right = {syllables for names in wanted.values() for syllables, _ in names}
    for names in wanted.values():
        names.sort(key=lambda one: -len(one[0]))
    for line in manuscript.prose if wanted else ():
        found = list(matches(_WORD, line.text))
        for at in range(len(found) - 4):
            names = wanted.get(line.folded[found[at].start() : found[at + 1].end()], [])
            said = next(
                (one for one in names if _exchanged(line, found[at : at + len(one[0])], one[0], right)), None
            )
            if said and found[at][0][:1].isupper():
                start, end = found[at].start(), found[at + len(said[0]) - 1].end()
                yield Remark(
                    line,
                    start,
                    end,
                    f"Tên trong danh mục là “{said[1]}”."
                    if said[1] in known
                    else f"Chỗ khác viết “{said[1]}”.",
                    Fix(line.text[start:end], said[1], f"Sửa thành “{said[1]}”"),
                    severity="" if said[1] in known else WARNING,
                )


def _exchanged(
    line: Line, said: list[re.Match[str]], syllables: tuple[str, ...], right: set[tuple[str, ...]]
) -> bool:
    """Whether the words are the name but for one word of one or two syllables inside it."""
    if len(said) < len(syllables):
        return False
    folded = tuple(line.folded[word.start() : word.end()] for word in said)
    apart = [at for at, word in enumerate(syllables) if folded[at] != word]
    if not apart or len(apart) > 2 or apart[-1] - apart[0] >= 2 or apart[-1] == len(syllables) - 1:
        return False
    if len(apart) == 2 and len(syllables) < 6:
        return False
    if folded in right or any(folded[:length] in right for length in range(3, len(folded))):
        return False
    if any(word in _BARE_FUNCTION for at in apart for word in (folded[at], syllables[at])):
        return False
    return not re.search(r"[\d.;:()“”]", line.text[said[0].start() : said[-1].end()])


_BARE_FUNCTION = frozenset(map(bare, _FUNCTION))


@lru_cache(maxsize=2)
def _repeated(manuscript: Manuscript) -> tuple[str, ...]:
    """Names of units that the text itself repeats word for word."""
    found: Counter[str] = Counter()
    for line in manuscript.prose:
        for one in matches(_OWN, line.text):
            found[one[0]] += 1
    return tuple(name for name, count in found.items() if count >= 2)


# --- places and tiers ------------------------------------------------------------------------------------------

_VILLAGE = re.compile(
    r"\b(?:thôn|xóm|ấp|buôn|bản)(?:\s?[/,]\s?(?:thôn|xóm|ấp|buôn|bản))+\b"
    r"|\b(?:các|từng|mỗi|[Tt]rưởng) (?:thôn|xóm|ấp|buôn)\b|\b(?:[Tt]hôn|[Xx]óm) (?=[A-Z"
    + UPPER
    + r"\d])|\b(?:các|trưởng) bản làng\b"
)


def is_ward(manuscript: Manuscript, knowledge: Knowledge) -> bool:
    """Whether the paper is of a ward: by the register, else by its letterhead and subject."""
    if knowledge.organization is not None:
        return knowledge.organization.kind == "ward"
    own = " ".join(line.folded for line in manuscript.of_part("letterhead", "title"))
    return bool(re.search(r"\bphuong [a-z]", own)) and not re.search(r"\b(?:quan|huyen|tinh|so) [a-z]", own)


def village(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """thôn, bản in a ward, whose parts are tổ dân phố."""
    for line in manuscript.body if is_ward(manuscript, knowledge) else ():
        for found in matches(_VILLAGE, line.text):
            yield Remark(
                line, found.start(), found.end(), "Phường chia thành tổ dân phố, không có thôn, bản."
            )


_QUARTER = re.compile(
    r"\b(?:các\s+)?(?P<noun>[Kk]hu dân cư|[Kk]hu phố)\b(?! văn hóa| văn hoá| tập trung| mới)"
)


def quarter(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """khu dân cư, khu phố where the text and the register otherwise say tổ dân phố."""
    named = Counter(" ".join(bare(name).split()[:3]) for name in knowledge.neighbourhoods)
    usual = named.most_common(1)[0][0] if named else ""
    if usual.startswith("khu") or manuscript.folded.count("to dan pho") < 3:
        return
    for line in manuscript.prose:
        for found in matches(_QUARTER, line.text):
            yield Remark(
                line, found.start(), found.end(), f"Chỗ khác trong báo cáo gọi là tổ dân phố, ở đây gọi là “{found['noun']}”."
            )  # fmt: skip


_DISTRICT = re.compile(
    r"\b(?:(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Công an|Phòng [^,.;()“”]{3,40}?|Ban Chỉ đạo|Chủ tịch UBND)"
    r"\s+(?:các\s+)?(?P<tier>quận|huyện|thị xã)|(?P<party>Quận ủy|Huyện ủy|Thị ủy|Quận uỷ|Huyện uỷ|Thị uỷ)"
    r"|cấp\s+(?P<level>huyện|quận))\b(?:\s+[A-Z" + UPPER + r"]\w*){0,3}"
)
_FORMER = re.compile(
    r"\b(?:cũ|trước đây|trước ngày|nguyên là|trước khi|trước sáp nhập|sau khi kết thúc)\b", re.IGNORECASE
)


def district(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A body of a district after 01/7/2025, outside what older papers are cited by."""
    day = _day(manuscript, knowledge)
    if day is None or day < NO_DISTRICTS:
        return
    for line in manuscript.lines:
        older = [
            (one.start, one.end) for one in cited_in(manuscript, line) if one.date and one.date < NO_DISTRICTS
        ]
        for found in matches(_DISTRICT, line.text):
            around = line.text[max(0, found.start() - 30) : found.end() + 30]
            if _FORMER.search(around) or any(start <= found.start() < end for start, end in older):
                continue
            yield Remark(
                line,
                found.start(),
                found.end(),
                "Từ 01/7/2025 không còn cấp huyện; kiểm tra lại tên cơ quan.",
            )


def _day(manuscript: Manuscript, knowledge: Knowledge) -> datetime.date | None:
    """The paper's own day; of a paper still without one, the day of asking."""
    text = " ".join(line.text for line in manuscript.of_part("place_date"))
    found = re.search(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", text)
    try:
        return datetime.date(int(found[3]), int(found[2]), int(found[1])) if found else knowledge.day
    except ValueError:
        return knowledge.day


def place_spelling(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The ward's own name with other marks, in the frame and in capitals."""
    places = [knowledge.organization.place_name] if knowledge.organization else []
    wanted = {bare(name): name for name in places if name and len(name.split()) > 1}
    for folded, name in wanted.items():
        for line in manuscript.lines:
            if not (line.in_frame or line.text.isupper()):
                continue  # sentences are compared with each other and with the register by two-spellings
            for found in re.finditer(rf"\b{re.escape(folded)}\b", line.folded):
                said = line.text[found.start() : found.end()]
                if said.lower() != name.lower() and said[:1].isupper():
                    written = name.upper() if said.isupper() else name
                    yield Remark(
                        line, found.start(), found.end(), f"Tên đúng là “{name}”.",
                        Fix(said, written, f"Sửa thành “{written}”"),
                    )  # fmt: skip


# --- abbreviations ------------------------------------------------------------------------------------------------

_SHORT = re.compile(
    r"(?<![\w/.&-])(?=[A-ZĐ&]*[A-ZĐ][A-ZĐ&]*[A-ZĐ])[A-ZĐƯÔ&]{2,9}(?:-[A-ZĐƯÔ]{2,6})?(?![\w/-])"
)
#: Known to every reader of official papers.
COMMON = frozenset(
    "UBND HĐND TTHC CNTT MTTQ UBMTTQ UBMTTQVN LHPN CCB TNCS THCS THPT CB CBCC CBCCVC CC VC VP VT VPUB KT TM TL TUQ CT PCT CVP PCVP CP TW"
    " TTg QĐ KH BC CV NQ NĐ TT CTr ĐA TB HD TTr KL QĐND CAND CSGT PCCC CNCH ATTP ATGT VSATTP BHXH BHYT BHTN GDĐT GD ĐT KHCN KHKT"
    " XHCN XDĐ TP HCM VNĐ USD ODA FDI GDP GRDP COVID AI IT ICT API QR SMS SIM PC USB GPS OTP PIN VNPT FPT EVN CCCD CMND ID URL PDF"
    " CĐS TDP NTM OCOP NN PTNT NNPTNT TNMT LĐTBXH VHXH VHTT TDTT DSKHHGĐ KHHGĐ UNESCO ASEAN EU WTO WHO UNICEF HIV AIDS ANTT ANQP QPAN"
    " TTATXH ANTQ TTHCC DVC DVCTT HTX DN KCN CCN BTXH BTC BCĐ BCH BQL BTV BTP TTCP CSDL VPCP VNA PAKN STT ĐVT TK NSNN NSĐP XDCB XHH"
    " ISO TCVN QCVN NAPAS ATM POS IOC LGSP SOC VPN LAN WAN CCHC PAR INDEX ĐU ĐUV PCTT TKCN BCHQS PCTN TU BTVTU BXDĐ VPĐU UBKT TCKH QLĐT TC MN TH THCS".split()
)


def abbreviation(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """An abbreviation that nobody introduces, at its first place."""
    known = set(COMMON) | set(WARD_UNITS) | {kind.code for kind in KINDS.values()}
    for body in knowledge.bodies:
        known |= {body.symbol_code, *body.units}
    known |= {word for term in knowledge.terms for word in _SHORT.findall(f"{term.abbreviation} {term.text}")}
    whole = "\n".join(line.text for line in manuscript.lines)
    seen: set[str] = set()
    for line in manuscript.prose:
        if line.text.isupper():
            continue
        spans = [(one.start, one.code_end) for one in cited_in(manuscript, line)]
        for found in matches(_SHORT, line.text):
            word = found[0].strip("&")
            if word in seen or word in known or re.fullmatch(r"[IVXLCDM]+", word) or len(word) < 2:
                continue
            if all(part in known for part in re.split(r"[&-]", word)):
                continue
            if any(start <= found.start() < end for start, end in spans):
                continue
            seen.add(word)
            if not _introduced(word, whole):
                yield Remark(
                    line,
                    found.start(),
                    found.end(),
                    f"Chữ viết tắt “{word}” chưa được viết đầy đủ ở lần đầu.",
                )


def _introduced(word: str, whole: str) -> bool:
    """ "… (ABC)", "viết tắt là ABC", "sau đây gọi là ABC", "ABC (…)"."""
    short = re.escape(word)
    return bool(
        re.search(
            rf"[(（][^()]{{0,60}}\b{short}\s*[)）]|(?:viết tắt|gọi tắt|sau đây gọi|gọi)\s*(?:là|:)?\s*[“\"]?{short}|\b{short}\s*\([^)]{{8,}}\)"
            rf"|[a-z{LOWER}] - {short}\b",
            whole,
        )
    )


# --- slogans and proper names ---------------------------------------------------------------------------------------

_QUOTED = re.compile(r"“\s*(?P<inside>[^“”]{8,200}?)\s*”")


def slogans(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A quoted slogan whose words begin alike and whose marks differ, or with two sorts of dash."""
    seen: dict[str, list[tuple[Line, re.Match[str], tuple[str, ...]]]] = defaultdict(list)
    for line in manuscript.prose:
        for found in matches(_QUOTED, line.text):
            words = bare(found["inside"])
            seen[" ".join(_WORD.findall(words)[:3])].append((line, found, _marks(found["inside"])))
    for places in seen.values():
        usual = Counter(marks[:2] for _, _, marks in places).most_common(1)[0]
        for line, found, marks in places:
            mixed = {"–", "-"} <= set(marks)
            other = len(places) > 1 and marks[:2] != usual[0] and marks and usual[0] and usual[1] > 1
            if mixed or other:
                yield Remark(
                    line, found.start(), found.end(),
                    "Khẩu hiệu này viết khác chỗ khác trong báo cáo."
                    if other
                    else "Khẩu hiệu này dùng lẫn dấu gạch ngang dài và ngắn.",
                )  # fmt: skip


def _marks(text: str) -> tuple[str, ...]:
    return tuple(found.strip() for found in re.findall(r",| – | - |;", text))


def unquoted(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A name that stands in quotation marks elsewhere, without them, after the same noun or in lower case."""
    quoted: Counter[str] = Counter()
    for line in manuscript.lines:
        for found in matches(_QUOTED, line.text):
            inside = found["inside"]
            if 3 <= len(inside.split()) <= 8 and not re.search(r"[,.;:–]| - ", inside):
                quoted[inside] += 1
    for name, count in quoted.items():
        if count < 3:
            continue
        plain = re.compile(
            rf"(?<![“\"\w])(?:(?:phong trào|cuộc thi|chương trình|mô hình|chiến dịch)\s+)?(?P<name>{re.escape(bare(name))})\b(?!”)"
        )
        for line in manuscript.prose:
            for found in plain.finditer(line.folded):
                start = found.start("name")
                if line.text[:start].count("“") > line.text[:start].count("”"):
                    continue
                said = line.text[start : found.end()]
                yield Remark(
                    line, start, found.end(), f"Chỗ khác viết “{name}” trong dấu ngoặc kép.",
                    Fix(said, f"“{name}”", f"Sửa thành “{name}”"),
                )  # fmt: skip


CHECKS = (
    Check("name-other-word", "names", ERROR, "Tên đúng từng chữ", _NAME, other_word),
    Check("place-name", "names", ERROR, "Tên địa phương đúng dấu", _NAME, place_spelling),
    Check("village-in-ward", "names", WARNING, "Phường không có thôn, bản", _TWO_TIERS, village),
    Check("quarter-name", "names", ADVICE, "Một cách gọi tổ dân phố", _NAME, quarter),
    Check("district-body", "names", WARNING, "Không còn cấp huyện", _TWO_TIERS, district),
    Check(
        "abbreviation-unknown",
        "names",
        ADVICE,
        "Chữ viết tắt được giải thích",
        "Chữ viết tắt phải viết đủ ở lần đầu",
        abbreviation,
    ),
    Check("slogan-varies", "names", WARNING, "Một khẩu hiệu, một cách viết", _NAME, slogans),
    Check("name-unquoted", "names", ADVICE, "Tên riêng trong ngoặc kép", _NAME, unquoted),
)
