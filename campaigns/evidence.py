"""Files that many people sent, put beside the figures they prove: the name of each file says whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from . import events
from .chat import heard, place_in
from .forms.uploads import check_upload
from .grid import Cell, Grid
from .models import Indicator, Reading
from .sheets import values, workbook

NO_PLACE = "tên tệp không nói rõ của tổ nào; hãy đổi tên, ví dụ “Tổ 5.jpg”"
KEPT = "tổ này đã có tệp minh chứng trong kỳ; giữ tệp cũ"
TWICE = "có hai tệp của cùng một tổ; chỉ nhận tệp đầu"


@dataclass
class Dropped:
    """What became of the files: place -> name of the file kept, figures read out of workbooks, and refusals."""

    kept: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)  # name of a cell -> text
    refused: list[str] = field(default_factory=list)


def drop(sheet: Grid, indicator: Indicator, files: Iterable[UploadedFile]) -> Dropped:
    """Keeps each file as the evidence of its place's reading in the sheet's period; one event for all."""
    told = Dropped()
    chosen: list[tuple[Cell, UploadedFile]] = []
    cells = {cell.place.pk: cell for cell in sheet.cells if cell.place and cell.indicator.pk == indicator.pk}
    names = {place.pk: place.name for place in sheet.places}
    for file in files:
        place = place_in((file.name or "").rsplit(".", 1)[0], names)
        cell = cells[place] if place else None
        reason = _refusal(cell, file, [taken for taken, _ in chosen])
        if cell is None or reason:
            told.refused.append(f"{file.name}: {reason}")
            continue
        chosen.append((cell, file))
        _read(cell, file, names, told)
    _keep(sheet, chosen, told)
    return told


def _refusal(cell: Cell | None, file: UploadedFile, taken: list[Cell]) -> str:
    try:
        check_upload(file)
    except ValidationError as error:
        return " ".join(error.messages)
    if cell is None:
        return NO_PLACE
    if cell in taken:
        return TWICE
    return KEPT if cell.reading and cell.reading.evidence else ""


def _read(cell: Cell, file: UploadedFile, names: dict[int, str], told: Dropped) -> None:
    """The figure of the place in a small workbook, if one line names the place and holds one figure."""
    if cell.place is None or not (file.name or "").lower().endswith(".xlsx") or cell.kept:
        return
    try:
        rows = workbook.lines(file)  # type: ignore[arg-type]
    except ValidationError:
        return
    finally:
        file.seek(0)
    text = "\n".join(" ".join(map(values.figure_words, row.values.values())) for row in rows[:200])
    figure = heard(text, names).cells.get(cell.place.pk)
    if figure:
        told.figures[cell.name] = figure


def _keep(sheet: Grid, chosen: list[tuple[Cell, UploadedFile]], told: Dropped) -> None:
    if not chosen or sheet.actor.organization is None:
        return
    with transaction.atomic():
        for cell, file in chosen:
            _attach(sheet, cell, file)
            told.kept[str(cell.place)] = file.name or ""
        head = {"sort": "số liệu", "key": None, "name": f"tệp minh chứng kỳ {sheet.span}, {len(chosen)} tệp"}
        fields = {cell.label: file.name for cell, file in chosen}
        events.record("change", sheet.actor.user, sheet.actor.organization, after={**head, "fields": fields})


def _attach(sheet: Grid, cell: Cell, file: UploadedFile) -> None:
    """A place without a figure gets a reading that says so, and holds the file."""
    reading = cell.reading or Reading(
        indicator=cell.indicator,
        neighbourhood=cell.place,
        period_from=sheet.span.start,
        period_to=sheet.span.end,
        as_of=sheet.span.as_of,
        source=cell.indicator.source,
    )
    reading.evidence = file
    reading.save()
    cell.reading = reading
    cell.text = cell.was = cell.kept
