"""The PDF as a văn thư and an archive would judge it: text, geometry, conformance, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest

from reports.document import pdf, pictures, plain
from reports.document.layout import LAYOUT
from reports.document.nodes import (
    Appendix,
    Block,
    Document,
    Frame,
    Letterhead,
    LetterheadLine,
    Lines,
    Paragraph,
    Section,
    Signature,
    Text,
    Title,
    words,
)
from reports.document.numbering import resolve
from tests import verapdf
from tests.document import pdf_reading as reading
from tests.document import reference, samples

pytestmark = pytest.mark.tools  # every test lays out pages
REPORT = resolve(reference.document(), {})
EVERYTHING = resolve(samples.everything(), samples.WORDINGS)


@pytest.fixture(scope="module")
def report() -> bytes:
    return pdf.render(REPORT)


@pytest.fixture(scope="module")
def everything() -> bytes:
    return pdf.render(EVERYTHING)


def squeezed(text: str) -> str:
    return "".join(text.split())


def framed(*paragraphs: str, **frame: object) -> Document:
    return Document("x", Frame(**frame), (Section(blocks=samples.paragraphs(*paragraphs)),))  # type: ignore[arg-type]


# --- text ---------------------------------------------------------------------------------------------


def test_the_body_of_report_274_is_the_golden_text(report: bytes) -> None:
    golden = squeezed("".join(reference.golden_lines()))
    assert golden in reading.text(report)
    assert reading.text(report) == squeezed(plain.text(REPORT))


def test_nothing_is_lost_or_moved(everything: bytes) -> None:
    short = replace(EVERYTHING, appendices=(), frame=replace(EVERYTHING.frame, contact=""))
    sections = tuple(section for section in short.sections if section.key != "s1")
    document = replace(short, sections=sections)
    assert reading.text(pdf.render(document)) == squeezed(plain.text(document))


def test_keys_title_and_language(report: bytes) -> None:
    info = reading.tool(report, "pdfinfo", "{}")
    assert "Báo cáo 274/BC-UBND" in info
    assert "Tagged:          yes" in info
    with reading.opened(report) as file:
        assert file.Root.Lang == "vi"
        assert file.Root.ViewerPreferences.DisplayDocTitle


# --- conformance --------------------------------------------------------------------------------------

BARE = {
    "empty": Document("x"),
    "no title": framed("Nội dung."),
    "letter": framed("Nội dung.", title=Title("", (samples.text("V/v báo cáo"),), letter=True), number=samples.text("Số: 1")),
    "head only table": Document("x", sections=(Section(blocks=(Block((replace(samples.table(), rows=samples.table().rows[:3]),)),)),)),
    "table without head": Document("x", sections=(Section(blocks=(Block((replace(samples.table(), rows=samples.table().rows[3:]),)),)),)),
    "two signatures": framed("Nội dung.", signatures=(samples.SIGNATURE, samples.SIGNATURE), recipients=samples.RECIPIENTS),
    "appendix only": Document("x", appendices=(Appendix((samples.text("BẢNG"),), "Phụ lục", blocks=(Block((samples.table(),)),)),)),
}  # fmt: skip


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
def test_verapdf_finds_nothing_in_a_full_document(everything: bytes, report: bytes, flavour: str) -> None:
    assert verapdf.failures(everything, flavour) == []
    assert verapdf.failures(report, flavour) == []


@pytest.mark.parametrize("name", BARE)
def test_verapdf_finds_nothing_where_parts_are_missing(name: str) -> None:
    made = pdf.render(BARE[name])
    assert verapdf.failures(made, "2a") == []
    assert verapdf.failures(made, "ua1") == []


@pytest.mark.parametrize(
    ("flavour", "part"), [("ua1", "Lang"), ("ua1", "ViewerPreferences"), ("2a", "OutputIntents")]
)
def test_verapdf_finds_planted_faults(report: bytes, flavour: str, part: str) -> None:
    with reading.opened(report) as file:
        del file.Root[f"/{part}"]
        spoiled = BytesIO()
        file.save(spoiled)
    assert verapdf.failures(spoiled.getvalue(), flavour)


def test_only_liberation_serif_is_embedded(everything: bytes) -> None:
    found = reading.fonts(everything)
    assert {name for name, _, _ in found} == {
        "Liberation-Serif", "Liberation-Serif-Bold", "Liberation-Serif-Italic", "Liberation-Serif-Bold-Italic",
    }  # fmt: skip
    assert {(embedded, unicode) for _, embedded, unicode in found} == {("yes", "yes")}


@pytest.mark.parametrize("char", ["☑", "中", "😀", "\ue000"])
def test_a_character_without_a_letterform_is_refused_by_name(char: str) -> None:
    with pytest.raises(pdf.PdfError, match=f"U\\+{ord(char):04X}"):
        pdf.render(framed(f"Đã xong {char}"))


def test_invisible_characters_are_no_reason_to_refuse() -> None:
    made = pdf.render(framed("Đã\u200b xong\ufeff cả\u00ad rồi"))
    assert {name for name, _, _ in reading.fonts(made)} <= {"Liberation-Serif"}


def test_nothing_is_fetched() -> None:
    with pytest.raises(pdf.PdfError):
        pdf.write("<html lang=vi><title>x</title><p>x<img alt=x src='http://127.0.0.1:9/x.png'>")


# --- the same bytes -----------------------------------------------------------------------------------

DIGEST = """
import hashlib
from reports.document import pdf, numbering
from tests.document import samples
print(hashlib.sha256(pdf.render(numbering.resolve(samples.everything(), samples.WORDINGS))).hexdigest())
"""


def test_two_processes_make_the_same_bytes(everything: bytes) -> None:
    made = subprocess.run(
        [sys.executable, "-c", DIGEST],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert made.stdout.strip() == hashlib.sha256(everything).hexdigest()
    assert pdf.render(EVERYTHING) == everything


def test_the_engine_names_itself_and_its_fonts() -> None:
    assert "weasyprint 70" in pdf.engine()
    assert pdf.engine().count("LiberationSerif") == 4


def test_the_core_does_not_load_django() -> None:
    code = (
        "import sys; import reports.document.pdf, reports.document.plain; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- geometry -----------------------------------------------------------------------------------------


def find(found: list[reading.Word], *texts: str) -> list[reading.Word]:
    """The first run of words that reads like this."""
    for at in range(len(found)):
        run = found[at : at + len(texts)]
        if [word.text for word in run] == list(texts):
            return run
    raise AssertionError(f"not on the page: {' '.join(texts)}")


def test_pages_are_a4_and_text_stays_inside_the_margins(report: bytes) -> None:
    assert set(reading.sizes(report)) == {(210, 297)}
    body = [word for word in reading.words(report) if word.top > LAYOUT.margin_top]
    assert (
        min(word.left for word in body) >= LAYOUT.margin_left - 1.3
    )  # the decree's head is 1,25 mm wider each side
    assert max(word.right for word in body) <= LAYOUT.page_width - LAYOUT.margin_right + 0.1
    assert max(word.bottom for word in body) <= LAYOUT.page_height - LAYOUT.margin_bottom + 0.1


def test_page_numbers_are_centred_in_the_top_margin_and_absent_on_page_one(report: bytes) -> None:
    top = [word for word in reading.words(report) if word.bottom <= LAYOUT.margin_top]
    assert [(word.page, word.text) for word in top] == [
        (n, str(n)) for n in range(2, len(reading.sizes(report)) + 1)
    ]
    centre = LAYOUT.margin_left + LAYOUT.text_width / 2
    assert all((word.left + word.right) / 2 == pytest.approx(centre, abs=0.3) for word in top)
    assert all(word.top > 5 for word in top)


def test_body_lines_are_fourteen_points_with_a_first_line_indent(report: bytes) -> None:
    opening = find(reading.words(report), "Thực", "hiện", "Công", "văn")
    assert opening[0].left == pytest.approx(LAYOUT.margin_left + LAYOUT.first_line, abs=0.2)
    second = find(reading.words(report), "học", "và", "Công", "nghệ")
    assert second[0].left == pytest.approx(LAYOUT.margin_left, abs=0.2)
    pitch = LAYOUT.sizes.body * LAYOUT.line_height * reading.MM
    assert second[0].top - opening[0].top == pytest.approx(pitch, abs=0.1)


def test_the_three_lines_have_lawful_lengths_under_their_texts(report: bytes) -> None:
    found = reading.words(report)
    issuer, motto, subject = reading.rules(report)
    name = find(found, "PHƯỜNG", "NHỊ", "CHIỂU")
    tieu_ngu = find(found, "Độc", "lập", "-", "Tự", "do", "-", "Hạnh", "phúc")
    title = find(
        found,
        "Kết",
        "quả",
        "triển",
        "khai",
        "thực",
        "hiện",
        "Phong",
        "trào",
        "“Bình",
        "dân",
        "học",
        "vụ",
        "số”",
    )
    under = {issuer: name, motto: tieu_ngu, subject: title}
    for (left, right, top), text in under.items():
        middle = (text[0].left + text[-1].right) / 2
        assert (left + right) / 2 == pytest.approx(middle, abs=0.5)
        assert text[-1].bottom - 1.5 < top < text[-1].bottom + 12
    share = [(rule[1] - rule[0]) / (text[-1].right - text[0].left) for rule, text in under.items()]
    assert 1 / 3 <= share[0] <= 1 / 2
    assert share[1] == pytest.approx(1, abs=0.01)
    assert 1 / 3 <= share[2] <= 1 / 2


def test_the_national_name_stays_on_one_line_inside_the_page(report: bytes) -> None:
    name = find(reading.words(report), *samples.MOTTO[0].split())
    assert len({round(word.top, 1) for word in name}) == 1
    assert name[-1].right <= LAYOUT.page_width - LAYOUT.margin_right


def test_number_and_date_stand_level_and_centred_under_their_cells(report: bytes) -> None:
    found = reading.words(report)
    number, date = (
        find(found, "Số:", "274/BC-UBND"),
        find(found, "Nhị", "Chiểu,", "ngày", "19", "tháng", "05", "năm", "2026"),
    )
    name, motto = (
        find(found, "PHƯỜNG", "NHỊ", "CHIỂU"),
        find(found, "Độc", "lập", "-", "Tự", "do", "-", "Hạnh", "phúc"),
    )
    assert number[0].bottom == pytest.approx(date[0].bottom, abs=1)
    for under, over in ((number, name), (date, motto)):
        assert (under[0].left + under[-1].right) / 2 == pytest.approx(
            (over[0].left + over[-1].right) / 2, abs=0.3
        )


def test_recipients_stand_left_level_with_the_signature(report: bytes) -> None:
    found = reading.words(report)
    label, authority = find(found, "Nơi", "nhận:")[0], find(found, "KT.", "CHỦ", "TỊCH")
    assert label.left == pytest.approx(LAYOUT.margin_left, abs=0.2)
    assert label.top == pytest.approx(authority[0].top, abs=1)
    name = find(found, "Trần", "Hồng", "Túc")
    assert (name[0].left + name[-1].right) / 2 == pytest.approx(
        (authority[0].left + authority[-1].right) / 2, abs=0.3
    )
    post = find(found, "PHÓ", "CHỦ", "TỊCH")
    assert name[0].top - post[0].bottom >= LAYOUT.signing_space - 1


def test_the_contact_line_is_at_the_foot_of_page_one_under_a_full_line() -> None:
    made = pdf.render(framed(*["Nội dung dài. " * 40] * 8, contact="Địa chỉ: số 1"))
    address = find(reading.words(made), "Địa", "chỉ:", "số", "1")[0]
    assert address.page == 1
    assert address.bottom == pytest.approx(LAYOUT.page_height - LAYOUT.margin_bottom, abs=1)
    left, right, top = reading.line_across(made, address.top)
    assert (left, right) == pytest.approx(
        (LAYOUT.margin_left, LAYOUT.page_width - LAYOUT.margin_right), abs=0.3
    )
    assert all(word.bottom < top for word in reading.words(made) if word.page == 1 and word.top < top)


# --- page breaks --------------------------------------------------------------------------------------


def test_appendices_are_numbered_apart_and_lie_down_when_asked(everything: bytes) -> None:
    numbers: dict[int, str] = {
        word.page: word.text
        for word in reading.words(everything)
        if word.bottom <= LAYOUT.margin_top and word.text.isdigit()
    }
    shapes = reading.sizes(everything)
    labels = {
        find(reading.words(everything), "Phụ", "lục", roman)[0].page: roman for roman in ("I", "II", "III")
    }
    expected, count = {}, 0
    for page in range(1, len(shapes) + 1):
        count = 1 if page in labels else count + 1
        if count > 1:
            expected[page] = str(count)
    assert numbers == expected
    first, second, third = labels
    assert {shapes[page - 1] for page in range(second, third)} == {(297, 210)}
    assert {shapes[page - 1] for page in [*range(1, second), third]} == {(210, 297)}
    assert second - first > 1
    assert third - second > 1


def test_two_appendices_of_the_same_shape_start_again_at_one() -> None:
    long = samples.paragraphs(*["Nội dung dài. " * 40] * 8)
    tree = resolve(
        Document(
            "x", sections=(Section(blocks=long),), appendices=(Appendix(blocks=long), Appendix(blocks=long))
        ),
        {},
    )
    made = pdf.render(tree)
    numbers = [word.text for word in reading.words(made) if word.bottom <= LAYOUT.margin_top]
    assert len(set(numbers)) < len(numbers)
    assert numbers == sorted(set(numbers)) * 3


def test_table_heads_repeat_on_every_page(everything: bytes) -> None:
    pages = reading.page_texts(everything)
    start = next(at for at, text in enumerate(pages) if "DANH SÁCH TỔ" in text)
    end = next(at for at, text in enumerate(pages) if "BẢNG SỐ LIỆU" in text)
    assert end - start > 1
    for text in pages[start:end]:
        assert squeezed(
            "TT Tổ dân phố Sổ sức khỏe điện tử Tỷ lệ Chỉ tiêu giao Kết quả (1) (2) (3) (4) (5)"
        ) in squeezed(text)


def body_of(lines: int) -> Document:
    """A closing paragraph of three lines after `lines` of one line each."""
    last = "Trên đây là báo cáo của Ủy ban nhân dân phường về kết quả thực hiện. " * 3
    return replace(
        framed(*["Một dòng."] * lines, last.strip()),
        frame=Frame(letterhead=samples.WARD, recipients=samples.RECIPIENTS, signatures=(samples.SIGNATURE,)),
    )


@pytest.mark.parametrize("lines", range(18, 34))
def test_the_signature_is_never_alone_on_a_page(lines: int) -> None:
    made = pdf.render(body_of(lines))
    found = reading.words(made)
    page = find(found, "Nguyễn", "Văn", "A")[0].page
    assert find(found, "TM.", "ỦY", "BAN")[0].page == page
    assert find(found, "Nơi", "nhận:")[0].page == page
    above = [word.text for word in found if word.page == page and word.text in ("dòng.", "hiện.")]
    assert "hiện." in above


def test_the_bodies_above_reach_over_the_foot_of_the_page() -> None:
    assert {len(reading.sizes(pdf.render(body_of(lines)))) for lines in (18, 33)} == {1, 2}


@pytest.mark.parametrize("lines", range(22, 32))
def test_a_heading_is_never_alone_at_the_foot_of_a_page(lines: int) -> None:
    inner = Section(
        "a)", samples.text("Tiêu-đề-hai"), style="a)", blocks=samples.paragraphs("Sau tiêu đề. " * 12)
    )
    outer = Section("1.", samples.text("Tiêu-đề-một"), style="1.", sections=(inner,))
    document = Document("x", sections=(Section(blocks=samples.paragraphs(*["Một dòng."] * lines)), outer))
    found = reading.words(pdf.render(document))
    pages = [find(found, *texts)[0].page for texts in (("Tiêu-đề-một",), ("Tiêu-đề-hai",), ("Sau", "tiêu"))]
    assert len(set(pages)) == 1


def test_long_words_and_long_names_stay_on_the_page() -> None:
    letterhead = Letterhead(
        (LetterheadLine("VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN PHƯỜNG"),), samples.MOTTO
    )
    heading = Section("1.", samples.text("Đ" * 10_000), style="1.")
    document = Document("x", Frame(letterhead=letterhead), (heading,))
    made = pdf.render(document)
    assert reading.text(made).count("Đ") >= 10_000
    assert max(word.right for word in reading.words(made)) <= LAYOUT.page_width - LAYOUT.margin_right + 0.1


def test_many_recipients_and_signatures_fit() -> None:
    recipients = Lines("Nơi nhận:", tuple(f"Đơn vị số {n};" for n in range(90)))
    document = framed(
        "Nội dung.", recipients=recipients, signatures=(Signature(("CHỦ TỊCH",), "Nguyễn Văn A"),) * 4
    )
    assert reading.text(pdf.render(document)) == squeezed(plain.text(document))


# --- pictures -----------------------------------------------------------------------------------------


def test_pictures_of_every_page(report: bytes) -> None:
    made = list(pictures.pages(report, 50))
    assert len(made) == len(reading.sizes(report))
    assert all(picture.startswith(b"\x89PNG") for picture in made)
    width, height = (int.from_bytes(made[0][at : at + 4]) for at in (16, 20))
    assert (width, height) == pytest.approx((210 / 25.4 * 50, 297 / 25.4 * 50), abs=1)


def test_words_of_slots_stay_open_in_the_pdf() -> None:
    made = pdf.render(Document("x", Frame(number=samples.BLANK_NUMBER, place_date=samples.BLANK_DATE)))
    found = reading.words(made)
    assert words(samples.BLANK_NUMBER).count("\u00a0") == 6
    slash = next(word for word in found if word.text.endswith("/BC-UBND"))
    label = next(word for word in found if word.text.startswith("Số:"))
    assert slash.right - label.left > 25


def test_links_lead_out_of_the_pdf() -> None:
    document = Document(
        "x", sections=(Section(blocks=(Block((Paragraph((Text("xem", link="https://a.vn/"),)),)),)),)
    )
    with reading.opened(pdf.render(document)) as file:
        (link,) = file.pages[0].Annots
        assert link.A.URI == "https://a.vn/"
