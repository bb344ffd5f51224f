"""What is saved and deleted in the registers becomes events, field by field."""

from __future__ import annotations

from django.urls import reverse

from campaigns import events
from campaigns.models import Event, Paper, Team, User

from .factories import (
    make_member,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_team,
    make_unit,
    make_user,
)

PAPER = {
    "kind": "kế hoạch",
    "number": "98",
    "symbol": "KH-UBND",
    "issued_on": "19/9/2025",
    "issuer": "Ủy ban nhân dân phường Nhị Chiểu",
    "subject": "triển khai phong trào",
    "links-TOTAL_FORMS": "0",
    "links-INITIAL_FORMS": "0",
}


def only_event() -> Event:
    event = Event.objects.get()
    assert list(events.broken()) == []
    return event


def test_a_paper_added_is_told_with_every_field(drafter, ward):
    assert drafter.post(reverse("paper_add"), PAPER).status_code == 302
    event = only_event()
    assert (event.act, event.before, event.chain) == ("add", None, f"organization:{ward.pk}")
    assert event.after["name"] == str(Paper.objects.get())
    assert event.after["fields"]["Ngày ban hành"] == "19/9/2025"
    assert "" not in event.after["fields"].values()
    assert event.by_name == User.objects.get(pk=event.by_id).full_name


def test_a_paper_changed_is_told_by_the_fields_that_changed(drafter, ward):
    paper = make_paper(ward, number="98", issued_on=None, subject="cũ")
    fields = PAPER | {"subject": "mới", "in_force": "on"}
    assert drafter.post(reverse("paper_edit", args=[paper.pk]), fields).status_code == 302
    event = only_event()
    assert event.act == "change"
    assert event.before["fields"] == {"Ngày ban hành": "", "Trích yếu": "cũ"}
    assert event.after["fields"] == {"Ngày ban hành": "19/9/2025", "Trích yếu": "mới"}


def test_a_form_saved_without_a_change_is_no_event(drafter, ward):
    drafter.post(reverse("paper_add"), PAPER)
    paper = Paper.objects.get()
    assert drafter.post(reverse("paper_edit", args=[paper.pk]), PAPER).status_code == 302
    only_event()


def test_a_form_with_an_error_is_no_event(drafter):
    assert drafter.post(reverse("paper_add"), PAPER | {"issued_on": "hôm qua"}).status_code == 200
    assert not Event.objects.exists()


def test_members_are_told_with_their_team_in_one_event(drafter, ward):
    team = make_team(ward, name="Tổ số 1")
    member = make_member(team, full_name="Nguyễn Văn A")
    rows = {"members-TOTAL_FORMS": "2", "members-INITIAL_FORMS": "1", "members-0-id": member.pk}
    rows |= {"members-0-full_name": "Nguyễn Văn A", "members-1-full_name": "Trần Thị B"}
    rows |= {"members-0-part": member.part, "members-1-part": member.part}
    answer = drafter.post(reverse("team_edit", args=[team.pk]), {"name": "Tổ số 1"} | rows)
    assert answer.status_code == 302
    ((label, before),) = only_event().before["fields"].items()
    after = only_event().after["fields"][label]
    assert "Trần Thị B" in after
    assert "Trần Thị B" not in before
    assert after.startswith(before)


def test_a_row_deleted_is_told_with_what_it_held(drafter, ward):
    team = make_team(ward, name="Tổ số 1", neighbourhood=make_neighbourhood(ward, name="Tổ dân phố 5"))
    make_member(team, full_name="Nguyễn Văn A")
    assert drafter.post(reverse("team_delete", args=[team.pk])).status_code == 302
    assert not Team.objects.exists()
    event = only_event()
    assert (event.act, event.after) == ("delete", None)
    assert event.before["fields"]["Tổ dân phố"] == "Tổ dân phố 5"
    assert any("Nguyễn Văn A" in words for words in event.before["fields"].values())


def test_settings_are_told_and_a_refused_deletion_is_not(keeper, ward):
    unit = make_unit(ward, code="VHXH", name="Phòng cũ")
    keeper.post(reverse("settings_edit", args=["phong", unit.pk]), {"code": "VHXH", "name": "Phòng mới"})
    assert only_event().after["fields"] == {"Tên": "Phòng mới"}
    paper = make_paper(ward)
    make_team(ward, decision=paper)
    assert keeper.post(reverse("paper_delete", args=[paper.pk])).status_code == 409
    only_event()


def test_an_account_closed_is_told_without_its_password(keeper, ward):
    person = make_user(ward)
    fields = {"full_name": person.full_name, "email": person.email, "closed": "on"}
    assert keeper.post(reverse("person", args=[person.pk]), fields).status_code == 302
    event = only_event()
    assert event.after["fields"] == {"Tài khoản đang mở": "Không"}
    assert "password" not in str(events.written(event))


def test_another_wards_chain_stays_as_it_was(drafter, ward):
    other = make_organization()
    drafter.post(reverse("paper_add"), PAPER)
    assert events.head(f"organization:{other.pk}") == ""
    assert events.head(f"organization:{ward.pk}")
