"""Registers in a real browser: rows with the keyboard, suggestions, copying, and what assistive tools find."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from campaigns.models import PaperLink, Role, Team

from .factories import (
    make_indicator,
    make_member,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_team,
    make_user,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ward(transactional_db):
    return make_organization()


@pytest.fixture
def open_page(ward, page, live_server, login_as):
    login_as(make_user(ward, Role.ADMINISTRATOR))

    def open_page(name, *args):
        page.goto(live_server.url + reverse(name, args=args))
        return page

    return open_page


def test_rows_of_members_are_added_and_taken_out_with_the_keyboard(open_page, ward):
    team = make_team(ward, name="Tổ")
    member = make_member(team)
    page = open_page("team_edit", team.pk)
    page.get_by_role("button", name="Thêm thành viên").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Nguyễn Văn A")
    page.get_by_label("Xóa dòng").first.press("Space")
    assert page.locator("tr.row-gone").count() == 1
    page.get_by_role("button", name="Lưu", exact=True).press("Enter")
    page.wait_for_url(f"**{reverse('team_detail', args=[team.pk])}")
    assert list(team.members.values_list("full_name", flat=True)) == ["Nguyễn Văn A"]
    assert not Team.objects.get().members.filter(pk=member.pk).exists()


def test_a_paper_is_suggested_while_one_types(open_page, ward):
    target = make_paper(ward, number="121", symbol="QĐ-UBND", kind="quyết định", subject="thành lập tổ")
    paper = make_paper(ward)
    page = open_page("paper_edit", paper.pk)
    box = page.locator("[name=links-0-target]")
    with page.expect_response("**/goi-y/**"):
        box.press_sequentially("thanh lap")
    label = page.locator("datalist option").first
    label.wait_for(state="attached")
    box.fill(label.get_attribute("value"))
    page.locator("[name=links-0-kind]").select_option("carries_out")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url(f"**{reverse('paper_detail', args=[paper.pk])}")
    assert PaperLink.objects.get().target == target


@pytest.mark.parametrize("secure", [True, False])
def test_a_citation_is_copied_with_one_press_on_http_too(open_page, ward, context, secure):
    """An office network over http has no navigator.clipboard."""
    if not secure:
        context.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    else:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    paper = make_paper(ward)
    page = open_page("paper_detail", paper.pk)
    page.set_default_timeout(5000)
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; })"
    )
    page.get_by_role("button", name="Chép trích dẫn").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    if secure:
        assert page.evaluate("navigator.clipboard.readText()") == paper.full_citation
    else:
        assert page.evaluate("window.copied") == paper.full_citation


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_are_accessible_and_fit_the_screen(open_page, ward, width):
    paper, indicator = make_paper(ward), make_indicator(ward, target=5)
    place = make_neighbourhood(ward)
    team = make_team(ward, decision=paper, neighbourhood=place, name="Tổ công nghệ số cộng đồng " + "x" * 120)
    make_member(team)
    make_reading(indicator, neighbourhood=place, value=5)
    pages = [("paper_list",), ("team_list",), ("indicator_list",), ("settings_home",), ("paper_add",)]
    pages += [("paper_detail", paper.pk), ("team_detail", team.pk), ("indicator_detail", indicator.pk)]
    pages += [("team_edit", team.pk), ("reading_add", indicator.pk), ("paper_delete", paper.pk)]
    pages += [("settings_list", "to-dan-pho"), ("settings_edit", "don-vi", ward.pk), ("team_delete", team.pk)]
    for name in pages:
        page = open_page(*name)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        found = Axe().run(page)
        assert not found.response["violations"], (name, found.generate_report())
