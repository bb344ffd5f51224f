"""The numbers and bullets Word shows without their being typed, as it would print them."""

from __future__ import annotations

import re
from typing import Any

from ..document.labels import roman
from .docx_styles import w

_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf02d": "-",
    "\uf02b": "+",
    "\uf0a8": "□",
}
_LATIN = "abcdefghijklmnopqrstuvwxyz"


class Numbers:
    """Counts the paragraphs of each list, level by level."""

    def __init__(self, part: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[tuple[str, int]] = set()
        if part is None:
            return
        self._abstract = {at.get(w("abstractNumId")): at for at in part.findall(w("abstractNum"))}
        for at in part.findall(w("num")):
            named = at.find(w("abstractNumId"))
            self._lists[at.get(w("numId"))] = ("" if named is None else named.get(w("val"), ""), _starts(at))

    def label(self, paragraph: Any, numbered: tuple[str, int] | None) -> tuple[str, int]:
        """The label of a paragraph and its depth in its list; ("", 0) when it is in none."""
        if numbered is None or numbered[0] not in self._lists:
            return "", 0
        key, level = numbered
        abstract, starts = self._lists[key]
        levels = self._levels(abstract)
        if level not in levels or not _has_words(paragraph):
            return "", level
        self._count(key, abstract, starts, level, levels)
        return _written(levels, level, self._counts[abstract]), level

    def _levels(self, abstract: str) -> dict[int, Any]:
        found = self._abstract.get(abstract)
        return {} if found is None else {int(at.get(w("ilvl"), "0")): at for at in found.findall(w("lvl"))}

    def _count(
        self, key: str, abstract: str, starts: dict[int, int], level: int, levels: dict[int, Any]
    ) -> None:
        counts = self._counts.setdefault(abstract, [0] * 9)
        if level in starts and (key, level) not in self._started:
            counts[level] = starts[level] - 1
        self._started.add((key, level))
        counts[level] = counts[level] + 1 if counts[level] else _value(levels[level], "start", 1)
        counts[level + 1 :] = [0] * (8 - level)


def _starts(num: Any) -> dict[int, int]:
    """Levels at which this list starts its count anew."""
    made: dict[int, int] = {}
    for override in num.findall(w("lvlOverride")):
        if override.find(w("startOverride")) is not None:
            made[int(override.get(w("ilvl"), "0"))] = _value(override, "startOverride", 1)
    return made


def _value(element: Any, name: str, fallback: int) -> int:
    found = element.find(w(name))
    digits = "" if found is None else found.get(w("val"), "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else fallback


def _has_words(paragraph: Any) -> bool:
    return any((at.text or "").strip() for at in paragraph.iter(w("t")))


def _written(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    """The label's pattern with its numbers: “%1.%2.” -> “2.1.”."""
    shown = levels[level].find(w("lvlText"))
    pattern = "" if shown is None else shown.get(w("val"), "")
    if _form(levels[level]) == "bullet":
        return "".join(_BULLETS.get(sign, sign) for sign in pattern)
    return re.sub(r"%([1-9])", lambda at: _number(levels, int(at[1]) - 1, counts), pattern)


def _number(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    number = counts[level] or (_value(levels[level], "start", 1) if level in levels else 1)
    match _form(levels.get(level)):
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter":
            return _LATIN[(number - 1) % 26].upper() * ((number - 1) // 26 + 1)
        case "lowerLetter":
            return _LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1)
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
    return str(number)


def _form(level: Any) -> str:
    found = None if level is None else level.find(w("numFmt"))
    return "decimal" if found is None else str(found.get(w("val"), "decimal"))
