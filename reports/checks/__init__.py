"""The checks: one pure engine over the document tree, and the registry of every rule by its code."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..document.nodes import Document
from . import (
    announced,
    capitals,
    chronology,
    citations,
    claims,
    dates,
    figures,
    form,
    freshness,
    identity,
    issuers,
    lists,
    names,
    paper,
    periods,
    punctuation,
    register,
    repetition,
    shares,
    spelling,
    structure,
    sums,
    symbols,
    tables,
    unfinished,
    units,
)
from .findings import OFF, SEVERITIES, Check, Finding, Remark
from .knowledge import Knowledge
from .text import Manuscript

#: Every check by its code, topic after topic.
CHECKS: dict[str, Check] = {
    check.code: check
    for topic in (
        unfinished.CHECKS,
        structure.CHECKS,
        punctuation.CHECKS,
        symbols.CHECKS,
        issuers.CHECKS,
        units.CHECKS,
        register.CHECKS,
        chronology.CHECKS,
        citations.CHECKS,
        announced.CHECKS,
        dates.CHECKS,
        figures.CHECKS,
        sums.CHECKS,
        lists.CHECKS,
        shares.CHECKS,
        tables.CHECKS,
        claims.CHECKS,
        identity.CHECKS,
        spelling.CHECKS,
        names.CHECKS,
        capitals.CHECKS,
        repetition.CHECKS,
        form.CHECKS,
        paper.CHECKS,
        freshness.CHECKS,
        periods.CHECKS,
    )
    for check in topic
}


#: Those that hold a report back.
BLOCKING = frozenset(code for code, check in CHECKS.items() if check.blocks)


def run(
    document: Document,
    knowledge: Knowledge,
    levels: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> list[Finding]:
    """All findings in reading order; of one place, the gravest first.

    `document` is resolved. `levels` are an organization's own: code -> "off", "error", "warning" or "advice";
    a check that blocks keeps its level. `only`: the codes asked for.
    """
    manuscript = Manuscript(document)
    found: list[tuple[int, int, int, Finding]] = []
    for order, check in enumerate(CHECKS.values()):
        level = "" if check.blocks else (levels or {}).get(check.code, "")
        if level == OFF or (only is not None and check.code not in only):
            continue
        for remark in check.function(manuscript, knowledge):
            finding = _finding(check, remark, level)
            rank = list(SEVERITIES).index(finding.severity)
            found.append((remark.line.index, rank * 1000 + order, remark.start, finding))
    return [finding for *_, finding in sorted(found, key=lambda entry: entry[:3])]


def _finding(check: Check, remark: Remark, level: str) -> Finding:
    line = remark.line
    return Finding(
        check.code,
        level or remark.severity or check.severity,
        check.topic,
        line.section,
        line.section_key,
        line.block or line.section_key,
        line.sentence_at(remark.start),
        remark.said,
        remark.message,
        check.article,
        remark.fix,
        check.blocks,
    )
