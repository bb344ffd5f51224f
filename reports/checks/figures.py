"""Figures that contradict each other, the register, or the list they announce."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from campaigns.facts import number

from .findings import ADVICE, ERROR, WARNING, Check, Fix, Remark
from .knowledge import Knowledge, KnownIndicator, KnownTeam
from .numbers import (
    NUMBER,
    PEOPLE,
    Quantity,
    context,
    group_of,
    one_digit_apart,
    quantities,
    value_of,
)
from .sums import parts, reconciled
from .text import Line, Manuscript, bare

_ONCE = "Một số liệu chỉ có một giá trị trong báo cáo (NĐ 09/2019/NĐ-CP, Điều 4: trung thực, chính xác)"

# --- one quantity, one value --------------------------------------------------------------------------


def same_group(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The members of one group counted differently in two places, unless a sum in the text explains it."""
    explained, named_as_parts = reconciled(manuscript), parts(manuscript)
    groups: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in quantities(manuscript):
        if quantity.noun in PEOPLE and (quantity.line.index, quantity.start) not in named_as_parts:
            group = group_of(quantity, manuscript, knowledge)
            if group:
                groups[group, _time(quantity)].append(quantity)
    for (group, _), stated in groups.items():
        values = Counter(quantity.value for quantity in stated)
        if len(values) < 2 or values.keys() <= explained:
            continue
        right = _headcount(group, knowledge)
        summed = max((value for value in values if value in explained), default=None)
        usual = next(
            (v for v in (right, summed) if v is not None and v in values), values.most_common(1)[0][0]
        )
        settled = values[usual] > 1 or usual in (right, summed)
        for quantity in stated:
            if (quantity.value != usual and quantity.value not in explained) or not settled:
                others = ", ".join(sorted({q.printed for q in stated if q.value != quantity.value}))
                yield Remark(
                    quantity.line,
                    quantity.start,
                    quantity.unit_end,
                    f"Cùng một tổ nhưng số {_unit_words(quantity)} mỗi chỗ một khác: ở đây {quantity.printed}, chỗ"
                    f" khác {others}.",
                )


def _unit_words(quantity: Quantity) -> str:
    return " ".join(quantity.unit.lower().split()[:2])


def _time(quantity: Quantity) -> str:
    """The year or period a number is said of, where its clause names one."""
    clause = re.split(r"[;.]\s", quantity.line.text[: quantity.start])[-1][-60:]
    found = re.findall(r"(?<!ngày )\b(?:năm|quý|tháng)\s+[\dIVX/]+", clause, re.IGNORECASE)
    return found[-1] if found and not re.search(r"/\d+/", clause) else ""


def _headcount(group: str, knowledge: Knowledge) -> Decimal | None:
    for team in knowledge.teams:
        if bare(team.name) == group and team.headcount is not None:
            return Decimal(team.headcount)
    return None


def near_numbers(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """One unit, one digit apart, in like surroundings: one of the two is probably mistyped."""
    by_unit: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in quantities(manuscript):
        if quantity.unit and len(re.sub(r"\D", "", quantity.printed)) >= 2:
            by_unit[quantity.noun].append(quantity)
    for stated in by_unit.values():
        counts = Counter(quantity.value for quantity in stated)
        if len(counts) < 2 or len(stated) > 60:
            continue
        for quantity in stated:
            if counts[quantity.value] > 1:
                continue
            for other in stated:
                if _mistyped(quantity, other, counts[other.value]) and not _two_groups(
                    quantity, other, manuscript, knowledge
                ):
                    yield Remark(
                        quantity.line,
                        quantity.start,
                        quantity.unit_end,
                        f"“{quantity.words}” chỉ khác một chữ số so với “{other.words}” ở chỗ khác"
                        f" ({other.line.section}): một trong hai có thể gõ nhầm.",
                    )
                    break


def _two_groups(one: Quantity, other: Quantity, manuscript: Manuscript, knowledge: Knowledge) -> bool:
    left, right = group_of(one, manuscript, knowledge), group_of(other, manuscript, knowledge)
    return bool(left and right and left != right)


def _mistyped(quantity: Quantity, other: Quantity, times: int) -> bool:
    if not one_digit_apart(quantity.printed, other.printed):
        return False
    digits = len(re.sub(r"\D", "", quantity.printed))
    if digits >= 4 and quantity.value >= 100:
        return True  # so many digits alike are no chance
    if quantity.value != int(quantity.value):
        return False  # measurements differ by little
    if quantity.noun == other.noun and _lead(quantity) == _lead(other) and digits >= 3:
        return True
    left, right = context(quantity), context(other)
    shared = len(left & right) / max(1, min(len(left), len(right)))
    return shared >= (0.5 if times == 1 else 0.34)


def _lead(quantity: Quantity) -> list[str]:
    """The three words before a number."""
    return quantity.line.text[: quantity.start].lower().split()[-3:]


# --- against the register -----------------------------------------------------------------------------


def printed(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A live figure whose printed words say another number than the register."""
    for line in manuscript.body:
        for named in line.mentions:
            mention = named.mention
            if mention.kind == "paper" or mention.printed is None or mention.current is None:
                continue
            said, known = _numbers(mention.printed), _numbers(mention.current)
            if said and known and said != known and not set(said) <= reconciled(manuscript):
                yield Remark(
                    line,
                    named.start,
                    _with_unit(line, named.end),
                    f"Ghi {mention.printed}, nhưng số liệu đã lưu là {mention.current}.",
                    Fix(mention.printed, mention.current, f"Sửa thành {mention.current}"),
                )


def _numbers(text: str) -> list[Decimal]:
    return [value_of(found) for found in re.findall(NUMBER, text)]


def _with_unit(line: Line, end: int) -> int:
    found = re.match(r"\s+(?:thành viên|người)", line.text[end:], re.IGNORECASE)
    return end + found.end() if found else end


def registered(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A typed number beside the words of an indicator or team whose figure is another."""
    indicators = [(one, _name_tokens(one.name)) for one in knowledge.indicators if one.value is not None]
    live = {
        (line.index, at)
        for line in manuscript.body
        for named in line.mentions
        if named.mention.kind != "paper"
        for at in range(named.start, named.end)
    }
    family = _known_counts(knowledge)
    for quantity in quantities(manuscript):
        if (quantity.line.index, quantity.start) in live or quantity.value in reconciled(manuscript):
            continue
        if re.search(r"\b(?:mỗi|bình quân|trung bình)\b", quantity.line.text, re.IGNORECASE):
            continue
        yield from _against_indicator(quantity, indicators, bool(live))
        yield from _against_team(quantity, manuscript, knowledge, family)


@lru_cache(maxsize=2000)
def _name_tokens(name: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{2,}", bare(name))
    return frozenset(words) - {"so", "luong", "cac", "cua", "tren", "tai", "da", "va", "dia", "ban"}


def _against_indicator(
    quantity: Quantity, indicators: list[tuple[KnownIndicator, frozenset[str]]], live: bool
) -> Iterator[Remark]:
    """Where no indicator that fits has the number, the one that fits best has another."""
    tokens = _name_tokens(quantity.line.text)
    label = quantity.line.text[: quantity.start].rstrip().endswith(":")
    fitting = [
        (len(wanted), indicator)
        for indicator, wanted in indicators
        if _fits(quantity, indicator, label) and wanted and len(wanted & tokens) >= 0.8 * len(wanted)
        if not (label and len(tokens - wanted) > 3)
    ]
    if any(indicator.value == quantity.value for _, indicator in fitting):
        if live:
            yield Remark(
                quantity.line,
                quantity.start,
                quantity.unit_end,
                "Số này đã có trong số liệu; chèn số liệu vào câu thì về sau luôn khớp.",
                severity=ADVICE,
            )
        return
    if not fitting:
        return
    indicator = max(fitting, key=lambda entry: entry[0])[1]
    right = number(indicator.value, indicator.decimals)
    yield Remark(
        quantity.line,
        quantity.start,
        quantity.unit_end,
        f"Ghi {quantity.words}, nhưng số liệu đã lưu “{indicator.name}” là {right}.",
        Fix(quantity.printed, right, f"Sửa thành {right}"),
    )


def _fits(quantity: Quantity, indicator: KnownIndicator, label: bool) -> bool:
    """Whether the words after the number are the indicator's unit, or a label before it says what it is."""
    unit = bare(indicator.unit).split(",")[0]
    return bool(unit) and (quantity.key.startswith(unit) or (label and not quantity.unit))


def _known_counts(knowledge: Knowledge) -> dict[int, set[Decimal]]:
    """Headcounts a team may be quoted with: its own, its parts', and their sum."""
    counts: dict[int, set[Decimal]] = defaultdict(set)
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for team in knowledge.teams:
        if team.headcount is not None:
            counts[team.id].add(Decimal(team.headcount))
            if team.parent:
                counts[team.parent].add(Decimal(team.headcount))
                sums[team.parent] += team.headcount
    for parent, total in sums.items():
        own = Decimal(knowledge.team_of[parent].headcount or 0) if parent in knowledge.team_of else Decimal()
        counts[parent] |= {total, own - min((c for c in counts[parent]), default=Decimal())}
    for indicator in knowledge.indicators:
        if indicator.value is not None and bare(indicator.unit) in ("nguoi", "thanh vien"):
            for team in knowledge.teams:
                if bare(team.name) in bare(indicator.name):
                    counts[team.id].add(indicator.value)
    return counts


def _against_team(
    quantity: Quantity, manuscript: Manuscript, knowledge: Knowledge, family: dict[int, set[Decimal]]
) -> Iterator[Remark]:
    if quantity.noun not in PEOPLE:
        return
    group = group_of(quantity, manuscript, knowledge)
    team = _team(group, knowledge)
    if team and team.headcount is not None and quantity.value not in family[team.id]:
        yield Remark(
            quantity.line,
            quantity.start,
            quantity.unit_end,
            f"Ghi {quantity.words}, nhưng {team.name} trong sổ có {team.headcount} thành viên.",
            Fix(quantity.printed, f"{team.headcount:02d}", f"Sửa thành {team.headcount:02d}"),
        )


def _team(group: str, knowledge: Knowledge) -> KnownTeam | None:
    return next((team for team in knowledge.teams if group and bare(team.name) == group), None)


CHECKS = (
    Check("group-counted-twice", "figures", ERROR, "Một tổ, một số thành viên", _ONCE, same_group),
    Check("number-mistyped", "figures", WARNING, "Hai số chỉ khác một chữ số", _ONCE, near_numbers),
    Check("figure-printed", "figures", ERROR, "Số in khác số liệu đã lưu", _ONCE, printed),
    Check("figure-registered", "figures", WARNING, "Số gõ tay khác số liệu đã lưu", _ONCE, registered),
)
