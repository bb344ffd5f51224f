"""Public holidays as fixed by law and announced for state offices, to be loaded into a ward's calendar."""

from __future__ import annotations

import datetime

from .models import DayOff, Organization
from .models.calendar import DayKind

NEW_YEAR, TET, KINGS = "Tết Dương lịch", "Tết Nguyên đán", "Giỗ Tổ Hùng Vương"
VICTORY, LABOUR, NATIONAL = "Ngày Chiến thắng", "Ngày Quốc tế Lao động", "Quốc khánh"
CULTURE = "Ngày Văn hóa Việt Nam"

#: Bộ luật Lao động 2019, Điều 112; a holiday on a weekend is made up on the next working day (Điều 111.3); in
#: which days Tết and the second day of Quốc khánh are taken, and what is swapped, is announced every year.
OFF: dict[int, tuple[tuple[int, int, str], ...]] = {
    2025: (
        (1, 1, NEW_YEAR),
        *((1, day, TET) for day in range(27, 32)),
        (4, 7, KINGS),
        (4, 30, VICTORY),
        (5, 1, LABOUR),
        (5, 2, "Nghỉ hoán đổi, làm bù ngày 26/4/2025"),
        (9, 1, NATIONAL),
        (9, 2, NATIONAL),
    ),
    2026: (
        (1, 1, NEW_YEAR),
        (1, 2, "Nghỉ hoán đổi, làm bù ngày 10/01/2026"),
        *((2, day, TET) for day in range(16, 21)),
        (4, 26, KINGS),
        (4, 27, f"Nghỉ bù {KINGS}"),
        (4, 30, VICTORY),
        (5, 1, LABOUR),
        (8, 31, "Nghỉ hoán đổi, làm bù ngày 22/8/2026"),
        (9, 1, NATIONAL),
        (9, 2, NATIONAL),
        (11, 24, CULTURE),
    ),
    # Of Tết and Quốc khánh 2027 only the days that no announcement can move
    2027: (
        (1, 1, NEW_YEAR),
        *((2, day, TET) for day in range(6, 9)),
        (4, 16, KINGS),
        (4, 30, VICTORY),
        (5, 1, LABOUR),
        (5, 3, f"Nghỉ bù {LABOUR}"),
        (9, 2, NATIONAL),
        (11, 24, CULTURE),
    ),
}
WORKED: tuple[tuple[datetime.date, str], ...] = (
    (datetime.date(2025, 4, 26), "Làm bù cho ngày 02/5/2025"),
    (datetime.date(2026, 1, 10), "Làm bù cho ngày 02/01/2026"),
    (datetime.date(2026, 8, 22), "Làm bù cho ngày 31/8/2026"),
)


def load(organization: Organization) -> int:
    """Add the days that an organization's calendar lacks; how many. Days typed before stay as they are."""
    known = set(DayOff.objects.filter(organization=organization).values_list("day", flat=True))
    days = [(datetime.date(year, *when), DayKind.OFF, name) for year in OFF for *when, name in OFF[year]]
    days += [(day, DayKind.WORKED, name) for day, name in WORKED]
    rows = [
        DayOff(organization=organization, day=day, kind=kind, name=name)
        for day, kind, name in days
        if day not in known
    ]
    DayOff.objects.bulk_create(rows)
    return len(rows)
