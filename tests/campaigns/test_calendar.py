"""Working days: weekends, holidays, days worked instead; time left in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.calendar import ZONE, Calendar
from campaigns.models import DayOff, calendar_for

from .factories import make_organization

DAY = datetime.date
#: 2025: 2/5 (Friday) was free, Saturday 26/4 worked instead.
SPRING = Calendar(
    off=frozenset({DAY(2025, 4, 30), DAY(2025, 5, 1), DAY(2025, 5, 2)}), worked=frozenset({DAY(2025, 4, 26)})
)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)


def test_a_week():
    week = [DAY(2026, 5, 11) + datetime.timedelta(days=n) for n in range(7)]
    assert [Calendar().is_working(day) for day in week] == [True] * 5 + [False] * 2


def test_days_off_and_worked_instead():
    assert not SPRING.is_working(DAY(2025, 5, 2))
    assert SPRING.is_working(DAY(2025, 4, 26))
    assert SPRING.next_working_day(DAY(2025, 4, 25)) == DAY(2025, 4, 26)
    assert SPRING.next_working_day(DAY(2025, 4, 29)) == DAY(2025, 5, 5)
    assert SPRING.after(DAY(2025, 4, 25), 0) == DAY(2025, 4, 25)
    assert SPRING.after(DAY(2025, 4, 25), 4) == DAY(2025, 5, 5)


def test_a_day_in_both_lists_is_worked():
    both = Calendar(off=frozenset({DAY(2026, 5, 12)}), worked=frozenset({DAY(2026, 5, 12)}))
    assert both.is_working(DAY(2026, 5, 12))
    assert both.working_days_between(DAY(2026, 5, 11), DAY(2026, 5, 12)) == 1


@pytest.mark.parametrize(
    ("calendar", "start", "end", "days"),
    [
        (Calendar(), DAY(2026, 5, 15), DAY(2026, 5, 19), 2),
        (Calendar(), DAY(2026, 5, 16), DAY(2026, 5, 17), 0),
        (Calendar(), DAY(2026, 5, 19), DAY(2026, 5, 19), 0),
        (Calendar(), DAY(2026, 5, 19), DAY(2026, 5, 15), -2),
        (SPRING, DAY(2025, 4, 25), DAY(2025, 5, 5), 4),
        (Calendar(), DAY(2026, 1, 1), DAY(2027, 1, 1), 261),
    ],
)
def test_working_days_between(calendar, start, end, days):
    assert calendar.working_days_between(start, end) == days


DAYS = st.dates(DAY(2024, 1, 1), DAY(2028, 12, 31))


@given(DAYS, st.integers(0, 90), st.frozensets(DAYS, max_size=40), st.frozensets(DAYS, max_size=40))
def test_counting_agrees_with_walking(start, length, off, worked):
    calendar = Calendar(off, worked)
    end = start + datetime.timedelta(days=length)
    walked = sum(calendar.is_working(start + datetime.timedelta(days=n)) for n in range(1, length + 1))
    assert calendar.working_days_between(start, end) == walked
    assert calendar.working_days_between(end, start) == -walked


@pytest.mark.parametrize(
    ("now", "deadline", "words"),
    [
        ("18/05/2026 08:00", "19/05/2026 17:00", "còn 2 ngày làm việc"),
        ("18/05/2026 08:00", "19/05/2026 11:00", "còn 1 ngày làm việc 3 giờ"),
        ("15/05/2026 16:00", "18/05/2026 17:00", "còn 1 ngày làm việc 1 giờ"),
        ("16/05/2026 10:00", "18/05/2026 17:00", "còn 1 ngày làm việc"),
        ("18/05/2026 11:00", "18/05/2026 14:00", "còn 2 giờ làm việc"),
        ("18/05/2026 16:15", "18/05/2026 17:00", "còn 45 phút"),
        ("11/05/2026 09:00", "15/05/2026 16:00", "còn 4 ngày làm việc"),
        ("18/05/2026 18:00", "18/05/2026 23:30", "còn 5 giờ, ngoài giờ làm việc"),
        ("18/05/2026 12:10", "18/05/2026 12:30", "còn 20 phút"),
        ("16/05/2026 06:00", "17/05/2026 23:00", "còn 1 ngày nghỉ"),
        ("19/05/2026 17:00", "19/05/2026 17:00", "còn 0 phút"),
        ("21/05/2026 17:00", "19/05/2026 17:00", "quá hạn 2 ngày làm việc"),
        ("19/05/2026 17:20", "19/05/2026 17:00", "quá hạn 20 phút"),
        ("20/05/2026 10:00", "19/05/2026 17:00", "quá hạn 2 giờ làm việc"),
    ],
)
def test_time_left(now, deadline, words):
    assert Calendar().left(at(now), at(deadline)) == words


def test_a_holiday_takes_its_hours_away():
    assert SPRING.left(at("29/04/2025 16:00"), at("05/05/2025 17:00")) == "còn 1 ngày làm việc 1 giờ"


def test_other_zones_are_brought_to_vietnam():
    now = datetime.datetime(2026, 5, 18, 1, tzinfo=datetime.UTC)  # 8:00 in Vietnam
    assert Calendar().left(now, at("18/05/2026 17:00")) == "còn 1 ngày làm việc"


def test_a_thousand_years_are_counted_at_once():
    """In 400 years the week repeats: 146,097 days are 20,871 weeks of five working days."""
    assert Calendar().working_days_between(DAY(2026, 5, 18), DAY(2826, 5, 18)) == 2 * 20871 * 5


@pytest.mark.django_db
def test_own_days_outweigh_those_of_everyone(django_assert_num_queries):
    ward, other = make_organization(), make_organization()
    DayOff.objects.create(day=DAY(2026, 5, 11), name="Lễ")
    DayOff.objects.create(day=DAY(2026, 5, 12), name="Lễ")
    DayOff.objects.create(organization=ward, day=DAY(2026, 5, 12), kind="worked", name="Trực")
    DayOff.objects.create(organization=other, day=DAY(2026, 5, 13), name="Của nơi khác")
    with django_assert_num_queries(1):
        calendar = calendar_for(ward)
    assert calendar == Calendar(off=frozenset({DAY(2026, 5, 11)}), worked=frozenset({DAY(2026, 5, 12)}))
