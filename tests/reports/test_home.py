"""Bàn làm việc: what waits, what is mine, what went out."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import deadlines
from reports.models.reports import Status

from .factories import make_report, make_request, queries_of

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
    make_report(ward, subject="Đã đi", status=Status.ISSUED, number="274", symbol="BC-UBND")
    page = text(client.get(URL))
    assert str(letter.paper) in page
    assert "Còn 1 ngày 2 giờ" in page
    assert page.index("Tôi đang soạn") < page.index("Của tôi") < page.index("Của người khác")
    assert "274/BC-UBND: Đã đi" in page
    assert "Lập báo cáo từ công văn" in page
    assert "Báo cáo mới" in page


def test_answered_letter_waits_no_more(client, ward):
    letter = make_request(ward)
    draft = make_report(ward)
    draft.requests.add(letter)
    assert str(letter.paper) in text(client.get(URL))
    draft.status = Status.ISSUED
    draft.save()
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
    assert queries_of(client, URL) == few <= 20


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.5, "Còn 30 phút"),
        (5, "Còn 5 giờ"),
        (26, "Còn 1 ngày 2 giờ"),
        (48, "Còn 2 ngày"),
        (200, "Còn 8 ngày"),
        (-1, "Quá hạn 1 giờ"),
        (-24 * 4, "Quá hạn 4 ngày"),
    ],
)
def test_time_left(hours, words):
    assert deadlines.left(NOON + datetime.timedelta(hours=hours), NOON) == words


def test_pressing_under_two_days():
    assert deadlines.is_pressing(NOON + datetime.timedelta(hours=47), NOON)
    assert not deadlines.is_pressing(NOON + datetime.timedelta(hours=49), NOON)
    assert deadlines.is_pressing(timezone.now() - datetime.timedelta(days=9), timezone.now())
