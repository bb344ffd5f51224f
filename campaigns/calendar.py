"""Vietnamese working days and office hours: which days count, and how long is left in words. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = datetime.timedelta(days=1)
NONE = datetime.timedelta()
#: Eight hours a day (Bộ luật Lao động 2019, Điều 105), as most offices keep them.
OFFICE_HOURS = (
    (datetime.time(8), datetime.time(12)),
    (datetime.time(13), datetime.time(17)),
)
OFFICE_DAY = datetime.timedelta(hours=8)
#: From so many days on, hours are not said any more.
WHOLE_DAYS = 3


@dataclass(frozen=True)
class Calendar:
    """Days off and days worked instead; other days go by the week: Saturday and Sunday are free."""

    off: frozenset[datetime.date] = frozenset()
    worked: frozenset[datetime.date] = frozenset()

    def is_working(self, day: datetime.date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """The first working day after a day."""
        day += ONE_DAY
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """The working day that comes `count` working days later; the day itself for 0."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, start: datetime.date, end: datetime.date) -> int:
        """Working days after `start` up to and with `end`: from Friday to Tuesday 2; below 0 when reversed."""
        if end < start:
            return -self.working_days_between(end, start)
        return self._up_to(end) - self._up_to(start)

    def working_time_between(self, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
        """Office hours from one moment to a later one; 8 hours make a day. Without a zone: Vietnam's time."""
        start, end = _local(start), _local(end)
        whole = self.working_days_between(start.date(), end.date())
        return whole * OFFICE_DAY + self._worked_by(end) - self._worked_by(start)

    def left(self, now: datetime.datetime, deadline: datetime.datetime) -> str:
        """“còn 1 ngày làm việc 3 giờ”, “quá hạn 2 ngày làm việc”; by the clock when no office hour lies between."""
        lead = "còn" if now <= deadline else "quá hạn"
        start, end = min(now, deadline), max(now, deadline)
        worked = self.working_time_between(start, end)
        if worked >= datetime.timedelta(minutes=1):
            return f"{lead} {_working_words(worked)}"
        return f"{lead} {_clock_words(end - start)}"

    def is_pressing(self, now: datetime.datetime, deadline: datetime.datetime) -> bool:
        """Whether fewer than two working days are left, or none."""
        return now > deadline or self.working_time_between(now, deadline) < 2 * OFFICE_DAY

    def _up_to(self, day: datetime.date) -> int:
        """Working days from the first day of time: differences count, and no day is walked."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # 1/1/0001 was a Monday
        by_week = weeks * 5 + min(weekday + 1, 5)
        free = sum(1 for other in self.off - self.worked if other <= day and other.weekday() < 5)
        more = sum(1 for other in self.worked if other <= day and other.weekday() >= 5)
        return by_week - free + more

    def _worked_by(self, moment: datetime.datetime) -> datetime.timedelta:
        """Office hours of its day gone by at a moment, less the whole day when it is a working one."""
        if not self.is_working(moment.date()):
            return NONE
        return _gone(moment.time()) - OFFICE_DAY


def _local(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def _gone(time: datetime.time) -> datetime.timedelta:
    """Office hours before a time of day."""
    spans = ((_seconds(begin), _seconds(end)) for begin, end in OFFICE_HOURS)
    now = _seconds(time)
    return datetime.timedelta(seconds=sum(max(0, min(now, end) - begin) for begin, end in spans))


def _seconds(time: datetime.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


def _working_words(worked: datetime.timedelta) -> str:
    days, rest = divmod(worked, OFFICE_DAY)
    hours, minutes = divmod(int(rest.total_seconds()) // 60, 60)
    if days >= WHOLE_DAYS or (days and not hours):
        return f"{days} ngày làm việc"
    if days:
        return f"{days} ngày làm việc {hours} giờ"
    return f"{hours} giờ làm việc" if hours else f"{minutes} phút"


def _clock_words(gap: datetime.timedelta) -> str:
    """Time outside office hours: a night, a weekend."""
    hours, minutes = divmod(int(gap.total_seconds()) // 60, 60)
    if hours >= 24:
        return f"{hours // 24} ngày nghỉ"
    return f"{hours} giờ, ngoài giờ làm việc" if hours else f"{minutes} phút"
