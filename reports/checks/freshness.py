"""Freshness: text taken over and not confirmed, figures older than the period, sentences copied within it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from campaigns.citations import format_date

from ..document.nodes import Section
from .chronology import document_day
from .findings import ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge, KnownIndicator
from .numbers import Quantity, quantities
from .text import Line, Manuscript, bare, matches

#: Days after which a figure is old though it lies within the period: a quarter.
OLD = 92


def unconfirmed(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """One remark for each reused block, at its first line."""
    seen: set[str] = set()
    for line in manuscript.body:
        key = _block(line)
        if key in knowledge.unconfirmed and key not in seen:
            seen.add(key)
            yield Remark(
                line,
                0,
                len(line.text),
                "Đoạn này lấy từ báo cáo kỳ trước và chưa được xác nhận còn đúng cho kỳ này.",
            )


def _block(line: Line) -> str:
    """The key of the block that holds a line; what runs in after a heading is of the section's first block."""
    section = line.node
    if line.part == "heading" and isinstance(section, Section) and section.run_in and section.blocks:
        return section.blocks[0].key
    return line.block


_AS_OF = re.compile(
    r"\b(?P<words>(?:tính\s+)?(?:đến|tới)(?:\s+(?:hết|thời điểm))?\s+(?:ngày\s+)?"
    r"(?P<date>(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})))(?!\s*,?\s*(?:của|về việc))",
    re.IGNORECASE,
)


def stale(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A figure "đến hết ngày …" long before the report's cut-off, or before its period."""
    until = knowledge.cut_off or document_day(manuscript, knowledge)
    own_period = _AS_OF.search(" ".join(line.text for line in manuscript.of_part("title")))
    if until is None:
        return
    for line in manuscript.body:
        for found in matches(_AS_OF, line.text):
            day = _day(found)
            if day is None:
                continue
            before_period = knowledge.period_from is not None and day < knowledge.period_from
            age = (until - day).days
            if (age > OLD or (before_period and age > 0)) and not (own_period and own_period[0] in line.text):
                if re.search(r"\btừ\s+(?:ngày\s+)?\d[\d/]*\s*$", line.text[: found.start()], re.IGNORECASE):
                    continue  # "từ ngày … đến ngày …" is a span, not the day of a figure
                yield Remark(
                    line,
                    found.start(),
                    found.end(),
                    f"Số liệu đến ngày {format_date(day)} đã cũ {age} ngày so với ngày chốt số liệu"
                    f" {format_date(until)}.",
                )


def another_day(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A figure of the register printed as of another day than the register's."""
    counted: dict[int, list[Quantity]] = {}
    for quantity in quantities(manuscript):
        counted.setdefault(quantity.line.index, []).append(quantity)
    dated = [one for one in knowledge.indicators if one.as_of and one.value is not None]
    for line in manuscript.prose:
        for found in matches(_AS_OF, line.text) if line.index in counted else ():
            sentence = line.sentence_at(found.start())
            begin = line.text.find(sentence)
            for quantity in counted[line.index]:
                known = next((one for one in dated if _is_of(quantity, one)), None)
                inside = begin <= quantity.start < begin + len(sentence)
                if known and known.as_of and inside and _day(found) not in (None, known.as_of):
                    right = format_date(known.as_of)
                    yield Remark(
                        line,
                        found.start(),
                        found.end(),
                        f"{quantity.words} trong sổ là số liệu đến ngày {right}.",
                        Fix(found["date"], right, f"Sửa thành {right}"),
                    )
                    break


def _is_of(quantity: Quantity, indicator: KnownIndicator) -> bool:
    unit = bare(indicator.unit).split(",")[0]
    named = bool(unit) and quantity.key.startswith(unit)
    return named and quantity.value >= 10 and quantity.value == indicator.value


def _day(found: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def live_and_old(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A live figure known for an earlier day than the cut-off, in a sentence that does not say so."""
    until = knowledge.cut_off
    for line in manuscript.prose:
        for named in line.mentions:
            key = named.mention.key
            known = (
                knowledge.indicator_of.get(int(key))
                if named.mention.kind == "figure" and key.isdigit()
                else None
            )
            if not known or not known.as_of or not until or (until - known.as_of).days <= OLD:
                continue
            if str(known.as_of.year) not in line.sentence_at(named.start):
                yield Remark(
                    line,
                    named.start,
                    named.end,
                    f"Số liệu này là của ngày {format_date(known.as_of)}; cần cập nhật hoặc ghi rõ ngày trong câu.",
                )


CHECKS = (
    Check(
        "reused-unconfirmed",
        "freshness",
        ERROR,
        "Đoạn lấy từ báo cáo trước chưa được xác nhận",
        "Người soạn thảo chịu trách nhiệm về nội dung (NĐ 30/2020/NĐ-CP, Điều 10)",
        unconfirmed,
        blocks=True,
    ),
    Check(
        "figure-stale",
        "freshness",
        WARNING,
        "Số liệu cũ hơn kỳ báo cáo",
        "NĐ 09/2019/NĐ-CP, Điều 12: thời gian chốt số liệu",
        stale,
    ),
    Check(
        "figure-day",
        "freshness",
        WARNING,
        "Ngày của số liệu khớp sổ",
        "NĐ 09/2019/NĐ-CP, Điều 12: thời gian chốt số liệu",
        another_day,
    ),
    Check(
        "figure-undated",
        "freshness",
        WARNING,
        "Số liệu cũ phải ghi ngày",
        "NĐ 09/2019/NĐ-CP, Điều 12: thời gian chốt số liệu",
        live_and_old,
    ),
)
