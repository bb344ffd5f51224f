"""Counts against the lists they announce."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from .findings import ERROR, Check, Remark
from .knowledge import Knowledge
from .numbers import NUMBER, Quantity, quantities, value_of
from .text import Line, Manuscript, matches

_LISTED = "Số đã nêu phải bằng số đã liệt kê"

# --- counts and lists ---------------------------------------------------------------------------------


def listed(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A stated count against the list right after it, or against the names in brackets."""
    body = manuscript.prose
    position = {line.index: at for at, line in enumerate(body)}
    for quantity in quantities(manuscript):
        if not quantity.unit or quantity.value != int(quantity.value) or not 2 <= quantity.value <= 40:
            continue
        count = _in_brackets(quantity) or _below(quantity, body, position[quantity.line.index])
        if count and count != quantity.value and abs(count - quantity.value) <= 3:
            yield Remark(
                quantity.line,
                quantity.start,
                quantity.unit_end,
                f"Nêu {quantity.words} nhưng danh sách kể {count}.",
            )


def _in_brackets(quantity: Quantity) -> int:
    """How many names the brackets after a number hold; 0 where that cannot be told."""
    text = quantity.line.text
    found = re.match(r"[^.;:()\d]{0,60}(?:\(|:\s*|gồm:?\s+)(?P<names>[^().:]+)", text[quantity.unit_end :])
    if not found or (re.search(r"\d", found["names"]) and not re.search(r"số \d", found["names"])):
        return 0
    names = [name.strip() for name in re.split(r";", found["names"]) if name.strip(" ,.")]
    if len(names) > 1:
        return len(names)
    names = [name.strip() for name in re.split(r",|\s+và\s+", found["names"]) if name.strip()]
    noun = quantity.unit.split()[0].lower()
    return len(names) if len(names) > 1 and all(name.lower().startswith(noun) for name in names) else 0


def _below(quantity: Quantity, body: tuple[Line, ...], at: int) -> int:
    """How many list lines follow a line that ends in a colon soon after the number."""
    line = quantity.line
    rest = line.text[quantity.unit_end :]
    if not rest.rstrip().endswith(":") or len(rest.split()) > 14 or re.search(r"\d", rest):
        return 0
    items = []
    for below in body[at + 1 :]:
        if below.part != "item" or below.owner is not line.owner:
            break
        items.append(below)
    level = items[0].level if items else 0
    same = [item for item in items if item.level == level]
    totals = sum(value_of(found) for item in same for found in re.findall(NUMBER, item.text)[:1])
    return 0 if totals == quantity.value else len(same)


_STATED = re.compile(
    r"(?P<count>\d{1,2})\s+(?P<noun>mô hình|cách làm|sáng kiến|điểm|tuyến|câu lạc bộ)\b", re.IGNORECASE
)


def models(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A count of models against the section that lists them by name."""
    sections: dict[str, list[Line]] = defaultdict(list)
    noun_of: dict[str, str] = {}
    for line in manuscript.prose:
        if line.part == "heading":
            found = re.search(r"\bcác\s+(mô hình|cách làm|sáng kiến|câu lạc bộ)\b", line.text, re.IGNORECASE)
            if found:
                noun_of[line.section_key or line.section] = found[1].lower()
        elif line.part == "item" and (line.section_key or line.section) in noun_of:
            sections[line.section_key or line.section].append(line)
    for line in manuscript.prose:
        for stated in matches(_STATED, line.text):
            for key, items in sections.items():
                noun = noun_of[key]
                named = [item for item in items if item.text.lower().startswith(noun)]
                count = len(named) or len(items)
                if stated["noun"].lower() == noun and count and count != int(stated["count"]):
                    start = _clause(line.text, stated.start())
                    yield Remark(
                        line,
                        start,
                        stated.end(),
                        f"Nêu {stated[0]}, nhưng mục “{items[0].section}” kể {count} {noun}"
                        + (f" trong {len(items)} dòng" if count != len(items) else "")
                        + ".",
                    )


def _clause(text: str, at: int) -> int:
    """The start of the clause around a position."""
    return max(text.rfind(mark, 0, at) + len(mark) for mark in (". ", "; ", ": ", ", ")) if at > 60 else 0


CHECKS = (
    Check("count-and-list", "figures", ERROR, "Số đếm khớp danh sách", _LISTED, listed),
    Check("count-and-section", "figures", ERROR, "Số mô hình khớp mục liệt kê", _LISTED, models),
)
