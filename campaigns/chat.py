"""Figures in chat messages: “Tổ 5: 45/60” under the neighbourhood it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .search import fold

Key = TypeVar("Key")
_NOUN = r"(?:to dan pho|to dp|tdp|to|khu dan cu|khu pho|khu|thon|xom|ap|ban)"
_NUMBERED = re.compile(rf"^{_NOUN}\s*(?:so\s*)?0*(\d+)$")
_FIGURE = re.compile(r"(?<![\w.,/])-?\d[\d.,]*(?:\s*(?:/|tren|trong|trong tong so)\s*\d[\d.,]*)?(?![\w/])")
_NONE = re.compile(r"(?<!\w)(?:chua co|chua thong ke|khong co so lieu|chua)(?!\w)")
MISSING = "chưa có"


@dataclass(frozen=True)
class Heard(Generic[Key]):
    """What the lines say: text of a cell by place, and the lines that name no place or no figure."""

    cells: dict[Key, str]
    left: list[str]


def heard(text: str, places: Mapping[Key, str]) -> Heard[Key]:
    """`places`: key -> name of a neighbourhood. A place named twice keeps what was said last."""
    patterns = {key: _pattern(name) for key, name in places.items()}
    cells: dict[Key, str] = {}
    left: list[str] = []
    for line in filter(None, map(str.strip, re.split(r"[\n;]", text))):
        found = _one(fold(line), patterns)
        if found is None:
            left.append(line)
        else:
            cells[found[0]] = found[1]
    return Heard(cells, left)


def place_in(words: str, places: Mapping[Key, str]) -> Key | None:
    """The one place that a line or the name of a file means; None for none or several."""
    named = _named(fold(re.sub(r"[_.-]+", " ", words)), {key: _pattern(name) for key, name in places.items()})
    return named[0] if named else None


def _named(line: str, patterns: Mapping[Key, re.Pattern[str]]) -> tuple[Key, re.Match[str]] | None:
    """The one place a folded line names; of names within each other ("Sơn", "Lỗ Sơn") the longest."""
    named = [(key, found) for key, pattern in patterns.items() if (found := pattern.search(line))]
    longest = max((found.end() - found.start() for _, found in named), default=0)
    named = [(key, found) for key, found in named if found.end() - found.start() == longest]
    return named[0] if len(named) == 1 else None


def _pattern(name: str) -> re.Pattern[str]:
    """“Tổ dân phố 5” is also TDP 05 and "tổ số 5"; any other name is looked for as it is, its noun left out."""
    folded = fold(name)
    numbered = _NUMBERED.match(folded)
    if numbered:
        return re.compile(rf"(?<!\w){_NOUN}\s*(?:so\s*)?0*{numbered[1]}(?!\w|[.,]\d|/\d)")
    bare = re.sub(rf"^{_NOUN}\s+", "", folded)
    return re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")


def _one(line: str, patterns: Mapping[Key, re.Pattern[str]]) -> tuple[Key, str] | None:
    named = _named(line, patterns)
    if named is None:
        return None
    key, place = named
    rest = line[place.end() :]
    figures = _FIGURE.findall(rest)
    if len(figures) == 1:
        return key, re.sub(r"\s*(?:/|trong tong so|tren|trong)\s*", "/", figures[0]).rstrip(".,")
    return (key, MISSING) if not figures and _NONE.search(rest) else None
