"""Advance widths of Times New Roman (Liberation Serif is metric-compatible), to draw lines of lawful length.

Widths are in 1/2048 of the font size, as in the font's hmtx table. A letter with a tone mark is as wide as
the letter without it, so the table holds base letters only. Kerning is off in every writer, so a sum of
advances is the printed width.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

Face = Literal["regular", "bold", "italic"]

UNITS_PER_EM = 2048
MM_PER_POINT = 25.4 / 72

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

_BY_WIDTH: dict[Face, dict[int, str]] = {
    "regular": {
        369: "'", 410: "|", 512: " \u00a0,.", 569: "/:;\\ijlt", 614: "²³", 682: "!()-I[]`fr‘’", 717: "•", 797: "Js",
        819: "°", 836: '"', 909: "?acezăâê“”", 961: "^", 983: "{}", 1024: "#$*0123456789_bdghknopquvxyđô–§",
        1083: "ơ", 1108: "~", 1110: "ư", 1124: "÷±≤≥", 1139: "FPS", 1155: "+<=>×", 1251: "ELTZÊ", 1366: "BCR",
        1479: "ADGHKNOQUVXYwĂÂĐÔƠ", 1589: "Ư", 1593: "&m", 1706: "%", 1821: "M", 1886: "@", 1933: "W", 2048: "—…",
    },
    "bold": {
        451: "|", 512: " \u00a0,.", 569: "'/\\il", 614: "²³", 682: "!()-:;[]`fjt‘’", 717: "•", 797: "Is", 807: "{}",
        819: "°", 909: "cerzê", 1024: "#$*0123456789?J_agovxyăâô“”–§", 1065: "~", 1124: "÷±≤≥", 1134: "ơ", 1137: '"',
        1139: "Sbdhknpquđ", 1167: "+<=>×", 1190: "^", 1229: "ư", 1251: "FP", 1366: "BELTZÊ",
        1479: "ACDNRUVXYwĂÂĐ", 1593: "GHKOQÔƠ", 1630: "Ư", 1706: "&m", 1905: "@", 1933: "M", 2048: "%W—…",
    },
    "italic": {
        438: "'", 512: " \u00a0,.", 563: "|", 569: "/\\fijlt", 614: "²³", 682: "!()-:;I`‘’", 717: "•", 797: "[]rsz",
        819: "{}°", 860: '"', 864: "^", 909: "Jcekvxyê", 1024: "#$*0123456789?S_abdghnopquăâđô–§", 1093: "ơ",
        1108: "~", 1117: "ư", 1124: "÷±≤≥", 1139: "LTYZ“”", 1251: "ABEFPRVXĂÂÊ", 1366: "CKNw", 1382: "+<=>×",
        1479: "DGHOQUmĐÔƠ", 1544: "Ư", 1593: "&", 1706: "%MW", 1821: "—…", 1884: "@",
    },
}  # fmt: skip

_ADVANCE: dict[Face, dict[str, int]] = {
    face: {char: units for units, chars in table.items() for char in chars}
    for face, table in _BY_WIDTH.items()
}


@lru_cache(maxsize=1024)
def _base(char: str) -> str:
    """The letter without its tone mark: ế -> ê, ự -> ư."""
    kept = "".join(part for part in unicodedata.normalize("NFD", char) if part not in _TONES)
    return unicodedata.normalize("NFC", kept)


def width(text: str, size: float, face: Face = "regular") -> float:
    """Printed width of one line in mm, `size` in points; a character outside the table counts as half an em."""
    advance = _ADVANCE[face]
    units = 0
    for char in text:
        known = advance.get(char)
        units += known if known is not None else advance.get(_base(char), UNITS_PER_EM // 2)
    return units / UNITS_PER_EM * size * MM_PER_POINT


def wrapped(text: str, size: float, face: Face, room: float) -> list[str]:
    """The lines a text breaks into within `room` mm, filled greedily as writers do."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, face) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines
