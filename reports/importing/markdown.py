"""Markdown to lines: headings, emphasis, links, lists and tables; the words are kept as they stand."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ..document.nodes import Break, Inline, Text
from . import text as plain_text
from .lines import Element, Line, Note, broken, joined

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"([-*_])(\s*\1){2,}$")
_HARD = re.compile(r"(?: {2,}|\\)$")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>~])"
    r"|(?P<mark>\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))"
    r"|<(?P<link>(?:https?://|mailto:)[^\s<>]+)>"
    r"|!?\[(?P<words>[^\]\n]*)\]\((?P<to>[^)\s]+)[^)]*\)"
    r"|(?P<code>`+)(?P<inside>.+?)(?P=code)"
    r"|</?(?P<tag>[bi]|em|strong|u|sup|sub|br|span|p|div|center)\b[^<>]*>"
)


def read(data: bytes) -> tuple[list[Element], list[Note]]:
    """The lines of a Markdown file, tables still as rows of bars."""
    rows, notes = plain_text._without_front(plain_text.decoded(data).replace("\r\n", "\n").split("\n"))
    width = plain_text._width([_bare(row) for row in rows])
    made: list[Element] = []
    gap = True
    for paragraph in _paragraphs(rows):
        for line in _lines(paragraph, width):
            made.append(replace(line, gap=gap))
            gap = False
        gap = True
    return made, notes


def _bare(row: str) -> str:
    return row.strip().strip("*_# ")


def _paragraphs(rows: list[str]) -> list[list[str]]:
    """Rows between empty ones; a heading stands alone, a rule parts."""
    made: list[list[str]] = [[]]
    for row in rows:
        if not row.strip() or _RULE.match(row.strip()):
            made.append([])
        elif _HEADING.match(row.strip()):
            made += [[row], []]
        else:
            made[-1].append(row)
    return [paragraph for paragraph in made if paragraph]


def _lines(paragraph: list[str], width: int) -> list[Line]:
    """The lines of one paragraph; emphasis may run over several of them."""
    level = 0
    if heading := _HEADING.match(paragraph[0].strip()):
        level, paragraph = len(heading[1]), [heading[2]]
    source = "\n".join(re.sub(r"^\s*>\s?", "", row) for row in paragraph)
    line = Line(_inlines(source), level=level)
    pieces = list(broken(line))
    if len(pieces) != len(paragraph):
        return pieces
    return [
        replace(
            piece,
            indent=(len(row) - len(row.lstrip())) // 2,
            full=not _HARD.search(row) and plain_text._is_full(_bare(row), _bare(below), width),
        )
        for piece, (row, below) in zip(pieces, pairwise([*paragraph, ""]), strict=True)
    ]


@dataclass(slots=True)
class Look:
    """The emphasis open at a place."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: str = ""
    link: str = ""

    def text(self, words: str) -> Text:
        return Text(words, self.bold, self.italic, self.underline, self.script, self.link)  # type: ignore[arg-type]


def _inlines(source: str) -> tuple[Inline, ...]:
    """A paragraph's words with their looks, a Break at each end of a row."""
    look, made, at = Look(), list[Inline](), 0
    stars = _paired(source)
    for token in _TOKEN.finditer(source):
        if token["mark"] and token.start() not in stars:
            continue
        _put(source[at : token.start()], look, made)
        _take(token, look, made)
        at = token.end()
    _put(source[at:], look, made)
    return joined(made)


def _paired(source: str) -> set[int]:
    """Where stars and lines open or close emphasis; a mark of a list line or one alone is a sign."""
    marks = [
        found for found in _TOKEN.finditer(source) if found["mark"] and not _is_bullet(source, found.start())
    ]
    kept: set[int] = set()
    waiting: dict[str, int] = {}
    for found in marks:
        sign = found["mark"]
        if sign in waiting:
            kept |= {waiting.pop(sign), found.start()}
        else:
            waiting[sign] = found.start()
    return kept


def _is_bullet(source: str, at: int) -> bool:
    """A star at the start of a row with a blank after it."""
    before = source[:at].rsplit("\n", 1)[-1]
    return not before.strip() and source[at : at + 2] == "* "


def _take(token: re.Match[str], look: Look, made: list[Inline]) -> None:
    if token["escaped"]:
        made.append(look.text(token["escaped"]))
    elif token["mark"]:
        look.bold ^= len(token["mark"]) > 1
        look.italic ^= len(token["mark"]) != 2
    elif token["link"]:
        made.append(replace(look.text(token["link"].removeprefix("mailto:")), link=token["link"]))
    elif token["to"]:
        _linked(token["words"], token["to"], look, made)
    elif token["code"]:
        _put(token["inside"], look, made)
    elif token["tag"]:
        _tag(token, look, made)


def _linked(words: str, to: str, look: Look, made: list[Inline]) -> None:
    is_address = to.startswith(("http://", "https://", "mailto:"))
    made.append(replace(look.text(html.unescape(words)), link=to if is_address else ""))


def _tag(token: re.Match[str], look: Look, made: list[Inline]) -> None:
    closes = token[0].startswith("</")
    match token["tag"].lower():
        case "b" | "strong":
            look.bold = not closes
        case "i" | "em":
            look.italic = not closes
        case "u":
            look.underline = not closes
        case "sup" | "sub":
            look.script = "" if closes else {"sup": "super", "sub": "sub"}[token["tag"].lower()]
        case "br":
            made.append(Break())


def _put(source: str, look: Look, made: list[Inline]) -> None:
    """Words with their looks; a row's end is a break."""
    for at, row in enumerate(source.split("\n")):
        if at:
            made.append(Break())
        words = html.unescape(row.rstrip("\\") if at < source.count("\n") else row)
        if words:
            made.append(look.text(words))
