"""What a Word file holds, read from its XML without the library that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMES = {"w": W[1:-1], "r": R[1:-1]}

Element = etree._Element


def part(docx: bytes, name: str) -> Element:
    """The root of one part ("word/styles.xml")."""
    with ZipFile(BytesIO(docx)) as file:
        return etree.fromstring(file.read(name))


def find(root: Element, path: str) -> list[Element]:
    """Elements, or attribute values, by XPath with the prefixes w: and r:."""
    return root.xpath(path, namespaces=NAMES)


def value(root: Element, path: str, name: str = "val") -> str | None:
    """The w: attribute of the first element there; None where there is none."""
    found = find(root, path)
    return found[0].get(W + name) if found else None


def relations(docx: bytes) -> dict[str, tuple[str, str]]:
    """Target and mode of each relationship of the main part, by id."""
    root = part(docx, "word/_rels/document.xml.rels")
    return {at.get("Id"): (at.get("Target"), at.get("TargetMode", "")) for at in root}


def words(paragraph: Element) -> str:
    """The text of a paragraph; a break is a newline."""
    parts = []
    for element in paragraph.iter(W + "t", W + "br", W + "tab"):
        parts.append(
            element.text or "" if element.tag == W + "t" else "\n" if element.tag == W + "br" else "\t"
        )
    return "".join(parts)


def body(docx: bytes) -> Element:
    """The body of the main part."""
    return part(docx, "word/document.xml")[0]


def paragraphs(docx: bytes) -> list[str]:
    """The text of every paragraph, those in cells too, in reading order."""
    return [words(paragraph) for paragraph in body(docx).iter(W + "p")]


def text(docx: bytes) -> str:
    """All text in order, white space left out; a section of pages is followed by its first page's footer."""
    return "".join("".join(_texts(docx)).split())


def _texts(docx: bytes) -> Iterator[str]:
    related = relations(docx)
    for element in body(docx).iter(W + "p", W + "sectPr"):
        if element.tag == W + "p":
            yield words(element)
            continue
        for footer in find(element, "w:footerReference[@w:type='first']/@r:id"):
            yield from map(words, part(docx, f"word/{related[footer][0]}").iter(W + "p"))


def complaints(docx: bytes) -> list[str]:
    """What Word would repair or refuse, by openxml-audit's strict rules for the newest Word."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.docx"
        path.write_bytes(docx)
        found = _validator().validate(path).errors
    return [f"{error.part_uri}: {error.description}" for error in found]


@lru_cache(maxsize=1)
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
