"""The lawful variants of a signature block (ô 7), as data: a key, what it means, the lines it fills in.

State documents: Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7. Party documents (T/M, T/L, K/T with a slash):
Quy định 399-QĐ/TW and Hướng dẫn 05-HD/VPTW.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Variant:
    """`lines` in capitals, one a row; `label` says who signs."""

    family: str
    label: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


_STATE, _PARTY = "Văn bản hành chính", "Văn bản của Đảng"
_COLLECTIVE = "TM. ỦY BAN NHÂN DÂN"

VARIANTS: dict[str, Variant] = {
    "tm-kt": Variant(
        _STATE,
        "TM. + KT.: cấp phó ký thay người đứng đầu, thay mặt Ủy ban",
        (_COLLECTIVE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    "tm": Variant(_STATE, "TM.: người đứng đầu ký thay mặt Ủy ban", (_COLLECTIVE, "CHỦ TỊCH")),
    "tm-q": Variant(_STATE, "TM. + Q.: quyền Chủ tịch ký thay mặt Ủy ban", (_COLLECTIVE, "Q. CHỦ TỊCH")),
    "direct": Variant(_STATE, "Người đứng đầu ký trực tiếp", ("CHỦ TỊCH",)),
    "kt": Variant(_STATE, "KT.: cấp phó ký thay", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "q": Variant(_STATE, "Q.: quyền cấp trưởng", ("Q. CHỦ TỊCH",)),
    "tl": Variant(_STATE, "TL.: ký thừa lệnh", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    "tl-kt": Variant(
        _STATE,
        "TL. + KT.: cấp phó của người ký thừa lệnh",
        ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ),
    "tuq": Variant(_STATE, "TUQ.: ký thừa ủy quyền", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI")),
    "unit-kt": Variant(
        _STATE, "KT. Trưởng phòng: văn bản của phòng", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")
    ),
    "party-tm": Variant(_PARTY, "T/M: thay mặt cấp ủy", ("T/M ĐẢNG ỦY", "BÍ THƯ")),
    "party-tm-deputy": Variant(
        _PARTY, "T/M: phó bí thư thay mặt Ban Thường vụ", ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")
    ),
    "party-kt": Variant(_PARTY, "K/T: cấp phó ký thay", ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
    "party-tl": Variant(_PARTY, "T/L: ký thừa lệnh", ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")),
}


def menu() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices of a select, grouped by family."""
    families: dict[str, list[tuple[str, str]]] = {}
    for key, variant in VARIANTS.items():
        families.setdefault(variant.family, []).append((key, variant.label))
    return list(families.items())
