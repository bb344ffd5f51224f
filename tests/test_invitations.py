"""Invitations: the only way to an account, a link that opens once, for seven days, for one person."""

from __future__ import annotations

import datetime
import re
import threading

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.invitations import offer
from campaigns.models import Event, Invitation, Membership, Organization, Role, User
from campaigns.models.owned import Actor

from .campaigns.factories import (
    client_of,
    make_membership,
    make_organization,
    make_unit,
    make_user,
    queries_of,
)

PASSWORD = "Mot-mat-khau-dai-27"
EMAIL = "tran.thi.b@phuong.example"
FIELDS = {"full_name": "Trần Thị B", "email": "Tran.Thi.B@phuong.example", "role": "clerk", "post": "Văn thư"}
NEW = {"full_name": "Trần Thị B", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def ward(db) -> Organization:
    return make_organization()


@pytest.fixture
def administrator(ward) -> User:
    return make_user(ward, Role.ADMINISTRATOR)


@pytest.fixture
def keeper(administrator) -> Client:
    return client_of(administrator)


def invite(keeper: Client, **fields) -> Invitation:
    answer = keeper.post(reverse("invitation_add"), FIELDS | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Invitation.objects.latest("pk")


def link(invitation: Invitation) -> str:
    return reverse("invitation_accept", args=[invitation.key])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# The invitation


def test_an_invitation_is_shown_to_copy_and_mailed(keeper, ward):
    unit = make_unit(ward)
    dates = {"valid_from": "1/7/2026", "valid_to": "31/12/2026", "unit": unit.pk}
    invitation = invite(keeper, **dates)
    assert (invitation.email, invitation.organization, invitation.unit) == (EMAIL, ward, unit)
    assert invitation.expires_at - timezone.now() > datetime.timedelta(days=6, hours=23)
    page = keeper.get(reverse("invitation", args=[invitation.pk])).content.decode()
    address = f"http://testserver{link(invitation)}"
    assert f'data-copy="{address}"' in page
    [message] = mail.outbox
    assert message.to == [EMAIL]
    assert address in message.body
    assert not User.objects.filter(email=EMAIL).exists()


def test_without_a_mail_server_only_the_link_is_shown(keeper, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    invitation = invite(keeper)
    page = keeper.get(reverse("invitation", args=[invitation.pk])).content.decode()
    assert link(invitation) in page
    assert "Đã gửi lời mời" not in page
    assert mail.outbox == []


def test_a_mail_server_that_fails_is_told_and_the_link_stays(keeper, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = keeper.post(reverse("invitation_add"), FIELDS, follow=True)
    assert "Chưa gửi được thư" in text_of(answer)
    assert Invitation.objects.count() == 1


def test_the_new_person_sets_a_password_and_is_in(keeper, ward):
    invitation = invite(keeper, valid_to="31/12/2099")
    client = Client()
    assert "Đặt mật khẩu và bắt đầu" in client.get(link(invitation)).content.decode()
    answer = client.post(link(invitation), NEW)
    assert answer["Location"] == "/"
    user = User.objects.get(email=EMAIL)
    assert user.check_password(PASSWORD)
    [held] = user.memberships.all()
    assert (held.organization, held.role, held.post) == (ward, "clerk", "Văn thư")
    assert held.valid_to == datetime.date(2099, 12, 31)
    assert client.get("/").status_code == 200
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.refusal() != "") == (user, True)
    assert Event.objects.get(act="accept_invitation").by == user
    answer = Client().post("/tai-khoan/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "ngan", "again": "ngan"}, "password"),
        ({"password": "12345678901", "again": "12345678901"}, "password"),
        ({"password": "password123", "again": "password123"}, "password"),
        ({"password": "Trần Thị B 1", "again": "Trần Thị B 1"}, "password"),
        ({"password": "phuong.example", "again": "phuong.example"}, "password"),
        ({"again": "khac"}, "again"),
        ({"again": ""}, "again"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_a_bad_password_is_told_beside_its_field_and_spends_nothing(keeper, typed, field):
    invitation = invite(keeper)
    answer = Client().post(link(invitation), NEW | typed)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {field}
    assert not User.objects.filter(email=EMAIL).exists()
    assert Client().post(link(invitation), NEW).status_code == 302


def test_a_link_opens_once(keeper):
    invitation = invite(keeper)
    Client().post(link(invitation), NEW)
    for method in ("get", "post"):
        again = getattr(Client(), method)(link(invitation), NEW)
        assert again.status_code == 410
        assert "đã được nhận" in text_of(again)
    assert User.objects.filter(email=EMAIL).count() == 1


def test_a_link_ends_after_seven_days_and_is_renewed(keeper):
    invitation = invite(keeper)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    over = Client().post(link(invitation), NEW)
    assert (over.status_code, "đã hết hạn" in text_of(over)) == (410, True)
    assert "hết hạn" in text_of(keeper.get(reverse("people")))
    keeper.post(reverse("invitation_renew", args=[invitation.pk]))
    assert Client().get(link(invitation)).status_code == 404, "the old link is gone"
    invitation.refresh_from_db()
    assert Client().post(link(invitation), NEW).status_code == 302
    assert len(mail.outbox) == 2


def test_a_withdrawn_link_does_not_open(keeper):
    invitation = invite(keeper)
    keeper.post(reverse("invitation_withdraw", args=[invitation.pk]))
    gone = Client().post(link(invitation), NEW)
    assert (gone.status_code, "rút lại" in text_of(gone)) == (410, True)
    keeper.get(reverse("people"))  # shows what was said about it, once
    assert invitation.email not in text_of(keeper.get(reverse("people")))
    assert Event.objects.filter(act="withdraw_invitation", after__key=invitation.pk).count() == 1
    invite(keeper)  # and may be offered again


def test_a_used_invitation_is_not_withdrawn_or_renewed(keeper):
    invitation = invite(keeper)
    Client().post(link(invitation), NEW)
    for act in ("invitation_withdraw", "invitation_renew"):
        keeper.post(reverse(act, args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.accepted_at
    assert not invitation.withdrawn_at
    page = keeper.get(reverse("invitation", args=[invitation.pk])).content.decode()
    assert link(invitation) not in page


@pytest.mark.parametrize("change", ["text", "another", "bare"])
def test_a_link_is_signed(keeper, change):
    invitation = invite(keeper)
    key = {
        "text": invitation.key[:-1] + ("A" if invitation.key[-1] != "A" else "B"),
        "another": invitation.key.replace(f"{invitation.pk}-", f"{invitation.pk + 1}-", 1),
        "bare": f"{invitation.pk}-{invitation.secret}",
    }[change]
    assert Client().get(reverse("invitation_accept", args=[key])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_link_at_once_make_one_account(keeper):
    invitation, answers = invite(keeper), []

    def accept() -> None:
        try:
            answers.append(Client().post(link(invitation), NEW).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(302) == 1
    assert User.objects.filter(email=EMAIL).count() == Membership.objects.filter(role="clerk").count() == 1


def test_wrong_fields_are_told_and_kept(keeper, ward):
    answer = keeper.post(reverse("invitation_add"), FIELDS | {"email": "x", "valid_from": "31/2/2026"})
    assert set(answer.context["form"].errors) == {"email", "valid_from"}
    assert 'value="Trần Thị B"' in answer.content.decode()
    unit = make_unit(make_organization())
    answer = keeper.post(reverse("invitation_add"), FIELDS | {"unit": unit.pk})
    assert set(answer.context["form"].errors) == {"unit"}


def test_own_people_and_waiting_invitations_are_not_invited_again(keeper, ward):
    own = make_user(ward)
    answer = keeper.post(reverse("invitation_add"), FIELDS | {"email": own.email.upper()})
    assert "thêm vai trò ở mục Vai trò" in str(answer.context["form"].errors)
    User.objects.filter(pk=own.pk).update(is_active=False)
    answer = keeper.post(reverse("invitation_add"), FIELDS | {"email": own.email})
    assert "đang khóa" in str(answer.context["form"].errors)
    invite(keeper)
    answer = keeper.post(reverse("invitation_add"), FIELDS)
    assert "đang chờ" in str(answer.context["form"].errors)
    invite(keeper, role="drafter")


def test_the_database_keeps_one_waiting_invitation_and_one_end(keeper):
    invitation = invite(keeper)
    same = {"organization": invitation.organization, "email": EMAIL, "role": "clerk"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(full_name="A", invited_by=invitation.invited_by, **same)
    for wrong in ({"accepted_at": timezone.now()}, {"valid_from": "2026-02-02", "valid_to": "2026-02-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**wrong)


# An account of another organization


@pytest.fixture
def neighbour(db) -> User:
    return make_user(make_organization(), Role.HEAD, email=EMAIL)


def test_a_known_account_accepts_after_signing_in(keeper, ward, neighbour):
    invitation, old = invite(keeper), neighbour.password
    browser = Client()
    page = browser.get(link(invitation)).content.decode()
    assert f"/tai-khoan/login/?next={link(invitation)}" in page
    assert 'type="password"' not in page
    browser.post(link(invitation), NEW)
    neighbour.refresh_from_db()
    assert neighbour.password == old
    browser = client_of(neighbour)
    assert "Nhận lời mời" in text_of(browser.get(link(invitation)))
    assert browser.post(link(invitation))["Location"] == "/"
    assert neighbour.memberships.count() == 2
    assert browser.get("/").wsgi_request.actor.organization == ward
    assert browser.post(link(invitation)).status_code == 410


def test_a_corrected_address_takes_its_link_along(keeper, ward):
    actor = Actor(User.objects.get(memberships__organization=ward), ward, frozenset({Role.ADMINISTRATOR}))
    with transaction.atomic():
        offer(actor, full_name="Trần Thị B", email="sai@phuong.example", role="clerk", post="", unit=None)
    invitation, user = Invitation.objects.get(), User.objects.get(email="sai@phuong.example")
    keeper.post(reverse("person", args=[user.pk]), {"full_name": "Trần Thị B", "email": EMAIL})
    assert Client().post(link(invitation), NEW)["Location"] == "/"
    user.refresh_from_db()
    assert user.email == EMAIL
    assert user.check_password(PASSWORD)
    assert user.memberships.count() == 1
    assert User.objects.count() == 2


def test_a_role_already_held_is_not_given_twice(keeper, ward, neighbour):
    invitation = invite(keeper)
    make_membership(neighbour, ward, Role.CLERK)
    assert client_of(neighbour).post(link(invitation)).status_code == 302
    assert neighbour.memberships.filter(organization=ward).count() == 1


@pytest.mark.parametrize("known", [True, False])
def test_somebody_else_signed_in_here_accepts_nothing(keeper, ward, known):
    invitation = invite(keeper)
    if known:
        make_user(make_organization(), email=EMAIL)
    other = make_user(make_organization())
    browser = client_of(other)
    page = text_of(browser.post(link(invitation), NEW))
    assert other.email in page
    assert not Membership.objects.filter(organization=ward, role="clerk").exists()
    out = browser.post("/tai-khoan/logout/", {"next": link(invitation)})
    assert out["Location"] == link(invitation)


def test_a_closed_account_accepts_nothing(keeper, neighbour):
    invitation = invite(keeper)
    User.objects.filter(pk=neighbour.pk).update(is_active=False)
    for answer in (Client().get(link(invitation)), Client().post(link(invitation), NEW)):
        assert "đang bị khóa" in text_of(answer)
    assert neighbour.memberships.count() == 1


# Who may


PAGES = ("person", "password_link", "invitation", "invitation_withdraw", "invitation_renew")


@pytest.mark.parametrize("name", PAGES)
def test_people_pages_answer_only_keepers_of_the_same_ward(keeper, ward, name):
    invitation, user = invite(keeper), make_user(ward)
    url = reverse(name, args=[user.pk if name in ("person", "password_link") else invitation.pk])
    method = "get" if name in ("person", "invitation") else "post"
    stranger = client_of(make_user(make_organization(), Role.ADMINISTRATOR))
    drafter = client_of(make_user(ward))
    assert getattr(Client(), method)(url)["Location"].startswith("/tai-khoan/login/")
    assert getattr(stranger, method)(url).status_code == 404
    assert getattr(drafter, method)(url).status_code == 403
    if method == "post":
        assert keeper.get(url).status_code == 405
    invitation.refresh_from_db()
    assert not invitation.withdrawn_at


def test_who_only_looks_sees_people_but_neither_buttons_nor_invitations(keeper, ward):
    invite(keeper)
    page = text_of(client_of(make_user(ward)).get(reverse("people")))
    assert "Người dùng" in page
    assert "Mời người dùng" not in page
    assert EMAIL not in page
    for method in ("get", "post"):
        assert getattr(client_of(make_user(ward)), method)(reverse("invitation_add")).status_code == 403


def test_the_list_of_people_asks_as_often_for_many_as_for_few(keeper, ward, administrator):
    def fill(rows: int) -> None:
        for _ in range(rows):
            make_membership(make_user(ward), ward, Role.CLERK, unit=make_unit(ward))
            number = Invitation.objects.count()
            Invitation.objects.create(
                organization=ward, email=f"m{number}@x.example", role="clerk", invited_by=administrator
            )

    fill(2)
    few = queries_of(keeper, reverse("people"))
    fill(15)
    assert queries_of(keeper, reverse("people")) == few <= 15


# Accounts


def test_closing_ends_every_sitting_at_once_and_reopening_revives_none(keeper, ward):
    user = make_user(ward)
    browser = client_of(user)
    assert browser.get("/").status_code == 200
    url, fields = reverse("person", args=[user.pk]), {"full_name": user.full_name, "email": user.email}
    answer = keeper.post(url, fields | {"closed": "on"}, follow=True)
    assert "đăng xuất khỏi mọi máy" in text_of(answer)
    assert not UserSession.objects.filter(user=user).exists()
    assert browser.get("/")["Location"].startswith("/tai-khoan/login/")
    assert "đã khóa" in text_of(keeper.get(reverse("people")))
    assert "Đã mở lại" in text_of(keeper.post(url, fields, follow=True))
    user.refresh_from_db()
    assert user.is_active
    assert browser.get("/")["Location"].startswith("/tai-khoan/login/"), "an old sitting stays ended"


def test_who_has_left_for_another_ward_is_kept_there(keeper, ward):
    user = make_user(make_organization(), Role.DRAFTER)
    user.memberships.update(valid_to=timezone.localdate() - datetime.timedelta(days=1))
    make_membership(user, ward, Role.DRAFTER)
    assert keeper.get(reverse("person", args=[user.pk])).status_code == 200
    before = client_of(make_user(Organization.objects.exclude(pk=ward.pk).get(), Role.ADMINISTRATOR))
    assert before.get(reverse("person", args=[user.pk])).status_code == 404


def test_a_lost_second_factor_is_switched_off_by_the_administrator(keeper, ward):
    user = make_user(ward)
    fields = {"full_name": user.full_name, "email": user.email}
    url = reverse("person", args=[user.pk])
    assert "Tắt xác thực hai lớp" not in text_of(keeper.get(url))
    TOTP.activate(user, generate_totp_secret())
    assert "Tắt xác thực hai lớp" in text_of(keeper.get(url))
    keeper.post(url, fields)
    assert Authenticator.objects.filter(user=user).exists()
    keeper.post(url, fields | {"single_factor": "on"})
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_password_link_is_good_once_and_the_administrator_never_types_a_password(keeper, ward):
    user = make_user(ward)
    assert "password" not in keeper.get(reverse("person", args=[user.pk])).context["form"].fields
    page = keeper.post(reverse("password_link", args=[user.pk])).content.decode()
    address = re.search(r'data-copy="http://testserver([^"]+)"', page)[1]
    browser = Client()
    form = browser.get(address, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    again = Client().get(address)
    assert again.status_code == 200
    assert 'name="password1"' not in again.content.decode()


@pytest.mark.browser
def test_an_invited_person_begins_on_a_phone(page, live_server, transactional_db):
    ward = make_organization()
    by = make_user(ward, Role.ADMINISTRATOR)
    invitation = Invitation.objects.create(
        organization=ward, email=EMAIL, full_name="Trần Thị B", role="clerk", invited_by=by
    )
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + link(invitation))
    look(page)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_again").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    for address in ("/tai-khoan/", "/tai-khoan/sessions/", "/tai-khoan/2fa/", reverse("people")):
        page.goto(live_server.url + address)
        look(page)


@pytest.mark.browser
def test_an_administrator_invites_and_copies(page, live_server, transactional_db, login_as, context):
    login_as(make_user(make_organization(), Role.ADMINISTRATOR))
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + reverse("people"))
    page.get_by_role("link", name="Mời người dùng").click()
    look(page)
    page.get_by_label("Họ và tên").fill("Trần Thị B")
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.locator("#id_role").select_option(label="Văn thư")
    page.get_by_role("button", name="Tạo lời mời").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lời mời Trần Thị B")
    look(page)
    page.get_by_role("button", name="Chép lời mời").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert link(Invitation.objects.get()) in copied
    page.goto(live_server.url + reverse("person", args=[User.objects.get().pk]))
    look(page)


def look(page) -> None:
    """No fault for who cannot see, nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
