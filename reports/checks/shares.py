"""Ratios and percents: arithmetic, and what stands behind a hundred percent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from campaigns.facts import number

from .findings import ERROR, WARNING, Check, Remark
from .knowledge import Knowledge
from .numbers import NUMBER, percents, ratios, value_of
from .text import Line, Manuscript

_TRUE = "NĐ 09/2019/NĐ-CP, Điều 4: số liệu trung thực, kiểm chứng được"

# --- ratios and percents ------------------------------------------------------------------------------


def shares(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """x/y beside z %: the percent is the ratio; the part is not above the whole."""
    for sentence in manuscript.sentences:
        line = sentence.line
        if "%" not in sentence.text or "/" not in sentence.text:
            continue
        inside = [ratio for ratio in ratios(line) if sentence.start <= ratio.start < sentence.end]
        near = [share for share in percents(line) if sentence.start <= share.start < sentence.end]
        for ratio in inside:
            after = [share for share in near if 0 <= share.start - ratio.end < 60]
            before = [share for share in near if 0 <= ratio.start - share.end < 40]
            beside = after[:1] or before[-1:]
            if beside and ratio.part > ratio.whole:
                yield Remark(line, ratio.start, ratio.end, "Tử số lớn hơn mẫu số.", severity=WARNING)
            for share in beside:
                told = share.value
                exact = ratio.part * 100 / ratio.whole
                step = Decimal(1).scaleb(min(int(told.as_tuple().exponent), 0))
                if abs(told - exact) > step * Decimal("0.6") and len(inside) == 1:
                    yield Remark(
                        line,
                        min(ratio.start, share.start),
                        max(ratio.end, share.end),
                        f"{line.text[ratio.start : ratio.end]} là {number(exact, 2)}%, không phải"
                        f" {line.text[share.start : share.end]}.",
                    )


_EXEMPT = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|yêu cầu|đảm bảo|bảo đảm|đề nghị|tiếp tục|hướng tới|sẽ|kế hoạch đề ra|vượt|so với"
    r"|thực hiện nghiêm|ít nhất|tối thiểu|trên)\b",
    re.IGNORECASE,
)


def hundred(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """100 % without numerator and denominator, in a sentence that claims a result."""
    body = manuscript.prose
    for at, line in enumerate(body):
        for share in percents(line):
            if share.value != 100 or line.part == "heading" or _counted(line, share.start, knowledge):
                continue
            sentence = line.sentence_at(share.start)
            if any(True for _ in ratios(line)) or _EXEMPT.search(sentence[:90]) or _by_neighbours(body, at):
                continue
            end = share.end + len(re.match(r"(?:\s+[^\s,.;:]+(?:,(?=\s))?){0,7}", line.text[share.end :])[0])  # type: ignore[index]
            yield Remark(
                line,
                share.start,
                end,
                "Ghi 100% mà không nêu tử số và mẫu số (bao nhiêu trên bao nhiêu).",
            )


def _counted(line: Line, start: int, knowledge: Knowledge) -> bool:
    """Whether a percent is a live figure with both its numbers in the register."""
    for named in line.mentions:
        if (
            named.mention.kind == "figure"
            and named.start <= start < named.end
            and named.mention.key.isdigit()
        ):
            known = knowledge.indicator_of.get(int(named.mention.key))
            return bool(known and known.denominator)
    return False


def _by_neighbours(body: tuple[Line, ...], at: int) -> bool:
    """A rate in a list of figures whose two numbers stand in the lines right above."""
    line = body[at]
    if not re.match(r"(?:Tỷ|Tỉ) lệ\b", line.text):
        return False
    values = []
    for above in reversed(body[max(0, at - 3) : at]):
        if above.owner is not line.owner or above.part != line.part:
            break
        values += [value_of(found) for found in re.findall(rf":\s*({NUMBER})\b", above.text)]
    return any(count > 1 for count in Counter(values).values())


CHECKS = (
    Check("ratio-and-percent", "figures", ERROR, "Tỷ số khớp tỷ lệ phần trăm", _TRUE, shares),
    Check("hundred-percent", "figures", WARNING, "100% có tử số và mẫu số", _TRUE, hundred),
)
