"""The frame of the page in WordprocessingML: ô 1-5 above the text, ô 7, 9b and 12 below it, page sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from . import docx_xml as xml
from .docx_xml import Relate
from .layout import CELL_PADDING, Layout, issuer_rule, motto_rule, national_name_size, subject_rule, twips
from .nodes import Frame, Letterhead, Lines, Signature, Title
from .widths import width

#: Between the words of a boxed mark (ô 10b, 11) and its sides, mm; between them and the line, points.
BOX_PADDING = 4
_BOX_SPACE = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a part needs to know of where it stands: the measures, the room in twips, the maker of links."""

    layout: Layout
    width: int
    relate: Relate


# --- above the text -------------------------------------------------------------------------------------


def head(frame: Frame, sheet: Sheet) -> list[str]:
    """Ô 1-5 and the marks, top to bottom; every part may be missing."""
    parts = [_letterhead(frame, sheet), *_marks(frame, sheet)]
    parts += [*_title(frame.title, sheet), *_addressees(frame.addressees, sheet.layout)]
    return [part for part in parts if part]


def _letterhead(frame: Frame, sheet: Sheet) -> str:
    """The borderless table of ô 1-5b: row 1 the issuer and the motto, row 2 the number and the date."""
    columns = sheet.layout.head_columns
    letterhead = frame.letterhead or Letterhead()
    first = (_issuer(letterhead, sheet.layout), _motto(letterhead, sheet.layout))
    second = (_number(frame, sheet), _place_date(frame, sheet))
    rows = "".join(_row(pair, columns) for pair in (first, second) if any(pair))
    return _frame_table(rows, columns) if rows else ""


def _frame_table(rows: str, columns: tuple[float, float]) -> str:
    return xml.table("TableNormal", (twips(columns[0]), twips(columns[1])), rows)


def _row(cells: tuple[str, str], columns: tuple[float, float], flush: bool = False) -> str:
    """A row of the frame, the left cell `flush` with the margin; Word wants at least a paragraph in each cell."""
    left, right = (inside or xml.paragraph("Gap") for inside in cells)
    margin = '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>' if flush else ""
    return xml.row(xml.cell(left, twips(columns[0]), properties=margin) + xml.cell(right, twips(columns[1])))


def _issuer(letterhead: Letterhead, layout: Layout) -> str:
    lines = (
        xml.paragraph("Issuer" if at.bold else "Superior", xml.plain(at.text)) for at in letterhead.issuer
    )
    return "".join(lines) + rule(
        issuer_rule(letterhead, layout), layout.head_columns[0] - 2 * CELL_PADDING, layout
    )


def _motto(letterhead: Letterhead, layout: Layout) -> str:
    if not letterhead.motto:
        return ""
    size = national_name_size(letterhead.motto, layout)
    look = "" if size == layout.sizes.national_name else xml.sized(size)
    lines = [xml.paragraph("NationalName", xml.plain(letterhead.motto[0], look))]
    lines += [xml.paragraph("Motto", xml.plain(text)) for text in letterhead.motto[1:]]
    room = layout.head_columns[1] - 2 * CELL_PADDING
    return "".join(lines) + rule(motto_rule(letterhead, layout), room, layout)


def _number(frame: Frame, sheet: Sheet) -> str:
    """Ô 3 and, in a công văn, ô 5b below it."""
    number = xml.paragraph("DocumentNumber", xml.runs(frame.number, sheet.relate)) if frame.number else ""
    title = frame.title
    if title is None or not title.letter:
        return number
    lines = [xml.plain(title.kind)] if title.kind else []
    lines += [xml.runs(line, sheet.relate) for line in title.subject]
    gap = xml.spaced(before=sheet.layout.letter_subject_gap)
    return number + "".join(
        xml.paragraph("LetterSubject", line, "" if at else gap) for at, line in enumerate(lines)
    )


def _place_date(frame: Frame, sheet: Sheet) -> str:
    return xml.paragraph("PlaceDate", xml.runs(frame.place_date, sheet.relate)) if frame.place_date else ""


def rule(length: float, room: float, layout: Layout, after: float = 0) -> str:
    """A line `length` mm long in the middle of `room` mm: the upper border of a paragraph 1 pt high."""
    if length <= 0:
        return ""
    side = twips(max(room - length, 0) / 2)
    border = xml.bordered(("top",), round(layout.rule_weight * 8), space=0)
    height = xml.spaced(before=layout.rule_gap, after=after, exactly=1)
    return xml.paragraph("Rule", "", border + height + xml.indented(side, side))


def _marks(frame: Frame, sheet: Sheet) -> list[str]:
    sizes = sheet.layout.sizes
    return [
        _boxed("Urgency", frame.urgency, sizes.urgency, 0.0, sheet),
        _boxed("Circulation", frame.circulation, sizes.circulation, 0.5, sheet),
        xml.paragraph("Draft", xml.plain(frame.draft)) if frame.draft else "",
    ]


def _boxed(style: str, text: str, size: float, place: float, sheet: Sheet) -> str:
    """A boxed mark; `place` is 0 at the left margin, 1 at the right."""
    if not text:
        return ""
    spare = max(sheet.width - twips(width(text, size, "bold") + 2 * BOX_PADDING), 0)
    left = round(spare * place)
    border = xml.bordered(("top", "left", "bottom", "right"), 8, "FF0000", _BOX_SPACE)
    return xml.paragraph(style, xml.plain(text), border + xml.indented(left, spare - left))


def _title(title: Title | None, sheet: Sheet) -> list[str]:
    if title is None or title.letter:
        return []
    kind = [xml.paragraph("Title", xml.plain(title.kind))] if title.kind else []
    subject = [xml.paragraph("Subtitle", xml.runs(line, sheet.relate)) for line in title.subject if line]
    line = rule(subject_rule(title, sheet.layout), sheet.layout.text_width, sheet.layout, after=6)
    return [*kind, *subject, line]


def _addressees(at: Lines | None, layout: Layout) -> list[str]:
    if at is None:
        return []
    if len(at.lines) == 1:
        return [xml.paragraph("Addressees", xml.plain(f"{at.label} {at.lines[0]}".strip()))]
    label = [xml.paragraph("AddresseesLabel", xml.plain(at.label))] if at.label else []
    return label + [xml.paragraph("Addressee", xml.plain(line)) for line in at.printed]


# --- below the text -------------------------------------------------------------------------------------


def closing(frame: Frame, layout: Layout) -> list[str]:
    """Ô 7 and 9b: recipients left of a single signature; below the signatures when there are several."""
    recipients = _recipients(frame)
    signatures = [_signature(signature, layout, last=True) for signature in frame.signatures]
    if len(signatures) == 1:
        row = _row(("".join(recipients), signatures[0]), layout.foot_columns, flush=True)
        return [_frame_table(row, layout.foot_columns)]
    return ([_pairs(frame.signatures, layout)] if signatures else []) + recipients


def _pairs(signatures: tuple[Signature, ...], layout: Layout) -> str:
    """Two signatures a row, all rows on one page."""
    half = sum(layout.foot_columns) / 2
    rows = []
    for at in range(0, len(signatures), 2):
        last = at + 2 >= len(signatures)
        pair = [_signature(signature, layout, last) for signature in signatures[at : at + 2]]
        rows.append(_row((pair[0], pair[1] if len(pair) > 1 else ""), (half, half)))
    return _frame_table("".join(rows), (half, half))


def _recipients(frame: Frame) -> list[str]:
    at = frame.recipients or Lines("", ())
    label = [xml.paragraph("RecipientsLabel", xml.plain(at.label))] if at.label else []
    lines = [xml.paragraph("Recipient", xml.plain(line)) for line in at.printed]
    return label + lines + ([xml.paragraph("Copies", xml.plain(frame.copies))] if frame.copies else [])


def _signature(at: Signature, layout: Layout, last: bool) -> str:
    """Ô 7a and 7b with room for 7c and 8 between; "chức vụ khác" stands above the name (II.7.b)."""
    room = layout.signing_space / 25.4 * 72
    names = [name for name in (at.role, at.name) if name]
    gaps = (
        {0: xml.spaced(before=12, after=0 if names else room)}
        if len(at.lines) == 1
        else {0: xml.spaced(before=12)}
    )
    if not names and len(at.lines) > 1:
        gaps[len(at.lines) - 1] = xml.spaced(after=room)
    authority = [
        xml.paragraph("Authority", xml.plain(text), gaps.get(n, "")) for n, text in enumerate(at.lines)
    ]
    signer = [
        xml.paragraph("Signer", xml.plain(text), "" if n else xml.spaced(before=room))
        for n, text in enumerate(names)
    ]
    together = "".join(authority + signer)
    return together if last else kept(together)


def contact(text: str, layout: Layout) -> str:
    """Ô 13, for the foot of page 1, under a line across the page."""
    return xml.paragraph(
        "Contact", xml.plain(text), xml.bordered(("top",), round(layout.rule_weight * 8), space=3)
    )


# --- page breaks ----------------------------------------------------------------------------------------

_STYLED = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?:<w:keepNext(?: w:val="0")?/>)?')


def kept(part: str) -> str:
    """The same paragraphs, kept on one page with what follows; of a table, its last row."""
    before, row, last = part.rpartition("<w:tr>")
    return before + row + _STYLED.sub(r"\1<w:keepNext/>", last)


# --- sections of pages ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pages:
    """A section of pages in Word's sense: the main part or one appendix, numbered from 1."""

    header: str = ""  # relationship ids; empty ones are inherited from the section before
    first_footer: str = ""
    landscape: bool = False

    def xml(self, at: Layout) -> str:
        """Its w:sectPr. Page 1 has no number (Phụ lục I, I.6): titlePg without a first-page header."""
        width, height = twips(at.page_width), twips(at.page_height)
        size = f'w:w="{width}" w:h="{height}"'
        if self.landscape:
            size = f'w:w="{height}" w:h="{width}" w:orient="landscape"'
        header = f'<w:headerReference w:type="default" r:id="{self.header}"/>' if self.header else ""
        footer = (
            f'<w:footerReference w:type="first" r:id="{self.first_footer}"/>' if self.first_footer else ""
        )
        return (
            f'<w:sectPr>{header}{footer}<w:type w:val="nextPage"/><w:pgSz {size}/>'
            f'<w:pgMar w:top="{twips(at.margin_top)}" w:right="{twips(at.margin_right)}" '
            f'w:bottom="{twips(at.margin_bottom)}" w:left="{twips(at.margin_left)}" '
            f'w:header="{twips(at.page_number_top)}" w:footer="{twips(at.page_number_top)}" w:gutter="0"/>'
            '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
        )


def wide(sheet: Sheet) -> Sheet:
    """The same sheet turned."""
    return replace(sheet, width=twips(sheet.layout.wide_text_width))
