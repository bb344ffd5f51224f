"""Symbols of papers: their shape, who may use them, the units inside them, the spaces around them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from campaigns.citations import KINDS

from .cited import Cited, citations, tidy
from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Body, Knowledge
from .text import Line, Manuscript, bare, matches

_SHAPE = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3; văn bản của Đảng: Hướng dẫn 05-HD/VPTW"
_ISSUER = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3; Quy định 399-QĐ/TW"

STATE_KINDS = frozenset(kind.code for kind in KINDS.values() if kind.code and kind.family != "party") | {
    *("SY", "TrS", "SL", "KL", "QC", "QCPH", "CV"),
}
PARTY_KINDS = frozenset(
    ("NQ", "CT", "KL", "QĐ", "QC", "TB", "HD", "BC", "KH", "CTr", "TTr", "ĐA", "PA", "CV", "BB", "QyĐ")
) | frozenset(("GM", "GGT", "PG", "TTg"))
#: Codes that units of wards use all over the country.
WARD_UNITS = frozenset(
    (
        "VHXH",
        "VP",
        "KT",
        "KTHTĐT",
        "KTHT",
        "PVHCC",
        "TTPVHCC",
        "TTHCC",
        "VX",
        "NC",
        "TH",
        "TCKH",
        "TP",
        "CA",
        "QS",
    )
)
#: Codes of bodies as they are written; one that differs only by marks is a slip.
BODIES = frozenset(
    (
        *(
            "UBND",
            "HĐND",
            "CP",
            "TTg",
            "VPCP",
            "TTCP",
            "BNV",
            "BTC",
            "BTP",
            "BYT",
            "BCA",
            "BQP",
            "BCT",
            "BXD",
        ),
        *(
            "BGDĐT",
            "BKHCN",
            "BTTTT",
            "BTNMT",
            "BNNMT",
            "BVHTTDL",
            "BLĐTBXH",
            "SKHCN",
            "SNV",
            "STC",
            "STP",
            "SYT",
        ),
        *("SXD", "SCT", "SGDĐT", "STTTT", "SNNMT", "SVHTTDL", "SLĐTBXH", "ĐU", "TU", "TW", "VPTW", "BXDĐ"),
        *("VPĐU", "UBKT", "CB", "ĐH", "ĐTN", "BCĐ", "MTTQ", "UBMTTQ", "ĐUQS"),
    )
)
PARTY_BODY = re.compile(
    r"\b(?:Đảng\s*[uủ][ỷy]|(?:Thành|Tỉnh|Quận|Huyện)\s+[uủ][ỷy]|Ban Xây dựng Đảng|Bộ Chính trị|Ban Bí thư"
    r"|Ban Chấp hành (?:Trung ương|Đảng bộ)|Trung ương Đảng|Ban Tuyên giáo|Chi bộ|Đảng bộ)",
    re.IGNORECASE,
)
_STATE_BODY = re.compile(r"\b(?:UBND|[UỦ][ỷy] ban nhân dân|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Sở )")
_UNDER_STATE = re.compile(r"(Ban Xây dựng Đảng|Đảng\s*[uủ][ỷy]|Ủy ban Kiểm tra)\s+(UBND|Ủy ban nhân dân)\b")
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã)\b", re.IGNORECASE)
#: Two-tier local government (Luật 72/2025/QH15).
TWO_TIERS = datetime.date(2025, 7, 1)
#: Issuer's opening words, and what its symbol must hold.
_EXPECTED = (
    (re.compile(r"(?:Chủ tịch )?(?:UBND|[UỦ]y ban nhân dân|[UỦ]ỷ ban nhân dân)", re.IGNORECASE), "UBND"),
    (re.compile(r"(?:Thường trực )?(?:HĐND|Hội đồng nhân dân)", re.IGNORECASE), "HĐND"),
    (re.compile(r"Thủ tướng"), "TTg"),
    (re.compile(r"Chính phủ"), "CP"),
)


def part(cited: Cited, start: int, end: int, message: str, fix: Fix | None = None, **more: str) -> Remark:
    """A remark on a stretch of the citation's line."""
    return Remark(cited.line, start, end, message, fix, **more)


def code_fix(cited: Cited, code: str, label: str = "") -> Fix:
    return Fix(cited.code, code, label or f"Sửa thành {code}")


# --- shape --------------------------------------------------------------------------------------------


def shape(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A symbol of neither the state's, nor the party's, nor a legal document's form."""
    for cited in citations(manuscript):
        if _state_code_of_party(cited):
            continue  # said by `issuer`
        if cited.mark == "-" and "/" not in cited.symbol and cited.parts[0] in STATE_KINDS | PARTY_KINDS:
            state = f"{cited.number}/{'-'.join(cited.parts)}"
            party = f"{cited.number}-{cited.parts[0]}/{_organ(cited, knowledge)}"
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Ký hiệu “{cited.code}” không đúng mẫu: văn bản nhà nước ghi {state}, văn bản Đảng ghi {party}.",
                code_fix(cited, state),
            )
        elif cited.mark == "/" and "/" in cited.symbol and cited.parts[0] in PARTY_KINDS:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Ký hiệu “{cited.code}” không đúng mẫu: sau số của văn bản Đảng là dấu gạch ngang"
                f" ({cited.number}-{'/'.join(cited.parts)}).",
                code_fix(cited, f"{cited.number}-{'/'.join(cited.parts)}"),
            )
        elif cited.is_party and cited.parts[0] not in PARTY_KINDS:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"“{cited.parts[0]}” không phải chữ viết tắt tên loại văn bản của Đảng.",
                severity=ADVICE,
            )


def _organ(cited: Cited, knowledge: Knowledge) -> str:
    """The party code of the issuer named, ĐU where nothing better is known."""
    named = bare(cited.issuer)
    for body in knowledge.bodies:
        if body.kind == "party" and any(bare(name) in named or named in bare(name) for name in body.names):
            return body.symbol_code
    return "BXDĐ" if "xay dung dang" in named else "ĐU"


def kind(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The word printed for the kind against the abbreviation in the symbol."""
    by_code = {kind.code: kind.name for kind in KINDS.values() if kind.code}
    for cited in citations(manuscript):
        known, first = KINDS.get(cited.kind), cited.parts[0]
        if known is None or known.family in ("plain", "legal") or first not in STATE_KINDS or cited.between:
            continue
        wanted = {known.code, "CV" if known.name == "công văn" else known.code}
        if known.name == "quy định":
            wanted.add("QĐ")  # both are QĐ in papers of the party
        if first not in wanted and first in by_code:
            yield part(
                cited,
                cited.start,
                cited.code_end,
                f"Ghi là {cited.kind} nhưng ký hiệu “{first}” là của {by_code[first]}.",
            )


def marks(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A group of a symbol that is a known one but for its marks or capitals: BXDD for BXDĐ."""
    known = {bare(code): code for code in (*BODIES, *STATE_KINDS, *(b.symbol_code for b in knowledge.bodies))}
    for cited in citations(manuscript):
        for found in re.finditer(r"[A-Za-zĐđƯƠÔÊÂ]+", cited.symbol):
            meant = known.get(bare(found[0]))
            if meant and meant != found[0] and found[0] not in known.values():
                code = tidy(cited.code[: -len(cited.symbol)] + cited.symbol.replace(found[0], meant, 1))
                yield part(
                    cited,
                    cited.code_start,
                    cited.code_end,
                    f"Trong ký hiệu, “{found[0]}” phải viết là “{meant}”.",
                    code_fix(cited, code),
                )


def spacing(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """No space inside a symbol, no colon after "số" in running text."""
    for cited in citations(manuscript):
        if tidy(cited.code) != cited.code:
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                "Giữa số và ký hiệu không có khoảng trắng.",
                code_fix(cited, tidy(cited.code)),
            )
        if cited.colon and cited.kind and not cited.between:
            start = cited.line.text.rfind("ố", cited.start, cited.code_start) - 1
            words = cited.line.text[start : cited.code_end]
            yield part(
                cited,
                start,
                cited.code_end,
                "Khi viện dẫn, sau chữ “số” không có dấu hai chấm.",
                Fix(words, f"{words[0]}ố {tidy(cited.code)}", "Bỏ dấu hai chấm"),
            )


# --- issuers ------------------------------------------------------------------------------------------


def issuer(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The body in the symbol against the body named after "của"."""
    for cited in citations(manuscript):
        if not cited.issuer:
            continue
        party = PARTY_BODY.match(cited.issuer)
        if _state_code_of_party(cited):
            code = f"{cited.number}-{cited.parts[0]}/{_organ(cited, knowledge)}"
            yield part(
                cited,
                cited.start,
                cited.end if not cited.subject else _end_of_issuer(cited),
                f"Văn bản của {cited.issuer} không mang ký hiệu của chính quyền “{cited.parts[-1]}”; ký hiệu của"
                f" Đảng có dạng {code}.",
                code_fix(cited, code),
            )
        elif not party and cited.is_party and _STATE_BODY.match(cited.issuer):
            yield part(
                cited,
                cited.start,
                _end_of_issuer(cited),
                f"Văn bản của {cited.issuer} không mang ký hiệu kiểu văn bản Đảng “{cited.code}”.",
            )
        elif not party and not cited.is_party:
            yield from _organ_named(cited)


def _state_code_of_party(cited: Cited) -> bool:
    party = PARTY_BODY.match(cited.issuer)
    return bool(party) and not cited.is_party and not {"UBND", "HĐND"}.isdisjoint(cited.parts)


def _end_of_issuer(cited: Cited) -> int:
    return cited.line.text.index(cited.issuer, cited.code_end) + len(cited.issuer)


def _organ_named(cited: Cited) -> Iterator[Remark]:
    for opening, code in _EXPECTED:
        if opening.match(cited.issuer) and not any(code in group or "UB" in group for group in cited.parts):
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Ký hiệu “{tidy(cited.code)}” không có “{code}” dù văn bản ghi là của {cited.issuer}.",
            )
            return


def under_state(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A party body named as one of the People's Committee."""
    for line in manuscript.prose:
        for found in matches(_UNDER_STATE, line.text):
            yield Remark(
                line,
                found.start(),
                found.end(),
                f"{found[1]} là cơ quan của Đảng, không thuộc {found[2]}.",
                Fix(found[0], found[1], f"Bỏ chữ “{found[2]}”"),
            )


def too_young(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A paper older than the body that is said to have issued it."""
    for cited in citations(manuscript):
        body = body_of(cited, knowledge)
        if body and cited.date and body.valid_from and cited.date < body.valid_from:
            yield part(
                cited,
                cited.code_start,
                _end_of_date(cited),
                f"{body.name} hoạt động từ {body.valid_from:%d/%m/%Y}, không thể ban hành văn bản ngày"
                f" {cited.printed_date}.",
            )
        elif cited.date and cited.date >= TWO_TIERS and _DISTRICT.search(cited.issuer):
            yield part(
                cited,
                cited.code_start,
                _end_of_issuer(cited),
                f"Từ 01/7/2025 không còn cấp huyện, nên {cited.issuer} không thể ban hành văn bản ngày"
                f" {cited.printed_date}.",
            )


def _end_of_date(cited: Cited) -> int:
    return cited.date_start + len(cited.printed_date)


def body_of(cited: Cited, knowledge: Knowledge) -> Body | None:
    """The known body that the issuer's words name; "UBND phường" alone is the own ward."""
    named = plain(cited.issuer)
    if not named:
        return None
    own = knowledge.organization
    if own and own.kind in ("ward", "commune", "zone") and re.fullmatch(r"ubnd (phuong|xa|dac khu)", named):
        return own
    for body in knowledge.bodies:
        if named in {plain(name) for name in body.names}:
            return body
    return None


def plain(name: str) -> str:
    """A body's name for comparison: no marks, "Ủy ban nhân dân" as UBND."""
    folded = " ".join(bare(name).split())
    return folded.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")


# --- units --------------------------------------------------------------------------------------------


def units(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A unit's code in the ward's letters, in its own number and after "Lưu: VT," that no unit has."""
    own = knowledge.organization
    known = set(own.units) if own else set()
    found = list(_unit_codes(manuscript, knowledge))
    elsewhere = set(re.findall(r"(?<!\w)[A-ZĐ&]{3,}(?!\w)", " ".join(line.text for line in manuscript.lines)))
    for line, start, code in found:
        near = _near(code, known or (elsewhere - {code} if manuscript.count(code) == 1 else ()))
        if code in known or code in BODIES or (not known and (not near or code in WARD_UNITS)):
            continue
        meant = f"; có thể là “{near}”" if near else ""
        yield Remark(
            line,
            start,
            start + len(code),
            f"Không có đơn vị nào mang ký hiệu “{code}”{meant}.",
            Fix(code, near, f"Sửa thành {near}") if near else None,
            severity=ERROR if near else WARNING,
        )


def _unit_codes(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[tuple[Line, int, str]]:
    own = knowledge.organization
    code = own.symbol_code if own else "UBND"
    for cited in citations(manuscript):
        ours = not cited.issuer or (own is not None and body_of(cited, knowledge) is own) or own is None
        if cited.mark == "/" and len(cited.parts) == 2 and cited.parts[0] == code and ours:
            yield cited.line, cited.line.text.rindex(cited.parts[1], 0, cited.code_end), cited.parts[1]
    for line in manuscript.of_part("recipients"):
        if line.text.startswith("Lưu"):
            for found in re.finditer(r"(?<=[,\s.:])(?!VT\b)[A-ZĐ&]{2,}(?=[\s,.;(]|$)", line.text):
                yield line, found.start(), found[0]


def _near(code: str, known: Iterable[str]) -> str:
    """The one known code a single slip away, or ""."""
    near = [other for other in known if other != code and _one_slip(bare(code), bare(other))]
    return near[0] if len(near) == 1 else ""


def _one_slip(left: str, right: str) -> bool:
    """Equal, or one letter changed, missing, added, or two neighbours swapped."""
    if left == right:
        return True
    if len(left) == len(right):
        at = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        return len(at) == 1 or (
            len(at) == 2
            and at[1] == at[0] + 1
            and left[at[0]] == right[at[1]]
            and left[at[1]] == right[at[0]]
        )
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


CHECKS = (
    Check("symbol-shape", "citations", ERROR, "Mẫu của số, ký hiệu", _SHAPE, shape),
    Check(
        "symbol-kind", "citations", ERROR, "Tên loại khớp với ký hiệu", "NĐ 30/2020/NĐ-CP, Phụ lục III", kind
    ),
    Check("symbol-marks", "citations", ERROR, "Chữ viết tắt trong ký hiệu đủ dấu", _SHAPE, marks),
    Check(
        "symbol-spacing",
        "citations",
        WARNING,
        "Khoảng trắng, dấu hai chấm trong số, ký hiệu",
        _SHAPE,
        spacing,
    ),
    Check("symbol-issuer", "citations", ERROR, "Ký hiệu khớp với cơ quan ban hành", _ISSUER, issuer),
    Check(
        "party-body", "citations", ERROR, "Cơ quan Đảng không thuộc UBND", "Quy định 399-QĐ/TW", under_state
    ),
    Check(
        "issuer-exists",
        "citations",
        ERROR,
        "Cơ quan ban hành đã có vào ngày đó",
        "Luật 72/2025/QH15",
        too_young,
    ),
    Check(
        "unit-code",
        "citations",
        ERROR,
        "Ký hiệu đơn vị soạn thảo",
        "NĐ 30/2020/NĐ-CP, Phụ lục I, II.3.b",
        units,
    ),
)
