"""Pages of sending and of the department's inbox: as nobody, stranger, wrong role and the right one."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Role
from reports.models import Arrival, Report, Sending
from tests.reports.factories import make_user, make_ward, queries_of, signed_in

from .offices import PDF, kept_copy


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def clerk(office):
    return signed_in(office.people["clerk"])


@pytest.fixture
def officer(office):
    return signed_in(office.officer)


def page(office, name="report_sendings", *more):
    return reverse(name, args=(office.report.pk, *more))


# --- the ward -----------------------------------------------------------------------------------------


def test_the_clerk_sends_and_the_overview_shows_it(office, clerk):
    shown = text(clerk.get(page(office)))
    assert "Chưa có lần gửi nào" in shown
    assert "Sở Khoa học và Công nghệ" in shown
    answer = clerk.post(page(office, "sending_start", office.department.pk))
    assert answer.url == page(office)
    sending = office.carry()
    shown = text(clerk.get(page(office)))
    assert "01 Đã đến" in shown
    assert "01 Đã đến" in text(clerk.get(page(office, "report")))
    receipt = text(clerk.get(page(office, "sending_receipt", sending.pk)))
    assert sending.package_sha256 in receipt
    assert "Nội dung khớp bản đã duyệt" in receipt


def test_strangers_find_nothing_and_wrong_roles_may_not(office):
    sending = office.carry()
    stranger = signed_in(make_user(make_ward(), Role.CLERK))
    drafter = signed_in(office.people["drafter"])
    looked = [
        page(office),
        page(office, "report_package"),
        page(office, "report_work_file"),
        page(office, "sending_receipt", sending.pk),
        page(office, "sending_evidence", sending.pk),
    ]
    for address in looked:
        assert stranger.get(address).status_code == 404
        assert signed_in(office.officer).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    posted = [
        page(office, "sending_start", office.department.pk),
        page(office, "sending_again", sending.pk),
        page(office, "sending_ask", sending.pk),
        page(office, "sending_receipt", sending.pk),
    ]
    for address in posted:
        assert stranger.post(address).status_code == 404
        assert drafter.post(address).status_code == 403
    assert "Gửi thêm</h2>" not in text(drafter.get(page(office)))


def test_a_report_not_issued_has_no_page_of_sending(office, clerk):
    from tests.reports.test_workflow import make_again

    draft = make_again(office)
    assert clerk.get(reverse("report_sendings", args=(draft.pk,))).status_code == 404


def test_a_sending_outside_is_recorded_with_its_recipient_and_what_was_told(office, clerk):
    now = timezone.localtime()
    step = reverse("report_step", args=(office.report.pk, "send"))
    given = {
        "channel": "Thư điện tử công vụ",
        "recipient": office.department.pk,
        "address": "vanthu@so.example",
        "day": f"{now.day}/{now.month}/{now.year}",
        "hour": f"{now:%H:%M}",
    }
    assert clerk.post(step, given).status_code == 302
    sending = Sending.objects.get()
    assert (sending.channel, sending.to, sending.address) == (
        "mail",
        office.department.called,
        "vanthu@so.example",
    )
    address = page(office, "sending_receipt", sending.pk)
    wrong = clerk.post(address, {**given, "code": "02", "who": "chị A gọi điện"})
    assert wrong.status_code == 422
    assert "Ghi lý do" in text(wrong)
    assert "chị A gọi điện" in text(wrong)
    early = clerk.post(address, {**given, "code": "03", "who": "chị A", "day": "1/1/2026"})
    assert "trước lúc gửi" in text(early)
    assert clerk.post(address, {**given, "code": "03", "who": "chị A gọi điện"}).status_code == 302
    assert Report.objects.get(pk=office.report.pk).status == "received"
    assert clerk.post(address, {**given, "code": "06", "who": "chị A"}).status_code == 302
    assert "06 Đã hoàn thành" in text(clerk.get(address))
    again = clerk.post(step, {**given, "channel": "Bản giấy, bưu điện hoặc nộp trực tiếp"})
    assert again.status_code == 302
    assert Sending.objects.count() == 2


def test_the_package_is_downloaded_or_waited_for(office, clerk):
    assert "Đang tạo hồ sơ" in text(clerk.get(page(office, "report_package")))
    kept_copy(office.fresh(), PDF)
    got = clerk.get(page(office, "report_package"))
    assert got["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(got.content)).namelist()
    assert {"manifest.json", "data.json", "data.xlsx", "message.edxml.xml"} <= set(names)


def test_pages_ask_the_database_a_constant_number_of_times(office, clerk, officer):
    office.carry()
    counted = [queries_of(clerk, page(office)), queries_of(officer, reverse("arrival_list"))]
    letters = queries_of(officer, reverse("arrival_letters"))
    for _ in range(3):
        office.carry()
    office.by_mail()
    assert [queries_of(clerk, page(office)), queries_of(officer, reverse("arrival_list"))] == counted
    assert queries_of(officer, reverse("arrival_letters")) == letters


# --- the department -----------------------------------------------------------------------------------


def test_the_department_sees_what_was_sent_to_it_and_nothing_else(office, officer):
    assert "Không có báo cáo nào chờ" in text(officer.get(reverse("arrival_list")))
    office.carry()
    arrival = office.arrival
    assert "01/BC-UBND" in text(officer.get(reverse("arrival_list")))
    shown = text(officer.get(reverse("arrival", args=(arrival.pk,))))
    assert "nội dung khớp bản đã duyệt" in shown
    assert "Đúng hạn" in shown
    others = [signed_in(office.people["clerk"]), signed_in(make_user(make_ward(), Role.CLERK))]
    names = ("arrival", "arrival_package", "arrival_receipt")
    for name in names:
        address = reverse(name, args=(arrival.pk,))
        assert officer.get(address).status_code == 200
        assert Client().get(address).status_code == 302
        assert [other.get(address).status_code for other in others] == [404, 404]
    file = reverse("arrival_file", args=(arrival.pk, "data.json"))
    assert officer.get(file)["Content-Disposition"] == 'attachment; filename="data.json"'
    assert others[0].get(file).status_code == 404
    assert officer.get(reverse("arrival_file", args=(arrival.pk, "../../x"))).status_code == 404
    assert officer.get(reverse("report", args=(office.report.pk,))).status_code == 404


def test_the_department_answers_by_its_page(office, officer):
    office.carry()
    address = reverse("arrival", args=(office.arrival.pk,))
    leader = signed_in(make_user(office.department, Role.LEADER))
    assert leader.post(address, {"code": "03"}).status_code == 403
    wrong = officer.post(address, {"code": "02", "reason": ""})
    assert wrong.status_code == 422
    assert "Ghi lý do từ chối" in text(wrong)
    assert officer.post(address, {"code": "06"}).status_code == 422
    assert officer.post(address, {"code": "03"}).status_code == 302
    assert Arrival.objects.get().code == "03"
    assert Report.objects.get(pk=office.report.pk).status == "received"
    history = text(
        signed_in(office.people["drafter"]).get(reverse("report_history", args=(office.report.pk,)))
    )
    assert "đã ghi nhận nơi nhận tiếp nhận" in history


def test_letters_tell_who_answered_and_who_is_late(office, officer):
    from datetime import timedelta

    from tests.reports.factories import make_paper, make_request

    late = make_ward()
    paper = make_paper(late, number=office.letter.paper.number, issued_on=office.letter.paper.issued_on)
    make_request(late, paper=paper, sender=office.department, deadline=timezone.now() - timedelta(hours=1))
    office.carry()
    shown = text(officer.get(reverse("arrival_letters")))
    assert "đã nộp 1/2, đúng hạn 1" in shown
    assert "Quá hạn" in shown
    assert "Chưa nộp" in shown
    elsewhere = signed_in(make_user(make_ward(), Role.CLERK))
    assert "Chưa có công văn nào" in text(elsewhere.get(reverse("arrival_letters")))


def test_not_answered_on_its_day_is_marked(office, officer):
    from datetime import timedelta

    office.carry()
    Arrival.objects.update(arrived_at=timezone.now() - timedelta(days=1, hours=1))
    assert "Chưa trả lời trong ngày" in text(officer.get(reverse("arrival_list")))
