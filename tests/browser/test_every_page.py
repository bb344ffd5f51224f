"""Every page of the project as an officer meets it: at a desk, on a phone, and through a screen reader's eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page

from reports.lifecycle import Status
from tests import furnished
from tests.furnished import CLERK, DRAFTER, KEEPER, LEADER, RECIPIENT, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, PHONE, NARROW = ({"width": width, "height": 900} for width in (1280, 360, 320))
AXE = Axe()
PRINTED = "report_page"
SHAPE = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  heads: [...document.querySelectorAll("h1")].filter((head) => head.checkVisibility()).length,
})"""
#: What sticks out on the right, outside boxes that scroll by themselves.
OVER = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const scrolls = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter(
    (e) => e.getBoundingClientRect().right > page.clientWidth + 0.5 && !scrolls(e.parentElement));
  return ["wider than the screen", ...out.slice(0, 3).map((e) => `${e.tagName} ${e.id} ${e.className}`)];
}"""


@pytest.fixture
def browse(browser: Browser, browser_context_args: dict, live_server, settings) -> Iterator[Callable]:
    """`browse(account)` is a page of that person's own browser, and the list of what its console complained of."""
    opened = []

    def open_page(account: str) -> tuple[Page, list[str]]:
        context = browser.new_context(**browser_context_args)
        opened.append(context)
        if account:
            client = Client()
            client.force_login(
                furnished.person(account), backend="config.accounts.OfficeAuthenticationBackend"
            )
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(20_000)
        complaints: list[str] = []
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page, complaints

    yield open_page
    for context in opened:
        context.close()


def axe(page: Page) -> list[str]:
    """What axe finds, a line for each place."""
    found = AXE.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]]


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open, at the three widths; axe on the phone's, the strictest one.

    The widest differs in the drafting columns and the order on the screen, not in the markup that axe reads.
    """
    page.set_viewport_size(DESK)
    shape = page.evaluate(SHAPE)
    if shape["lang"] != "vi":
        yield f"lang is {shape['lang']!r}"
    if shape["heads"] != 1:
        yield f"{shape['heads']} h1"
    yield from page.evaluate(OVER)
    page.set_viewport_size(PHONE)
    yield from (f"phone: {line}" for line in axe(page))
    page.set_viewport_size(NARROW)
    yield from page.evaluate(OVER)


def walk(page: Page, complaints: list[str], site: str, visits: list[Visit]) -> list[str]:
    """Opens each page; one line for each fault, with the page's address."""
    found, titles = [], {}
    for visit in visits:
        if visit.name == PRINTED:  # the first asking makes the file, and the page then loads itself anew
            page.request.get(site + visit.url)
        answer = page.goto(site + visit.url)
        wrong = list(faults(page))
        if answer.status not in (200, 409):
            wrong.append(f"status {answer.status}")
        title = page.title()
        if title in titles and titles[title] != visit.url:
            wrong.append(f"title {title!r} is that of {titles[title]} too")
        titles[title] = visit.url
        said = [line for line in complaints if "409 (Conflict)" not in line]
        complaints.clear()
        found += [f"{visit.url} {line}" for line in (*wrong, *said)]
    return found


@pytest.fixture
def ready(transactional_db, settings) -> None:
    settings.DEMO = True
    call_command("createcachetable", verbosity=0)


@pytest.mark.parametrize(
    ("account", "part"),
    [(KEEPER, 0), (KEEPER, 1), (DRAFTER, 0), (LEADER, 0), (CLERK, 0), (RECIPIENT, 0), ("", 0)],
)
def test_every_page_is_for_everybody(browse, live_server, ready, account, part):
    visits = [visit for visit in furnished.pages(furnished.furnish()) if visit.account == account]
    if account == KEEPER:
        visits = visits[part::2]
    page, complaints = browse(account)
    assert visits
    found = walk(page, complaints, live_server.url, visits)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("through", [Status.FORM_CHECKED, Status.ISSUED])
def test_a_report_on_its_way_is_for_everybody(browse, live_server, ready, through):
    visits = furnished.of_walked(furnished.furnish(through))
    found = []
    for account in (LEADER, CLERK):
        page, complaints = browse(account)
        theirs = [visit for visit in visits if visit.account == account]
        found += walk(page, complaints, live_server.url, theirs)
    assert not found, "\n".join(found)
