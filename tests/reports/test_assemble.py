"""From the tables to the tree: frame, labels, figures, appendices, and a number of queries that never grows."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Indicator, Neighbourhood, Organization, Paper, Reading, Team
from reports.assemble import document_of, facts_for
from reports.document import nodes, plain
from reports.models import Block, Report, Section, SignatureBlock

pytestmark = pytest.mark.django_db

PERIOD = {"period_from": datetime.date(2026, 1, 1), "period_to": datetime.date(2026, 3, 31)}
BEFORE = {"period_from": datetime.date(2025, 10, 1), "period_to": datetime.date(2025, 12, 31)}


def make_ward(code: str = "an-hoa", **fields: Any) -> Organization:
    return Organization.objects.create(
        **{
            "code": code,
            "kind": "ward",
            "name": "Ủy ban nhân dân phường An Hòa",
            "short_name": "UBND phường An Hòa",
            "letterhead": "ỦY BAN NHÂN DÂN\nPHƯỜNG AN HÒA",
            "symbol_code": "UBND",
            "place_name": "An Hòa",
            **fields,
        }
    )


def make_report(ward: Organization, **fields: Any) -> Report:
    return Report.objects.create(
        **{
            "organization": ward,
            "subject": "Kết quả quý I",
            "symbol": "BC-UBND",
            "cut_off": datetime.date(2026, 3, 31),
            **PERIOD,
            **fields,
        }
    )


def make_section(report: Report, html: str = "", **fields: Any) -> Section:
    section = Section.objects.create(report=report, **fields)
    if html:
        Block.objects.create(section=section, kind="narrative", content={"html": html})
    return section


def make_indicator(ward: Organization, code: str = "x", **fields: Any) -> Indicator:
    return Indicator.objects.create(organization=ward, code=code, name=f"Số liệu {code}", **fields)


def make_reading(indicator: Indicator, value: int | None, period: dict = PERIOD, **fields: Any) -> Reading:
    return Reading.objects.create(
        indicator=indicator, value=value, **{"as_of": period["period_to"], **period, **fields}
    )


def shown(report: Report, indicator: Indicator, form: str = "") -> str:
    """What a sentence that mentions the indicator prints."""
    report.sections.all().delete()
    chosen = f' data-form="{form}"' if form else ""
    make_section(report, f'<p>x <span data-ref="figure:{indicator.pk}"{chosen}>?</span></p>', part="closing")
    return plain.body(document_of(report)).removeprefix("x ").strip()


# --- the frame ----------------------------------------------------------------------------------------


def approved(report: Report) -> Report:
    """As the tree sees it once approved: without the mark of a draft."""
    report.status = "approved"
    return report


def frame_text(report: Report) -> list[str]:
    return plain.text(document_of(report)).splitlines()


def test_day_is_padded_and_only_months_one_and_two() -> None:
    report = approved(make_report(make_ward(), issued_on=datetime.date(2026, 3, 5), number="08"))
    assert frame_text(report)[4:6] == ["Số: 08/BC-UBND", "An Hòa, ngày 05 tháng 3 năm 2026"]
    report.issued_on = datetime.date(2026, 2, 15)
    assert "An Hòa, ngày 15 tháng 02 năm 2026" in frame_text(report)


def test_place_takes_its_noun_where_the_ward_has_one() -> None:
    ward = make_ward(place_noun="Phường", place_name="Nguyễn Trãi")
    report = make_report(ward, issued_on=datetime.date(2026, 3, 5))
    assert "Phường Nguyễn Trãi, ngày 05 tháng 3 năm 2026" in frame_text(report)


def test_printed_date_wins_and_keeps_its_slots() -> None:
    report = make_report(make_ward(), place_date="An Hòa, ngày 5 tháng 03 năm 2026")
    content = document_of(report).frame.place_date
    assert nodes.words(content) == "An Hòa, ngày 5 tháng 03 năm 2026"
    assert [n.text for n in content if isinstance(n, nodes.Slot)] == ["5", "03", "2026"]
    report.place_date = "An Hòa, cuối năm"
    assert nodes.words(document_of(report).frame.place_date) == "An Hòa, cuối năm"


def test_draft_carries_its_mark_with_the_hour_in_vietnam() -> None:
    report = make_report(make_ward())
    report.changed_at = datetime.datetime(2026, 5, 18, 17, 30, tzinfo=datetime.UTC)
    assert document_of(report).frame.draft == "DỰ THẢO, 00:30 ngày 19/5/2026"
    report.status = "issued"
    assert document_of(report).frame.draft == ""


def test_superior_is_upright_and_issuer_bold() -> None:
    ward = make_ward(parent_letterhead="UBND PHƯỜNG AN HÒA", letterhead="PHÒNG VĂN HÓA - XÃ HỘI")
    head = document_of(make_report(ward)).frame.letterhead
    assert head is not None
    assert [(at.text, at.bold) for at in head.issuer] == [
        ("UBND PHƯỜNG AN HÒA", False),
        ("PHÒNG VĂN HÓA - XÃ HỘI", True),
    ]
    own = document_of(make_report(ward, letterhead="BAN CHỈ ĐẠO")).frame.letterhead
    assert own is not None
    assert [(at.text, at.bold) for at in own.issuer] == [("BAN CHỈ ĐẠO", True)]


def test_every_part_of_the_frame_can_be_left_out() -> None:
    every = ["motto", "letterhead", "number", "place_date", "title", "addressees", "recipients", "signatures"]
    report = approved(make_report(make_ward(), omitted=every, addressees="Sở Y tế", recipients="Lưu: VT."))
    SignatureBlock.objects.create(report=report, lines="CHỦ TỊCH", name="Nguyễn Văn A")
    assert document_of(report).frame == nodes.Frame()


def test_report_as_a_letter() -> None:
    report = make_report(make_ward(), form="letter", symbol="UBND-VHXH", subject="báo cáo kết quả\nquý I")
    title = document_of(report).frame.title
    assert title is not None
    assert title.letter
    assert title.kind == ""
    assert [nodes.words(line) for line in title.subject] == ["V/v báo cáo kết quả", "quý I"]


def test_party_organization_has_its_own_motto() -> None:
    head = document_of(make_report(make_ward(kind="party", motto="party"))).frame.letterhead
    assert head is not None
    assert head.motto == ("ĐẢNG CỘNG SẢN VIỆT NAM",)


def test_joint_report_has_several_signatures() -> None:
    report = make_report(make_ward())
    for order, name in enumerate(("Nguyễn Văn A", "Trần Thị B")):
        SignatureBlock.objects.create(report=report, order=order, lines="CHỦ TỊCH", name=name)
    assert [at.name for at in document_of(report).frame.signatures] == ["Nguyễn Văn A", "Trần Thị B"]


def test_odd_characters_never_break_the_page() -> None:
    """NFD, control characters, line ends inside a line: cleaned, not refused."""
    report = make_report(
        make_ward(), subject="Kê\u0301t qua\u0309\x07\r\nquý\tI", recipients="- Như trên;\x01"
    )
    make_section(report, heading="Mu\u0323c\n1 <script>alert(1)</script>" + "x" * 900, run_in="a\x0bb")
    text = plain.text(document_of(report))
    assert "Kết quả\nquý I\n" in text
    assert "Mục 1 <script>" in text
    assert "- Như trên;\n" in text


# --- sections -----------------------------------------------------------------------------------------


def test_labels_by_scheme_printed_and_none() -> None:
    report = make_report(make_ward(), scheme="I-1-a")
    make_section(report, "<p>Mở đầu</p>", part="opening")
    first = make_section(report, heading="Một", order=1)
    make_section(report, heading="Một một", parent=first)
    make_section(report, heading="Ba", order=2, label="III.")
    make_section(report, heading="Bốn", order=3)
    make_section(report, heading="Không số", order=4, label="")
    make_section(report, heading="Gạch", order=5, style="-")
    make_section(report, "<p>Hết./.</p>", part="closing")
    assert plain.body(document_of(report)).splitlines() == [
        "Mở đầu",
        "I. Một",
        "1. Một một",
        "III. Ba",
        "IV. Bốn",
        "Không số",
        "- Gạch",
        "Hết./.",
    ]


def test_appendix_sections_carry_title_and_reference() -> None:
    report = make_report(make_ward(), number="12", issued_on=datetime.date(2026, 4, 2), addressees="Sở")
    one = make_section(report, heading="DANH SÁCH\nTỔ", part="appendix", landscape=True)
    make_section(report, "<p>Dòng</p>", heading="Phần đầu", parent=one, part="appendix")
    make_section(report, "<p>Khác</p>", heading="BẢNG", part="appendix", order=1)
    first, second = document_of(report).appendices
    assert (first.label, second.label) == ("Phụ lục I", "Phụ lục II")
    assert [nodes.words(line) for line in first.title] == ["DANH SÁCH", "TỔ"]
    assert first.landscape
    assert not second.landscape
    assert first.sections[0].label == "1."
    assert nodes.words(first.reference) == (
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 02 tháng 4 năm 2026 của UBND phường An Hòa)"
    )


def test_kind_that_is_gone_prints_nothing() -> None:
    report = make_report(make_ward())
    section = make_section(report, "<p>Còn</p>", part="closing")
    Block.objects.create(section=section, kind="gone", content={"html": "<p>x</p>"}, order=1)
    assert plain.body(document_of(report)) == "Còn\n"


# --- mentions -----------------------------------------------------------------------------------------


def test_citation_is_full_first_and_short_after_and_swaps_when_moved() -> None:
    ward = make_ward()
    paper = Paper.objects.create(
        holder=ward, kind="kế hoạch", number="9", symbol="KH-UBND", issuer="UBND phường", subject="thử"
    )
    report = make_report(ward)
    span = f'<span data-ref="paper:{paper.pk}">x</span>'
    first = make_section(report, f"<p>A {span}</p>", order=1)
    second = make_section(report, f"<p>B {span}</p>", order=2)
    full, short = "Kế hoạch số 9/KH-UBND của UBND phường về việc thử", "Kế hoạch số 9/KH-UBND"
    assert plain.body(document_of(report)).splitlines() == ["1.", f"A {full}", "2.", f"B {short}"]
    Section.objects.filter(pk=second.pk).update(order=0)
    assert plain.body(document_of(report)).splitlines() == ["1.", f"B {full}", "2.", f"A {short}"]
    assert first.pk != second.pk


def test_rows_of_another_organization_are_never_shown() -> None:
    ours, theirs = make_ward(), make_ward("khac")
    paper = Paper.objects.create(holder=theirs, kind="kế hoạch", number="1", symbol="BÍ-MẬT")
    indicator = make_indicator(theirs)
    make_reading(indicator, 77)
    team = Team.objects.create(organization=theirs, name="Tổ lạ", stated_headcount=55)
    report = make_report(ours)
    spans = (f"paper:{paper.pk}", f"figure:{indicator.pk}", f"team:{team.pk}")
    make_section(report, "<p>" + " ".join(f'<span data-ref="{ref}">cũ</span>' for ref in spans) + "</p>")
    assert plain.body(document_of(report)) == f"1.\n{' '.join([nodes.MISSING] * 3)}\n"
    facts = facts_for(report)
    assert (facts.papers, facts.teams, facts.indicators) == ({}, {}, {})


# --- figures ------------------------------------------------------------------------------------------


@pytest.fixture
def ward() -> Organization:
    made = make_ward()
    Neighbourhood.objects.bulk_create(
        Neighbourhood(organization=made, name=f"Tổ {number}", order=number) for number in (1, 2, 3)
    )
    return made


def test_no_figure_yet_is_not_zero(ward: Organization) -> None:
    indicator = make_indicator(ward)
    report = make_report(ward)
    assert shown(report, indicator) == nodes.MISSING
    make_reading(indicator, None)
    assert shown(report, indicator) == nodes.MISSING
    Reading.objects.update(value=0)
    assert shown(report, indicator) == "0"


def test_reading_of_the_period_wins_over_the_sum_and_older_ones(ward: Organization) -> None:
    indicator = make_indicator(ward)
    report = make_report(ward)
    make_reading(indicator, 5, BEFORE)
    assert shown(report, indicator) == "5"
    places = list(Neighbourhood.objects.all())
    make_reading(indicator, 3, neighbourhood=places[0])
    make_reading(indicator, 4, neighbourhood=places[1])
    assert shown(report, indicator) == "7"
    figure = facts_for(report).indicators[indicator.pk].ward
    assert (figure.covered, figure.expected) == (2, 3)
    make_reading(indicator, 1234)
    assert shown(report, indicator) == "1.234"


def test_what_happened_in_another_period_never_stands_for_this_one(ward: Organization) -> None:
    indicator = make_indicator(ward, accumulation="in_period")
    make_reading(indicator, 5, BEFORE)
    assert shown(make_report(ward), indicator) == nodes.MISSING


def test_readings_after_the_cut_off_are_not_seen(ward: Organization) -> None:
    indicator = make_indicator(ward)
    later = {"period_from": datetime.date(2026, 4, 1), "period_to": datetime.date(2026, 6, 30)}
    make_reading(indicator, 9, later)
    assert shown(make_report(ward), indicator) == nodes.MISSING


def test_ratio_and_percent_are_computed_from_sums(ward: Organization) -> None:
    indicator = make_indicator(ward, measure="ratio")
    for place, (part, whole) in zip(Neighbourhood.objects.all(), ((1, 2), (2, 2), (2, 4)), strict=True):
        Reading.objects.create(
            indicator=indicator,
            neighbourhood=place,
            numerator=part,
            denominator=whole,
            as_of=PERIOD["period_to"],
            **PERIOD,
        )
    report = make_report(ward)
    assert [shown(report, indicator, form) for form in ("", "ratio", "percent")] == ["5/8", "5/8", "62,5%"]


# --- queries ------------------------------------------------------------------------------------------


def fill(ward: Organization, size: int) -> Report:
    """A report whose every register and tree grows with `size`."""
    report = make_report(ward)
    places = Neighbourhood.objects.bulk_create(
        Neighbourhood(organization=ward, name=f"Tổ {report.pk}-{n}") for n in range(size)
    )
    for n in range(size):
        paper = Paper.objects.create(holder=ward, kind="kế hoạch", number=f"{report.pk}{n}", symbol="KH-UBND")
        team = Team.objects.create(organization=ward, name=f"Tổ {n}", neighbourhood=places[n], decision=paper)
        indicator = make_indicator(ward, f"{report.pk}-{n}")
        make_reading(indicator, n, neighbourhood=places[n])
        refs = (f"paper:{paper.pk}", f"team:{team.pk}", f"figure:{indicator.pk}")
        html = "".join(f'<p>x <span data-ref="{ref}">y</span></p>' for ref in refs)
        make_section(report, html, parent=make_section(report, heading=f"Mục {n}", order=n))
        SignatureBlock.objects.create(report=report, order=n, name=f"Người {n}")
    return Report.objects.select_related("organization").get(pk=report.pk)


def test_queries_do_not_grow() -> None:
    ward = make_ward()
    counts = []
    for size in (1, 12):
        report = fill(ward, size)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            document_of(report)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 9
