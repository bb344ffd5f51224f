"""The figures grid, the citation table and the Excel tables in a real browser: keys, pasting, saving, access."""

from __future__ import annotations

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from openpyxl import Workbook
from playwright.sync_api import expect

from campaigns.models import Paper, Reading, Role

from .factories import (
    make_indicator,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTE = """([cell, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.getElementById(cell).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def ward(transactional_db):
    return make_organization()


@pytest.fixture
def places(ward):
    return [make_neighbourhood(ward, name=f"Tổ dân phố {n}") for n in range(1, 5)]


@pytest.fixture
def go(ward, page, live_server, login_as):
    login_as(make_user(ward, Role.ADMINISTRATOR))

    def go(name, *args, query=""):
        page.goto(f"{live_server.url}{reverse(name, args=args)}{query}")
        return page

    return go


def sheet(go, *indicators):
    query = "&".join(f"nd={indicator.pk}" for indicator in indicators)
    return go("grid", query=f"?{query}&tu=1/5/2026&den=31/5/2026")


def values(indicator):
    return [r.value for r in Reading.objects.filter(indicator=indicator).order_by("neighbourhood__order")]


def test_keys_move_and_each_cell_is_saved_by_itself(go, ward, places):
    indicator = make_indicator(ward)
    page = sheet(go, indicator)
    page.locator("[data-cell]").first.focus()
    page.keyboard.type("1204")
    page.keyboard.press("Enter")
    page.keyboard.type("0")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("x")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.row") == "1"
    expect(page.locator("[data-grid-status]")).to_contain_text("1 ô vì cần sửa")
    expect(page.locator("[data-state=invalid] .grid-state")).to_contain_text("Không đọc được")
    expect(page.locator("[data-cell]").first).to_have_value("1.204")
    expect(page.locator(".grid-sum")).to_have_text("1.204")
    expect(page.locator(".grid-coverage")).to_have_text("2/4 tổ đã có số")
    assert values(indicator) == [1204, 0]


def test_a_column_copied_from_excel_fills_the_cells_below(go, ward, places):
    count, ratio = make_indicator(ward), make_indicator(ward, measure="ratio")
    page = sheet(go, count, ratio)
    page.evaluate(PASTE, [f"c-{count.pk}-{places[0].pk}", "5\t1/2\r\n6\t2/2\r\n7\t\r\n"])
    expect(page.locator(".grid-coverage").first).to_have_text("3/4 tổ đã có số")
    page.evaluate(PASTE, [f"c-{ratio.pk}-{places[2].pk}", "3\t4\n1\t4"])
    expect(page.locator(".grid-coverage").last).to_have_text("4/4 tổ đã có số")
    assert values(count) == [5, 6, 7]
    assert Reading.objects.filter(indicator=ratio, denominator=4).count() == 2


def test_what_is_typed_stays_when_the_network_is_gone(go, ward, places, context):
    indicator = make_indicator(ward)
    page = sheet(go, indicator)
    context.set_offline(True)
    page.locator("[data-cell]").first.fill("45")
    expect(page.locator("[data-grid-status]")).to_contain_text("mất mạng")
    expect(page.locator("[data-state=waiting]")).to_have_count(1)
    context.set_offline(False)
    expect(page.locator("[data-state=saved]")).to_have_count(1)
    assert values(indicator) == [45]


def test_a_pasted_list_is_confirmed_with_the_keyboard(go, ward):
    make_paper(ward, number="12", symbol="QĐ-UBND", kind="quyết định", issuer="")
    page = go("paper_cite")
    page.get_by_label("Dán viện dẫn").fill(
        "- Kế hoạch số 98/KH-UBND ngày 1/2/2026\n- Quyết định số 12/QĐ-UBND\n- Luật Nhà ở"
    )
    page.get_by_role("button", name="Đọc viện dẫn").press("Enter")
    expect(page.get_by_text("Đã có trong sổ", exact=True)).to_have_count(1)
    page.get_by_label("Ghi dòng 3").press("Space")
    page.get_by_role("button", name="Ghi các dòng đã đánh dấu").press("Enter")
    page.wait_for_url(re.compile(r"/van-ban/$"))
    assert set(Paper.objects.values_list("number", flat=True)) == {"12", "98"}


def test_a_table_is_uploaded_looked_over_and_written(go, ward):
    book, data = Workbook(), io.BytesIO()
    for row in (["Loại văn bản", "Số", "Ký hiệu"], ["kế hoạch", "06", "KH-UBND"]):
        book.active.append(row)
    book.save(data)
    page = go("sheet_upload", "van-ban")
    page.get_by_label("Tệp Excel").set_input_files(
        {"name": "bang.xlsx", "mimeType": "application/octet-stream", "buffer": data.getvalue()}
    )
    page.get_by_role("button", name="Kiểm tra bảng").click()
    page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi bảng")).to_be_visible()
    assert Paper.objects.get().number == "06"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_are_accessible_and_fit_the_screen(go, ward, places, width, page):
    indicator = make_indicator(ward, name="Tài khoản định danh điện tử mức hai của người dân")
    make_reading(indicator, neighbourhood=places[0], value=5)
    page.set_viewport_size({"width": width, "height": 800})
    looked = [lambda: sheet(go, indicator, make_indicator(ward, measure="ratio"))]
    for name, *args in (
        ("grid",),
        ("paper_cite",),
        ("sheet_list",),
        ("sheet_upload", "van-ban"),
        ("paper_list",),
    ):
        looked.append(lambda name=name, args=args: go(name, *args))

    def listed():
        go("paper_cite").get_by_label("Dán viện dẫn").fill(
            "- Kế hoạch số 98/KH-UBND\n- Luật Nhà ở\n- Danh sách kèm theo đây"
        )
        page.get_by_role("button", name="Đọc viện dẫn").click()
        expect(page.get_by_text("Chưa hiểu", exact=True)).to_have_count(1)

    def faulty():
        go("sheet_upload", "van-ban").get_by_label("Hoặc dán từ bảng tính").fill("Loại văn bản\tSố\nthư\t1\n")
        page.get_by_role("button", name="Kiểm tra bảng").click()
        expect(page.locator(".error-summary")).to_be_focused()

    for look in (*looked, listed, faulty):
        look()
        page.wait_for_load_state()
        for summary in page.locator("details > summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        found = Axe().run(page)
        assert not found.response["violations"], (page.url, found.generate_report())
