"""The register of outgoing papers: numbers in order, voids and earlier days by two people."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from campaigns import triggers
from campaigns.models import Role
from reports import register, second_person
from reports.models import Entry, Series
from tests.campaigns.factories import make_organization, make_user
from tests.reports.factories import make_report

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 5, 19)


@pytest.fixture(autouse=True)
def on_a_day_in_may(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def make_series(organization=None, **fields):
    given = {"kind": "BC", "name": "Báo cáo", "symbol": "BC-UBND", "year": TODAY.year}
    given["starts_on"] = datetime.date(TODAY.year, 1, 1)
    return Series.objects.create(organization=organization or make_organization(), **given | fields)


def give(series, by=None, **fields):
    by = by or make_user(series.organization, Role.CLERK)
    given = {"dated": TODAY, "title": "BÁO CÁO", "subject": "Kết quả thử"}
    return register.allocate(series, by=by, **given | fields)


def codes(series):
    return [entry.code for entry in series.entries.all()]


def refusal(**raised):
    return pytest.raises(ValidationError, **raised)


def test_numbers_given_here_follow_each_other_from_01():
    series = make_series()
    assert register.next_number(series) == 1
    assert [give(series).code for _ in range(3)] == ["01/BC-UBND", "02/BC-UBND", "03/BC-UBND"]
    assert register.next_number(series) == 4
    assert series.entries.first().title == "Báo cáo"


def test_a_ward_that_starts_in_the_middle_of_the_year_goes_on_from_its_number():
    series = make_series(first_number=274)
    assert give(series).code == "274/BC-UBND"
    assert give(series).code == "275/BC-UBND"


def test_a_number_given_here_is_never_typed():
    with refusal(match="Để trống"):
        give(make_series(), number=7)


def test_numbers_of_the_city_are_typed_may_have_gaps_and_letters_but_come_once():
    series = make_series(source="city")
    give(series, number=274)
    give(series, number=280)
    give(series, number=274, suffix="a")
    assert codes(series) == ["274/BC-UBND", "274a/BC-UBND", "280/BC-UBND"]
    with refusal(match="Số 280/BC-UBND đã có trong sổ"):
        give(series, number=280)
    with refusal(match="Nhập số"):
        give(series)


@pytest.mark.parametrize(
    ("typed", "meant"), [("274", (274, "")), (" 0274A ", (274, "a")), ("06", (6, "")), ("9đ", (9, "đ"))]
)
def test_a_typed_number_is_read(typed, meant):
    assert register.parse_number(typed) == meant


@pytest.mark.parametrize("typed", ["", "0", "a1", "1-2", "274/BC", "12345678", "1.5", "-3", "²"])
def test_what_is_not_a_number_is_refused(typed):
    with refusal(match="Số chỉ gồm chữ số"):
        register.parse_number(typed)


def test_a_day_does_not_go_back_nor_ahead():
    series = make_series()
    give(series)
    with refusal(match="hôm nay"):
        give(series, dated=TODAY + datetime.timedelta(1))
    with refusal(match="ghi lùi ngày") as raised:
        give(series, dated=TODAY - datetime.timedelta(1))
    assert raised.value.code == "back_dated"
    assert codes(series) == ["01/BC-UBND"]


def test_an_earlier_day_needs_a_reason_and_a_second_person_and_serves_once():
    series = make_series()
    clerk, chief = (make_user(series.organization, role) for role in (Role.CLERK, Role.CHIEF_OF_OFFICE))
    give(series, clerk)
    earlier = TODAY - datetime.timedelta(1)
    with refusal(match="Ghi lý do"):
        second_person.ask_back_dating(series, by=clerk, dated=earlier, reason=" ")
    asked = second_person.ask_back_dating(series, by=clerk, dated=earlier, reason="Ký hôm qua")
    with refusal(match="sớm hơn"):
        give(series, clerk, dated=earlier)
    with refusal(match="phải khác"):
        second_person.confirm_back_dating(asked, clerk)
    second_person.confirm_back_dating(asked, chief)
    entry = give(series, clerk, dated=earlier)
    assert (entry.code, entry.back_dated_reason) == ("02/BC-UBND", "Ký hôm qua")
    assert (entry.back_dated_by, entry.back_dated_confirmed_by) == (clerk, chief)
    with refusal(match="sớm hơn"):
        give(series, clerk, dated=earlier)


def test_a_number_is_void_by_two_people_with_a_reason_and_never_given_again():
    series = make_series()
    clerk, chief = (make_user(series.organization, role) for role in (Role.CLERK, Role.CHIEF_OF_OFFICE))
    drafter = make_user(series.organization)
    entry = give(series, clerk)
    with refusal(match="Ghi lý do"):
        second_person.ask_void(entry, "", clerk)
    entry = second_person.ask_void(entry, "Cấp nhầm loại", clerk)
    assert entry.is_void_asked
    for person, words in ((clerk, "phải khác"), (drafter, "Chỉ văn thư")):
        with refusal(match=words):
            second_person.confirm_void(entry, person)
    assert second_person.confirm_void(entry, chief).is_void
    assert give(series, clerk).code == "02/BC-UBND"
    with refusal(match="đã hủy"):
        second_person.ask_void(entry, "lần nữa", clerk)


def test_a_report_has_one_number_until_it_is_void():
    series = make_series()
    clerk, chief = (make_user(series.organization, role) for role in (Role.CLERK, Role.CHIEF_OF_OFFICE))
    report = make_report(series.organization)
    entry = give(series, clerk, report=report)
    with refusal(match="đã được cấp số 01/BC-UBND"):
        give(series, clerk, report=report)
    second_person.confirm_void(second_person.ask_void(entry, "Nhầm", clerk), chief)
    assert give(series, clerk, report=report).number == 2


def test_the_database_itself_refuses_a_number_twice_and_a_void_by_one():
    series = make_series()
    entry = give(series)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            series=series, number=1, symbol="BC-UBND", dated=TODAY, title="x", given_by=entry.given_by
        )
    one = {"void_by": entry.given_by, "void_confirmed_by": entry.given_by, "void_reason": "x"}
    for fields in ({"state": "void"}, {"state": "void", **one}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**fields)


def test_next_years_series_opens_itself_from_this_years():
    last = make_series(year=TODAY.year - 1, starts_on=datetime.date(TODAY.year - 1, 7, 1), first_number=50)
    series = register.series_for(last.organization, "BC", TODAY)
    assert (series.year, series.symbol, series.first_number) == (TODAY.year, "BC-UBND", 1)
    assert register.series_for(last.organization, "BC", TODAY) == series
    assert register.series_for(last.organization, "BC", last.starts_on) == last
    with refusal(match="bắt đầu từ ngày"):
        register.series_for(last.organization, "BC", datetime.date(last.year, 6, 30))
    with refusal(match="Chưa có sổ"):
        register.series_for(last.organization, "KH", TODAY)


def test_a_common_series_numbers_every_kind_that_has_none_of_its_own():
    own = make_series()
    common = make_series(own.organization, kind="*", name="Văn bản", symbol="chung")
    assert register.series_for(own.organization, "BC", TODAY) == own
    assert register.series_for(own.organization, "KH", TODAY) == common
    give(common, symbol="KH-UBND")
    give(common, symbol="QĐ-UBND")
    assert codes(common) == ["01/KH-UBND", "02/QĐ-UBND"]
    with refusal(match="Nhập ký hiệu"):
        give(common)


def test_a_cong_van_adds_the_unit_to_the_symbol_of_its_series():
    series = make_series(kind="", name="Công văn", symbol="UBND")
    assert give(series, symbol="UBND-VHXH").code == "01/UBND-VHXH"
    with refusal(match="không thuộc sổ này"):
        give(series, symbol="BC-UBND")


def test_a_number_is_lost_with_the_act_that_fails():
    series = make_series()
    with transaction.atomic():
        give(series)
        transaction.set_rollback(True)
    assert give(series).number == 1


@pytest.mark.parametrize("change", [{"number": 9}, {"suffix": "a"}, {"state": "given"}])
def test_the_database_keeps_every_number_and_every_void_one(change):
    series = make_series()
    clerk, chief = (make_user(series.organization, role) for role in (Role.CLERK, Role.CHIEF_OF_OFFICE))
    entry = second_person.ask_void(give(series, clerk), "Nhầm", clerk)
    second_person.confirm_void(entry, chief)
    rows = Entry.objects.filter(pk=entry.pk)
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        rows.update(**change | ({"void_confirmed_by": None} if "state" in change else {}))
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        rows._raw_delete("default")
    assert rows.get().code == "01/BC-UBND"
