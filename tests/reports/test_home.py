"""Bàn làm việc: what waits, what is mine, what went out."""

import datetime
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.calendar import Calendar
from reports import deadlines

from .factories import issued, make_report, make_request, queries_of

URL = "/"
NOON = datetime.datetime(2026, 5, 18, 12, tzinfo=datetime.UTC)


def text(response):
    return response.content.decode()


def test_empty_lists_say_what_to_do(client):
    page = text(client.get(URL))
    assert "Không còn công văn nào chờ trả lời" in page
    assert "Bạn chưa có dự thảo nào" in page
    assert "Chưa có báo cáo nào được phát hành" in page


def test_lists(client, drafter, ward):
    letter = make_request(ward)
    make_report(ward, subject="Của tôi", drafter=drafter)
    make_report(ward, subject="Của người khác")
    issued(make_report(ward, subject="Đã đi"))
    page = text(client.get(URL))
    assert str(letter.paper) in page
    assert re.search(r">Còn \d+ (ngày|giờ|phút)", page)
    assert page.index("Tôi đang soạn") < page.index("Của tôi") < page.index("Của người khác")
    assert "274/BC-UBND: Đã đi" in page
    assert "Lập báo cáo từ công văn" in page
    assert "Nạp báo cáo cũ (Word)" in page


def test_answered_letter_waits_no_more(client, ward):
    letter = make_request(ward)
    draft = make_report(ward)
    draft.requests.add(letter)
    assert str(letter.paper) in text(client.get(URL))
    issued(draft)
    assert str(letter.paper) not in text(client.get(URL))


def test_strangers_see_nothing_of_ours(stranger, ward):
    letter = make_request(ward)
    make_report(ward, subject="Kín đáo")
    page = text(stranger.get(URL))
    assert str(letter.paper) not in page
    assert "Kín đáo" not in page


def test_leader_gets_no_writing_buttons(leader, ward):
    make_request(ward)
    page = text(leader.get(URL))
    assert reverse("report_new") not in page
    assert "/lap-bao-cao/" not in page


def test_anonymous_goes_to_sign_in(db):
    assert Client().get(URL).url.startswith(reverse("account_login"))


def test_queries_are_constant(client, drafter, ward):
    make_report(ward, drafter=drafter).requests.add(make_request(ward))
    few = queries_of(client, URL)
    for _ in range(12):
        make_report(ward, drafter=drafter).requests.add(make_request(ward))
    assert queries_of(client, URL) == few <= 24


def test_time_left_is_counted_in_working_days(client, ward):
    """The ward's own days off count; so does the ward's own deadline."""
    deadline, own = NOON + datetime.timedelta(days=4), NOON + datetime.timedelta(days=1)
    calendar = Calendar(off=frozenset({datetime.date(2026, 5, 20)}))
    assert deadlines.left(deadline, NOON, calendar) == "Còn 3 ngày làm việc"
    assert deadlines.left(own, NOON, calendar) == "Còn 1 ngày làm việc"
    assert deadlines.left(NOON, own, calendar) == "Quá hạn 1 ngày làm việc"


def test_pressing_under_two_working_days():
    friday = datetime.datetime(2026, 5, 15, 8, tzinfo=timezone.get_current_timezone())
    assert not deadlines.is_pressing(friday + datetime.timedelta(days=4), friday, Calendar())
    assert deadlines.is_pressing(friday + datetime.timedelta(days=3, hours=8), friday, Calendar())
    assert deadlines.is_pressing(friday, friday + datetime.timedelta(seconds=1), Calendar())


def test_both_deadlines_are_shown(client, ward):
    now = timezone.now()
    make_request(ward, deadline=now + datetime.timedelta(days=30), internal_deadline=now)
    page = text(client.get(URL))
    assert "Hạn nội bộ" in page
    assert "Quá hạn 0 phút" in page
    assert "ngày làm việc" in page
