"""Kinds of blocks: what each prints, printed words first, nothing missing counted as zero."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from django.http import QueryDict

from campaigns.citations import Citation
from campaigns.facts import Facts, Figure, IndicatorFacts, TeamFacts
from reports.blocks import KINDS
from reports.blocks.indicators import total
from reports.document.nodes import Item, Mention, Table, words

PLACES = ("Tổ dân phố số 1", "Tổ dân phố số 2", "Tổ dân phố số 3")


def figures(*values: int | None) -> tuple[tuple[str, Figure], ...]:
    return tuple(
        (name, Figure(None if value is None else Decimal(value)))
        for name, value in zip(PLACES, values, strict=True)
    )


def parts(*pairs: tuple[int, int] | None) -> tuple[tuple[str, Figure], ...]:
    return tuple(
        (name, Figure(None, Decimal(pair[0]), Decimal(pair[1])) if pair else Figure())
        for name, pair in zip(PLACES, pairs, strict=True)
    )


FACTS = Facts(
    papers={1: Citation("kế hoạch", "98", "KH-UBND")},
    teams={5: TeamFacts(5, "Tổ một", 8, decision=1), 6: TeamFacts(6, "Tổ hai", None)},
    indicators={
        7: IndicatorFacts(
            7,
            "A",
            "Số thành viên",
            "người",
            ward=Figure(Decimal(9), covered=2, expected=3),
            places=figures(4, None, 5),
        ),
        8: IndicatorFacts(8, "B", "Tỷ lệ", measure="percent", places=parts((1, 2), (2, 2), None)),
        9: IndicatorFacts(9, "C", "Chưa có", places=figures(None, None, None)),
    },
)


def shown(kind: str, **content: object) -> list[str]:
    """Lines with their marks; mentions by what they name, as nothing is looked up yet."""
    return [told(node) for node in KINDS[kind].nodes(content, FACTS)]


def told(node: object) -> str:
    line = "".join(
        part.printed or f"[{part.kind}:{part.key}{':' * bool(part.form)}{part.form}]"
        if isinstance(part, Mention)
        else words((part,))
        for part in node.content
    )
    return f"{node.label} {line}" if isinstance(node, Item) else line


def table_of(nodes: tuple) -> list[list[str]]:
    table = next(node for node in nodes if isinstance(node, Table))
    return [[words(cell.content) for cell in row.cells] for row in table.rows]


# --- every kind -----------------------------------------------------------------------------------------


def test_the_menu_has_every_kind_once():
    assert list(KINDS) == [
        "narrative",
        "papers",
        "teams",
        "indicators",
        "models",
        "difficulties",
        "directions",
        "proposals",
    ]
    assert all(kind.key == key and kind.label and kind.icon for key, kind in KINDS.items())


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("content", [{}, {"rows": None, "html": 3, "intro": []}, {"rows": [{}, None, "x"]}])
def test_empty_and_odd_contents_print_nothing(key, content):
    kind = KINDS[key]
    for facts in (Facts(), FACTS):
        assert kind.nodes(kind.blank(), facts) == ()
        assert kind.nodes(content, facts) == ()
    assert kind.appendix(content, FACTS) is None
    assert kind.mentions(content) == ()


@pytest.mark.parametrize("key", KINDS)
def test_a_blank_form_is_valid_and_stores_a_content_that_prints_nothing(key):
    kind = KINDS[key]
    form = kind.form(QueryDict("show=lines"), content=kind.blank())
    assert form.is_valid(), form.errors
    assert kind.nodes(form.content, FACTS) == ()


def test_nodes_need_no_database():
    """The files of kinds import no models; forms are Django's only part in them."""
    for path in Path("reports/blocks").glob("*.py"):
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert not {name for name in imported if "models" in name or name.startswith("django.db")}, path


# --- papers ---------------------------------------------------------------------------------------------


def test_papers_cite_with_lead_and_outcome():
    rows = [
        {"lead": "Ban hành", "paper": 1, "outcome": "<p>.</p>"},
        {"paper": 1, "printed": "Kế hoạch 98", "form": "short", "outcome": "đạt", "mark": ""},
        {"printed": "Công văn chưa vào sổ", "mark": "+"},
        {"lead": "Chỉ lời", "mark": "1)"},
        {"lead": "Nữa", "mark": "1)"},
    ]
    assert shown("papers", intro="<p>Cụ thể:</p>", rows=rows) == [
        "Cụ thể:",
        "- Ban hành [paper:1].",
        "Kế hoạch 98 đạt",
        "+ Công văn chưa vào sổ",
        "1) Chỉ lời",
        "2) Nữa",
    ]
    named = KINDS["papers"].mentions({"rows": rows})
    assert [(at.key, at.form, at.printed) for at in named] == [("1", "", None), ("1", "short", "Kế hoạch 98")]


def test_outcomes_hold_mentions_of_their_own():
    outcome = (
        '<p>với <span data-ref="team:5" data-form="headcount" data-printed="1">144</span> thành viên.</p>'
    )
    rows = [{"paper": 1, "outcome": outcome}]
    assert shown("papers", rows=rows) == ["- [paper:1] với 144 thành viên."]
    assert [at.kind for at in KINDS["papers"].mentions({"rows": rows})] == ["paper", "team"]


# --- teams ----------------------------------------------------------------------------------------------


def test_teams_as_lines():
    rows = [{"team": 5}, {"team": 6, "printed": "TỔ HAI", "text": "hoạt động tốt"}, {"printed": "Tổ khác"}]
    assert shown("teams", rows=rows) == [
        "- [team:5:name]: [team:5:headcount] thành viên",
        "- TỔ HAI hoạt động tốt",
        "- Tổ khác",
    ]


def test_teams_as_table_sum_only_known_headcounts():
    nodes = KINDS["teams"].nodes({"show": "table", "rows": [{"team": 5}, {"team": 6}]}, FACTS)
    assert table_of(nodes)[-1] == ["Tổng cộng", "08", "1/2 tổ có số thành viên"]
    unknown = KINDS["teams"].nodes({"show": "table", "rows": [{"team": 6}]}, FACTS)
    assert table_of(unknown)[-1] == ["Tổng cộng", "……", "0/1 tổ có số thành viên"]


# --- indicators -----------------------------------------------------------------------------------------


def test_indicators_as_lines_in_the_form_they_are_measured_in():
    rows = [
        {"indicator": 7, "suffix": "Tổ."},
        {"indicator": 8, "label": "Đạt tỷ lệ:", "suffix": "."},
        {"indicator": 7, "printed": "137", "mark": ""},
        {"indicator": 8, "form": "ratio"},
    ]
    assert shown("indicators", show="lines", rows=rows) == [
        "- Số thành viên: [figure:7:value] Tổ.",
        "- Đạt tỷ lệ: [figure:8:percent].",
        "Số thành viên: 137",
        "- Tỷ lệ: [figure:8:ratio]",
    ]


def test_a_missing_figure_waits_to_be_looked_up():
    (node,) = KINDS["indicators"].nodes({"rows": [{"indicator": 9}]}, FACTS)
    assert words(node.content) == "Chưa có: ……"


def test_table_says_how_many_neighbourhoods_a_sum_rests_on():
    rows = [{"indicator": 7}, {"indicator": 7, "printed": "10"}, {"indicator": 8}]
    made = table_of(KINDS["indicators"].nodes({"show": "table", "title": "Bảng", "rows": rows}, FACTS))
    assert [row[-1] for row in made[1:]] == ["…… (2/3 tổ dân phố)", "10", "……"]


def test_appendix_by_neighbourhood_has_sums_with_coverage():
    content = {"show": "appendix", "rows": [{"indicator": 7}, {"indicator": 8}, {"indicator": 9}]}
    appendix = KINDS["indicators"].appendix(content, FACTS)
    assert table_of(appendix.blocks[0].nodes) == [
        ["TT", "Tổ dân phố", "Số thành viên (người)", "Tỷ lệ (%)", "Chưa có"],
        ["1", PLACES[0], "4", "50%", "……"],
        ["2", PLACES[1], "……", "100%", "……"],
        ["3", PLACES[2], "5", "……", "……"],
        ["Tổng cộng", "9", "75%", "……"],
        ["Số tổ dân phố có số liệu", "2/3", "2/3", "0/3"],
    ]
    assert not appendix.landscape
    assert shown("indicators", **content) == ["(Chi tiết tại Phụ lục kèm theo)"]
    assert [at.key for at in KINDS["indicators"].mentions(content)] == ["7", "8", "9"]


def test_a_wide_appendix_lies_across():
    content = {"show": "appendix", "rows": [{"indicator": 7}] * 6}
    assert KINDS["indicators"].appendix(content, FACTS).landscape


def test_total_counts_nothing_missing_and_computes_the_percent():
    summed = total([figure for _, figure in parts((1, 3), None, (2, 3))])
    assert (summed.numerator, summed.denominator, summed.covered, summed.expected) == (3, 6, 2, 3)
    assert summed.percent == 50
    assert total([Figure(), Figure()]).is_missing
    assert total([Figure(Decimal(0))]).value == 0


# --- the other kinds --------------------------------------------------------------------------------------


def test_models_difficulties_directions():
    assert shown("models", rows=[{"name": "Tổ số", "detail": "<p>hay</p>"}, {"name": "Một mình"}]) == [
        "- Tổ số: hay",
        "- Một mình",
    ]
    assert shown("difficulties", rows=[{"text": "Thiếu máy", "cause": "ít tiền"}, {"text": "Xa."}]) == [
        "- Thiếu máy. Nguyên nhân: ít tiền",
        "- Xa.",
    ]
    assert shown("directions", mark="", rows=[{"text": "Tiếp tục."}]) == ["Tiếp tục."]
    assert shown("directions", mark="a)", rows=[{"text": str(at)} for at in range(5)])[-1] == "đ) 4"


def test_proposals_stand_below_their_addressee():
    rows = [
        {"addressee": "Sở A", "text": "hỗ trợ"},
        {"addressee": "Đề nghị Sở A:", "text": "tập huấn"},
        {"addressee": "UBND thành phố", "text": "đầu tư"},
        {"text": "Không rõ nơi"},
    ]
    assert shown("proposals", rows=rows) == [
        "- Đề nghị Sở A:",
        "+ hỗ trợ",
        "+ tập huấn",
        "- Đề nghị UBND thành phố đầu tư",
        "- Không rõ nơi",
    ]


# --- forms ------------------------------------------------------------------------------------------------


def post(**typed: object) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


def test_rows_are_read_in_order_and_short_columns_are_padded():
    data = post(row__lead=["a", "b"], row__paper=["1"], row__form=["", ""], row__mark=["-", "+"])
    form = KINDS["papers"].form(data, content={})
    assert form.is_valid(), form.errors
    assert [(row["lead"], row["paper"], row["mark"]) for row in form.content["rows"]] == [
        ("a", 1, "-"),
        ("b", None, "+"),
    ]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"row__paper": ["12; DROP TABLE"]}, "Chọn lại bằng nút Chọn."),
        ({"row__paper": ["-1"]}, "Chọn lại bằng nút Chọn."),
        ({"row__lead": ["x"], "row__mark": ["§"]}, "Chọn một giá trị trong danh sách."),
        ({"row__outcome": ["ă" * 10_000]}, "tối đa 8000 ký tự"),
        ({"intro": "ă" * 100_001}, "tối đa 100000 ký tự"),
        ({"row__lead": ["x"] * 501}, "tối đa 500 dòng"),
    ],
)
def test_bad_rows_are_refused_in_words(typed, error):
    form = KINDS["papers"].form(post(**typed), content={})
    assert not form.is_valid()
    assert error in str(list(form.summary))


def test_markup_typed_into_a_plain_field_stays_words():
    form = KINDS["papers"].form(post(row__lead=["<script>x</script>\x00"], row__mark=["-"]), content={})
    assert form.is_valid(), form.errors
    assert form.content["rows"][0]["lead"] == "<script>x</script>"
    assert told(KINDS["papers"].nodes(form.content, FACTS)[0]) == "- <script>x</script>"
