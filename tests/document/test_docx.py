"""The Word file as a văn thư would judge it: measures, styles, page breaks, links, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import docx as python_docx
import pytest

from reports.document import docx, docx_file, docx_styles, plain
from reports.document.docx_table import column_widths
from reports.document.layout import LAYOUT, Layout, issuer_rule, motto_rule, subject_rule, twips
from reports.document.nodes import (
    Appendix,
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Item,
    Letterhead,
    LetterheadLine,
    Lines,
    Node,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    Text,
    Title,
)
from reports.document.numbering import resolve
from tests.document import docx_reading as reading
from tests.document import reference, samples
from tests.document.docx_reading import W, find, value

REPORT = resolve(reference.document(), {})
EVERYTHING = resolve(samples.everything(), samples.WORDINGS)


@pytest.fixture(scope="module")
def report() -> bytes:
    return docx.render(REPORT)


@pytest.fixture(scope="module")
def everything() -> bytes:
    return docx.render(EVERYTHING)


def of(*nodes: Node, **frame: object) -> bytes:
    """The file of a document with these nodes and these parts of a frame."""
    section = Section(blocks=(Block(nodes),))
    return docx.render(Document("Mẫu", Frame(**frame), (section,)))  # type: ignore[arg-type]


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def style_of(paragraph: reading.Element) -> str | None:
    return value(paragraph, "w:pPr/w:pStyle")


def styled(docx: bytes, style: str) -> list[reading.Element]:
    return find(reading.body(docx), f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def keeps(paragraph: reading.Element, styles: reading.Element) -> bool:
    """Whether a paragraph stays on the page of the next one, by itself or by its style."""
    own = find(paragraph, "w:pPr/w:keepNext")
    if own:
        return own[0].get(W + "val") != "0"
    return bool(find(styles, f"w:style[@w:styleId='{style_of(paragraph)}']/w:pPr/w:keepNext"))


# --- text -----------------------------------------------------------------------------------------------


def test_the_body_of_report_274_is_the_golden_text_line_by_line(report: bytes) -> None:
    lines, golden = reading.paragraphs(report), reference.golden_lines()
    start = lines.index(golden[0])
    assert lines[start : start + len(golden)] == golden


def test_text_is_kept_as_it_is() -> None:
    text = "<script>alert('x')</script> &amp; ]]> “ngoặc”  hai dấu cách "
    made = of(words(text), Item("-", (Text(text),)), title=Title("", ((Text(text),),)))
    assert reading.paragraphs(made).count(text) == 2
    assert f"- {text}" in reading.paragraphs(made)
    assert reading.complaints(made) == []


def test_a_heading_of_ten_thousand_characters() -> None:
    heading = "Đề nghị " * 1250
    made = docx.render(Document("x" * 10_000, sections=(Section("1.", (Text(heading),), style="1."),)))
    assert reading.paragraphs(made)[0] == f"1. {heading}"
    assert reading.complaints(made) == []


def test_every_part_may_be_missing() -> None:
    made = docx.render(Document(""))
    assert reading.text(made) == ""
    assert reading.complaints(made) == []
    assert docx.render(Document("  ")) == made


# --- what Word sees -------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [REPORT, EVERYTHING], ids=["report", "everything"])
def test_word_finds_nothing_to_repair(document: Document) -> None:
    assert reading.complaints(docx.render(document)) == []


def test_the_audit_would_see_a_fault(report: bytes) -> None:
    """A file with a style that does not exist and an element out of place is not let through."""
    made = BytesIO()
    with ZipFile(BytesIO(report)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body><w:tcW/>", 1)
            new.writestr(name, content)
    assert reading.complaints(made.getvalue())


def test_python_docx_opens_it(everything: bytes) -> None:
    opened = python_docx.Document(BytesIO(everything))
    assert len(opened.sections) == 4
    assert opened.paragraphs[0].style.name
    assert len(opened.tables) == 5


def test_no_part_that_word_would_repair_and_no_theme_font(everything: bytes) -> None:
    with ZipFile(BytesIO(everything)) as file:
        names, parts = file.namelist(), [file.read(name) for name in file.namelist()]
    assert not [name for name in names if "Effects" in name or "thumbnail" in name or "customXml" in name]
    assert not [part for part in parts if b"Theme=" in part]
    assert not [part for part in parts if b"Calibri" in part or b"Cambria" in part]


def test_every_style_used_is_there(everything: bytes) -> None:
    ids = {
        style.get(W + "styleId") for style in reading.part(everything, "word/styles.xml").iter(W + "style")
    }
    used = {
        at.get(W + "val") for at in reading.body(everything).iter(W + "pStyle", W + "tblStyle", W + "rStyle")
    }
    assert used <= ids
    assert len(used) > 30


def test_font_language_and_colour(report: bytes) -> None:
    defaults = find(reading.part(report, "word/styles.xml"), "w:docDefaults//w:rPr")[0]
    fonts = find(defaults, "w:rFonts")[0]
    assert {name: fonts.get(W + name) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == dict.fromkeys(
        ("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman"
    )
    assert len(fonts.attrib) == 4
    assert value(defaults, "w:lang") == "vi-VN"
    assert value(defaults, "w:color") == "000000"
    assert find(reading.body(report), "//w:rFonts | //w:color") == []


#: Phụ lục I, mục V: the lawful sizes of each ô, whether bold, whether italic.
LAWFUL = {
    "NationalName": (12, 13, True, False),
    "Motto": (13, 14, True, False),
    "Superior": (12, 13, False, False),
    "Issuer": (12, 13, True, False),
    "DocumentNumber": (13, 13, False, False),
    "PlaceDate": (13, 14, False, True),
    "Title": (13, 14, True, False),
    "Subtitle": (13, 14, True, False),
    "LetterSubject": (12, 13, False, False),
    "BodyText": (13, 14, False, False),
    "Addressees": (13, 14, False, False),
    "RecipientsLabel": (12, 12, True, True),
    "Recipient": (11, 11, False, False),
    "Copies": (11, 11, False, False),
    "Authority": (13, 14, True, False),
    "Signer": (13, 14, True, False),
    "Urgency": (13, 14, True, False),
    "Circulation": (13, 14, True, False),
    "Contact": (11, 12, False, False),
    "AppendixLabel": (14, 14, True, False),
    "AppendixTitle": (13, 14, True, False),
    "AppendixReference": (13, 14, False, True),
    "Header": (13, 14, False, False),
}


@pytest.mark.parametrize("style", LAWFUL)
def test_styles_are_lawful(report: bytes, style: str) -> None:
    least, most, bold, italic = LAWFUL[style]
    look = find(reading.part(report, "word/styles.xml"), f"w:style[@w:styleId='{style}']/w:rPr")[0]
    assert 2 * least <= int(value(look, "w:sz") or 0) <= 2 * most
    assert value(look, "w:sz") == value(look, "w:szCs")
    assert bool(find(look, "w:b")) is bold
    assert bool(find(look, "w:i")) is italic


def test_body_text_is_lawful(report: bytes) -> None:
    """First line 1 or 1,27 cm; at least 6 pt between paragraphs; single to 1,5 lines; both sides (II.6)."""
    body = find(reading.part(report, "word/styles.xml"), "w:style[@w:styleId='BodyText']/w:pPr")[0]
    assert value(body, "w:ind", "firstLine") in ("567", "720")
    assert int(value(body, "w:spacing", "before") or 0) >= 120
    assert 240 <= int(value(body, "w:spacing", "line") or 0) <= 360
    assert value(body, "w:jc") == "both"


def test_a_layout_is_data() -> None:
    made = docx.render(REPORT, replace(LAYOUT, margin_left=35, first_line=12.7, word_font="Liberation Serif"))
    assert value(reading.body(made), "//w:pgMar", "left") == str(twips(35))
    styles = reading.part(made, "word/styles.xml")
    assert value(styles, "w:style[@w:styleId='BodyText']//w:ind", "firstLine") == "720"
    assert value(styles, "//w:rFonts", "ascii") == "Liberation Serif"


# --- pages ----------------------------------------------------------------------------------------------


def test_paper_and_margins(report: bytes) -> None:
    page = find(reading.body(report), "w:sectPr")[0]
    assert (value(page, "w:pgSz", "w"), value(page, "w:pgSz", "h")) == ("11906", "16838")
    top, bottom, left, right = (
        int(value(page, "w:pgMar", at) or 0) for at in ("top", "bottom", "left", "right")
    )
    assert 1134 <= top <= 1417
    assert 1134 <= bottom <= 1417
    assert 1701 <= left <= 1984
    assert 850 <= right <= 1134
    assert value(page, "w:pgMar", "header") == "567"


def test_page_numbers(everything: bytes) -> None:
    """Centred in the top margin, none on page 1, counted anew in each appendix (I.6, III.1)."""
    related, sections = reading.relations(everything), find(reading.body(everything), "//w:sectPr")
    header = reading.part(everything, "word/" + related[find(sections[0], "w:headerReference/@r:id")[0]][0])
    assert find(header, "//w:fldSimple/@w:instr") == [" PAGE "]
    assert (
        value(reading.part(everything, "word/styles.xml"), "w:style[@w:styleId='Header']//w:jc") == "center"
    )
    assert [at.get(W + "type") for at in find(sections[0], "w:headerReference")] == ["default"]
    assert len(sections) == 4
    for at in sections:
        assert find(at, "w:titlePg")
        assert value(at, "w:pgNumType", "start") == "1"
        assert value(at, "w:type") == "nextPage"
    assert not [at for at in sections[1:] if find(at, "w:headerReference")]


def test_a_wide_appendix_lies_on_its_side(everything: bytes) -> None:
    sizes = [find(at, "w:pgSz")[0] for at in find(reading.body(everything), "//w:sectPr")]
    assert [at.get(W + "orient") for at in sizes] == [None, None, "landscape", None]
    assert (sizes[2].get(W + "w"), sizes[2].get(W + "h")) == ("16838", "11906")
    tables = find(reading.body(everything), "w:tbl[w:tblPr/w:tblStyle/@w:val='TableGrid']")
    assert [value(at, "w:tblPr/w:tblW", "w") for at in tables] == [
        str(twips(LAYOUT.text_width)),
        str(twips(LAYOUT.text_width)),
        str(twips(LAYOUT.wide_text_width)),
    ]


def test_the_contact_line_is_at_the_foot_of_page_1_only(everything: bytes) -> None:
    related, sections = reading.relations(everything), find(reading.body(everything), "//w:sectPr")
    footers = [find(at, "w:footerReference[@w:type='first']/@r:id") for at in sections]
    assert [len(at) for at in footers] == [1, 1, 0, 0]
    first, second = (reading.part(everything, "word/" + related[at[0]][0]) for at in footers[:2])
    assert "".join(first.itertext()) == EVERYTHING.frame.contact
    assert find(first, "//w:pBdr/w:top")
    assert "".join(second.itertext()) == ""


# --- the frame ------------------------------------------------------------------------------------------


def rules(docx: bytes) -> list[int]:
    """Lengths in twips of the lines under headings, in order; those of the head in their column."""
    columns = [twips(at) - 2 * 108 for at in LAYOUT.head_columns]
    rooms = [*columns, twips(LAYOUT.text_width)]
    indents = [find(at, "w:pPr/w:ind")[0] for at in styled(docx, "Rule")]
    return [
        room - int(at.get(W + "left")) - int(at.get(W + "right"))
        for room, at in zip(rooms, indents, strict=True)
    ]


def test_lines_under_headings_have_lawful_lengths(report: bytes) -> None:
    letterhead, title = REPORT.frame.letterhead, REPORT.frame.title
    assert letterhead
    assert title
    wanted = [issuer_rule(letterhead), motto_rule(letterhead), subject_rule(title)]
    assert rules(report) == [pytest.approx(twips(length), abs=4) for length in wanted]
    assert all(find(at, "w:pPr/w:pBdr/w:top[@w:val='single']") for at in styled(report, "Rule"))
    assert "_" not in reading.text(report)
    assert not find(reading.body(report), "//w:u")


def test_the_head_is_an_unruled_table_of_two_columns(report: bytes) -> None:
    head = find(reading.body(report), "w:tbl")[0]
    assert [at.get(W + "w") for at in find(head, "w:tblGrid/w:gridCol")] == ["3827", "5669"]
    assert not find(head, ".//w:tblBorders | .//w:tcBorders")
    rows = [[[reading.words(p) for p in cell.iter(W + "p")] for cell in row] for row in _cells(head)]
    assert rows[0][0][:2] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG NHỊ CHIỂU"]
    assert rows[0][1][:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert rows[1][0][0] == "Số: 274/BC-UBND"


def _cells(table: reading.Element) -> list[list[reading.Element]]:
    return [find(row, "w:tc") for row in find(table, "w:tr")]


def test_a_wide_motto_shrinks_instead_of_wrapping() -> None:
    layout = replace(LAYOUT, head_columns=(77.5, 87.5))
    motto = Frame(letterhead=Letterhead((LetterheadLine("ỦY BAN"),), samples.MOTTO))
    made = docx.render(Document("x", motto), layout)
    assert value(styled(made, "NationalName")[0], ".//w:sz") == "24"


def test_superior_body_is_upright_and_issuer_bold() -> None:
    made = of(letterhead=samples.UNIT)
    assert [reading.words(at) for at in styled(made, "Superior")] == ["UBND PHƯỜNG NHỊ CHIỂU"]
    assert [reading.words(at) for at in styled(made, "Issuer")] == ["PHÒNG VĂN HÓA - XÃ HỘI"]


def test_subject_of_a_letter_stands_under_the_number() -> None:
    letter = Title("", ((Text("V/v báo cáo kết quả"),),), letter=True)
    made = of(words("Nội dung."), number=samples.BLANK_NUMBER, place_date=samples.BLANK_DATE, title=letter)
    cell = _cells(find(reading.body(made), "w:tbl")[0])[0][0]
    subject = find(cell, "w:p")[1]
    assert reading.words(subject) == "V/v báo cáo kết quả"
    assert value(subject, "w:pPr/w:spacing", "before") == "120"  # 6 pt below the number (II.5.b)
    assert not styled(made, "Title") + styled(made, "Subtitle") + styled(made, "Rule")


def test_blank_slots_keep_their_room() -> None:
    made = of(number=samples.BLANK_NUMBER)
    assert reading.words(styled(made, "DocumentNumber")[0]) == "Số: " + "\u00a0" * 6 + "/BC-UBND"


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ((), ["Kính gửi:"]),
        (("Sở Khoa học và Công nghệ",), ["Kính gửi: Sở Khoa học và Công nghệ"]),
        (("Sở A;", "Sở B."), ["Kính gửi:", "- Sở A;", "- Sở B."]),
    ],
)
def test_addressees(lines: tuple[str, ...], printed: list[str]) -> None:
    assert reading.paragraphs(of(addressees=Lines("Kính gửi:", lines)))[: len(printed)] == printed


def test_marks_are_boxed_in_red(everything: bytes) -> None:
    for style in ("Urgency", "Circulation"):
        (mark,) = styled(everything, style)
        assert len(find(mark, "w:pPr/w:pBdr/*[@w:color='FF0000']")) == 4
        styles = reading.part(everything, "word/styles.xml")
        assert value(styles, f"w:style[@w:styleId='{style}']//w:color") == "FF0000"


# --- the end --------------------------------------------------------------------------------------------


def signature(at: int) -> Signature:
    return Signature(("TM. ỦY BAN NHÂN DÂN", f"CHỦ TỊCH {at}"), f"Nguyễn Văn {at}")


def test_one_signature_stands_beside_the_recipients(report: bytes) -> None:
    left, right = _cells(find(reading.body(report), "w:tbl")[-1])[0]
    assert reading.words(find(left, "w:p")[0]) == "Nơi nhận:"
    assert [reading.words(at) for at in find(right, "w:p")] == [
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Hồng Túc",
    ]
    assert int(value(find(right, "w:p")[2], "w:pPr/w:spacing", "before") or 0) == twips(LAYOUT.signing_space)


def test_several_signatures_stand_two_a_row_before_the_recipients() -> None:
    made = of(words("Nội dung."), signatures=tuple(map(signature, range(3))), recipients=samples.RECIPIENTS)
    rows = _cells(find(reading.body(made), "w:tbl")[0])
    names = [[reading.words(find(cell, "w:p")[-1]) for cell in row] for row in rows]
    assert names == [["Nguyễn Văn 0", "Nguyễn Văn 1"], ["Nguyễn Văn 2", ""]]
    assert reading.paragraphs(made)[-1] == "- Lưu: VT, VHXH."
    assert reading.complaints(made) == []


def test_without_signature_the_recipients_stand_alone() -> None:
    made = of(words("Nội dung."), recipients=samples.RECIPIENTS)
    assert not find(reading.body(made), "w:tbl")
    assert reading.paragraphs(made)[1] == "Nơi nhận:"


def test_an_unsigned_block_keeps_room_for_the_signature() -> None:
    made = of(signatures=(Signature(("CHỦ TỊCH",)), Signature((), "", "Ủy viên")))
    (authority,), (role,) = styled(made, "Authority"), styled(made, "Signer")
    assert value(authority, "w:pPr/w:spacing", "after") == str(twips(LAYOUT.signing_space))
    assert value(role, "w:pPr/w:spacing", "before") == str(twips(LAYOUT.signing_space))


def test_the_signature_is_never_alone_on_a_page(report: bytes) -> None:
    """The last paragraph keeps with the closing table, whose only row no page break cuts."""
    styles, closing = reading.part(report, "word/styles.xml"), find(reading.body(report), "w:tbl")[-1]
    assert keeps(closing.getprevious(), styles)
    assert find(closing, "w:tr/w:trPr/w:cantSplit")


def test_the_last_row_of_a_table_keeps_with_the_signature() -> None:
    made = of(samples.table(), signatures=(signature(1), signature(2), signature(3)))
    styles, (data, closing) = reading.part(made, "word/styles.xml"), find(reading.body(made), "w:tbl")
    *others, last = (row for row in data if row.tag == W + "tr")
    assert all(keeps(at, styles) for at in last.iter(W + "p"))
    assert not all(keeps(at, styles) for at in others[-1].iter(W + "p"))
    first, second = find(closing, "w:tr")
    assert all(keeps(at, styles) for at in first.iter(W + "p"))
    between = closing.getprevious()
    assert style_of(between) == "Gap"
    assert keeps(between, styles)
    assert not keeps(list(second.iter(W + "p"))[-1], styles)


# --- sections, items, tables ----------------------------------------------------------------------------


def test_headings_have_levels_and_stay_with_their_text(everything: bytes) -> None:
    styles = reading.part(everything, "word/styles.xml")
    found = {
        reading.words(at).replace("\n", " "): at
        for n in range(1, 10)
        for at in styled(everything, f"Heading{n}")
    }
    levels = {
        text: int(value(styles, f"w:style[@w:styleId='{style_of(at)}']//w:outlineLvl") or -1)
        for text, at in found.items()
    }
    assert levels["Phần I TÌNH HÌNH CHUNG"] == 0
    assert levels["I. KẾT QUẢ"] == 1
    assert levels["2. Việc đã làm"] == 2
    assert levels["2.1. Tuyên truyền"] == 3
    assert levels["a) Điểm"] == 2
    assert "3. Khoản không có tiêu đề." not in levels
    assert keeps(found["I. KẾT QUẢ"], styles)
    assert not keeps(found["1. Trên địa bàn phường: không có vướng mắc."], styles)


def test_only_the_heading_is_bold_not_what_runs_in(everything: bytes) -> None:
    (line,) = (at for at in reading.body(everything).iter(W + "p") if "vướng mắc" in reading.words(at))
    bold = "".join(run.findtext(W + "t") for run in find(line, "w:r[w:rPr/w:b]"))
    assert bold.replace(" ", "") == "1.Trênđịabànphường:"


def test_a_part_is_centred_with_its_label_above(everything: bytes) -> None:
    (line,) = (at for at in reading.body(everything).iter(W + "p") if "TÌNH HÌNH" in reading.words(at))
    assert reading.words(line) == "Phần I\nTÌNH HÌNH CHUNG"
    assert value(line, "w:pPr/w:jc") == "center"


def test_labels_are_text_not_automatic_numbers(everything: bytes) -> None:
    assert not find(reading.body(everything), "//w:numPr")
    with ZipFile(BytesIO(everything)) as file:
        assert "word/numbering.xml" not in file.namelist()


def test_looks_inside_a_line(everything: bytes) -> None:
    runs = {run.findtext(W + "t"): run for run in reading.body(everything).iter(W + "r")}
    assert find(runs["đậm"], "w:rPr/w:b")
    assert find(runs[" nghiêng"], "w:rPr/w:i")
    assert value(runs["gạch"], "w:rPr/w:u") == "single"
    scripts = {value(at, "w:rPr/w:vertAlign") for at in find(reading.body(everything), "//w:r[w:t='2']")}
    assert {"subscript", "superscript"} <= scripts


def test_links_are_relationships() -> None:
    addresses = [
        "https://a.vn/?b=1&c=2",
        "https://a.vn/đường dẫn",
        "mailto:ubnd@a.vn",
        "https://a.vn/?b=1&c=2",
    ]
    long = "https://a.vn/" + "x" * 3000
    made = of(Paragraph(tuple(Text("xem", link=at) for at in (*addresses, long))))
    targets = {name: at for name, at in reading.relations(made).items() if at[1] == "External"}
    wanted = [
        "https://a.vn/?b=1&c=2",
        "https://a.vn/%C4%91%C6%B0%E1%BB%9Dng%20d%E1%BA%ABn",
        "mailto:ubnd@a.vn",
    ]
    assert sorted(target for target, _ in targets.values()) == sorted(wanted)
    linked = [targets[at][0] for at in find(reading.body(made), "//w:hyperlink/@r:id")]
    assert linked == [*wanted, wanted[0]]
    assert reading.paragraphs(made)[0] == "xem" * 5
    assert reading.complaints(made) == []


def test_table_heads_repeat_and_rows_stay_whole(everything: bytes) -> None:
    table = find(reading.body(everything), "w:tbl[w:tblPr/w:tblStyle/@w:val='TableGrid']")[0]
    rows = find(table, "w:tr")
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True] * 3 + [False] * (len(rows) - 3)
    assert all(find(row, "w:trPr/w:cantSplit") for row in rows)


def test_spans_fill_the_grid() -> None:
    """Every row covers every column: a cell that reaches down is continued by an empty one."""
    made = of(samples.table())
    table = find(reading.body(made), "w:tbl")[0]
    assert value(table, "w:tblPr/w:tblLayout", "type") == "fixed"
    for row in find(table, "w:tr"):
        assert sum(int(value(cell, "w:tcPr/w:gridSpan") or 1) for cell in find(row, "w:tc")) == 5
        widths = [int(value(cell, "w:tcPr/w:tcW", "w") or 0) for cell in find(row, "w:tc")]
        assert sum(widths) == twips(LAYOUT.text_width)
    first, second = find(table, "w:tr")[:2]
    assert [value(at, "w:tcPr/w:vMerge") for at in find(first, "w:tc")] == [
        "restart",
        "restart",
        None,
        "restart",
    ]
    assert [value(at, "w:tcPr/w:vMerge") for at in find(second, "w:tc")] == ["continue"] * 2 + [None] * 2 + [
        "continue"
    ]


def test_a_row_that_is_covered_from_above() -> None:
    rows = (Row((Cell((Text("A"),), 2, 2), Cell((Text("B"),), 1, 2))), Row(()), Row((Cell(), Cell(), Cell())))
    made = of(Table((Column(), Column(), Column()), rows))
    second = find(reading.body(made), "//w:tr")[1]
    assert [value(cell, "w:tcPr/w:gridSpan") for cell in find(second, "w:tc")] == ["2", None]
    assert reading.complaints(made) == []


def test_cells_are_aligned_and_weighted_by_kind() -> None:
    columns = (Column(1, "center"), Column(3, "right"))
    total = Row((Cell((Text("Tổng"),), align="left"), Cell((Text("9"),))), "total")
    item = Row((Cell((Text("1"),)), Cell((Text("9"),), bold=True)))
    made = of(Table(columns, (item, total)))
    cells = [at for row in _cells(find(reading.body(made), "w:tbl")[0]) for at in row]
    assert [value(at, ".//w:jc") for at in cells] == ["center", "right", "left", "right"]
    assert [bool(find(at, ".//w:b")) for at in cells] == [False, True, False, False]
    assert [style_of(find(at, "w:p")[0]) for at in cells] == ["TableText"] * 2 + ["TableTotal"] * 2


def test_two_tables_do_not_run_into_one() -> None:
    one = Table((Column(),), (Row((Cell((Text("A"),)),)),))
    made = of(one, one, one, letterhead=samples.WARD, signatures=(signature(1),))
    tags = [at.tag for at in reading.body(made)]
    assert (W + "tbl", W + "tbl") not in pairwise(tags)
    assert tags.count(W + "tbl") == 5
    assert tags[-2:] == [W + "p", W + "sectPr"]


def test_columns_share_the_width_to_the_last_twip() -> None:
    assert column_widths((Column(1), Column(1), Column(1)), 1000) == (333, 334, 333)
    assert sum(column_widths(tuple(Column(at / 7) for at in range(1, 15)), 9354)) == 9354


def test_appendices_have_their_own_headings(everything: bytes) -> None:
    assert [reading.words(at) for at in styled(everything, "AppendixLabel")] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
    ]
    assert len(styled(everything, "AppendixReference")) == 2
    made = docx.render(
        Document("x", appendices=(Appendix(((Text("A"),),), "", blocks=(Block((words("B"),)),)),))
    )
    assert [text for text in reading.paragraphs(made) if text] == ["A", "B"]


# --- the file -------------------------------------------------------------------------------------------


def test_properties() -> None:
    about = python_docx.Document(BytesIO(docx.render(REPORT))).core_properties
    assert (about.title, about.language) == ("Báo cáo 274/BC-UBND", "vi-VN")
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created == about.modified
    assert about.created
    assert about.created.replace(tzinfo=None) == docx_file.DATE


def test_another_language() -> None:
    made = docx.render(replace(REPORT, lang="en-GB"))
    assert value(reading.part(made, "word/styles.xml"), "//w:lang") == "en-GB"
    assert value(reading.part(docx.render(REPORT), "word/styles.xml"), "//w:lang") == "vi-VN"


def test_text_is_nfc(report: bytes) -> None:
    for name in ("word/document.xml", "word/styles.xml"):
        text = "".join(reading.part(report, name).itertext())
        assert unicodedata.is_normalized("NFC", text)


CHILD = """
import hashlib
from reports.document import docx
from reports.document.numbering import resolve
from tests.document import samples
print(hashlib.sha256(docx.render(resolve(samples.everything(), samples.WORDINGS))).hexdigest())
"""


def test_the_same_tree_gives_the_same_bytes(everything: bytes) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh"}
    command = [sys.executable, "-c", CHILD]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == hashlib.sha256(everything).hexdigest()


def test_no_entry_carries_the_clock(everything: bytes) -> None:
    with ZipFile(BytesIO(everything)) as file:
        assert file.testzip() is None
        assert {entry.date_time for entry in file.infolist()} == {(2020, 3, 5, 0, 0, 0)}
        assert file.namelist()[0] == "[Content_Types].xml"


def test_style_names_are_unique() -> None:
    styles = docx_styles.styles(Layout())
    assert len({style.id for style in styles}) == len(styles) == len({style.name for style in styles})


def test_plain_text_and_word_agree_on_the_report(report: bytes) -> None:
    assert reading.text(report) == "".join(plain.text(REPORT).split())
