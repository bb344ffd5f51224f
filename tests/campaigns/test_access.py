"""Every page of this app, asked for by owner, wrong role, stranger and a visitor who has not signed in."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from campaigns.forms.settings import SETTINGS
from campaigns.models import DayOff, Membership, Role
from campaigns.urls import urlpatterns

from .factories import (
    client_of,
    make_absence,
    make_campaign,
    make_indicator,
    make_membership,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_right,
    make_stand_in,
    make_team,
    make_term,
    make_unit,
    make_user,
)

LOOK = ("paper_list", "paper_suggest", "team_list", "indicator_list", "settings_home")
LOOK_AT = ("paper_detail", "paper_file", "team_detail", "indicator_detail", "reading_evidence")
WRITE = ("paper_add", "team_add", "indicator_add")
WRITE_AT = (
    *("paper_edit", "paper_delete", "team_edit", "team_delete", "indicator_edit", "indicator_delete"),
    *("reading_add", "reading_edit", "reading_delete"),
)
# Tested beside what they do: test_citing.py, test_grid.py, test_sheets.py
PASTING = (
    *(
        "paper_cite",
        "paper_cite_save",
        "grid",
        "grid_cells",
        "grid_files",
        "sheet_list",
        "sheet_upload",
        "sheet_template",
    ),
    *("sheet_export", "sheet_import", "sheet_state", "sheet_apply", "sheet_marked"),
)
SETTINGS_PAGES = ("settings_list", "settings_add", "settings_edit", "settings_delete")
# Pages whose asking is tested beside what they do: tests/test_accounts.py, tests/test_invitations.py
PEOPLE = (
    *("account", "sitting_end", "sittings_end", "people", "person", "password_link"),
    *("invitation", "invitation_add", "invitation_withdraw", "invitation_renew", "invitation_accept"),
)


@pytest.fixture
def rows(ward):
    paper = make_paper(ward)
    paper.file.save("van-ban.pdf", ContentFile(b"%PDF-1.7\n"))
    indicator = make_indicator(ward)
    reading = make_reading(indicator)
    reading.evidence.save("minh-chung.pdf", ContentFile(b"%PDF-1.7\n"))
    other = make_indicator(ward)
    return {
        "paper": paper,
        "team": make_team(ward),
        "indicator": other,
        "reading": reading,
    }


def address(name: str, rows: dict) -> str:
    sort = "reading" if name.startswith("reading") and name != "reading_add" else name.split("_")[0]
    return reverse(name, args=[rows["indicator" if name == "reading_add" else sort].pk])


def test_every_page_of_the_app_is_in_these_lists():
    tested = {
        *LOOK,
        *LOOK_AT,
        *WRITE,
        *WRITE_AT,
        *SETTINGS_PAGES,
        *PASTING,
        *PEOPLE,
        "holidays_load",
        "choose_organization",
    }
    assert tested == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("name", LOOK)
def test_lists_are_for_members(name, drafter, leader, stranger, rows):
    for client in (drafter, leader, stranger):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LOOK_AT)
def test_looking_is_for_every_member_and_no_stranger(name, drafter, leader, stranger, rows):
    assert [c.get(address(name, rows)).status_code for c in (drafter, leader, stranger)] == [200, 200, 404]


@pytest.mark.parametrize("name", WRITE)
def test_adding_is_for_writers(name, drafter, leader):
    for method in ("get", "post"):
        assert getattr(drafter, method)(reverse(name)).status_code == 200
        assert getattr(leader, method)(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", WRITE_AT)
def test_changing_is_for_writers_of_the_own_ward(name, drafter, leader, stranger, rows):
    url = address(name, rows)
    for method in ("get", "post"):
        assert getattr(leader, method)(url).status_code == 403
        assert getattr(stranger, method)(url).status_code == 404
    shown = drafter.get(url)
    assert shown.status_code == 200
    assert "error-summary" not in shown.content.decode()


@pytest.mark.parametrize("name", [*LOOK, *WRITE, "choose_organization"])
def test_visitors_are_sent_to_sign_in(name, db):
    answer = Client().get(reverse(name))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [*LOOK_AT, *WRITE_AT])
def test_visitors_learn_nothing_about_rows(name, rows):
    assert Client().get(address(name, rows)).url.startswith(reverse("account_login"))


@pytest.fixture
def shared(ward):
    """A row of every setting that the ward's keeper may change."""
    campaign = make_campaign(ward)
    user = make_user(ward)
    return {
        "don-vi": make_organization(kind="party", name="Đảng ủy phường Thử"),
        "phong": make_unit(ward),
        "nguoi-dung": user,
        "vai-tro": Membership.objects.get(user=user),
        "to-dan-pho": make_neighbourhood(ward),
        "phong-trao": campaign,
        "thuat-ngu": make_term(campaign),
        "quyen-ky": make_right(user, ward),
        "vang-mat": make_absence(user, ward),
        "lam-thay": make_stand_in(user, make_user(ward), ward),
        "ngay-nghi": DayOff.objects.create(organization=ward, day=datetime.date(2026, 11, 24), name="Lễ"),
    }


@pytest.mark.parametrize("kind", SETTINGS)
def test_settings_are_seen_by_members_and_changed_by_keepers(kind, keeper, drafter, leader, shared):
    row = shared[kind].pk
    for client in (keeper, drafter, leader):
        assert client.get(reverse("settings_list", args=[kind])).status_code == 200
    assert keeper.get(reverse("settings_add", args=[kind])).status_code == 200
    assert keeper.get(reverse("settings_edit", args=[kind, row])).status_code == 200
    for client in (drafter, leader):
        for method in ("get", "post"):
            assert getattr(client, method)(reverse("settings_add", args=[kind])).status_code == 403
            assert getattr(client, method)(reverse("settings_edit", args=[kind, row])).status_code == 403
            assert getattr(client, method)(reverse("settings_delete", args=[kind, row])).status_code == 403


@pytest.mark.parametrize("kind", [kind for kind in SETTINGS if kind != "don-vi"])
def test_settings_of_another_ward_do_not_exist(kind, stranger, shared):
    row = shared[kind]
    for name in ("settings_edit", "settings_delete"):
        for method in ("get", "post"):
            assert getattr(stranger, method)(reverse(name, args=[kind, row.pk])).status_code == 404
    assert str(row) not in stranger.get(reverse("settings_list", args=[kind])).content.decode()


def test_another_ward_is_not_even_listed(stranger, ward, keeper):
    assert ward.name not in stranger.get(reverse("settings_list", args=["don-vi"])).content.decode()
    for name in ("settings_edit", "settings_delete"):
        assert stranger.get(reverse(name, args=["don-vi", ward.pk])).status_code == 404
    assert keeper.get(reverse("settings_edit", args=["don-vi", ward.pk])).status_code == 200


def test_a_body_that_a_ward_cites_is_seen_but_not_changed_by_others(stranger, keeper, ward):
    body = make_organization(kind="department", name="Sở Thử nghiệm")
    url = reverse("settings_edit", args=["don-vi", body.pk])
    assert stranger.get(url).status_code == 200  # nobody's yet
    make_paper(ward).issuers.add(body)
    assert keeper.get(url).status_code == 200
    assert stranger.get(url).status_code == 404
    assert body.name in stranger.get(reverse("settings_list", args=["don-vi"])).content.decode()
    make_paper(make_organization()).issuers.add(body)
    assert keeper.get(url).status_code == 404  # now two wards cite it


def test_a_department_with_people_keeps_itself(keeper):
    department = make_organization(kind="department", name="Sở có người")
    officer = client_of(make_user(department, Role.ADMINISTRATOR))
    url = reverse("settings_edit", args=["don-vi", department.pk])
    assert keeper.get(url).status_code == 404
    assert officer.get(url).status_code == 200


def test_a_role_lasts_from_its_first_to_its_last_day(ward):
    user = make_user()
    today = datetime.date.today()
    make_membership(user, ward, valid_to=today - datetime.timedelta(days=2))
    make_membership(user, ward, valid_from=today + datetime.timedelta(days=2))
    answer = client_of(user).get(reverse("paper_list"))
    assert answer.url == reverse("choose_organization")


def test_without_a_role_the_page_says_what_to_do(db):
    page = client_of(make_user()).get(reverse("choose_organization"))
    assert "Hãy nhờ người quản trị" in page.content.decode()


def test_with_several_organizations_one_is_chosen(ward):
    user, second = make_user(ward), make_organization()
    make_membership(user, second)
    client = client_of(user)
    make_paper(ward, subject="của đơn vị thứ nhất")
    assert client.get(reverse("paper_list")).url == reverse("choose_organization")
    assert client.post(reverse("choose_organization"), {"organization": second.pk}).status_code == 302
    assert "của đơn vị thứ nhất" not in client.get(reverse("paper_list")).content.decode()
    client.post(reverse("choose_organization"), {"organization": ward.pk})
    assert "của đơn vị thứ nhất" in client.get(reverse("paper_list")).content.decode()


@pytest.mark.parametrize("value", ["", "x", "-1", "99999999999999999999999", "9" * 5000])
def test_an_organization_one_does_not_belong_to_cannot_be_chosen(value, drafter, ward):
    other = make_organization()
    for chosen in (value, other.pk):
        answer = drafter.post(reverse("choose_organization"), {"organization": chosen})
        assert answer.status_code == 200
    assert "organization" not in drafter.session


def test_holidays_are_loaded_by_keepers_into_the_own_calendar(keeper, drafter, leader, stranger, ward):
    url = reverse("holidays_load")
    assert [client.post(url).status_code for client in (drafter, leader)] == [403, 403]
    assert keeper.get(url).status_code == 405
    assert stranger.post(url).status_code == 302
    assert not DayOff.objects.filter(organization=ward).exists()
    assert Client().post(url).url.startswith(reverse("account_login"))
