"""A new draft from last time: figures move to the new period, every sentence is marked until confirmed."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from campaigns.models import Campaign, Indicator, Reading
from reports import again, mentions, readiness, reused
from reports.assemble import document_of
from reports.document import plain
from reports.models import Block, Report
from reports.models.outlines import Part

from .drafts import mention
from .factories import make_block, make_report, make_request, make_section, queries_of

QUARTER = {"period_from": datetime.date(2026, 1, 1), "period_to": datetime.date(2026, 3, 31)}
NEXT = {"period_from": datetime.date(2026, 4, 1), "period_to": datetime.date(2026, 6, 30)}


@pytest.fixture
def campaign(ward):
    return Campaign.objects.create(organization=ward, name="Bình dân học vụ số")


@pytest.fixture
def members(ward):
    figure = Indicator.objects.create(organization=ward, code="TV", name="Số thành viên", unit="người")
    for period, value in ((QUARTER, 137), (NEXT, 150)):
        Reading.objects.create(indicator=figure, as_of=period["period_to"], value=Decimal(value), **period)
    return figure


@pytest.fixture
def old(ward, campaign, members):
    report = make_report(
        ward,
        campaign=campaign,
        number="274",
        symbol="BC-UBND",
        issued_on=datetime.date(2026, 4, 2),
        **QUARTER,
    )
    first = make_section(report, "Kết quả")
    printed = mention(f"figure:{members.pk}", "137", printed=True)
    make_block(first, f"<p>Tổ có {printed} người. Các tổ hoạt động tốt.</p>")
    make_block(make_section(report, "Chi tiết", parent=first), "<p>Đã mở hai lớp.</p>")
    make_block(make_section(report, part=Part.CLOSING), "<p>Trên đây là báo cáo./.</p>")
    mentions.rewrite(ward, list(Block.objects.filter(section__report=report)))
    return report


def test_the_draft_has_the_sections_the_next_period_and_blanks(old, drafter):
    report = again.draft_of(old, drafter)
    assert (report.number, report.issued_on, report.made_from) == ("", None, old)
    assert (report.period_from, report.period_to) == (NEXT["period_from"], NEXT["period_to"])
    assert plain.body(document_of(report)).splitlines() == [
        *(
            "1. Kết quả",
            "Tổ có 150 người. Các tổ hoạt động tốt.",
            "a) Chi tiết",
            "Đã mở hai lớp.",
            "Trên đây là báo cáo./.",
        ),
    ]
    assert "137" in plain.body(document_of(old))
    assert report.is_draft


def test_every_sentence_waits_until_confirmed_or_rewritten(old, drafter):
    report = again.draft_of(old, drafter)
    waiting = reused.pending(report)
    assert [at.sentence for at in waiting] == [
        *("Tổ có …… người.", "Các tổ hoạt động tốt.", "Đã mở hai lớp.", "Trên đây là báo cáo./."),
    ]
    assert "lấy từ báo cáo trước chưa xác nhận" in readiness.blocked(report)
    reused.confirm(waiting[1].block, "Các tổ hoạt động tốt.")
    with pytest.raises(ValidationError):
        reused.confirm(waiting[1].block, "Các tổ hoạt động tốt.")
    block = waiting[2].block
    Block.objects.filter(pk=block.pk).update(content={"html": "<p>Đã mở năm lớp.</p>"})
    reused.confirm(waiting[3].block)
    assert [at.sentence for at in reused.pending(report)] == ["Tổ có …… người."]
    reused.confirm(waiting[0].block)
    assert reused.pending(report) == []
    assert "lấy từ báo cáo trước" not in readiness.blocked(report)


@pytest.mark.parametrize(
    ("start", "end", "following"),
    [
        ("2026-01-01", "2026-01-31", ("2026-02-01", "2026-02-28")),
        ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
        ("2026-05-04", "2026-05-10", ("2026-05-11", "2026-05-17")),
        ("2025-12-15", "2026-06-14", ("2026-06-15", "2026-12-13")),
    ],
)
def test_the_period_that_follows(ward, drafter, start, end, following):
    day = datetime.date.fromisoformat
    report = again.draft_of(make_report(ward, period_from=day(start), period_to=day(end)), drafter)
    assert (str(report.period_from), str(report.period_to)) == following


def test_a_letters_answer_starts_from_the_last_report_of_its_campaign(ward, old, client, campaign):
    letter = make_request(ward, campaign=campaign, **NEXT)
    page = client.get(f"/cong-van/{letter.pk}/").content.decode()
    assert "Lập từ báo cáo kỳ trước" in page
    answer = client.post(f"/cong-van/{letter.pk}/lap-tu-ky-truoc/")
    report = Report.objects.exclude(pk=old.pk).get()
    assert answer.headers["Location"] == f"/bao-cao/{report.pk}/cau-dung-lai/"
    assert list(report.requests.all()) == [letter]
    assert report.period_to == NEXT["period_to"]


def test_a_letter_without_campaign_offers_nothing(ward, client, old):
    letter = make_request(ward)
    assert "Lập từ báo cáo kỳ trước" not in client.get(f"/cong-van/{letter.pk}/").content.decode()
    assert client.post(f"/cong-van/{letter.pk}/lap-tu-ky-truoc/").status_code == 302
    assert Report.objects.count() == 1


# --- the page ---------------------------------------------------------------------------------------------------


def test_old_and_new_stand_side_by_side_and_one_key_confirms(old, drafter, client):
    report = again.draft_of(old, drafter)
    page = client.get(f"/bao-cao/{report.pk}/cau-dung-lai/").content.decode()
    assert "Tổ có 137 người. Các tổ hoạt động tốt." in page
    assert "Tổ có 150 người." in page
    assert page.count("data-focus") == 1
    block = reused.pending(report)[0].block
    answer = client.post(f"/doan/{block.pk}/xac-nhan/", {"at": "0"})
    assert answer.status_code == 302
    assert len(reused.pending(report)) == 3
    assert client.post(f"/doan/{block.pk}/xac-nhan/", {"at": "99"}).status_code == 404
    assert "Còn 3 câu" in client.get(f"/bao-cao/{report.pk}/").content.decode()


def test_who_may_confirm(old, drafter, client, leader, stranger):
    report = again.draft_of(old, drafter)
    block = reused.pending(report)[0].block
    address = f"/doan/{block.pk}/xac-nhan/"
    assert leader.post(address, {"at": "0"}).status_code == 403
    assert stranger.post(address, {"at": "0"}).status_code == 404
    assert Client().post(address, {"at": "0"}).status_code == 302
    assert len(reused.pending(report)) == 4
    assert leader.get(f"/bao-cao/{report.pk}/cau-dung-lai/").status_code == 200
    assert stranger.get(f"/bao-cao/{report.pk}/cau-dung-lai/").status_code == 404


def test_the_page_takes_the_same_queries_for_any_number_of_sentences(old, drafter, client):
    report = again.draft_of(old, drafter)
    few = queries_of(client, f"/bao-cao/{report.pk}/cau-dung-lai/")
    for at in range(5):
        section = make_section(report, f"Mục {at}")
        make_block(section, f"<p>Câu {at}.</p>", reused=[f"Câu {at}."])
    assert queries_of(client, f"/bao-cao/{report.pk}/cau-dung-lai/") == few
