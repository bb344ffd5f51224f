"""Indicators and readings: what a number means, "no figure yet", coverage, percent, frozen meaning."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Indicator, Reading

from .factories import (
    make_indicator,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_unit,
    queries_of,
)

SCRIPT = "<script>alert('x')</script>"
MAY = {"period_from": "1/5/2026", "period_to": "31/5/2026", "as_of": "31/5/2026"}
INDICATOR = {
    "code": "SL01",
    "name": "Người dân được phổ cập kỹ năng số",
    "measure": "count",
    "accumulation": "snapshot",
    "decimals": "0",
    "order": "0",
}


def add(client, indicator, **fields):
    return client.post(reverse("reading_add", args=[indicator.pk]), MAY | fields)


def periods(client, indicator):
    return list(client.get(reverse("indicator_detail", args=[indicator.pk])).context["page"])


def latest(client):
    return list(client.get(reverse("indicator_list")).context["page"])


@pytest.mark.parametrize(
    ("typed", "value"),
    [("4118", 4118), ("4.118", 4118), ("4 118", 4118), ("1.234.567", 1234567), ("12,5", "12.5"), ("0", 0)],
)
def test_numbers_are_read_as_vietnamese_officers_write_them(drafter, ward, typed, value):
    assert add(drafter, make_indicator(ward, decimals=1), value=typed).status_code == 302
    assert Reading.objects.get().value == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["12.5", "0.125", "1.23.456", "4,118,000", "abc", "1e5", "NaN", "--1", "9" * 30]
)
def test_a_number_that_could_mean_two_things_is_refused(drafter, ward, typed):
    answer = add(drafter, make_indicator(ward), value=typed)
    assert "value" in answer.context["form"].errors
    assert typed in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_saved_number_is_shown_as_it_is_typed(drafter, ward):
    reading = make_reading(make_indicator(ward, decimals=1), value=Decimal("4118.5"))
    page = drafter.get(reverse("reading_edit", args=[reading.pk])).content.decode()
    assert 'value="4.118,5"' in page
    assert 'value="31/05/2026"' in page


def test_more_decimals_than_the_indicator_has_are_refused(drafter, ward):
    assert "value" in add(drafter, make_indicator(ward), value="12,5").context["form"].errors


def test_no_figure_yet_is_said_and_never_zero(drafter, ward):
    indicator = make_indicator(ward)
    assert add(drafter, indicator).context["form"].errors["value"]
    assert add(drafter, indicator, missing="on").status_code == 302
    assert Reading.objects.get().is_missing
    assert periods(drafter, indicator)[0]["words"] == ""
    for url in (reverse("indicator_list"), reverse("indicator_detail", args=[indicator.pk])):
        assert "chưa có số liệu" in drafter.get(url).content.decode()
    page = drafter.get(reverse("reading_edit", args=[Reading.objects.get().pk]))
    assert page.context["form"]["missing"].value() is True


def test_zero_is_a_figure(drafter, ward):
    indicator = make_indicator(ward)
    add(drafter, indicator, value="0")
    assert periods(drafter, indicator)[0]["words"] == "0"


def test_missing_and_a_number_at_once_are_refused(drafter, ward):
    assert "value" in add(drafter, make_indicator(ward), value="5", missing="on").context["form"].errors


@pytest.mark.parametrize("measure", ["ratio", "percent"])
def test_a_part_over_its_whole_is_refused_beside_its_field(drafter, ward, measure):
    answer = add(drafter, make_indicator(ward, measure=measure), numerator="28", denominator="27")
    assert answer.context["form"].errors == {"numerator": ["Tử số không được lớn hơn mẫu số."]}
    assert 'value="28"' in answer.content.decode()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("numerator", "denominator", "wrong"),
    [("5", "", "denominator"), ("", "27", "numerator"), ("0", "0", "denominator"), ("-1", "5", "numerator")],
)
def test_numerator_and_denominator_go_together(drafter, ward, numerator, denominator, wrong):
    indicator = make_indicator(ward, measure="ratio")
    answer = add(drafter, indicator, numerator=numerator, denominator=denominator)
    assert set(answer.context["form"].errors) == {wrong}


def test_percent_is_computed_and_never_typed(drafter, ward):
    indicator = make_indicator(ward, measure="percent")
    form = drafter.get(reverse("reading_add", args=[indicator.pk])).context["form"]
    assert "value" not in form.fields
    add(drafter, indicator, numerator="26", denominator="27", value="99")
    assert periods(drafter, indicator)[0]["words"] == "96,3% (26/27)"
    assert Reading.objects.get().value is None


def test_the_same_place_and_period_twice_is_refused(drafter, ward):
    indicator, place = make_indicator(ward), make_neighbourhood(ward)
    for where in ("", place.pk):
        assert add(drafter, indicator, value="5", neighbourhood=where).status_code == 302
        again = add(drafter, indicator, value="6", neighbourhood=where)
        assert "Đã có số liệu của nơi này trong kỳ này." in again.content.decode()
    assert add(drafter, make_indicator(ward), value="5").status_code == 302
    assert Reading.objects.count() == 3


def test_a_period_ends_after_it_begins(drafter, ward):
    answer = add(drafter, make_indicator(ward), value="5", period_from="1/6/2026")
    assert "Ngày cuối kỳ không được trước ngày đầu kỳ." in answer.content.decode()


def test_coverage_counts_places_with_a_figure(drafter, ward):
    indicator = make_indicator(ward)
    places = [make_neighbourhood(ward) for _ in range(5)]
    make_neighbourhood(ward, valid_to=datetime.date(2026, 1, 1))
    for place in places[:3]:
        make_reading(indicator, neighbourhood=place, value=10)
    make_reading(indicator, neighbourhood=places[3])
    item = periods(drafter, indicator)[0]
    assert item["period"].coverage == "3/5"
    assert not item["period"].is_full
    assert item["words"] == item["total"] == "30"
    assert "3/5" in drafter.get(reverse("indicator_list")).content.decode()


def test_the_wards_own_figure_goes_before_the_sum(drafter, ward):
    indicator = make_indicator(ward, measure="ratio")
    for _ in range(2):
        make_reading(indicator, neighbourhood=make_neighbourhood(ward), numerator=1, denominator=2)
    assert latest(drafter)[0]["words"] == "2/4"
    make_reading(indicator, numerator=3, denominator=4)
    assert latest(drafter)[0]["words"] == "3/4"
    assert periods(drafter, indicator)[0]["total"] == "2/4"


def test_periods_are_newest_first_and_the_list_shows_the_newest(drafter, ward):
    indicator = make_indicator(ward)
    for month in range(1, 9):
        first = datetime.date(2026, month, 1)
        make_reading(indicator, period_from=first, period_to=first + datetime.timedelta(27), value=month)
    shown = [item["words"] for item in periods(drafter, indicator)]
    assert shown == ["8", "7", "6", "5", "4", "3"]
    assert latest(drafter)[0]["words"] == "8"
    second = drafter.get(reverse("indicator_detail", args=[indicator.pk]), {"trang": 2})
    assert [item["words"] for item in second.context["page"]] == ["2", "1"]


def test_the_target_stands_apart_from_the_result(drafter, ward):
    indicator = make_indicator(ward, target=Decimal("4118"), target_due=datetime.date(2026, 12, 31))
    page = drafter.get(reverse("indicator_detail", args=[indicator.pk])).content.decode()
    assert "4.118" in page.split('id="target"')[1].split("</section>")[0]
    assert "4.118" not in page.split("Kết quả thực hiện</h2>")[1]
    assert (latest(drafter)[0]["words"], latest(drafter)[0]["target"]) == ("", "4.118")


def test_saving_and_going_on_keeps_the_period(drafter, ward):
    indicator = make_indicator(ward)
    answer = add(drafter, indicator, value="5", more="1")
    form = drafter.get(answer.url).context["form"]
    assert form["period_from"].value() == datetime.date(2026, 5, 1)
    assert (
        drafter.get(reverse("reading_add", args=[indicator.pk]), {"from": "x", "to": SCRIPT}).status_code
        == 200
    )


def test_an_indicator_is_added_with_its_target_paper(drafter, ward):
    paper = make_paper(ward, number="98")
    data = INDICATOR | {"target": "4.118", "target_paper": "98/KH-UBND", "keeper": make_unit(ward).pk}
    assert drafter.post(reverse("indicator_add"), data).status_code == 302
    indicator = Indicator.objects.get()
    assert (indicator.organization, indicator.target, indicator.target_paper) == (ward, 4118, paper)


def test_a_code_is_used_once_and_decimals_end_at_four(drafter, ward):
    make_indicator(ward, code="SL01")
    make_indicator(make_organization(), code="SL02")
    assert "Mã này đã có." in drafter.post(reverse("indicator_add"), INDICATOR).content.decode()
    assert drafter.post(reverse("indicator_add"), INDICATOR | {"code": "SL02"}).status_code == 302
    answer = drafter.post(reverse("indicator_add"), INDICATOR | {"code": "SL03", "decimals": "5"})
    assert "decimals" in answer.context["form"].errors


@pytest.mark.parametrize(("field", "value"), [("measure", "ratio"), ("accumulation", "cumulative")])
def test_the_meaning_is_frozen_once_readings_exist(drafter, ward, field, value):
    indicator = make_indicator(ward, code="SL01")
    url = reverse("indicator_edit", args=[indicator.pk])
    assert drafter.post(url, INDICATOR | {field: value}).status_code == 302
    drafter.post(url, INDICATOR)
    make_reading(indicator, value=5)
    assert field in drafter.post(url, INDICATOR | {field: value}).context["form"].errors
    assert drafter.post(url, INDICATOR | {"name": "Tên khác"}).status_code == 302
    indicator.refresh_from_db()
    assert (getattr(indicator, field), indicator.name) == (INDICATOR[field], "Tên khác")


def test_choices_of_another_ward_are_refused(drafter, ward):
    other = make_organization()
    make_paper(other, number="77", symbol="KH-UBND")
    data = INDICATOR | {"keeper": make_unit(other).pk, "target_paper": "77/KH-UBND"}
    errors = drafter.post(reverse("indicator_add"), data).context["form"].errors
    assert set(errors) == {"keeper", "target_paper"}
    place = make_neighbourhood(other).pk
    answer = add(drafter, make_indicator(ward), value="5", neighbourhood=place, paper="77/KH-UBND")
    assert set(answer.context["form"].errors) == {"neighbourhood", "paper"}


def test_evidence_is_checked_kept_and_removed(drafter, ward, django_capture_on_commit_callbacks):
    indicator = make_indicator(ward)
    bad = add(drafter, indicator, value="5", evidence=SimpleUploadedFile("a.pdf", b"<html>"))
    assert "evidence" in bad.context["form"].errors
    assert "chọn lại tệp" in bad.content.decode()
    add(drafter, indicator, value="5", evidence=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    reading = Reading.objects.get()
    given = drafter.get(reverse("reading_evidence", args=[reading.pk]))
    assert b"".join(given.streaming_content) == b"%PDF-1.7"
    storage, name = reading.evidence.storage, reading.evidence.name
    with django_capture_on_commit_callbacks(execute=True):
        drafter.post(reverse("reading_delete", args=[reading.pk]))
    assert not storage.exists(name)


def test_script_is_shown_as_text(drafter, ward):
    indicator = make_indicator(
        ward, code=SCRIPT[:30], name=SCRIPT, definition=SCRIPT, unit=SCRIPT, source=SCRIPT
    )
    reading = make_reading(indicator, value=5, source=SCRIPT, note=SCRIPT)
    urls = [reverse("indicator_list"), reverse("reading_add", args=[indicator.pk])]
    urls += [reverse(name, args=[indicator.pk]) for name in ("indicator_detail", "indicator_edit")]
    urls += [reverse(name, args=[reading.pk]) for name in ("reading_edit", "reading_delete")]
    for url in urls:
        assert "<script>alert" not in drafter.get(url).content.decode()


def test_an_indicator_with_readings_is_kept(drafter, ward):
    indicator = make_indicator(ward)
    make_reading(indicator, value=5)
    answer = drafter.post(reverse("indicator_delete", args=[indicator.pk]))
    assert answer.status_code == 409
    Reading.objects.all().delete()
    assert drafter.post(reverse("indicator_delete", args=[indicator.pk])).status_code == 302


def test_queries_do_not_grow_with_readings(drafter, ward):
    def fill(indicators: int, places: int) -> None:
        spots = [make_neighbourhood(ward) for _ in range(places)]
        for _ in range(indicators):
            indicator = make_indicator(ward)
            for spot in spots:
                make_reading(indicator, neighbourhood=spot, value=5)

    fill(3, 2)
    first = Indicator.objects.first()
    pages = [reverse("indicator_list")] + [
        reverse(name, args=[first.pk]) for name in ("indicator_detail", "reading_add", "indicator_edit")
    ]
    few = [queries_of(drafter, page) for page in pages]
    fill(20, 10)
    for place in ward.neighbourhoods.all()[5:]:
        make_reading(first, neighbourhood=place, value=5)
    assert [queries_of(drafter, page) for page in pages] == few
    assert max(few) <= 20
