"""Whether a PDF says what an approved one says: text outside the places kept for signing, and pictures of pages.

A tool that signs may stamp the page or make the file anew from Word, so letters move; what they say may not.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from .signing import Box

#: Points above the text where page numbers stand.
_TOP = 20 / 25.4 * 72
#: Points a letter may move, and a stamp reach over the edge of its place.
_NEAR = 1.5
_DPI = 60
#: What may stand in a gap of the text, by the place: a number, digits of a date, lines of a stamp.
_GAPS = {"number": r"[0-9A-Za-zđĐ]{0,12}?", "date": r"\d{0,4}?", "leader": r".{0,300}?"}


class Likeness(StrEnum):
    """How a file's pages compare: same letters in the same places and the same picture, or only the same text."""

    SAME_PAGES = "same_pages"
    SAME_TEXT = "same_text"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Compared:
    """`reason` says what differs, a sentence for the officer; `filled` is what stands in the places, by name."""

    likeness: Likeness
    reason: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and its box on a page (from 0), points from the bottom left corner."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True)
class _Read:
    """A file as read: its letters in content order, and each page's width, height and turn."""

    letters: tuple[Letter, ...]
    pages: tuple[tuple[int, int, int], ...]


class UnreadableError(ValueError):
    """Bytes that are no PDF pages can be read from."""


def compare(approved: bytes, other: bytes, boxes: Sequence[Box]) -> Compared:
    """How `other` compares with the approved file outside `boxes`. Raises `UnreadableError`."""
    first, second = _read(approved), _read(other)
    if any(turn for *_, turn in second.pages):
        return Compared(Likeness.DIFFERENT, "Có trang bị xoay.")
    if len({letter.page for letter in second.letters}) < len(second.pages):
        return Compared(Likeness.DIFFERENT, "Có trang thêm vào không có chữ.")
    if first.pages != second.pages or not _same_places(first.letters, _without_stamps(first, second, boxes)):
        return _same_text(first.letters, second, boxes)
    page = _other_picture(approved, other, boxes)
    if page is not None:
        return Compared(
            Likeness.DIFFERENT, f"Trang {page + 1} có phần che lên hoặc vẽ thêm ngoài các ô để ký."
        )
    return Compared(Likeness.SAME_PAGES, filled=_stamped(first, second, boxes))


def text_of(pdf: bytes) -> str:
    """What can be read on the pages, form fields left out, without blanks. Raises `UnreadableError`."""
    return _words(_read(pdf).letters)


def _same_text(letters: Sequence[Letter], second: _Read, boxes: Sequence[Box]) -> Compared:
    gaps = _gaps(letters, boxes)
    wanted = re.compile(_pattern(letters, gaps), re.DOTALL)
    # stamps drawn on the page come last in its content; what stands in the boxes is left out first
    outside = "".join(letter.text for letter in second.letters if not _inside(letter, boxes))
    for text in (_words(second.letters), outside):
        if match := wanted.fullmatch(text):
            filled = {name: words for (_, name, _), words in zip(gaps, match.groups(), strict=True) if words}
            return Compared(Likeness.SAME_TEXT, "Dàn trang khác bản đã duyệt; chữ giống nhau.", filled)
    return Compared(Likeness.DIFFERENT, _first_difference(_words(letters), _words(second.letters)))


def _words(letters: Iterable[Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _first_difference(approved: str, other: str) -> str:
    """Where the texts part, beyond the number and date at their head."""
    head = max(approved.find("BÁOCÁO"), 0), max(other.find("BÁOCÁO"), 0)
    one, two = approved[head[0] :], other[head[1] :]
    at = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return "Nội dung dài, ngắn khác bản đã duyệt."
    start = max(at - 12, 0)
    return (
        f"Nội dung khác bản đã duyệt tại “…{one[start : at + 18]}…”, trong tệp là “…{two[start : at + 18]}…”."
    )


# --- reading ------------------------------------------------------------------------------------------


def _read(pdf: bytes) -> _Read:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("not a PDF") from error
    letters: list[Letter] = []
    sizes: list[tuple[int, int, int]] = []
    try:
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            sizes.append((round(width), round(height), page.get_rotation()))
            letters += _letters(page, number, height)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("a page cannot be read") from error
    finally:
        document.close()
    return _Read(tuple(letters), tuple(sizes))


def _letters(page: pypdfium2.PdfPage, number: int, height: float) -> list[Letter]:
    """What can be seen of a page's text, without page numbers and blanks."""
    text = page.get_textpage()
    characters = text.get_text_range()
    found: list[Letter] = []
    if len(characters) == text.count_chars():
        for at, character in enumerate(characters):
            if character.isspace() or unicodedata.category(character) in ("Cc", "Cf"):
                continue
            left, bottom, right, top = text.get_charbox(at)
            if bottom > height - _TOP and character.isdigit():
                continue
            found.append(Letter(unicodedata.normalize("NFC", character), number, left, bottom, right, top))
    text.close()
    return found


def _inside(letter: Letter, boxes: Iterable[Box]) -> bool:
    across, up = letter.middle
    return any(
        box.page == letter.page
        and box.left - _NEAR <= across <= box.right + _NEAR
        and box.bottom - _NEAR <= up <= box.top + _NEAR
        for box in boxes
    )


def _without_stamps(first: _Read, second: _Read, boxes: Sequence[Box]) -> list[Letter]:
    """The other file's letters without those a stamp put into a box; the approved text under a box stays."""
    places = {_place(letter) for letter in first.letters}
    return [at for at in second.letters if not _inside(at, boxes) or _place(at) in places]


def _stamped(first: _Read, second: _Read, boxes: Sequence[Box]) -> dict[str, str]:
    """The text a stamp put into each box."""
    places = {_place(letter) for letter in first.letters}
    new = [letter for letter in second.letters if _place(letter) not in places]
    found = {box.name: "".join(at.text for at in new if _inside(at, [box])) for box in boxes}
    return {name: text for name, text in found.items() if text}


def _place(letter: Letter) -> tuple[str, int, int, int]:
    return letter.text, letter.page, round(letter.left), round(letter.bottom)


def _same_places(first: Sequence[Letter], second: Sequence[Letter]) -> bool:
    """The same letters in the same order and places."""
    if len(first) != len(second):
        return False
    return all(
        one.text == two.text
        and one.page == two.page
        and abs(one.left - two.left) < _NEAR
        and abs(one.bottom - two.bottom) < _NEAR
        for one, two in zip(first, second, strict=True)
    )


# --- gaps ---------------------------------------------------------------------------------------------


def _gaps(letters: Sequence[Letter], boxes: Sequence[Box]) -> list[tuple[int, str, str]]:
    """Where the approved text is open: how many letters come before, the place's name, what may stand there."""
    return sorted(
        (_offset(letters, box), box.name, _GAPS[box.name.split(".")[0].split("-")[0]])
        for box in boxes
        if not box.name.startswith(("seal", "initials"))
    )


def _pattern(letters: Sequence[Letter], gaps: Iterable[tuple[int, str, str]]) -> str:
    """The approved text as a regular expression with one group a gap."""
    text, ends, at = _words(letters), _ends(letters), 0
    parts: list[str] = []
    for offset, _, gap in gaps:
        parts += [re.escape(text[at : ends[offset]]), f"({gap})"]
        at = ends[offset]
    return "".join((*parts, re.escape(text[at:])))


def _ends(letters: Sequence[Letter]) -> list[int]:
    """For each count of letters, how many characters they are."""
    ends = [0]
    for letter in letters:
        ends.append(ends[-1] + len(letter.text))
    return ends


def _offset(letters: Sequence[Letter], box: Box) -> int:
    """How many letters come before a place: those left of it on its line, or above it in its block."""
    on_page = [(at, letter) for at, letter in enumerate(letters) if letter.page == box.page]
    if box.size:
        before = [at for at, letter in on_page if _left_of(letter, box)]
    else:
        before = [at for at, letter in on_page if _above(letter, box)]
    start = bisect_left([letter.page for letter in letters], box.page)
    return max(before, default=start - 1) + 1


def _left_of(letter: Letter, box: Box) -> bool:
    return letter.right <= box.left + _NEAR and box.bottom <= letter.middle[1] <= box.top


def _above(letter: Letter, box: Box) -> bool:
    near = box.left - 60 <= letter.middle[0] <= box.right + 60
    return near and box.top - _NEAR <= letter.bottom <= box.top + 60


# --- pictures -----------------------------------------------------------------------------------------


def _other_picture(approved: bytes, other: bytes, boxes: Sequence[Box]) -> int | None:
    """The first page whose picture differs outside the boxes, form fields and stamps drawn."""
    first, second = pypdfium2.PdfDocument(approved), pypdfium2.PdfDocument(other)
    try:
        for document in (first, second):
            if document.get_formtype():
                document.init_forms()
        for number in range(len(first)):
            hidden = [box for box in boxes if box.page == number]
            if _differ(_picture(first, number), _picture(second, number), hidden):
                return number
    finally:
        first.close()
        second.close()
    return None


def _picture(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    picture: Image.Image = page.render(scale=_DPI / 72).to_pil()
    page.close()
    return picture.convert("L")


def _differ(one: Image.Image, two: Image.Image, boxes: Iterable[Box]) -> bool:
    if one.size != two.size:
        return True
    difference = ImageChops.difference(one, two)
    draw, scale = ImageDraw.Draw(difference), _DPI / 72
    for box in boxes:
        edges = (box.left - _NEAR, one.height / scale - box.top - _NEAR, box.right + _NEAR)
        draw.rectangle([*(edge * scale for edge in edges), one.height - (box.bottom - _NEAR) * scale], fill=0)
    lightest = difference.getextrema()[1]
    return isinstance(lightest, (int, float)) and lightest > 80
