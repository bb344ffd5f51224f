"""Rich text fields: what the editor offers, and what the server keeps of what it sends."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorFormField
from lxml import html as parser

from . import richtext

LONGEST = 100_000  # characters of HTML in one block
LONGEST_LINE = 8_000  # … in one row of a block

MARKS = {"Bold": True, "Italic": True, "Underline": True, "Subscript": True, "Superscript": True}
LINK = {"Link": {"enableTarget": False}}
#: One paragraph after another, no structure.
LINE = {**MARKS, **LINK, "DataRef": True}
FULL = {
    **LINE,
    "HardBreak": True,
    "BulletList": True,
    "ListMark": True,
    "OrderedList": True,
    "ListItem": True,
    "Table": {"resizable": False},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}
LINE_CONFIG = json.dumps({"extensions": expand_extensions(LINE)}, separators=(",", ":"))


def _lawful(tag: str, attribute: str, value: str) -> str | None:
    """The value, or None for one that nothing of ours reads."""
    match attribute:
        case "data-ref":
            return value if richtext.REFERENCE.fullmatch(value) else None
        case "data-form":
            return value if value in richtext.FORMS else None
        case "data-printed":
            return value if value == "1" else None
        case "data-mark":
            return value if value in richtext.MARKS else None
        case "colspan" | "rowspan" | "start":
            return value if value.isascii() and value.isdigit() and len(value) < 5 else None
    return value


def _cleaner() -> nh3.Cleaner:
    allowed = allowlist_from_extensions(FULL)
    tags = allowed["tags"] | {"b", "i", "h1", "h2", "h3", "h4", "div", "caption"}
    return nh3.Cleaner(
        **{**allowed, "tags": tags}, attribute_filter=_lawful, url_schemes={"http", "https", "mailto"}
    )


def clean(html: str) -> str:
    """Safe HTML with lawful mentions only, NFC."""
    return _cleaner().clean(unicodedata.normalize("NFC", html.replace("\x00", "")))


def is_blank(html: str) -> bool:
    """Whether a reader would see nothing."""
    return not richtext.nodes_of(html)


def checked(html: str, longest: int = LONGEST) -> str:
    """The HTML to keep, "" when blank; an error in words when it is too long."""
    if len(html) > longest:
        raise ValidationError(f"Nội dung dài {len(html)} ký tự, tối đa {longest} ký tự.")
    kept = clean(html)
    return "" if is_blank(kept) else kept


def changed(sent: str, kept: str) -> bool:
    """Whether a reader sees something else in what was kept than in what was sent."""
    return sent != kept and richtext.nodes_of(sent) != richtext.nodes_of(kept)


def with_words(html: str, words_of: Callable[[str, str], str | None]) -> str:
    """The HTML with today's words in every mention that has no printed ones; `words_of(ref, form)`."""
    if "data-ref" not in html:
        return html
    tree = parser.fragment_fromstring(html, create_parent="div")
    for span in tree.iter("span"):
        if span.get("data-ref") and span.get("data-printed") != "1":
            words = words_of(span.get("data-ref"), span.get("data-form", ""))
            for child in list(span):
                span.remove(child)
            span.text = words or "……"
    inner = parser.tostring(tree, encoding="unicode")
    return inner[len("<div>") : -len("</div>")]


def with_printed_given_up(html: str, kind: str) -> str:
    """The HTML with mentions of one kind live: their printed words are left to today's."""
    tree = parser.fragment_fromstring(html, create_parent="div")
    for span in tree.iter("span"):
        if span.get("data-ref", "").startswith(f"{kind}:") and span.attrib.pop("data-printed", None):
            span.text = "……"
    inner = parser.tostring(tree, encoding="unicode")
    return inner[len("<div>") : -len("</div>")]


class ProseField(ProseEditorFormField):
    """A rich text field; `extensions` FULL or LINE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            **{
                "required": False,
                "preset": "drafting",
                "extensions": dict(FULL),
                "sanitize": checked,
                **kwargs,
            },
        )
        self.widget.attrs.setdefault("rows", 8)


class PlainField(forms.CharField):
    """One typed line, as NFC without control characters."""

    def to_python(self, value: Any) -> str:
        return richtext.tidy(super().to_python(value) or "").strip()
