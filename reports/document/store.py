"""A document tree as JSON-able data and back, and the digest that says whether two trees are the same.

Each node becomes a dict of the fields that differ from their defaults, with its tag under "t"; a `Text`, the
most frequent node, goes without tag. The tags are part of what is archived: rename a class, keep its tag.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import MISSING, fields
from typing import Any

from . import nodes

#: Raised by one whenever the shape of the data changes; older shapes are then read by a step of their own.
VERSION = 1

TAGS: dict[str, type] = {
    "text": nodes.Text,
    "break": nodes.Break,
    "mention": nodes.Mention,
    "slot": nodes.Slot,
    "paragraph": nodes.Paragraph,
    "item": nodes.Item,
    "cell": nodes.Cell,
    "row": nodes.Row,
    "column": nodes.Column,
    "table": nodes.Table,
    "block": nodes.Block,
    "section": nodes.Section,
    "letterhead_line": nodes.LetterheadLine,
    "letterhead": nodes.Letterhead,
    "title": nodes.Title,
    "lines": nodes.Lines,
    "signature": nodes.Signature,
    "frame": nodes.Frame,
    "appendix": nodes.Appendix,
    "document": nodes.Document,
}

_TAG_OF = {cls: tag for tag, cls in TAGS.items()}
_FIELDS = {cls: tuple((field.name, field.default) for field in fields(cls)) for cls in TAGS.values()}
_NAMES = {cls: frozenset(name for name, _ in pairs) for cls, pairs in _FIELDS.items()}


class StoreError(ValueError):
    """Data that is not a stored document; the message names the tag, field or version at fault."""


def to_data(document: nodes.Document) -> dict[str, Any]:
    """The tree as dicts, lists, strings, numbers, booleans and None, without the fields left at default."""
    return {"version": VERSION, "document": _node_data(document)}


def from_data(data: dict[str, Any]) -> nodes.Document:
    """The tree that `to_data` was given.

    Raises StoreError on another version, an unknown tag or field, and a node that refuses its content.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise StoreError(f"not a document stored in version {VERSION}")
    document = _value(data.get("document"))
    if not isinstance(document, nodes.Document):
        raise StoreError("the outermost node is not a document")
    return document


def canonical(document: nodes.Document) -> bytes:
    """One byte string per tree: JSON with sorted keys and no spaces, NFC, UTF-8."""
    return _canonical(to_data(document))


def digest(document: nodes.Document, slots: bool = True) -> str:
    """SHA-256 of `canonical`, in hex.

    With `slots=False` every slot counts as empty, so that an approved document and the one issued from it,
    which differ in number and date only, have the same digest.
    """
    data = to_data(document)
    return hashlib.sha256(_canonical(data if slots else _emptied(data))).hexdigest()


def _canonical(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode("utf-8")


def _node_data(node: Any) -> dict[str, Any]:
    cls = type(node)
    data: dict[str, Any] = {} if cls is nodes.Text else {"t": _TAG_OF[cls]}
    for name, default in _FIELDS[cls]:
        value = getattr(node, name)
        if default is MISSING or value != default:
            data[name] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # equal trees have one canonical form: 2.0 and 2 are the same share
    return _node_data(value) if type(value) in _TAG_OF else value


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_value(part) for part in data)
    return _node(data) if isinstance(data, dict) else data


def _node(data: dict[str, Any]) -> Any:
    tag = data.get("t", "text")
    cls = TAGS.get(tag) if isinstance(tag, str) else None
    if cls is None:
        raise StoreError(f"unknown tag {tag!r}")
    values = {name: _value(value) for name, value in data.items() if name != "t"}
    if unknown := values.keys() - _NAMES[cls]:
        raise StoreError(f"{tag}: unknown field {min(unknown)!r}")
    try:
        return cls(**values)
    except (TypeError, AttributeError, nodes.NodeError) as error:
        raise StoreError(f"{tag}: {error}") from error


def _emptied(value: Any) -> Any:
    if isinstance(value, list):
        return [_emptied(part) for part in value]
    if not isinstance(value, dict):
        return value
    slot = value.get("t") == "slot"
    return {name: _emptied(part) for name, part in value.items() if not (slot and name == "text")}
