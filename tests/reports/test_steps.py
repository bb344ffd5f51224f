"""Pages of a report's life: each as nobody, stranger and wrong role; acts by form; opinions; what a phone shows."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Role, SigningRight
from reports.lifecycle import STEPS
from reports.models import Comment, Entry, Evidence, Notice, Report, Section

from .factories import make_report, make_section, make_user, make_ward, queries_of, signed_in
from .test_workflow import Office

PAGES = ("report_review", "report_slip", "comment_add", "advice_add", "report_history")


@pytest.fixture
def office(db) -> Office:
    return Office()


def client(office: Office, who: str) -> Client:
    return signed_in(office.people[who])


def step(office: Office, key: str) -> str:
    return reverse("report_step", args=[office.report.pk, key])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def evidence(**more):
    now = timezone.localtime()
    return {"day": f"{now.day}/{now.month}/{now.year}", "hour": f"{now:%H:%M}", **more}


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("ban-ky.pdf", b"%PDF-1.7 scan", "application/pdf")


def test_a_report_goes_through_by_the_pages(office):
    pk = office.report.pk
    for who, key, sent in (
        ("drafter", "submit", {}),
        ("head", "check_content", {}),
        ("chief", "check_form", {}),
        ("leader", "approve", {}),
        ("clerk", "sign", evidence(channel="Ký trên giấy, kèm bản chụp", file=scan())),
        ("clerk", "number", {"dated": f"{timezone.localdate():%d/%m/%Y}"}),
        ("clerk", "seal", evidence(channel="Đóng dấu trên giấy")),
        ("clerk", "issue", {}),
        ("clerk", "send", evidence(channel="Thư điện tử công vụ", note="Gửi hộp thư văn thư Sở")),
        ("clerk", "receive", evidence(channel="Ký nhận trên bản giấy")),
    ):
        browser = client(office, who)
        page = browser.get(step(office, key))
        assert page.status_code == 200
        assert "Chưa làm được" not in text(page), key
        answer = browser.post(step(office, key), sent)
        assert answer.status_code == 302, (key, text(answer)[-1500:])
    report = Report.objects.get(pk=pk)
    assert (report.status, report.code) == ("received", "01/BC-UBND")
    assert Evidence.objects.get(step="sign").file.name.endswith(".pdf")
    overview = text(client(office, "leader").get(reverse("report", args=[pk])))
    assert "01/BC-UBND" in overview
    assert "Sửa báo cáo đã phát hành" in overview


@pytest.mark.parametrize("key", STEPS)
def test_every_step_is_closed_to_nobody_strangers_and_wrong_roles(office, key):
    url = step(office, key)
    assert Client().get(url).url.startswith("/tai-khoan/login/")
    stranger = signed_in(make_user(make_ward(), Role.CLERK))
    assert stranger.get(url).status_code == stranger.post(url).status_code == 404
    for who in office.people:
        if _role(who) not in STEPS[key].roles:
            assert client(office, who).post(url, {"reason": "x"}).status_code == 403
    assert Report.objects.get().status == "draft"


def _role(who: str) -> str:
    return {"chief": "chief_of_office"}.get(who, who)


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_nobody_and_strangers(office, name):
    url = reverse(name, args=[office.report.pk])
    assert Client().get(url).status_code == 302
    assert signed_in(make_user(make_ward())).get(url).status_code == 404
    assert client(office, "leader").get(url).status_code == 200


def test_unknown_step_is_not_found(office):
    assert client(office, "drafter").get(step(office, "fly")).status_code == 404


def test_refused_step_shows_the_sentence_and_a_grey_button(office):
    office.write("")
    page = text(client(office, "drafter").get(step(office, "submit")))
    assert "Mục chưa có nội dung" in page
    answer = client(office, "drafter").post(step(office, "submit"))
    assert answer.status_code == 422
    overview = text(client(office, "drafter").get(reverse("report", args=[office.report.pk])))
    assert 'aria-disabled="true">Trình Trưởng phòng' in overview


def test_return_without_a_reason_keeps_the_form(office):
    office.to("submitted")
    answer = client(office, "head").post(step(office, "return"), {"reason": "", "section": office.section.pk})
    assert answer.status_code == 422
    assert f'value="{office.section.pk}" selected' in text(answer)
    assert "Lý do trả lại" in text(answer)


def test_evidence_of_the_future_or_of_another_type_is_refused(office):
    office.to("approved")
    later = timezone.localdate() + datetime.timedelta(days=3)
    bad = {"channel": "Ký trên giấy, kèm bản chụp", "day": f"{later:%d/%m/%Y}", "hour": "08:00"}
    page = text(client(office, "clerk").post(step(office, "sign"), bad))
    assert "Ngày, giờ này chưa tới." in page
    wrong = evidence(channel="Ký trên giấy, kèm bản chụp", file=SimpleUploadedFile("a.exe", b"MZ"))
    assert "Chỉ nhận tệp" in text(client(office, "clerk").post(step(office, "sign"), wrong))
    assert not Evidence.objects.exists()


def test_number_page_proposes_the_next_and_back_dates_only_with_leave(office):
    office.to("signed")
    assert "01/BC-UBND" in text(client(office, "clerk").get(step(office, "number")))
    late = timezone.localdate() + datetime.timedelta(days=1)
    page = client(office, "clerk").post(step(office, "number"), {"dated": f"{late:%d/%m/%Y}"})
    assert page.status_code == 422
    assert not Entry.objects.exists()


def test_review_shows_what_changed_since_the_reader_agreed(office):
    office.to("approved")
    office.act("reopen", "clerk", reason="Sai số tổ")
    office.write("<p>Phường có 28 tổ.</p>")
    office.act("submit_correction", "drafter")
    page = text(client(office, "leader").get(reverse("report_review", args=[office.report.pk])))
    assert "1 chỗ đã đổi" in page
    assert "<del>27</del><ins>28</ins>" in page
    assert ">Duyệt</button>" in page
    assert "Trả lại" in page


def test_leader_approves_what_he_saw_only(office):
    office.to("form_checked")
    browser = client(office, "leader")
    page = browser.get(reverse("report_review", args=[office.report.pk])).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    office.write("<p>Phường có 28 tổ.</p>")
    answer = browser.post(step(office, "approve"), {"seen": seen})
    assert answer.status_code == 422
    assert "vừa được sửa" in text(answer)
    assert Report.objects.get().status == "form_checked"


def test_opinions_are_anchored_answered_and_resolved(office):
    office.to("submitted")
    head, drafter, pk = client(office, "head"), client(office, "drafter"), office.report.pk
    sent = {"yk-words": "27 tổ", "yk-section": office.section.pk, "yk-text": "Số này lấy ở đâu?"}
    assert head.post(reverse("comment_add", args=[pk]), sent).status_code == 302
    comment = Comment.objects.get()
    assert (comment.words, comment.edition.round) == ("27 tổ", 1)
    assert Notice.objects.filter(user=office.people["drafter"], cause=f"comment:{comment.pk}").count() == 1
    assert "Số này lấy ở đâu?" in text(drafter.get(reverse("section", args=[office.section.pk])))
    assert (
        drafter.post(reverse("comment_answer", args=[comment.pk]), {"text": "Quyết định 616"}).status_code
        == 302
    )
    assert "Quyết định 616" in text(head.get(reverse("report_review", args=[pk])))
    assert head.post(reverse("comment_resolve", args=[comment.pk])).status_code == 302
    comment.refresh_from_db()
    assert comment.resolved_by == office.people["head"]
    assert head.post(reverse("comment_resolve", args=[comment.pk]), {"again": "1"}).status_code == 302


def test_opinion_on_words_that_are_not_there_comes_back(office):
    sent = {"yk-words": "không có chữ này", "yk-text": "Sao?"}
    answer = client(office, "head").post(reverse("comment_add", args=[office.report.pk]), sent)
    assert answer.status_code == 422
    assert "Sao?" in text(answer)
    assert not Comment.objects.exists()


def test_advice_by_phone_is_a_note_and_no_approval(office):
    office.to("form_checked")
    sent = {"dt-given_by": "Phó Chủ tịch Trần Thị B", "dt-text": "Đồng ý, gửi sớm"}
    assert (
        client(office, "clerk").post(reverse("advice_add", args=[office.report.pk]), sent).status_code == 302
    )
    assert Comment.objects.get().kind == "advice"
    assert Report.objects.get().status == "form_checked"


@pytest.mark.parametrize("name", ["comment_answer", "comment_resolve"])
def test_opinions_of_another_ward_are_not_found(office, name):
    comment = Comment.objects.create(report=office.report, text="Kín", by=office.people["head"])
    stranger = signed_in(make_user(make_ward(), Role.CLERK))
    assert stranger.post(reverse(name, args=[comment.pk]), {"text": "x"}).status_code == 404
    assert client(office, "leader").get(reverse(name, args=[comment.pk])).status_code == 405


def test_section_is_given_with_a_due_date_and_told_once(office):
    other = make_user(office.ward, Role.DRAFTER)
    url = reverse("section_assign", args=[office.section.pk])
    sent = {"assignee": other.pk, "day": "30/11/2026", "hour": "16:00"}
    for _ in range(2):
        assert client(office, "drafter").post(url, sent).status_code == 302
    section = Section.objects.get(pk=office.section.pk)
    assert (section.assignee, timezone.localtime(section.due).hour) == (other, 16)
    assert Notice.objects.filter(user=other).count() == 1
    assert "Mục được giao viết" in text(signed_in(other).get("/"))
    assert client(office, "leader").post(url, sent).status_code == 403
    stranger = make_user(make_ward())
    assert signed_in(stranger).post(url, sent).status_code == 404
    answer = client(office, "drafter").post(url, {"assignee": stranger.pk})
    assert answer.status_code == 422


def test_signer_is_chosen_from_rights_in_force(office):
    url = reverse("report_signer", args=[office.report.pk])
    page = text(client(office, "drafter").get(url))
    assert "KT. CHỦ TỊCH" in page
    assert client(office, "drafter").post(url, {"right": office.right.pk}).status_code == 302
    assert Report.objects.get().signer == office.people["leader"]
    assert client(office, "drafter").post(url, {"right": 9999}).status_code == 422
    assert client(office, "leader").get(url).status_code == 403
    SigningRight.objects.all().delete()
    assert "Chưa có ai có quyền ký" in text(client(office, "drafter").get(url))


def test_inbox_shows_each_person_his_own(office):
    office.to("submitted")
    assert "Chờ tôi xử lý (1)" in text(client(office, "head").get("/"))
    for who in ("chief", "leader", "clerk"):
        assert "Không có báo cáo nào chờ bạn" in text(client(office, who).get("/"))
    assert "Tôi đã chuyển, đang chờ người khác" in text(client(office, "drafter").get("/"))


def test_home_and_review_cost_the_same_for_any_number(office):
    office.to("form_checked")
    browser = client(office, "leader")
    home, review = "/", reverse("report_review", args=[office.report.pk])
    Comment.objects.create(report=office.report, text="Ý đầu", by=office.people["head"])
    few = queries_of(browser, home), queries_of(browser, review)
    for n in range(5):
        other = make_report(
            office.ward, drafter=office.people["drafter"], subject=f"Số {n}", unit=office.unit
        )
        other.signature_blocks.create(lines="CHỦ TỊCH", name="Trần Hồng Túc")
        make_section(office.report, f"Mục {n}")
        Comment.objects.create(report=office.report, text=f"Ý {n}", by=office.people["head"])
    assert (queries_of(browser, home), queries_of(browser, review)) == few


def test_repair_page_says_why_not_and_what_to_do(office):
    office.to("issued")
    url = reverse("report_repair", args=[office.report.pk])
    page = text(client(office, "clerk").get(url))
    assert "Không thể giữ số 01/BC-UBND mà thay chữ bên trong" in page
    for words in ("Lập báo cáo thay thế", "Lập báo cáo bổ sung", "Lập công văn đính chính", "Thu hồi"):
        assert words in page
    assert client(office, "drafter").post(step(office, "replace")).status_code == 302
    made = Report.objects.get(follows=office.report)
    assert "Thay thế" in text(client(office, "drafter").get(reverse("report", args=[made.pk])))


def test_slip_has_its_code_and_the_draft_mark_its_round(office):
    office.to("form_checked")
    page = client(office, "leader").get(reverse("report_slip", args=[office.report.pk])).content.decode()
    assert "PHIẾU TRÌNH" in page
    assert "<svg" in page
    preview = (
        client(office, "leader").get(reverse("report_preview", args=[office.report.pk])).content.decode()
    )
    assert "DỰ THẢO lần 1," in preview


def test_notices_are_put_away_by_their_owner_only(office):
    office.to("submitted")
    client(office, "drafter").post(reverse("notices_read"))
    assert Notice.objects.filter(ended_at=None).count() == 1
    client(office, "head").post(reverse("notices_read"))
    assert not Notice.objects.filter(ended_at=None).exists()
