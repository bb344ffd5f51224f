"""On time or not: the channel a letter names first, by the hour of its deadline."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from reports.models import Channel, Sending
from reports.sending import punctuality


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Trục liên thông, thư, bản giấy", Channel.CITY),
        ("qua hệ thống quản lý văn bản và điều hành; bản mềm gửi hộp thư", Channel.CITY),
        ("Gửi bản giấy qua đường bưu điện và thư điện tử", Channel.PAPER),
        ("email: chuyendoiso@so.example, sau đó bản giấy", Channel.MAIL),
        ("thư điện tử công vụ", Channel.MAIL),
        ("Hệ thống thông tin báo cáo của thành phố", Channel.REPORTING),
        ("nộp tại bộ phận văn thư", None),
        ("", None),
    ],
)
def test_the_first_channel_named(text, channel):
    assert punctuality.first_named(text) == channel


def one(office):
    return punctuality.of(office.fresh(), Sending.objects.all())[0]


def due(office, hours: int, channels: str = "") -> None:
    office.letter.deadline = timezone.now() + datetime.timedelta(hours=hours)
    office.letter.channels = channels
    office.letter.save()


def test_another_channel_first_does_not_count(office):
    due(office, 30, "bản giấy, thư điện tử")
    office.by_mail()
    row = one(office)
    assert (row.on_time, row.sending) == (None, None)
    assert "Chưa gửi bằng cách công văn nêu trước (Bản giấy" in row.words
    due(office, -1, "bản giấy, thư điện tử")
    assert one(office).on_time is False
    office.act(
        "send", "clerk", channel=Channel.PAPER.label, happened_at=timezone.now() - datetime.timedelta(hours=2)
    )
    row = one(office)
    assert (row.on_time, row.sending.channel) == (True, "paper")


def test_the_hour_decides_and_the_first_sending_of_that_way(office):
    now = timezone.now()
    due(office, -2, "thư điện tử")
    office.by_mail(now - datetime.timedelta(hours=1))
    assert one(office).on_time is False
    assert "Quá hạn" in one(office).words
    office.by_mail(now - datetime.timedelta(hours=3))
    assert one(office).on_time is True
    assert "Đúng hạn" in one(office).words


def test_a_refused_sending_does_not_count(office):
    due(office, 30)
    office.by_mail()
    office.act("refuse", "clerk", reason="Thiếu biểu", happened_at=timezone.now())
    assert one(office).sending is None
    office.carry()
    assert one(office).on_time is True


def test_without_a_deadline_nothing_is_late(office):
    office.letter.deadline = None
    office.letter.save()
    office.by_mail()
    assert one(office).on_time is None
