"""Signing in Chromium: the tool on the signer's machine, the page without one, narrow screens, accessibility."""

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.urls import reverse

from reports.models import SignedFile
from reports.signing import keys, sign
from tests.signing.authority import AGENCY, LEADER
from tests.signing.helper import Helper, running
from tests.signing.offices import office  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELDS = {"SignApproved": ("leader", LEADER), "SignIssued": ("seal", AGENCY)}


def elsewhere(act):
    """What `act` gives, from a thread of its own: the browser's loop runs in this one."""

    def closing():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(closing).result()


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "ignore_https_errors": True}


@pytest.fixture
def at_helper(settings):
    """Tells the pages where the tool answers."""

    def tell(url):
        settings.SIGNING_HELPER = url
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["connect-src"] = ["'self'", url]
        settings.CONTENT_SECURITY_POLICY = policy

    return tell


@pytest.fixture
def helper(office, tmp_path, at_helper):  # noqa: F811
    def made(function, content):
        field, name = FIELDS[function]
        return sign.sign(content, field, office.key(name), keys.Trust()).pdf

    with running(Helper(made), tmp_path) as answering:
        at_helper(answering.url)
        yield answering


def open_page(page, live_server, login_as, office, who):  # noqa: F811
    login_as(office.people[who])
    page.goto(live_server.url + reverse("report_signing", args=(office.report.pk,)))


def test_leader_and_clerk_sign_by_the_tool(page, live_server, login_as, office, helper):  # noqa: F811
    open_page(page, live_server, login_as, office, "leader")
    page.get_by_role("button", name="Mở công cụ ký").click()
    page.get_by_role("link", name="Lãnh đạo đã ký").wait_for()
    assert office.fresh().status == "signed"
    office.number()
    open_page(page, live_server, login_as, office, "clerk")
    page.get_by_role("button", name="Mở công cụ ký").click()
    page.get_by_role("link", name="Cơ quan đã ký").wait_for()
    assert office.fresh().status == "sealed"
    assert [name for name, _ in helper.asked] == ["SignApproved", "SignIssued"]
    assert helper.asked[1][1]["DocNumber"] == office.fresh().code
    assert set(SignedFile.objects.filter(stage__in=("signed", "sealed")).values_list("way", flat=True)) == {
        "helper"
    }


def test_a_tool_that_refuses_is_heard(page, live_server, login_as, office, helper):  # noqa: F811
    def refuse(function, content):
        raise ValueError("Người dùng hủy nhập mã PIN")

    helper.sign = refuse
    open_page(page, live_server, login_as, office, "leader")
    page.get_by_role("button", name="Mở công cụ ký").click()
    page.get_by_text("Người dùng hủy nhập mã PIN").wait_for()
    assert office.fresh().status == "approved"


def test_without_a_tool_the_page_falls_back_to_download_and_hand_in(
    page,
    live_server,
    login_as,
    office,  # noqa: F811
    at_helper,
):
    at_helper("wss://127.0.0.1:9")
    open_page(page, live_server, login_as, office, "leader")
    page.get_by_role("button", name="Mở công cụ ký").click()
    page.get_by_text("Không thấy công cụ ký trên máy này").wait_for()
    assert page.evaluate("document.activeElement.name") == "file"
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải tệp để ký").click()
    base = taken.value.path().read_bytes()
    signed = elsewhere(lambda: sign.sign(base, "leader", office.key(LEADER), keys.Trust()).pdf)
    page.get_by_label("Tệp PDF đã ký").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    page.get_by_role("button", name="Nộp tệp đã ký").click()
    page.get_by_text("khớp từng byte").first.wait_for()
    assert office.fresh().status == "signed"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_signing_are_accessible_and_fit(page, live_server, login_as, office, width):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 800})
    login_as(office.people["clerk"])
    elsewhere(office.sign_here)
    office.number()
    for address in (
        reverse("report_signing", args=(office.report.pk,)),
        reverse("signed_file_check"),
        reverse("mark_own"),
        reverse("mark_seal"),
    ):
        page.goto(live_server.url + address)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
