"""Nodes back to the HTML an editor holds: the inverse of richtext, and where it cannot be, the words in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ..document.nodes import Break, Inlines, Item, Mention, Node, Paragraph, Table, Text, words
from . import richtext

_ORDERED = re.compile(r"(\d{1,4})\)")


def html_of(nodes: tuple[Node, ...]) -> str:
    """The HTML whose nodes print the same lines as `nodes`.

    A list line whose label no list of the editor can carry becomes a paragraph that begins with it.
    """
    made = "".join(_parts(nodes))
    if _lines(richtext.nodes_of(made)) == _lines(nodes):
        return made
    return "".join(_table(node) if isinstance(node, Table) else _typed(node) for node in nodes)


def line(content: Inlines) -> str:
    """The words of a line with their looks and mentions."""
    return "".join(map(_inline, content))


def _lines(nodes: tuple[Node, ...]) -> list[str]:
    """What each node prints, blanks as one."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Table):
            rows = [" ".join(words(cell.content) for cell in row.cells) for row in node.rows]
            found += [words(node.caption), *rows]
        else:
            found.append(f"{getattr(node, 'label', '')} {words(node.content)}")
    return [shown for text in found if (shown := " ".join(text.split()))]


def _inline(part: object) -> str:
    match part:
        case Break():
            return "<br>"
        case Mention():
            return _dressed(_mention(part), part.bold, part.italic)
        case Text():
            inner = escape(part.text, quote=False)
            if part.link:
                inner = f'<a href="{escape(part.link)}">{inner}</a>'
            if part.script:
                tag = {"sub": "sub", "super": "sup"}[part.script]
                inner = f"<{tag}>{inner}</{tag}>"
            inner = f"<u>{inner}</u>" if part.underline else inner
            return _dressed(inner, part.bold, part.italic)
    return ""


def _dressed(inner: str, bold: bool, italic: bool) -> str:
    inner = f"<em>{inner}</em>" if italic else inner
    return f"<strong>{inner}</strong>" if bold else inner


def _mention(part: Mention) -> str:
    form = f' data-form="{part.form}"' if part.form else ""
    printed = ' data-printed="1"' if part.printed is not None else ""
    return f'<span data-ref="{part.kind}:{part.key}"{form}{printed}>{escape(part.shown, quote=False)}</span>'


# --- lists --------------------------------------------------------------------------------------------


def _parts(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Paragraphs and tables; neighbouring list lines in lists inside one another."""
    opened: list[str] = []  # the list tags open at this place, one a level
    for node in nodes:
        if isinstance(node, Item) and (tag := _list_tag(node)):
            yield _closed(opened, node.level, tag)
            yield _opened(opened, node.level, tag)
            yield f"<li><p>{line(node.content)}</p>"
        else:
            yield _closed(opened, 0, "")
            yield _table(node) if isinstance(node, Table) else _typed(node)
    yield _closed(opened, 0, "")


def _list_tag(item: Item) -> str:
    """The tag a list with this label begins with, "" when no list can carry it."""
    if item.label in richtext.MARKS:
        return f'<ul data-mark="{item.label}">'
    found = _ORDERED.fullmatch(item.label)
    return f'<ol start="{found[1]}">' if found and found[1][0] != "0" else ""


def _closed(opened: list[str], level: int, tag: str) -> str:
    """Closes what is deeper than `level`, and the list at it when it is another; else its last line."""
    made = ""
    while len(opened) > level or (opened and len(opened) == level and not _goes_on(opened[-1], tag)):
        made += f"</li></{opened.pop()[1:3]}>"
    return made + ("</li>" if opened and len(opened) == level else "")


def _goes_on(opened: str, tag: str) -> bool:
    """Whether a line belongs to the open list: the same mark; numbers start their own list each."""
    return opened == tag and tag.startswith("<ul")


def _opened(opened: list[str], level: int, tag: str) -> str:
    """Opens lists down to the level; levels without a line of their own are empty lines of dashes."""
    made = ""
    while len(opened) < level:
        new = tag if len(opened) == level - 1 else '<ul data-mark="-">'
        made += new + ("<li>" if len(opened) < level - 1 else "")
        opened.append(new)
    return made


def _typed(node: Node) -> str:
    """A paragraph; of a list line, one that begins with its label."""
    if isinstance(node, Item):
        label = f"{escape(node.label, quote=False)} " if node.label else ""
        return f"<p>{label}{line(node.content)}</p>"
    return f"<p>{line(node.content)}</p>" if isinstance(node, Paragraph) else ""


def _table(table: Table) -> str:
    caption = f"<caption>{line(table.caption)}</caption>" if table.caption else ""
    unit = f"<p>{escape(table.unit, quote=False)}</p>" if table.unit else ""
    rows = ""
    for row in table.rows:
        tag = "th" if row.kind in ("header", "numbers") else "td"
        cells = ""
        for cell in row.cells:
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            inner = _dressed(line(cell.content), cell.bold, False) if cell.content else ""
            cells += f"<{tag}{spans}><p>{inner}</p></{tag}>"
        rows += f"<tr>{cells}</tr>"
    return f"{unit}<table>{caption}<tbody>{rows}</tbody></table>"
