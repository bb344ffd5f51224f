"""Figures in prose that look like readings: ratios, counts after a colon, headcounts; offered, never applied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..document import nodes
from ..document.nodes import Document, words

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_RATIO = re.compile(
    rf"(?<![\d/.,-])({_NUMBER})\s?/\s?({_NUMBER})(?![\d/]|/?[A-ZĐ]|-[A-ZĐ])(?:\s+([^\W\d_]+(?: [^\W\d_]+)?))?"
)
_LISTED = re.compile(
    rf"^(?P<name>[^:;.]{{6,120}}?)\s?(?:là)?\s?:\s*(?P<value>{_NUMBER}|\d+,\d+)\s?(?P<unit>%|[^\W\d_]+(?: [^\W\d_]+)?)?\s?\.?;?$"
)
_HEADCOUNT = re.compile(rf"với (?:tổng số )?(?P<value>{_NUMBER}) (?P<unit>thành viên|đồng chí|người)")
_TEAM = re.compile(r"((?:Ban Chỉ đạo|BCĐ|Tổ|Đội|Hội đồng|Nhóm)\b[^,;.:]{3,160})")
_UNITS = frozenset(
    "thí tài thành người tổ nhóm hộ cán công học lượt tin bài mô đơn xã phường thôn trường máy hồ đồng".split()
)


def offers(document: Document) -> list[dict[str, Any]]:
    """Each figure once: {"sort": "team" | "ratio" | "count" | "percent", "name", "words", "value", "unit",
    "numerator", "denominator"}; numbers as printed without dots, "" where there is none."""
    made: list[dict[str, Any]] = []
    seen: set[tuple[str, ...]] = set()
    for text in _lines(document):
        for offer in _of(text):
            key = (offer["sort"], offer["name"], offer["value"], offer["numerator"], offer["denominator"])
            if key not in seen:
                seen.add(key)
                made.append(offer)
    return made


def _lines(document: Document) -> Iterator[str]:
    for section in nodes.walk_sections(document.sections):
        yield words(section.run_in)
        for block in section.blocks:
            for node in block.nodes:
                if not isinstance(node, nodes.Table):
                    yield words(node.content)


def _of(text: str) -> Iterator[dict[str, Any]]:
    listed = _LISTED.match(text)
    if listed:
        sort = "percent" if listed["unit"] == "%" else "count"
        yield _offer(sort, listed["name"], text, value=_digits(listed["value"]), unit=listed["unit"] or "")
    for found in _RATIO.finditer(text):
        if _is_ratio(found):
            name = _before(text, found.start())
            yield _offer(
                *("ratio", name, _around(text, found)),
                unit=_unit(found[3] or ""),
                numerator=_digits(found[1]),
                denominator=_digits(found[2]),
            )
    for found in _HEADCOUNT.finditer(text):
        teams = _TEAM.findall(text[: found.start()])
        if teams:
            name = re.split(r" (?:trên địa bàn|tại địa bàn)\b", teams[-1])[0].strip()
            yield _offer(
                "team", name, _around(text, found), value=_digits(found["value"]), unit=found["unit"]
            )


def _is_ratio(found: re.Match[str]) -> bool:
    """Part of a whole, not a date or a fraction of one: 27/27 nhóm, 80/80 tài khoản."""
    part, whole = int(_digits(found[1])), int(_digits(found[2]))
    unit = (found[3] or "").split(" ")[0].lower()
    before = found.string[: found.start()].rstrip().rsplit(" ", 1)[-1].lower()
    is_day = (
        before in ("ngày", "đến", "từ", "trước", "sau", "sáng", "chiều", "số", "kv", "quý", "tháng")
        or part > whole
    )
    return whole > 0 and not is_day and (unit in _UNITS or part == whole or whole > 31)


def _offer(sort: str, name: str, printed: str, **more: str) -> dict[str, Any]:
    empty = {"value": "", "unit": "", "numerator": "", "denominator": ""}
    return {"sort": sort, "name": name.strip(" -–+,:")[:300], "words": printed[:300], **empty, **more}


def _digits(text: str) -> str:
    return text.replace(".", "")


def _unit(text: str) -> str:
    return text if text.split(" ")[0].lower() in _UNITS else ""


def _before(text: str, at: int) -> str:
    """The words that name a figure: back to the sign that parts the sentence."""
    head = re.split(r"[.;:()“”]\s|,\s", text[:at])
    named = [part.strip() for part in head if part.strip()]
    if named and len(named[-1]) < 15:
        return ", ".join(named[-2:])
    return named[-1] if named else text[:80]


def _around(text: str, found: re.Match[str]) -> str:
    start = max(0, found.start() - 60)
    return text[start : found.end() + 20].strip()
