"""How long is left until a deadline, in working days and hours: “Còn 2 ngày làm việc 3 giờ”, “Quá hạn 1 giờ”."""

from __future__ import annotations

import datetime

from campaigns.calendar import Calendar


def left(deadline: datetime.datetime, now: datetime.datetime, calendar: Calendar) -> str:
    """The time left or passed by an organization's calendar, opening with a capital."""
    words = calendar.left(now, deadline)
    return words[:1].upper() + words[1:]


def is_pressing(deadline: datetime.datetime, now: datetime.datetime, calendar: Calendar) -> bool:
    """Whether fewer than two working days are left, or the deadline has passed."""
    return calendar.is_pressing(now, deadline)
