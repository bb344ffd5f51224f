"""Reading a Word file of 10 and of 40 pages: four times the pages, four times the time; against writing it."""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document as new_word

from reports.document import docx
from reports.document.nodes import Section
from reports.document.numbering import resolve
from reports.importing import read
from tests.bench.measure import Report, side_by_side
from tests.document.reference import document

#: The reference report is 9 pages long.
PAGES = 9


def export(copies: int) -> bytes:
    """Our own Word file of the reference report, its sections repeated."""
    one = resolve(document(), {})
    many: tuple[Section, ...] = tuple(section for _ in range(copies) for section in one.sections)
    return docx.render(replace(one, sections=many))


def with_tables(rows: int) -> bytes:
    """A Word file of one table, which a look-up cell by cell would read in quadratic time."""
    word = new_word()
    table = word.add_table(rows, 6)
    for row in table._tbl.tr_lst:
        for cell in row.tc_lst:
            cell.p_lst[0].add_r().text = "1.835"
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


if __name__ == "__main__":
    report = Report()
    one, four = export(1), export(4)
    tree = resolve(document(), {})
    short, long, written = side_by_side(
        lambda: read(one, "a.docx"), lambda: read(four, "a.docx"), lambda: docx.render(tree)
    )
    report.ratio(
        f"reading {4 * PAGES} pages / 4 x {PAGES} pages", long / short / 4, 1.5, f"{long * 1000:.0f} ms"
    )
    few, many = with_tables(100), with_tables(400)
    small, large = side_by_side(lambda: read(few, "a.docx"), lambda: read(many, "a.docx"))
    report.ratio(
        "reading a table of 400 rows / 4 x 100 rows", large / small / 4, 1.5, f"{large * 1000:.0f} ms"
    )
    print(f"      reading {PAGES} pages {short * 1000:.0f} ms, writing them {written * 1000:.1f} ms")
    report.close()
