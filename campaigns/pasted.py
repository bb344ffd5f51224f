"""A pasted list of papers, line by line: what is a citation, and what is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .citations import Citation, Found, fields, find, read
from .register import Key, key_of, same

_EDGES = ' \t\n\r;,.:/-–•*+()“”"'
_MARK = re.compile(r"^\s*(?:[-+•*–]|\d{1,3}[.)]|[a-zđ][.)])\s+")
_SEVERAL = re.compile(r";\s*\S|\n\s*(?:[-+•*–]|\d{1,3}[.)])\s|\n\s*\n")
_LINKING = re.compile(
    r"^(?:căn cứ|thực hiện|theo|và|các|của|ngày|về việc|số|stt|nơi nhận|kính gửi|từ|để|tại)*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Pasted:
    """One paper of a pasted list: its words, and what they say (None: not understood)."""

    words: str
    citation: Citation | None


def papers_in(text: str) -> list[Pasted]:
    """Every paper named, once, in order; lines in which none is found stay in their place, not understood."""
    rows: list[Pasted] = []
    reached = 0
    outer = _outer(text)
    if len(outer) <= 1 and not _SEVERAL.search(text):
        return [Pasted(" ".join(text.split()), read(text))] if text.strip(_EDGES) else []
    for found in outer:
        rows += _left(text[reached : found.start])
        rows.append(Pasted(" ".join(text[found.start : found.end].split()), found.citation))
        reached = found.end
    rows += _left(text[reached:])
    return _once(rows)


def _outer(text: str) -> list[Found]:
    """Citations that do not lie in the subject of another."""
    kept: list[Found] = []
    for found in find(text):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _left(between: str) -> list[Pasted]:
    """Lines and parts between citations that say something: more than a list mark or a linking word."""
    parts = (_MARK.sub("", part).strip(_EDGES) for part in re.split(r"[;\n]", between))
    return [Pasted(" ".join(part.split()), None) for part in parts if _says_something(part)]


def _says_something(part: str) -> bool:
    return len(part.split()) > 2 and not _LINKING.match(part.replace(" ", ""))


def _once(rows: list[Pasted]) -> list[Pasted]:
    """A paper named several times stays where it was first, in its fullest words."""
    kept: list[Pasted] = []
    places: dict[Key, list[int]] = {}
    for row in rows:
        if row.citation is None:
            kept.append(row)
            continue
        twins = places.setdefault(key_of(row.citation), [])
        twin = next((at for at in twins if same(kept[at].citation or row.citation, row.citation)), None)
        if twin is None:
            twins.append(len(kept))
            kept.append(row)
        elif _told(row) > _told(kept[twin]):
            kept[twin] = row
    return kept


def _told(row: Pasted) -> int:
    return sum(map(bool, fields(row.citation)))
