"""The main job in a real browser: from the department's letter to the section, the page beside it, and the files."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from reports.management.commands.demo import PASSWORD
from reports.models import Mention, Report

pytestmark = [pytest.mark.browser, pytest.mark.main_path, pytest.mark.django_db(transaction=True)]

#: Section 6 of report 274, and a sentence of section 1 with its citation.
DIFFICULTIES = "nhận thức và mức độ sẵn sàng tiếp cận công nghệ của người dân chưa đồng đều"
PLAN = "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường"


@pytest.fixture
def demonstration(transactional_db, settings) -> None:
    settings.DEMO = True
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=io.StringIO())


def sign_in(page: Page, at: str) -> None:
    page.set_default_timeout(10_000)
    page.goto(at)
    page.get_by_label("Thư điện tử").fill("soanthao@demo.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bàn làm việc")).to_be_visible()


def draft_from_letter(page: Page) -> None:
    page.get_by_role("link", name="2350/SKHCN-TTTT").first.click()
    page.get_by_role("button", name=re.compile("^Lập (thêm )?báo cáo")).click()
    expect(page.get_by_text("Chưa bắt đầu").first).to_be_visible()


def open_section(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    expect(page.locator(".ProseMirror").first).to_be_visible()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_from_letter_to_files(page: Page, live_server, demonstration) -> None:
    sign_in(page, live_server.url)
    draft_from_letter(page)
    report = Report.objects.latest("pk")

    # A citation typed once, put into a sentence by the keyboard alone
    open_section(page, "a) Công tác chỉ đạo, triển khai thực hiện")
    page.locator(".ProseMirror").first.click()
    page.keyboard.type("Thực hiện ")
    page.keyboard.press("Control+;")
    page.keyboard.type("98 trien khai")
    expect(page.locator("#insert-results [role=option]").first).to_contain_text("98/KH-UBND")
    page.keyboard.press("Enter")
    page.keyboard.type(", phường đã ban hành các văn bản:")
    page.locator("button.save").first.click()
    expect(page.locator("#page")).to_contain_text(PLAN, timeout=20_000)
    assert Mention.objects.filter(block__section__report=report, paper__number="98").exists()

    # Section 6 rebuilt from nothing, closed with its question
    page.get_by_role("link", name="6. Khó khăn, vướng mắc").click()
    expect(page.locator(".ProseMirror").first).to_be_visible()
    page.locator(".row-edit .ProseMirror").first.click()
    page.keyboard.type(DIFFICULTIES)
    page.locator("button.save").first.click()
    expect(page.locator("#page")).to_contain_text(DIFFICULTIES, timeout=20_000)

    # What was saved is there after a reload
    page.reload()
    expect(page.locator(".ProseMirror", has_text=DIFFICULTIES).first).to_be_visible()

    files(page, live_server.url, report)


def files(page: Page, site: str, report: Report) -> None:
    page.goto(f"{site}/bao-cao/{report.pk}/")
    with page.expect_download() as word:
        page.get_by_role("link", name="Tải Word").click()
    with zipfile.ZipFile(word.value.path()) as made:
        xml = made.read("word/document.xml").decode()
    assert squeezed(DIFFICULTIES) in squeezed(re.sub("<[^>]+>", "", xml))

    with page.expect_download(timeout=30_000) as printed:
        page.get_by_role("link", name="Tải PDF").click()
    pdf = pypdfium2.PdfDocument(printed.value.path())
    text = squeezed("".join(sheet.get_textpage().get_text_range() for sheet in pdf))
    assert squeezed(DIFFICULTIES) in text
    assert squeezed(PLAN) in text
