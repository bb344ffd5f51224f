"""What every importable table shares: its columns, reading a row, and the plan of what it changes."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from ..citations import format_date
from ..forms.figures import plain
from ..models.organizations import WRITERS
from ..models.owned import Actor
from ..search import fold
from . import values
from .workbook import Line

HEADS_WITHIN = 15  # rows from the top in which the heads may stand
ALREADY = "Trùng với dòng {row}."


@dataclass(frozen=True)
class Column:
    """One column: key, the head printed, how a cell is read, whether it must be filled, a hint, a width."""

    key: str
    label: str
    read: Callable[[Any], Any] = values.words
    required: bool = False
    hint: str = ""
    width: int = 18
    longest: int = 2000
    also: tuple[str, ...] = ()  # other heads officers print

    def names(self) -> set[str]:
        return {fold(name) for name in (self.label, *self.also)}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row; column is counted from 1, 0 for the whole row."""

    row: int
    column: int
    words: str
    label: str = ""

    def told(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "words": self.words, "label": self.label}


@dataclass
class Given:
    """A row as read: values by key, only of cells that are filled."""

    row: int
    data: dict[str, Any]


@dataclass
class Planned:
    """One row to write: the object as it will be, and what that changes. `under`: rows of a row above it."""

    row: int
    target: Model
    name: str
    before: dict[str, str]
    after: dict[str, str]
    is_new: bool
    under: Any = None

    @property
    def act(self) -> str:
        if self.is_new:
            return "add"
        return "change" if self.before != self.after else "same"

    def told(self) -> dict[str, Any]:
        labels = [
            label
            for label in {**self.before, **self.after}
            if self.before.get(label) != self.after.get(label)
        ]
        return {
            "row": self.row,
            "act": self.act,
            "name": self.name,
            "before": {label: self.before.get(label, "") for label in labels if not self.is_new},
            "after": {label: self.after.get(label, "") for label in labels},
        }


@dataclass
class Table:
    """A table as read: where each column stands, its rows, and every fault so far."""

    places: dict[str, int] = field(default_factory=dict)
    rows: list[Given] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


class Sheet:
    """One importable table. Subclasses say the columns, how rows are planned and how the register is written out."""

    key: ClassVar[str]
    title: ClassVar[str]
    noun: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    roles: ClassVar[tuple[str, ...]] = WRITERS
    example: ClassVar[tuple[Any, ...]] = ()

    def plan(self, actor: Actor, table: Table) -> list[Planned]:
        """What the rows change; faults that only the register shows are added to the table. Constant queries."""
        raise NotImplementedError

    def write(self, actor: Actor, planned: Sequence[Planned]) -> None:
        """Writes what was planned; inside the caller's transaction."""
        raise NotImplementedError

    def export(self, actor: Actor) -> Iterable[Sequence[Any]]:
        """The register's rows in the order of the columns."""
        raise NotImplementedError

    # --- reading --------------------------------------------------------------------------------------

    def heads(self) -> list[tuple[str, str, int]]:
        return [
            (f"{column.label} *" if column.required else column.label, column.hint, column.width)
            for column in self.columns
        ]

    def read(self, lines: Sequence[Line], progress: Callable[[int], None] = lambda done: None) -> Table:
        """Every row read, every fault kept."""
        table = Table()
        head = self._find_heads(lines, table)
        if head is None:
            missing = ", ".join(column.label for column in self.columns if column.required)
            table.faults.append(Fault(1, 0, f"Không thấy hàng tiêu đề. Cần có các cột: {missing}."))
            return table
        body = [line for line in lines if line.number > head.number]
        for done, line in enumerate(body, 1):
            self._read_line(line, table)
            if done % 500 == 0:
                progress(done)
        if not body:
            table.faults.append(Fault(head.number, 0, "Bảng chưa có dòng nào dưới hàng tiêu đề."))
        return table

    def _find_heads(self, lines: Sequence[Line], table: Table) -> Line | None:
        best: tuple[int, Line | None, dict[str, int]] = (0, None, {})
        for line in lines[:HEADS_WITHIN]:
            places = dict(self._places(line))
            if len(places) > best[0]:
                best = (len(places), line, places)
        _, line, table.places = best
        lacking = [c.label for c in self.columns if c.required and c.key not in table.places]
        if line is None or (lacking and len(table.places) < 2):
            return None
        table.faults += [Fault(line.number, 0, f"Thiếu cột “{label}”.") for label in lacking]
        taken = set(table.places.values())
        table.ignored = [values.words(v) for place, v in line.values.items() if place not in taken]
        return line

    def _places(self, line: Line) -> Iterator[tuple[str, int]]:
        for place, value in line.values.items():
            name = fold(values.words(value)).rstrip(" *:")
            for column in self.columns:
                if name in column.names():
                    yield column.key, place

    def _read_line(self, line: Line, table: Table) -> None:
        data: dict[str, Any] = {}
        before = len(table.faults)
        for column in self.columns:
            place = table.places.get(column.key)
            if place is None:
                continue
            if place in line.faults:
                table.faults.append(Fault(line.number, place, line.faults[place], column.label))
            elif place in line.values:
                self._read_cell(line, column, place, data, table)
        if not data and len(table.faults) == before:
            return  # only columns that do not count
        lacking = [c for c in self.columns if c.required and c.key not in data and c.key in table.places]
        told = {fault.column for fault in table.faults[before:]}
        lacking = [c for c in lacking if table.places[c.key] not in told]
        table.faults += [Fault(line.number, table.places[c.key], "Chưa điền.", c.label) for c in lacking]
        table.rows.append(Given(line.number, data))

    def _read_cell(self, line: Line, column: Column, place: int, data: dict[str, Any], table: Table) -> None:
        try:
            value = column.read(line.values[place])
        except ValidationError as error:
            table.faults.append(Fault(line.number, place, " ".join(error.messages), column.label))
            return
        if isinstance(value, str) and len(value) > column.longest:
            words = f"Dài {len(value)} chữ; nhiều nhất {column.longest}."
            table.faults.append(Fault(line.number, place, words, column.label))
        elif value != "":
            data[column.key] = value

    # --- planning -------------------------------------------------------------------------------------

    def fault(self, table: Table, row: int, key: str, words: str) -> None:
        label = next((column.label for column in self.columns if column.key == key), "")
        table.faults.append(Fault(row, table.places.get(key, 0), words, label))

    def once(self, table: Table, row: int, key: Any, seen: dict[Any, int]) -> bool:
        """Whether a row is the first of its kind in the table; a second one is a fault."""
        if key in seen:
            table.faults.append(Fault(row, 0, ALREADY.format(row=seen[key])))
            return False
        seen[key] = row
        return True

    def told(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Values by key -> words by the label of their column, empty ones left out."""
        labels = {column.key: column.label for column in self.columns}
        return {
            labels[key]: words for key, value in row.items() if key in labels and (words := words_of(value))
        }


def words_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime.date):
        return format_date(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def put(target: Model, data: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Filled cells onto a row; an empty cell leaves what the register has."""
    for key in keys:
        if key in data:
            setattr(target, key, data[key])


def digest(changes: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of a plan, to write only what was shown."""
    text = json.dumps(changes, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
