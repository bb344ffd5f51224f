"""How long is left until a deadline, in words: “Còn 2 ngày 3 giờ”, “Quá hạn 1 ngày”. Standard library only."""

from __future__ import annotations

import datetime

#: Under this a deadline is shown as pressing.
SOON = datetime.timedelta(days=2)


def left(deadline: datetime.datetime, now: datetime.datetime) -> str:
    """The time left or passed, in days and hours, minutes only under an hour."""
    gap = deadline - now
    lead = "Còn" if gap >= datetime.timedelta() else "Quá hạn"
    return f"{lead} {_words(abs(gap))}"


def is_pressing(deadline: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether the deadline is near or passed."""
    return deadline - now < SOON


def _words(gap: datetime.timedelta) -> str:
    hours, minutes = gap.seconds // 3600, gap.seconds % 3600 // 60
    if gap.days >= 3:
        return f"{gap.days} ngày"
    if gap.days:
        return f"{gap.days} ngày {hours} giờ" if hours else f"{gap.days} ngày"
    return f"{hours} giờ" if hours else f"{minutes} phút"
