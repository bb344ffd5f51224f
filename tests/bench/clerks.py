"""Clerks for the concurrency tests and the bench: processes that take numbers of one series all at once.

    python clerks.py SERIES USER LIVING KILLED [NUMBER]

Forks LIVING + KILLED processes with connections of their own, which start together. A killed one ends itself
by SIGKILL inside its transaction, some before and some after its row was written. Prints a line for each
clerk that ended by itself: the number it was given, or the refusal.
"""

import os
import signal
import sys
import time

import django

django.setup()

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from campaigns.models import User
from reports import register
from reports.models import Series


def work(series: int, user: int, start: float, dies: str, number: int | None) -> None:
    time.sleep(max(0, start - time.time()))
    with transaction.atomic():
        held = Series.objects.get(pk=series)
        if dies == "early":
            Series.objects.select_for_update().get(pk=series)
            os.kill(os.getpid(), signal.SIGKILL)
        entry = register.allocate(
            held,
            by=User.objects.get(pk=user),
            dated=timezone.localdate(),
            title="Báo cáo",
            subject="Kết quả thử",
            number=number,
        )
        if dies == "late":
            os.kill(os.getpid(), signal.SIGKILL)
    os.write(1, f"{entry.number}\n".encode())


def clerk(*given: object) -> None:
    status = 0
    try:
        work(*given)  # type: ignore[arg-type]
    except ValidationError as error:
        os.write(1, f"refused: {error.messages[0]}\n".encode())
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        status = 1
    os._exit(status)


def main(series: int, user: int, living: int, killed: int, number: int | None = None) -> None:
    start = time.time() + 1
    fates = [""] * living + ["early", "late"] * (killed // 2)
    fates = [fates[at * 7 % len(fates)] for at in range(len(fates))] if len(fates) % 7 else fates
    children = [fork(series, user, start, fate, number) for fate in fates]
    ends = [os.waitpid(child, 0)[1] for child in children]
    dead = sum(1 for end in ends if os.WIFSIGNALED(end) and os.WTERMSIG(end) == signal.SIGKILL)
    failed = sum(1 for end in ends if os.WIFEXITED(end) and os.WEXITSTATUS(end))
    sys.exit(f"{dead} killed, {failed} failed" if (dead, failed) != (killed, 0) else 0)


def fork(*given: object) -> int:
    child = os.fork()
    if child == 0:
        clerk(*given)
    return child


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
