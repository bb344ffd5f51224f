"""Citations in time: nothing is cited, carried out or numbered before it could be."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from campaigns.citations import format_date

from .cited import Cited, citations, part, tidy
from .findings import ERROR, WARNING, Check, Remark
from .issuers import body_of, plain
from .knowledge import Knowledge
from .same_paper import registered
from .text import Line, Manuscript

_TIME = "Văn bản thực hiện không thể có trước văn bản được thực hiện"
_CARRYING = re.compile(r"^\s*(?:Thực hiện|Căn cứ|Triển khai thực hiện|Triển khai|Thi hành|Theo)\b")
_ISSUING = re.compile(r"\b(?:ban hành|xây dựng)\b")


def document_day(manuscript: Manuscript, knowledge: Knowledge) -> datetime.date | None:
    """The day printed on the document, else the one known."""
    for line in manuscript.of_part("place_date"):
        found = re.search(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", line.text)
        if found:
            try:
                return datetime.date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                return knowledge.day
    return knowledge.day


def from_the_future(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A cited paper later than the report itself."""
    day = document_day(manuscript, knowledge)
    for cited in citations(manuscript):
        if day and cited.date and cited.date > day:
            yield part(
                cited,
                cited.date_start,
                cited.date_start + len(cited.printed_date),
                f"{cited.called} ghi ngày {cited.printed_date}, sau ngày của báo cáo ({format_date(day)}).",
            )


def implemented_later(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """Papers said to carry out another one that is younger than they are."""
    by_line: dict[int, list[Cited]] = defaultdict(list)
    for cited in citations(manuscript):
        by_line[cited.line.index].append(cited)
    body = manuscript.prose
    for at, line in enumerate(body):
        here = by_line[line.index]
        if not here or not _CARRYING.match(line.text):
            continue
        issuing = _ISSUING.search(line.text, here[0].end)
        if not issuing:
            continue
        grounds = [cited for cited in here if cited.end <= issuing.start() and cited.date]
        made = [cited for cited in here if cited.start >= issuing.end()]
        if line.text.rstrip().endswith(":"):
            made += _listed(body[at + 1 :], by_line, line)
        for ground in grounds:
            older = [
                c for c in made if c.date and ground.date and c.date < ground.date and _own(c, knowledge)
            ]
            if older:
                named = "; ".join(f"{tidy(c.code)} ({c.printed_date})" for c in older[:4])
                yield part(
                    ground,
                    ground.start,
                    ground.date_start + len(ground.printed_date),
                    f"{ground.called} ngày {ground.printed_date} ra sau các văn bản được nói là để thực hiện nó:"
                    f" {named}.",
                )
    yield from _linked(manuscript, knowledge)


def _own(cited: Cited, knowledge: Knowledge) -> bool:
    return "UBND" in cited.parts or body_of(cited, knowledge) is knowledge.organization


def _listed(after: tuple[Line, ...], by_line: dict[int, list[Cited]], opening: Line) -> list[Cited]:
    """The citations that open the lines of the list below, up to the next heading or another such opening."""
    found: list[Cited] = []
    for line in after:
        if line.part == "heading" or line.owner is not opening.owner:
            break
        if line.part == "paragraph" and (_CARRYING.match(line.text) or not by_line[line.index]):
            break
        found += [cited for cited in by_line[line.index] if cited.start < 120][:1]
    return found


def _linked(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """The same from the register's links."""
    for cited in citations(manuscript):
        paper = registered(cited, knowledge)
        for link in paper.links if paper else ():
            target = knowledge.paper_of.get(link.target)
            if not paper or not target or link.kind not in ("carries_out", "amends", "replaces", "reforms"):
                continue
            mine, other = paper.citation.date, target.citation.date
            if mine and other and mine < other:
                yield part(
                    cited,
                    cited.start,
                    cited.code_end,
                    f"Theo sổ văn bản, {cited.called} ngày {format_date(mine)} thực hiện hoặc sửa đổi một văn bản"
                    f" ra sau nó (ngày {format_date(other)}).",
                )


def order(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """In one series of one year a later number does not have an earlier day."""
    series: dict[object, dict[tuple[str, str], Cited]] = defaultdict(dict)
    for cited in citations(manuscript):
        if cited.date and cited.number.isdigit():
            issuer = (
                "own" if _own(cited, knowledge) and not _foreign(cited, knowledge) else plain(cited.issuer)
            )
            kind = cited.parts[0] if len(cited.parts) > 1 else cited.symbol
            series[kind, cited.parts[-1] if cited.is_party else "", issuer, cited.date.year].setdefault(
                cited.key, cited
            )
    for members in series.values():
        numbered = sorted(members.values(), key=lambda cited: int(cited.number))
        yield from _disorder(numbered, knowledge)


def _foreign(cited: Cited, knowledge: Knowledge) -> bool:
    """Of another body than the own ward, as far as its words say."""
    own = knowledge.organization
    if not cited.issuer:
        return False
    if own is None:
        return not re.fullmatch(r"ubnd (phuong|xa)", plain(cited.issuer))
    return body_of(cited, knowledge) is not own


def _disorder(numbered: list[Cited], knowledge: Knowledge) -> Iterator[Remark]:
    for one, other in pairwise(numbered):
        if one.date and other.date and other.date < one.date:
            wrong = one if registered(other, knowledge) else other
            yield part(
                wrong,
                wrong.code_start,
                wrong.date_start + len(wrong.printed_date),
                f"Số {tidy(other.code)} lớn hơn {tidy(one.code)} nhưng ngày ({other.printed_date}) lại sớm hơn"
                f" ({one.printed_date}).",
            )


CHECKS = (
    Check(
        "cited-later",
        "citations",
        ERROR,
        "Văn bản viện dẫn có trước báo cáo",
        "Không viện dẫn văn bản chưa có",
        from_the_future,
    ),
    Check("implements-later", "citations", ERROR, "Văn bản thực hiện có sau", _TIME, implemented_later),
    Check("number-order", "citations", WARNING, "Số và ngày cùng thứ tự", "NĐ 30/2020/NĐ-CP, Điều 15", order),
)
