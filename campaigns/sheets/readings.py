"""Readings as a table: one row a figure, of one place and period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from ..grid import cell_text, parts_of
from ..models import Indicator, Neighbourhood, Reading
from ..models.owned import Actor
from ..search import fold
from . import values
from .base import Column, Given, Planned, Sheet, Table, put
from .writing import update_rows

KEYS = ("value", "numerator", "denominator", "as_of", "source", "note")
WHOLE_WARD = ("", "toan phuong", "phuong", "toan xa", "ca phuong")


class ReadingSheet(Sheet):
    key, title, noun = "so-lieu", "Số liệu", "số liệu"
    columns = (
        Column(
            "code",
            "Mã nội dung",
            required=True,
            longest=30,
            hint="Mã ở trang Số liệu.",
            also=("Mã", "Mã số liệu"),
        ),
        Column(
            "place", "Tổ dân phố", longest=100, width=28, hint="Bỏ trống: số của toàn phường.", also=("Nơi",)
        ),
        Column("period_from", "Kỳ từ ngày", values.day, required=True, also=("Từ ngày",)),
        Column("period_to", "Kỳ đến ngày", values.day, required=True, also=("Đến ngày",)),
        Column("as_of", "Số liệu đến ngày", values.day, hint="Bỏ trống: ngày cuối kỳ.", also=("Ngày chốt",)),
        Column(
            "figure", "Kết quả", values.figure_words, required=True, hint="4118; 12,5; 45/60; hoặc: chưa có"
        ),
        Column("source", "Nguồn", longest=300, width=36),
        Column("note", "Ghi chú", longest=300, width=30),
    )
    example = ("SL01", "Tổ dân phố số 1", "1/5/2026", "31/5/2026", "", "45/60", "Tổ trưởng báo")

    def plan(self, actor: Actor, table: Table) -> list[Planned]:
        indicators = {fold(row.code): row for row in Indicator.objects.visible_to(actor)}
        places = {fold(row.name): row for row in Neighbourhood.objects.visible_to(actor)}
        named = [row for given in table.rows if (row := self._placed(table, given, indicators, places))]
        held = self._held(actor, named)
        seen: dict[Any, int] = {}
        planned = []
        for given, indicator, place in named:
            key = (indicator.pk, place and place.pk, given.data["period_from"], given.data["period_to"])
            if self.once(table, given.row, key, seen):
                planned += self._planned(table, given, indicator, place, held.get(key))
        return planned

    def _placed(self, table: Table, given: Given, indicators: Any, places: Any) -> Any:
        """The row with its indicator and place; None, and the fault told, when it names none or lacks a cell."""
        data = given.data
        if not all(key in data for key in ("code", "period_from", "period_to", "figure")):
            return None
        indicator, name = indicators.get(fold(data["code"])), fold(data.get("place", ""))
        place = places.get(name)
        if indicator is None:
            self.fault(table, given.row, "code", f"Không có nội dung số liệu mã “{data['code']}”.")
        if place is None and name not in WHOLE_WARD:
            self.fault(table, given.row, "place", f"Không có tổ dân phố “{data['place']}”.")
        if data["period_to"] < data["period_from"]:
            self.fault(table, given.row, "period_to", "Ngày cuối kỳ không được trước ngày đầu kỳ.")
        return (given, indicator, place) if indicator and (place or name in WHOLE_WARD) else None

    def _held(self, actor: Actor, named: Sequence[Any]) -> dict[Any, Reading]:
        """Readings of these indicators between the first and the last of these periods; one query."""
        if not named:
            return {}
        starts = [given.data["period_from"] for given, _, _ in named]
        ends = [given.data["period_to"] for given, _, _ in named]
        rows = Reading.objects.visible_to(actor).filter(
            Q(period_from__gte=min(starts), period_to__lte=max(ends)),
            indicator__in={indicator.pk for _, indicator, _ in named},
        )
        return {(r.indicator_id, r.neighbourhood_id, r.period_from, r.period_to): r for r in rows}

    def _planned(
        self, table: Table, given: Given, indicator: Any, place: Any, found: Reading | None
    ) -> list[Planned]:
        data = given.data
        reading = found or Reading(
            indicator=indicator,
            neighbourhood=place,
            period_from=data["period_from"],
            period_to=data["period_to"],
            source=indicator.source,
        )
        before = self.told(_state(reading)) if found else {}
        try:
            reading.value, reading.numerator, reading.denominator = parts_of(indicator, data["figure"])
        except ValidationError as error:
            self.fault(table, given.row, "figure", " ".join(error.messages))
            return []
        put(reading, data, ("as_of", "source", "note"))
        reading.as_of = reading.as_of or data["period_to"]
        name = f"{indicator.code}, {place or 'toàn phường'}, {reading}"
        return [Planned(given.row, reading, name, before, self.told(_state(reading)), found is None)]

    def write(self, actor: Actor, planned: Sequence[Planned]) -> None:
        Reading.objects.bulk_create([p.target for p in planned if p.act == "add"], batch_size=500)
        update_rows(Reading, [p.target for p in planned if p.act == "change"], KEYS)

    def export(self, actor: Actor) -> Iterable[Sequence[Any]]:
        rows = Reading.objects.visible_to(actor).select_related("indicator", "neighbourhood").order_by("id")
        for row in rows.iterator(chunk_size=1000):
            place = row.neighbourhood.name if row.neighbourhood else ""
            yield (
                *(row.indicator.code, place, row.period_from, row.period_to, row.as_of, cell_text(row)),
                *(row.source, row.note),
            )


def _state(reading: Reading) -> dict[str, Any]:
    state = {key: getattr(reading, key) for key in ("as_of", "source", "note")}
    return {"figure": cell_text(reading), **state}
