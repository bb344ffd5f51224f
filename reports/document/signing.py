"""Where an approved document is numbered, dated and signed: the places kept open on its pages (NĐ 30 Phụ lục I).

Number and date are left blank with room for what the clerk fills in; the boxes are read off the laid out pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .layout import LAYOUT, SINGLE, Layout
from .nodes import Document, Inlines, Slot
from .widths import MM_PER_POINT

#: Points a CSS pixel.
PIXEL = 0.75

#: Blanks wide enough for four digits, two, two and four.
_GAPS = {"number": 9, "day": 5, "month": 5, "year": 8}

#: Width of the leader's image, mm. Its height is the room between 7a and 7b.
LEADER_WIDTH = 45
#: Side of the ward's round seal at real size, mm.
SEAL = 36

#: Signature blocks that get fields; joint papers have two or three.
BLOCKS = 12

#: Names the places for the paged writer.
MARKS = """\
.official .number .slot { -weasy-anchor: "number" }
.official .place-date [data-slot=day] { -weasy-anchor: "day" }
.official .place-date [data-slot=month] { -weasy-anchor: "month" }
.official .place-date [data-slot=year] { -weasy-anchor: "year" }
.official .closing { -weasy-anchor: "closing" }
""" + "\n".join(
    f'.official [data-place="{place}-{at}"] {{ -weasy-anchor: "{place}-{at}" }}'
    for at in range(1, BLOCKS + 1)
    for place in ("o7", "o7b")
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: points from the page's bottom left corner; `page` counts from 0.

    Names: number, date.day, date.month, date.year, leader, seal, initials; a second block's are leader-2, seal-2.
    `size` is the size of text to be filled in, points; 0 for a place of no text.
    """

    name: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float = 0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Marked(NamedTuple):
    """A laid out page: marked places by name (left, top, right, bottom, CSS pixels from its top left), its size."""

    places: Mapping[str, tuple[float, ...]]
    width: float
    height: float


# --- the blank ----------------------------------------------------------------------------------------


def is_numbered(document: Document) -> bool:
    """True where the number was given before signing: number and date are printed then, not filled in."""
    return any(
        isinstance(node, Slot) and node.kind == "number" and node.text for node in document.frame.number
    )


def blank(document: Document) -> Document:
    """The document with its number and whole date open: signing can slip into another day, month or year."""
    if is_numbered(document):
        return document
    frame = document.frame
    opened = replace(frame, number=_opened(frame.number), place_date=_opened(frame.place_date))
    return replace(document, frame=opened)


def _opened(content: Inlines) -> Inlines:
    return tuple(
        replace(node, text="", gap=_GAPS[node.kind]) if isinstance(node, Slot) else node for node in content
    )


# --- the boxes ----------------------------------------------------------------------------------------


def boxes(document: Document, pages: Sequence[Marked], layout: Layout = LAYOUT) -> tuple[Box, ...]:
    """Every place of the document, in reading order."""
    found: list[Box] = []
    for number, page in enumerate(pages):
        if not is_numbered(document):
            found += _text_boxes(number, page, layout)
        for at in range(1, min(len(document.frame.signatures), BLOCKS) + 1):
            found += _signature_boxes(number, page, at, layout)
        found += _initials(number, page, layout)
    return tuple(found)


def _text_boxes(number: int, page: Marked, layout: Layout) -> list[Box]:
    sizes = {"number": layout.sizes.number} | dict.fromkeys(("day", "month", "year"), layout.sizes.place_date)
    return [
        _box(name if name == "number" else f"date.{name}", number, page, page.places[name], size)
        for name, size in sizes.items()
        if name in page.places
    ]


def _box(name: str, number: int, page: Marked, place: Sequence[float], size: float = 0) -> Box:
    left, top, right, bottom = (round(length * PIXEL, 2) for length in place)
    height = round(page.height * PIXEL, 2)
    return Box(name, number, left, round(height - bottom, 2), right, round(height - top, 2), size)


def _signature_boxes(number: int, page: Marked, at: int, layout: Layout) -> list[Box]:
    """7c centred between 7a and 7b; the seal over its left third (NĐ 30 Phụ lục I, II.8)."""
    block = page.places.get(f"o7-{at}")
    if block is None:
        return []
    left, _, right, bottom = block
    room = layout.signing_space / MM_PER_POINT / PIXEL
    top = page.places[f"o7b-{at}"][1] if f"o7b-{at}" in page.places else bottom - room
    half = LEADER_WIDTH / MM_PER_POINT / PIXEL / 2
    side = SEAL / MM_PER_POINT / PIXEL
    middle, height = (left + right) / 2, top + room / 2
    third = middle - half + 2 * half / 3
    leader = (middle - half, top, middle + half, top + room)
    seal = (third - side, height - side / 2, third, height + side / 2)
    more = f"-{at}" if at > 1 else ""
    return [_box(f"leader{more}", number, page, leader), _box(f"seal{more}", number, page, seal)]


def _initials(number: int, page: Marked, layout: Layout) -> list[Box]:
    """Where an initial (ký nháy) leaves text alone: the margin right of the closing block, and above its foot."""
    closing = page.places.get("closing")
    if closing is None:
        return []
    edge = page.width - layout.margin_right / MM_PER_POINT / PIXEL
    return [_box("initials", number, page, (edge, closing[1] - 60, page.width, closing[3]))]


def baseline(box: Box) -> float:
    """Height of the text's base line above the bottom of its box, points (Liberation Serif: ascent 0.891 em)."""
    leading = (SINGLE - 0.891 - 0.216) / 2
    return round(box.height - (leading + 0.891) * box.size, 2)
