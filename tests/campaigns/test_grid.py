"""The figures grid: what is typed, kept, refused, compared, summed; chat lines; who may."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from campaigns.chat import heard, place_in
from campaigns.models import Event, Reading

from .factories import make_indicator, make_neighbourhood, make_organization, make_reading, queries_of

MAY = {"tu": "1/5/2026", "den": "31/5/2026", "chot": ""}
APRIL = {"period_from": datetime.date(2026, 4, 1), "period_to": datetime.date(2026, 4, 30)}
PLACES = {5: "Tổ dân phố 5", 15: "Tổ dân phố 15", 7: "Khu dân cư Lỗ Sơn", 8: "Tổ dân phố Sơn"}


@pytest.fixture
def places(ward):
    return [make_neighbourhood(ward, name=f"Tổ dân phố {n}") for n in (1, 2, 3)]


@pytest.fixture
def accounts(ward):
    return make_indicator(ward, name="Tài khoản định danh")


@pytest.fixture
def share(ward):
    return make_indicator(ward, name="Hộ có người biết dùng", measure="ratio")


def look(client, *indicators, **more):
    return client.get(reverse("grid"), {"nd": [i.pk for i in indicators], **MAY, **more})


def name(indicator, place):
    return f"c-{indicator.pk}-{place.pk if place else 0}"


def send(client, indicators, cells, url="grid", was=None, **more):
    data = {"nd": [i.pk for i in indicators], **MAY}
    for (indicator, place), text in cells.items():
        data[name(indicator, place)] = text
        data[f"w{name(indicator, place)}"] = (was or {}).get((indicator, place), "")
    return client.post(reverse(url), data | more)


def cell_of(answer, indicator, place):
    return next(c for c in answer.context["sheet"].cells if c.name == name(indicator, place))


def test_a_sheet_is_saved_by_plain_post(drafter, ward, places, accounts, share):
    one, two, three = places
    cells = {(accounts, one): "1.204", (accounts, two): "0", (share, one): "45/60", (accounts, None): "2000"}
    answer = send(drafter, [accounts, share], cells, save="1")
    assert answer.status_code == 302
    shown = drafter.get(answer.url)
    assert [cell_of(shown, accounts, place).text for place in (*places, None)] == ["1.204", "0", "", "2.000"]
    assert [cell_of(shown, accounts, place).state for place in places] == ["saved", "saved", "empty"]
    totals = [total for _, total in shown.context["totals"]]
    assert [(t["words"], t["coverage"]) for t in totals] == [("1.204", "2/3"), ("45/60", "1/3")]
    reading = Reading.objects.get(indicator=share, neighbourhood=one)
    assert (reading.numerator, reading.denominator, reading.as_of) == (45, 60, datetime.date(2026, 5, 31))
    assert not Reading.objects.filter(neighbourhood=three).exists()


def test_no_figure_yet_is_not_zero(drafter, places, accounts):
    one, two, three = places
    send(drafter, [accounts], {(accounts, one): "chưa có", (accounts, two): "0", (accounts, three): "-"})
    assert Reading.objects.get(neighbourhood=one).is_missing
    assert Reading.objects.get(neighbourhood=two).value == 0
    shown = look(drafter, accounts)
    assert [cell_of(shown, accounts, p).state for p in places] == ["missing", "saved", "missing"]
    assert shown.context["totals"][0][1]["coverage"] == "1/3"


def test_emptying_a_cell_says_no_figure_and_keeps_the_reading(drafter, places, accounts):
    reading = make_reading(accounts, neighbourhood=places[0], value=5, note="đã đối chiếu")
    send(drafter, [accounts], {(accounts, places[0]): ""}, was={(accounts, places[0]): "5"})
    reading.refresh_from_db()
    assert reading.is_missing
    assert reading.note == "đã đối chiếu"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12.5", "Không đọc được số này"),
        ("abc", "Không đọc được số này"),
        ("1,5", "tối đa 0 chữ số thập phân"),
        ("45/60", "Không đọc được số này"),
        ("9" * 40, "18"),
    ],
)
def test_a_fault_stays_beside_its_cell_and_the_others_are_saved(drafter, places, accounts, text, words):
    answer = send(drafter, [accounts], {(accounts, places[0]): text, (accounts, places[1]): "7"})
    assert words in cell_of(answer, accounts, places[0]).error
    page = answer.content.decode()
    assert f'href="#{name(accounts, places[0])}"' in page
    assert f'value="{text}"' in page
    assert list(Reading.objects.values_list("neighbourhood", "value")) == [(places[1].pk, 7)]


@pytest.mark.parametrize("text", ["45", "45/", "/60", "61/60", "5/0", "-1/5", "a/b", "1/2/3"])
def test_a_ratio_needs_both_parts(drafter, places, share, text):
    answer = send(drafter, [share], {(share, places[0]): text})
    assert cell_of(answer, share, places[0]).error
    assert not Reading.objects.exists()


def test_two_people_in_one_cell_are_told_and_nobody_is_overwritten_unseen(drafter, places, accounts):
    place = places[0]
    make_reading(accounts, neighbourhood=place, value=45)
    refused = send(drafter, [accounts], {(accounts, place): "50"})
    assert "Vừa có người ghi “45”" in cell_of(refused, accounts, place).error
    assert Reading.objects.get().value == 45
    shown = cell_of(refused, accounts, place)
    send(drafter, [accounts], {(accounts, place): shown.text}, was={(accounts, place): shown.was})
    assert Reading.objects.get().value == 50


def test_the_period_before_stands_beside_each_cell(drafter, places, accounts, share):
    make_reading(accounts, neighbourhood=places[0], value=41, **APRIL, as_of=APRIL["period_to"])
    march = {"period_from": datetime.date(2026, 3, 1), "period_to": datetime.date(2026, 3, 31)}
    make_reading(accounts, neighbourhood=places[0], value=1, **march)
    make_reading(share, neighbourhood=places[1], numerator=3, denominator=4, **march)
    shown = look(drafter, accounts, share)
    assert cell_of(shown, accounts, places[0]).last == "41"
    assert cell_of(shown, accounts, places[1]).last == ""
    assert cell_of(shown, share, places[1]).last == "3/4"
    assert "Kỳ trước: 41" in shown.content.decode()


def test_the_source_is_kept_with_person_and_day(drafter, places, accounts):
    more = {"source": "Công an phường", "giver": "Nguyễn Văn A", "given_on": "12/5/2026"}
    send(drafter, [accounts], {(accounts, places[0]): "7"}, **more)
    assert Reading.objects.get().source == "Công an phường (Nguyễn Văn A, ngày 12/5/2026)"
    wrong = send(drafter, [accounts], {(accounts, places[1]): "8"}, given_on="99/9/2026")
    assert "given_on" in wrong.context["source"].errors
    assert 'value="8"' in wrong.content.decode()
    assert Reading.objects.count() == 1


def test_cells_are_saved_while_one_types(drafter, places, accounts):
    cells = {(accounts, places[0]): "1204", (accounts, places[1]): "x"}
    answer = send(drafter, [accounts], cells, url="grid_cells").json()
    good, bad = answer["cells"][name(accounts, places[0])], answer["cells"][name(accounts, places[1])]
    assert good == {"state": "saved", "text": "1.204", "was": "1.204", "error": ""}
    assert (bad["state"], bad["text"]) == ("invalid", "x")
    assert answer["totals"] == [{"words": "1.204", "coverage": "1/3", "full": False}]
    assert send(drafter, [], {}, url="grid_cells").status_code == 400


def test_one_saving_is_one_event(drafter, places, accounts):
    make_reading(accounts, neighbourhood=places[0], value=4)
    was = {(accounts, places[0]): "4"}
    send(drafter, [accounts], {(accounts, places[0]): "5", (accounts, places[1]): "6"}, was=was)
    event = Event.objects.get()
    label = "Tổ dân phố 1, Tài khoản định danh"
    assert (event.before["fields"][label], event.after["fields"][label]) == ("4", "5")
    send(drafter, [accounts], {(accounts, places[0]): "5"}, was={(accounts, places[0]): "5"})
    assert Event.objects.count() == 1


def test_chat_lines_fill_cells_to_be_looked_over(drafter, places, share, accounts):
    chat = "Anh Bình: Tổ 1: 45/60\n- TDP số 02 được 30 trên 40 hộ ạ\nMai em gửi\ntổ 3 chưa có"
    more = {"chat": chat, "column": share.pk, "read": "1", name(accounts, places[0]): "9"}
    answer = send(drafter, [accounts, share], {}, **more)
    assert [cell_of(answer, share, p).text for p in places] == ["45/60", "30/40", "chưa có"]
    assert [cell_of(answer, share, p).state for p in places] == ["waiting"] * 3
    assert cell_of(answer, accounts, places[0]).text == "9"  # typed before, not lost
    assert answer.context["chat"]["chat"].value() == "Mai em gửi"
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Tổ 5: 45/60", {5: "45/60"}),
        ("tổ dân phố số 05 - 1.204 người", {5: "1.204"}),
        ("TDP15 = 12", {15: "12"}),
        ("Lỗ Sơn: 3 trong tổng số 4", {7: "3/4"}),
        ("Tổ dân phố Sơn báo cáo 12,5", {8: "12,5"}),
        ("to 5 chua co so lieu", {5: "chưa có"}),
        ("Tổ 5: 45/60; tổ 15: 7", {5: "45/60", 15: "7"}),
        ("Tổ 5: 4\nTổ 5: 6", {5: "6"}),
    ],
)
def test_chat_is_understood(line, cells):
    assert heard(line, PLACES).cells == cells


@pytest.mark.parametrize(
    "line", ["Tổ 9: 45/60", "Tổ 5 đang làm", "Tổ 5: 3 và 4", "45/60", "Tổ 5, Tổ 8: 7", "Kỳ 5: 7"]
)
def test_chat_that_could_mean_two_things_is_left(line):
    told = heard(line, PLACES)
    assert told.cells == {} or line == "Tổ 5, Tổ 8: 7"
    assert told.left or told.cells


def test_a_file_name_means_a_place():
    assert place_in("To_5_thang-5.xlsx", PLACES) == 5
    assert place_in("lo-son.jpg", PLACES) == 7
    assert place_in("IMG_2041.jpg", PLACES) is None


def test_the_message_to_ask_has_a_line_for_every_place(drafter, places, accounts, share):
    asking = look(drafter, accounts, share).context["asking"]
    assert "kỳ 01/5/2026 đến 31/5/2026" in asking
    assert all(f"{place}: …\t…/…" in asking for place in places)


def test_places_that_were_gone_are_left_out_unless_they_told(drafter, ward, places, accounts):
    gone = make_neighbourhood(ward, name="Tổ cũ", valid_to=datetime.date(2026, 1, 1))
    shown = look(drafter, accounts)
    assert "Tổ cũ" not in shown.content.decode()
    make_reading(accounts, neighbourhood=gone, value=1)
    assert "Tổ cũ" in look(drafter, accounts).content.decode()


def test_queries_do_not_grow_with_places_and_columns(drafter, ward, places, accounts):
    more = [make_indicator(ward) for _ in range(5)]
    url = f"{reverse('grid')}?nd={accounts.pk}&nd={more[0].pk}&tu=1/5/2026&den=31/5/2026"
    few = queries_of(drafter, url)
    for _ in range(30):
        place = make_neighbourhood(ward)
        make_reading(more[0], neighbourhood=place, value=1)
        make_reading(more[1], neighbourhood=place, value=1, **APRIL)
    url += "".join(f"&nd={indicator.pk}" for indicator in more[1:])
    assert queries_of(drafter, url) == few <= 20


def test_saving_asks_the_same_however_many_cells(drafter, ward, accounts, django_assert_max_num_queries):
    rows = [make_neighbourhood(ward) for _ in range(40)]
    with django_assert_max_num_queries(30):
        send(drafter, [accounts], {(accounts, place): "7" for place in rows})
    assert Reading.objects.count() == 40


def test_choice_and_faults_of_the_period(drafter, accounts, ward):
    assert drafter.get(reverse("grid")).context["form"].is_bound is False
    wrong = drafter.get(reverse("grid"), {"nd": accounts.pk, "tu": "31/5/2026", "den": "1/5/2026"})
    assert "den" in wrong.context["form"].errors
    for bad in ("x", "9" * 30):
        assert drafter.get(reverse("grid"), {"nd": bad, **MAY}).context["form"].errors["nd"]
    many = [make_indicator(ward) for _ in range(9)]
    assert "nhiều nhất 8" in str(look(drafter, *many).context["form"].errors["nd"])


def test_the_sheet_is_for_writers_and_their_own_indicators(drafter, leader, stranger, accounts):
    for url in ("grid", "grid_cells"):
        assert send(leader, [accounts], {}, url=url).status_code == 403
    assert leader.get(reverse("grid")).status_code == 403
    assert look(stranger, accounts).context["form"].errors["nd"]
    assert send(stranger, [accounts], {}, url="grid_cells").status_code == 400


def test_places_of_another_ward_take_no_figure(drafter, accounts):
    other = make_neighbourhood(make_organization())
    send(drafter, [accounts], {(accounts, other): "7"})
    assert not Reading.objects.exists()


def test_decimals_are_kept_as_typed(drafter, ward, places):
    rate = make_indicator(ward, decimals=2)
    send(drafter, [rate], {(rate, places[0]): "1.234,56"})
    assert Reading.objects.get().value == Decimal("1234.56")
