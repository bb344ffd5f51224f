"""A Word file to lines and tables: looks, automatic numbers, merged cells; linear in the length of the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document as open_package
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ..document.nodes import Break, Inline, Text
from .docx_numbers import Numbers
from .docx_styles import Looks, is_on, w
from .grid import Place, table_of
from .lines import Element, Grid, Line, Note, joined, tidy
from .text import Unreadable

#: Parts come from strangers: nothing outside the file is read.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = frozenset({w("drawing"), w("pict"), w("object")})
_THROUGH = frozenset(map(w, ("smartTag", "ins", "moveTo", "customXml", "fldSimple", "dir", "bdo")))
_SYMBOLS = {"f0b7": "•", "f0a7": "▪", "f0d8": "➢", "f0fc": "✓", "f02d": "-", "f0a8": "□"}


@dataclass
class Word:
    """An open Word file: its parts, and what was met on the way."""

    body: Any
    looks: Looks
    numbers: Numbers
    links: dict[str, str]
    feet: dict[str, str] = field(default_factory=dict)  # texts of foot- and endnotes by their ids
    wide: list[bool] = field(default_factory=list)  # which sections of pages are landscape, in order
    section: int = 0  # the section being read
    notes: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def note(self, kind: str, text: str, words: str = "") -> None:
        self.notes[kind, text, words] = self.notes.get((kind, text, words), 0) + 1


def read(data: bytes) -> tuple[list[Element], list[Note]]:
    """Lines and tables of a Word file in reading order, and what was not carried over."""
    word = opened(data)
    elements = list(_elements(word.body, word))
    return _with_gaps(elements), [Note(*told, count) for told, count in word.notes.items()]


def opened(data: bytes) -> Word:
    """The file's parts. Raises Unreadable for what is no Word file."""
    part = main_part(data)
    links = {key: rel.target_ref for key, rel in part.rels.items() if rel.is_external}
    styles, numbers = part_of(part, "styles"), part_of(part, "numbering")
    feet = {**_feet(part, "footnotes", "footnote"), **_feet(part, "endnotes", "endnote")}
    word = Word(part.element.body, Looks(styles), Numbers(numbers), links, feet)
    word.wide = [_is_landscape(section) for section in word.body.iter(w("sectPr"))]
    for text in _edges(part):
        word.note("left", "Chữ ở đầu trang hoặc chân trang bản Word, không thuộc thân văn bản", text)
    return word


def _feet(part: Any, name: str, tag: str) -> dict[str, str]:
    """The texts of notes at the foot or end by their ids."""
    root = part_of(part, name)
    found = [] if root is None else root.findall(w(tag))
    return {f"{tag}{at.get(w('id'), '')}": _words(at) for at in found}


def _edges(part: Any) -> Iterator[str]:
    """What stands in headers and footers beside page numbers."""
    for rel in part.rels.values():
        if rel.reltype.endswith(("/header", "/footer")) and not rel.is_external:
            text = _words(etree.fromstring(rel.target_part.blob, _PARSER))
            if re.search(r"[^\W\d_]{2}", text.lower().replace("page", "")):
                yield text


def _words(element: Any) -> str:
    return tidy(
        " ".join("".join(at.text or "" for at in p.iter(w("t"))) for p in element.iter(w("p")))
    ).strip()


def main_part(data: bytes) -> Any:
    """The main part of a Word file. Raises Unreadable for what is none."""
    try:
        return open_package(io.BytesIO(data)).part
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise Unreadable(
            "Tệp không phải văn bản Word (.docx), hoặc đã hỏng. Hãy mở bằng Word và lưu lại."
        ) from error


def part_of(part: Any, name: str) -> Any:
    """The XML of a related part, or None when the file has none."""
    for rel in part.rels.values():
        if rel.reltype.endswith(f"/{name}") and not rel.is_external:
            return etree.fromstring(rel.target_part.blob, _PARSER)
    return None


# --- blocks -------------------------------------------------------------------------------------------


def _elements(parent: Any, word: Word) -> Iterator[Element]:
    """Paragraphs and tables below an element, content controls and accepted insertions opened."""
    for child in parent:
        if child.tag == w("p"):
            yield from _paragraph(child, word)
        elif child.tag == w("tbl"):
            if (grid := _table(child, word)) is not None:
                yield grid
        elif child.tag == w("sdt"):
            yield from (
                _elements(child.find(w("sdtContent")), word)
                if child.find(w("sdtContent")) is not None
                else ()
            )
        elif child.tag in _THROUGH:
            yield from _elements(child, word)


def _paragraph(element: Any, word: Word) -> Iterator[Line]:
    """A paragraph, an empty one too, with the number Word shows before it; text boxes in it follow."""
    style, properties = word.looks.paragraph(element), element.find(w("pPr"))
    content = list(_inlines(element, style, word))
    label, indent = word.numbers.label(element, style.numbered)
    if label and any(isinstance(part, Text) and part.text.strip() for part in content):
        content.insert(0, replace(style.look, text=f"{label} "))
    page = style.page or _is_page(element)
    line = Line(joined(content), page=page, level=style.level, indent=indent, centred=style.centred)
    section = None if properties is None else properties.find(w("sectPr"))
    yield line
    if section is not None:
        word.section += 1
        wide = word.section < len(word.wide) and word.wide[word.section]
        yield Line((), page=True, landscape=wide)
    for box in element.iter(w("txbxContent")):
        if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
            yield from (found for found in _elements(box, word) if isinstance(found, Line))


def _is_page(element: Any) -> bool:
    return any(at.get(w("type")) == "page" for at in element.iter(w("br")))


def _is_landscape(section: Any) -> bool:
    size = section.find(w("pgSz"))
    return size is not None and size.get(w("orient")) == "landscape"


def _with_gaps(elements: list[Element]) -> list[Element]:
    """Empty paragraphs become the gap above the next line; a break of pages its page."""
    made: list[Element] = []
    gap = page = wide = False
    for element in elements:
        if isinstance(element, Line) and not element.content:
            gap, page, wide = True, page or element.page, wide or element.landscape
            continue
        gap, page, wide = gap or element.gap, page or element.page, wide or element.landscape
        made.append(replace(element, gap=gap, page=page, landscape=wide))
        gap = page = wide = False
    return made


# --- tables -------------------------------------------------------------------------------------------


def _table(element: Any, word: Word) -> Grid | None:
    """A table with its spans, and the lines of its cells column by column."""
    rows: list[list[Place]] = []
    lines: list[Line] = []
    starts: list[int] = []
    for tr in element.iter(w("tr")):
        if next(tr.iterancestors(w("tbl"))) is element:
            places, inside = _row(tr, word)
            rows.append(places)
            starts.append(len(lines))
            lines += inside
    table = table_of(rows)
    return None if table is None else Grid(table, tuple(lines), tuple(starts))


def _row(tr: Any, word: Word) -> tuple[list[Place], list[Line]]:
    properties = tr.find(w("trPr"))
    before = _number(properties, "gridBefore")
    head = properties is not None and is_on(properties.find(w("tblHeader")))
    places = [Place((), before)] if before else []
    lines: list[Line] = []
    at = before
    for tc in _cells(tr):
        inside = [line for found in _elements(tc, word) for line in _flat(found)]
        shown = [line for line in inside if line.content]
        place = _place(tc, tuple(shown), head)
        places.append(place)
        at += place.across
        lines += [
            replace(line, column=len(places)) for line in _with_gaps(list(inside)) if isinstance(line, Line)
        ]
    return places, lines


def _cells(tr: Any) -> Iterator[Any]:
    for child in tr:
        if child.tag == w("tc"):
            yield child
        elif child.tag in _THROUGH or child.tag == w("sdt"):
            content = child.find(w("sdtContent")) if child.tag == w("sdt") else child
            yield from _cells(content) if content is not None else ()


def _flat(found: Element) -> Iterator[Line]:
    """A table inside a cell gives its words, cell by cell."""
    yield from (found,) if isinstance(found, Line) else found.lines


def _place(tc: Any, lines: tuple[Line, ...], head: bool) -> Place:
    properties = tc.find(w("tcPr"))
    merged = None if properties is None else properties.find(w("vMerge"))
    goes_on = merged is not None and merged.get(w("val"), "continue") == "continue"
    content: list[Inline] = []
    for line in lines:
        content += [Break(), *line.content] if content else line.content
    bold = bool(lines) and all(line.bold for line in lines)
    shown = tuple(replace(part, bold=False) if bold and isinstance(part, Text) else part for part in content)
    return Place(shown, max(1, _number(properties, "gridSpan", 1)), goes_on, merged is not None, head, bold)


def _number(properties: Any, name: str, fallback: int = 0) -> int:
    found = None if properties is None else properties.find(w(name))
    digits = "" if found is None else found.get(w("val"), "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else fallback


# --- words --------------------------------------------------------------------------------------------


def _inlines(element: Any, style: Any, word: Word, link: str = "") -> Iterator[Inline]:
    """The words of a paragraph as Word shows them: insertions taken, deletions and field codes left out."""
    for child in element:
        if child.tag == w("r"):
            yield from _run(child, style, word, link)
        elif child.tag == w("hyperlink"):
            to = word.links.get(child.get(f"{_R}id", ""), "")
            is_address = to.startswith(("http://", "https://", "mailto:"))
            yield from _inlines(child, style, word, tidy(to).strip() if is_address else "")
        elif child.tag == w("sdt"):
            content = child.find(w("sdtContent"))
            yield from _inlines(content, style, word, link) if content is not None else ()
        elif child.tag in _THROUGH:
            if child.tag == w("ins"):
                word.note("recognised", "Đã lấy phần được thêm khi theo dõi sửa đổi (Track Changes)")
            yield from _inlines(child, style, word, link)
        elif child.tag in (w("del"), w("moveFrom")):
            word.note("dropped", "Đã bỏ phần bị xóa khi theo dõi sửa đổi (Track Changes)")
        elif child.tag == w("commentReference"):
            word.note("dropped", "Ghi chú (Comment) trong Word không thuộc văn bản")


def _run(run: Any, style: Any, word: Word, link: str) -> Iterator[Inline]:
    look = replace(word.looks.run(run, style), link=link)
    for child in run:
        if child.tag in (w("br"), w("cr")):
            if child.get(w("type")) not in ("page", "column"):
                yield Break()
        elif (text := _shown(child)) is not None:
            yield replace(look, text=text)
        else:
            _note_of(child, word)


def _shown(child: Any) -> str | None:
    """The words a part of a run shows; None for what is no text."""
    if child.tag == w("t"):
        return tidy(child.text or "")
    if child.tag in (w("tab"), w("ptab")):
        return " "
    if child.tag == w("noBreakHyphen"):
        return "-"
    return _SYMBOLS.get(child.get(w("char"), "").lower(), "•") if child.tag == w("sym") else None


def _note_of(child: Any, word: Word) -> None:
    """Says what is not carried over: notes at the foot, comments, pictures."""
    if child.tag in (w("footnoteReference"), w("endnoteReference")):
        tag = "footnote" if child.tag == w("footnoteReference") else "endnote"
        words = word.feet.get(f"{tag}{child.get(w('id'), '')}", "")
        word.note("left", "Chú thích ở chân trang không nằm trong câu; chép vào báo cáo nếu cần", words)
    elif child.tag == w("commentReference"):
        word.note("dropped", "Ghi chú (Comment) trong Word không thuộc văn bản")
    elif child.tag in _DRAWN and child.find(f".//{w('txbxContent')}") is None and _is_picture(child):
        word.note("left", "Có hình trong bản Word; hình không được nạp")


def _is_picture(drawn: Any) -> bool:
    """A picture, not one of the lines drawn under the letterhead."""
    return any(str(at.tag).rsplit("}", 1)[-1] in ("pic", "imagedata", "chart") for at in drawn.iter())
