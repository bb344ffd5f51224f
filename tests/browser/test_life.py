"""A corrected copy of report 274 from draft to issued in a real browser: five accounts, the leader on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from campaigns import events
from reports.management.commands.demo import PASSWORD
from reports.models import Entry, Report

pytestmark = [pytest.mark.browser, pytest.mark.main_path, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def report(transactional_db, settings) -> Report:
    settings.DEMO = True
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=io.StringIO())
    return Report.objects.order_by("pk")[1]


@pytest.fixture
def as_person(browser: Browser, browser_context_args: dict, live_server):
    """`as_person(account)` is a browser of that person's own; `phone=True`: at 360 px."""
    opened = []

    def open_page(account: str, phone: bool = False) -> Page:
        shape = {"viewport": PHONE, "has_touch": True} if phone else {}
        context = browser.new_context(**{**browser_context_args, **shape})
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(live_server.url)
        page.get_by_label("Thư điện tử").fill(f"{account}@demo.example")
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Bàn làm việc")).to_be_visible()
        return page

    yield open_page
    for context in opened:
        context.close()


def inbox(page: Page, verb: str) -> None:
    """Opens the report that waits, from the person's inbox."""
    row = page.locator(".row-list li", has_text=verb).first
    row.get_by_role("link").first.click()


def confirm(page: Page, button: str) -> None:
    page.get_by_role("link", name=button, exact=True).click()
    page.locator("form.panel").get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".notice-success")).to_be_visible()


def fits(page: Page) -> None:
    """Nothing hangs over the edge of the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_from_draft_to_issued(as_person, live_server, report: Report, tmp_path: Path) -> None:
    at = f"{live_server.url}/bao-cao/{report.pk}/"

    drafter = as_person("soanthao")
    drafter.goto(at)
    confirm(drafter, "Trình Trưởng phòng")
    drafter.get_by_text("Nhắn người đang xử lý").click()
    expect(drafter.locator("#hand-over-message")).to_contain_text("nhờ kiểm tra nội dung")

    head = as_person("phophong")
    inbox(head, "Kiểm tra nội dung")
    head.get_by_role("button", name="Đồng ý nội dung, chuyển kiểm tra thể thức").click()
    expect(head.locator(".notice-success")).to_be_visible()

    chief = as_person("chanhvanphong")
    inbox(chief, "Kiểm tra thể thức")
    chief.get_by_role("button", name="Đồng ý thể thức, trình ký").click()
    expect(chief.locator(".notice-success")).to_be_visible()

    # The leader returns it once, reads what changed the second time, and approves: all on a phone
    leader = as_person("phochutich", phone=True)
    inbox(leader, "Duyệt")
    fits(leader)
    leader.get_by_role("link", name="Trả lại").click()
    leader.get_by_label("Lý do trả lại").fill("Bỏ chữ thừa ở phần kết thúc.")
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.locator(".notice-success")).to_be_visible()

    drafter.goto(at)
    expect(drafter.locator("[aria-current=step]")).to_contain_text("Đang soạn")
    drafter.get_by_role("link", name="6. Khó khăn, vướng mắc").first.click()
    editor = drafter.locator(".ProseMirror", has_text="chưa đồng đều").first
    editor.click()
    drafter.keyboard.press("Control+End")
    drafter.keyboard.type(" tại một số tổ")
    drafter.locator(".block.dirty button.save").first.click()
    expect(drafter.locator("#page")).to_contain_text("tại một số tổ", timeout=20_000)
    drafter.goto(at)
    confirm(drafter, "Trình Trưởng phòng")
    head.goto(at + "duyet/")
    expect(head.locator(".changes ins").first).to_be_visible()
    head.get_by_role("button", name="Đồng ý nội dung, chuyển kiểm tra thể thức").click()
    expect(head.locator(".notice-success")).to_be_visible()
    chief.goto(at + "duyet/")
    chief.get_by_role("button", name="Đồng ý thể thức, trình ký").click()
    expect(chief.locator(".notice-success")).to_be_visible()

    leader.goto(at + "duyet/")
    expect(leader.locator(".changes ins")).to_contain_text("tại một số tổ")
    fits(leader)
    leader.get_by_role("button", name="Duyệt", exact=True).click()
    expect(leader.locator(".notice-success")).to_be_visible()

    # The clerk records the signature on paper, numbers, seals and issues
    scan = tmp_path / "ban-ky.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    clerk = as_person("vanthu")
    clerk.goto(at)
    clerk.get_by_role("link", name="Ghi nhận đã ký").click()
    clerk.get_by_label("Bản chụp trang đã ký").set_input_files(scan)
    clerk.get_by_role("button", name="Ghi nhận đã ký").click()
    expect(clerk.locator(".notice-success")).to_be_visible()
    confirm(clerk, "Cấp số")
    confirm(clerk, "Ghi nhận đã đóng dấu")
    confirm(clerk, "Phát hành")
    expect(clerk.locator("[aria-current=step]")).to_contain_text("Đã phát hành")

    report.refresh_from_db()
    assert report.status == "issued"
    assert Entry.objects.get(report=report).code == report.code
    assert list(events.broken()) == []
