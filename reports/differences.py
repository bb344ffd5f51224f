"""What changed between two texts, word by word, with the lines around it: for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

#: Letters of two lines up to which they are compared word by word; longer ones are shown one after the other.
LONGEST = 8_000
#: Unchanged lines shown on each side of a change.
AROUND = 1
GAP = "…\n"


class Piece(NamedTuple):
    """A stretch of text; `kind` says whether it stayed, was taken out or was put in."""

    kind: Literal["same", "out", "in"]
    text: str


def pieces(before: str, after: str) -> Iterator[Piece]:
    """The pieces of both texts in reading order; long unchanged stretches shrink to “…”."""
    old, new = _split(before), _split(after)
    end = 0
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield Piece("same", GAP)
        for tag, i1, i2, j1, j2 in group:
            yield from _lines(tag, "".join(old[i1:i2]), "".join(new[j1:j2]))
        end = group[-1][2]
    if 0 < end < len(old):
        yield Piece("same", GAP)


def _split(text: str) -> list[str]:
    return f"{text}\n".splitlines(keepends=True) if text else []


def _lines(tag: str, was: str, became: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece("same", was)
    elif tag == "replace" and len(was) + len(became) <= LONGEST:
        yield from _words(was, became)
    else:
        yield from _both(was, became)


def _words(was: str, became: str) -> Iterator[Piece]:
    old, new = re.findall(r"\S+|\s+", was), re.findall(r"\S+|\s+", became)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[i1:i2]))
        else:
            yield from _both("".join(old[i1:i2]), "".join(new[j1:j2]))


def _both(was: str, became: str) -> Iterator[Piece]:
    if was:
        yield Piece("out", was)
    if became:
        yield Piece("in", became)
