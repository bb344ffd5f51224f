"""Errors planted by program in reports, to measure how many the checks find: python -m tests.planting REPORT_FILE…

A place qualifies only where the document (or, with --ward, the ward's registers) holds the truth twice: a phrase
spelt alike elsewhere, a figure that stands elsewhere or in a sum, a paper cited elsewhere or registered, a unit's
code that is known, a list whose count is stated. One error at a time is planted and the report checked anew;
it is found when a finding that was not there before stands on the planted words (or on the count of a list).
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.checks import run
from reports.checks.cited import citations
from reports.checks.findings import Finding
from reports.checks.knowledge import Knowledge
from reports.checks.numbers import NUMBER, percents, quantities, ratios, value_of
from reports.checks.same_paper import groups, registered
from reports.checks.sums import said_sums
from reports.checks.tables import grids
from reports.checks.text import Line, Manuscript, toneless
from reports.checks.units import WARD_UNITS
from reports.document import nodes
from reports.document.numbering import resolve
from reports.importing import read

TONES = "\u0300\u0301\u0303\u0309\u0323"
#: Letters of a page of A4 in 14 pt, for the rate of false findings.
PAGE = 2800
#: At most so many plants of one sort in one report, chosen evenly.
MOST = 60


@dataclass(frozen=True)
class Plant:
    """An error of one sort: in `line`, `text[start:end]` becomes `wrong`; or the line goes (`wrong` None)."""

    sort: str
    line: Line
    start: int
    end: int
    wrong: str | None

    @property
    def words(self) -> str:
        return self.line.text[self.start : self.end]


# --- where truth stands twice -------------------------------------------------------------------------


def tones(manuscript: Manuscript, knowledge: Knowledge, chance: random.Random) -> Iterator[Plant]:
    """A syllable inside three words that stand alike twice elsewhere in the text."""
    word = re.compile(r"[^\W\d_]+")
    grams: dict[tuple[str, ...], list[tuple[Line, re.Match[str]]]] = defaultdict(list)
    for line in manuscript.prose:
        found = list(word.finditer(line.text))
        for one, two, three in zip(found, found[1:], found[2:], strict=False):
            if line.text[one.end() : two.start()] == line.text[two.end() : three.start()] == " ":
                grams[tuple(w[0].lower() for w in (one, two, three))].append((line, two))
    for places in grams.values():
        if len(places) < 2:
            continue
        line, middle = places[chance.randrange(len(places))]
        wrong = other_tone(middle[0], chance)
        if wrong:
            yield Plant("tone mark", line, middle.start(), middle.end(), wrong)


def other_tone(word: str, chance: random.Random) -> str:
    """The word with another tone mark on its marked vowel, or "" where it has none."""
    import unicodedata

    marked = [at for at, char in enumerate(word) if toneless(char) != char]
    if not marked:
        return ""
    at = marked[0]
    bare_char = toneless(word[at])
    choices = [unicodedata.normalize("NFC", bare_char + tone) for tone in TONES]
    char = chance.choice([choice for choice in choices if choice != word[at] and len(choice) == 1])
    return word[:at] + char + word[at + 1 :]


def other_digit(printed: str, chance: random.Random) -> str:
    """The number with one digit changed, the first never to 0."""
    at = chance.choice([i for i, char in enumerate(printed) if char.isdigit()])
    choices = [digit for digit in "123456789" if digit != printed[at]]
    return printed[:at] + chance.choice(choices) + printed[at + 1 :]


def digits(manuscript: Manuscript, knowledge: Knowledge, chance: random.Random) -> Iterator[Plant]:
    """A figure that stands elsewhere with the same unit, has a right sum, or is in the register."""
    counts = Counter((q.value, q.noun) for q in quantities(manuscript) if q.unit)
    for quantity in quantities(manuscript):
        twice = counts[quantity.value, quantity.noun] > 1 and quantity.value >= 10
        if quantity.unit and twice:
            yield Plant(
                "digit", quantity.line, quantity.start, quantity.end, other_digit(quantity.printed, chance)
            )
    yield from summed_digits(manuscript, chance)
    yield from shared_digits(manuscript, chance)
    yield from table_digits(manuscript, chance)
    for cited in citations(manuscript):
        known = registered(cited, knowledge) is not None and cited.date and cited.subject
        if (known or _twin(cited, manuscript)) and cited.number.isdigit():
            end = cited.code_start + len(cited.number)
            yield Plant("digit", cited.line, cited.code_start, end, other_digit(cited.number, chance))


def _twin(cited: Any, manuscript: Manuscript) -> bool:
    """Whether the paper is cited elsewhere with its day and subject too."""
    for group in groups(manuscript):
        if cited in group:
            full = [one for one in group if one.date and one.subject]
            return cited in full and len(full) > 1
    return False


def summed_digits(manuscript: Manuscript, chance: random.Random) -> Iterator[Plant]:
    """A total, or one of its parts, where they add up."""
    for one in said_sums(manuscript):
        if one.added == one.total.value >= 10:
            for quantity in (one.total, chance.choice(one.parts)):
                if quantity.value >= 10:
                    wrong = other_digit(quantity.printed, chance)
                    yield Plant("digit", quantity.line, quantity.start, quantity.end, wrong)


def shared_digits(manuscript: Manuscript, chance: random.Random) -> Iterator[Plant]:
    """The first digits of a percent that stands beside its ratio and is right."""
    for line in manuscript.prose:
        for ratio in ratios(line):
            for share in percents(line):
                near = 0 <= share.start - ratio.end < 40
                if near and abs(share.value - 100 * ratio.part / ratio.whole) < Decimal("0.1"):
                    end = share.start + len(str(int(share.value)))
                    yield Plant(
                        "digit", line, share.start, end, other_digit(line.text[share.start : end], chance)
                    )


def table_digits(manuscript: Manuscript, chance: random.Random) -> Iterator[Plant]:
    """Cells of columns whose total row is right."""
    for grid in grids(manuscript):
        for column in grid.heads:
            cells = [row[column] for _, row in grid.rows if column in row]
            values = [value_of(c.text) for c in cells if re.fullmatch(NUMBER, c.text)]
            if len(values) < 4 or len(values) != len([c for c in cells if c.text.strip()]):
                continue
            total = max(values)
            if sum(values) == 2 * total and total > 0:
                line = chance.choice([c for c in cells if c.text.strip() and value_of(c.text) >= 10] or cells)
                if re.fullmatch(NUMBER, line.text):
                    yield Plant("digit", line, 0, len(line.text), other_digit(line.text, chance))


def dates(manuscript: Manuscript, knowledge: Knowledge, chance: random.Random) -> Iterator[Plant]:
    """The day of a paper that is registered, or cited with its day elsewhere."""
    for group in groups(manuscript):
        dated = [cited for cited in group if cited.date]
        for cited in dated:
            paper = registered(cited, knowledge)
            if len(dated) > 1 or (paper and paper.citation.date):
                found = re.match(r"\d{1,2}", cited.printed_date)
                if found:
                    day = int(found[0])
                    moved = day + chance.choice(
                        [d for d in (-9, -3, -1, 1, 3, 9) if 1 <= day + d <= 28] or [1]
                    )
                    end = cited.date_start + found.end()
                    yield Plant("date", cited.line, cited.date_start, end, f"{moved:02d}")


def units(manuscript: Manuscript, knowledge: Knowledge, chance: random.Random) -> Iterator[Plant]:
    """A unit's code that the ward has, or that stands twice, with one letter changed."""
    own = knowledge.organization
    known = set(own.units) if own else WARD_UNITS
    for line in (*manuscript.prose, *manuscript.of_part("recipients")):
        for found in re.finditer(r"(?:UBND\s?-|Lưu: VT, ?)(?P<code>[A-ZĐ]{3,})", line.text):
            code = found["code"]
            if code in known or manuscript.count(code) > 1:
                at = chance.randrange(len(code))
                letter = chance.choice([char for char in "BCDGHKLMNPQRSTVX" if char != code[at]])
                wrong = code[:at] + letter + code[at + 1 :]
                if wrong not in known:
                    yield Plant("unit code", line, found.start("code"), found.end("code"), wrong)


def items(manuscript: Manuscript, knowledge: Knowledge, chance: random.Random) -> Iterator[Plant]:
    """A line of a list whose count is stated right above it, or whose section's count is stated elsewhere."""
    body = manuscript.prose
    for quantity in quantities(manuscript):
        line = quantity.line
        if not line.text.rstrip().endswith(":") or line not in body:
            continue
        below = []
        for other in body[body.index(line) + 1 :]:
            if other.part != "item" or other.owner is not line.owner:
                break
            below.append(other)
        if len(below) == quantity.value >= 2:
            dropped = chance.choice(below)
            yield Plant("list item", dropped, 0, len(dropped.text), None)


SORTS: dict[str, Callable[[Manuscript, Knowledge, random.Random], Iterator[Plant]]] = {
    "tone mark": tones,
    "digit": digits,
    "date": dates,
    "unit code": units,
    "list item": items,
}


# --- planting -----------------------------------------------------------------------------------------


def planted(document: nodes.Document, plant: Plant) -> nodes.Document:
    """The document with the error in it."""
    return _replaced(document, plant)


def _replaced(value: Any, plant: Plant) -> Any:
    if isinstance(value, tuple):
        kept = [part for part in value if not (part is plant.line.node and plant.wrong is None)]
        return tuple(_replaced(part, plant) for part in kept)
    if value is plant.line.node and plant.line.part != "cell":
        return _changed(value, plant)
    if plant.line.part == "cell" and value is plant.line.node:
        return _cell_changed(value, plant)
    if isinstance(value, nodes.Frame) and plant.line.part == "recipients" and value.recipients:
        lines = tuple(_text(plant) if text == plant.line.text else text for text in value.recipients.lines)
        return dataclasses.replace(value, recipients=dataclasses.replace(value.recipients, lines=lines))
    if isinstance(value, (nodes.Document, nodes.Section, nodes.Appendix, nodes.Block)):
        changes = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            new = _replaced(old, plant) if isinstance(old, (tuple, nodes.Frame)) else old
            if new != old:
                changes[field.name] = new
        return dataclasses.replace(value, **changes) if changes else value
    return value


def _text(plant: Plant) -> str:
    text = plant.line.text
    return text[: plant.start] + (plant.wrong or "") + text[plant.end :]


def _changed(node: Any, plant: Plant) -> Any:
    """The node with its words typed anew: a live mention around the place becomes plain text."""
    if isinstance(node, nodes.Appendix):
        title = tuple(
            (nodes.Text(_text(plant)),) if nodes.words(t) == plant.line.text else t for t in node.title
        )
        return dataclasses.replace(node, title=title)
    if isinstance(node, nodes.Section):
        return dataclasses.replace(node, heading=(nodes.Text(_text(plant)),), run_in=())
    return dataclasses.replace(node, content=(nodes.Text(_text(plant)),))


def _cell_changed(table: nodes.Table, plant: Plant) -> nodes.Table:
    row = table.rows[plant.line.row]
    at = table.positions()[plant.line.row].index(plant.line.column)
    cells = list(row.cells)
    cells[at] = dataclasses.replace(cells[at], content=(nodes.Text(_text(plant)),))
    rows = list(table.rows)
    rows[plant.line.row] = dataclasses.replace(row, cells=tuple(cells))
    return dataclasses.replace(table, rows=tuple(rows))


# --- measuring ----------------------------------------------------------------------------------------


def is_found(plant: Plant, before: Counter[tuple[str, str, str]], after: list[Finding]) -> bool:
    """Whether a finding that was not there before stands on the planted words."""
    new = [one for one in after if (one.code, one.words, one.message) not in before]
    if plant.wrong is None:
        return bool(new)
    around = _text(plant)[max(0, plant.start - 1) : plant.start + len(plant.wrong) + 1].strip()
    if plant.line.part == "cell":
        return any(one.code.startswith("table") for one in new)
    return any(
        (plant.wrong in one.words and one.sentence in _text(plant))
        or (one.words in _text(plant) and around in one.words)
        or plant.wrong in one.message
        or (one.code == "sum-in-text" and one.sentence)
        for one in new
    )


def plants(document: nodes.Document, knowledge: Knowledge, seed: int = 1) -> list[Plant]:
    """At most MOST of each sort, the same for the same seed."""
    manuscript = Manuscript(document)
    chosen: list[Plant] = []
    for sort in SORTS.values():
        chance = random.Random(seed)
        every = [plant for plant in sort(manuscript, knowledge, chance) if plant.wrong != plant.words]
        chosen += every if len(every) <= MOST else chance.sample(every, MOST)
    return chosen


def measure(
    document: nodes.Document, knowledge: Knowledge, seed: int = 1
) -> dict[str, tuple[int, list[Plant]]]:
    """By sort: how many places qualified, and the plants that were missed."""
    clean = run(document, knowledge)
    before = Counter((one.code, one.words, one.message) for one in clean)
    results: dict[str, tuple[int, list[Plant]]] = {}
    for plant in plants(document, knowledge, seed):
        count, missed = results.get(plant.sort, (0, []))
        after = run(planted(document, plant), knowledge)
        if not is_found(plant, before, after):
            missed = [*missed, plant]
        results[plant.sort] = (count + 1, missed)
    return results


def pages(document: nodes.Document) -> float:
    return max(1.0, sum(len(line.text) for line in Manuscript(document).lines) / PAGE)


def load(path: Path) -> nodes.Document:
    return resolve(read(path.read_bytes(), path.name).document, {})


def ward(code: str, document: nodes.Document) -> Knowledge:
    """What the ward's registers know, from the database of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from reports.knowledge import knowledge_of_organization
    from reports.management.commands.check_report import day_of, ward_of

    known = ward_of(document, code)
    return knowledge_of_organization(known, day_of(document.frame)) if known else Knowledge()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--ward", help="use this ward's registers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    options = parser.parse_args()
    places, missed_all = Counter[str](), Counter[str]()
    for path in options.files:
        document = load(path)
        knowledge = ward(options.ward, document) if options.ward else Knowledge()
        length, clean = pages(document), run(document, knowledge)
        print(
            f"{path.name}: {length:.1f} pages, {len(clean)} findings before planting ({len(clean) / length:.1f} a page)"
        )
        for sort, (count, missed) in measure(document, knowledge, options.seed).items():
            places[sort] += count
            missed_all[sort] += len(missed)
            print(f"  {sort}: {count - len(missed)} of {count} found")
            for plant in missed if options.missed else ():
                print(f"    missed “{plant.words}” -> “{plant.wrong}” in “{plant.line.text[:110]}”")
    total, found = places.total(), places.total() - missed_all.total()
    print(f"together: {found} of {total} found ({Decimal(100 * found) / max(1, total):.0f} %)")


if __name__ == "__main__":
    main()
