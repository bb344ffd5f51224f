"""The kinds of papers there are: name, abbreviation and family of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its name in lower case, its abbreviation (NĐ 30 Phụ lục III.I) and its family."""

    name: str
    code: str
    family: str  # "state", "legal", "party" or "plain"


def _kinds(family: str, *pairs: tuple[str, str]) -> list[Kind]:
    return [Kind(name, code, family) for name, code in pairs]


#: Every kind by name. The 29 of NĐ 30 Điều 7, legal documents, party documents, and the plain "văn bản".
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *_kinds("legal", ("hiến pháp", ""), ("bộ luật", ""), ("luật", ""), ("pháp lệnh", ""), ("lệnh", "")),
        *_kinds("legal", ("nghị định", "NĐ"), ("thông tư", "TT"), ("thông tư liên tịch", "TTLT")),
        *_kinds("legal", ("nghị quyết liên tịch", "NQLT"), ("văn bản hợp nhất", "VBHN"), ("sắc lệnh", "SL")),
        *_kinds("state", ("nghị quyết", "NQ"), ("quyết định", "QĐ"), ("chỉ thị", "CT"), ("quy chế", "QC")),
        *_kinds("state", ("quy định", "QyĐ"), ("thông cáo", "TC"), ("thông báo", "TB"), ("hướng dẫn", "HD")),
        *_kinds("state", ("chương trình", "CTr"), ("kế hoạch", "KH"), ("phương án", "PA"), ("đề án", "ĐA")),
        *_kinds("state", ("dự án", "DA"), ("báo cáo", "BC"), ("biên bản", "BB"), ("tờ trình", "TTr")),
        *_kinds("state", ("hợp đồng", "HĐ"), ("công văn", ""), ("công điện", "CĐ"), ("bản ghi nhớ", "BGN")),
        *_kinds("state", ("bản thỏa thuận", "BTT"), ("giấy ủy quyền", "GUQ"), ("giấy mời", "GM")),
        *_kinds("state", ("giấy giới thiệu", "GGT"), ("giấy nghỉ phép", "GNP"), ("phiếu gửi", "PG")),
        *_kinds("state", ("phiếu chuyển", "PC"), ("phiếu báo", "PB"), ("thư công", "")),
        *_kinds("state", ("kế hoạch phối hợp", "KHPH"), ("kế hoạch liên tịch", "KHLT")),
        *_kinds("state", ("chương trình phối hợp", "CTPH"), ("hướng dẫn liên ngành", "HDLN")),
        *_kinds("party", ("kết luận", "KL"), ("chương trình hành động", "CTr"), ("quy chế phối hợp", "QCPH")),
        *_kinds("party", ("thông báo kết luận", "TBKL"), ("thông tri", "TT")),
        Kind("văn bản", "", "plain"),
    )
}


def _by_code() -> dict[str, str]:
    """The first kind that has a code owns it: CTr is a chương trình, TT a thông tư; a party letter is CV."""
    codes = {"CV": "công văn"}
    for kind in KINDS.values():
        if kind.code:
            codes.setdefault(kind.code, kind.name)
    return codes


#: Kind by the abbreviation that opens a symbol: "KH" -> "kế hoạch".
CODES: dict[str, str] = _by_code()


def kind_near(printed: str) -> str:
    """The kind of the register nearest to a printed one: itself, or the longest kind it begins with; else ""."""
    words = printed.lower()
    starts = [name for name in KINDS if words == name or words.startswith(f"{name} ")]
    return max(starts, key=len, default="")
