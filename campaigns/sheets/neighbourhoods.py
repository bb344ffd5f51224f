"""Neighbourhoods as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..models import Neighbourhood
from ..models.organizations import KEEPERS
from ..models.owned import Actor
from ..search import fold
from . import values
from .base import Column, Planned, Sheet, Table, put
from .writing import update_rows

KEYS = ("name", "order", "valid_from", "valid_to")


class NeighbourhoodSheet(Sheet):
    key, title, noun = "to-dan-pho", "Tổ dân phố", "tổ dân phố"
    roles = tuple(KEEPERS)
    columns = (
        Column(
            "name",
            "Tên",
            required=True,
            longest=100,
            width=30,
            also=("Tổ dân phố", "Tên tổ dân phố", "Tên tổ"),
        ),
        Column("order", "Thứ tự", values.whole, width=10, also=("STT", "TT")),
        Column("valid_from", "Từ ngày", values.day, hint="1/7/2025; bỏ trống nếu từ trước"),
        Column("valid_to", "Đến ngày", values.day, hint="Chỉ khi đã sáp nhập, giải thể."),
        Column(
            "successor",
            "Sáp nhập vào",
            longest=100,
            width=30,
            hint="Tên tổ dân phố mới, đã có trong danh sách.",
        ),
    )
    example = ("Tổ dân phố số 1", "1", "1/7/2025")

    def plan(self, actor: Actor, table: Table) -> list[Planned]:
        held = list(Neighbourhood.objects.visible_to(actor).select_related("successor"))
        by_name = {fold(place.name): place for place in held}
        seen: dict[Any, int] = {}
        planned = []
        for given in table.rows:
            name = given.data.get("name")
            if not name or not self.once(table, given.row, fold(name), seen):
                continue
            found = by_name.get(fold(name))
            place = found or Neighbourhood(organization=actor.organization)
            before = self.told(_state(place)) if found else {}
            put(place, given.data, KEYS)
            self._succeed(table, given.row, place, given.data.get("successor"), by_name)
            if place.valid_from and place.valid_to and place.valid_to < place.valid_from:
                self.fault(table, given.row, "valid_to", "Ngày kết thúc không được trước ngày bắt đầu.")
            planned.append(
                Planned(given.row, place, place.name, before, self.told(_state(place)), found is None)
            )
        return planned

    def _succeed(self, table: Table, row: int, place: Neighbourhood, name: str | None, by_name: Any) -> None:
        """The successor must stand in the register already: a new one is imported first."""
        if not name:
            return
        successor = by_name.get(fold(name))
        if successor is None or successor is place:
            self.fault(table, row, "successor", f"Chưa có tổ dân phố “{name}” trong danh sách.")
        else:
            place.successor = successor

    def write(self, actor: Actor, planned: Sequence[Planned]) -> None:
        Neighbourhood.objects.bulk_create([p.target for p in planned if p.act == "add"], batch_size=500)
        update_rows(Neighbourhood, [p.target for p in planned if p.act == "change"], (*KEYS, "successor"))

    def export(self, actor: Actor) -> Iterable[Sequence[Any]]:
        for place in Neighbourhood.objects.visible_to(actor).select_related("successor"):
            yield tuple(_state(place)[column.key] for column in self.columns)


def _state(place: Neighbourhood) -> dict[str, Any]:
    return {key: getattr(place, key) for key in KEYS} | {"successor": str(place.successor or "")}
