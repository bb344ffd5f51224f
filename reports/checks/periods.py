"""Periods: "từ ngày … đến ngày …" stated in two ways, and against the report's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .findings import WARNING, Check, Remark
from .knowledge import Knowledge
from .text import Line, Manuscript, matches

_SPAN = re.compile(
    r"\b[Tt]ừ\s+(?:\w+\s+)?(?:ngày\s+)?(?P<first>\d{1,2}/\d{1,2}(?:/\d{4})?)\s+(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(?P<last>\d{1,2}/\d{1,2}(?:/\d{4})?)(?!/?\d)"
)
Day = tuple[int, ...]


class Span(NamedTuple):
    """A period as printed in a line."""

    line: Line
    start: int
    end: int
    first: Day
    last: Day


def _spans(manuscript: Manuscript) -> Iterator[Span]:
    for line in manuscript.lines:
        for found in matches(_SPAN, line.text):
            first, last = (tuple(map(int, found[name].split("/"))) for name in ("first", "last"))
            yield Span(line, found.start(), found.end(), first, last)


def differing(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A period that shares one end with another, its other end one number apart; the rarer is pointed at."""
    spans = list(_spans(manuscript))
    counts = Counter((span.first, span.last) for span in spans)
    for span in spans:
        for first, last in counts:
            ends = _apart(span.first, first) + _apart(span.last, last)
            if ends == 1 and counts[first, last] >= counts[span.first, span.last]:
                yield Remark(
                    span.line,
                    span.start,
                    span.end,
                    f"Chỗ khác ghi kỳ này là từ {_written(first)} đến {_written(last)}.",
                )
                break


def backwards(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A period that ends before it begins."""
    for span in _spans(manuscript):
        if len(span.first) == len(span.last) == 3 and span.last[::-1] < span.first[::-1]:
            yield Remark(span.line, span.start, span.end, "Kỳ này kết thúc trước khi bắt đầu.")


def _apart(one: Day, other: Day) -> int:
    """In how many of day, month and year two days differ; a year left out differs from none."""
    return sum(a != b for a, b in zip(one, other, strict=False))


def _written(day: Day) -> str:
    return "/".join(map(str, day))


_ONE = "Một kỳ báo cáo chỉ có một ngày đầu và một ngày cuối"
CHECKS = (
    Check("period-differs", "freshness", WARNING, "Kỳ báo cáo ghi thống nhất", _ONE, differing),
    Check("period-backwards", "freshness", WARNING, "Ngày cuối sau ngày đầu", _ONE, backwards),
)
