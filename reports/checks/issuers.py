"""Who issued a cited paper: the body in its symbol, the body named, and whether it was there on that day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from .cited import Cited, citations, code_fix, part, tidy
from .findings import ERROR, Check, Fix, Remark
from .knowledge import Body, Knowledge
from .text import Manuscript, bare, matches

_ISSUER = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3; Quy định 399-QĐ/TW"

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


def issuer(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The body in the symbol against the body named after "của"."""
    for cited in citations(manuscript):
        if not cited.issuer:
            continue
        party = PARTY_BODY.match(cited.issuer)
        if state_code_of_party(cited):
            code = f"{cited.number}-{cited.parts[0]}/{organ(cited, knowledge)}"
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


def state_code_of_party(cited: Cited) -> bool:
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


def organ(cited: Cited, knowledge: Knowledge) -> str:
    """The party code of the issuer named, ĐU where nothing better is known."""
    named = bare(cited.issuer)
    for body in knowledge.bodies:
        if body.kind == "party" and any(bare(name) in named or named in bare(name) for name in body.names):
            return body.symbol_code
    return "BXDĐ" if "xay dung dang" in named else "ĐU"


CHECKS = (
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
)
