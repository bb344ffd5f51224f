"""The Word file as an office suite lays it out: text, pages, page numbers, nothing torn apart."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from reports.document import docx, plain
from reports.document.layout import LAYOUT
from reports.document.nodes import Block, Document, Frame, Paragraph, Section, Text
from reports.document.numbering import resolve
from tests.document import pdf_reading as pdf
from tests.document import reference, samples

pytestmark = pytest.mark.tools

Office = Callable[..., list[bytes]]

REPORT = resolve(reference.document(), {})
EVERYTHING = resolve(samples.everything(), samples.WORDINGS)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Several DOCX files to PDF at once, by a LibreOffice with a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(*contents: bytes) -> list[bytes]:
        folder = tmp_path_factory.mktemp("files")
        sources = [folder / f"{at}.docx" for at in range(len(contents))]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        command = [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run([*command, "--outdir", folder, *sources], check=True, capture_output=True, timeout=120)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]

    return convert


@pytest.fixture(scope="module")
def made(office: Office) -> list[bytes]:
    return office(docx.render(REPORT), docx.render(EVERYTHING))


@pytest.fixture(scope="module")
def report(made: list[bytes]) -> bytes:
    return made[0]


@pytest.fixture(scope="module")
def everything(made: list[bytes]) -> bytes:
    return made[1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_report_is_whole(report: bytes) -> None:
    assert pdf.text(report) == squeezed(plain.text(REPORT))


def test_every_line_of_a_rich_document_is_there(everything: bytes) -> None:
    text = pdf.text(everything)
    missing = [line for line in plain.text(EVERYTHING).splitlines() if squeezed(line) not in text]
    assert missing == []


def test_quoc_hieu_stands_on_one_line_beside_the_issuer(report: bytes) -> None:
    words = [word for word in pdf.words(report) if word.page == 1]
    line = [word for word in words if word.text in "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".split()]
    tops = {round(word.top) for word in line}
    assert len(tops) == 1
    issuer = next(word for word in words if word.text == "ỦY")
    assert round(issuer.top) in tops
    assert max(word.right for word in words) <= 210 - LAYOUT.margin_right + 1


def test_lines_under_headings_are_drawn(report: bytes) -> None:
    """Three of them on page 1: under the issuer, Tiêu ngữ and the trích yếu, the second as long as its text."""
    drawn = sorted(set(pdf.rules(report)), key=lambda rule: rule[2])
    words = [word for word in pdf.words(report) if word.page == 1]
    left = next(word.left for word in words if word.text == "Độc")
    right = next(word.right for word in words if word.text == "phúc")
    assert len(drawn) == 3
    motto = max(drawn[:2])
    assert motto[0] == pytest.approx(left, abs=1)
    assert motto[1] == pytest.approx(right, abs=1)
    subject = drawn[2]
    assert 32 <= subject[1] - subject[0] <= 63
    assert (subject[0] + subject[1]) / 2 == pytest.approx(LAYOUT.margin_left + LAYOUT.text_width / 2, abs=1)


def test_page_numbers_start_anew_in_each_appendix_and_first_pages_have_none(everything: bytes) -> None:
    top = {page: "" for page in range(1, len(pdf.sizes(everything)) + 1)}
    for word in pdf.words(everything):
        if word.bottom < LAYOUT.margin_top:
            top[word.page] += word.text
    assert list(top.values()) == ["", "2", "", "2", "3", "", "2", "3", ""]


def test_wide_pages(everything: bytes) -> None:
    assert [size[0] > size[1] for size in pdf.sizes(everything)] == [False] * 5 + [True] * 3 + [False]


def test_table_heads_repeat(everything: bytes) -> None:
    pages = pdf.page_texts(everything)
    assert ["Tổ dân phố" in page and "Chỉ tiêu giao" in page for page in pages[2:8]] == [True] * 6


def test_the_contact_line_is_at_the_foot_of_page_1(everything: bytes) -> None:
    pages = pdf.page_texts(everything)
    assert [squeezed(EVERYTHING.frame.contact) in squeezed(page) for page in pages] == [True] + [False] * 8
    foot = max(word.bottom for word in pdf.words(everything) if word.page == 1)
    assert foot > LAYOUT.page_height - LAYOUT.margin_bottom


def test_the_signature_is_never_alone_on_its_page(office: Office) -> None:
    """However full the page is, the last words of the text stand with the whole signature."""
    frame = Frame(letterhead=samples.WARD, signatures=(samples.SIGNATURE,), recipients=samples.RECIPIENTS)
    lengths = range(18, 34)
    pages = [pdf.page_texts(made) for made in office(*(docx.render(_of_lines(at, frame)) for at in lengths))]
    assert {len(at) for at in pages} == {1, 2}
    for at in pages:
        (signed,) = (page for page in at if "Nguyễn Văn A" in page)
        assert "Lời kết" in signed
        assert "TM. ỦY BAN NHÂN DÂN" in signed
        assert "Nơi nhận" in signed


def _of_lines(count: int, frame: Frame) -> Document:
    lines = [Paragraph((Text(f"Dòng {at}."),)) for at in range(count)]
    return Document("x", frame, (Section(blocks=(Block((*lines, Paragraph((Text("Lời kết./."),)))),)),))
