"""A letter's XLSX form as an appendix of the report: its table as it came, waiting cells filled with live figures."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.db import transaction

from campaigns.models import Indicator, User
from campaigns.search import fold

from . import drafting, mentions, sittings
from .blocks import prose
from .importing import sheet
from .importing.sheet import Sheet, SheetCell
from .models import Block, Report, ReportRequest, Section
from .models.outlines import Part


@transaction.atomic
def attach(report: Report, request: ReportRequest, by: User) -> list[Section]:
    """An appendix for each sheet of the letter's form; Unreadable when the file is no form."""
    with request.form_file.open("rb") as file:
        sheets = sheet.read(file.read())
    held = drafting.locked_report(report)
    sittings.typed(held, by, sittings.STRUCTURE)
    known = {
        fold(indicator.name): indicator
        for indicator in Indicator.objects.filter(organization=report.organization)
    }
    start = report.sections.filter(parent=None, part=Part.APPENDIX).count()
    made = [_appendix(report, found, known, start + at, by) for at, found in enumerate(sheets)]
    mentions.rewrite(report.organization, Block.objects.filter(section__in=made))
    drafting.changed(report)
    return made


def _appendix(report: Report, found: Sheet, known: dict[str, Indicator], order: int, by: User) -> Section:
    section = Section.objects.create(
        report=report,
        part=Part.APPENDIX,
        order=order,
        heading=found.title.upper()[:1000],
        landscape=max(sum(cell.colspan for cell in row) for row in found.rows) > 7,
    )
    html = prose.clean(table(found.rows, known))
    Block.objects.create(section=section, kind="narrative", content={"html": html}, changed_by=by)
    return section


def table(rows: Iterable[tuple[SheetCell, ...]], known: dict[str, Indicator]) -> str:
    """The rows as an editor's table; in a row that names an indicator the first waiting cell shows its value."""
    return f"<table><tbody>{''.join(_row(row, known) for row in rows)}</tbody></table>"


def _row(row: tuple[SheetCell, ...], known: dict[str, Indicator]) -> str:
    named = next((known[fold(cell.text)] for cell in row if fold(cell.text) in known), None)
    waiting = named is not None
    cells = []
    for cell in row:
        inner = escape(cell.text)
        if waiting and not cell.text and named is not None:
            form = "" if named.measure == "count" else ' data-form="ratio"'
            inner, waiting = f'<span data-ref="figure:{named.pk}"{form}>……</span>', False
        spans = "".join(
            f' {name}="{size}"'
            for name, size in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
            if size > 1
        )
        cells.append(f"<td{spans}><p>{inner}</p></td>")
    return f"<tr>{''.join(cells)}</tr>"
