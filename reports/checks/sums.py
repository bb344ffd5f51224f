"""Sums: parts named in a sentence and rows of a table against the total they are said to make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from campaigns.facts import number

from .findings import ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .numbers import NUMBER, Quantity, one_digit_apart, quantities, value_of
from .text import Manuscript, matches

_SUMS = "Tổng phải bằng các phần cộng lại"

# --- what adds up -------------------------------------------------------------------------------------

_EQUATION = re.compile(
    rf"(?P<total>{NUMBER})\s*=\s*(?P<parts>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)"
    rf"|(?P<parts2>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)\s*=\s*(?P<total2>{NUMBER})"
)
_INTO = re.compile(r"\b(?P<word>gồm|bao gồm|trong đó|chia ra|cụ thể|gồm có)\b", re.IGNORECASE)


def _sums(manuscript: Manuscript) -> Iterator[tuple[Quantity, list[Quantity], str]]:
    """A total with the parts named after "gồm", "trong đó" in the same clause, all of one unit."""
    by_line: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities(manuscript):
        by_line[quantity.line.index].append(quantity)
    for found in by_line.values():
        for at, total in enumerate(found[:-1]):
            text = total.line.text
            into = _INTO.search(text, total.end, found[at + 1].start)
            if not into or ";" in text[total.end : into.start()] or ". " in text[total.end : into.start()]:
                continue
            end = len(text)
            stop = re.search(r"[.](?:\s|$)|;(?!\s*(?:và\s+)?\d)", text[into.end() :])
            end = into.end() + stop.start() if stop else end
            parts = [part for part in found[at + 1 :] if part.start < end]
            same = [part for part in parts if part.noun == total.noun]
            unlabelled = not total.unit and all(not part.unit for part in parts)
            if len(same) >= 2 or (unlabelled and len(parts) >= 2):
                yield total, same if len(same) >= 2 else parts, into["word"].lower()


@lru_cache(maxsize=2)
def reconciled(manuscript: Manuscript) -> frozenset[Decimal]:
    """Every number that a sum in the text explains, totals and parts, where the sum is right."""
    known: set[Decimal] = set()
    for total, parts, _ in _sums(manuscript):
        if sum(part.value for part in parts) == total.value:
            known |= {total.value, *(part.value for part in parts)}
    for line in manuscript.prose:
        for found in matches(_EQUATION, line.text) if "=" in line.text else ():
            whole, addends = _addends(found)
            if sum(addends) == whole:
                known |= {whole, *addends}
    return frozenset(known)


def parts(manuscript: Manuscript) -> frozenset[tuple[int, int]]:
    """Line and start of every number that is named as a part of another one."""
    return frozenset((part.line.index, part.start) for _, named, _ in _sums(manuscript) for part in named)


def _addends(found: re.Match[str]) -> tuple[Decimal, list[Decimal]]:
    total = value_of(found["total"] or found["total2"])
    return total, [value_of(part.strip()) for part in (found["parts"] or found["parts2"]).split("+")]


def sums(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Parts that do not make the total they are said to make."""
    for line in manuscript.prose:
        for found in matches(_EQUATION, line.text) if "=" in line.text else ():
            stated, addends = _addends(found)
            if sum(addends) != stated:
                yield Remark(
                    line,
                    found.start(),
                    found.end(),
                    f"Phép cộng sai: các số cộng lại là {number(sum(addends, Decimal()))}, không phải {number(stated)}.",
                )
    for total, parts, word in _sums(manuscript):
        added = sum((part.value for part in parts), Decimal())
        if added == total.value or _some_add_up(total, parts):
            continue
        if "gồm" in word or added > total.value or _nearly(total, parts):
            named = " + ".join(part.printed for part in parts)
            yield Remark(
                total.line,
                total.start,
                total.unit_end,
                f"{total.words} nhưng các phần kể sau cộng lại là {number(added)} ({named}).",
                severity=ERROR if "gồm" in word else WARNING,
            )


def _some_add_up(total: Quantity, parts: list[Quantity]) -> bool:
    """Whether the first parts make the total (what follows may split them further)."""
    added = Decimal()
    for part in parts:
        added += part.value
        if added == total.value:
            return True
    return False


def _nearly(total: Quantity, parts: list[Quantity]) -> bool:
    """Whether one changed digit would make the sum right."""
    added = sum((part.value for part in parts), Decimal())
    if total.value < 10:
        return False
    if one_digit_apart(number(total.value), number(added)):
        return True
    return any(
        part.value != part.value + (total.value - added)
        and one_digit_apart(number(part.value), number(part.value + total.value - added))
        for part in parts
        if part.value >= 10
    )


CHECKS = (Check("sum-in-text", "figures", ERROR, "Các phần cộng lại bằng tổng", _SUMS, sums),)
