"""The styles of the Word document, made from the layout.

Styles are data here and real styles in Word, so an officer who changes one changes the whole document. Built-in
names (Title, heading 1, Body Text, …) let Word's outline and navigation work; the others carry the terms of
Nghị định 30/2020/NĐ-CP, Phụ lục I, mục V.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import docx_xml as xml
from .layout import Layout, twips
from .widths import width

#: Levels of headings and of list lines that have a style of their own, as many as Word's outline has.
LEVELS = 9

#: Room of the dash before an addressee, mm.
DASH = 3


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Spacing in points, indents in mm, `line` a multiple of single spacing; what is left
    out or 0 comes from the style it is based on, in the end from the document's defaults.
    """

    id: str
    name: str
    size: float = 0
    bold: bool = False
    italic: bool = False
    align: str = ""
    before: float = 0
    after: float = 0
    line: float = 0
    left: float = 0
    first: float = 0
    keep: bool = False
    level: int | None = None
    color: str = ""
    based: str = "Normal"


def styles(at: Layout) -> tuple[Style, ...]:
    """Every paragraph style, in reading order of the document."""
    return (*_head(at), *_body(at), *_tables(at), *_foot(at))


def _head(at: Layout) -> tuple[Style, ...]:
    size = at.sizes
    dash = at.addressees_left + width("Kính gửi", size.addressees)  # under the colon (II.9.a)
    return (
        Style("NationalName", "Quốc hiệu", size.national_name, bold=True, align="center"),
        Style("Motto", "Tiêu ngữ", size.motto, bold=True, align="center"),
        Style("Superior", "Cơ quan chủ quản", size.superior, align="center"),
        Style("Issuer", "Cơ quan ban hành", size.issuer, bold=True, align="center"),
        Style("DocumentNumber", "Số, ký hiệu", size.number, align="center", before=8),
        Style("PlaceDate", "Địa danh, thời gian", size.place_date, italic=True, align="center", before=8),
        Style("LetterSubject", "Trích yếu công văn", size.letter_subject, align="center"),
        Style(
            "Urgency", "Dấu chỉ độ khẩn", size.urgency, bold=True, align="center", before=8, color="FF0000"
        ),
        Style(
            "Circulation",
            "Phạm vi lưu hành",
            size.circulation,
            bold=True,
            align="center",
            before=8,
            color="FF0000",
        ),
        Style("Draft", "Dự thảo", size.draft, bold=True, align="right", before=8),
        Style("Title", "Title", size.kind, bold=True, align="center", before=14, keep=True),
        Style("Subtitle", "Subtitle", size.subject, bold=True, align="center", keep=True),
        Style("Addressees", "Kính gửi", size.addressees, align="center", before=12, after=6),
        Style(
            "AddresseesLabel",
            "Kính gửi nhiều nơi",
            size.addressees,
            before=12,
            left=at.addressees_left,
            keep=True,
        ),
        Style("Addressee", "Nơi kính gửi", size.addressees, left=dash + DASH, first=-DASH),
    )


def _body(at: Layout) -> tuple[Style, ...]:
    text = Style(
        "BodyText",
        "Body Text",
        at.sizes.body,
        align="both",
        before=at.paragraph_space,
        line=at.line_spacing,
        first=at.first_line,
    )
    levels = range(1, LEVELS + 1)
    heads = (Style(f"Heading{n}", f"heading {n}", based=text.id, keep=True, level=n - 1) for n in levels)
    items = (Style(f"Item{n}", f"Mục liệt kê {n}", based=text.id) for n in levels)
    return (text, *heads, *items)


def _tables(at: Layout) -> tuple[Style, ...]:
    size = at.sizes.table
    return (
        Style(
            "Caption",
            "caption",
            size,
            bold=True,
            align="center",
            before=at.paragraph_space,
            after=3,
            keep=True,
        ),
        Style("TableUnit", "Đơn vị tính", size, italic=True, align="right", after=3, keep=True),
        Style("TableHead", "Đầu bảng", size, bold=True, align="center", keep=True),
        Style("TableNumbers", "Số cột", size, italic=True, align="center", keep=True),
        Style("TableText", "Ô trong bảng", size),
        Style("TableGroup", "Nhóm trong bảng", size, bold=True, keep=True),
        Style("TableTotal", "Tổng trong bảng", size, bold=True),
    )


def _foot(at: Layout) -> tuple[Style, ...]:
    size = at.sizes
    return (
        Style(
            "RecipientsLabel", "Nơi nhận", size.recipients_label, bold=True, italic=True, before=12, keep=True
        ),
        Style("Recipient", "Nơi nhận, từng dòng", size.recipients),
        Style("Copies", "Ký hiệu soạn thảo, số bản", size.copies, before=6),
        Style("Authority", "Quyền hạn, chức vụ", size.authority, bold=True, align="center", keep=True),
        Style("Signer", "Họ tên người ký", size.signer, bold=True, align="center"),
        Style("Contact", "Địa chỉ liên hệ", size.contact, align="center", before=3),
        Style("AppendixLabel", "Phụ lục", size.appendix_label, bold=True, align="center", keep=True, level=0),
        Style("AppendixTitle", "Tên phụ lục", size.appendix_title, bold=True, align="center", keep=True),
        Style(
            "AppendixReference", "Kèm theo", size.appendix_reference, italic=True, align="center", keep=True
        ),
        Style("Header", "header", size.page_number, align="center"),
        Style("Rule", "Đường kẻ", 1),
        Style("Gap", "Ngăn cách", 1),
    )


def styles_xml(layout: Layout, language: str) -> str:
    font = xml.attribute(layout.word_font)
    fonts = f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
    speech = f'<w:lang w:val={xml.attribute(language)} w:eastAsia={xml.attribute(language)} w:bidi="ar-SA"/>'
    body = _size(layout.sizes.body)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/>{body}{speech}</w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    named = "".join(_style_xml(style) for style in styles(layout))
    return f"<w:styles {xml.NAMESPACES}>{defaults}{_FIXED}{_grid(layout)}{named}</w:styles>"


def _style_xml(style: Style) -> str:
    keep = "<w:keepNext/>" if style.keep else ""
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    weight = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"{custom}><w:name w:val={xml.attribute(style.name)}/>'
        f'<w:basedOn w:val="{style.based}"/><w:qFormat/><w:pPr>{keep}{_spacing(style)}{_indent(style)}{align}{level}'
        f"</w:pPr><w:rPr>{weight}{color}{_size(style.size)}</w:rPr></w:style>"
    )


def _spacing(style: Style) -> str:
    """What differs from the style it is based on; a zero says nothing. LibreOffice reads a line without its
    rule as an exact height, so the rule is always said."""
    given = {"before": _points(style.before), "after": _points(style.after), "line": round(240 * style.line)}
    values = "".join(f' w:{name}="{value}"' for name, value in given.items() if value)
    rule = ' w:lineRule="auto"' if style.line else ""
    return f"<w:spacing{values}{rule}/>" if values else ""


def _indent(style: Style) -> str:
    left, first = twips(style.left), twips(style.first)
    if not left and not first:
        return ""
    return f'<w:ind w:left="{left}" ' + (
        f'w:hanging="{-first}"/>' if first < 0 else f'w:firstLine="{first}"/>'
    )


def _size(points: float) -> str:
    """The w:sz of a style; 0 leaves it to the style it is based on."""
    if not points:
        return ""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _points(points: float) -> int:
    return round(points * 20)


def _cell_margins(left_right: float, top_bottom: float) -> str:
    beside, above = twips(left_right), twips(top_bottom)
    return (
        f'<w:tblCellMar><w:top w:w="{above}" w:type="dxa"/><w:left w:w="{beside}" w:type="dxa"/>'
        f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar>'
    )


def _grid(at: Layout) -> str:
    """The ruled table of the body; the unruled ones of the frame take Word's "Normal Table"."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    eighths = round(at.table_rule * 8)
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>' for side in sides
    )
    margins = _cell_margins(at.cell_padding, at.cell_padding)
    return (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders>{margins}</w:tblPr></w:style>"
    )


_FIXED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>'
)
