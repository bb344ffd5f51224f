"""Papers as a table: one row a paper, or its citation in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from ..citations import CODES, KINDS, Citation, read
from ..forms.citing import initial_of
from ..models import Paper
from ..models.owned import Actor
from ..register import key_of, known_papers
from ..search import fold
from . import values
from .base import Column, Given, Planned, Sheet, Table, put
from .writing import update_rows

KEYS = ("kind", "number", "symbol", "issued_on", "issued_printed", "issuer", "subject", "in_force", "note")
_FOLDED = {fold(name): name for name in KINDS} | {fold(code): name for code, name in CODES.items()}


def kind(value: Any) -> str:
    """A kind by its name or abbreviation, with or without tone marks."""
    found = _FOLDED.get(fold(values.words(value)))
    if found is None:
        raise ValidationError(
            f"Không có loại văn bản “{values.words(value)[:40]}”. Ví dụ: kế hoạch, quyết định, công văn."
        )
    return found


def cited(value: Any) -> Citation:
    citation = read(values.words(value))
    if citation is None:
        raise ValidationError("Không đọc được viện dẫn này. Hãy điền vào từng cột.")
    return citation


class PaperSheet(Sheet):
    key, title, noun = "van-ban", "Văn bản", "văn bản"
    columns = (
        Column(
            "cited",
            "Viện dẫn",
            cited,
            hint="Dán cả viện dẫn vào đây thì không cần điền các cột khác.",
            width=60,
        ),
        Column(
            "kind",
            "Loại văn bản",
            kind,
            hint="kế hoạch, quyết định, công văn, luật…",
            also=("Loại", "Tên loại"),
        ),
        Column("number", "Số", longest=20, width=10, hint="Giữ số 0 ở đầu: định dạng cột là Text."),
        Column("symbol", "Ký hiệu", longest=60, hint="KH-UBND; văn bản của Đảng: KH/ĐU."),
        Column("issued_on", "Ngày ban hành", values.day, hint="19/9/2025", also=("Ngày", "Ngày tháng")),
        Column(
            "issued_printed", "Ngày ghi trên văn bản", longest=40, hint="Chỉ khi ngày không đầy đủ: 12/2025."
        ),
        Column("issuer", "Cơ quan ban hành", longest=300, width=36, also=("Nơi ban hành",)),
        Column("subject", "Trích yếu", width=60, also=("Nội dung", "Trích yếu nội dung", "Về việc")),
        Column("in_force", "Còn hiệu lực", values.yes, hint="có hoặc không"),
        Column("note", "Ghi chú", longest=1000, width=30),
    )
    example = (
        "",
        "kế hoạch",
        "98",
        "KH-UBND",
        "19/9/2025",
        "",
        "UBND phường Nhị Chiểu",
        "triển khai phong trào",
        "có",
    )

    def plan(self, actor: Actor, table: Table) -> list[Planned]:
        rows = [(given, self._filled(given)) for given in table.rows]
        rows = [(given, data) for given, data in rows if self._named(table, given, data)]
        found = known_papers(Paper.objects.visible_to(actor), [_citation(data) for _, data in rows])
        seen: dict[Any, int] = {}
        planned = []
        for (given, data), paper in zip(rows, found, strict=True):
            day = data.get("issued_on") or (paper and paper.issued_on)
            key = (*key_of(_citation(data)), fold(data.get("issuer", "")), day and day.year)
            if self.once(table, given.row, ("paper", paper.pk) if paper else key, seen):
                planned.append(self._planned(actor, given.row, data, paper))
        return planned

    def _filled(self, given: Given) -> dict[str, Any]:
        """The cells, over what the citation in the first column says."""
        citation = given.data.get("cited")
        read_out = {k: v for k, v in initial_of(citation).items() if v} if citation else {}
        return {**read_out, **{k: v for k, v in given.data.items() if k != "cited"}}

    def _named(self, table: Table, given: Given, data: dict[str, Any]) -> bool:
        """A row without a kind gets it from its symbol; one that names no paper is a fault."""
        if "kind" not in data and data.get("symbol"):
            code = CODES.get(data["symbol"].replace("/", "-").split("-")[0])
            if code:
                data["kind"] = code
        broken = any(fault.row == given.row for fault in table.faults[-50:])
        if "kind" not in data and not broken:
            self.fault(table, given.row, "kind", "Chưa điền.")
        elif not (data.get("number") or data.get("symbol") or data.get("subject")) and not broken:
            self.fault(table, given.row, "number", "Cần số, ký hiệu hoặc trích yếu.")
        return "kind" in data

    def _planned(self, actor: Actor, row: int, data: dict[str, Any], found: Paper | None) -> Planned:
        paper = found or Paper(holder=actor.organization)
        before = self.told(_state(paper)) if found else {}
        put(paper, data, KEYS)
        return Planned(row, paper, str(paper), before, self.told(_state(paper)), is_new=found is None)

    def write(self, actor: Actor, planned: Sequence[Planned]) -> None:
        Paper.objects.bulk_create([p.target for p in planned if p.act == "add"], batch_size=500)
        update_rows(Paper, [p.target for p in planned if p.act == "change"], (*KEYS, "search"))

    def export(self, actor: Actor) -> Iterable[Sequence[Any]]:
        for paper in Paper.objects.visible_to(actor).order_by("id").iterator(chunk_size=1000):
            state = _state(paper) | {"in_force": "có" if paper.in_force else "không"}
            yield ("", *(state[key] for key in KEYS))


def _state(paper: Paper) -> dict[str, Any]:
    return {key: getattr(paper, key) for key in KEYS}


def _citation(data: dict[str, Any]) -> Citation:
    return Citation(
        kind=data.get("kind", ""),
        number=data.get("number", ""),
        symbol=data.get("symbol", ""),
        date=data.get("issued_on"),
        issuer=data.get("issuer", ""),
        subject=data.get("subject", ""),
        dated=data.get("issued_printed", ""),
    )
