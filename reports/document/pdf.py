"""The tree as one PDF that is PDF/A-2a and PDF/UA-1, made by WeasyPrint from the HTML of the preview.

The bytes depend on the tree, the layout, the engine and its fonts only: no date, no random id.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import signing
from .html import body, standalone
from .layout import LAYOUT, Layout, css
from .nodes import Document
from .signing import Box

#: PDF/A-2a plus tags; the finisher adds what UA-1 asks beyond it.
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-2a", "presentational_hints": True}

#: The one family embedded: as wide as Times New Roman, letter by letter.
FAMILY = "Liberation Serif"

_FONTS = FontConfiguration()

_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema\
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description></rdf:RDF>"""


class _Closed(URLFetcher):  # type: ignore[misc]
    """Loads nothing: a document brings all it needs, and no text in it may reach the network or the disk."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        raise ValueError(f"a document may not load {url!r}")


_CLOSED = _Closed()


class PdfError(RuntimeError):
    """The PDF could not be made as it must be: a missing letter, a foreign font, a refused address."""


def render(document: Document, layout: Layout = LAYOUT) -> bytes:
    """One PDF, PDF/A-2a and PDF/UA-1; `document` is resolved. Raises `PdfError` rather than print boxes."""
    return write(source(document, layout), layout)


def source(document: Document, layout: Layout = LAYOUT) -> str:
    """The HTML the PDF is made from: without style sheet, which is parsed once per layout."""
    return standalone(document, body(document, layout, contact_first=True))


def write(html: str, layout: Layout = LAYOUT) -> bytes:
    """The PDF of an HTML string made by `source`."""
    _check_letters(html)
    with _loud():
        made = weasyprint.HTML(string=html, url_fetcher=_CLOSED).write_pdf(
            stylesheets=[style_sheet(layout)], font_config=_FONTS, finisher=_finish, **OPTIONS
        )
    if not isinstance(made, bytes):
        raise PdfError("WeasyPrint made no PDF")
    return made


def print_pages(html: str, style: str) -> bytes:
    """The PDF, PDF/A-2a and PDF/UA-1, of pages that are no report: a register with its own style sheet."""
    _check_letters(html)
    with _loud():
        sheet = weasyprint.CSS(string=style, font_config=_FONTS, url_fetcher=_CLOSED)
        made = weasyprint.HTML(string=html, url_fetcher=_CLOSED).write_pdf(
            stylesheets=[sheet], font_config=_FONTS, finisher=_finish, **OPTIONS
        )
    if not isinstance(made, bytes):
        raise PdfError("WeasyPrint made no PDF")
    return made


def render_for_signing(document: Document, layout: Layout = LAYOUT) -> tuple[bytes, tuple[Box, ...]]:
    """The PDF an approved document is signed as, PDF/A-2a, and the places kept open in it.

    It claims no PDF/UA: the form fields that `reports.signing` puts into the places would break it.
    """
    html = source(signing.blank(document), layout)
    _check_letters(html)
    with _loud():
        laid = weasyprint.HTML(string=html, url_fetcher=_CLOSED).render(
            stylesheets=[style_sheet(layout), _marks()], font_config=_FONTS, **OPTIONS
        )
        made = laid.write_pdf(finisher=lambda _, pdf: _scope_headers(pdf), **OPTIONS)
    pages = [signing.Marked(page.anchors, page.width, page.height) for page in laid.pages]
    return made, signing.boxes(document, pages, layout)


@lru_cache(maxsize=1)
def _marks() -> weasyprint.CSS:
    return weasyprint.CSS(string=signing.MARKS, font_config=_FONTS, url_fetcher=_CLOSED)


@lru_cache(maxsize=4)
def style_sheet(layout: Layout = LAYOUT) -> weasyprint.CSS:
    """The parsed style sheet of a layout."""
    return weasyprint.CSS(string=css(layout), font_config=_FONTS, url_fetcher=_CLOSED)


@lru_cache(maxsize=1)
def engine() -> str:
    """Engine, fonts and the writers' own source, for cache keys: a change of any makes new files."""
    fonts = (_run("fc-query", "--format=%{file} %{fontversion}", path) for path in faces())
    return "; ".join(
        (f"weasyprint {weasyprint.__version__}", f"pydyf {pydyf.__version__}", *fonts, _writers())
    )


def _writers() -> str:
    folder = Path(__file__).parent
    source = b"".join(
        path.read_bytes()
        for name in ("html*.py", "layout.py", "pdf.py")
        for path in sorted(folder.glob(name))
    )
    return f"writers {hashlib.sha256(source).hexdigest()[:16]}"


# --- loud failures ------------------------------------------------------------------------------------

_LOUD = (".notdef", "Failed to load")


class _Listener(logging.Handler):
    """Keeps WeasyPrint's warnings of one rendering."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _loud() -> Iterator[None]:
    """A warning about a missing glyph or file becomes an error; other warnings stay in the log."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    for message in listener.heard:
        if any(sign in message for sign in _LOUD):
            raise PdfError(f"Không tạo được PDF: {message}")


def _check_letters(html: str) -> None:
    """Refuses characters the font lacks, by name, before another font would be embedded for them."""
    missing = sorted(
        char for char in set(html) - _letters() if unicodedata.category(char) not in ("Cc", "Cf")
    )
    if missing:
        named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing)
        raise PdfError(f"Phông chữ của PDF không có ký tự {named}; hãy thay hoặc bỏ ký tự này rồi tạo lại.")


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """Characters that all four faces of the font hold."""
    held = [set(TTFont(path, lazy=True).getBestCmap()) for path in faces()]
    if len(held) < 4:
        raise PdfError(f"Thiếu phông chữ {FAMILY} (gói fonts-liberation2).")
    return frozenset(map(chr, set.intersection(*held)))


@lru_cache(maxsize=1)
def faces() -> tuple[str, ...]:
    """The font files fontconfig chooses for the four faces, as WeasyPrint does: upright, bold, italic, both."""
    styles = ("Regular", "Bold", "Italic", "Bold Italic")
    found = [_run("fc-match", f"{FAMILY}:style={style}", "--format=%{family}\t%{file}") for style in styles]
    return tuple(line.partition("\t")[2] for line in found if line.startswith(FAMILY))


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# --- what UA-1 asks beyond PDF/A-2a -------------------------------------------------------------------


def _finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    _name_ua(pdf)
    _scope_headers(pdf)


def _name_ua(pdf: pydyf.PDF) -> None:
    """Adds the UA identifier, and its schema as PDF/A wants, inside the one RDF of the metadata."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/Metadata":
            thing.stream = [part.replace(b"</rdf:RDF>", _UA) for part in thing.stream]


def _scope_headers(pdf: pydyf.PDF) -> None:
    """Every header cell heads a column; heads of several rows need it said (UA-1 7.5)."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column"


assert pdf_fonts.harfbuzz_subset, "libharfbuzz-subset0 is missing: PDFs would be made 1.7 times slower"  # noqa: S101
