"""An old Word file in a real browser: brought in, a new draft made from it, its sentences confirmed by one key."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from reports import reused
from reports.management.commands.demo import PASSWORD
from reports.models import Report
from tests.importing.shapes import CLASSIC
from tests.importing.word import built

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Page, live_server, transactional_db, settings) -> Page:
    settings.DEMO = True
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    page.set_default_timeout(15_000)
    page.goto(live_server.url)
    page.get_by_label("Thư điện tử").fill("soanthao@demo.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bàn làm việc")).to_be_visible()
    return page


def test_an_old_word_file_becomes_a_new_draft(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao-quy-4.docx"
    file.write_bytes(built(CLASSIC))
    desk.get_by_role("link", name="Nạp báo cáo cũ (Word)").click()
    desk.get_by_label("Tệp báo cáo").set_input_files(file)
    desk.get_by_role("button", name="Nạp báo cáo").click()
    expect(desk.get_by_text("10 mục")).to_be_visible()
    old = Report.objects.latest("pk")
    assert old.is_old

    desk.get_by_role("button", name="Lập báo cáo mới từ bản này").click()
    expect(desk.get_by_role("heading", name="Câu lấy từ bản trước")).to_be_visible()
    report = Report.objects.latest("pk")
    before = len(reused.pending(report))
    first = desk.get_by_role("button", name="Vẫn đúng").first
    for left in (before - 1, before - 2):
        expect(first).to_be_focused()
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("heading", name=f"Câu lấy từ bản trước ({left})")).to_be_visible()
    assert len(reused.pending(report)) == before - 2
    assert report.made_from == old
