"""Handing open work over: named first, moved once, history unchanged."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from campaigns import events
from campaigns.models import Event, Membership, Role
from reports import handover, tasks
from reports.models import HandOver, Notice
from reports.models.reports import SectionState

from .factories import (
    issued,
    make_report,
    make_request,
    make_section,
    make_user,
    make_ward,
    queries_of,
    signed_in,
)

LIST, ADD = reverse("hand_over_list"), reverse("hand_over_add")


@pytest.fixture
def keeper(ward):
    return signed_in(make_user(ward, Role.ADMINISTRATOR))


@pytest.fixture
def receiver(ward):
    return make_user(ward)


@pytest.fixture
def fields(drafter, receiver):
    return {
        "giver": drafter.pk,
        "receiver": receiver.pk,
        "day": timezone.localdate().strftime("%d/%m/%Y"),
        "reason": "Chuyển công tác",
    }


def text(answer):
    return answer.content.decode()


def later(days=3):
    return (timezone.localdate() + datetime.timedelta(days=days)).strftime("%d/%m/%Y")


def test_the_page_names_what_moves_before_it_moves(keeper, ward, drafter, receiver, fields):
    draft, done = (
        make_report(ward, subject="Việc đang làm", drafter=drafter),
        make_report(ward, drafter=drafter),
    )
    letter = make_request(ward)
    draft.requests.add(letter)
    issued(done)
    page = text(keeper.post(ADD, fields))
    assert "Việc đang làm" in page
    assert str(letter) in page
    assert "Vai trò, quyền ký" in page
    assert not HandOver.objects.exists()
    draft.refresh_from_db()
    assert draft.drafter == drafter
    assert keeper.post(ADD, fields | {"confirm": "1"}).url == LIST
    draft.refresh_from_db()
    done.refresh_from_db()
    assert (draft.drafter, done.drafter) == (receiver, drafter)
    assert "Việc đang làm" in text(keeper.get(LIST))


def test_assigned_sections_move_until_they_are_done(keeper, ward, drafter, receiver, fields):
    report = make_report(ward)
    open_one = make_section(report, "Kết quả", assignee=drafter)
    done = make_section(report, "Phương hướng", assignee=drafter, state=SectionState.DONE)
    keeper.post(ADD, fields | {"confirm": "1"})
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.assignee, done.assignee) == (receiver, drafter)
    assert HandOver.objects.get().moved == [f"Mục “Kết quả” của “{report.subject_line}”"]


def test_history_keeps_the_names_and_tells_the_hand_over(keeper, ward, drafter, receiver, fields):
    report = make_report(ward, drafter=drafter)
    with transaction.atomic():
        first = events.record("begin", drafter, ward, report.pk, after={"name": "x"})
    before = first.hash
    keeper.post(ADD, fields | {"confirm": "1"})
    first.refresh_from_db()
    assert (first.by, first.by_name, first.hash) == (drafter, drafter.full_name, before)
    told = Event.objects.filter(act="hand_over").order_by("pk")
    assert [event.chain for event in told] == [f"report:{report.pk}", f"organization:{ward.pk}"]
    assert told[0].before == {"drafter": drafter.full_name}
    assert told[0].after["drafter"] == receiver.full_name
    assert told[0].reason == "Chuyển công tác"
    page = text(keeper.get(reverse("report_history", args=[report.pk])))
    assert f"đã bàn giao việc của {drafter} cho {receiver}" in page


def test_the_receiver_is_told_once_and_the_giver_waits_for_nothing(keeper, ward, drafter, receiver, fields):
    report = make_report(ward, drafter=drafter)
    make_section(report, "Kết quả", assignee=drafter)
    waiting = Notice.objects.create(user=drafter, report=report, cause="return:1", text="Trả lại")
    keeper.post(ADD, fields | {"confirm": "1"})
    waiting.refresh_from_db()
    assert waiting.ended_at is not None
    assert Notice.objects.filter(user=receiver, report=report).count() == 1


def test_who_signs_never_becomes_the_drafter(keeper, ward, drafter, receiver, fields):
    report = make_report(ward, subject="Chờ ký", drafter=drafter, signer=receiver)
    assert "là người ký báo cáo này" in text(keeper.post(ADD, fields))
    keeper.post(ADD, fields | {"confirm": "1"})
    report.refresh_from_db()
    assert report.drafter == drafter


def test_a_leader_does_not_hand_over_what_he_wrote(keeper, ward, drafter, receiver, fields):
    """He would otherwise sign it himself."""
    Membership.objects.create(user=drafter, organization=ward, role=Role.LEADER)
    report = make_report(ward, drafter=drafter)
    keeper.post(ADD, fields | {"confirm": "1"})
    report.refresh_from_db()
    assert report.drafter == drafter


def test_a_later_day_is_done_by_the_worker_on_that_day(
    keeper, ward, drafter, receiver, fields, django_capture_on_commit_callbacks, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        assert "thực hiện ngày" in text(
            keeper.post(ADD, fields | {"day": later(), "confirm": "1"}, follow=True)
        )
    row = HandOver.objects.get()
    task = DBTaskResult.objects.get(task_path=tasks.hand_over.module_path)
    assert timezone.localtime(task.run_after).date() == row.day
    report = make_report(ward, drafter=drafter)  # written meanwhile
    handover.carry_out(row.pk)
    report.refresh_from_db()
    assert report.drafter == drafter, "the day has not come"
    HandOver.objects.update(day=timezone.localdate())
    tasks.hand_over.call(row.pk)
    report.refresh_from_db()
    assert report.drafter == receiver
    done = HandOver.objects.get()
    handover.carry_out(row.pk)
    assert HandOver.objects.get().done_at == done.done_at


def test_a_receiver_who_left_meanwhile_is_noted(ward, drafter, receiver, keeper):
    report = make_report(ward, drafter=drafter)
    row = HandOver.objects.create(
        organization=ward, giver=drafter, receiver=receiver, day=timezone.localdate(), asked_by=drafter
    )
    receiver.is_active = False
    receiver.save()
    handover.carry_out(row.pk)
    report.refresh_from_db()
    assert report.drafter == drafter
    assert "Chưa thực hiện được: Tài khoản của" in text(keeper.get(LIST))


def test_a_planned_one_is_taken_back_a_done_one_is_not(keeper, fields):
    keeper.post(ADD, fields | {"day": later(), "confirm": "1"})
    row = HandOver.objects.get()
    assert keeper.post(reverse("hand_over_withdraw", args=[row.pk])).url == LIST
    handover.carry_out(row.pk)
    assert not HandOver.objects.exists()
    keeper.post(ADD, fields | {"confirm": "1"})
    url = reverse("hand_over_withdraw", args=[HandOver.objects.get().pk])
    assert keeper.post(url).status_code == 404
    assert [event.act for event in Event.objects.order_by("pk")] == [
        "plan_hand_over",
        "withdraw_hand_over",
        "hand_over",
    ]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"day": "1/1/2020"}, "day", "không được trước hôm nay"),
        ({"reason": ""}, "reason", "bắt buộc"),
        ({"giver": "9" * 30}, "giver", ""),
    ],
)
def test_impossible_hand_overs_are_refused(keeper, fields, change, field, words):
    answer = keeper.post(ADD, fields | change | {"confirm": "1"})
    assert words in str(answer.context["form"].errors[field])
    assert not HandOver.objects.exists()


def test_the_receiver_writes_here_and_is_another(keeper, ward, drafter, fields):
    reader, foreign = make_user(ward, Role.LEADER), make_user(make_ward())
    for person, words in (
        (drafter, "người khác"),
        (reader, "không giữ vai trò soạn thảo"),
        (foreign, "Hãy chọn"),
    ):
        answer = keeper.post(ADD, fields | {"receiver": person.pk, "confirm": "1"})
        assert answer.context["form"].errors["receiver"], words
    assert not HandOver.objects.exists()


def test_one_plan_at_a_time(keeper, ward, drafter, receiver, fields):
    keeper.post(ADD, fields | {"day": later(), "confirm": "1"})
    again = keeper.post(ADD, fields | {"day": later(5), "confirm": "1"})
    assert "đang chờ" in str(again.context["form"].errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(
            organization=ward, giver=drafter, receiver=drafter, day=timezone.localdate(), asked_by=drafter
        )


def test_a_new_one_begins_today(keeper, fields):
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in text(keeper.get(ADD))


def test_going_back_keeps_what_was_typed(keeper, fields):
    page = text(keeper.post(ADD, fields | {"confirm": "1", "change": "1"}))
    assert "Chuyển công tác" in page
    assert "Xem việc sẽ chuyển" in page
    assert not HandOver.objects.exists()


def test_closed_accounts_hand_over_too(keeper, ward, drafter, receiver, fields):
    report = make_report(ward, drafter=drafter)
    drafter.is_active = False
    drafter.save()
    assert keeper.post(ADD, fields | {"confirm": "1"}).status_code == 302
    report.refresh_from_db()
    assert report.drafter == receiver


def test_only_keepers_of_the_own_ward(client, leader, stranger, keeper, ward, drafter, receiver):
    row = HandOver.objects.create(
        organization=ward, giver=drafter, receiver=receiver, day=timezone.localdate(), asked_by=drafter
    )
    withdraw = reverse("hand_over_withdraw", args=[row.pk])
    for one in (client, leader):
        assert [one.get(LIST).status_code, one.get(ADD).status_code, one.post(ADD).status_code] == [403] * 3
        assert one.post(withdraw).status_code == 403
    foreign = signed_in(make_user(make_ward(), Role.ADMINISTRATOR))
    assert "Chưa có lần bàn giao nào" in text(foreign.get(LIST))
    assert foreign.post(withdraw).status_code == 404
    assert stranger.post(withdraw).status_code == 404
    assert keeper.get(withdraw).status_code == 405
    for url in (LIST, ADD, withdraw):
        assert Client().get(url).url.startswith(reverse("account_login"))
    assert HandOver.objects.count() == 1


def test_queries_of_the_list_are_constant(keeper, ward):
    def add():
        HandOver.objects.create(
            organization=ward,
            giver=make_user(ward),
            receiver=make_user(ward),
            day=timezone.localdate(),
            asked_by=make_user(ward),
        )

    add()
    few = queries_of(keeper, LIST)
    for _ in range(9):
        add()
    assert queries_of(keeper, LIST) == few


def test_queries_of_the_confirmation_are_constant(ward, drafter, receiver, django_assert_num_queries):
    for _ in range(8):
        make_report(ward, drafter=drafter).requests.add(make_request(ward))
    with django_assert_num_queries(5):
        work = handover.work_of(drafter, receiver, ward)
        assert len(work.words) == 8
