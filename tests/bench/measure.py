"""Medians and ratios, measured side by side: the two sides of a ratio take turns in one process."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

ROUNDS = 9


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median seconds of each work, every round running all of them once, after one warm-up round."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        gc.collect()
        for times, work in zip(taken, works, strict=True):
            times.append(seconds(work))
    return [statistics.median(times) for times in taken]


class Report:
    """Prints a line a ratio and remembers whether one was over its limit."""

    failed = False

    def ratio(self, name: str, value: float, limit: float, note: str = "") -> None:
        over = value > limit
        self.failed = self.failed or over
        print(f"{'OVER' if over else 'ok  '}  {name}: {value:.3f} (limit {limit:g}) {note}", flush=True)

    def close(self) -> None:
        raise SystemExit(1 if self.failed else 0)
