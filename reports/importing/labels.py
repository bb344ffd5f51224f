"""Labels and marks at the start of a line, as printed: “I.”, “1.1”, “a)”, “Phần thứ hai”, “-”, “(i)”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..document.labels import ALPHABET, parse_label


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, its `family` (labels of one family count together) and `rank` (custom, high first).

    `style` is the key of `labels.STYLES` that looks most like it; `number` its last number, 0 when it has
    none. `mark` is a sign that does not count. `tight`: no blank between it and the words.
    """

    text: str
    family: str
    rank: float
    style: str
    number: int = 0
    path: tuple[int, ...] = ()
    mark: bool = False
    tight: bool = False


_LETTER = f"[{ALPHABET}jfwz]"
_CAPITAL = f"[{ALPHABET.upper()}]"
_ROMAN = r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})"
_SMALL_ROMAN = r"(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})"
_ORDINAL = r"(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_UNITS = r"(?:phần|chương|mục|tiểu mục|điều)"

#: A structural unit's name with its number; what follows it decides whether it is a label.
_UNIT = re.compile(
    rf"({_UNITS}\s+(?:thứ\s+{_ORDINAL}|{_ROMAN.lower()}|{_ROMAN}|\d{{1,3}}|[a-zđ]))(\s*[.:)])?(?=\s|$)",
    re.IGNORECASE,
)
_UNIT_RANKS = {"phần": 0.0, "chương": 1.0, "mục": 4.0, "tiểu mục": 4.5, "điều": 5.0}
_UNIT_STYLES = {
    "phần": "Phần I",
    "chương": "Chương I",
    "mục": "Mục 1",
    "tiểu mục": "Tiểu mục 1",
    "điều": "Điều 1.",
}

#: family, rank, style and pattern of the labels that count, the likelier first.
_SHAPES: tuple[tuple[str, float, str, re.Pattern[str]], ...] = tuple(
    (family, rank, style, re.compile(pattern))
    for family, rank, style, pattern in (
        ("I", 3.0, "I.", rf"({_ROMAN})(\s?[./)\-–])(?=\s|$|[^\W\d_])"),
        ("A", 2.0, "A.", rf"({_CAPITAL})(\s?[./)\-–])(?=\s|$|[^\W\d_])"),
        ("1.1.1.1", 9.0, "1.1.1.1.", r"(\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2})(\.?[)/:]?)(?=\s|$|[^\W\d_])"),
        ("1.1.1", 8.0, "1.1.1.", r"(\d{1,2}\.\d{1,2}\.\d{1,2})(\.?[)/:]?)(?=\s|$|[^\W\d_])"),
        ("1.1", 7.0, "1.1.", r"(\d{1,2}\.\d{1,2})(\.?[)/:]?)(?=\s|$|[^\W\d_])"),
        ("1a", 9.5, "a)", rf"(\d{{1,2}}\.?{_LETTER})([.)/])(?=\s|$|[^\W\d_])"),
        ("a1", 11.0, "a)", rf"({_LETTER}\.?\d{{1,2}})([.)/])(?=\s|$|[^\W\d_])"),
        ("1", 6.0, "1.", r"(\d{1,3})(\s?\.|[/\-–])(?=\s|$|[^\W\d_])"),
        ("1)", 12.0, "1)", r"(\d{1,3})(\s?\))(?=\s|$|[^\W\d_])"),
        ("a", 10.0, "a)", rf"({_LETTER})(\s?[)./])(?=\s|$|[^\W\d_])"),
        ("i)", 14.0, "i)", rf"({_SMALL_ROMAN})(\s?[).])(?=\s|$|[^\W\d_])"),
        ("(1)", 13.0, "(1)", r"(\(\d{1,3})(\))(?=\s|$|[^\W\d_])"),
        ("(i)", 14.0, "(i)", rf"(\({_SMALL_ROMAN})(\))(?=\s|$|[^\W\d_])"),
        ("(a)", 13.5, "(a)", rf"(\({_LETTER})(\))(?=\s|$|[^\W\d_])"),
    )
)
_MARK = re.compile(r"([-–—+*•●○▪■□◦·➢►✓✔❖§]|o(?=\s))(?=\s|$|[^\W_]|[“\"(])")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def label_of(text: str, before: tuple[str, ...] = ()) -> Label | None:
    """The label a line begins with, or None. `before`: the labels of the sections open at this place.

    “I.”, “V.”, “i)”, “v)” are Roman numbers, unless an open “H.” or “h)” says that they are letters.
    """
    if found := _unit(text):
        return found
    if sign := _MARK.match(text):
        tight = len(text) > sign.end() and not text[sign.end()].isspace()
        return (
            None
            if tight and sign[1] == "o"
            else Label(sign[1], sign[1], 20.0, sign[1], mark=True, tight=tight)
        )
    readings = [label for shape in _SHAPES if (label := _read(text, *shape))]
    letters = [label for label in readings if any(_follows(label, open_one) for open_one in before)]
    romans = [label for label in readings if label.family in ("i)", "(i)")]
    return next(iter([*letters, *romans, *readings]), None)


def _read(text: str, family: str, rank: float, style: str, pattern: re.Pattern[str]) -> Label | None:
    found = pattern.match(text)
    if not found or not found[1]:
        return None
    printed = found[0]
    path = _path(found[1].strip("("))
    if not path:
        return None
    key = f"{family}{found[2].strip()}" if family in ("I", "A", "1", "a") else family
    if family.startswith("1.1") and not found[2] and text[found.end() :].lstrip()[:1].islower():
        return None  # “2.5 triệu đồng”
    tight = len(text) > found.end() and not text[found.end()].isspace()
    if tight and not _tight_is_certain(text[found.end() :], printed):
        return None
    known = parse_label(printed)
    return Label(printed, key, rank, known[0] if known and known[0] else style, path[-1], path, tight=tight)


def _tight_is_certain(rest: str, printed: str) -> bool:
    """“1.Kết quả” and “a)Công tác” are labels without a blank; “T.Ư”, “5/ha” and “1.5kg” are words."""
    return rest[:1].isupper() and len(rest) > 3 and rest[1:2].islower() and not printed.endswith(("/", "–"))


def _unit(text: str) -> Label | None:
    """“Phần thứ nhất”, “Chương II.”, “Điều 1.”: alone on its line, or with a sign or capitals after it."""
    found = _UNIT.match(text)
    if not found:
        return None
    unit = " ".join(found[1].lower().split()).rsplit(" ", 2 if "thứ" in found[1].lower() else 1)[0]
    rest = text[found.end() :].strip()
    if found[2] or not rest or (rest.isupper() and found[1].isupper()):
        known = parse_label(found[0])
        style = known[0] if known and known[0] else _UNIT_STYLES.get(unit, "")
        return Label(found[0], unit, _UNIT_RANKS.get(unit, 0.0), style, known[1] if known else 0)
    return None


def _path(text: str) -> tuple[int, ...]:
    """The numbers of a label: “1.2” -> (1, 2), “IV” -> (4,), “đ” -> (5,); () when it is none."""
    if re.fullmatch(r"[\d.]+", text):
        return tuple(int(part) for part in text.split(".") if part)
    if digits := re.search(r"\d+", text):
        return (int(digits[0]),)
    if len(text) == 1 and text.lower() not in "ivx":
        place = ALPHABET.find(text.lower())
        return (place + 1,) if place >= 0 else ()
    return (_roman(text.lower()),) if text and set(text.lower()) <= set(_ROMAN_VALUES) else ()


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def letter_number(text: str) -> int:
    """The place of a one-letter label in the alphabet of điểm, 0 when it has none."""
    letter = text.strip("().-/– ").lower()
    return ALPHABET.find(letter) + 1 if len(letter) == 1 else 0


def _follows(label: Label, before: str) -> bool:
    """Whether a letter reading goes on from the letter above: “B.” then “C.”, “h)” then “i)”."""
    if label.family[0] not in "Aa":
        return False
    return letter_number(before) > 0 and letter_number(label.text) == letter_number(before) + 1
