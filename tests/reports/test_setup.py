"""A real ward's first day: from an empty installation to the first report."""

from __future__ import annotations

import datetime
import io
import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.models import (
    Event,
    Invitation,
    Membership,
    Organization,
    Role,
    Setup,
    SigningRight,
    Unit,
    User,
    calendar_for,
)
from campaigns.rights import proposed
from config import first_day as console
from config.management.commands.prepare import refuse_demonstration
from reports import first_day
from reports.models import Report, Series
from reports.register import next_number, series_for
from reports.views.setup import ORDER

from ..campaigns.factories import client_of, make_organization, make_user, queries_of

PASSWORD = "Mot-mat-khau-dai-27"
ADMINISTRATOR = {
    "full_name": "Nguyễn Văn A",
    "email": "Quan.Tri@phuong.example",
    "password": PASSWORD,
    "again": PASSWORD,
}
PEOPLE = [
    ("Trần Thị B", "chu.tich@phuong.example", "leader", "Chủ tịch", ""),
    ("Lê Văn C", "pho.chu.tich@phuong.example", "leader", "Phó Chủ tịch", ""),
    ("Phạm Thị D", "chanh.van.phong@phuong.example", "chief_of_office", "Chánh Văn phòng", "VP"),
    ("Hoàng Văn E", "van.thu@phuong.example", "clerk", "Văn thư", "VP"),
    ("Nguyễn Văn A", "quan.tri@phuong.example", "drafter", "Chuyên viên", "VHXH"),
]


@pytest.fixture(autouse=True)
def no_code(db):
    console.spend()
    yield
    console.spend()


@pytest.fixture
def code() -> str:
    return console.new_code()


def step(key: str) -> str:
    return reverse("setup_step", args=[key])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def begin(code: str, client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post(reverse("setup"), ADMINISTRATOR | {"code": code})
    assert answer.status_code == 302, answer.context["form"].errors
    return client


def shown(answer) -> dict[str, str]:
    """What a browser would send back of a page, untouched."""
    page = answer.context["page"]
    forms = [page.formset.management_form, *page.formset] if hasattr(page, "formset") else [page]
    values = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, datetime.date):
                value = value.strftime("%d/%m/%Y")
            values[field.html_name] = "" if value is None else str(value)
    return {name: value for name, value in values.items() if not name.endswith("DELETE")}


def go_on(client: Client, key: str, **typed: str):
    """Save a step as it is proposed, with some boxes typed over; the answer, after checking it went on."""
    answer = client.post(step(key), shown(client.get(step(key))) | {"save": "1"} | typed)
    assert answer.status_code == 302, answer.content.decode()
    at = ORDER.index(key) + 1
    assert answer["Location"] == (step(ORDER[at]) if at < len(ORDER) else reverse("setup_done"))
    return answer


def people_typed() -> dict[str, str]:
    typed = {"dong-TOTAL_FORMS": str(len(PEOPLE)), "dong-INITIAL_FORMS": "0"}
    for row, (name, email, role, post, unit) in enumerate(PEOPLE):
        pk = Unit.objects.get(code=unit).pk if unit else ""
        values = {"full_name": name, "email": email, "role": role, "post": post, "unit": str(pk)}
        typed |= {f"dong-{row}-{field}": value for field, value in values.items()}
    return typed


@pytest.fixture
def visitor() -> Client:
    """Nobody, in a browser without cookies."""
    return Client()


@pytest.fixture
def office(code) -> Client:
    """An administrator whose ward has its name."""
    client = begin(code)
    go_on(client, "ten", own_name="Nhị Chiểu")
    return client


# The first account


def test_the_first_visit_opens_the_set_up(visitor):
    answer = visitor.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("setup")
    assert "không có mật khẩu mặc định" in text_of(answer)
    assert "setup_code" in text_of(answer)


def test_the_code_from_the_console_makes_the_administrator_once(visitor, code):
    begin(code.lower().replace("-", " "), visitor)
    user = User.objects.get()
    assert (user.email, user.check_password(PASSWORD)) == ("quan.tri@phuong.example", True)
    assert "_auth_user_id" in visitor.session
    other = Client()
    for method in ("get", "post"):
        answer = getattr(other, method)(
            reverse("setup"), ADMINISTRATOR | {"code": code, "email": "b@x.example"}
        )
        assert answer["Location"] == "/"
    assert User.objects.count() == 1
    assert other.get("/tai-khoan/login/").status_code == 200


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC", "x" * 41, "đ"])
def test_without_the_code_nobody_gets_in(visitor, code, typed):
    answer = visitor.post(reverse("setup"), ADMINISTRATOR | {"code": typed})
    assert set(answer.context["form"].errors) == {"code"}
    assert 'value="Nguyễn Văn A"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not User.objects.exists()


def test_no_code_was_printed_yet(visitor):
    answer = visitor.post(reverse("setup"), ADMINISTRATOR | {"code": "AAAA-BBBB-CCCC"})
    assert set(answer.context["form"].errors) == {"code"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password": "ngan", "again": "ngan"}, "password"),
        ({"again": "x"}, "again"),
        ({"email": "x"}, "email"),
        ({"email": "soanthao@demo.example"}, "email"),
    ],
)
def test_a_wrong_box_spends_no_code(visitor, code, typed, field):
    answer = visitor.post(reverse("setup"), ADMINISTRATOR | {"code": code} | typed)
    assert set(answer.context["form"].errors) == {field}
    begin(code)


def test_the_code_is_kept_hashed_and_replaced_at_the_next_start(code):
    kept = (project.DATA_DIR / "setup-code").read_text()
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert (project.DATA_DIR / "setup-code").stat().st_mode & 0o777 == 0o600
    assert console.matches(code)
    newer = io.StringIO()
    call_command("setup_code", stdout=newer)
    assert not console.matches(code)
    assert console.matches(newer.getvalue())


def test_no_code_is_printed_once_there_is_an_account():
    make_user()
    with pytest.raises(CommandError, match="Đã có tài khoản"):
        call_command("setup_code")


@pytest.mark.django_db(transaction=True)
def test_two_with_the_same_code_make_one_account(code):
    answers = []

    def ask(number: int) -> None:
        try:
            given = ADMINISTRATOR | {"code": code, "email": f"a{number}@phuong.example"}
            answers.append(Client().post(reverse("setup"), given).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert User.objects.count() == 1


# The pages


def test_nine_pages_make_a_ward_that_can_write_sign_and_number(code):
    client = begin(code)
    assert client.get("/")["Location"] == reverse("setup_home")
    assert client.get(step("phong"))["Location"] == step("ten")
    go_on(client, "ten", own_name="Nhị Chiểu")
    for key in ("dau-van-ban", "dia-danh", "phong"):
        go_on(client, key)
    go_on(client, "nguoi", **people_typed())
    go_on(client, "quyen-ky", **{"dong-1-notice": "Thông báo số 12/TB-UBND ngày 02/7/2025"})
    numbers = {"dong-0-first_number": "275", "dong-1-source": "city"}
    go_on(client, "so-van-ban", **numbers)
    go_on(client, "the-thuc", form_checker="clerk")
    go_on(client, "thu-tu", number_first="True")

    here = Organization.objects.get()
    assert (here.name, here.code) == ("Ủy ban nhân dân phường Nhị Chiểu", "ubnd-phuong-nhi-chieu")
    assert (here.letterhead, here.symbol_code) == ("ỦY BAN NHÂN DÂN\nPHƯỜNG NHỊ CHIỂU", "UBND")
    assert (here.place, here.valid_from) == ("Nhị Chiểu", datetime.date(2025, 7, 1))
    assert (here.form_checker, here.number_first) == ("clerk", True)
    assert set(here.units.values_list("code", flat=True)) == {"VP", "KTHTĐT", "VHXH", "PVHCC"}
    assert Membership.objects.count() == 6
    assert Invitation.objects.count() == 4, "who is there already is not invited"
    kinds = {right.person.full_name: (right.kind, right.lines) for right in SigningRight.objects.all()}
    assert kinds == {
        "Trần Thị B": ("chairman", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
        "Lê Văn C": ("deputy", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
    }
    books = {book.symbol: (book.first_number, book.source) for book in Series.objects.all()}
    assert books["BC-UBND"] == (275, "here")
    assert books["UBND"] == (1, "city")
    assert len(books) == 6

    done = client.get(reverse("setup_done"))
    assert "Đã thiết lập xong" in text_of(done)
    assert f'href="{reverse("report_new")}"' in done.content.decode()
    assert Setup.objects.get().finished_at
    assert next_number(series_for(here, "BC", timezone.localdate())) == 275
    signers = [right.person.full_name for right in proposed(here, timezone.localdate())]
    assert signers == ["Trần Thị B", "Lê Văn C"]
    client.post(reverse("report_new"), {"subject": "Kết quả triển khai"})
    assert Report.objects.get().organization == here
    told = set(Event.objects.values_list("after__sort", flat=True))
    assert {"cơ quan, đơn vị", "phòng, bộ phận", "lời mời", "quyền ký", "sổ cấp số"} <= told


def test_an_invited_person_of_the_first_day_enters_with_the_own_link(office):
    go_on(office, "phong")
    go_on(office, "nguoi", **people_typed())
    invitation = Invitation.objects.get(email="chu.tich@phuong.example")
    user = User.objects.get(email=invitation.email)
    assert not user.has_usable_password()
    assert "chưa đặt mật khẩu" in text_of(office.get(reverse("people")))
    browser = Client()
    link = reverse("invitation_accept", args=[invitation.key])
    new = {"full_name": "Trần Thị B", "password": PASSWORD, "again": PASSWORD}
    assert browser.post(link, new)["Location"] == "/"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.memberships.count() == 1
    assert browser.post(link, new).status_code == 410


def test_an_account_that_also_belongs_elsewhere_is_not_entered_by_a_link(office):
    """Another ward's administrator must not set the password of somebody who waits here."""
    go_on(office, "phong")
    go_on(office, "nguoi", **people_typed())
    user = User.objects.get(email="chu.tich@phuong.example")
    other = make_organization()
    by = make_user(other, Role.ADMINISTRATOR)
    theirs = Invitation.objects.create(
        organization=other, email=user.email, full_name="X", role="leader", invited_by=by
    )
    link = reverse("invitation_accept", args=[theirs.key])
    new = {"full_name": "X", "password": PASSWORD, "again": PASSWORD}
    assert "Đăng nhập để nhận lời mời" in text_of(Client().post(link, new))
    user.refresh_from_db()
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("kind", "own", "name", "letterhead", "place"),
    [
        ("ward", "5", "Ủy ban nhân dân phường 5", "ỦY BAN NHÂN DÂN\nPHƯỜNG 5", "Phường 5"),
        ("commune", "Đa Phúc", "Ủy ban nhân dân xã Đa Phúc", "ỦY BAN NHÂN DÂN\nXÃ ĐA PHÚC", "Đa Phúc"),
        ("zone", "Cát Hải", "Ủy ban nhân dân đặc khu Cát Hải", "ỦY BAN NHÂN DÂN\nĐẶC KHU CÁT HẢI", "Cát Hải"),
        ("other", "Trạm Y tế xã X", "Trạm Y tế xã X", "TRẠM Y TẾ XÃ X", ""),
    ],
)
def test_a_kind_and_a_name_propose_the_rest(db, kind, own, name, letterhead, place):
    made = Organization(**first_day.named(kind, own))
    made.full_clean()
    assert (made.name, made.letterhead, made.place) == (name, letterhead, place)
    made.save()
    assert first_day.own_name(made) == own
    assert Organization(**first_day.named(kind, own)).code != made.code


def test_a_new_ward_counts_its_deadlines_by_the_holidays(office):
    calendar = calendar_for(Organization.objects.get())
    assert not calendar.is_working(datetime.date(2026, 11, 24))
    assert calendar.is_working(datetime.date(2026, 8, 22))


def test_a_new_name_leaves_what_was_corrected_by_hand(office):
    go_on(office, "dau-van-ban", letterhead="UBND PHƯỜNG\nNHỊ CHIỂU")
    go_on(office, "ten", own_name="Minh Tân")
    here = Organization.objects.get()
    assert (here.name, here.place_name) == ("Ủy ban nhân dân phường Minh Tân", "Minh Tân")
    assert here.letterhead == "UBND PHƯỜNG\nNHỊ CHIỂU"


def test_what_was_typed_is_kept_when_going_back_and_when_leaving(office):
    go_on(office, "phong")
    typed = people_typed() | {"dong-0-email": "chưa xong"}
    assert office.post(step("nguoi"), typed | {"back": "1"})["Location"] == step("phong")
    page = office.get(step("nguoi"))
    assert "còn ở đây và chưa lưu" in text_of(page)
    assert 'value="chưa xong"' in page.content.decode()
    assert "đang gõ dở" in text_of(office.get(reverse("setup_home")))
    assert office.post(step("dia-danh"), {"place_name": "Gõ dở", "later": "1"})["Location"] == "/"
    assert "Thiết lập đơn vị chưa xong" in text_of(office.get("/"))
    again = Client()
    again.post("/tai-khoan/login/", {"login": "quan.tri@phuong.example", "password": PASSWORD})
    assert 'value="Gõ dở"' in again.get(step("dia-danh")).content.decode()
    assert Organization.objects.get().place_name == "Nhị Chiểu"
    assert not Invitation.objects.exists()


def test_a_step_is_resumed_where_it_was_left(office):
    home = office.get(reverse("setup_home")).content.decode()
    assert f'class="btn btn-primary" href="{step("dau-van-ban")}"' in home
    done = text_of(office.get(reverse("setup_done")))
    assert "Làm tiếp: Phần đầu văn bản" in done
    assert not Setup.objects.get().finished_at


def test_wrong_boxes_are_told_and_kept(office):
    answer = office.post(step("dia-danh"), {"save": "1", "place_name": ""})
    assert set(answer.context["form"].errors) == {"place_name"}
    for key, typed in {
        "phong": {"dong-0-code": ""},
        "so-van-ban": {"dong-0-first_number": "0", "dong-1-name": "Giữ lại"},
    }.items():
        answer = office.post(step(key), shown(office.get(step(key))) | {"save": "1"} | typed)
        assert answer.status_code == 200
        assert "Chưa lưu được" in text_of(answer)
    assert 'value="Giữ lại"' in answer.content.decode()
    assert not Unit.objects.exists()
    assert not Series.objects.exists()
    go_on(office, "phong")
    twice = people_typed() | {"dong-1-email": PEOPLE[0][1], "save": "1"}
    assert "đã ở dòng trên" in text_of(office.post(step("nguoi"), twice))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("key", ORDER)
def test_a_broken_form_is_an_error_and_not_a_crash(office, key):
    for typed in (
        {"save": "1"},
        {"save": "1", "dong-TOTAL_FORMS": "x"},
        {"save": "1", "dong-TOTAL_FORMS": "9999"},
    ):
        assert office.post(step(key), typed).status_code in (200, 302)
    broken = {"save": "1", "dong-TOTAL_FORMS": "1", "dong-INITIAL_FORMS": "1", "dong-0-id": "9" * 30}
    assert office.post(step(key), broken).status_code in (200, 302)
    assert office.get(step(key)).status_code == 200


def test_a_unit_in_use_stays_with_a_sentence(office):
    go_on(office, "phong")
    go_on(office, "nguoi", **people_typed())
    page = shown(office.get(step("phong")))
    row = next(name for name, value in page.items() if value == "VP").rpartition("-")[0]
    answer = office.post(step("phong"), page | {"save": "1", f"{row}-DELETE": "on"})
    assert "đang được dùng" in text_of(answer)
    assert Unit.objects.filter(code="VP").exists()
    unused = next(name for name, value in page.items() if value == "PVHCC").rpartition("-")[0]
    go_on(office, "phong", **{f"{unused}-DELETE": "on"})
    assert not Unit.objects.filter(code="PVHCC").exists()


def test_a_page_saved_twice_changes_nothing(office):
    go_on(office, "phong")
    go_on(office, "nguoi", **people_typed())
    go_on(office, "quyen-ky")
    go_on(office, "so-van-ban")

    def counts() -> list[int]:
        return [
            model.objects.count()
            for model in (Unit, User, Membership, Invitation, SigningRight, Series, Event)
        ]

    before = counts()
    for key in ("ten", "phong", "quyen-ky", "so-van-ban"):
        go_on(office, key)
    go_on(office, "nguoi", **people_typed())
    assert counts() == before


# Who may


@pytest.mark.parametrize("address", [reverse("setup_home"), reverse("setup_done"), *map(step, ORDER)])
def test_only_keepers_set_up_and_only_their_own(office, address):
    here = Organization.objects.get()
    for method in ("get", "post"):
        assert getattr(Client(), method)(address)["Location"].startswith("/tai-khoan/login/")
        assert getattr(client_of(make_user(here)), method)(address).status_code == 403
        nowhere = getattr(client_of(make_user()), method)(address)
        assert nowhere["Location"] == reverse("choose_organization")
    stranger = client_of(make_user(make_organization(), Role.ADMINISTRATOR))
    assert "Nhị Chiểu" not in stranger.get(address).content.decode().replace("ví dụ Nhị Chiểu", "").replace(
        "năm: Nhị Chiểu", ""
    )


def test_an_unknown_step_is_no_page(office):
    assert office.get(step("khac")).status_code == 404


def test_a_page_asks_as_often_for_many_people_as_for_few(office):
    here = Organization.objects.get()
    make_user(here)
    few = {key: queries_of(office, step(key)) for key in ("nguoi", "phong", "so-van-ban")}
    for _ in range(15):
        make_user(here)
    assert {key: queries_of(office, step(key)) for key in few} == few
    assert max(few.values()) <= 20


# The demonstration never mixes with it


def test_the_demonstration_is_not_loaded_among_real_people(office, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="người dùng thật"):
        call_command("demo")
    assert Organization.objects.count() == 1


def test_a_real_office_does_not_begin_in_the_demonstration(db):
    refuse_demonstration()
    user = make_user(email="soanthao@demo.example")
    with pytest.raises(CommandError, match="dữ liệu minh họa"):
        refuse_demonstration()
    make_user()
    refuse_demonstration()
    assert user.pk


def test_the_year_of_a_new_ward_begins_with_the_ward(db):
    today = timezone.localdate()
    begun = today - datetime.timedelta(days=1) if today.month > 1 or today.day > 1 else today
    ward = make_organization(valid_from=begun)
    assert {row["starts_on"] for row in first_day.series(ward, today)} == {begun}
    old = make_organization(valid_from=datetime.date(2000, 1, 1))
    assert {row["starts_on"] for row in first_day.series(old, today)} == {datetime.date(today.year, 1, 1)}


# In a browser, on a phone


@pytest.mark.browser
@pytest.mark.main_path
def test_the_first_day_on_a_phone(page: Page, live_server, transactional_db):
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_default_timeout(10_000)
    page.goto(live_server.url)
    page.get_by_label("Mã thiết lập").fill(console.new_code())
    page.get_by_label("Họ và tên").fill("Nguyễn Văn A")
    page.get_by_label("Thư điện tử").fill("quan.tri@phuong.example")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản quản trị").click()
    page.get_by_label("Tên đơn vị").fill("Nhị Chiểu")
    forward(page, "Phần đầu văn bản")
    expect(page.get_by_label("Cơ quan ban hành")).to_have_value("ỦY BAN NHÂN DÂN\nPHƯỜNG NHỊ CHIỂU")
    for heading in ("Địa danh", "Phòng, bộ phận", "Người và vai trò"):
        forward(page, heading)
    for row, (name, email, _, post, _) in enumerate(PEOPLE[:2]):
        page.locator(f"#id_dong-{row}-full_name").fill(name)
        page.locator(f"#id_dong-{row}-email").fill(email)
        page.locator(f"#id_dong-{row}-post").fill(post)
    page.get_by_role("button", name="Quay lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phòng, bộ phận")
    page.go_back()
    forward(page, "Quyền ký") if page.locator("#id_dong-0-full_name").input_value() else resume(page)
    expect(page.locator("#id_dong-0-lines")).to_have_value("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    forward(page, "Sổ cấp số")
    page.locator("#id_dong-0-first_number").fill("275")
    for heading in ("Kiểm tra thể thức", "Thứ tự ký và cấp số", "Đã thiết lập xong"):
        forward(page, heading)
    page.get_by_role("link", name="Lập báo cáo đầu tiên").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo mới")
    assert Series.objects.get(symbol="BC-UBND").first_number == 275
    assert Invitation.objects.count() == 2


def resume(page: Page) -> None:
    """The browser forgot its page; the app did not."""
    page.reload()
    expect(page.locator("#id_dong-0-full_name")).to_have_value(PEOPLE[0][0])
    forward(page, "Quyền ký")


def forward(page: Page, heading: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{page.url} is {wide} px wide"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
