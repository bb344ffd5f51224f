"""What stands inside a line, as HTML: runs, breaks, mentions, slots, labels."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from .nodes import Break, Inline, Inlines, Mention, Slot, Text


def attribute(text: str) -> str:
    """Text made safe as the value of an attribute."""
    return escape(text, quote=True)


def paragraph(css_class: str, inner: str) -> str:
    """A paragraph of a class, or nothing where there is nothing to say."""
    return f'<p class="{css_class}">{inner}</p>' if inner else ""


def line(content: Inlines) -> str:
    """A line's markup."""
    return "".join(map(inline, content))


@singledispatch
def inline(node: Inline) -> str:
    """One inline node's markup."""
    raise TypeError(f"no HTML for {type(node).__name__}")


@inline.register
def _(node: Text) -> str:
    inner = escape(node.text, quote=False)
    if node.script:
        tag = "sub" if node.script == "sub" else "sup"
        inner = f"<{tag}>{inner}</{tag}>"
    for tag, wanted in (("u", node.underline), ("i", node.italic), ("b", node.bold)):
        if wanted:
            inner = f"<{tag}>{inner}</{tag}>"
    return f'<a href="{attribute(node.link)}" rel="noopener">{inner}</a>' if node.link else inner


@inline.register
def _(node: Break) -> str:
    return "<br>"


@inline.register
def _(node: Mention) -> str:
    inner = escape(node.shown, quote=False)
    for tag, wanted in (("i", node.italic), ("b", node.bold)):
        if wanted:
            inner = f"<{tag}>{inner}</{tag}>"
    return f'<span class="mention" data-kind="{node.kind}" data-key="{attribute(node.key)}">{inner}</span>'


@inline.register
def _(node: Slot) -> str:
    return f'<span class="slot" data-slot="{node.kind}">{escape(node.shown, quote=False)}</span>'


def label_span(label: str) -> str:
    """A label, which the space after it does not belong to."""
    return f'<span class="label">{escape(label, quote=False)}</span>'
