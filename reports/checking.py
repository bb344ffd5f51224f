"""What the checks say of a report: its findings, kept while neither text nor registers change, and who may ask again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from . import assemble
from .checks import CHECKS, coverage, run
from .checks.findings import ERROR, SEVERITIES, TOPICS, Finding
from .checks.text import Manuscript
from .document import store
from .document.nodes import Document
from .knowledge import knowledge_of
from .models import Report, levels_of

#: Seconds for which findings are kept; a change of text, register or level makes a new key at once.
KEPT = 3600
#: Raised by one whenever `Told` or what it holds changes shape.
SHAPE = 1


@dataclass(frozen=True)
class Told:
    """All that one run says: findings in reading order, and the figures and claims with what stands behind them."""

    findings: tuple[Finding, ...]
    statements: tuple[coverage.Statement, ...]

    @property
    def errors(self) -> list[Finding]:
        """Errors that a written reason may pass."""
        return [one for one in self.findings if one.severity == ERROR and not one.blocks]


def told_of(report: Report, document: Document | None = None) -> Told:
    """Runs every check of the report's organization, or gives what the last run of the same text said."""
    document = document or assemble.document_of(report)
    knowledge, levels = knowledge_of(report), levels_of(report.organization_id)
    known = f"{SHAPE} {store.digest(document)} {len(CHECKS)} {knowledge!r} {sorted(levels.items())}"
    key = f"checks:{report.pk}:{hashlib.sha256(known.encode()).hexdigest()}"
    told = cache.get(key)
    if told is None:
        manuscript = Manuscript(document)
        told = Told(tuple(run(document, knowledge, levels)), coverage.statements(manuscript, knowledge))
        cache.set(key, told, KEPT)
    return told


def mark_of(finding: Finding) -> str:
    """A short name by which a page asks for one finding again."""
    said = "\n".join((finding.code, finding.key, finding.sentence, finding.words, finding.message))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Shown:
    """A finding as a page shows it; `fixable` when one click can write its fix into a block or heading."""

    finding: Finding
    mark: str

    @property
    def fixable(self) -> bool:
        return self.finding.fix is not None and self.finding.key[:1] in ("b", "s")

    @property
    def section_pk(self) -> int | None:
        key = self.finding.section_key
        return int(key[1:]) if key[:1] == "s" and key[1:].isdigit() else None

    @property
    def topic(self) -> str:
        return TOPICS[self.finding.topic]


@dataclass(frozen=True)
class Group:
    """Findings of one severity with its word."""

    severity: str
    label: str
    shown: tuple[Shown, ...]


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Lỗi, Cần xem lại, Gợi ý, those without a finding left out."""
    listed = [Shown(one, mark_of(one)) for one in findings]
    found = (
        Group(severity, label, tuple(one for one in listed if one.finding.severity == severity))
        for severity, label in SEVERITIES.items()
    )
    return [group for group in found if group.shown]


def counts(told: Told) -> dict[str, str]:
    """Words such as "2 Lỗi, 1 Cần xem lại" by the section's key; advice is not counted."""
    tallies: dict[str, Counter[str]] = {}
    for one in told.findings:
        tallies.setdefault(one.section_key, Counter())[one.severity] += 1
    said = {key: ", ".join(_tally(tally)) for key, tally in tallies.items()}
    return {key: words for key, words in said.items() if words}


def _tally(tally: Counter[str]) -> Iterator[str]:
    for severity, label in list(SEVERITIES.items())[:2]:
        if tally[severity]:
            yield f"{tally[severity]} {label.lower()}"


def words_of(told: Told) -> str:
    """ "3 lỗi, 2 cần xem lại" of the whole report; "" without either."""
    return ", ".join(_tally(Counter(one.severity for one in told.findings)))


def unexplained(report: Report, document: Document | None = None) -> str:
    """The sentence that asks for one reason for all errors; "" without errors or with a reason of this round."""
    count = len(told_of(report, document).errors)
    if not count or report.editions.filter(round=report.round, round__gt=0).exclude(explanation="").exists():
        return ""
    return f"Còn {count} lỗi; sửa, hoặc ghi một lý do chung khi trình."


def by_mark(report: Report, mark: str) -> Finding | None:
    """The finding a page names, if the text still has it."""
    return next((one for one in told_of(report).findings if mark_of(one) == mark), None)


def context(told: Told, findings: Iterable[Finding] | None = None) -> dict[str, Any]:
    """What templates show of findings."""
    chosen = told.findings if findings is None else tuple(findings)
    return {"groups": groups(chosen), "finding_count": len(chosen)}
