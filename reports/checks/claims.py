"""Claims and how figures are written: what is said without a number, and numbers that stand on nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from campaigns.facts import number

from .cited import citations
from .findings import ADVICE, WARNING, Check, Fix, Remark
from .knowledge import Knowledge
from .numbers import PEOPLE, Quantity, group_of, percents, quantities, ratios
from .text import Line, Manuscript, bare, matches

_TRUE = "NĐ 09/2019/NĐ-CP, Điều 4: số liệu trung thực, kiểm chứng được"
_UNIFORM = "Thống nhất cách ghi trong một văn bản"

#: A claim about most people that opens a sentence.
CLAIM = re.compile(
    r"(?:^|(?<=[.!?] ))(?:Đa phần|Đa số|Phần lớn|Hầu hết|Gần như tất cả|Tuyệt đại đa số)\s+(?:[^\s,.;:]+\s*){1,5}"
)


def vague(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A claim about most people that no number carries."""
    for sentence in manuscript.sentences:
        found = CLAIM.match(sentence.text)
        if found and not re.search(r"\d", sentence.text):
            claim = found[0].rstrip()
            yield Remark(
                sentence.line,
                sentence.start,
                sentence.start + len(claim),
                "Nhận định không có số liệu: nêu bao nhiêu trên bao nhiêu, hoặc bỏ.",
            )


def target_as_result(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The number of a target where a result should stand."""
    with_target = [one for one in knowledge.indicators if one.target is not None and one.target != one.value]
    for line in manuscript.prose:
        folded = line.folded
        told = [(q.value, q.start, q.unit_end) for q in percents_and_counts(line, manuscript)]
        for indicator in with_target:
            name = bare(indicator.name)
            words = [word for word in re.findall(r"\w{3,}", name)]
            near = sum(word in folded for word in words) >= 0.8 * len(words)
            for value, start, end in told if near else ():
                if value == indicator.target and not re.search(
                    r"chi tieu|muc tieu|phan dau|ke hoach giao", folded
                ):
                    yield Remark(
                        line,
                        start,
                        end,
                        f"{number(value)} là chỉ tiêu giao của “{indicator.name}”, chưa phải kết quả đã lưu.",
                    )


def percents_and_counts(line: Line, manuscript: Manuscript) -> list[Quantity]:
    """The counted numbers of a line, percents among them."""
    shares = [Quantity(line, s.start, s.end, s.value, "%", s.end) for s in percents(line)]
    return [*(q for q in quantities(manuscript) if q.line is line), *shares]


def beyond_whole(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A ratio whose whole is smaller than a group said to be in it."""
    stated: dict[str, Quantity] = {}
    for quantity in quantities(manuscript):
        if quantity.noun in PEOPLE:
            group = group_of(quantity, manuscript, knowledge)
            if group and (group not in stated or stated[group].value < quantity.value):
                stated[group] = quantity
    for line in manuscript.prose:
        folded = line.folded
        for ratio in ratios(line):
            begin = max(folded.rfind(". ", 0, ratio.start), 0)
            inside = [
                name
                for name in stated
                if folded.find(name, begin, ratio.start) > folded.find(" cho ", begin) > -1
            ]
            for name in inside[:1]:
                most = stated[name]
                if most.value > ratio.whole:
                    end = ratio.end + len(re.match(r"(?:\s+[^\s,.;:]+){0,7}", line.text[ratio.end :])[0])  # type: ignore[index]
                    yield Remark(
                        line,
                        ratio.start,
                        end,
                        f"Mẫu số {number(ratio.whole)} nhỏ hơn số {most.words} của một nhóm được tính trong đó"
                        f" (mục {most.line.section}).",
                    )


_JUDGED = re.compile(
    r"\s+(?:nhóm|tổ|mô hình|điểm|đơn vị)?\s*(?:hoạt động|thực hiện|vận hành)\s+(?:rất\s+)?(?:tốt|hiệu quả|tích cực)"
)


def judged(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A ratio of what works well, without saying how that was measured."""
    for line in manuscript.prose:
        for ratio in ratios(line):
            found = _JUDGED.match(line.text, ratio.end)
            if found:
                yield Remark(
                    line,
                    ratio.start,
                    found.end(),
                    "Đánh giá “tốt” chưa có tiêu chí đo; nên nêu số đo cụ thể.",
                )


_LINK = re.compile(r"https?://[^\s,;)]+")


def one_link(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Many groups or pages announced, one address given."""
    by_line: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities(manuscript):
        by_line[quantity.line.index].append(quantity)
    for line in manuscript.prose:
        if "://" not in line.text:
            continue
        links = _LINK.findall(line.text)
        leads = re.search(
            r"(?:đường liên kết|đường dẫn|link|liên kết|địa chỉ)\s*(?:truy cập)?\s*:",
            line.text,
            re.IGNORECASE,
        )
        for quantity in by_line[line.index]:
            if leads and quantity.end < leads.start() and quantity.value > len(links) > 0:
                yield Remark(
                    line,
                    quantity.start,
                    leads.end() - 1,
                    f"Nêu {quantity.words} nhưng chỉ có {len(links)} đường liên kết.",
                )
                break


def undecided(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Members of a team for which neither the sentence nor the register names a decision."""
    decided = {bare(team.name) for team in knowledge.teams if team.decision}
    cited = [bare(c.line.text[c.start : c.end]) for c in citations(manuscript)]
    for quantity in quantities(manuscript):
        if quantity.noun not in PEOPLE or not re.search(
            r"thành lập|kiện toàn", quantity.line.text, re.IGNORECASE
        ):
            continue
        group = _team_before(quantity, manuscript, knowledge)
        if group and group not in decided and not any(group in words for words in cited):
            yield Remark(
                quantity.line,
                quantity.start,
                quantity.unit_end,
                f"Chưa có quyết định nào làm căn cứ cho số {quantity.words} này.",
            )


def _team_before(quantity: Quantity, manuscript: Manuscript, knowledge: Knowledge) -> str:
    """The group's name by glossary, register or repetition; else the words from "Tổ", "Đội" on before "với"."""
    group = group_of(quantity, manuscript, knowledge)
    before = re.split(r"[;.]\s", quantity.line.text[: quantity.start])[-1]
    found = re.search(
        r"\b((?:Tổ|Đội|Ban|Hội đồng)\s+[^,;.]{8,120}?)\s+(?:với|có|gồm)\s+(?:tổng số\s+)?$", before
    )
    named = bare(found[1]) if found else ""
    return group if not named or group in named else named


def small_numbers(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """One-digit counts of one unit, some with a zero before them as official papers write them, some without."""
    ways: dict[str, dict[bool, list[Quantity]]] = defaultdict(lambda: {True: [], False: []})
    for quantity in quantities(manuscript):
        if quantity.unit and quantity.value < 10 and re.fullmatch(r"0?\d", quantity.printed):
            ways[quantity.noun][quantity.printed.startswith("0")].append(quantity)
    for both in ways.values():
        if not both[True] or not both[False]:
            continue
        for quantity in both[False]:
            yield Remark(
                quantity.line,
                quantity.start,
                quantity.unit_end,
                "Số có một chữ số ghi không thống nhất: chỗ khác thêm số 0 ở trước.",
                Fix(quantity.printed, f"0{quantity.printed}", f"Ghi 0{quantity.printed}"),
            )


def thousands(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Numbers of four digits and more with and without a dot; the rarer way is pointed at."""
    ways: dict[bool, list[Quantity]] = {True: [], False: []}
    for quantity in quantities(manuscript):
        whole = quantity.printed.split(",")[0]
        if quantity.value >= 1000 and quantity.unit:
            ways["." in whole].append(quantity)
    if ways[True] and ways[False]:
        for quantity in ways[len(ways[True]) < len(ways[False])]:
            written = (
                number(quantity.value) if "." not in quantity.printed else quantity.printed.replace(".", "")
            )
            yield Remark(
                quantity.line,
                quantity.start,
                quantity.unit_end,
                "Dấu phân cách hàng nghìn không thống nhất trong báo cáo.",
                Fix(quantity.printed, written, f"Ghi {written}"),
            )


_INVITE = re.compile(
    r"https?://(?:zalo\.me/g/|chat\.whatsapp\.com/|t\.me/(?:\+|joinchat)|(?:www\.)?facebook\.com/groups/|m\.me/j/"
    r"|(?:us\d*\.)?zoom\.us/j/|meet\.google\.com/)[^\s,;)]*"
)
_PERSONAL = re.compile(
    r"\b(?:CCCD|CMND|căn cước(?: công dân)?|số tài khoản|STK)\b[^.;\d]{0,20}(?P<number>\d[\d ]{7,14}\d)"
)


def private(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Invitations to closed groups and numbers of persons in an official paper."""
    for line in manuscript.body:
        for found in matches(_INVITE, line.text):
            yield Remark(
                line,
                found.start(),
                found.end(),
                "Đây là đường dẫn mời vào nhóm hoặc phòng họp kín; không nên để trong văn bản chính thức.",
            )
        for found in matches(_PERSONAL, line.text):
            yield Remark(
                line,
                found.start("number"),
                found.end("number"),
                "Số định danh, số tài khoản của cá nhân là dữ liệu cá nhân.",
            )


CHECKS = (
    Check("claim-without-number", "figures", WARNING, "Nhận định có số liệu", _TRUE, vague),
    Check("target-as-result", "figures", WARNING, "Chỉ tiêu không phải kết quả", _TRUE, target_as_result),
    Check("group-beyond-whole", "figures", WARNING, "Mẫu số đủ các nhóm được tính", _TRUE, beyond_whole),
    Check("judgement-unmeasured", "figures", ADVICE, "Đánh giá có tiêu chí", _TRUE, judged),
    Check("one-link-for-many", "figures", WARNING, "Đường liên kết đủ như đã nêu", _TRUE, one_link),
    Check("team-undecided", "figures", WARNING, "Số thành viên có quyết định", _TRUE, undecided),
    Check("small-number-style", "figures", ADVICE, "Một cách ghi số nhỏ", _UNIFORM, small_numbers),
    Check("thousands-separator", "figures", ADVICE, "Một cách ghi hàng nghìn", _UNIFORM, thousands),
    Check(
        "private-data",
        "figures",
        WARNING,
        "Dữ liệu riêng tư",
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15",
        private,
    ),
)
