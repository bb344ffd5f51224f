"""Nothing typed is lost: a closed tab, an ended sitting, a lost network, two people in one block."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from campaigns.models import Role
from reports.models import Block
from tests.reports import drafts
from tests.reports.drafts import Draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(transactional_db) -> Draft:
    made = Draft()
    made.block(html="<p>đầu</p>")
    return made


@pytest.fixture
def browser_of(browser: Browser, browser_context_args: dict, live_server, settings):
    """`browser_of(user)` is a browser of that person's own, past the sign-in page."""
    opened: list[BrowserContext] = []

    def open_context(user) -> BrowserContext:
        client = Client()
        client.force_login(user, backend="config.accounts.OfficeAuthenticationBackend")
        context = browser.new_context(**browser_context_args)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


def open_section(context: BrowserContext, live_server, draft: Draft) -> Page:
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    expect(page.locator(".prose-page").first).to_be_visible()
    return page


def write(page: Page, words: str) -> None:
    page.locator(".prose-page").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def stored() -> str:
    return Block.objects.get(kind="narrative").content["html"]


def saved(page: Page) -> None:
    expect(page.locator(".saved-state").first).to_contain_text("Đã lưu lúc")


def test_saved_a_moment_after_the_last_key(browser_of, live_server, draft):
    page = open_section(browser_of(draft.user), live_server, draft)
    write(page, " và gõ thêm")
    saved(page)
    assert stored() == "<p>đầu và gõ thêm</p>"
    write(page, " nữa")
    expect(page.locator(".block.dirty")).to_have_count(0)
    saved(page)
    assert stored() == "<p>đầu và gõ thêm nữa</p>"


def test_tab_killed_while_typing(browser_of, live_server, draft):
    context = browser_of(draft.user)
    page = open_section(context, live_server, draft)
    page.route("**/doan/*/luu/", lambda route: None)  # the server never hears of it
    write(page, " chữ cuối")
    page.close(run_before_unload=False)
    page = open_section(context, live_server, draft)
    expect(page.locator(".kept-here")).to_contain_text("Máy này còn giữ chữ bạn gõ")
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator(".prose-page").first).to_have_text("đầu chữ cuối")
    saved(page)
    assert stored() == "<p>đầu chữ cuối</p>"
    page.reload()
    expect(page.locator(".kept-here")).to_have_count(0)


def test_sitting_ended_while_typing(browser_of, live_server, draft, settings):
    context = browser_of(draft.user)
    page = open_section(context, live_server, draft)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, " sau khi hết phiên")
    expect(page.locator(".saved-state").first).to_contain_text("phiên đăng nhập")
    client = Client()
    client.force_login(draft.user, backend="config.accounts.OfficeAuthenticationBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page.close(run_before_unload=False)
    page = open_section(context, live_server, draft)
    page.get_by_role("button", name="Lấy lại").click()
    saved(page)
    assert stored() == "<p>đầu sau khi hết phiên</p>"


def test_network_lost_and_found(browser_of, live_server, draft):
    context = browser_of(draft.user)
    page = open_section(context, live_server, draft)
    context.set_offline(True)
    write(page, " không mạng")
    expect(page.locator(".saved-state").first).to_contain_text("mất kết nối")
    assert stored() == "<p>đầu</p>"
    context.set_offline(False)
    saved(page)
    assert stored() == "<p>đầu không mạng</p>"


def test_two_people_in_one_block(browser_of, live_server, draft):
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    one = open_section(browser_of(draft.user), live_server, draft)
    other = open_section(browser_of(colleague), live_server, draft)
    expect(other.locator("#here-now")).to_contain_text("Nguyễn Văn A")
    write(one, " của A")
    saved(one)
    write(other, " của B")
    parted = other.locator(".parted")
    expect(parted).to_contain_text("đầu của A")
    expect(parted).to_contain_text("đầu của B")
    assert stored() == "<p>đầu của A</p>"
    other.get_by_role("button", name="Dùng bản của tôi").click()
    expect(other.locator(".prose-page").first).to_have_text("đầu của B")
    assert stored() == "<p>đầu của B</p>"
