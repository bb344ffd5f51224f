"""All four formats of any lawful tree hold the same text, and Word finds nothing to repair in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import html as lxml_html

from reports.document import docx, html, pdf, plain
from reports.document.nodes import Document, Section, Table
from reports.document.nodes import words as shown
from reports.document.numbering import resolve
from tests.document import docx_reading, pdf_reading, reference, samples, trees

pytestmark = pytest.mark.tools  # every test makes pages and Word files
REPORT = resolve(reference.document(), {})
EVERYTHING = resolve(samples.everything(), samples.WORDINGS)

#: Trees are large, so examples are few and a single one may take long; shrinking PDFs would take minutes.
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def squeezed(text: str) -> str:
    return "".join(text.split())


def plain_text(document: Document) -> str:
    text = plain.text(document)
    assert unicodedata.is_normalized("NFC", text)
    return squeezed(text)


def html_text(document: Document) -> str:
    return squeezed(lxml_html.fromstring(html.body(document)).text_content())


# --- plain, HTML, DOCX ----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(trees.documents)
def test_html_and_docx_hold_the_text(document: Document) -> None:
    expected = plain_text(document)
    assert html_text(document) == expected
    assert docx_reading.text(docx.render(document)) == expected


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(trees.documents)
def test_word_finds_nothing_to_repair(document: Document) -> None:
    assert docx_reading.complaints(docx.render(document)) == []


def test_samples_hold_the_text() -> None:
    for document in (REPORT, EVERYTHING):
        expected = plain_text(document)
        assert html_text(document) == expected
        assert docx_reading.text(docx.render(document)) == expected
        assert_pdf_holds(document)


# --- PDF ------------------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW, phases=(Phase.generate,))
@given(trees.documents)
def test_pdf_holds_the_text(document: Document) -> None:
    assert_pdf_holds(document)


def assert_pdf_holds(document: Document) -> None:
    """Page by page in order, where a page may start with a table head over again; ô 13 stands at a page's foot."""
    contact, expected, pages = squeezed(document.frame.contact), plain_text(document), pdf_pages(document)
    if contact:
        assert expected.count(contact) == sum(page.endswith(contact) for page in pages) == 1
        expected, pages = expected.replace(contact, ""), [page.removesuffix(contact) for page in pages]
    heads, at = repeated_heads(document), 0
    for number, page in enumerate(pages, 1):
        lengths = [len(head) for head in ("", *heads) if page.startswith(head)]
        cut = next((length for length in lengths if expected.startswith(page[length:], at)), None)
        assert cut is not None, f"page {number}: {page[:200]!r} is not {expected[at : at + 200]!r}"
        at += len(page) - cut
    assert at == len(expected)


def pdf_pages(document: Document) -> list[str]:
    return [squeezed(text) for text in pdf_reading.page_texts(pdf.render(document))]


def repeated_heads(document: Document) -> list[str]:
    """The text of each table's head, which the next page repeats."""
    tops = (
        *document.sections,
        *(Section(blocks=at.blocks, sections=at.sections) for at in document.appendices),
    )
    return [head for section in tops for head in _heads(section) if head]


def _heads(section: Section) -> list[str]:
    tables = [node for block in section.blocks for node in block.nodes if isinstance(node, Table)]
    own = [
        squeezed("".join(shown(cell.content) for row in at.rows[: at.header_depth] for cell in row.cells))
        for at in tables
    ]
    return own + [head for below in section.sections for head in _heads(below)]
