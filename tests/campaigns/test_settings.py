"""The settings table: every kind is added, changed and deleted through the same three pages."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.forms.settings import SETTINGS
from campaigns.models import Campaign, Membership, Organization, Role

from .factories import (
    client_of,
    make_campaign,
    make_indicator,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_term,
    make_unit,
    make_user,
    queries_of,
)

SCRIPT = "<script>alert('x')</script>"
#: People come by invitation: tests/test_invitations.py.
ADDED = [kind for kind in SETTINGS if kind != "nguoi-dung"]


def fields_of(kind, ward):
    """What an officer types for a new row of each kind."""
    officer = make_user(ward)
    return {
        "don-vi": {
            "code": "so-thu",
            "kind": "department",
            "name": "Sở Thử",
            "letterhead": "SỞ THỬ",
            "motto": "national",
            "symbol_code": "ST",
        },
        "phong": {"code": "VHXH", "name": "Phòng Văn hóa - Xã hội"},
        "vai-tro": {"user": make_user(ward).pk, "role": "head", "valid_from": "1/7/2025"},
        "to-dan-pho": {"name": "Tổ dân phố Tân Dân", "order": "1"},
        "phong-trao": {"name": "Bình dân học vụ số"},
        "thuat-ngu": {"campaign": make_campaign(ward).pk, "text": "Bình dân học vụ số"},
        "quyen-ky": {"person": officer.pk, "kind": "chairman", "lines": "CHỦ TỊCH", "valid_from": "1/7/2025"},
        "vang-mat": {"person": officer.pk, "valid_from": "1/7/2025", "valid_to": "3/7/2025"},
        "lam-thay": {
            "absent": make_user(ward, Role.CLERK).pk,
            "role": "clerk",
            "person": officer.pk,
            "valid_from": "1/7/2025",
            "valid_to": "3/7/2025",
        },
        "ngay-nghi": {"day": "24/11/2026", "kind": "off", "name": "Ngày Văn hóa Việt Nam"},
    }[kind]


@pytest.mark.parametrize("kind", ADDED)
def test_a_row_of_every_kind_is_added_changed_and_deleted(kind, keeper, ward):
    setting, fields = SETTINGS[kind], fields_of(kind, ward)
    before = set(setting.model.objects.values_list("pk", flat=True))
    listing = reverse("settings_list", args=[kind])
    assert keeper.post(reverse("settings_add", args=[kind]), fields).url == listing
    (added,) = set(setting.model.objects.values_list("pk", flat=True)) - before
    edit = reverse("settings_edit", args=[kind, added])
    assert edit in keeper.get(listing).content.decode()
    assert keeper.post(edit, fields).url == listing
    delete = reverse("settings_delete", args=[kind, added])
    if setting.deletable:
        assert keeper.get(delete).status_code == 200
        assert keeper.post(delete).url == listing
    else:
        assert keeper.post(delete).status_code == 404
    assert setting.model.objects.filter(pk=added).exists() is not setting.deletable


@pytest.mark.parametrize("kind", [kind for kind in ADDED if kind != "vai-tro"])
def test_the_same_row_twice_is_an_error(kind, keeper, ward):
    fields = fields_of(kind, ward)
    assert keeper.post(reverse("settings_add", args=[kind]), fields).status_code == 302
    again = keeper.post(reverse("settings_add", args=[kind]), fields)
    if kind == "thuat-ngu" or again.status_code == 200:
        assert again.context["form"].errors
    assert again.status_code == 200


@pytest.mark.parametrize("kind", SETTINGS)
def test_an_empty_form_is_an_error_and_an_unknown_kind_is_no_page(kind, keeper):
    answer = keeper.post(reverse("settings_add", args=[kind]), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert keeper.get(reverse("settings_list", args=["khac"])).status_code == 404
    assert keeper.get(reverse("settings_edit", args=[kind, 2**70])).status_code == 404


def test_an_address_is_one_account_whatever_its_letters(keeper, ward):
    make_user(make_organization(), email="a@phuong.example")
    user = make_user(ward)
    fields = {"full_name": user.full_name, "email": "A@phuong.example"}
    answer = keeper.post(reverse("settings_edit", args=["nguoi-dung", user.pk]), fields)
    assert "email" in answer.context["form"].errors


def test_a_closed_account_cannot_sign_in_and_keeps_its_password(keeper, ward):
    user = make_user(ward)
    url = reverse("settings_edit", args=["nguoi-dung", user.pk])
    client = client_of(user)
    keeper.post(url, {"full_name": "Tên mới", "email": user.email, "closed": "on"})
    user.refresh_from_db()
    assert (user.full_name, user.is_active) == ("Tên mới", False)
    assert user.check_password("mat-khau-de-thu-1")
    assert client.get(reverse("paper_list")).url.startswith(reverse("account_login"))


def test_people_who_also_work_elsewhere_are_not_ours_to_change(keeper, ward):
    user = make_user(ward)
    Membership.objects.create(user=user, organization=make_organization(), role=Role.DRAFTER)
    assert user.email in keeper.get(reverse("settings_list", args=["nguoi-dung"])).content.decode()
    assert keeper.get(reverse("settings_edit", args=["nguoi-dung", user.pk])).status_code == 404


def test_a_role_is_given_only_to_own_people_and_units(keeper):
    other = make_organization()
    fields = {"user": make_user(other).pk, "unit": make_unit(other).pk, "role": "head"}
    answer = keeper.post(reverse("settings_add", args=["vai-tro"]), fields)
    assert set(answer.context["form"].errors) == {"user", "unit"}


@pytest.mark.parametrize("change", ["role", "ended", "deleted"])
def test_the_last_keeper_cannot_lock_everybody_out(ward, change):
    user = make_user(ward, Role.ADMINISTRATOR)
    client, membership = client_of(user), Membership.objects.get(user=user)
    role = {"user": user.pk, "role": Role.ADMINISTRATOR}
    edit = reverse("settings_edit", args=["vai-tro", membership.pk])
    act = {
        "role": (edit, role | {"role": Role.DRAFTER}),
        "ended": (edit, role | {"valid_to": "1/1/2020"}),
        "deleted": (reverse("settings_delete", args=["vai-tro", membership.pk]), {}),
    }[change]
    answer = client.post(*act, follow=True)
    assert "ít nhất một người giữ vai trò quản trị" in answer.content.decode()
    assert ward.has_keeper(timezone.localdate())
    make_user(ward, Role.CHIEF_OF_OFFICE)
    client.post(*act)
    left = Membership.objects.filter(pk=membership.pk, role=Role.ADMINISTRATOR, valid_to=None)
    assert not left.exists()


def test_nobody_closes_the_own_account(ward):
    user = make_user(ward, Role.ADMINISTRATOR)
    make_user(ward, Role.CHIEF_OF_OFFICE)
    fields = {"full_name": user.full_name, "email": user.email, "closed": "on"}
    answer = client_of(user).post(reverse("settings_edit", args=["nguoi-dung", user.pk]), fields)
    assert "Không ai tự khóa tài khoản của mình" in answer.content.decode()
    user.refresh_from_db()
    assert user.is_active


def test_what_is_used_is_kept(keeper, ward):
    body = make_organization(kind="party")
    paper = make_paper(ward, number="06", symbol="KH/ĐU")
    paper.campaigns.add(make_campaign(ward))
    campaign = make_campaign(ward, name="Có thuật ngữ")
    make_term(campaign)
    page = keeper.get(reverse("settings_delete", args=["phong-trao", campaign.pk]))
    assert "1 thuật ngữ" in page.content.decode()
    old = make_neighbourhood(ward, successor=make_neighbourhood(ward))
    refused = keeper.post(reverse("settings_delete", args=["to-dan-pho", old.successor_id]))
    assert refused.status_code == 409
    assert old.name in refused.content.decode()
    assert keeper.post(reverse("settings_delete", args=["don-vi", ward.pk])).status_code == 409
    assert keeper.post(reverse("settings_delete", args=["don-vi", body.pk])).status_code == 302
    assert Organization.objects.filter(pk=ward.pk).exists()


def test_a_refusal_asks_as_often_for_many_uses_as_for_few(keeper, ward):
    place, first = make_neighbourhood(ward), make_indicator(ward)
    make_reading(first, neighbourhood=place)
    url = reverse("settings_delete", args=["to-dan-pho", place.pk])
    few = queries_of(keeper, url)
    for _ in range(60):
        make_reading(make_indicator(ward), neighbourhood=place)
    assert queries_of(keeper, url) == few <= 20
    page = keeper.get(url).content.decode()
    assert reverse("indicator_detail", args=[first.pk]) in page
    assert "Còn 11 chỗ nữa." in page


def test_the_own_letterhead_is_changed(keeper, ward):
    fields = fields_of("don-vi", ward) | {"code": ward.code, "kind": "ward", "name": "UBND phường Mới"}
    assert keeper.post(reverse("settings_edit", args=["don-vi", ward.pk]), fields).status_code == 302
    ward.refresh_from_db()
    assert (ward.name, ward.letterhead) == ("UBND phường Mới", "SỞ THỬ")


def test_terms_belong_to_own_campaigns(keeper):
    fields = {"campaign": make_campaign(make_organization()).pk, "text": "x"}
    answer = keeper.post(reverse("settings_add", args=["thuat-ngu"]), fields)
    assert "campaign" in answer.context["form"].errors


def test_script_is_shown_as_text(keeper, ward):
    campaign = make_campaign(ward, name=SCRIPT)
    make_term(campaign, text=SCRIPT, note=SCRIPT)
    for kind in ("phong-trao", "thuat-ngu"):
        assert SCRIPT not in keeper.get(reverse("settings_list", args=[kind])).content.decode()
    for name in ("settings_edit", "settings_delete"):
        assert SCRIPT not in keeper.get(reverse(name, args=["phong-trao", campaign.pk])).content.decode()


@pytest.mark.parametrize("kind", SETTINGS)
def test_queries_do_not_grow(kind, keeper, ward):
    def fill(rows: int) -> None:
        campaign = make_campaign(ward)
        for _ in range(rows):
            make_user(ward)
            make_neighbourhood(ward)
            make_term(campaign)
            make_campaign(ward)
            make_unit(ward)
            make_organization(kind="other")

    fill(3)
    few = queries_of(keeper, reverse("settings_list", args=[kind]))
    fill(15)
    assert queries_of(keeper, reverse("settings_list", args=[kind])) == few <= 20
    assert Campaign.objects.count() > 18
