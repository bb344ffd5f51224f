"""Checks of the official form: the frame on the tree, a Word file by its XML, a PDF by its geometry."""

import io
from dataclasses import replace

import pytest
from docx import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from reports.checks import CHECKS, form, paper, run
from reports.checks.knowledge import Knowledge
from reports.document import docx, nodes, pdf
from reports.document.numbering import resolve
from reports.importing.sheets import sheet_of
from tests.document.reference import document as reference

from .examples import document, words
from .ward import WARD

LETTERHEAD = nodes.Letterhead(
    (nodes.LetterheadLine("ỦY BAN NHÂN DÂN"), nodes.LetterheadLine("PHƯỜNG AN HÒA")),
    (form.NATION, form.MOTTO),
)
FRAME = {
    "letterhead": LETTERHEAD,
    "number": (nodes.Text("Số: 27/BC-UBND"),),
    "place_date": (nodes.Text("An Hòa, ngày 09 tháng 5 năm 2026"),),
    "title": nodes.Title("BÁO CÁO", ((nodes.Text("Kết quả đọc sách"),),)),
    "addressees": nodes.Lines("Kính gửi:", ("Sở Khoa học và Công nghệ thành phố",)),
    "recipients": nodes.Lines("Nơi nhận:", ("Như trên;", "Lưu: VT, VHXH.")),
    "signatures": (nodes.Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn A"),),
}
TEXT = "Thực hiện Công văn số 18/SKHCN-TTTT ngày 02/5/2026 của Sở Khoa học và Công nghệ về việc báo cáo, phường báo cáo.\n# 1. Kết quả\nĐã mở 02 lớp./."


def text(line):
    return (nodes.Text(line),)


def signed(*lines, name="Nguyễn Văn A"):
    return (nodes.Signature(lines, name),)


def received(*lines):
    return nodes.Lines("Nơi nhận:", lines)


#: Code, parts of the frame that are wrong, words found, and other parts that are near and right.
FRAMES = [
    ("motto", {"letterhead": nodes.Letterhead(LETTERHEAD.issuer)}, [form.NATION], {}),
    (
        "motto",
        {"letterhead": nodes.Letterhead(LETTERHEAD.issuer, (form.NATION, "Độc lập, Tự do, Hạnh phúc"))},
        ["Độc lập, Tự do, Hạnh phúc"],
        {"letterhead": nodes.Letterhead((nodes.LetterheadLine("ĐẢNG BỘ XÃ AN HÒA"),), ("ĐẢNG CỘNG SẢN VIỆT NAM",))},
    ),
    ("issuer-missing", {"letterhead": nodes.Letterhead((), LETTERHEAD.motto)}, ["Số: 27/BC-UBND"], {}),
    (
        "issuer-form",
        {"letterhead": nodes.Letterhead((nodes.LetterheadLine("UBND THÀNH PHỐ HẢI PHÒNG"), nodes.LetterheadLine("UBND PHƯỜNG AN")), LETTERHEAD.motto)},
        ["UBND THÀNH PHỐ HẢI PHÒNG", "UBND PHƯỜNG AN"],
        {"letterhead": nodes.Letterhead((nodes.LetterheadLine("UBND PHƯỜNG AN HÒA"), nodes.LetterheadLine("PHÒNG VĂN HÓA - XÃ HỘI")), LETTERHEAD.motto)},
    ),
    ("number-form", {"number": text("Số: 7/BC-UBND")}, ["Số: 7/BC-UBND"], {"number": text("Số: 274a/BC-UBND")}),
    ("number-form", {"number": text("Số 27 /BC-UBND")}, ["Số 27 /BC-UBND"] * 2, {"number": text("Số:      /BC-UBND")}),
    ("number-kind", {"number": text("Số: 27/KH-UBND")}, ["KH-UBND"], {"number": text("Số: 27/BC-VHXH")}),
    (
        "date-form",
        {"place_date": text("An Hòa, ngày 9 tháng 05 năm 2026")},
        ["ngày 9 tháng 05 năm 2026"],
        {"place_date": text("An Hòa, ngày 09 tháng 02 năm 2026")},
    ),
    (
        "place-form",
        {"place_date": text("Phường An Hòa, ngày 09 tháng 5 năm 2026")},
        ["Phường An Hòa"],
        {"place_date": text("An Hòa, ngày      tháng 5 năm 2026")},
    ),
    (
        "title-form",
        {"title": nodes.Title("Báo cáo", (text("Kết quả đọc sách."),))},
        ["Báo cáo", "Kết quả đọc sách."],
        {"title": nodes.Title("", (text("V/v báo cáo kết quả đọc sách"),), letter=True)},
    ),
    (
        "addressees-missing",
        {"addressees": None, "recipients": received("Lưu: VT, VHXH.")},
        ["Kính gửi:"],
        {"addressees": None, "title": nodes.Title("KẾ HOẠCH", (text("Đọc sách"),))},
    ),
    (
        "addressees-form",
        {"addressees": nodes.Lines("Kính gửi", ("Sở Nội vụ", "Sở Tài chính."))},
        ["Kính gửi", "Sở Nội vụ"],
        {"addressees": nodes.Lines("Kính gửi:", ("Sở Nội vụ;", "Sở Tài chính."))},
    ),
    (
        "recipients-form",
        {"recipients": received("Sở Nội vụ;", "Ban Tổ chức.")},
        ["Như trên;", "Lưu: VT"],
        {"recipients": received("Như trên (để b/c);", "CT và các PCT UBND phường;", "Lưu: VT, VHXH.")},
    ),
    (
        "signature-behalf",
        {"signatures": signed("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")},
        ["KT. CHỦ TỊCH"],
        {"signatures": signed("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")},
    ),
    (
        "signature-authority",
        {"signatures": signed("TM.ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH")},
        ["TM.ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"],
        {"signatures": signed("TUQ. CHỦ TỊCH", "PHÓ TRƯỞNG PHÒNG")},
    ),
    (
        "signature-name",
        {"signatures": signed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name="ThS. Nguyễn Văn A")},
        ["ThS. Nguyễn Văn A"],
        {"signatures": signed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name="Bùi Thị Sao")},
    ),
    ("signer-missing", {"signatures": signed("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", name="")}, ["Người ký"], {}),
    ("recipients-missing", {"recipients": None}, ["Nơi nhận:"], {}),
    (
        "place-name",
        {"letterhead": nodes.Letterhead((nodes.LetterheadLine("PHƯỜNG AN HOÀ BÌNH"), nodes.LetterheadLine("PHƯỜNG AN HỎA")), LETTERHEAD.motto)},
        ["AN HỎA"],
        {},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "found", "near"), FRAMES, ids=[row[0] for row in FRAMES])
def test_bad_good_and_near_miss(code, wrong, found, near):
    told = words(code, TEXT, WARD, **FRAME | wrong)
    assert [one for one in told if one in found] == found
    assert words(code, TEXT, WARD, **FRAME) == []
    assert words(code, TEXT, WARD, **FRAME | near) == []


def test_a_part_left_out_on_purpose_is_not_missed():
    parts = frozenset(("motto", "letterhead", "addressees", "recipients", "signatures"))
    left_out = replace(WARD, left_out=parts)
    bare = {"number": FRAME["number"], "title": FRAME["title"]}
    for code in ("motto", "issuer-missing", "addressees-missing", "recipients-missing", "signer-missing"):
        assert words(code, TEXT, WARD, **bare), code
        assert words(code, TEXT, left_out, **bare) == [], code


def test_the_last_sentence_ends_the_paper():
    assert words("end-mark", TEXT, WARD, **FRAME) == []
    assert words("end-mark", TEXT.replace("./.", "."), WARD, **FRAME) == ["Đã mở 02 lớp."]
    assert words("end-mark", TEXT + "\nTrân trọng./.", WARD, **FRAME) == ["Đã mở 02 lớp./."]


def test_whoever_is_asked_receives_the_report():
    asked = "# 5. Kiến nghị, đề xuất\nĐề nghị UBND thành phố hỗ trợ máy tính."
    near = "# 5. Kiến nghị, đề xuất\nĐề nghị Sở Khoa học và Công nghệ hỗ trợ máy tính. Đề nghị các tổ dân phố phối hợp."
    assert words("proposal-unsent", asked, WARD, **FRAME) == ["Đề nghị UBND thành phố"]
    named = nodes.Lines("Kính gửi:", ("Ủy ban nhân dân thành phố Hải Phòng",))
    assert words("proposal-unsent", asked, WARD, **FRAME | {"addressees": named}) == []
    assert words("proposal-unsent", near, WARD, **FRAME) == []


def with_appendices(line, *appendices):
    tree = document(f"# 1. Kết quả\n{line}", **FRAME)
    codes = ("appendix-form", "appendix-referred", "space-inside")
    found = run(replace(tree, appendices=appendices), WARD)
    return [(one.code, one.words) for one in found if one.code in codes]


def test_appendices_are_numbered_and_named_in_the_text():
    one = nodes.Appendix((text("DANH SÁCH TỔ"),), "Phụ lục I", text("(Kèm theo Báo cáo số      )"))
    plain = replace(one, label="Phụ lục")
    second = replace(one, label="Phụ lục 2")
    told = with_appendices("Đã mở lớp.", one)
    assert ("appendix-form", "Phụ lục I") in told
    assert ("appendix-referred", "Phụ lục I") in told
    assert with_appendices("Đã mở lớp (Phụ lục kèm theo)./.", plain) == []
    told = with_appendices("Đã mở lớp (Phụ lục III).", one, second)
    assert ("appendix-form", "Phụ lục 2") in told
    assert ("appendix-referred", "Phụ lục III") in told


def test_headings_of_one_rank_are_in_one_case():
    mixed = "# I. KẾT QUẢ\nTốt.\n# II. Khó khăn\nKhông."
    assert words("heading-capitals", mixed) == ["Khó khăn"]
    assert words("heading-capitals", mixed.replace("Khó khăn", "KHÓ KHĂN")) == []
    assert words("heading-capitals", "# I. Kết quả\nTốt.\n# II. Khó khăn\nKhông.") == []


# --- files ------------------------------------------------------------------------------------------------


def of_file(data, name):
    """Code and words of what the checks of paper find."""
    tree = resolve(reference(), {})
    codes = {check.code for check in paper.CHECKS}
    found = run(tree, Knowledge(sheet=sheet_of(data, name)))
    return [(one.code, one.message) for one in found if one.code in codes]


def test_our_own_word_file_lies_on_paper_as_the_decree_says():
    assert of_file(docx.render(resolve(reference(), {})), "bao-cao.docx") == []


@pytest.mark.tools
def test_our_own_pdf_lies_on_paper_as_the_decree_says():
    assert of_file(pdf.render(resolve(reference(), {})), "bao-cao.pdf") == []


def word_file(change):
    """A Word file set by the decree, then changed."""
    made = WordDocument()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(6), 1.15
    line = made.add_paragraph(
        "Thực hiện công văn của Sở về việc báo cáo kết quả, phường báo cáo kết quả như sau đây."
    )
    line.alignment, line.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
    change(made, section, line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _footer_number(made, section, line):
    field = section.footer.paragraphs[0]._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldSimple"
    )
    field.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr", "PAGE")
    section.footer.paragraphs[0]._p.append(field)


#: Code, what is changed in a right file, a part of the message.
FILES = [
    ("paper-size", lambda made, section, line: setattr(section, "page_width", Mm(216)), "A4"),
    ("paper-margins", lambda made, section, line: setattr(section, "left_margin", Mm(20)), "Lề trái"),
    ("paper-margins", lambda made, section, line: setattr(section, "right_margin", Mm(25.4)), "Lề phải"),
    ("paper-number", _footer_number, "chân trang"),
    ("paper-font", lambda made, section, line: setattr(line.runs[0].font, "name", "Arial"), "Arial"),
    ("paper-colour", lambda made, section, line: setattr(line.runs[0].font.color, "rgb", RGBColor(0, 0, 255)), "màu đen"),
    ("paper-size-body", lambda made, section, line: [made.add_paragraph("Đã mở lớp tập huấn. " * 9).runs[0].font.__setattr__("size", Pt(12))], "cỡ 12"),
    ("paper-cells", lambda made, section, line: made.add_paragraph(form.NATION), "Quốc hiệu"),
    ("paper-paragraphs", lambda made, section, line: setattr(line, "alignment", WD_ALIGN_PARAGRAPH.LEFT), "canh đều"),
    ("paper-paragraphs", lambda made, section, line: setattr(line.paragraph_format, "line_spacing", 2.0), "Khoảng cách dòng"),
    ("paper-lines", lambda made, section, line: made.add_paragraph("________________"), "nét vẽ"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "part"), FILES, ids=[f"{code}-{part}" for code, _, part in FILES])
def test_a_word_file_set_otherwise_is_told(code, change, part):
    right = of_file(word_file(lambda made, section, line: None), "a.docx")
    assert [one for one in right if one[0] != "paper-number"] == []
    told = of_file(word_file(change), "a.docx")
    assert any(found == code and part in message for found, message in told), told


def test_margins_within_the_rule_are_left_alone():
    wide = word_file(lambda made, section, line: setattr(section, "left_margin", Mm(35)))
    assert "paper-margins" not in dict(of_file(wide, "a.docx"))


def test_every_check_of_form_has_an_example():
    told = {row[0] for row in FRAMES} | {row[0] for row in FILES} | {"appendix-form", "heading-capitals"}
    assert {check.code for topic in (form, paper) for check in topic.CHECKS} <= told
    assert told <= set(CHECKS)
