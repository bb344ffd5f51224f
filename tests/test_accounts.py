"""Sign-in: by e-mail, closed to strangers, locked after repeated failures, in Vietnamese."""

import gettext
import re
import subprocess
import threading
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client

from campaigns.models import User
from config.templatetags.machines import machine

EMAIL, PASSWORD = "can.bo@phuong.example", "Mat-khau-dung-2026"
LOGIN = "/tai-khoan/login/"


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def officer(db):
    return User.objects.create_user(EMAIL, PASSWORD, full_name="Nguyễn Văn A")


def sign_in(client, password=PASSWORD, email=EMAIL, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_opens_the_desk(client, officer):
    response = sign_in(client, email="Can.Bo@Phuong.example")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert signed_in(client)


def test_the_page_asked_for_comes_after_sign_in(client, officer):
    response = client.post(
        f"{LOGIN}?next=/bao-cao/7/", {"login": EMAIL, "password": PASSWORD, "next": "/bao-cao/7/"}
    )
    assert response["Location"] == "/bao-cao/7/"


def test_no_redirect_to_another_site(client, officer):
    response = client.post(
        LOGIN, {"login": EMAIL, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


def test_wrong_password_is_refused_without_telling_which(client, officer):
    known = sign_in(client, "sai").content.decode()
    unknown = sign_in(Client(), "sai", "nguoi.la@phuong.example").content.decode()
    sentence = "Địa chỉ thư điện tử hoặc mật khẩu không đúng."
    assert sentence in known
    assert sentence in unknown
    assert not signed_in(client)


def test_five_failures_lock_the_account_even_for_the_right_password(client, officer):
    for _ in range(5):
        sign_in(Client(), "sai")
    response = sign_in(client)
    assert "Đăng nhập sai quá nhiều lần" in response.content.decode()
    assert not signed_in(client)


def test_the_lock_is_kept_where_every_process_sees_it():
    assert settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")


def test_a_lock_is_of_one_account_not_of_the_whole_ward(client, officer):
    User.objects.create_user("van.thu@phuong.example", PASSWORD, full_name="Nguyễn Văn B")
    for _ in range(6):
        sign_in(Client(), "sai")
    assert sign_in(client, email="van.thu@phuong.example").status_code == 302


def test_a_closed_account_stays_out(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    sign_in(client)
    assert not signed_in(client)


def test_sign_up_is_closed(client, db):
    page = client.get("/tai-khoan/signup/").content.decode()
    assert "người quản trị của đơn vị tạo" in page
    new = {"email": "la@phuong.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/tai-khoan/signup/", new)
    assert not User.objects.exists()


def test_sign_out_needs_a_post(client, officer):
    client.force_login(officer)
    client.get("/tai-khoan/logout/")
    assert signed_in(client)
    client.post("/tai-khoan/logout/")
    assert not signed_in(client)


def test_second_factor_is_asked_for_and_accepted_once(client, officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    response = sign_in(client)
    assert response["Location"] == "/tai-khoan/2fa/authenticate/"
    assert not signed_in(client)
    assert client.post(response["Location"], {"code": "000000"}).status_code == 200
    code = code_of(secret)
    question = client.post(response["Location"], {"code": code})
    assert question["Location"] == "/tai-khoan/2fa/trust/"
    assert not signed_in(client)
    client.post(question["Location"], {"action": "skip"})
    assert signed_in(client)
    other = Client()
    sign_in(other)
    other.post(response["Location"], {"code": code})
    assert not signed_in(other), "a code works once"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def trust_this_browser(client, secret: str) -> None:
    sign_in(client)
    client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)})
    page = client.get("/tai-khoan/2fa/trust/").content.decode()
    assert "Ghi nhớ 30 ngày" in page
    client.post("/tai-khoan/2fa/trust/", {"action": "trust"})
    assert signed_in(client)


def test_a_trusted_browser_is_asked_again_after_30_days(client, officer, monkeypatch):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    trust_this_browser(client, secret)
    client.post("/tai-khoan/logout/")
    assert sign_in(client)["Location"] == "/"
    client.post("/tai-khoan/logout/")
    assert sign_in(Client())["Location"] == "/tai-khoan/2fa/authenticate/", "another browser is asked"
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 31 * 24 * 3600)
    assert sign_in(client)["Location"] == "/tai-khoan/2fa/authenticate/"


def test_a_new_password_ends_the_other_sittings(client, officer):
    other = Client()
    sign_in(other)
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "Mat-khau-moi-2026", "password2": "Mat-khau-moi-2026"}
    client.post("/tai-khoan/password/change/", new)
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/")["Location"].startswith(LOGIN)


def test_a_new_password_ends_the_trust(client, officer):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    trust_this_browser(client, secret)
    client.post("/tai-khoan/logout/")
    officer.set_password("Mat-khau-moi-2026")
    officer.save()
    assert sign_in(client, "Mat-khau-moi-2026")["Location"] == "/tai-khoan/2fa/authenticate/"


def test_a_recovery_code_opens_once(client, officer):
    TOTP.activate(officer, generate_totp_secret())
    code = RecoveryCodes.activate(officer).get_unused_codes()[0]
    sign_in(client)
    client.post("/tai-khoan/2fa/authenticate/", {"code": code})
    client.post("/tai-khoan/2fa/trust/", {"action": "skip"})
    assert signed_in(client)
    assert "Còn 9 mã khôi phục" in client.get("/tai-khoan/").content.decode()
    other = Client()
    sign_in(other)
    assert other.post("/tai-khoan/2fa/authenticate/", {"code": code}).status_code == 200
    assert not signed_in(other)


def test_my_account_leads_to_password_second_factor_and_sittings(client, officer):
    sign_in(client)
    page = client.get("/tai-khoan/").content.decode()
    for address in ("password/change/", "2fa/", "sessions/"):
        assert f'href="/tai-khoan/{address}"' in page
    assert "Chưa bật." in page
    assert "Đang đăng nhập ở 1 máy" in page


def test_one_sitting_is_ended_and_only_my_own(client, officer):
    other, stranger = Client(), Client()
    sign_in(other, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130")
    sign_in(client)
    User.objects.create_user("van.thu@phuong.example", PASSWORD, full_name="Nguyễn Văn B")
    sign_in(stranger, email="van.thu@phuong.example")
    assert "Edge trên Windows" in client.get("/tai-khoan/sessions/").content.decode()
    sitting = UserSession.objects.get(session_key=other.session.session_key)
    end = f"/tai-khoan/phien/{sitting.pk}/ket-thuc/"
    assert stranger.post(end).status_code == 404
    assert client.get(end).status_code == 405
    assert client.post(end)["Location"] == "/tai-khoan/sessions/"
    assert other.get("/tai-khoan/")["Location"].startswith(LOGIN)
    assert client.get("/tai-khoan/").status_code == 200


def test_ending_the_own_sitting_signs_out(client, officer):
    sign_in(client)
    sitting = UserSession.objects.get(user=officer)
    assert client.post(f"/tai-khoan/phien/{sitting.pk}/ket-thuc/")["Location"] == LOGIN
    assert not UserSession.objects.exists()
    assert not signed_in(client)


def test_signing_out_everywhere_ends_every_sitting(client, officer):
    other = Client()
    sign_in(other)
    sign_in(client)
    assert client.post("/tai-khoan/phien/ket-thuc-het/")["Location"] == LOGIN
    for browser in (client, other):
        assert browser.get("/tai-khoan/")["Location"].startswith(LOGIN)
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/605",
            "Safari trên iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537", "Chrome trên điện thoại Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0", "Firefox trên Linux"),
        ("Máy khác", "Máy khác"),
        ("", "Không rõ"),
    ],
)
def test_a_machine_is_named_in_words(agent, words):
    assert machine(agent) == words


def test_the_second_factor_is_set_up_with_an_offline_picture(client, officer):
    sign_in(client)
    question = client.get("/tai-khoan/2fa/totp/activate/")
    assert question["Location"].startswith("/tai-khoan/reauthenticate/")
    page = client.post(question["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert "Bật ứng dụng xác thực" in page
    assert 'src="data:image/svg+xml' in page


def test_the_list_of_sittings_shows_and_ends_the_others(client, officer):
    other = Client()
    sign_in(other, HTTP_USER_AGENT="Máy khác")
    sign_in(client)
    other.get("/tai-khoan/2fa/")
    client.get("/tai-khoan/sessions/")
    page = client.get("/tai-khoan/sessions/").content.decode()
    assert "Đăng xuất khỏi các máy khác" in page
    client.post("/tai-khoan/sessions/")
    assert signed_in(client)
    assert other.get("/tai-khoan/2fa/").status_code == 302


def test_a_forgotten_password_is_reset_by_mail(client, officer):
    client.post("/tai-khoan/password/reset/", {"email": EMAIL})
    [message] = mail.outbox
    assert message.subject == "Báo cáo phường: Đặt lại mật khẩu"
    assert "Xin chào!" in message.body
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "Mat-khau-moi-2026", "password2": "Mat-khau-moi-2026"})
    assert sign_in(Client(), "Mat-khau-moi-2026").status_code == 302


def test_a_stranger_asking_for_a_new_password_learns_nothing(client, officer):
    known = client.post("/tai-khoan/password/reset/", {"email": EMAIL}, follow=True)
    mail.outbox.clear()
    unknown = Client().post("/tai-khoan/password/reset/", {"email": "la@phuong.example"}, follow=True)
    assert unknown.redirect_chain == known.redirect_chain
    assert mail.outbox == []


@pytest.mark.parametrize("password", ["ngan", "12345678901", "password123"])
def test_weak_passwords_are_refused_in_vietnamese(client, officer, password):
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[0])
    new = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = client.post("/tai-khoan/password/change/", new).content.decode()
    assert re.search(r"Mật khẩu (này|của bạn)", page)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "password/reset/",
        "password/change/",
        "2fa/",
        "sessions/",
        "logout/",
        "email/",
        "",
    ],
)
def test_account_pages_speak_vietnamese(client, officer, address):
    if address not in ("login/", "signup/", "password/reset/"):
        sign_in(client)
    page = client.get(f"/tai-khoan/{address}")
    assert page.status_code == 200
    text = re.sub(r"<[^>]+>|\s+", " ", page.content.decode())
    assert '<html lang="vi">' in page.content.decode()
    assert not re.search(r"\b(the|your|Sign|Password|Email|Change|address)\b", text)


def test_the_compiled_words_are_the_written_ones():
    folder = settings.BASE_DIR / "config" / "locale" / "vi" / "LC_MESSAGES"
    compiled = gettext.GNUTranslations((folder / "django.mo").open("rb"))._catalog
    result = subprocess.run(
        ["msgfmt", "--check-format", "-o", "-", str(folder / "django.po")], capture_output=True, check=True
    )
    assert result.stdout == (folder / "django.mo").read_bytes()
    assert len(compiled) > 150


@pytest.mark.django_db(transaction=True)
def test_failures_at_the_same_moment_are_all_counted(officer):
    def fail() -> None:
        try:
            sign_in(Client(), "sai")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=fail) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client = Client()
    sign_in(client)
    assert not signed_in(client)


@pytest.mark.browser
@pytest.mark.main_path
def test_an_officer_signs_in_with_the_keyboard(page, live_server, transactional_db):
    User.objects.create_user(EMAIL, PASSWORD, full_name="Nguyễn Văn A")
    page.goto(f"{live_server.url}/tai-khoan/2fa/")
    assert page.url == f"{live_server.url}{LOGIN}?next=/tai-khoan/2fa/"
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type("sai")
    page.keyboard.press("Enter")
    page.get_by_text("Địa chỉ thư điện tử hoặc mật khẩu không đúng.").wait_for()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Mật khẩu").press("Enter")
    page.wait_for_url(f"{live_server.url}/tai-khoan/2fa/")
    assert page.get_by_role("heading", level=1).inner_text() == "Xác thực hai lớp"


def test_demonstration_accounts_only_where_demo_is_on(client, settings):
    address = "ai-do@demo.example"
    User.objects.create_user(address, PASSWORD, full_name="Nguyễn Văn A")
    settings.DEMO = False
    sign_in(client, email=address)
    assert not signed_in(client)
    settings.DEMO = True
    sign_in(client, email=address)
    assert client.get("/chon-don-vi/").status_code == 200
    settings.DEMO = False
    assert client.get("/chon-don-vi/").status_code == 302  # an open sitting ends too
