"""Indicators as lines, as a table of the ward's figures, or as an appendix by neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import forms

from campaigns.facts import Facts, Figure, IndicatorFacts, number, percent

from ..document.nodes import (
    MISSING,
    Appendix,
    Block,
    Cell,
    Column,
    Inlines,
    Mention,
    Node,
    Paragraph,
    Row,
    Table,
    Text,
)
from . import richtext, tables
from .base import LINE_MARKS, NO_FACTS, Content, Kind, line, mention, rows, sentence, text
from .forms import BlockForm, RowField
from .prose import PlainField

SHOW = (
    ("lines", "Từng dòng trong bài"),
    ("table", "Bảng trong bài"),
    ("appendix", "Phụ lục theo tổ dân phố"),
)
FORMS = (
    ("", "Theo dạng số liệu"),
    ("value", "Số lượng"),
    ("ratio", "Tỷ số (27/27)"),
    ("percent", "Tỷ lệ (100%)"),
)
WIDE = 5  # figures in a row, above which an appendix lies across the page
SEE_APPENDIX = "(Chi tiết tại Phụ lục kèm theo)"


class IndicatorsForm(BlockForm):
    show = forms.ChoiceField(label="Trình bày", choices=SHOW, initial="lines")
    title = PlainField(label="Tên bảng hoặc phụ lục", max_length=300, required=False)
    add_label = "Thêm số liệu"
    row_fields = (
        RowField("indicator", "Nội dung số liệu", "pick", target="figure"),
        RowField("label", "Lời ghi trước số (bỏ trống: tên nội dung)", longest=1000),
        RowField("printed", "Hoặc ghi số nguyên văn, không theo danh mục", longest=500),
        RowField("suffix", "Lời ghi sau số", longest=1000),
        RowField("form", "Dạng số", "choice", choices=FORMS, rare=True),
        RowField("mark", "Dấu đầu dòng", "choice", choices=LINE_MARKS, default="-", rare=True),
    )


class Indicators(Kind):
    key, label, icon = "indicators", "Số liệu", "table"
    form = IndicatorsForm

    def blank(self) -> Content:
        return {"show": "lines", "title": "", "rows": []}

    def nodes(self, content: Content, facts: Facts) -> tuple[Node, ...]:
        held = rows(content)
        match text(content, "show"):
            case "appendix":
                return (Paragraph((Text(SEE_APPENDIX),)),) if _known(held, facts) else ()
            case "table":
                return (_table(content, held, facts),) if held else ()
        return tuple(_lines(held, facts))

    def appendix(self, content: Content, facts: Facts) -> Appendix | None:
        known = _known(rows(content), facts)
        if text(content, "show") != "appendix" or not known:
            return None
        title = richtext.plain(text(content, "title")) or (Text("SỐ LIỆU THEO TỔ DÂN PHỐ"),)
        return Appendix((title,), landscape=len(known) > WIDE, blocks=(Block((_by_place(known),)),))

    def mentions(self, content: Content) -> tuple[Mention, ...]:
        """The rows' own, however they are shown."""
        lines = _lines(rows(content), NO_FACTS)
        return tuple(richtext.mentions_in(tuple(lines)))


def _known(held: list[Content], facts: Facts) -> list[tuple[Content, IndicatorFacts]]:
    return [
        (row, facts.indicators[row["indicator"]]) for row in held if row.get("indicator") in facts.indicators
    ]


def _form(row: Content, indicator: IndicatorFacts | None) -> str:
    """The chosen form, else the one the indicator is measured in."""
    measured = {"ratio": "ratio", "percent": "percent"}.get(indicator.measure if indicator else "", "value")
    return text(row, "form") or measured


def _label(row: Content, indicator: IndicatorFacts | None) -> Inlines:
    return richtext.plain(text(row, "label") or (indicator.name if indicator else ""))


def _figure(row: Content, facts: Facts) -> Inlines:
    indicator = facts.indicators.get(row.get("indicator") or 0)
    return mention("figure", row, "indicator", _form(row, indicator))


# --- lines --------------------------------------------------------------------------------------------


def _lines(held: list[Content], facts: Facts) -> Iterable[Node]:
    counts: dict[str, int] = {}
    for row in held:
        label = _label(row, facts.indicators.get(row.get("indicator") or 0))
        colon = () if not label or label[-1].text.endswith(":") else (Text(":"),)  # type: ignore[union-attr]
        words = sentence(label, colon, _figure(row, facts), richtext.plain(text(row, "suffix")))
        mark = text({"mark": "-", **row}, "mark")
        if words:
            counts[mark] = counts.get(mark, 0) + 1
            yield line(mark, words, counts[mark])


# --- a table in the text ------------------------------------------------------------------------------


def _table(content: Content, held: list[Content], facts: Facts) -> Table:
    """TT, what, unit, figure; a column of targets where one is set."""
    aimed = any(at.target is not None for _, at in _known(held, facts))
    widths = [(4.0, "center"), (26.0, "left"), (9.0, "center"), *[(9.0, "right")] * aimed, (12.0, "right")]
    head = ("TT", "Nội dung", "Đơn vị tính", *["Chỉ tiêu giao"] * aimed, "Kết quả thực hiện")
    made = tuple(_table_row(at, row, facts, aimed) for at, row in enumerate(held, 1))
    table = tables.plain_table(tuple(Column(w, a) for w, a in widths), head, made)  # type: ignore[arg-type]
    return Table(table.columns, table.rows, richtext.plain(text(content, "title")))


def _table_row(at: int, row: Content, facts: Facts, aimed: bool) -> Row:
    indicator = facts.indicators.get(row.get("indicator") or 0)
    result = sentence(_figure(row, facts), richtext.plain(text(row, "suffix")), _coverage(row, indicator))
    target = number(indicator.target, indicator.decimals) if indicator else ""
    cells = [
        (Text(str(at)),),
        _label(row, indicator),
        richtext.plain(indicator.unit if indicator else ""),
        *[richtext.plain(target)] * aimed,
        result,
    ]
    return Row(tuple(map(Cell, cells)))


def _coverage(row: Content, indicator: IndicatorFacts | None) -> Inlines:
    """“(25/27 tổ dân phố)” beside a live sum that not every neighbourhood has reported to."""
    figure = indicator.ward if indicator else Figure()
    partial = figure.expected is not None and figure.covered != figure.expected
    if not partial or text(row, "printed"):
        return ()
    return (Text(f"({figure.covered}/{figure.expected} tổ dân phố)"),)


# --- an appendix --------------------------------------------------------------------------------------


def _by_place(known: list[tuple[Content, IndicatorFacts]]) -> Table:
    """A row per neighbourhood, the sums, and how many neighbourhoods they rest on."""
    places = list(dict.fromkeys(name for _, at in known for name, _ in at.places))
    columns = (Column(4, "center"), Column(16), *[Column(10, "right")] * len(known))
    head = ("TT", "Tổ dân phố", *[_head(row, at) for row, at in known])
    by_name = [dict(at.places) for _, at in known]
    body = [_place_row(at, name, known, by_name) for at, name in enumerate(places, 1)]
    return tables.plain_table(columns, head, (*body, *_sums(known)))  # type: ignore[arg-type]


def _head(row: Content, indicator: IndicatorFacts) -> str:
    name = text(row, "label") or indicator.name
    unit = "%" if _form(row, indicator) == "percent" else indicator.unit
    return f"{name} ({unit})" if unit else name


def _place_row(
    at: int, name: str, known: list[tuple[Content, IndicatorFacts]], by_name: list[dict[str, Figure]]
) -> Row:
    shown = [
        shown_figure(places.get(name, Figure()), _form(row, indicator), indicator.decimals)
        for (row, indicator), places in zip(known, by_name, strict=True)
    ]
    return Row(tuple(Cell((Text(words),)) for words in (str(at), name, *shown)))


def _sums(known: list[tuple[Content, IndicatorFacts]]) -> tuple[Row, Row]:
    sums = [total([figure for _, figure in at.places]) for _, at in known]
    totals = [shown_figure(s, _form(row, at), at.decimals) for s, (row, at) in zip(sums, known, strict=True)]
    coverage = [f"{figure.covered}/{figure.expected}" for figure in sums]
    return _sum_row("Tổng cộng", totals), _sum_row("Số tổ dân phố có số liệu", coverage)


def _sum_row(title: str, shown: list[str]) -> Row:
    first = Cell((Text(title),), colspan=2, align="left")
    return tables.bold_row((first, *(Cell((Text(words),)) for words in shown)))


def total(figures: list[Figure]) -> Figure:
    """The sum of what has been reported, with its coverage; a missing figure is never a zero."""
    told = [figure for figure in figures if not figure.is_missing]
    values = [figure.value for figure in told if figure.value is not None]
    parts = [(at.numerator, at.denominator) for at in told if at.numerator is not None and at.denominator]
    return Figure(
        value=sum(values, Decimal()) if values else None,
        numerator=sum((n for n, _ in parts), Decimal()) if parts else None,
        denominator=sum((d for _, d in parts), Decimal()) if parts else None,
        covered=len(told),
        expected=len(figures),
    )


def shown_figure(figure: Figure, form: str, decimals: int = 0) -> str:
    """A figure in a cell: 137, 25/27 or 92,59%; dots for one that is missing."""
    ratio = figure.numerator is not None and figure.denominator is not None
    if form == "percent":
        return percent(figure.percent) or MISSING
    if form == "ratio" or (figure.value is None and ratio):
        return f"{number(figure.numerator)}/{number(figure.denominator)}" if ratio else MISSING
    return number(figure.value, decimals) or MISSING
