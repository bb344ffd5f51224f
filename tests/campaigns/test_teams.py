"""Teams: headcounts and where they come from, members on a day, rows of members in the form."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Member, Neighbourhood, Team

from .factories import (
    make_campaign,
    make_member,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_team,
    queries_of,
)

SCRIPT = "<script>alert('x')</script>"


def members(*rows, initial=0):
    data = {"members-TOTAL_FORMS": str(len(rows)), "members-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(rows):
        data |= {f"members-{index}-{name}": value for name, value in row.items()}
    return data


def headcounts(client, **filters):
    page = client.get(reverse("team_list"), filters).context["page"]
    return {team.name: team.headcount for team in page}


def test_headcount_is_listed_else_stated_else_unknown(drafter, ward):
    listed = make_team(ward, name="Tổ có danh sách", stated_headcount=9)
    today = datetime.date.today()
    make_member(listed)
    make_member(listed, valid_from=today, valid_to=today + datetime.timedelta(days=3))
    make_member(listed, valid_to=today - datetime.timedelta(days=3))
    make_team(ward, name="Tổ có số", stated_headcount=5)
    make_team(ward, name="Tổ chưa rõ")
    assert headcounts(drafter) == {"Tổ có danh sách": 2, "Tổ có số": 5, "Tổ chưa rõ": None}
    page = " ".join(drafter.get(reverse("team_list")).content.decode().split())
    assert "(theo danh sách)" in page
    assert "(theo quyết định)" in page
    assert '<span class="missing">chưa rõ</span>' in page
    assert headcounts(drafter, state="unknown") == {"Tổ chưa rõ": None}


def test_everybody_gone_is_zero_and_not_unknown(drafter, ward):
    team = make_team(ward, stated_headcount=5)
    make_member(team, valid_to=datetime.date(2026, 1, 31))
    page = drafter.get(reverse("team_detail", args=[team.pk]), {"day": "1/2/2026"})
    assert page.context["team"].headcount == 0
    assert list(page.context["members"]) == []
    assert "không có thành viên nào" in page.content.decode()


def test_members_are_those_of_the_chosen_day(drafter, ward):
    team = make_team(ward)
    old = make_member(team, full_name="Người cũ", valid_to=datetime.date(2026, 1, 31))
    new = make_member(team, full_name="Người mới", valid_from=datetime.date(2026, 2, 1))
    url = reverse("team_detail", args=[team.pk])
    assert list(drafter.get(url, {"day": "31/1/2026"}).context["members"]) == [old]
    assert list(drafter.get(url, {"day": "1/2/2026"}).context["members"]) == [new]
    assert "ngày 31/1/2026" in drafter.get(url, {"day": "31/1/2026"}).content.decode()


@pytest.mark.parametrize("day", ["", "31/2/2026", SCRIPT, "\x00"])
def test_a_wrong_day_shows_today_and_an_error(drafter, ward, day):
    team = make_team(ward)
    page = drafter.get(reverse("team_detail", args=[team.pk]), {"day": day})
    assert page.status_code == 200
    assert page.context["day_form"].errors
    assert SCRIPT not in page.content.decode()


def test_filters_and_search(drafter, ward):
    place, campaign = make_neighbourhood(ward), make_campaign(ward)
    make_team(ward, name="Tổ công nghệ số cộng đồng", neighbourhood=place, campaign=campaign)
    make_team(ward, name="Ban chỉ đạo", dissolved_on=datetime.date(2025, 1, 1))
    assert len(headcounts(drafter, q="cong nghe so")) == 1
    assert len(headcounts(drafter, neighbourhood=place.pk)) == 1
    assert len(headcounts(drafter, campaign=campaign.pk)) == 1
    assert list(headcounts(drafter, state="gone")) == ["Ban chỉ đạo"]
    assert list(headcounts(drafter, state="now")) == ["Tổ công nghệ số cộng đồng"]


def test_a_team_is_added_with_its_members(drafter, ward):
    decision = make_paper(ward, number="121", symbol="QĐ-UBND", kind="quyết định")
    rows = members(
        {"full_name": "Nguyễn Văn A", "part": "Tổ trưởng", "valid_from": "1/7/2025"},
        {"full_name": "Trần Thị B"},
        {"full_name": ""},
    )
    data = {"name": "Tổ giúp việc", "decision": "121/QĐ-UBND", "formed_on": "1/7/2025"} | rows
    answer = drafter.post(reverse("team_add"), data)
    team = Team.objects.get()
    assert answer.url == reverse("team_detail", args=[team.pk])
    assert (team.organization, team.decision) == (ward, decision)
    assert list(team.members.values_list("full_name", flat=True)) == ["Nguyễn Văn A", "Trần Thị B"]


def test_rows_are_changed_added_and_taken_out_together(drafter, ward):
    team = make_team(ward, name="Tổ")
    kept, gone = make_member(team), make_member(team)
    rows = members(
        {"id": kept.pk, "team": team.pk, "full_name": "Đổi tên"},
        {"id": gone.pk, "team": team.pk, "full_name": gone.full_name, "DELETE": "on"},
        {"full_name": "Người thêm"},
        initial=2,
    )
    drafter.post(reverse("team_edit", args=[team.pk]), {"name": "Tổ"} | rows)
    assert set(team.members.values_list("full_name", flat=True)) == {"Đổi tên", "Người thêm"}


def test_one_wrong_row_saves_nothing_and_loses_nothing(drafter):
    rows = members(
        {"full_name": "Nguyễn Văn A", "valid_from": "2/7/2025", "valid_to": "1/7/2025"},
        {"full_name": "", "part": "Tổ viên"},
    )
    answer = drafter.post(reverse("team_add"), {"name": "Tổ"} | rows)
    page = answer.content.decode()
    assert "Ngày kết thúc không được trước ngày bắt đầu." in page
    assert answer.context["formset"].errors[1]["full_name"]
    assert "Nguyễn Văn A" in page
    assert not Team.objects.exists()
    assert not Member.objects.exists()


def test_members_of_another_ward_cannot_be_pulled_in(drafter, ward):
    team, foreign = make_team(ward), make_member(make_team(make_organization()))
    rows = members({"id": foreign.pk, "team": team.pk, "full_name": "Lấy về"}, initial=1)
    drafter.post(reverse("team_edit", args=[team.pk]), {"name": "Tổ"} | rows)
    before = (foreign.team_id, foreign.full_name)
    foreign.refresh_from_db()
    assert (foreign.team_id, foreign.full_name) == before
    assert not team.members.filter(pk=foreign.pk).exists()


def test_choices_of_another_ward_are_refused(drafter):
    other = make_organization()
    data = {
        "name": "Tổ",
        "neighbourhood": make_neighbourhood(other).pk,
        "campaign": make_campaign(other).pk,
        "parent": make_team(other).pk,
        "decision": "121/QĐ-UBND",
    }
    make_paper(other, number="121", symbol="QĐ-UBND")
    errors = drafter.post(reverse("team_add"), data | members()).context["form"].errors
    assert set(errors) == {"neighbourhood", "campaign", "parent", "decision"}


def test_the_same_team_twice_is_refused(drafter, ward):
    place = make_neighbourhood(ward)
    data = {"name": "Tổ công nghệ số", "neighbourhood": place.pk} | members()
    assert drafter.post(reverse("team_add"), data).status_code == 302
    assert "Tổ này đã có." in drafter.post(reverse("team_add"), data).content.decode()
    assert drafter.post(reverse("team_add"), data | {"neighbourhood": ""}).status_code == 302


def test_a_team_is_not_inside_itself(drafter, ward):
    top = make_team(ward, name="Trên")
    below = make_team(ward, name="Dưới", parent=top)
    url = reverse("team_edit", args=[top.pk])
    for parent in (top, below):
        answer = drafter.post(url, {"name": "Trên", "parent": parent.pk} | members())
        assert "parent" in answer.context["form"].errors


@pytest.mark.parametrize("rows", [{}, {"members-TOTAL_FORMS": "x"}, members(*[{"full_name": "a"}] * 401)])
def test_broken_or_endless_rows_are_an_error_not_a_crash(drafter, rows):
    answer = drafter.post(reverse("team_add"), {"name": "Tổ"} | rows)
    assert answer.status_code == 200
    assert not Team.objects.exists()


def test_script_is_shown_as_text(drafter, ward):
    team = make_team(ward, name=SCRIPT, note=SCRIPT)
    make_member(team, full_name=SCRIPT, part=SCRIPT, post=SCRIPT)
    for name in ("team_detail", "team_edit", "team_delete"):
        assert SCRIPT not in drafter.get(reverse(name, args=[team.pk])).content.decode()
    assert SCRIPT not in drafter.get(reverse("team_list")).content.decode()


def test_deleting_names_the_members_that_go_too(drafter, ward):
    team = make_team(ward)
    make_member(team)
    make_member(team)
    url = reverse("team_delete", args=[team.pk])
    assert "2 thành viên" in drafter.get(url).content.decode()
    assert drafter.post(url).status_code == 302
    assert not Member.objects.exists()


def test_a_team_with_teams_under_it_is_kept(drafter, ward):
    top = make_team(ward)
    below = make_team(ward, parent=top)
    answer = drafter.post(reverse("team_delete", args=[top.pk]))
    assert answer.status_code == 409
    assert reverse("team_detail", args=[below.pk]) in answer.content.decode()


def test_queries_do_not_grow_with_the_teams(drafter, ward):
    places = [make_neighbourhood(ward) for _ in range(3)]
    decision = make_paper(ward)

    def fill(teams: int) -> None:
        made = Team.objects.bulk_create(
            Team(
                organization=ward,
                name=f"Tổ {teams} {n}",
                neighbourhood=places[n % 3],
                decision=decision,
            )
            for n in range(teams)
        )
        Member.objects.bulk_create(Member(team=team, full_name="A") for team in made for _ in range(3))

    fill(27)
    team = Team.objects.first()
    pages = [reverse("team_list"), reverse("team_add")] + [
        reverse(name, args=[team.pk]) for name in ("team_detail", "team_edit")
    ]
    few = [queries_of(drafter, page) for page in pages]
    fill(243)
    Member.objects.bulk_create(Member(team=team, full_name=f"B{n}") for n in range(60))
    assert [queries_of(drafter, page) for page in pages] == few
    assert max(few) <= 20
    assert Neighbourhood.objects.count() == 3
