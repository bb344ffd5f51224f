"""Cited papers against the ward's register and against each other: one paper, one date, one issuer, one subject."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from campaigns.citations import code_of, format_date

from .cited import Cited, citations, code_fix, key_of, part, tidy
from .findings import ERROR, WARNING, Check, Fix, Remark
from .issuers import body_of
from .knowledge import Knowledge
from .same_paper import (
    groups,
    near,
    registered,
    same_issuer,
    same_subject,
    tokens,
    truths,
)
from .text import Manuscript

_CITING = "NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6.b"
_ONE_PAPER = "Một văn bản chỉ có một số, ngày, cơ quan ban hành và trích yếu"
#: What a decision does; one of these for another is another decision.
_ACTS = ("thành lập", "kiện toàn", "giải thể", "sửa đổi", "thay thế", "bãi bỏ")


def dates(manuscript: Manuscript, knowledge: Knowledge) -> Iterator[Remark]:
    for cited, truth in truths(manuscript, knowledge):
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
    for cited, truth in truths(manuscript, knowledge):
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
    for cited, truth in truths(manuscript, knowledge):
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
    for cited, truth in truths(manuscript, knowledge):
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
