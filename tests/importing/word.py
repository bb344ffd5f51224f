"""Word files made by hand from a shape: frame in tables, labels typed or counted by Word, real tables."""

from __future__ import annotations

import io
import re
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from .shapes import Shape


def built(shape: Shape, frame_in_tables: bool = True) -> bytes:
    """A Word file of the shape; headings with a bold label, tables of bars as tables."""
    word = Document()
    _head(word, shape.head, frame_in_tables)
    _body(word, shape.body)
    _tail(word, shape.tail, frame_in_tables)
    if shape.after:
        word.add_page_break()
        _body(word, shape.after)
    return saved(word)


def saved(word: Any) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _head(word: Any, head: str, in_tables: bool) -> None:
    parts = [part.splitlines() for part in head.split("\n\n") if part]
    if in_tables and len(parts) > 1:
        table = word.add_table(1, 2)
        for cell, lines in zip(table.rows[0].cells, parts[:2], strict=True):
            _lines(cell, lines)
        parts = parts[2:]
    for part in parts:
        for line in part:
            paragraph = word.add_paragraph()
            run = paragraph.add_run(line)
            if not line.startswith(("Kính gửi", "- ")):
                run.bold = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _tail(word: Any, tail: str, in_tables: bool) -> None:
    parts = [part.splitlines() for part in tail.split("\n\n") if part]
    if in_tables and len(parts) == 2:
        cells = word.add_table(1, 2).rows[0].cells
        for cell, lines in zip(
            cells, sorted(parts, key=lambda lines: "Nơi nhận" not in lines[0]), strict=True
        ):
            _lines(cell, lines)
        return
    for part in parts:
        word.add_paragraph()
        for line in part:
            word.add_paragraph(line)


def _lines(cell: Any, lines: list[str]) -> None:
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def _body(word: Any, body: str) -> None:
    rows: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        if " | " in line:
            rows.append(line.split(" | "))
            continue
        if rows:
            _table(word, rows)
            rows = []
        if line.strip():
            _paragraph(word, line)


def _paragraph(word: Any, line: str) -> None:
    paragraph = word.add_paragraph()
    bold = bool(re.match(r"(PHẦN|[A-Z]\.|[IVX]+[.-]) ?[^a-z]*$", line))
    paragraph.add_run(line).bold = bold or None


def _table(word: Any, rows: list[list[str]]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text


def numbered(word: Any, paragraph: Any, number: int, level: int) -> None:
    """Lets Word count the paragraph in list `number` at `level`."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", number)):
        child = OxmlElement(name)
        child.set(qn("w:val"), str(value))
        mark.append(child)
    properties.append(mark)


def add_list(word: Any, key: int, *levels: tuple[str, str]) -> None:
    """A list definition: (format, text) a level, as ("upperRoman", "%1.") or ("bullet", "-")."""
    part = word.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inner}</w:abstractNum>')
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
