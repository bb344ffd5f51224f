"""From the press of a button to the department's answer, in one installation."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from campaigns import events
from campaigns.gate import actor_in
from campaigns.models import Event
from reports.models import Arrival, Code, Evidence, Sending
from reports.sending import arrivals, deliveries, package, zipped
from reports.workflow import Refused
from tests.reports.factories import make_user, make_ward


def answered(office, code, reason=""):
    officer = actor_in(office.officer, office.department)
    return arrivals.answer(office.arrival, code, reason, officer)


def test_a_report_is_carried_compared_and_accepted(office):
    sending = office.carry()
    arrival = office.arrival
    assert (sending.code, arrival.code, office.fresh().status) == ("01", "01", "sent")
    assert arrival.sha256 == sending.package_sha256 == zipped.digest(sending.package.read())
    assert (arrival.faults, arrival.edition_digest) == ([], office.fresh().approved.digest)
    assert arrival.letter_code == office.letter.paper.code
    assert arrival.is_on_time is True
    answered(office, "03")
    sending.refresh_from_db()
    assert (sending.code, office.fresh().status) == ("03", "received")
    assert sending.confirmation.by == office.officer
    for code in ("04", "05", "06"):
        answered(office, code)
    sending.refresh_from_db()
    assert [told["code"] for told in sending.codes] == ["01", "03", "04", "05", "06"]
    assert list(events.broken()) == []


def test_pressed_twice_it_arrives_once(office):
    first = office.carry()
    deliveries.attempt(first.pk)
    deliveries.attempt(first.pk)
    assert Arrival.objects.count() == 1
    assert Evidence.objects.filter(step="send").count() == 1
    assert Event.objects.filter(act="send").count() == 1


def test_a_refusal_needs_a_reason_and_gives_the_report_back_to_the_clerk(office):
    sending = office.carry()
    with pytest.raises(ValidationError, match="Ghi lý do"):
        answered(office, "02")
    answered(office, "02", "Thiếu biểu số liệu")
    sending.refresh_from_db()
    assert (sending.code, office.fresh().status) == ("02", "refused")
    assert sending.codes[-1]["reason"] == "Thiếu biểu số liệu"
    office.carry()
    assert office.fresh().status == "sent"
    assert Arrival.objects.count() == 2


@pytest.mark.parametrize(("given", "wrong"), [((), "06"), (("03",), "02"), (("03", "06"), "05"), ((), "15")])
def test_codes_come_in_their_order(office, given, wrong):
    office.carry()
    for code in given:
        answered(office, code)
    with pytest.raises(ValidationError, match="trạng thái khác"):
        answered(office, wrong, "vì")


def test_one_refusing_channel_does_not_undo_another_that_accepted(office):
    office.by_mail()
    office.act("receive", "clerk", channel="Thư, điện thoại xác nhận", happened_at=timezone.now())
    assert Sending.objects.get().code == "03"
    office.carry()
    answered(office, "02", "Đã nhận qua thư")
    assert office.fresh().status == "received"


@pytest.mark.parametrize(("code", "reason"), [("15", ""), ("16", "Đã dùng để tổng hợp")])
def test_a_recalled_report_is_asked_back_and_the_recipient_answers(office, code, reason):
    sending = office.carry()
    office.act("recall", "clerk", reason="Sai số liệu", channel="Thư", happened_at=timezone.now())
    sending.refresh_from_db()
    assert (sending.recall, office.arrival.recall) == ("13", "13")
    assert arrivals.open_codes(office.arrival) == (Code.GIVEN_BACK, Code.KEPT)
    answered(office, code, reason)
    sending.refresh_from_db()
    assert (sending.recall, office.arrival.recall) == (code, code)


def test_what_has_not_left_is_not_sent_after_a_recall(office, monkeypatch):
    monkeypatch.setattr(deliveries, "attempt", lambda pk: None)
    sending = deliveries.send(office.fresh(), office.department, office.actor("clerk"))
    assert deliveries.send(office.fresh(), office.department, office.actor("clerk")) == sending
    monkeypatch.undo()
    office.act("recall", "clerk", reason="Sai", channel="Thư", happened_at=timezone.now())
    deliveries.attempt(sending.pk)
    assert not Arrival.objects.exists()
    sending.refresh_from_db()
    assert sending.stopped_at


def test_a_replacing_report_names_the_one_it_replaces(office):
    office.carry()
    first = office.arrival
    made = office.act("replace", "drafter").result
    made.recipients = "Lưu: VT."
    made.save()
    made.requests.add(office.letter)
    office.report = made
    office.to("issued")
    second = office.carry()
    arrival = second.arrival
    assert (arrival.follows, arrival.follows_as) == (first, "replace")
    with second.package.open("rb") as stored:
        files = zipped.opened(stored.read())
    message = files[package.MESSAGE].decode()
    assert "<edXML:BussinessDocType>3<" in message
    assert "<edXML:ReplacementInfo>" in message


def test_nobody_is_sent_a_report_whom_the_app_cannot_reach(office):
    ward = make_ward()
    with pytest.raises(Refused, match="Chưa có cách chuyển tự động"):
        deliveries.send(office.fresh(), ward, office.actor("clerk"))
    make_user(ward)
    with pytest.raises(Refused, match="Vai trò của bạn"):
        deliveries.send(office.fresh(), office.department, office.actor("drafter"))


def test_a_package_changed_on_its_way_says_so(office):
    office.carry()
    with Sending.objects.get().package.open("rb") as stored:
        files = zipped.opened(stored.read())
    files[package.DATA] = files[package.DATA].replace("27 tổ".encode(), "28 tổ".encode())
    import uuid

    arrival, _ = arrivals.take_in(office.department, office.ward, uuid.uuid4(), zipped.archive(files))
    assert any("data.json" in fault for fault in arrival.faults)
    assert "Nội dung trong hồ sơ khác mã của bản đã duyệt." in arrival.faults


def test_the_same_key_with_other_bytes_is_refused(office):
    sending = office.carry()
    with sending.package.open("rb") as stored:
        files = zipped.opened(stored.read())
    other = zipped.archive({**files, "them.txt": b"."})
    with pytest.raises(arrivals.Conflict):
        arrivals.take_in(office.department, office.ward, sending.key, other)
