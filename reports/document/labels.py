"""Label styles: how the n-th label of a section is written and read, and how its heading looks.

The styles of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6 (both structures) and those seen in real reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .nodes import Section

#: Điểm follow the Vietnamese alphabet, without the letters with a hat or hook but with đ (Phụ lục I, II.6).
ALPHABET = "abcdđeghiklmnopqrstuvxy"

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_ROMAN_SIGNS = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
_ROMAN_PARTS = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN_SIGNS, strict=True))

Path = tuple[int, ...]


# --- numbers as words ---------------------------------------------------------------------------------


def roman(number: int) -> str:
    """1 -> "I", 4 -> "IV"."""
    written = ""
    for value, sign in _ROMAN_PARTS:
        count, number = divmod(number, value)
        written += sign * count
    return written


def _from_roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values.get(char, 0) for char in text.upper()]
    total = sum(-d if d < after else d for d, after in zip(digits, [*digits[1:], 0], strict=True))
    return total if total > 0 and roman(total) == text.upper() else None


def letter(number: int) -> str:
    """1 -> "a", 5 -> "đ", 24 -> "aa"."""
    written = ""
    while number > 0:
        number, at = divmod(number - 1, len(ALPHABET))
        written = ALPHABET[at] + written
    return written


def _from_letter(text: str) -> int | None:
    number = 0
    for char in text.lower():
        if char not in ALPHABET:
            return None
        number = number * len(ALPHABET) + ALPHABET.index(char) + 1
    return number or None


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else str(number)


def _from_ordinal(text: str) -> int | None:
    return _ORDINALS.index(text.lower()) + 1 if text.lower() in _ORDINALS else None


def _from_digits(text: str) -> int | None:
    return int(text) or None


# --- styles -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of label counts and how its heading looks; capitals are the author's own.

    `shape` is the label with "{}" where the number stands; a style without "{}" is a mark that does not count.
    `bold` is for a section with a heading (a label without one is upright, regular: Phụ lục I, II.6).
    `centred`: label on a line of its own, heading below, both centred (phần, chương, mục of structure (a)).
    `through`: counts through the whole document, not per parent (Điều).
    `dots`: parts of a dotted number taken from the parents, 0 for others.
    """

    shape: str
    write: Callable[[int], str] = str
    read: Callable[[str], int | None] = _from_digits
    sign: str = r"\d+"
    bold: bool = False
    centred: bool = False
    through: bool = False
    dots: int = 0

    @property
    def counts(self) -> bool:
        """Whether the label carries a number."""
        return "{}" in self.shape

    def label(self, number: int, parent: Path = ()) -> str:
        """The `number`-th label under a parent whose number is `parent`."""
        if self.dots:
            return ".".join(map(str, (*parent, number))) + "."
        return self.shape.replace("{}", self.write(number))

    def path(self, label: str, parent: Path = ()) -> Path | None:
        """The number a label states, with those of its parents if dotted; None if it is not of this style."""
        text = " ".join(label.split())
        if self.dots:
            if not re.fullmatch(rf"\d+(\.\d+){{{self.dots}}}\.?", text):
                return None
            return tuple(int(part) for part in text.rstrip(".").split("."))
        if not self.counts:
            return () if text == self.shape else None
        before, after = map(re.escape, self.shape.split("{}"))
        found = re.fullmatch(f"{before}({self.sign}){after}", text, re.IGNORECASE if self.centred else 0)
        number = self.read(found[1]) if found else None
        return None if number is None else (number,)


_ROMAN = r"[IVXLCDM]+"
_SMALL_ROMAN = r"[ivxlcdm]+"
_LETTERS = f"[{ALPHABET}]{{1,2}}"
_CAPITALS = f"[{ALPHABET.upper()}]"


def _small_roman(number: int) -> str:
    return roman(number).lower()


def _capital(number: int) -> str:
    return letter(number).upper()


#: Every label style, by the look of its first label. Order matters to `parse_label`: the likelier first.
STYLES: dict[str, Style] = {
    "Phần I": Style("Phần {}", roman, _from_roman, _ROMAN, bold=True, centred=True),
    "Phần thứ nhất": Style("Phần thứ {}", _ordinal, _from_ordinal, r"\w+", bold=True, centred=True),
    "Chương I": Style("Chương {}", roman, _from_roman, _ROMAN, bold=True, centred=True),
    "Mục 1": Style("Mục {}", bold=True, centred=True),
    "Tiểu mục 1": Style("Tiểu mục {}", bold=True, centred=True),
    "Điều 1.": Style("Điều {}.", bold=True, through=True),
    "I.": Style("{}.", roman, _from_roman, _ROMAN, bold=True),
    "I-": Style("{}-", roman, _from_roman, _ROMAN, bold=True),
    "A.": Style("{}.", _capital, _from_letter, _CAPITALS, bold=True),
    "A-": Style("{}-", _capital, _from_letter, _CAPITALS, bold=True),
    "1.1.1.1.": Style("{}.", dots=3),
    "1.1.1.": Style("{}.", dots=2, bold=True),
    "1.1.": Style("{}.", dots=1, bold=True),
    "1.": Style("{}.", bold=True),
    "1-": Style("{}-", bold=True),
    "a)": Style("{})", letter, _from_letter, _LETTERS),
    "a.": Style("{}.", letter, _from_letter, _LETTERS),
    "(a)": Style("({})", letter, _from_letter, _LETTERS),
    "1)": Style("{})"),
    "(1)": Style("({})"),
    "(i)": Style("({})", _small_roman, _from_roman, _SMALL_ROMAN),
    "i)": Style("{})", _small_roman, _from_roman, _SMALL_ROMAN),
    "-": Style("-"),
    "+": Style("+"),
    "*": Style("*"),
    "•": Style("•"),
    "–": Style("–"),
    "": Style("", bold=True),
}

#: Signs that are a Roman number and a letter at once, read as the likelier of the two when nothing else is known.
_LETTERS_FIRST = frozenset("CDLM")


def parse_label(text: str) -> tuple[str, int] | None:
    """The style key and number of a printed label ("II." -> ("I.", 2), "-" -> ("-", 0)), or None.

    Dotted labels give their last part ("2.1.10" -> ("1.1.1.", 10)). "C.", "D.", "L.", "M." are read as letters,
    "I.", "V.", "X." as Roman numbers, "i)" as the letter, "(i)" as Roman: a section's own style decides better.
    """
    label = " ".join(text.split())
    if not label:
        return None
    keys = list(STYLES)
    if label[0] in _LETTERS_FIRST and len(label) == 2:
        keys = ["A.", "A-"]
    elif re.fullmatch(r"\([ivx]+\)", label):
        keys = ["(i)"]
    for key in keys:
        path = STYLES[key].path(label) if key else None
        if path is not None:
            return key, path[-1] if path else 0
    return None


def heading_style(section: Section) -> Style:
    """How a section's opening looks: by its style, or by its printed label where it names none."""
    if section.style in STYLES and section.style:
        return STYLES[section.style]
    return STYLES[(parse_label(section.label or "") or ("", 0))[0]]
