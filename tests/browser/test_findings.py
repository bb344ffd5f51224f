"""Findings while typing: they come after the save, lead to their words on the page, and one click mends them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from reports.models import Block
from tests.reports.drafts import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARKED = "[...CSS.highlights].map(([name, marks]) => `${name} ${[...marks].map(String).join('|')}`)"


@pytest.fixture
def page(browser: Browser, browser_context_args: dict, live_server, settings, transactional_db):
    draft = Draft()
    draft.block(html="<p>Đã mở lớp.</p>")
    client = Client()
    client.force_login(draft.user, backend="config.accounts.OfficeAuthenticationBackend")
    context = browser.new_context(**browser_context_args)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    expect(opened.locator(".prose-page").first).to_be_visible()
    yield opened
    context.close()


def test_typed_marked_led_to_and_mended(page):
    page.locator(".prose-page").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mời toàn thể nhân dân dự.")
    finding = page.locator("#findings .finding", has_text="viết hoa chữ cái đầu")
    expect(finding).to_be_visible()
    for _ in range(100):  # the page beside the form comes a moment later
        if any(
            mark.startswith("finding-warning") and "thể nhân dân" in mark for mark in page.evaluate(MARKED)
        ):
            break
        page.wait_for_timeout(100)
    finding.locator("[data-jump]").click()
    assert "finding-here thể nhân dân" in page.evaluate(MARKED)
    finding.get_by_role("button", name="Sửa thành “thể Nhân dân”").click()
    expect(page.locator(".notice", has_text="Đã sửa")).to_be_visible()
    expect(page.locator(".prose-page").first).to_contain_text("toàn thể Nhân dân dự.")
    assert "toàn thể Nhân dân dự." in Block.objects.get(kind="narrative").content["html"]
    expect(page.locator("#findings")).not_to_contain_text("viết hoa chữ cái đầu")
