"""A department's letter read from its file: what its form asks for, proposed and never certain."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..document import nodes, plain
from ..document.nodes import Document, words
from . import read
from .naming import facts_of

#: Words after which a day is a deadline; the longer ones first.
_LEAD = r"(?:chậm nhất(?: là)?(?: trước)?|muộn nhất(?: là)?|trước|hạn cuối(?: là)?|thời hạn(?: gửi)?(?: báo cáo)?(?: là)?|hết)"
_HOUR = r"(?:(?P<hour>\d{1,2})\s?(?:h|giờ|:)\s?(?P<minute>\d{2})?(?:\s?phút)?[,\s]*)?"
_DAY = r"(?:ngày\s*)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}))?"
_SPELT = r"ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:\s+năm\s+(?P<year>\d{4}))?"
_DEADLINES = tuple(
    re.compile(rf"\b(?P<lead>{_LEAD})\s*:?\s*{_HOUR}(?P<in>trong\s+)?{day}", re.IGNORECASE)
    for day in (_DAY, _SPELT)
)
_CONTACT = re.compile(
    r"(?:thông tin|đầu mối|chi tiết)[^.;]{0,40}liên hệ[^.;]*?(?:[:,]|đồng chí|đ/c|ông|bà)[^;\n]{5,250}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; "" or None where nothing was found. `deadline` is the last day on which it is kept,
    with its hour or None; `outline` the letter's appendix that lists what to report, or ()."""

    number: str = ""
    symbol: str = ""
    issued_on: datetime.date | None = None
    issuer: str = ""
    subject: str = ""
    deadline_text: str = ""
    deadline: datetime.date | None = None
    hour: datetime.time | None = None
    contact: str = ""
    outline: tuple[nodes.Section, ...] = ()


def letter_of(data: bytes, name: str) -> Letter:
    """What the letter's file says. Raises Unreadable as `read` does."""
    document = read(data, name).document
    facts = facts_of(document.frame)
    text = plain.body(document)
    printed, day, hour = _deadline(text, facts.issued_on)
    contact = _CONTACT.search(text)
    return Letter(
        facts.number,
        facts.symbol,
        facts.issued_on,
        _issuer(document, text),
        _subject(facts.subject),
        printed,
        day,
        hour,
        " ".join(contact[0].split())[:300] if contact else "",
        _outline(document),
    )


def _subject(printed: str) -> str:
    """“V/v báo cáo kết quả …” -> “báo cáo kết quả …”."""
    text = " ".join(printed.split())
    return re.sub(r"^(v\s?/\s?v|về việc)\s*:?\s*", "", text, flags=re.IGNORECASE)


def _issuer(document: Document, text: str) -> str:
    """The issuing body, in the writing the letter's own text gives it, else with one capital."""
    letterhead = document.frame.letterhead
    if letterhead is None or not letterhead.issuer:
        return ""
    own = [at.text for at in letterhead.issuer if at.bold] or [letterhead.issuer[-1].text]
    name = " ".join(" ".join(own).split()).strip(" -*")
    found = re.search(re.escape(name), " ".join(text.split()), re.IGNORECASE)
    written = found[0] if found and not found[0].isupper() else name.capitalize()
    return written[:1].upper() + written[1:]


def _deadline(
    text: str, issued: datetime.date | None
) -> tuple[str, datetime.date | None, datetime.time | None]:
    """The deadline as worded, its last day, its hour: “trước ngày 19/5” ends on 18/5, with an hour on 19/5."""
    found = [match for pattern in _DEADLINES for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda at: (at["hour"] is None, at.start())):
        day = _day(match, issued)
        if day is None or (issued and day < issued):
            continue
        hour = _hour(match)
        excludes = match["lead"].lower() == "trước" and hour is None and not match["in"]
        return " ".join(match[0].split()), day - datetime.timedelta(days=1) if excludes else day, hour
    return "", None, None


def _day(match: re.Match[str], issued: datetime.date | None) -> datetime.date | None:
    year = int(match["year"]) if match["year"] else issued.year if issued else 0
    try:
        day = datetime.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    if not match["year"] and issued and day < issued:
        day = day.replace(year=year + 1, day=min(day.day, 28))
    return day


def _hour(match: re.Match[str]) -> datetime.time | None:
    if match["hour"] is None or int(match["hour"]) > 23:
        return None
    return datetime.time(int(match["hour"]), min(int(match["minute"] or 0), 59))


def _outline(document: Document) -> tuple[nodes.Section, ...]:
    """The first appendix with at least two sections; a letter without one names its points in the body."""
    for appendix in document.appendices:
        if len(appendix.sections) > 1:
            return appendix.sections
    return ()


def outline_lines(sections: tuple[nodes.Section, ...], depth: int = 0) -> Iterator[tuple[int, nodes.Section]]:
    """The sections with their depth, in reading order."""
    for section in sections:
        yield depth, section
        yield from outline_lines(section.sections, depth + 1)


def guidance_of(section: nodes.Section) -> str:
    """What a section of an outline asks for, line by line."""
    return "\n".join(line for block in section.blocks for node in block.nodes for line in plain.lines(node))


def heading_of(section: nodes.Section) -> str:
    """The words that name a section: its heading, else what runs in."""
    return " ".join(filter(None, (words(section.heading), words(section.run_in)))).strip()
