"""Days as they are written: in one way through the report, and only such as a calendar has."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from .findings import ADVICE, ERROR, Check, Fix, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, matches

_STYLE = "Thống nhất cách ghi trong một văn bản"
_NUMERIC = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b")


def date_style(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Months 3 to 9 with a zero in some dates and without in others; the rarer way is pointed at."""
    ways: dict[bool, list[tuple[Line, re.Match[str]]]] = {True: [], False: []}
    for line in manuscript.body:
        for found in matches(_NUMERIC, line.text):
            if int(found["month"]) in range(3, 10):
                ways[found["month"].startswith("0")].append((line, found))
    if not ways[True] or not ways[False]:
        return
    rarer = len(ways[True]) <= len(ways[False])
    for line, found in ways[rarer]:
        month = str(int(found["month"])) if rarer else f"{int(found['month']):02d}"
        written = f"{found['day']}/{month}/{found['year']}"
        yield Remark(
            line,
            found.start(),
            found.end(),
            "Cách ghi tháng trong ngày không thống nhất trong báo cáo.",
            Fix(found[0], written, f"Ghi {written}"),
        )


def impossible(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A day that no calendar has."""
    for line in manuscript.lines:
        for found in matches(_NUMERIC, line.text):
            try:
                datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                yield Remark(line, found.start(), found.end(), f"Không có ngày {found[0]} trong lịch.")


CHECKS = (
    Check("date-style", "citations", ADVICE, "Một cách ghi ngày tháng", _STYLE, date_style),
    Check("date-impossible", "citations", ERROR, "Ngày có thật", "Ngày phải có trong lịch", impossible),
)
