"""Sums: parts named in a sentence and rows of a table against the total they are said to make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from campaigns.facts import number

from .findings import ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .numbers import NUMBER, Quantity, one_digit_apart, quantities, value_of
from .text import Line, Manuscript, matches

_SUMS = "Tổng phải bằng các phần cộng lại"

# --- what adds up -------------------------------------------------------------------------------------

_EQUATION = re.compile(
    rf"(?P<total>{NUMBER})\s*=\s*(?P<parts>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)"
    rf"|(?P<parts2>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)\s*=\s*(?P<total2>{NUMBER})"
)
_INTO = re.compile(r"\b(?P<word>gồm|bao gồm|trong đó|chia ra|cụ thể|gồm có)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """A total and the parts named after it; `whole` where the words say that these are all."""

    total: Quantity
    parts: tuple[Quantity, ...]
    whole: bool

    @property
    def added(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal())


def said_sums(manuscript: Manuscript) -> tuple[Sum, ...]:
    """Every total whose parts the same clause, or the list right below, names in one unit."""
    return _said_sums(manuscript)


@lru_cache(maxsize=2)
def _said_sums(manuscript: Manuscript) -> tuple[Sum, ...]:
    by_line: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities(manuscript):
        by_line[quantity.line.index].append(quantity)
    body = manuscript.prose
    made: list[Sum] = []
    for at, line in enumerate(body):
        found = by_line.get(line.index, [])
        made += [one for number in range(len(found)) if (one := _in_clause(found, number))]
        if found and line.text.rstrip().endswith(":"):
            made += _in_list(found[-1], body[at + 1 :], by_line)
    return tuple(made)


def _in_clause(found: list[Quantity], at: int) -> Sum | None:
    """The parts after "gồm", "trong đó" in the same clause."""
    total, after = found[at], found[at + 1 :]
    text = total.line.text
    into = _INTO.search(text, total.end, after[0].start) if after else None
    if not into or re.search(r";|[.] ", text[total.end : into.start()]):
        return None
    stop = re.search(r"[.](?:\s|$)|;(?!\s*(?:và\s+)?\d)", text[into.end() :])
    end = into.end() + stop.start() if stop else len(text)
    parts = [part for part in after if part.start < end]
    same = [part for part in parts if _alike(part, total)]
    word = into["word"].lower()
    if len(same) >= 2:
        return Sum(total, tuple(same), "gồm" in word)
    uniform = len({part.noun for part in parts}) == 1
    if len(parts) >= 2 and uniform and (bool(parts[0].noun) or not total.noun):
        return Sum(total, tuple(parts), False)
    return None


def _alike(part: Quantity, total: Quantity) -> bool:
    """One unit; a part may name it shorter: "suất" of "suất quà"."""
    return part.noun == total.noun or (bool(part.noun) and total.noun.startswith(f"{part.noun} "))


def _in_list(total: Quantity, after: Sequence[Line], by_line: Mapping[int, list[Quantity]]) -> Iterator[Sum]:
    """The numbers of the list below, when each line has one of the total's unit."""
    items: list[Line] = []
    for line in after:
        if line.part != "item" or line.owner is not total.line.owner:
            break
        items.append(line)
    firsts = [next((q for q in by_line.get(item.index, []) if _alike(q, total)), None) for item in items]
    parts = [first for first in firsts if first is not None]
    if len(parts) >= 2 and len(parts) == len(items) and total.unit:
        yield Sum(total, tuple(parts), "trong đó" not in total.line.text[total.end :].lower())


@lru_cache(maxsize=2)
def reconciled(manuscript: Manuscript) -> frozenset[Decimal]:
    """Every number that a sum in the text explains, totals and parts, where the sum is right."""
    known: set[Decimal] = set()
    for one in said_sums(manuscript):
        if one.added == one.total.value:
            known |= {one.total.value, *(part.value for part in one.parts)}
    for line in manuscript.prose:
        for found in matches(_EQUATION, line.text) if "=" in line.text else ():
            whole, addends = _addends(found)
            if sum(addends) == whole:
                known |= {whole, *addends}
    return frozenset(known)


def parts(manuscript: Manuscript) -> frozenset[tuple[int, int]]:
    """Line and start of every number that is named as a part of another one."""
    return frozenset((part.line.index, part.start) for one in said_sums(manuscript) for part in one.parts)


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
    for one in said_sums(manuscript):
        if one.added == one.total.value or _some_add_up(one):
            continue
        if one.whole or (one.added > one.total.value and _alike(one.parts[0], one.total)) or _nearly(one):
            named = " + ".join(part.printed for part in one.parts)
            yield Remark(
                one.total.line,
                one.total.start,
                one.total.unit_end,
                f"{one.total.words} nhưng các phần kể sau cộng lại là {_shown(one.added)} ({named}).",
                severity=ERROR if one.whole else WARNING,
            )


def _shown(value: Decimal) -> str:
    return number(value, max(0, -int(value.as_tuple().exponent)))


def _some_add_up(one: Sum) -> bool:
    """Whether the first parts make the total (what follows may split them further)."""
    added = Decimal()
    for part in one.parts:
        added += part.value
        if added == one.total.value:
            return True
    return False


def _nearly(one: Sum) -> bool:
    """Whether one changed digit would make the sum right."""
    lacks = one.total.value - one.added
    if one.total.value < 10:
        return False
    if one_digit_apart(_shown(one.total.value), _shown(one.added)):
        return True
    return any(
        one_digit_apart(_shown(part.value), _shown(part.value + lacks))
        for part in one.parts
        if part.value >= 10 and part.value + lacks > 0
    )


CHECKS = (Check("sum-in-text", "figures", ERROR, "Các phần cộng lại bằng tổng", _SUMS, sums),)
