"""What is pasted into an editor, from Word, LibreOffice, a chat or a PDF: looks dropped, lists and tables kept,
broken lines joined, stray page numbers and doubled blanks removed, NFC; each repair is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from lxml import html as parser

from ..document.nodes import Inlines, Item, Node, Paragraph, Text, words
from .lines import Line, Note, joined
from .repair import repaired
from .text import lines_of

_MARK = re.compile(r"\s*(?:([-–—+*•·▪§o])|(\d{1,3}\)|[a-zđ]\)))[\s\u00a0]+(?=\S)", re.IGNORECASE)
#: What Word draws before a list line, and the sign an official document prints for it.
_DRAWN = {"–": "-", "—": "-", "•": "-", "·": "-", "▪": "-", "§": "-", "o": "+"}
_LEVEL = re.compile(r"mso-list:[^;]*?level(\d)", re.IGNORECASE)
_LOOKS = re.compile(r"\s(?:style|class|align|width|bgcolor|face|color)\s*=", re.IGNORECASE)


def from_text(text: str) -> tuple[tuple[Node, ...], list[Note]]:
    """Plain text as nodes: cut lines joined where that is certain, page numbers out, list marks read."""
    lines, _ = lines_of(unicodedata.normalize("NFC", text))
    fixed, notes = repaired(list(lines), pages=True)
    found = tuple(_node(line.content) for line in fixed if isinstance(line, Line) and line.content)
    return found, [note for note in notes if note.kind in ("repaired", "dropped")]


def _node(content: Inlines) -> Node:
    """A paragraph, or a list line when it begins with a mark."""
    first = content[0] if content else None
    found = _MARK.match(first.text) if isinstance(first, Text) else None
    if not isinstance(first, Text) or found is None:
        return Paragraph(content)
    mark = found[1] or found[2]
    rest = joined((replace(first, text=first.text[found.end() :]), *content[1:]))
    return Item(_DRAWN.get(mark, mark), rest, 2 if mark in ("o", "+") else 1)


def list_marks(html: str) -> str:
    """Word's HTML with its list paragraphs as lists: Word writes the mark as text and the level as a style."""
    if "mso-list" not in html and "MsoList" not in html:
        return html
    root = parser.fragment_fromstring(html, create_parent="div")
    for paragraph in list(root.iter("p")):
        if "MsoList" in paragraph.get("class", "") or "mso-list" in paragraph.get("style", ""):
            _make_item(paragraph)
    inner: str = parser.tostring(root, encoding="unicode")
    return inner[len("<div>") : -len("</div>")]


def _make_item(paragraph: parser.HtmlElement) -> None:
    level = _LEVEL.search(paragraph.get("style", ""))
    for drawn in paragraph.xpath('.//span[contains(@style,"mso-list:Ignore")]'):
        sign = " ".join(drawn.text_content().split())
        paragraph.set("data-sign", _DRAWN.get(sign, sign) or "-")
        drawn.drop_tree()
    outer = parser.Element("ul")
    outer.set("data-mark", "+" if level and int(level[1]) > 1 else "-")
    parent = paragraph.getparent()
    if parent is None:
        return
    parent.replace(paragraph, outer)
    paragraph.tag = "li"
    outer.append(paragraph)


def cleaned(found: tuple[Node, ...]) -> tuple[tuple[Node, ...], list[Note]]:
    """Nodes with list marks read, blanks single, page numbers on lines of their own out."""
    notes: list[Note] = []
    return tuple(_cleaned(found, notes)), _counted(notes)


def _cleaned(found: tuple[Node, ...], notes: list[Note]) -> Iterator[Node]:
    for node in found:
        if not isinstance(node, Paragraph):
            yield node
            continue
        if re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", words(node.content)) and len(found) > 1:
            notes.append(Note("dropped", "Bỏ số trang", words(node.content).strip()))
            continue
        yield _node(_single(node.content, notes))


def _single(content: Inlines, notes: list[Note]) -> Inlines:
    text = words(content)
    if "  " in text or "\u00a0" in text:
        notes.append(Note("repaired", "Bỏ dấu cách thừa"))
    parts = (
        replace(part, text=re.sub(r"[ \u00a0\t]+", " ", part.text)) if isinstance(part, Text) else part
        for part in content
    )
    return joined(parts)


def _counted(notes: list[Note]) -> list[Note]:
    """One note for each sort."""
    found: dict[str, Note] = {}
    for note in notes:
        before = found.get(note.text)
        found[note.text] = replace(before, count=before.count + 1) if before else note
    return list(found.values())


def had_looks(html: str) -> bool:
    """Whether fonts, colours or sizes came along."""
    return bool(_LOOKS.search(html))
