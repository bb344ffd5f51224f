"""Every measure of Nghị định 30/2020/NĐ-CP, Phụ lục I, as data, and the style sheet made from it.

Where the decree gives a range, its bounds are tested and one value inside is chosen here. Lengths are in
millimetres, sizes and spacing in points. DOCX reads the same data; `twips` turns millimetres into Word's unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .nodes import Inlines, Letterhead, Title, words
from .widths import MM_PER_POINT, Face, width, wrapped

#: A line of Times New Roman at Word's single spacing is this many times its size (ascent, descent, line gap).
SINGLE = 1.149

#: Inner margin of a Word table cell, each side.
CELL_PADDING = 1.9


@dataclass(frozen=True, slots=True)
class Sizes:
    """Point sizes per ô số (Phụ lục I, mục V, bảng mẫu chữ)."""

    national_name: float = 13  # ô 1, Quốc hiệu, 12-13
    motto: float = 14  # ô 1, Tiêu ngữ, 13-14
    superior: float = 13  # ô 2, cơ quan chủ quản, 12-13
    issuer: float = 13  # ô 2, cơ quan ban hành, 12-13
    number: float = 13  # ô 3
    place_date: float = 14  # ô 4, 13-14
    kind: float = 14  # ô 5a, 13-14
    subject: float = 14  # ô 5a, 13-14
    letter_subject: float = 12  # ô 5b, 12-13
    body: float = 14  # ô 6, 13-14
    authority: float = 14  # ô 7a, 13-14
    signer: float = 14  # ô 7b, 13-14
    addressees: float = 14  # ô 9a, 13-14
    recipients_label: float = 12  # ô 9b
    recipients: float = 11  # ô 9b
    urgency: float = 13  # ô 10b, 13-14
    circulation: float = 13  # ô 11, 13-14
    draft: float = 13  # not regulated
    copies: float = 11  # ô 12
    contact: float = 11  # ô 13, 11-12
    appendix_label: float = 14
    appendix_title: float = 14  # 13-14
    appendix_reference: float = 14  # 13-14
    page_number: float = 14  # 13-14
    table: float = 13  # not regulated


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of a page; one instance, `LAYOUT`, is the house's. All lengths mm unless named otherwise."""

    sizes: Sizes = field(default_factory=Sizes)
    page_width: float = 210  # A4 (Phụ lục I, I.1)
    page_height: float = 297
    margin_top: float = 20  # 20-25 (I.3)
    margin_bottom: float = 20  # 20-25
    margin_left: float = 30  # 30-35
    margin_right: float = 15  # 15-20
    page_number_top: float = 10  # from the paper's edge to the page number
    head_columns: tuple[float, float] = (67.5, 100.0)  # ô 2, 3 | ô 1, 4, as in the decree's own files
    foot_columns: tuple[float, float] = (63.5, 101.0)  # ô 9b | ô 7
    first_line: float = 10  # 1 cm or 1,27 cm (II.6)
    paragraph_space: float = 6  # points, at least 6
    line_spacing: float = 1.15  # single to 1,5
    rule_share: float = 0.4  # of the text above it: 1/3 to 1/2 (II.2, II.5)
    rule_weight: float = 0.75  # points
    rule_gap: float = 3  # points between the text and the rule
    signing_space: float = 25  # between 7a and 7b, for signature and seal
    letter_subject_gap: float = 6  # points between ô 3 and ô 5b
    addressees_left: float = 35  # where "Kính gửi:" starts when it has several lines
    table_rule: float = 0.5  # points
    cell_padding: float = 1.2
    fonts: tuple[str, ...] = ("Liberation Serif", "Times New Roman", "Times", "serif")
    word_font: str = "Times New Roman"

    @property
    def text_width(self) -> float:
        """Room between the left and right margins of an upright page."""
        return self.page_width - self.margin_left - self.margin_right

    @property
    def wide_text_width(self) -> float:
        """Room between the margins of a landscape page."""
        return self.page_height - self.margin_left - self.margin_right

    @property
    def line_height(self) -> float:
        """Line height as a multiple of the size, as CSS wants it."""
        return round(self.line_spacing * SINGLE, 3)


LAYOUT = Layout()


def twips(mm: float) -> int:
    """Word's unit: 1/20 point."""
    return round(mm / MM_PER_POINT * 20)


# --- lines under headings -----------------------------------------------------------------------------


def national_name_size(motto: Iterable[str], layout: Layout = LAYOUT) -> float:
    """Size of Quốc hiệu: the house's, or smaller down to 12 where a line would not fit its column unbroken."""
    room = layout.head_columns[1] - 2 * CELL_PADDING
    size = layout.sizes.national_name
    while size > 12 and any(width(line, size, "bold") > room for line in list(motto)[:1]):
        size -= 0.5
    return size


def longest(lines: Iterable[str], size: float, face: Face, room: float) -> float:
    """Width in mm of the longest printed line once `lines` are filled into `room` mm."""
    printed = [line for text in lines for line in wrapped(text, size, face, room)]
    return min(max((width(line, size, face) for line in printed), default=0.0), room)


def motto_rule(letterhead: Letterhead, layout: Layout = LAYOUT) -> float:
    """Length of the line under Tiêu ngữ, mm: the whole text above it (II.1); 0 where there is no motto."""
    if not letterhead.motto:
        return 0
    size = layout.sizes.motto if len(letterhead.motto) > 1 else national_name_size(letterhead.motto, layout)
    return round(longest(letterhead.motto[-1:], size, "bold", layout.head_columns[1] - 2 * CELL_PADDING), 1)


def issuer_rule(letterhead: Letterhead, layout: Layout = LAYOUT) -> float:
    """Length of the line under ô 2, mm: 1/3-1/2 of the issuing body's longest line (II.2).

    0 where the last line is a mark of its own: party bodies put "*" there instead.
    """
    issuer = letterhead.issuer
    if not issuer or not any(char.isalpha() for char in issuer[-1].text):
        return 0
    last = [line.text for line in issuer if line.bold] or [issuer[-1].text]
    face: Face = "bold" if any(line.bold for line in issuer) else "regular"
    room = layout.head_columns[0] - 2 * CELL_PADDING
    return round(layout.rule_share * longest(last, layout.sizes.issuer, face, room), 1)


def subject_rule(title: Title, layout: Layout = LAYOUT) -> float:
    """Length of the line under the trích yếu, mm: 1/3-1/2 of its longest line (II.5.a); none under a công văn's."""
    lines: list[Inlines] = [] if title.letter else list(title.subject)
    texts = [part for line in lines for part in words(line).split("\n")]
    return round(layout.rule_share * longest(texts, layout.sizes.subject, "bold", layout.text_width), 1)


# --- the style sheet ----------------------------------------------------------------------------------


def _family(fonts: tuple[str, ...]) -> str:
    return ", ".join(f'"{font}"' if " " in font else font for font in fonts)


def css(layout: Layout = LAYOUT) -> str:
    """The style sheet of the page: one for the preview, the standalone page and the PDF."""
    return "\n".join(
        (_page(layout), _text(layout), _head(layout), _body(layout), _foot(layout), _screen(layout))
    )


def _page(at: Layout) -> str:
    number = (
        f"@top-center {{ content: counter(page); font: {at.sizes.page_number}pt {_family(at.fonts)};"
        f" vertical-align: top; padding-top: {at.page_number_top}mm }}"
    )
    margins = f"margin: {at.margin_top}mm {at.margin_right}mm {at.margin_bottom}mm {at.margin_left}mm"
    return f"""\
@page {{ size: {at.page_width}mm {at.page_height}mm; {margins}; {number} }}
@page wide {{ size: {at.page_height}mm {at.page_width}mm }}
@page :first {{ @top-center {{ content: none }} }}
@page :first {{ @footnote {{ margin-top: 6pt; padding-top: 3pt; border-top: {at.rule_weight}pt solid #000 }} }}
@page :nth(1 of upright) {{ counter-reset: page 1; @top-center {{ content: none }} }}
@page :nth(1 of wide) {{ counter-reset: page 1; @top-center {{ content: none }} }}
@media print {{ body {{ margin: 0 }} }}"""


def _text(at: Layout) -> str:
    return f"""\
.official {{ font: {at.sizes.body}pt/{at.line_height} {_family(at.fonts)}; color: #000; font-kerning: none;
  font-variant-ligatures: none; overflow-wrap: break-word; text-align: left }}
.official p, .official h1, .official h2, .official h3, .official h4, .official h5, .official h6 {{
  margin: 0; padding: 0; font-size: inherit; font-weight: inherit; line-height: inherit; color: inherit }}
.official a {{ color: inherit }}
.official sub, .official sup {{ font-size: 70%; line-height: 0 }}
.official .rule {{ border: 0; border-top: {at.rule_weight}pt solid #000; height: 0; opacity: 1; max-width: 100%;
  margin: {at.rule_gap}pt auto 0; color: inherit; background: none }}"""


def _head(at: Layout) -> str:
    left, right = at.head_columns
    size = at.sizes
    overhang = round((at.text_width - left - right) / 2, 3)
    return f"""\
.official .head {{ display: table; table-layout: fixed; border-collapse: separate; width: {left + right}mm;
  margin: 0 {overhang}mm; line-height: {SINGLE}; text-align: center }}
.official .row {{ display: table-row; break-inside: avoid }}
.official .cell {{ display: table-cell; vertical-align: top; padding: 0 {CELL_PADDING}mm;
  width: {right - 2 * CELL_PADDING}mm }}
.official .head .cell:first-child {{ width: {left - 2 * CELL_PADDING}mm }}
.official .second .cell {{ padding-top: 8pt }}
.official .superior {{ font-size: {size.superior}pt }}
.official .issuer {{ font-size: {size.issuer}pt; font-weight: bold }}
.official .national {{ font-size: {size.national_name}pt; font-weight: bold; white-space: nowrap }}
.official .tight {{ font-size: 12pt }}
.official .motto {{ font-size: {size.motto}pt; font-weight: bold }}
.official .number {{ font-size: {size.number}pt }}
.official .place-date {{ font-size: {size.place_date}pt; font-style: italic }}
.official .about {{ font-size: {size.letter_subject}pt; margin-top: {at.letter_subject_gap}pt }}
.official .mark {{ margin-top: 6pt; line-height: {SINGLE} }}
.official .mark span {{ display: inline-block; padding: 1mm 4mm; font-weight: bold; border: 1pt solid #f00; color: #f00 }}
.official .urgency {{ font-size: {size.urgency}pt }}
.official .circulation {{ font-size: {size.circulation}pt; text-align: center }}
.official .draft {{ font-size: {size.draft}pt; font-weight: bold; text-align: right }}
.official .title {{ margin: 14pt 0 0; text-align: center; font-weight: bold; line-height: {SINGLE} }}
.official .title span {{ display: block }}
.official .kind {{ font-size: {size.kind}pt }}
.official .subject {{ font-size: {size.subject}pt }}
.official .addressees {{ margin: 12pt 0 6pt; font-size: {size.addressees}pt; text-align: center }}
.official .addressees.several {{ text-align: left; margin-left: {at.addressees_left}mm }}
.official .addressees.several .dash {{ margin-left: {round(width("Kính gửi", size.addressees), 1)}mm;
  padding-left: 3mm; text-indent: -3mm }}"""


def _body(at: Layout) -> str:
    return f"""\
.official .text {{ margin-top: 12pt }}
.official .text p, .official .text h2, .official .text h3, .official .text h4, .official .text h5, .official .text h6,
.official .run {{ margin-top: {at.paragraph_space}pt; text-align: justify; text-indent: {at.first_line}mm; orphans: 2; widows: 2 }}
.official .text h2, .official .text h3, .official .text h4, .official .text h5, .official .text h6 {{ break-after: avoid }}
.official .bold {{ font-weight: bold }}
.official .text .own {{ text-align: center; text-indent: 0 }}
.official .run .in {{ display: inline; margin: 0; text-indent: 0 }}
.official .text .flush {{ text-indent: 0 }}
.official .text .left, .official td.left {{ text-align: left }}
.official .text .center, .official td.center {{ text-align: center }}
.official .text .right, .official td.right {{ text-align: right }}
.official td.justify {{ text-align: justify }}
.official table {{ table-layout: fixed; border-collapse: collapse; width: 100%; margin: {at.paragraph_space}pt 0 0;
  font-size: {at.sizes.table}pt; line-height: {SINGLE} }}
.official caption {{ caption-side: top; padding: 0; color: inherit; text-align: center; break-after: avoid }}
.official caption span {{ display: block }}
.official .table-title {{ font-weight: bold; padding-bottom: 3pt }}
.official .unit {{ text-align: right; font-style: italic; padding-bottom: 3pt }}
.official th, .official td {{ border: {at.table_rule}pt solid #000; padding: {at.cell_padding}mm; vertical-align: middle }}
.official th {{ font-weight: bold; text-align: center }}
.official tr {{ break-inside: avoid }}
.official thead {{ display: table-header-group }}
.official .numbers th {{ font-weight: normal; font-style: italic }}
.official .group td, .official .subtotal td, .official .total td {{ font-weight: bold }}"""


def _foot(at: Layout) -> str:
    left, right = at.foot_columns
    size = at.sizes
    return f"""\
.official .closing {{ display: table; table-layout: fixed; border-collapse: separate; width: {left + right}mm;
  margin-top: 12pt; line-height: {SINGLE}; break-inside: avoid; break-before: avoid }}
.official .closing .cell:first-child {{ width: {left - CELL_PADDING}mm; padding-left: 0 }}
.official .signatures .cell, .official .signatures .cell:first-child {{ padding: 0 {CELL_PADDING}mm 12pt;
  width: {(left + right) / 2 - 2 * CELL_PADDING}mm }}
.official .recipients {{ font-size: {size.recipients}pt; text-align: left }}
.official .recipients-label {{ font-size: {size.recipients_label}pt; font-weight: bold; font-style: italic }}
.official .copies {{ font-size: {size.copies}pt; margin-top: 6pt }}
.official .signature {{ text-align: center; font-weight: bold }}
.official .authority {{ font-size: {size.authority}pt }}
.official .signer {{ font-size: {size.signer}pt }}
.official .authority + .signer, .official .signer.alone {{ padding-top: {at.signing_space}mm }}
.official .authority:last-child {{ padding-bottom: {at.signing_space}mm }}
.official .contact {{ margin-top: 12pt; padding-top: 3pt; border-top: {at.rule_weight}pt solid #000;
  font-size: {size.contact}pt; line-height: {SINGLE}; text-align: center }}
.official .call {{ font-size: 0; line-height: 0 }}
.official .call .contact {{ float: footnote; margin: 0; padding: 0; border: 0 }}
.official .call .contact::footnote-call, .official .call .contact::footnote-marker {{ content: "" }}
.official .appendix {{ page: upright; break-before: page }}
.official .appendix.landscape {{ page: wide }}
.official .appendix-title {{ text-align: center; font-weight: bold; line-height: {SINGLE} }}
.official .appendix-title span {{ display: block; font-size: {size.appendix_title}pt }}
.official .appendix-title .appendix-label {{ font-size: {size.appendix_label}pt }}
.official .appendix .reference {{ font-size: {size.appendix_reference}pt; font-style: italic; text-align: center;
  line-height: {SINGLE}; break-after: avoid }}"""


def _screen(at: Layout) -> str:
    margins = f"{at.margin_top}mm {at.margin_right}mm {at.margin_bottom}mm {at.margin_left}mm"
    return f"""\
@media screen {{
.official .main, .official .appendix {{ box-sizing: border-box; width: {at.page_width}mm; min-height: {at.page_height}mm;
  margin: 0 auto 6mm; padding: {margins}; background: #fff; border: 1px solid #d0d0d0 }}
.official .appendix.landscape {{ width: {at.page_height}mm; min-height: {at.page_width}mm }}
.official .mention {{ text-decoration: underline dotted #888 1px; text-underline-offset: 3px }}
.official :target {{ scroll-margin-top: 4rem }}
}}
@media screen {{
.official {{ container-type: inline-size }}
@container (max-width: {at.page_width}mm) {{
.official .main, .official .appendix, .official .appendix.landscape {{ width: auto; min-height: 0; padding: 6mm 4mm }}
.official .head, .official .closing {{ width: 100%; margin-left: 0; margin-right: 0 }}
.official .head .cell, .official .closing .cell {{ width: 60%; padding-left: .5mm; padding-right: .5mm }}
.official .head .cell:first-child, .official .closing .cell:first-child {{ width: 40% }}
.official .head p, .official .national {{ font-size: clamp(6pt, 2.4cqw, 13pt) }}
.official .head .rule {{ max-width: 45% }}
.official .addressees.several, .official .addressees.several .dash {{ margin-left: 0 }}
.official .text p, .official .text h2, .official .text h3, .official .run {{ text-indent: 6mm; text-align: left }}
.official table {{ font-size: 10pt }}
}}
}}"""
