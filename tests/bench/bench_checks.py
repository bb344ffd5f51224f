"""Every check on the reference report against its PDF, and how the time grows to 200 pages."""

from __future__ import annotations

from dataclasses import replace

from reports.checks import CHECKS, run
from reports.checks.knowledge import Knowledge
from reports.document import pdf
from reports.document.nodes import Document, Section, Text, words
from reports.document.numbering import resolve
from tests.bench.measure import Report, side_by_side
from tests.checks.ward import WARD
from tests.document.reference import document

#: The reference report is 9 pages long.
COPIES = 22


def report_of(copies: int) -> Document:
    """The reference report with its sections repeated, each copy numbered so that its figures are its own."""
    one = resolve(document(), {})
    many = tuple(_copy(section, at) for at in range(copies) for section in one.sections)
    return replace(one, sections=many)


def _copy(section: Section, at: int) -> Section:
    heading = (Text(f"{words(section.heading)} ({at})"),) if section.heading else ()
    return replace(section, heading=heading, key=f"{section.key}-{at}")


def once(tree: Document, known: Knowledge) -> None:
    run(tree, known)


if __name__ == "__main__":
    report = Report()
    one, many = report_of(1), report_of(COPIES)
    checks, rendered = side_by_side(lambda: once(one, WARD), lambda: pdf.render(one))
    report.ratio(f"{len(CHECKS)} checks / PDF", checks / rendered, 0.1, f"{checks * 1000:.0f} ms")
    short, long = side_by_side(lambda: once(one, WARD), lambda: once(many, WARD))
    report.ratio(f"checks, {COPIES} times as long", long / short / COPIES, 1.5, f"{long * 1000:.0f} ms")
    report.close()
