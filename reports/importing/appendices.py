"""What stands behind the signatures: appendices with their label, title and “(Kèm theo …)” line."""

from __future__ import annotations

import re

from ..document.nodes import Appendix, Text
from . import repair
from .frame import _ATTACHED, _begins_appendix
from .labels import label_of
from .lines import Element, Grid, Line, Note
from .outline import blocks_of

_MARKER = re.compile(r"\[(APPENDIX|PHỤ LỤC)([^\]]*)\]$", re.IGNORECASE)
_LABEL = re.compile(
    r"(phụ lục|phụ biểu|biểu mẫu|biểu|mẫu)(\s+số)?\s*([IVX]+|\d{1,2}|[A-Z])?\s*[.:]?$", re.IGNORECASE
)
_UNIT = re.compile(r"\(?(đơn vị|đvt|đơn vị tính)\b", re.IGNORECASE)


def appendices_of(elements: list[Element], pages: bool) -> tuple[tuple[Appendix, ...], list[Note]]:
    """The appendices, cut where a line names one or, below a text, “(Kèm theo …)” ends a title."""
    groups: list[list[Element]] = []
    for element in elements:
        if not groups or (_begins_appendix(element) and _has_text(groups[-1])):
            groups.append([])
        groups[-1].append(element)
    notes: list[Note] = []
    return tuple(_appendix(group, pages, notes) for group in groups), notes


def _has_text(group: list[Element]) -> bool:
    """Whether more than a marker and a title was read."""
    return any(isinstance(at, Grid) or not (_begins_appendix(at)) for at in group)


def _appendix(group: list[Element], pages: bool, notes: list[Note]) -> Appendix:
    landscape = any(at.landscape for at in group)
    label, titles, reference, at = "", list[str](), "", 0
    for at, element in enumerate(group):
        if not isinstance(element, Line):
            break
        text = element.text.strip()
        if marker := _MARKER.fullmatch(text):
            landscape = landscape or "landscape" in marker[2] or "ngang" in marker[2]
        elif not at and _LABEL.fullmatch(text):
            label = text
        elif _ATTACHED.match(text) and not reference:
            reference = text
        elif reference.startswith("(") and ")" not in reference and len(text) < 200:
            reference = f"{reference} {text}"
        elif reference or _UNIT.match(text) or not _is_title(element, at, group):
            break
        else:
            titles.append(text)
    else:
        at = len(group)
    inside, found = repair.repaired(group[at:], pages)
    notes += found
    blocks, sections = blocks_of(inside)
    title = tuple((Text(line),) for line in titles)
    return Appendix(title, label, (Text(reference),) if reference else (), landscape, blocks, sections)


def _is_title(line: Line, at: int, group: list[Element]) -> bool:
    """Lines above “(Kèm theo …)”, in capitals, bold or centred; the first line if it is no sentence."""
    text = line.text.strip()
    if len(text) > 250 or (label_of(text) and not text.isupper()):
        return False
    below = group[at : at + 5]
    attached = any(isinstance(other, Line) and _ATTACHED.match(other.text.strip()) for other in below)
    return (
        attached
        or line.bold
        or line.centred
        or text.isupper()
        or (at == 0 and not text.endswith((".", ":", ";")))
    )
