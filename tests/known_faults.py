"""How many faults known beforehand the checks find: python -m tests.known_faults FAULTS.tsv REPORT_FILE [--ward CODE]

FAULTS.tsv has a row for each fault: id, line, quote, kind and severity ("typo E", "num W", "lang I"), why. Words in
backticks in the quote are those of the report. A fault is found when a finding's words hold the quote or lie in it.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from reports.checks import run
from reports.checks.findings import Finding
from reports.checks.knowledge import Knowledge

from .planting import load, ward

SEVERITY = {"E": "error", "W": "warning", "I": "advice"}


def quoted(cell: str) -> list[str]:
    return [" ".join(part.split()) for part in re.findall(r"`([^`]+)`", cell)] or [" ".join(cell.split())]


def is_found(quote: str, one: Finding) -> bool:
    said, wanted = " ".join(one.words.split()).lower(), quote.lower()
    return said in wanted or wanted in said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--ward", help="use this ward's registers")
    options = parser.parse_args()
    document = load(options.report)
    found = run(document, ward(options.ward, document) if options.ward else Knowledge())
    rows, hits = Counter[str](), Counter[str]()
    with options.faults.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            severity = re.search(r"\b([EWI])\b", row["kind_severity"])
            grade = SEVERITY[severity[1]] if severity else "advice"
            by = [one for one in found if any(is_found(quote, one) for quote in quoted(row["quote"]))]
            rows[grade] += 1
            hits[grade] += bool(by)
            codes = ", ".join(sorted({f"{one.code} ({one.severity})" for one in by})) or "MISSED"
            print(f"{row['id']}\t{grade}\t{codes}\t{row['quote'][:90]}")
    for grade, count in rows.items():
        print(f"{grade}: {hits[grade]} of {count} ({100 * hits[grade] / count:.0f} %)")


if __name__ == "__main__":
    main()
