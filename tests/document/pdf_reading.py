"""What a PDF's pages hold, read back by outside programs: text, words with their places, lines, fonts."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72


def tool(pdf: bytes, *command: str) -> str:
    """Runs a poppler program on the PDF; "{}" in the command is the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(pdf)
        made = subprocess.run(
            [part.replace("{}", str(path)) for part in command], capture_output=True, text=True, check=True
        )
    return made.stdout


def page_texts(pdf: bytes, top: float = 20) -> list[str]:
    """The text of each page in content order, without the `top` millimetres where page numbers stand."""
    crop = ("-r", "72", "-x", "0", "-y", str(round(top / MM)), "-W", "2000", "-H", "2000")
    return tool(pdf, "pdftotext", "-raw", *crop, "{}", "-").split("\f")[:-1]


def text(pdf: bytes) -> str:
    """All text in content order, white space and page numbers left out."""
    return "".join("".join(page_texts(pdf)).split())


@dataclass(frozen=True)
class Word:
    """A word and its box in millimetres from the page's top left corner; `page` counts from 1."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: bytes) -> list[Word]:
    """Every word with its place."""
    found, page = [], 0
    for line in tool(pdf, "pdftotext", "-bbox", "{}", "-").splitlines():
        page += "<page " in line
        if match := re.search(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*)</word>', line):
            left, top, right, bottom = (float(number) * MM for number in match.groups()[:4])
            found.append(Word(match[5], page, left, top, right, bottom))
    return found


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(round(side * MM) for side in page.get_size()) for page in document]
    finally:
        document.close()


def rules(pdf: bytes, page: int = 1) -> list[tuple[float, float, float]]:
    """Horizontal lines drawn on a page: left, right, distance from the top, in millimetres, top first."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        at = document[page - 1]
        height = at.get_size()[1]
        boxes = [thing.get_bounds() for thing in at.get_objects([raw.FPDF_PAGEOBJ_PATH])]
    finally:
        document.close()
    flat = [box for box in boxes if box[3] - box[1] < 3 and box[2] - box[0] > 10]
    return sorted(
        ((box[0] * MM, box[2] * MM, (height - box[3]) * MM) for box in flat), key=lambda rule: rule[2]
    )


def fonts(pdf: bytes) -> list[tuple[str, str, str]]:
    """Name without its subset tag, "emb" and "uni" columns of pdffonts."""
    rows = [line.split() for line in tool(pdf, "pdffonts", "{}").splitlines()[2:]]
    return [(row[0].partition("+")[2], row[-5], row[-3]) for row in rows]


def line_across(pdf: bytes, above: float, page: int = 1, dpi: int = 200) -> tuple[float, float, float]:
    """Left, right and top of the longest dark line in the 5 mm above a height, seen in a picture of the page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page - 1].render(scale=dpi / 72).to_pil().convert("L")
    finally:
        document.close()
    scale = 25.4 / dpi
    lines = []
    for row in range(round((above - 5) / scale), round(above / scale)):
        dark = [at for at in range(picture.width) if picture.getpixel((at, row)) < 160]
        if dark:
            lines.append((len(dark), dark[0] * scale, (dark[-1] + 1) * scale, row * scale))
    return max(lines)[1:]


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file as objects."""
    return pikepdf.open(BytesIO(pdf))
