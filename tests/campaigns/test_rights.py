"""Who may sign, who is proposed, who is refused; roles held for another; what the forms refuse."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from campaigns import holidays, rights
from campaigns.gate import actor_of
from campaigns.models import Absence, DayOff, Event, Membership, Role, SigningRight, StandIn, calendar_for

from .factories import (
    client_of,
    make_absence,
    make_campaign,
    make_membership,
    make_organization,
    make_paper,
    make_right,
    make_stand_in,
    make_unit,
    make_user,
    queries_of,
)

DAY = datetime.date
TODAY = DAY(2026, 5, 19)
DEPUTY = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
AUTHORISED = {
    "kind": "authorised",
    "lines": "TUQ. CHỦ TỊCH\nTRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI",
    "notice": "Giấy ủy quyền số 01/GUQ-UBND",
    "scope": "báo cáo chuyên đề chuyển đổi số",
    "valid_from": DAY(2026, 5, 1),
    "valid_to": DAY(2026, 5, 31),
}


@pytest.fixture
def chairman(ward):
    return make_right(make_user(ward, Role.LEADER), ward, "chairman", lines="CHỦ TỊCH")


@pytest.fixture
def deputies(ward):
    return [make_right(make_user(ward, Role.LEADER), ward) for _ in range(2)]


def actor(user, **session):
    request = RequestFactory().get("/")
    request.user, request.session = user, SessionStore()
    request.session.update(session)
    return actor_of(request)


# --- in force, proposed, refused ------------------------------------------------------------------------


def test_a_right_is_in_force_from_its_first_to_its_last_day(ward):
    right = make_right(make_user(ward), ward, valid_from=DAY(2026, 5, 1), valid_to=DAY(2026, 5, 31))
    found = {
        day: set(rights.in_force(ward, DAY.fromisoformat(day)))
        for day in ("2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01")
    }
    assert found == {"2026-04-30": set(), "2026-05-01": {right}, "2026-05-31": {right}, "2026-06-01": set()}


def test_closed_accounts_people_who_left_and_other_wards_have_no_right(ward):
    closed = make_user(ward, is_active=False)
    left = make_user()
    make_membership(left, ward, valid_to=DAY(2026, 5, 18))
    for person in (closed, left):
        make_right(person, ward)
    make_right(make_user(ward), make_organization())
    assert not rights.in_force(ward, TODAY)
    assert rights.in_force(ward, DAY(2026, 5, 18)).count() == 1


def test_the_assigned_deputy_is_proposed_then_the_chairman_then_the_others(ward, chairman, deputies):
    unit, campaign = make_unit(ward), make_campaign(ward)
    other, assigned = deputies
    assert rights.proposed(ward, TODAY) == [chairman, other, assigned]
    assigned.units.add(unit)
    assert rights.proposed(ward, TODAY, unit, campaign) == [assigned, chairman, other]
    other.units.add(unit)
    other.campaigns.add(campaign)
    assert rights.proposed(ward, TODAY, unit, campaign) == [other, assigned, chairman]
    assert rights.proposed(ward, TODAY, make_unit(ward)) == [chairman, other, assigned]


def test_the_absent_come_last_and_say_so(ward, chairman, deputies):
    unit = make_unit(ward)
    other, assigned = deputies
    assigned.units.add(unit)
    make_absence(assigned.person, ward, valid_from=TODAY, valid_to=None)
    make_absence(chairman.person, ward, valid_from=DAY(2026, 5, 1), valid_to=DAY(2026, 5, 18))
    found = rights.proposed(ward, TODAY, unit)
    assert [(right, right.away) for right in found] == [(chairman, False), (other, False), (assigned, True)]
    assert rights.refusal(assigned, assigned.person, TODAY) == ""  # back early


def test_the_drafter_is_never_proposed(ward, chairman, deputies):
    assert rights.proposed(ward, TODAY, but=chairman.person) == deputies


def test_by_order_and_authorised_reach_no_further_than_they_name(ward, chairman):
    unit, campaign = make_unit(ward), make_campaign(ward)
    authorised = make_right(make_user(ward), ward, **AUTHORISED, campaigns=[campaign])
    by_order = make_right(make_user(ward), ward, "by_order", lines="TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG")
    assert rights.proposed(ward, TODAY, unit, campaign) == [chairman, authorised, by_order]
    assert rights.proposed(ward, TODAY, unit) == [chairman, by_order]


def test_queries_of_a_proposal_are_constant(ward, django_assert_num_queries):
    for _ in range(9):
        make_right(make_user(ward, Role.LEADER), ward, units=[make_unit(ward)])
    with django_assert_num_queries(4):
        assert len(rights.proposed(ward, TODAY)) == 9


def test_refusals_are_sentences(ward):
    person, other = make_user(ward, full_name="Trần Thị B"), make_user(ward, full_name="Lê Văn C")
    right = make_right(person, ward, valid_from=DAY(2026, 5, 1), valid_to=DAY(2026, 5, 31))
    said = {
        "none": rights.refusal(None, person, TODAY),
        "other": rights.refusal(right, other, TODAY),
        "early": rights.refusal(right, person, DAY(2026, 4, 30)),
        "late": rights.refusal(right, person, DAY(2026, 6, 1)),
        "good": rights.refusal(right, person, TODAY),
    }
    Membership.objects.filter(user=person).update(valid_to=DAY(2026, 5, 18))
    said["left"] = rights.refusal(right, person, TODAY)
    person.is_active = False
    said["closed"] = rights.refusal(right, person, TODAY)
    assert said == {
        "none": "Trần Thị B không có quyền ký có hiệu lực ngày 19/5/2026. Hãy chọn người ký khác.",
        "other": "Quyền ký này là của Trần Thị B, không phải của Lê Văn C.",
        "early": "Quyền ký của Trần Thị B chỉ có hiệu lực từ ngày 01/5/2026, chưa có ngày 30/4/2026.",
        "late": "Quyền ký của Trần Thị B đã hết hiệu lực sau ngày 31/5/2026.",
        "good": "",
        "left": "Ngày 19/5/2026, Trần Thị B không giữ vai trò nào ở đơn vị nên không ký được.",
        "closed": "Tài khoản của Trần Thị B đã khóa nên không ký được.",
    }


def test_lines(ward):
    right = make_right(make_user(ward), ward, lines=" TM. ỦY BAN NHÂN DÂN \n\nCHỦ TỊCH\n")
    assert rights.lines_of(right) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


# --- roles ----------------------------------------------------------------------------------------------


def test_a_stand_in_holds_the_role_on_his_days_only(ward):
    clerk, drafter = make_user(ward, Role.CLERK), make_user(ward)
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    row = make_stand_in(clerk, drafter, ward)
    now = actor(drafter)
    assert now.roles == {Role.DRAFTER, Role.CLERK}
    assert [(s.absent, s.role, s.unit) for s in now.standing_in] == [(clerk, Role.CLERK, None)]
    assert now.instead_of(Role.CLERK) == row
    assert now.instead_of(Role.DRAFTER) is None
    for first, last in ((today - 2 * day, today - day), (today + day, today + 2 * day)):
        StandIn.objects.update(valid_from=first, valid_to=last)
        assert actor(drafter).roles == {Role.DRAFTER}


def test_a_head_is_head_of_his_unit_and_of_those_he_stands_in_for(ward):
    own, other, third = make_unit(ward), make_unit(ward), make_unit(ward)
    head = make_user()
    make_membership(head, ward, Role.HEAD, unit=own)
    colleague = make_user(ward, Role.HEAD)
    row = make_stand_in(colleague, head, ward, role=Role.HEAD, unit=other)
    now = actor(head)
    assert now.headed == {own.pk, other.pk}
    assert [now.is_head_of(unit.pk) for unit in (own, other, third)] == [True, True, False]
    assert now.is_head_of(None)
    assert now.instead_of(Role.HEAD, own.pk) is None
    assert now.instead_of(Role.HEAD, other.pk) == row
    assert actor(colleague).is_head_of(third.pk), "a role that names no unit holds in every unit"
    assert not actor(make_user(ward)).is_head_of(own.pk)


def test_a_stand_in_elsewhere_or_without_a_role_of_his_own_is_none(ward):
    other = make_organization()
    person, outsider = make_user(ward), make_user()
    make_stand_in(make_user(other, Role.CLERK), person, other)
    make_stand_in(make_user(ward, Role.CLERK), outsider, ward)
    assert actor(person).roles == {Role.DRAFTER}
    assert actor(outsider).roles == set()


def test_a_closed_account_has_no_roles(ward):
    person = make_user(ward, Role.ADMINISTRATOR, is_active=False)
    make_stand_in(make_user(ward, Role.CLERK), person, ward)
    assert actor(person).roles == set()
    assert client_of(person).get(reverse("settings_home")).status_code == 302


def test_an_actor_costs_two_queries(ward, django_assert_num_queries):
    person = make_user(ward)
    for _ in range(5):
        make_stand_in(make_user(ward, Role.CLERK), person, ward)
    with django_assert_num_queries(2):
        now = actor(person)
        assert len({row.absent.full_name for row in now.standing_in}) == 5


def test_a_stand_in_opens_the_pages_of_the_role(ward):
    person = make_user(ward)
    url = reverse("settings_add", args=["phong"])
    assert client_of(person).get(url).status_code == 403
    make_stand_in(make_user(ward, Role.CHIEF_OF_OFFICE), person, ward, role=Role.CHIEF_OF_OFFICE)
    assert client_of(person).get(url).status_code == 200


def test_holders_are_those_of_the_unit_and_their_stand_ins(ward):
    unit, other = make_unit(ward), make_unit(ward)
    head, away, stand_in, general = make_user(), make_user(), make_user(ward), make_user(ward, Role.HEAD)
    make_membership(head, ward, Role.HEAD, unit=other)
    make_membership(away, ward, Role.HEAD, unit=unit)
    today = timezone.localdate()
    make_stand_in(away, stand_in, ward, role=Role.HEAD, unit=unit)
    make_stand_in(away, make_user(), ward, role=Role.HEAD, unit=unit)  # belongs nowhere
    make_membership(make_user(is_active=False), ward, Role.HEAD, unit=unit)
    assert set(rights.holders(ward, Role.HEAD, today, unit)) == {away, stand_in, general}
    assert set(rights.holders(ward, Role.HEAD, today)) == {head, away, stand_in, general}


# --- the database refuses -------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [{"notice": ""}, {"scope": ""}, {"valid_from": None}, {"valid_to": None}])
def test_an_authorisation_is_in_writing_limited_in_time_and_scope(ward, missing):
    person = make_user(ward)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_right(person, ward, **AUTHORISED | missing)
    make_right(person, ward, **AUTHORISED | {"notice": "", "paper": make_paper(ward)})


def test_periods_run_forwards_and_nobody_stands_in_for_himself(ward):
    person, other = make_user(ward), make_user(ward)
    back = {"valid_from": DAY(2026, 5, 2), "valid_to": DAY(2026, 5, 1)}
    for make, args in (
        (make_right, (person, ward)),
        (make_absence, (person, ward)),
        (make_stand_in, (person, other, ward)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(*args, **back)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_stand_in(person, person, ward)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_stand_in(person, other, ward, role=Role.LEADER)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_right(person, ward, lines="")


# --- the forms refuse -----------------------------------------------------------------------------------


def add(client, what, /, **fields):
    return client.post(reverse("settings_add", args=[what]), fields)


def errors(answer):
    assert answer.status_code == 200, "nothing was refused"
    return answer.context["form"].errors


def test_a_right_is_typed_in_capitals_with_its_units(keeper, ward):
    person, unit, campaign, paper = make_user(ward), make_unit(ward), make_campaign(ward), make_paper(ward)
    answer = add(
        keeper,
        "quyen-ky",
        person=person.pk,
        kind="deputy",
        lines="TM. Ủy ban nhân dân\r\n  KT. Chủ tịch \r\n\r\nPhó Chủ tịch",
        paper=paper.code,
        units=[unit.pk],
        campaigns=[campaign.pk],
        scope="văn hóa - xã hội",
        valid_from="1/7/2025",
    )
    assert answer.status_code == 302
    right = SigningRight.objects.get()
    assert (right.lines, right.paper, right.organization) == (DEPUTY, paper, ward)
    assert (list(right.units.all()), list(right.campaigns.all())) == ([unit], [campaign])
    page = keeper.get(reverse("settings_list", args=["quyen-ky"])).content.decode()
    assert "Cấp phó ký thay (KT.)" in page
    assert str(paper) in page


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"lines": "CHỦ TỊCH"}, "lines", "“KT.”"),
        ({"kind": "chairman"}, "lines", "không ghi “KT.”"),
        ({"kind": "by_order"}, "lines", "“TL.”"),
        ({"kind": "acting"}, "lines", "“Q.”"),
        ({"kind": "authorised", "lines": "TUQ. CHỦ TỊCH"}, "paper", "văn bản ủy quyền"),
        ({"kind": "authorised", "lines": "TUQ. CHỦ TỊCH"}, "scope", "phạm vi"),
        ({"kind": "authorised", "lines": "TUQ. CHỦ TỊCH"}, "valid_to", "thời hạn"),
        ({"valid_from": "2/5/2026", "valid_to": "1/5/2026"}, "valid_to", "không được trước"),
        ({"lines": ""}, "lines", "bắt buộc"),
        ({"lines": "KT. CHỦ TỊCH" * 40}, "lines", "300"),
    ],
)
def test_impossible_rights_are_refused(keeper, ward, fields, field, words):
    given = {"person": make_user(ward).pk, "kind": "deputy", "lines": DEPUTY, "valid_from": "1/7/2025"}
    assert words in str(errors(add(keeper, "quyen-ky", **given | fields))[field])


def test_two_people_are_not_chairman_at_once(keeper, ward, chairman):
    SigningRight.objects.update(valid_from=DAY(2025, 7, 1))
    given = {"person": make_user(ward).pk, "kind": "acting", "lines": "Q. CHỦ TỊCH"}
    refused = errors(add(keeper, "quyen-ky", **given, valid_from="1/6/2026"))
    assert str(chairman.person) in str(refused["valid_from"])
    SigningRight.objects.update(valid_to=DAY(2026, 5, 31))
    assert add(keeper, "quyen-ky", **given, valid_from="1/6/2026").status_code == 302


def test_absences_do_not_overlap(keeper, ward):
    person = make_user(ward)
    given = {"person": person.pk, "valid_from": "18/5/2026", "valid_to": "20/5/2026"}
    assert add(keeper, "vang-mat", **given).status_code == 302
    assert "18/5/2026 đến 20/5/2026" in str(
        errors(add(keeper, "vang-mat", **given | {"valid_from": "20/5/2026"}))
    )
    assert add(keeper, "vang-mat", person=person.pk, valid_from="21/5/2026").status_code == 302
    assert Absence.objects.count() == 2


def test_closed_accounts_are_not_offered(keeper, ward):
    person = make_user(ward, is_active=False)
    assert "person" in errors(add(keeper, "vang-mat", person=person.pk, valid_from="18/5/2026"))


@pytest.fixture
def stand_in(ward):
    """What is typed: a drafter stands in for the head of a unit."""
    head, unit = make_user(), make_unit(ward)
    make_membership(head, ward, Role.HEAD, unit=unit, valid_to=DAY(2026, 12, 31))
    days = {"valid_from": "18/5/2026", "valid_to": "22/5/2026"}
    return {"absent": head.pk, "role": "head", "person": make_user(ward).pk, **days}


def test_the_unit_stood_in_for_is_filled_in(keeper, ward, stand_in):
    assert add(keeper, "lam-thay", **stand_in).status_code == 302
    assert StandIn.objects.get().unit.organization == ward


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"role": "clerk"}, "absent", "không giữ vai trò “Văn thư”"),
        ({"role": "leader"}, "role", "leader"),
        ({"valid_to": "1/1/2027"}, "absent", "suốt những ngày đó"),
        ({"valid_to": "17/5/2026"}, "valid_to", "không được trước"),
        ({"valid_to": ""}, "valid_to", "bắt buộc"),
    ],
)
def test_impossible_stand_ins_are_refused(keeper, stand_in, fields, field, words):
    assert words in str(errors(add(keeper, "lam-thay", **stand_in | fields))[field])


def test_a_stand_in_is_another_person_who_lacks_the_role_in_the_right_unit(keeper, ward, stand_in):
    absent = stand_in["absent"]
    assert "chính mình" in str(errors(add(keeper, "lam-thay", **stand_in | {"person": absent})))
    colleague = make_user(ward, Role.HEAD)
    assert "đã tự giữ" in str(errors(add(keeper, "lam-thay", **stand_in | {"person": colleague.pk})))
    wrong = make_unit(ward)
    assert "unit" in errors(add(keeper, "lam-thay", **stand_in, unit=wrong.pk))
    make_membership(
        Membership.objects.get(user=absent).user, ward, Role.HEAD, unit=wrong, valid_from=DAY(2026, 1, 1)
    )
    assert "nhiều nơi" in str(errors(add(keeper, "lam-thay", **stand_in))["unit"])
    assert add(keeper, "lam-thay", **stand_in, unit=wrong.pk).status_code == 302


def test_people_units_and_papers_of_another_ward_are_refused(keeper, ward, stand_in):
    other = make_organization()
    foreign, unit, campaign = make_user(other), make_unit(other), make_campaign(other)
    paper = make_paper(other, number="9988")
    given = {"kind": "deputy", "lines": DEPUTY, "paper": paper.code}
    refused = errors(
        add(keeper, "quyen-ky", person=foreign.pk, units=[unit.pk], campaigns=[campaign.pk], **given)
    )
    assert set(refused) == {"person", "units", "campaigns", "paper"}
    assert set(errors(add(keeper, "lam-thay", **stand_in | {"person": foreign.pk}))) == {"person"}


def test_a_role_does_not_end_before_it_begins(keeper, ward):
    given = {"user": make_user(ward).pk, "role": "clerk", "valid_from": "2/5/2026", "valid_to": "1/5/2026"}
    assert "không được trước" in str(errors(add(keeper, "vai-tro", **given))["valid_to"])


def test_a_weekday_is_not_worked_instead(keeper, ward):
    day = {"kind": "worked", "name": "Làm bù"}
    assert "day" in errors(add(keeper, "ngay-nghi", day="19/5/2026", **day))
    assert add(keeper, "ngay-nghi", day="23/5/2026", **day).status_code == 302


def test_a_changed_right_is_told_in_the_history(keeper, ward, chairman):
    url = reverse("settings_edit", args=["quyen-ky", chairman.pk])
    fields = {"person": chairman.person_id, "kind": "chairman", "lines": "CHỦ TỊCH", "valid_to": "31/5/2026"}
    assert keeper.post(url, fields).status_code == 302
    event = Event.objects.latest("pk")
    assert (event.act, event.after["fields"]["Đến ngày"]) == ("change", "31/5/2026")


@pytest.mark.parametrize("kind", ["quyen-ky", "vang-mat", "lam-thay", "ngay-nghi"])
def test_queries_of_the_lists_are_constant(kind, ward):
    client = client_of(make_user(ward, Role.ADMINISTRATOR))

    def fill(first):
        for n in range(first, first + 3):
            person = make_user(ward)
            make_right(person, ward, paper=make_paper(ward), units=[make_unit(ward)])
            make_absence(person, ward)
            make_stand_in(person, make_user(ward), ward, unit=make_unit(ward))
            DayOff.objects.create(organization=ward, day=DAY(2026, 5, n), name="Nghỉ")

    fill(1)
    url = reverse("settings_list", args=[kind])
    few = queries_of(client, url)
    fill(4)
    assert queries_of(client, url) == few


# --- holidays -------------------------------------------------------------------------------------------


def test_holidays_are_loaded_once_and_typed_days_stay(keeper, ward):
    DayOff.objects.create(organization=ward, day=DAY(2026, 9, 2), kind="worked", name="Trực lễ")
    page = keeper.get(reverse("settings_list", args=["ngay-nghi"])).content.decode()
    assert "Nạp ngày nghỉ lễ theo luật" in page
    keeper.post(reverse("holidays_load"))
    count = DayOff.objects.count()
    again = keeper.post(reverse("holidays_load"), follow=True)
    assert DayOff.objects.count() == count >= 40
    assert "đã đủ" in again.content.decode()
    assert DayOff.objects.get(day=DAY(2026, 9, 2)).name == "Trực lễ"
    assert Event.objects.filter(act="add").count() == 1


def test_the_years_of_the_law(ward):
    holidays.load(ward)
    calendar = calendar_for(ward)
    assert calendar.next_working_day(DAY(2026, 2, 13)) == DAY(2026, 2, 23)  # Tết Bính Ngọ
    assert calendar.next_working_day(DAY(2026, 4, 24)) == DAY(2026, 4, 28)  # Giỗ Tổ on a Sunday
    assert calendar.next_working_day(DAY(2026, 8, 28)) == DAY(2026, 9, 3)
    assert calendar.is_working(DAY(2026, 8, 22))
    assert not calendar.is_working(DAY(2026, 11, 24))
    assert not calendar.is_working(DAY(2027, 4, 16))
    for day, name in holidays.WORKED:
        assert day.weekday() >= 5, name
