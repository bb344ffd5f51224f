"""What reviewers leave in a Word file: comments with the words they are about, and who changed what under tracking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .docx import main_part, part_of
from .docx_styles import w
from .lines import tidy

_TRACKED = {w("ins"): "put in", w("del"): "taken out", w("moveTo"): "put in", w("moveFrom"): "taken out"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: who, what, the words it is about, and the paragraph that holds them."""

    author: str
    text: str
    words: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A change under tracking in a paragraph: `sort` "put in" or "taken out"."""

    author: str
    sort: str
    words: str


def review_of(data: bytes) -> tuple[list[Remark], list[Tracked]]:
    """Comments and tracked changes of a Word file, in reading order."""
    part = main_part(data)
    body = part.element.body
    return list(_remarks(body, _comments(part))), list(_tracked(body))


def _comments(part: Any) -> dict[str, tuple[str, str]]:
    """Author and text of each comment by its id."""
    root = part_of(part, "comments")
    found = [] if root is None else root.findall(w("comment"))
    return {at.get(w("id"), ""): (at.get(w("author"), ""), _lines(at)) for at in found}


def _lines(element: Any) -> str:
    texts = (_text(paragraph) for paragraph in element.iter(w("p")))
    return "\n".join(text for text in texts if text)


def _text(element: Any) -> str:
    """The words of an element as they stand once all changes are taken."""
    kept = (at.text or "" for at in element.iter(w("t")))
    return tidy("".join(kept)).strip()


def _remarks(body: Any, comments: dict[str, tuple[str, str]]) -> Iterator[Remark]:
    """Each comment where its words begin."""
    opened: dict[str, list[str]] = {}
    where: dict[str, str] = {}
    for element in body.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("t")):
        key = element.get(w("id"), "")
        if element.tag == w("t"):
            for words in opened.values():
                words.append(element.text or "")
        elif element.tag == w("commentRangeStart"):
            opened[key], where[key] = [], _paragraph(element)
        elif element.tag == w("commentRangeEnd") and key in comments and key in opened:
            author, text = comments.pop(key)
            yield Remark(author, text, tidy("".join(opened.pop(key))).strip(), where[key])
        elif element.tag == w("commentReference") and key in comments:
            author, text = comments.pop(key)
            yield Remark(author, text, "", _paragraph(element))


def _paragraph(element: Any) -> str:
    above = next(element.iterancestors(w("p")), None)
    following = element.getnext()
    while above is None and following is not None:
        above = following if following.tag == w("p") else None
        following = following.getnext()
    return "" if above is None else _text(above)


def _tracked(body: Any) -> Iterator[Tracked]:
    for element in body.iter(*_TRACKED):
        words = "".join(at.text or "" for at in element.iter(w("t"), w("delText")))
        if words.strip():
            yield Tracked(element.get(w("author"), ""), _TRACKED[element.tag], tidy(words).strip())
