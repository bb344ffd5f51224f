"""Reports in many shapes are read from text and Word and printed again: the same body, line by line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from docx import Document as new_word
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.document import docx, plain
from reports.document.nodes import Item, Table, walk_sections, words
from reports.document.numbering import resolve
from reports.importing import Unreadable, read

from .shapes import CLASSIC, SHAPES, Shape
from .varieties import VARIETIES
from .word import add_list, built, numbered, saved

FORMS = {
    "text": (lambda shape: shape.source.encode(), "bao-cao.txt"),
    "word": (built, "bao-cao.docx"),
    "word without tables": (lambda shape: built(shape, frame_in_tables=False), "bao-cao.docx"),
    "own export": (lambda shape: docx.render(document_of(shape)), "bao-cao.docx"),
}


def resolved(data: bytes, name: str):
    return resolve(read(data, name).document, {})


def document_of(shape: Shape):
    return resolved(shape.source.encode(), "bao-cao.txt")


def body_of(data: bytes, name: str) -> list[str]:
    return plain.body(resolved(data, name)).splitlines()


def nodes_in(document) -> list:
    return [node for at in walk_sections(document.sections) for block in at.blocks for node in block.nodes]


def squeezed(text: str) -> str:
    return " ".join(text.replace("\t", " | ").split())


ALL = {**SHAPES, **VARIETIES}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ALL)
def test_body_frame_and_structure_come_back_as_printed(name, form):
    shape, (make, file_name) = ALL[name], FORMS[form]
    document = resolved(make(shape), file_name)
    assert plain.body(document).splitlines() == shape.lines
    assert tuple(section.label for section in walk_sections(document.sections)) == shape.labels
    assert len(document.frame.signatures) == shape.signatures
    assert len(document.appendices) == shape.appendices
    printed = {squeezed(line) for line in plain.text(document).splitlines()}
    assert {squeezed(line) for line in shape.source.splitlines() if line.strip()} <= printed


def test_the_frame_is_told_apart():
    frame = document_of(CLASSIC).frame
    assert [at.text for at in frame.letterhead.issuer] == ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH"]
    assert words(frame.number) == "Số: 15/BC-UBND"
    assert words(frame.place_date) == "Bình Minh, ngày 05 tháng 01 năm 2026"
    assert frame.title.kind == "BÁO CÁO"
    assert frame.addressees.lines == ("Sở Nội vụ;", "Văn phòng UBND tỉnh.")
    assert frame.recipients.printed[1:4] == (
        "- Đ/c Trần Thị B - PCT UBND tỉnh;",
        "- CT, các PCT UBND xã;",
        "(để b/c)",
    )
    assert frame.signatures[0].lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert frame.signatures[0].name == "Nguyễn Văn A"


def test_a_letter_keeps_its_blanks_and_its_appendix():
    document = document_of(SHAPES["letter"])
    assert document.frame.title.letter
    assert words(document.frame.number).replace("\u00a0", "_") == "Số: ______/SVHTT-VP"
    appendix = document.appendices[0]
    assert appendix.label == "PHỤ LỤC"
    assert words(appendix.reference).startswith("(Kèm theo Công văn số")
    assert isinstance(appendix.blocks[0].nodes[0], Table)


def test_marks_nest_by_their_order_in_the_section():
    section = next(at for at in walk_sections(document_of(CLASSIC).sections) if at.label == "b)")
    assert [(node.label, node.level) for node in section.blocks[0].nodes] == [("-", 1), ("+", 2), ("-", 1)]


def test_a_heading_may_carry_its_text():
    section = next(at for at in walk_sections(document_of(CLASSIC).sections) if at.label == "3.")
    assert (words(section.heading), words(section.run_in)) == ("Đơn thư:", "Không.")


# --- damage of extraction from PDF ------------------------------------------------------------------------

DAMAGED = """**BÁO CÁO**
**Kết quả phong trào**

## **1. Kết quả**

*a) Tuyên truyền*

- Ban hành Công văn số 77/UBND-VX ngày 15/10/2025 về cuộc thi trên địa

bàn xã. Đã có 411 người dự thi và

2

được khen thưởng. Đồng thời tăng 2 cường phối hợp với Đoàn thanh niên.

- Tổ chức 9 lớp học với 20 học viên

Xã tổ chức tổng kết phong trào vào cuối năm và đề nghị cấp trên khen thưởng các tổ có thành tích xuất sắc

Các thôn thực hiện tốt, xem <https://vi-du.vn/tin> và tiếp tục tăng cường.
"""


def test_page_cuts_are_joined_where_certain_and_listed_where_not():
    imported = read(DAMAGED.encode(), "cu.md")
    lines = plain.body(resolve(imported.document, {})).splitlines()
    assert lines == [
        "1. Kết quả",
        "a) Tuyên truyền",
        "- Ban hành Công văn số 77/UBND-VX ngày 15/10/2025 về cuộc thi trên địa bàn xã. Đã có 411 người dự thi và "
        "được khen thưởng. Đồng thời tăng cường phối hợp với Đoàn thanh niên.",
        "- Tổ chức 9 lớp học với 20 học viên",
        "Xã tổ chức tổng kết phong trào vào cuối năm và đề nghị cấp trên khen thưởng các tổ có thành tích xuất sắc",
        "Các thôn thực hiện tốt, xem https://vi-du.vn/tin và tiếp tục tăng cường.",
    ]
    kinds = [note.kind for note in imported.notes]
    assert kinds.count("repaired") == 4  # a number alone, two seams, a number in a sentence
    assert [note.words for note in imported.notes if note.kind == "left"] == [
        "… hen thưởng các tổ có thành tích xuất sắc | Các thôn thực hiện tốt, xem https://vi-d …"
    ]


def test_lines_wrapped_at_a_margin_are_one_paragraph_again():
    wide = (
        "1. Công tác tuyên truyền được đẩy mạnh trên hệ thống loa\n"
        "truyền thanh của xã, thu hút đông đảo nhân dân tham gia\n"
        "và hưởng ứng trong suốt thời gian diễn ra phong trào thi\n"
        "đua yêu nước do Ủy ban nhân dân xã phát động đầu năm.\n"
        "2. Các thôn đã thành lập tổ công nghệ số cộng đồng, phân\n"
        "công nhiệm vụ cho từng thành viên phụ trách các hộ trong\n"
        "thôn và hướng dẫn nhân dân sử dụng dịch vụ công.\n"
        "Kết quả đạt được là tích cực.\n"
    )
    assert body_of(wide.encode(), "a.txt") == [
        "1. Công tác tuyên truyền được đẩy mạnh trên hệ thống loa truyền thanh của xã, thu hút đông đảo nhân dân "
        "tham gia và hưởng ứng trong suốt thời gian diễn ra phong trào thi đua yêu nước do Ủy ban nhân dân xã phát "
        "động đầu năm.",
        "2. Các thôn đã thành lập tổ công nghệ số cộng đồng, phân công nhiệm vụ cho từng thành viên phụ trách các "
        "hộ trong thôn và hướng dẫn nhân dân sử dụng dịch vụ công.",
        "Kết quả đạt được là tích cực.",
    ]


def test_numbers_that_are_no_pages_stay():
    text = "1. Kết quả\n\nĐã cấp 3 lớp tập huấn cho 20 cán bộ thôn.\n\n45\n\n12\n\nHết."
    assert body_of(text.encode(), "a.txt")[1:] == [
        "Đã cấp 3 lớp tập huấn cho 20 cán bộ thôn.",
        "45",
        "12",
        "Hết.",
    ]


def test_a_letterhead_typed_in_two_columns_is_read_column_by_column():
    text = (
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "XÃ BÌNH MINH                 Độc lập - Tự do - Hạnh phúc\n"
        "Số: 15/BC-UBND           Bình Minh, ngày 05 tháng 01 năm 2026\n\n"
        "BÁO CÁO\nKết quả\n\n1. Công tác chỉ đạo\nĐã thực hiện.\n\n"
        "Nơi nhận:                    TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ;                     CHỦ TỊCH\n- Lưu: VT.\n"
        "                                 Nguyễn Văn A\n"
    )
    frame = resolved(text.encode(), "a.txt").frame
    assert [at.text for at in frame.letterhead.issuer] == ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH"]
    assert words(frame.place_date) == "Bình Minh, ngày 05 tháng 01 năm 2026"
    assert frame.recipients.lines == ("Sở Nội vụ;", "Lưu: VT.")
    assert frame.signatures[0].lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert frame.signatures[0].name == "Nguyễn Văn A"


# --- Word files -------------------------------------------------------------------------------------------------


def test_labels_that_word_counts_by_itself_are_read_as_it_prints_them():
    word = new_word()
    add_list(word, 77, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
    for level, text in (
        (0, "KẾT QUẢ"),
        (1, "Chỉ đạo"),
        (3, "Ban hành 02 kế hoạch."),
        (1, "Tuyên truyền"),
        (0, "TỒN TẠI"),
    ):
        numbered(word, word.add_paragraph(text), 77, level)
    word.add_paragraph("Không.")
    assert body_of(saved(word), "a.docx") == [
        *("I. KẾT QUẢ", "1. Chỉ đạo", "- Ban hành 02 kế hoạch.", "2. Tuyên truyền", "II. TỒN TẠI", "Không."),
    ]


def test_merged_cells_fill_the_grid_and_keep_every_word():
    word = new_word()
    table = word.add_table(4, 4)
    for row, texts in enumerate(
        (
            ("Đơn vị", "Kết quả", "", ""),
            ("", "Nam", "Nữ", "Cộng"),
            ("Tổ 1", "3", "4", "7"),
            ("Cộng", "", "", "7"),
        )
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(3, 0).merge(table.cell(3, 2))
    node = next(node for node in nodes_in(resolved(saved(word), "a.docx")) if isinstance(node, Table))
    assert node.header_depth == 2
    spans = [[(cell.colspan, cell.rowspan) for cell in row.cells] for row in node.rows]
    assert spans == [[(1, 2), (3, 1)], [(1, 1)] * 3, [(1, 1)] * 4, [(3, 1), (1, 1)]]
    assert plain.body(resolved(saved(word), "a.docx")).splitlines()[-1] == "Cộng\t7"


def test_tracked_changes_are_taken_and_told():
    word = new_word()
    paragraph = word.add_paragraph("Đã mở ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>02</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>03 lớp</w:t></w:r></w:ins>"))
    imported = read(saved(word), "a.docx")
    assert plain.body(resolve(imported.document, {})) == "Đã mở 03 lớp\n"
    assert {note.kind for note in imported.notes} == {"recognised", "dropped"}


def test_rows_ended_by_soft_breaks_are_lines_of_a_list():
    word = new_word()
    run = word.add_paragraph().add_run("- Tổ 1: 12 người;")
    run.add_break(WD_BREAK.LINE)
    run.add_text("- Tổ 2: 15 người.")
    found = nodes_in(resolved(saved(word), "a.docx"))
    assert [(type(node), node.label) for node in found] == [(Item, "-"), (Item, "-")]


def test_bold_beginnings_are_headings_and_the_rest_runs_in():
    word = new_word()
    paragraph = word.add_paragraph()
    paragraph.add_run("2. Khó khăn. ").bold = True
    paragraph.add_run("Kinh phí còn hạn chế; nhân lực thiếu.")
    section = next(walk_sections(resolved(saved(word), "a.docx").sections))
    assert (section.label, words(section.heading), words(section.run_in)) == (
        *("2.", "Khó khăn.", "Kinh phí còn hạn chế; nhân lực thiếu."),
    )


def test_a_bold_office_name_is_a_heading_without_label():
    word = new_word()
    word.add_paragraph("I. KẾT QUẢ")
    word.add_paragraph().add_run("Công an xã").bold = True
    word.add_paragraph("Đã cấp 45 căn cước.")
    section = resolved(saved(word), "a.docx").sections[0]
    assert [(at.label, words(at.heading)) for at in section.sections] == [("", "Công an xã")]


def test_headings_by_style_alone_nest_by_their_level():
    word = new_word()
    for text, level in (("Kết quả", 1), ("Chỉ đạo", 2), ("Tuyên truyền", 2), ("Tồn tại", 1)):
        word.add_heading(text, level)
        word.add_paragraph(f"Nội dung phần {text}.")
    sections = resolved(saved(word), "a.docx").sections
    assert [(words(at.heading), [words(below.heading) for below in at.sections]) for at in sections] == [
        ("Kết quả", ["Chỉ đạo", "Tuyên truyền"]),
        ("Tồn tại", []),
    ]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"not a zip", "a.docx"),
        (b"", "a.txt"),
        (b"   \n\n", "a.md"),
        (b"%PDF-1.4 broken", "a.pdf"),
        (b"PK\x03\x04" + b"\0" * 40, "a.docx"),
        (b"abc", "a.xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, name):
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    assert str(refused.value).endswith(".")


def test_text_in_other_encodings_and_compositions():
    text = "1. Kết quả\nĐã làm."
    assert body_of(text.encode("utf-16"), "a.txt") == text.splitlines()
    assert body_of(unicodedata.normalize("NFD", text).encode(), "a.txt") == text.splitlines()


def test_the_page_setup_of_an_appendix_is_its_own():
    source = document_of(SHAPES["letter"])
    turned = replace(source, appendices=(replace(source.appendices[0], landscape=True),))
    assert [at.landscape for at in resolved(docx.render(turned), "a.docx").appendices] == [True]
    assert [at.landscape for at in resolved(docx.render(source), "a.docx").appendices] == [False]


def test_a_letterhead_in_text_boxes_is_read_once():
    word = new_word()
    inner = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("UBND XÃ AN BÌNH", "Số: 12/BC-UBND")
    )
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    drawn = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:wps="x" xmlns:v="y"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}'
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    word.add_paragraph()._p.append(parse_xml(drawn))
    word.add_paragraph("BÁO CÁO")
    word.add_paragraph("Kết quả")
    word.add_paragraph("1. Một")
    frame = resolved(saved(word), "a.docx").frame
    assert [at.text for at in frame.letterhead.issuer] == ["UBND XÃ AN BÌNH"]
    assert words(frame.number) == "Số: 12/BC-UBND"


def test_words_outside_the_body_are_told_not_lost():
    word = new_word()
    word.add_paragraph("Đã làm.")
    word.sections[0].footer.paragraphs[0].text = "Địa chỉ: số 1 đường A"
    word.sections[0].header.paragraphs[0].text = "2"
    imported = read(saved(word), "a.docx")
    assert [note.words for note in imported.notes if note.kind == "left"] == ["Địa chỉ: số 1 đường A"]
