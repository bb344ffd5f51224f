"""What a made-up ward knows, for the examples of the checks."""

from __future__ import annotations

import datetime
from decimal import Decimal

from campaigns.citations import Citation
from reports.checks.knowledge import (
    Body,
    Knowledge,
    KnownIndicator,
    KnownTeam,
    Link,
    RegisteredPaper,
    Term,
)

DAY = datetime.date


def paper(
    pk: int, kind: str, number: str, symbol: str, day: DAY, issuer: str, subject: str, **more
) -> RegisteredPaper:
    return RegisteredPaper(pk, Citation(kind, number, symbol, day, issuer, subject), **more)


OWN = Body(
    "Ủy ban nhân dân phường An Hòa",
    "UBND phường An Hòa",
    "ward",
    "UBND",
    "An Hòa",
    {"VHXH": "Phòng Văn hóa - Xã hội", "VP": "Văn phòng HĐND và UBND"},
    DAY(2025, 7, 1),
)
PARTY = Body("Đảng ủy phường An Hòa", "", "party", "ĐU", "An Hòa", {}, DAY(2025, 7, 1))

WARD = Knowledge(
    day=DAY(2026, 5, 19),
    period_from=DAY(2025, 7, 1),
    period_to=DAY(2026, 5, 19),
    cut_off=DAY(2026, 5, 19),
    organization=OWN,
    bodies=(OWN, PARTY),
    terms=(Term("Tổ công nghệ số cộng đồng", "Tổ CNSCĐ"), Term("Ban Chỉ đạo", "BCĐ")),
    papers=(
        paper(1, "kế hoạch", "98", "KH-UBND", DAY(2025, 9, 19), "UBND phường An Hòa", "triển khai phong trào đọc sách"),
        paper(
            2, "quyết định", "616", "QĐ-UBND", DAY(2025, 9, 22), "UBND phường An Hòa",
            "thành lập Tổ công nghệ số cộng đồng",
        ),
        paper(
            3, "kế hoạch", "12", "KH-UBND", DAY(2025, 8, 1), "UBND phường An Hòa", "vệ sinh môi trường",
            in_force=False, links=(Link("carries_out", 4),),
        ),
        paper(4, "kế hoạch", "06", "KH/ĐU", DAY(2025, 8, 20), "Đảng ủy phường An Hòa", "vệ sinh môi trường khu phố"),
    ),
    teams=(
        KnownTeam(1, "Tổ công nghệ số cộng đồng", 144, 2),
        KnownTeam(2, "Tổ ứng cứu kỹ thuật số phường", 21),
    ),
    indicators=(
        KnownIndicator(1, "thi-sinh", "Thí sinh hoàn thành cuộc thi", "thí sinh", value=Decimal(4118), target=Decimal(5000)),
        KnownIndicator(2, "to", "Tổ dân phố đã báo cáo", "tổ", value=Decimal(20), covered=20, expected=27),
        KnownIndicator(3, "cu", "Hộ đã cài đặt", "hộ", value=Decimal(900), as_of=DAY(2025, 10, 1)),
        KnownIndicator(
            4, "ty-le", "Tỷ lệ tổ có nhóm", "%", "percent", numerator=Decimal(27), denominator=Decimal(27)
        ),
    ),
    letters=(Citation("công văn", "1885", "SKHCN-TTTT", DAY(2026, 5, 15)),),
    neighbourhoods=("Tổ dân phố số 1",),
)  # fmt: skip
