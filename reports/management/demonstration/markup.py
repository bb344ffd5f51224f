"""Demonstration text as it is written here, and the rich text and rows it stands for.

A mention is `{paper:kh98}`, `{team:bcd:headcount}`, `{figure:thi-sinh|4118}`: kind, name in the registers,
form, and after the bar the document's own words where they differ from the current ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from reports.document.numbering import Wordings

_MENTION = re.compile(r"\{(paper|team|figure):([a-z0-9-]+)(?::([a-z]+))?(?:\|([^}]*))?\}")
_ADDRESS = re.compile(r"https://[\w./-]*[\w/]")
#: Columns of a row that name a thing in the registers.
_TARGETS = {"paper": "paper", "team": "team", "indicator": "figure"}
#: Texts edited as prose; all others are typed lines.
_PROSE = frozenset({"html", "intro", "outcome", "detail", "text", "cause"})

Ids = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Piece:
    """A block: its kind and its content, names of the registers instead of ids."""

    kind: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A section with its blocks and sub-sections; `label` None is computed."""

    heading: str = ""
    pieces: tuple[Piece, ...] = ()
    parts: tuple[Part, ...] = ()
    label: str | None = None
    guidance: str = ""
    question: str = ""
    kinds: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    place: str = field(default="body")


def narrative(*lines: str) -> Piece:
    """Paragraphs; a line that starts with "- " is a list line."""
    return Piece("narrative", {"html": lines})


def papers(*rows: dict[str, str], intro: tuple[str, ...] = ()) -> Piece:
    return Piece("papers", {"intro": intro, "rows": rows})


def paper(name: str, outcome: str = ".", **more: str) -> dict[str, str]:
    return {"lead": "", "paper": name, "form": "", "printed": "", "mark": "-", **more, "outcome": outcome}


def indicators(*rows: dict[str, str], show: str = "lines", title: str = "") -> Piece:
    return Piece("indicators", {"show": show, "title": title, "rows": rows})


def figure(name: str, label: str = "", suffix: str = "", **more: str) -> dict[str, str]:
    return {
        "indicator": name,
        "label": label,
        "form": "",
        "printed": "",
        "mark": "-",
        **more,
        "suffix": suffix,
    }


def piece(kind: str, *rows: dict[str, str], **more: Any) -> Piece:
    return Piece(kind, {**more, "rows": rows})


class Writer:
    """Turns pieces into contents, with the ids of the registers and the words of today beside each mention."""

    def __init__(self, ids: Ids, words: Wordings) -> None:
        self._ids, self._words = ids, words

    def content(self, written: Piece) -> dict[str, Any]:
        return {key: self._value(key, value) for key, value in written.content.items()}

    def _value(self, key: str, value: Any) -> Any:
        if key == "rows":
            return [{name: self._cell(name, cell) for name, cell in row.items()} for row in value]
        return self.prose(value) if isinstance(value, tuple) else self._cell(key, value)

    def _cell(self, name: str, value: Any) -> Any:
        if name in _TARGETS:
            return self._ids[_TARGETS[name], value]
        return self.prose((value,)) if name in _PROSE else value

    def prose(self, lines: tuple[str, ...]) -> str:
        """The HTML the editor would hold; neighbouring list lines are one list."""
        made = "".join(self._line(line) for line in lines if line)
        return made.replace('</ul><ul data-mark="-">', "")

    def _line(self, line: str) -> str:
        inner = self.line(line.removeprefix("- "))
        return (
            f'<ul data-mark="-"><li><p>{inner}</p></li></ul>' if line.startswith("- ") else f"<p>{inner}</p>"
        )

    def line(self, text: str) -> str:
        linked = _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escape(text, quote=False))
        span: Callable[[re.Match[str]], str] = self._span
        return _MENTION.sub(span, linked)

    def _span(self, found: re.Match[str]) -> str:
        kind, name, form, printed = found.groups()
        pk = self._ids[kind, name]
        chosen = f' data-form="{form}"' if form else ""
        if printed:
            return f'<span data-ref="{kind}:{pk}"{chosen} data-printed="1">{printed}</span>'
        return f'<span data-ref="{kind}:{pk}"{chosen}>{escape(self._current(kind, pk, form), quote=False)}</span>'

    def _current(self, kind: str, pk: int, form: str | None) -> str:
        words = self._words[kind, str(pk)]  # type: ignore[index]
        if kind == "paper":
            return words.short if form == "short" else words.full
        return words.forms.get(form or ("name" if kind == "team" else "value")) or "……"
