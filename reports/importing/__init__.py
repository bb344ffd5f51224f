"""Existing reports come in: a Word, Markdown, text or PDF file to a document tree, in small stages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from ..document.nodes import Document
from . import bars, frame, markdown, repair, text
from .appendices import appendices_of
from .lines import Element, Note
from .naming import title_of
from .outline import sections_of
from .text import Unreadable

__all__ = ["ENDINGS", "Imported", "Note", "Unreadable", "read"]

#: Endings of the files that can be read.
ENDINGS = ("docx", "md", "markdown", "txt", "pdf")


@dataclass(frozen=True, slots=True)
class Imported:
    """A read report: the tree as printed, and what was recognised, repaired, left as text or dropped."""

    document: Document
    notes: tuple[Note, ...] = ()


def read(data: bytes, name: str) -> Imported:
    """The tree of a report's file; `name` tells its format by its ending.

    Labels, number, date and frame are as printed. What is not understood stays as text in its place.
    Raises Unreadable, with a sentence for the officer, for a file of no known format or without text.
    """
    elements, notes, pages = _elements(data, name)
    if not elements:
        raise Unreadable("Tệp không có chữ nào đọc được. Nếu là bản chụp, hãy dùng bản Word của báo cáo.")
    parts = frame.parted(bars.gathered(elements))
    around, unplaced = frame.read(parts)
    body, repairs = repair.repaired(parts.body, pages)
    appendices, more = appendices_of(parts.appendices, pages)
    document = Document(title_of(around), around, sections_of(body), appendices)
    left = [Note("left", "Dòng ở phần đầu hoặc cuối văn bản chưa rõ là gì", line) for line in unplaced]
    return Imported(document, (*notes, *repairs, *more, *left))


def _elements(data: bytes, name: str) -> tuple[list[Element], list[Note], bool]:
    """Lines and tables of a file, notes, and whether its text may hold remains of pages."""
    match PurePath(name).suffix.lower().removeprefix("."):
        case "docx":
            from . import docx

            return (*docx.read(data), False)
        case "md" | "markdown":
            return (*markdown.read(data), True)
        case "pdf":
            from . import pdf

            return (*pdf.read(data), True)
        case "txt" | "text" | "":
            lines, notes = text.read(data)
            return list(lines), notes, True
    raise Unreadable("Chỉ nạp được tệp Word (.docx), Markdown (.md), văn bản thuần (.txt) hoặc PDF có chữ.")
