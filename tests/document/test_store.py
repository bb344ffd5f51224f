"""Stored trees come back as they were, and their digest tells them apart."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings

from reports.document import store
from reports.document.nodes import Block, Column, Document, Frame, Paragraph, Row, Section, Slot, Table, Text
from reports.document.nodes import Cell as TableCell
from tests.document import trees

NUMBERED = Document("Báo cáo", Frame(number=(Text("Số: "), Slot("number", "274"), Text("/BC-UBND"))))


def numbered(text: str) -> Document:
    return replace(NUMBERED, frame=Frame(number=(Text("Số: "), Slot("number", text), Text("/BC-UBND"))))


@settings(max_examples=40, deadline=None)
@given(trees.documents)
def test_every_tree_comes_back(document: Document) -> None:
    read = json.loads(store.canonical(document))
    assert store.from_data(read) == document
    assert store.digest(store.from_data(read)) == store.digest(document)


@settings(max_examples=15, deadline=None)
@given(trees.documents)
def test_canonical_bytes_are_nfc_and_sorted(document: Document) -> None:
    text = store.canonical(document).decode()
    assert unicodedata.is_normalized("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_defaults_are_left_out() -> None:
    document = Document("A", sections=(Section(blocks=(Block((Paragraph((Text("B"),)),)),)),))
    assert store.to_data(document)["document"] == {
        "t": "document",
        "title": "A",
        "sections": [
            {
                "t": "section",
                "blocks": [{"t": "block", "nodes": [{"t": "paragraph", "content": [{"text": "B"}]}]}],
            }
        ],
    }


def test_open_labels_stay_open() -> None:
    document = Document("A", sections=(Section(label=None), Section(label="")))
    assert store.from_data(store.to_data(document)) == document


def test_equal_shares_are_one_tree() -> None:
    def table(share: float) -> Document:
        rows = (Row((TableCell(),)),)
        return Document("A", sections=(Section(blocks=(Block((Table((Column(share),), rows),)),)),))

    assert store.digest(table(2)) == store.digest(table(2.0)) != store.digest(table(2.5))


def test_digest_sees_every_word() -> None:
    assert store.digest(numbered("274")) != store.digest(numbered("275"))
    assert store.digest(NUMBERED) != store.digest(replace(NUMBERED, title="Báo cáo khác"))


def test_digest_without_slots_is_that_of_the_approved_document() -> None:
    approved, issued = numbered(""), numbered("274")
    assert store.digest(approved, slots=False) == store.digest(issued, slots=False)
    other = Document("Báo cáo", Frame(number=(Text("Số:"), Slot("number", "274"), Text("/BC-UBND"))))
    assert store.digest(other, slots=False) != store.digest(issued, slots=False)


def test_digest_is_the_same_in_every_release() -> None:
    """Archived digests must still match years later: change this value only together with `store.VERSION`."""
    assert store.digest(NUMBERED) == "1535afba3425e6ea5946913fbcf69a5592be7edd31aba11d4cb9b6fb6af9eff9"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "version 1"),
        ({"version": 2, "document": {}}, "version 1"),
        ([], "version 1"),
        ({"version": 1}, "outermost"),
        ({"version": 1, "document": {"text": "A"}}, "outermost"),
        ({"version": 1, "document": {"t": "page"}}, "unknown tag 'page'"),
        ({"version": 1, "document": {"t": ["x"]}}, "unknown tag"),
        ({"version": 1, "document": {"t": "document", "title": "A", "pages": 3}}, "unknown field 'pages'"),
        ({"version": 1, "document": {"t": "document"}}, "title"),
        ({"version": 1, "document": {"t": "document", "title": "a\u0301"}}, "NFC"),
        ({"version": 1, "document": {"t": "document", "title": 5}}, "document"),
    ],
)
def test_other_data_is_refused(data: object, reason: str) -> None:
    with pytest.raises(store.StoreError, match=reason):
        store.from_data(data)  # type: ignore[arg-type]
