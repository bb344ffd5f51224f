"""A report's life through the real workflow: editions, initials, numbers, refusals, returns, what follows issue."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns import events
from campaigns.gate import actor_in
from campaigns.models import Event, Role, SigningRight, StandIn, Unit, User
from campaigns.models.organizations import Organization
from reports import drafting, editions, workflow
from reports.lifecycle import STEPS, Status
from reports.models import Block, Comment, Entry, Evidence, Initial, Notice, Report, Section, Series
from reports.workflow import Refused

from .factories import make_block, make_report, make_section, make_user, make_ward

ROLES = {
    "drafter": Role.DRAFTER,
    "head": Role.HEAD,
    "chief": Role.CHIEF_OF_OFFICE,
    "clerk": Role.CLERK,
    "leader": Role.LEADER,
}


class Office:
    """A ward with one person in each role, a deputy's signing right, a series, and a written draft."""

    def __init__(self) -> None:
        self.ward: Organization = make_ward()
        self.people: dict[str, User] = {key: make_user(self.ward, role) for key, role in ROLES.items()}
        today = timezone.localdate()
        self.right = SigningRight.objects.create(
            organization=self.ward,
            person=self.people["leader"],
            kind="deputy",
            lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        )
        self.series = Series.objects.create(
            organization=self.ward,
            kind="BC",
            name="Báo cáo",
            symbol="BC-UBND",
            year=today.year,
            starts_on=datetime.date(today.year, 1, 1),
        )
        self.unit = Unit.objects.create(organization=self.ward, code="VHXH", name="Phòng Văn hóa - Xã hội")
        self.report = make_report(
            self.ward,
            drafter=self.people["drafter"],
            unit=self.unit,
            symbol="BC-UBND",
            recipients="Lưu: VT.",
        )
        self.report.signature_blocks.create(lines="CHỦ TỊCH", name="Trần Hồng Túc")
        self.section = make_section(self.report, "Kết quả")
        self.block = make_block(self.section, "<p>Phường có 27 tổ.</p>")

    def act(self, key: str, who: str, **given) -> workflow.Act:
        report = Report.objects.select_related("organization").get(pk=self.report.pk)
        done = workflow.act(report, key, actor_in(self.people[who], self.ward), **given)
        self.report = done.report
        return done

    def refused(self, key: str, who: str, **given) -> str:
        with pytest.raises(Refused) as refusal:
            self.act(key, who, **given)
        return " ".join(refusal.value.messages)

    def to(self, status: str) -> Report:
        """Carries the report on by the ordinary path."""
        path = (
            ("submit", "drafter", {}),
            ("check_content", "head", {}),
            ("check_form", "chief", {}),
            ("approve", "leader", {}),
            ("sign", "leader", {"happened_at": timezone.now()}),
            ("number", "clerk", {"dated": timezone.localdate()}),
            ("seal", "clerk", {"happened_at": timezone.now()}),
            ("issue", "clerk", {}),
            ("send", "clerk", {"channel": "Thư", "happened_at": timezone.now()}),
            ("receive", "clerk", {"happened_at": timezone.now()}),
        )
        begun = False
        for key, who, given in path:
            if self.report.status == status:
                break
            begun = begun or self.report.status in STEPS[key].ways
            done = key == "number" and self.report.number
            if begun and not done:
                self.act(key, who, **given)
        return self.report

    def write(self, html: str) -> None:
        """Changes the text behind the workflow's back, as a slip or an attack would."""
        Block.objects.filter(pk=self.block.pk).update(content={"html": html})


@pytest.fixture
def office(db) -> Office:
    return Office()


def test_the_whole_life_leaves_editions_initials_events_and_a_number(office):
    report = office.to("received")
    assert report.status == "received"
    assert (report.number, report.symbol, report.issued_on) == ("01", "BC-UBND", timezone.localdate())
    assert [(i.kind, i.by) for i in Initial.objects.all()] == [
        ("content", office.people["head"]),
        ("form", office.people["chief"]),
    ]
    assert list(report.editions.values_list("step", flat=True)) == [
        "submit",
        "check_content",
        "check_form",
        "approve",
    ]
    assert len(set(report.editions.values_list("digest", flat=True))) == 1
    acts = (
        Event.objects.filter(chain=f"report:{report.pk}").order_by("sequence").values_list("act", flat=True)
    )
    walked = [
        "submit",
        "check_content",
        "check_form",
        "approve",
        "sign",
        "number",
        "seal",
        "issue",
        "send",
        "receive",
    ]
    assert [act for act in acts if act in walked] == walked
    assert list(events.broken()) == []
    assert Entry.objects.get().report_id == report.pk
    assert Evidence.objects.count() == 4


def test_approval_is_bound_to_the_text_and_an_issued_file_differs_in_its_slots_only(office):
    office.to("approved")
    approved = office.report.approved
    blank = editions.document_of(office.report)
    assert [slot.text for slot in blank.frame.number if hasattr(slot, "gap")] == [""]
    assert not any(slot.text for slot in blank.frame.place_date if hasattr(slot, "gap"))
    office.to("issued")
    document = editions.document_of(office.report)
    assert "01" in [getattr(part, "text", "") for part in document.frame.number]
    assert editions.digest_of(document, office.report) == approved.digest == document.seal


@pytest.mark.parametrize(
    ("status", "key", "who", "given"),
    [
        ("approved", "sign", "leader", {}),
        ("signed", "number", "clerk", {"dated": timezone.localdate()}),
        ("sealed", "issue", "clerk", {}),
    ],
)
def test_one_character_changed_after_approval_blocks_the_next_step(office, status, key, who, given):
    office.to(status)
    office.write("<p>Phường có 28 tổ.</p>")
    assert "Nội dung hiện nay khác bản đã duyệt" in office.refused(key, who, **given)
    assert Report.objects.get().status == status
    office.write("<p>Phường có 27 tổ.</p>")
    office.act(key, who, **given)


def test_what_the_leader_did_not_see_he_does_not_approve(office):
    office.to("form_checked")
    seen = workflow.text_digest(office.report)
    office.write("<p>Phường có 28 tổ.</p>")
    assert "vừa được sửa" in office.refused("approve", "leader", seen=seen)
    office.act("approve", "leader", seen=workflow.text_digest(office.report))


def test_two_tabs_press_the_same_button_once(office):
    office.to("submitted")
    office.act("check_content", "head")
    assert "không dùng được khi báo cáo ở tình trạng" in office.refused("check_content", "head")
    assert Initial.objects.count() == 1


def test_signer_is_never_the_drafter(office):
    office.people["leader"].memberships.create(organization=office.ward, role=Role.ADMINISTRATOR)
    Report.objects.filter(pk=office.report.pk).update(drafter=office.people["leader"])
    office.to("form_checked")
    assert "Người soạn thảo không được duyệt" in office.refused("approve", "leader")


def test_right_not_in_force_is_refused(office):
    office.to("form_checked")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SigningRight.objects.update(valid_to=yesterday)
    assert "không có quyền ký" in office.refused("approve", "leader")
    SigningRight.objects.update(valid_to=None)
    office.act("approve", "leader")
    SigningRight.objects.update(valid_to=yesterday)
    assert "không có quyền ký" in office.refused("sign", "leader")


def test_signer_is_chosen_and_changes_the_block(office):
    workflow.choose_signer(office.report, office.right, actor_in(office.people["drafter"], office.ward))
    block = office.report.signature_blocks.get()
    assert block.lines.splitlines() == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert block.name == office.people["leader"].full_name
    other = make_user(office.ward, Role.LEADER)
    SigningRight.objects.create(organization=office.ward, person=other, kind="chairman", lines="CHỦ TỊCH")
    office.to("form_checked")
    with pytest.raises(Refused, match="đề xuất người khác ký"):
        workflow.act(office.report, "approve", actor_in(other, office.ward))
    drafter = SigningRight.objects.create(
        organization=office.ward, person=office.people["drafter"], kind="deputy", lines="PHÓ CHỦ TỊCH"
    )
    with pytest.raises(Refused, match="Người soạn thảo không được ký"):
        workflow.choose_signer(office.report, drafter, actor_in(other, office.ward))


def test_head_who_drafts_checks_by_submitting(office):
    Report.objects.filter(pk=office.report.pk).update(drafter=office.people["head"])
    assert "đồng thời là kiểm tra nội dung" in office.refused("submit", "head")
    office.act("submit_as_head", "head")
    assert office.report.status == "content_checked"
    assert Initial.objects.get().kind == "content"


def test_stand_in_checks_and_history_says_for_whom(office):
    other = make_user(office.ward, Role.DRAFTER)
    today = timezone.localdate()
    office.to("submitted")
    office.people["other"] = other
    assert "Vai trò của bạn" in office.refused("check_content", "other")
    StandIn.objects.create(
        organization=office.ward,
        role=Role.HEAD,
        absent=office.people["head"],
        person=other,
        valid_from=today,
        valid_to=today,
    )
    office.act("check_content", "other")
    assert Initial.objects.get().behalf == f"thay {office.people['head']}"
    assert Event.objects.get(act="check_content").behalf == f"thay {office.people['head']}"


def test_urgent_report_skips_the_checks_and_says_so(office):
    assert "Ghi lý do." in office.refused("submit_urgent", "drafter")
    office.act("submit_urgent", "drafter", reason="Hạn 16 giờ hôm nay")
    assert Event.objects.get(act="submit_urgent").after["skipped"] == [
        "Kiểm tra nội dung",
        "Kiểm tra thể thức",
    ]
    office.act("approve_urgent", "leader")
    office.act("sign", "leader", happened_at=timezone.now())
    today = timezone.localdate()
    assert "chưa được kiểm tra thể thức" in office.refused("number", "clerk", dated=today)
    office.act("number", "clerk", dated=today, form_checked=True)
    assert Initial.objects.get().kind == "form"
    assert office.report.code == "01/BC-UBND"


def test_number_before_signature_where_the_ward_says_so(office):
    Organization.objects.filter(pk=office.ward.pk).update(number_first=True)
    office.ward.refresh_from_db()
    office.to("approved")
    assert "cấp số trước khi ký" in office.refused("sign", "leader")
    office.act("number", "clerk", dated=timezone.localdate())
    office.act("sign", "leader", happened_at=timezone.now())
    office.act("seal", "clerk")
    assert office.report.status == "sealed"


def test_number_after_signature_by_default(office):
    office.to("approved")
    assert "Đơn vị cấp số sau khi ký" in office.refused("number", "clerk", dated=timezone.localdate())
    office.act("sign", "clerk", happened_at=timezone.now(), file=ContentFile(b"%PDF-1.7", "ban-ky.pdf"))
    assert "Chưa có số" in office.refused("seal", "clerk")
    assert Evidence.objects.get().file.read() == b"%PDF-1.7"


def test_number_lost_with_a_refused_act_is_given_to_the_next(office):
    office.to("signed")
    with pytest.raises(ValidationError, match="hôm nay"):
        office.act("number", "clerk", dated=timezone.localdate() + datetime.timedelta(days=1))
    assert not Entry.objects.exists()
    office.act("number", "clerk", dated=timezone.localdate())
    assert Entry.objects.get().number == 1


def test_return_needs_a_reason_that_lands_with_the_section(office):
    office.to("form_checked")
    assert "Ghi lý do." in office.refused("return", "leader")
    office.act("return", "leader", reason="Thiếu số liệu tổ 5", section=office.section)
    assert office.report.status == "draft"
    comment = Comment.objects.get()
    assert (comment.kind, comment.section, comment.text) == ("return", office.section, "Thiếu số liệu tổ 5")
    assert Notice.objects.filter(user=office.people["drafter"], ended_at=None).exists()


def test_taken_back_until_somebody_acts(office):
    office.to("submitted")
    assert "Chỉ người vừa trình" in office.refused("take_back", "clerk")
    office.act("take_back", "drafter")
    office.to("content_checked")
    assert "Chỉ người vừa trình" in office.refused("take_back", "drafter")
    office.act("undo_check", "head")
    assert office.report.status == "submitted"
    assert Initial.objects.get().undone_at is not None


def test_checker_corrects_without_becoming_the_author(office):
    office.to("submitted")
    head = actor_in(office.people["head"], office.ward)
    assert workflow.may_edit(office.report, head) == ""
    assert workflow.may_edit(office.report, actor_in(office.people["drafter"], office.ward))
    block = Block.objects.select_related("section__report__organization").get(pk=office.block.pk)
    drafting.save_block(block, {"html": "<p>Phường có 28 tổ.</p>"}, office.people["head"])
    done = office.act("check_content", "head")
    assert done.after["changed"]
    assert office.report.drafter == office.people["drafter"]
    assert len(set(office.report.editions.values_list("digest", flat=True))) == 2


def test_form_opened_before_the_report_moved_on_saves_nothing(office):
    block = Block.objects.select_related("section__report__organization").get(pk=office.block.pk)
    office.to("submitted")
    with pytest.raises(Exception, match="vừa được chuyển bước"):
        drafting.save_block(block, {"html": "<p>Chậm</p>"}, office.people["drafter"])


def test_correction_after_approval_goes_to_the_leader_alone(office):
    office.to("approved")
    office.act("reopen", "clerk", reason="Sai tên tổ")
    assert office.report.approved is None
    assert "chỉ trình lại lãnh đạo" in office.refused("submit", "drafter")
    office.write("<p>Phường có 28 tổ.</p>")
    office.act("submit_correction", "drafter")
    assert office.report.status == "form_checked"
    office.act("approve", "leader")
    office.act("sign", "leader", happened_at=timezone.now())
    office.act("number", "clerk", dated=timezone.localdate())


def test_unfinished_report_is_not_handed_on(office):
    office.write("")
    assert "Mục chưa có nội dung: 1. Kết quả" in office.refused("submit", "drafter")
    office.write("<p>Không.</p>")
    office.report.signature_blocks.update(name="")
    assert "Chưa có người ký" in office.refused("submit", "drafter")
    Report.objects.update(omitted=["signatures"], recipients="")
    assert "Chưa có nơi nhận" in office.refused("submit", "drafter")


@pytest.mark.parametrize("kind", ["replace", "supplement", "correct_form"])
def test_what_follows_an_issued_report(office, kind):
    office.to("issued")
    made = office.act(kind, "drafter").result
    assert (made.follows, made.follows_as, made.number, made.status) == (office.report, kind, "", "draft")
    text = " ".join(str(block.content) for block in Block.objects.filter(section__report=made))
    words = {
        "replace": "Báo cáo này thay thế Báo cáo số 01/BC-UBND",
        "supplement": "bổ sung",
        "correct_form": "đính chính",
    }
    assert words[kind] in text
    if kind == "replace":
        assert "Phường có 27 tổ." in text
        assert Section.objects.filter(report=made, heading="Kết quả").exists()
    if kind == "correct_form":
        assert (made.form, made.symbol) == ("letter", "UBND-VHXH")


def test_recalled_report_is_frozen(office):
    office.to("sent")
    assert "Ghi lý do." in office.refused("recall", "clerk", happened_at=timezone.now())
    office.act("recall", "clerk", reason="Gửi nhầm nơi", happened_at=timezone.now())
    assert office.report.recalled_at
    assert "đã bị thu hồi" in office.refused("replace", "drafter")


def test_notices_are_told_once_and_end_with_the_act(office):
    office.to("submitted")
    notice = Notice.objects.get()
    assert notice.user == office.people["head"]
    assert "Chờ bạn kiểm tra nội dung" in notice.text
    office.act("check_content", "head")
    notice.refresh_from_db()
    assert notice.ended_at
    assert Notice.objects.get(ended_at=None).user == office.people["chief"]


def test_notice_is_mailed_once_where_a_mail_server_is_set(
    office, mailoutbox, django_capture_on_commit_callbacks
):
    from reports import notices

    office.to("submitted")
    notice = Notice.objects.get()
    notices.mail(notice)
    notices.mail(notice)
    assert [mail.to for mail in mailoutbox] == [[office.people["head"].email]]


@pytest.mark.parametrize("status", ["approved", "issued"])
def test_the_database_refuses_a_status_without_its_proof(office, status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=office.report.pk).update(status=status)


def test_unknown_status_is_refused_by_the_database(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=office.report.pk).update(status="done")


def test_every_status_can_be_reached(office):
    seen = {office.report.status}
    for status in [s.value for s in Status if s is not Status.REFUSED][1:]:
        seen.add(office.to(status).status)
    office.report = make_again(office)
    office.to("sent")
    office.act("refuse", "clerk", reason="Thiếu biểu", happened_at=timezone.now())
    assert seen | {office.report.status} == {status.value for status in Status}


def make_again(office: Office) -> Report:
    """A second written draft of the same office."""
    report = make_report(office.ward, drafter=office.people["drafter"], unit=office.unit, symbol="BC-UBND")
    report.recipients = "Lưu: VT."
    report.save()
    report.signature_blocks.create(lines="CHỦ TỊCH", name="Trần Hồng Túc")
    make_block(make_section(report, "Kết quả"), "<p>Có.</p>")
    return report
