"""The figures of a report as plain data: frozen at approval, written into data.json and data.xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from campaigns.facts import Figure, IndicatorFacts
from campaigns.models import Reading

from .. import assemble
from ..document import xlsx
from ..models import Edition, Report

#: Keys of one figure; numbers are text so that no reader rounds them, dates ISO 8601, None is not known.
Record = dict[str, Any]
WARD = "Toàn đơn vị"
HEAD = (
    *("STT", "Mã", "Số liệu", "Nơi", "Đơn vị tính", "Kết quả", "Tử số", "Mẫu số", "Tỷ lệ (%)"),
    *("Kỳ từ ngày", "Đến ngày", "Tính đến ngày", "Nguồn", "Độ phủ"),
)
WIDTHS = (6, 12, 36, 24, 12, 12, 12, 12, 10, 12, 12, 12, 36, 10)


def of(report: Report) -> list[Record]:
    """Every figure the report names, for the whole ward and each place, as the registers say now; no figure yet
    is kept as such. Nine queries for any size."""
    found = assemble.facts_for(report).indicators
    periods = _periods(list(found))
    return [record for facts in found.values() for record in _records(facts, report, periods)]


def frozen(edition: Edition) -> list[Record]:
    """The figures kept with an approved edition; of one older than that, those of today."""
    return of(edition.report) if edition.figures is None else list(edition.figures)


def _records(facts: IndicatorFacts, report: Report, periods: dict[Any, Any]) -> Iterator[Record]:
    for place, figure in ((WARD, facts.ward), *facts.places):
        name = "" if place == WARD and figure is facts.ward else place
        period = (report.period_from, report.period_to)
        begin, end = periods.get((facts.id, name, figure.as_of, figure.value, figure.numerator), period)
        yield {
            "code": facts.code,
            "name": facts.name,
            "place": place,
            "unit": facts.unit,
            "measure": facts.measure,
            **_numbers(figure),
            "period_from": begin.isoformat() if begin else None,
            "period_to": end.isoformat() if end else None,
            "as_of": figure.as_of.isoformat() if figure.as_of else None,
            "source": figure.source,
            "covered": figure.covered,
            "expected": figure.expected,
        }


def _numbers(figure: Figure) -> Record:
    share = None if figure.percent is None else round(figure.percent, 2)
    given = {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": share,
    }
    return {key: None if number is None else _plain(number) for key, number in given.items()}


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros the database adds: 4118, 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _periods(indicators: list[int]) -> dict[Any, Any]:
    """The period of each reading, by what a figure made of it shows."""
    rows = Reading.objects.filter(indicator__in=indicators).values_list(
        "indicator", "neighbourhood__name", "as_of", "value", "numerator", "period_from", "period_to"
    )
    return {
        (pk, place or "", as_of, value, part): (begin, end)
        for pk, place, as_of, value, part, begin, end in rows
    }


def workbook(records: list[Record], title: str) -> bytes:
    """The figures as an XLSX table; a missing one is an empty cell, never a zero."""
    rows = tuple(_row(at, record) for at, record in enumerate(records, 1))
    sheet = xlsx.Sheet("Số liệu", title, HEAD, WIDTHS, rows)
    return xlsx.workbook((sheet,))


def _row(at: int, record: Record) -> tuple[Any, ...]:
    numbers = [_cell(record[key]) for key in ("value", "numerator", "denominator", "percent")]
    days = [record[key] and _day(record[key]) for key in ("period_from", "period_to", "as_of")]
    covered = f"{record['covered']}/{record['expected']}" if record["covered"] is not None else ""
    words = (at, record["code"], record["name"], record["place"], record["unit"])
    return (*words, *numbers, *days, record["source"], covered)


def _cell(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"
