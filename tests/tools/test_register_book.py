"""The printed register: A4 across, ten columns on every page, a cover, and nothing a validator finds."""

from __future__ import annotations

import datetime
import subprocess

import pytest

from reports.document import book, pdf
from reports.document.book import COLUMNS, Line, Part, Volume
from tests import verapdf

pytestmark = pytest.mark.tools


def line(number: int) -> Line:
    day = datetime.date(2026, 1, 1) + datetime.timedelta(number)
    subject = f"Kế hoạch: Tập huấn kỹ năng số cho Tổ công nghệ số cộng đồng đợt {number} <năm 2026> & các tổ"
    cells = (f"{number:02d}/KH-UBND", f"{day:%d/%m/%Y}", subject, "Trần Văn K", "Như trên;\nLưu: VT, VHXH")
    return Line((*cells, "VT", "3", f"{day:%d/%m/%Y}", "Nguyễn Văn A", "Ghi chú"), is_void=number == 7)


@pytest.fixture(scope="module")
def printed() -> bytes:
    parts = (
        Part("Sổ đăng ký văn bản đi năm 2026: Kế hoạch (…/KH-UBND)", tuple(map(line, range(1, 61)))),
        Part("Sổ đăng ký văn bản đi năm 2026: Công văn (…/UBND)", tuple(map(line, range(61, 64)))),
    )
    body = ("ỦY BAN NHÂN DÂN", "PHƯỜNG THỬ")
    cover = ("Năm: 2026", "Từ ngày 02/01/2026 đến ngày 05/3/2026", "Quyển số: ........")
    return pdf.print_pages(book.html(Volume(body, cover, parts)), book.STYLE)


def words(content: bytes, *options: str) -> list[str]:
    """The text of each page."""
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_the_cover_names_the_body_the_book_and_the_year(printed):
    cover = words(printed)[0]
    for said in ("ỦY BAN NHÂN DÂN", "PHƯỜNG THỬ", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 2026", "Quyển số"):
        assert said in cover


def test_every_page_repeats_the_ten_columns_and_says_its_number(printed):
    pages = words(printed)
    assert len(pages) > 4
    for number, page in enumerate(pages[1:], 2):
        flat = " ".join(page.split())
        assert f"Trang {number}/{len(pages)}" in flat
        assert all(f"({place})" in flat for place in range(1, 11))
        assert all(name.split()[0] in flat for name, _ in COLUMNS)
        assert "Sổ đăng ký văn bản đi năm 2026" in flat


def test_a_series_begins_a_page_and_every_line_is_there(printed):
    pages = words(printed, "-raw")
    everything = "".join("".join(pages).split())
    for number in range(1, 64):
        assert f"{number:02d}/KH-UBND" in everything, number
        assert f"đợt{number}<năm2026>&cáctổ" in everything, number
    assert [("Công văn (…/UBND)" in page) for page in pages].count(True) == 1


def test_the_pages_are_a4_across(printed):
    done = subprocess.run(["pdfinfo", "-"], input=printed, capture_output=True, check=True)
    assert "841.89 x 595.276 pts (A4)" in done.stdout.decode()


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
def test_verapdf_finds_nothing(printed, flavour):
    assert verapdf.failures(printed, flavour) == []
