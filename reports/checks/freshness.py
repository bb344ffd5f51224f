"""Freshness: text taken over from an earlier report and not confirmed, and figures older than the period."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import ERROR, Check, Remark
from .knowledge import Knowledge
from .text import Manuscript


def unconfirmed(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """One remark for each reused block, at its first line."""
    seen: set[str] = set()
    for line in manuscript.body:
        if line.block in knowledge.unconfirmed and line.block not in seen:
            seen.add(line.block)
            yield Remark(
                line,
                0,
                len(line.text),
                "Đoạn này lấy từ báo cáo kỳ trước và chưa được xác nhận còn đúng cho kỳ này.",
            )


CHECKS = (
    Check(
        "reused-unconfirmed",
        "freshness",
        ERROR,
        "Đoạn lấy từ báo cáo trước chưa được xác nhận",
        "Người soạn thảo chịu trách nhiệm về nội dung (NĐ 30/2020/NĐ-CP, Điều 10)",
        unconfirmed,
        blocks=True,
    ),
)
