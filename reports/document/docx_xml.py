"""WordprocessingML as strings: runs, paragraphs, rules and tables cells, parsed once when the body is whole.

Strings and one parse take a quarter of the time of elements made one by one. Every text goes through `escape`.
Lengths are in twips (1/20 pt), as Word has them; border widths in eighths of a point.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from .nodes import Align, Break, Inlines, Mention, Slot, Text

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

#: Gives the relationship id of a link's address.
Relate = Callable[[str], str]

#: Word refuses longer addresses and would offer to repair the file.
LONGEST_LINK = 2000

_JUSTIFY: dict[Align, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_SCRIPT = {"": "", "sub": '<w:vertAlign w:val="subscript"/>', "super": '<w:vertAlign w:val="superscript"/>'}
_BREAK = "<w:r><w:br/></w:r>"


def plain(text: str, look: str = "") -> str:
    """One run; `look` is the inside of its w:rPr, in the order of the schema."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def runs(content: Inlines, relate: Relate, bold: bool = False) -> str:
    """The runs of a line; `bold` makes all of them bold (a cell, a total row)."""
    return "".join(_run(node, relate, bold) for node in content)


def _run(node: Text | Break | Mention | Slot, relate: Relate, bold: bool) -> str:
    match node:
        case Text():
            return _text(node, relate, bold)
        case Mention():
            return plain(node.shown, weight(bold or node.bold, node.italic))
        case Slot():
            return plain(node.shown, weight(bold, False))
        case Break():
            return _BREAK


def _text(node: Text, relate: Relate, bold: bool) -> str:
    linked = 0 < len(node.link) <= LONGEST_LINK
    look = weight(bold or node.bold, node.italic)
    if node.underline:
        look += '<w:u w:val="single"/>'
    look += _SCRIPT[node.script]
    if not linked:
        return plain(node.text, look)
    run = plain(node.text, '<w:rStyle w:val="Hyperlink"/>' + look)
    return f'<w:hyperlink r:id="{relate(node.link)}" w:history="1">{run}</w:hyperlink>'


def weight(bold: bool, italic: bool = False) -> str:
    """The w:b and w:i of a run."""
    return ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")


def paragraph(style: str, inside: str = "", properties: str = "") -> str:
    """A paragraph in the style with this id; `properties` is the rest of w:pPr, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def justified(align: Align) -> str:
    """The w:jc of an alignment."""
    return f'<w:jc w:val="{_JUSTIFY[align]}"/>'


def indented(left: int = 0, right: int = 0) -> str:
    """The w:ind of a paragraph narrowed from both sides."""
    return f'<w:ind w:left="{left}" w:right="{right}" w:firstLine="0"/>'


def spaced(before: float | None = None, after: float | None = None, exactly: float | None = None) -> str:
    """The w:spacing that differs from the style's, all in points; `exactly` is the height of the line."""
    given = (("before", before), ("after", after), ("line", exactly))
    values = "".join(f' w:{name}="{round(points * 20)}"' for name, points in given if points is not None)
    rule = ' w:lineRule="exact"' if exactly else ""
    return f"<w:spacing{values}{rule}/>"


def sized(points: float) -> str:
    """The w:sz of a run that differs from its style's."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def bordered(sides: tuple[str, ...], eighths: int, color: str = "000000", space: int = 1) -> str:
    """The w:pBdr of a line on these sides ("top", "left", "bottom", "right", in this order)."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>' for side in sides
    )
    return f"<w:pBdr>{lines}</w:pBdr>"


def attribute(text: str) -> str:
    """A quoted attribute value."""
    return quoteattr(text)


def cell(inside: str, width: int, colspan: int = 1, merge: str = "", properties: str = "") -> str:
    """A table cell `width` twips wide; `merge` is "restart" or "continue" in a cell that spans rows."""
    span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down}{properties}</w:tcPr>{inside}</w:tc>'
    )


def row(cells: str, repeated: bool = False) -> str:
    """A table row that no page break cuts; `repeated` rows stand again at the top of each page."""
    head = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def table(style: str, widths: tuple[int, ...], rows: str, look: str = "") -> str:
    """A table of fixed column widths (twips), centred between the margins."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )
