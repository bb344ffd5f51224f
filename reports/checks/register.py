"""Cited papers against the ward's register and against each other: one paper, one date, one issuer, one subject."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from campaigns.citations import Citation, code_of, format_date

from .cited import Cited, citations, code_fix, key_of, part, tidy
from .findings import ERROR, WARNING, Check, Fix, Remark
from .issuers import body_of, plain
from .knowledge import Knowledge, RegisteredPaper
from .text import Manuscript, bare

_CITING = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.b"
_ONE_PAPER = "Một văn bản chỉ có một số, ngày, cơ quan ban hành và trích yếu"
_TOKEN = re.compile(r"[^\W_]+")
REGISTER, ELSEWHERE = "sổ văn bản", "chỗ khác trong báo cáo"
#: What a decision does; one of these for another is another decision.
_ACTS = ("thành lập", "kiện toàn", "giải thể", "sửa đổi", "thay thế", "bãi bỏ")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a citation should agree with: the register's paper, or the document's other citations of it."""

    citation: Citation
    source: str  # REGISTER or ELSEWHERE


# --- which paper --------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _index(knowledge: Knowledge) -> dict[tuple[str, str], list[RegisteredPaper]]:
    index: dict[tuple[str, str], list[RegisteredPaper]] = defaultdict(list)
    for paper in knowledge.papers:
        if paper.citation.number:
            index[key_of(paper.citation.number, paper.citation.symbol)].append(paper)
    return index


def registered(cited: Cited, knowledge: Knowledge) -> RegisteredPaper | None:
    """The register's paper: by the mention, else by number and symbol with a fitting year or issuer."""
    if cited.paper is not None and cited.paper in knowledge.paper_of:
        return knowledge.paper_of[cited.paper]
    found = _index(knowledge).get(cited.key, [])
    fitting = [paper for paper in found if _may_be(cited, paper.citation)]
    exact = [paper for paper in fitting if paper.citation.date == cited.date]
    return next(iter(exact or fitting), None)


def _may_be(cited: Cited, citation: Citation) -> bool:
    """Numbers start anew each year, and other bodies have their own: year, issuer or subject must fit."""
    if same_subject(cited.subject, citation.subject):
        return True
    other_issuer = cited.issuer and citation.issuer and not same_issuer(cited.issuer, citation.issuer)
    other_year = cited.date and citation.date and cited.date.year != citation.date.year
    other_subject = cited.subject and citation.subject
    return not other_issuer and not (other_year and (other_subject or not _moved(cited.date, citation.date)))


def _moved(one: datetime.date | None, other: datetime.date | None) -> bool:
    return bool(one and other and (one.day, one.month) == (other.day, other.month))


def near(cited: Cited, knowledge: Knowledge) -> RegisteredPaper | None:
    """A registered paper of the same day that differs by number or symbol only: the one that was meant."""
    if cited.date is None:
        return None
    for paper in knowledge.papers:
        citation = paper.citation
        same = citation.date == cited.date and same_subject(cited.subject, citation.subject)
        number, symbol = key_of(citation.number, citation.symbol)
        close = number == cited.key[0] or symbol == cited.key[1]
        if same and close and (number, symbol) != cited.key:
            return paper
    return None


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(bare(text))


def same_subject(one: str, other: str) -> bool:
    """Two subjects that say the same in so far as both are given (a shorter one may stop earlier)."""
    left, right = tokens(one), tokens(other)
    shorter = min(len(left), len(right))
    if shorter < 2:
        return False
    common = sum((Counter(left[: shorter + 2]) & Counter(right[: shorter + 2])).values())
    return common >= 0.75 * shorter


def same_issuer(one: str, other: str) -> bool:
    """One name is the other, shortened or completed: "UBND phường" and "Ủy ban nhân dân phường Nhị Chiểu"."""
    left, right = plain(one).split(), plain(other).split()
    shorter, longer = sorted((left, right), key=len)
    at = 0
    for word in longer:
        at += at < len(shorter) and shorter[at] == word
    return at == len(shorter)


# --- groups -------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _groups(manuscript: Manuscript) -> tuple[tuple[Cited, ...], ...]:
    """Citations of one paper, as far as words tell."""
    groups: dict[object, list[list[Cited]]] = defaultdict(list)
    for cited in citations(manuscript):
        if cited.line.part == "reference":
            continue
        for group in groups[cited.key]:
            if cited.paper is not None and cited.paper == group[0].paper:
                group.append(cited)
                break
            if any(_may_be(cited, _facts(other)) for other in group):
                group.append(cited)
                break
        else:
            groups[cited.key].append([cited])
    return tuple(tuple(group) for made in groups.values() for group in made)


def groups(manuscript: Manuscript) -> tuple[tuple[Cited, ...], ...]:
    """Citations of one paper together, in reading order."""
    return _groups(manuscript)


def _facts(cited: Cited) -> Citation:
    return Citation(
        cited.kind, cited.number, cited.symbol, cited.date, cited.issuer, cited.subject, cited.printed_date
    )


def _truths(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[tuple[Cited, Truth]]:
    """Each citation with what it should agree with; the most frequent words win where no register knows."""
    for group in groups(manuscript):
        known = next(filter(None, (registered(cited, knowledge) for cited in group)), None)
        if known:
            for cited in group:
                yield cited, Truth(known.citation, REGISTER)
        elif len(group) > 1:
            for cited in group:
                others = [other for other in group if other is not cited]
                yield cited, Truth(_agreed(others), ELSEWHERE)


def _agreed(others: list[Cited]) -> Citation:
    """Of several citations the most frequent date, the first subject and issuer given."""
    dates = Counter(other.date for other in others if other.date)
    first = others[0]
    return Citation(
        kind=next((other.kind for other in others if other.kind), ""),
        number=first.number,
        symbol=first.symbol,
        date=dates.most_common(1)[0][0] if dates else None,
        issuer=max((other.issuer for other in others), key=len),
        subject=next((other.subject for other in others if other.subject), ""),
    )


# --- the checks ---------------------------------------------------------------------------------------


def dates(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    for cited, truth in _truths(manuscript, knowledge):
        right = truth.citation.date
        if cited.date and right and cited.date != right:
            start = cited.date_start
            yield part(
                cited,
                start,
                start + len(cited.printed_date),
                f"{cited.called} ghi ngày {cited.printed_date}, nhưng {truth.source} ghi ngày {format_date(right)}.",
                Fix(cited.printed_date, format_date(right), f"Sửa thành {format_date(right)}"),
            )


def issuers(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    for cited, truth in _truths(manuscript, knowledge):
        right = truth.citation.issuer
        if cited.issuer and right and not same_issuer(cited.issuer, right):
            start = cited.line.text.index(cited.issuer, cited.code_end)
            yield part(
                cited,
                start,
                start + len(cited.issuer),
                f"{cited.called} ghi của {cited.issuer}, nhưng {truth.source} ghi của {right}.",
            )


def subjects(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A subject that says something else (a mere abbreviation or a missing end does not)."""
    for cited, truth in _truths(manuscript, knowledge):
        right = truth.citation.subject
        if not cited.subject or not right or _act(cited) != _first_act(right):
            continue
        if not same_subject(cited.subject, right) and not _abbreviated(cited.subject, right):
            yield part(
                cited,
                cited.subject_start,
                cited.subject_start + len(cited.subject),
                f"Trích yếu của {cited.called} khác {truth.source}: “{right}”.",
            )


def _abbreviated(one: str, other: str) -> bool:
    """Whether one is the other with some words left out or made initials."""
    left, right = tokens(one), tokens(other)
    shorter, longer = sorted((left, right), key=len)
    return sum(token in longer for token in shorter) >= 0.6 * len(shorter)


def acts(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """ "thành lập" in one place, "kiện toàn" in another: for one decision only one is true."""
    for cited, truth in _truths(manuscript, knowledge):
        right = _first_act(truth.citation.subject)
        for act in _ACTS:
            if right and act != right and (act in cited.between.lower() or _act(cited) == act):
                inside = act in cited.between.lower()
                yield part(
                    cited,
                    cited.start,
                    cited.code_end if inside else cited.subject_start + len(act),
                    f"{cited.called} là văn bản {right}, không phải {act} ({truth.source}).",
                )
                break


def _act(cited: Cited) -> str:
    return _first_act(cited.subject)


def _first_act(subject: str) -> str:
    opening = subject.lower().lstrip()
    return next((act for act in _ACTS if opening.startswith(act)), "")


def numbers(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A number or symbol that no paper has, where day and subject name one that exists."""
    known = citations(manuscript)
    for cited in known:
        if registered(cited, knowledge):
            yield from _other_code(cited, knowledge)
            continue
        meant = near(cited, knowledge)
        if meant:
            right = code_of(meant.citation.number, meant.citation.symbol)
            yield part(
                cited,
                cited.code_start,
                cited.code_end,
                f"Sổ văn bản không có số {tidy(cited.code)}; văn bản cùng ngày, cùng trích yếu là {right}.",
                code_fix(cited, right),
            )
    yield from _twins(known, knowledge)


def _other_code(cited: Cited, knowledge: Knowledge) -> Iterator[Remark]:
    """A mention whose printed code is not its paper's."""
    paper = registered(cited, knowledge)
    if paper and paper.citation.number and key_of(paper.citation.number, paper.citation.symbol) != cited.key:
        right = code_of(paper.citation.number, paper.citation.symbol)
        yield part(
            cited,
            cited.code_start,
            cited.code_end,
            f"Ghi {tidy(cited.code)}, trong sổ văn bản là {right}.",
            code_fix(cited, right),
        )


def _twins(known: tuple[Cited, ...], knowledge: Knowledge) -> Iterator[Remark]:
    """Two citations of one day and subject under two numbers; the register or the majority tells which is right."""
    by_day: dict[object, list[Cited]] = defaultdict(list)
    for cited in known:
        if cited.date and cited.subject:
            by_day[cited.date].append(cited)
    for group in by_day.values():
        counts = Counter(cited.key for cited in group)
        for cited in group:
            others = [o for o in group if o.key != cited.key and same_subject(o.subject, cited.subject)]
            one_apart = [o for o in others if o.key[1] == cited.key[1] or o.key[0] == cited.key[0]]
            if not one_apart or registered(cited, knowledge) or near(cited, knowledge):
                continue
            other = one_apart[0]
            if registered(other, knowledge) or counts[other.key] >= counts[cited.key]:
                yield part(
                    cited,
                    cited.code_start,
                    cited.code_end,
                    f"Cùng ngày, cùng trích yếu nhưng chỗ khác ghi số {tidy(other.code)}.",
                    code_fix(cited, tidy(other.code)),
                )


def unregistered(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    """A paper of the ward itself that its register does not hold; once for each paper."""
    own = knowledge.organization
    if own is None or not knowledge.papers:
        return
    for group in groups(manuscript):
        first = group[0]
        ours = any(body_of(cited, knowledge) is own for cited in group)
        if ours and not any(registered(c, knowledge) or near(c, knowledge) for c in group):
            yield part(
                first,
                first.start,
                first.code_end,
                f"{first.called} chưa có trong sổ văn bản của đơn vị.",
            )


def out_of_force(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    for cited in citations(manuscript):
        paper = registered(cited, knowledge)
        if paper and not paper.in_force:
            yield part(
                cited, cited.start, cited.code_end, f"{cited.called} không còn hiệu lực theo sổ văn bản."
            )


CHECKS = (
    Check("citation-date", "citations", ERROR, "Một văn bản, một ngày", _ONE_PAPER, dates),
    Check("citation-issuer", "citations", WARNING, "Một văn bản, một cơ quan ban hành", _ONE_PAPER, issuers),
    Check("citation-subject", "citations", WARNING, "Một văn bản, một trích yếu", _ONE_PAPER, subjects),
    Check("citation-act", "citations", ERROR, "“Thành lập” hay “kiện toàn”", _ONE_PAPER, acts),
    Check("citation-number", "citations", ERROR, "Số, ký hiệu đúng với sổ văn bản", _ONE_PAPER, numbers),
    Check(
        "paper-not-registered", "citations", WARNING, "Văn bản của đơn vị có trong sổ", _CITING, unregistered
    ),
    Check(
        "paper-out-of-force",
        "citations",
        WARNING,
        "Văn bản còn hiệu lực",
        "Không viện dẫn văn bản đã hết hiệu lực",
        out_of_force,
    ),
)
