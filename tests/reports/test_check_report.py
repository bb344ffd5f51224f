"""The command that checks a report of the database or a file, and what it knows of the ward."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from reports.knowledge import knowledge_of, knowledge_of_organization
from reports.models import CheckLevel, levels_of

from .factories import (
    make_block,
    make_indicator,
    make_paper,
    make_report,
    make_request,
    make_section,
    make_user,
    make_ward,
)

WRONG = "<p>Kế hoạch số 06-KH-UBND ngày 24/7/2025 về việc đọc sách.</p>"


def checked(*arguments: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = StringIO()
    try:
        call_command("check_report", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def found(*arguments: str) -> tuple[int, list[dict]]:
    status, printed = checked(*arguments, "--json")
    return status, json.loads(printed)


@pytest.fixture
def report(ward):
    report = make_report(ward)
    make_block(make_section(report, "Kết quả"), WRONG)
    return report


def test_a_report_by_its_id_with_an_error(report):
    status, printed = checked(str(report.pk))
    assert status == 1
    assert "Lỗi · 1. Kết quả\n  “06-KH-UBND”" in printed
    assert printed.endswith(" Gợi ý.\n")


def test_json_has_the_fields_that_others_read(report):
    status, told = found(str(report.pk))
    assert status == 1
    (shape,) = [one for one in told if one["code"] == "symbol-shape"]
    assert shape["severity"] == "error"
    assert shape["section"] == "1. Kết quả"
    assert shape["words"] == "06-KH-UBND"
    assert shape["fix"]["replacement"] == "06/KH-UBND"
    assert shape["message"]
    assert shape["article"]


def test_no_error_ends_with_zero(ward, tmp_path):
    path = tmp_path / "doan.md"
    path.write_text("Phường đã họp với các tổ dân phố.\n", encoding="utf-8")
    status, told = found(str(path))
    errors = [one["code"] for one in told if one["severity"] == "error"]
    assert status == bool(errors)


@pytest.mark.parametrize("wanted", ["999", "bao-cao", "khong-co.docx", "9/BC-UBND"])
def test_what_is_not_there_is_bad_usage(ward, wanted):
    with pytest.raises(CommandError) as refused:
        call_command("check_report", wanted)
    assert refused.value.returncode == 2


def test_a_file_that_is_no_report_is_bad_usage(ward, tmp_path):
    path = tmp_path / "trong.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("check_report", str(path))
    assert refused.value.returncode == 2


def test_an_unknown_ward_is_bad_usage(ward, tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text("Kết quả.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="khong-co"):
        call_command("check_report", str(path), "--ward", "khong-co")


PLAN = "Kế hoạch số 98/KH-UBND ngày 18/9/2025 của UBND phường về việc triển khai phong trào đọc sách."


@pytest.fixture
def registered(ward):
    return make_paper(
        ward,
        kind="kế hoạch",
        number="98",
        symbol="KH-UBND",
        issued_on="2025-09-19",
        issuer="UBND phường",
        subject="triển khai phong trào đọc sách",
    )


def of_file(tmp_path, text: str, *more: str) -> list[str]:
    path = tmp_path / "bao-cao.txt"
    path.write_text(text, encoding="utf-8")
    return [one["words"] for one in found(str(path), *more)[1] if one["code"] == "citation-date"]


def test_a_file_is_checked_against_the_only_ward_at_work(tmp_path, ward, drafter, registered):
    assert of_file(tmp_path, f"Nhị Chiểu, ngày 19 tháng 5 năm 2026\nBÁO CÁO\nKết quả\n{PLAN}\n") == [
        "18/9/2025"
    ]


def test_a_file_of_another_place_is_not(tmp_path, ward, drafter, registered):
    elsewhere = f"An Hòa, ngày 19 tháng 5 năm 2026\nBÁO CÁO\nKết quả\n{PLAN}\n"
    assert of_file(tmp_path, elsewhere) == []
    assert of_file(tmp_path, elsewhere, "--ward", ward.code) == ["18/9/2025"]


def test_with_two_wards_at_work_one_is_named(tmp_path, ward, drafter, registered):
    make_user(make_ward())
    assert of_file(tmp_path, PLAN) == []
    assert of_file(tmp_path, PLAN, "--ward", ward.code) == ["18/9/2025"]


def test_a_level_of_the_organization_counts(report, ward):
    CheckLevel.objects.create(organization=ward, code="symbol-shape", level="advice")
    CheckLevel.objects.create(organization=make_ward(), code="symbol-shape", level="off")
    assert levels_of(ward) == {"symbol-shape": "advice"}
    _, told = found(str(report.pk))
    assert [one["severity"] for one in told if one["code"] == "symbol-shape"] == ["advice"]


def test_levels_are_kept_by_the_database_too(ward):
    CheckLevel.objects.create(organization=ward, code="symbol-shape", level="off")
    for row in ({"code": "symbol-shape", "level": "error"}, {"code": "date-style", "level": "ignore"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckLevel.objects.create(organization=ward, **row)


def test_knowledge_takes_a_fixed_number_of_queries(ward):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            knowledge_of(report)
        return len(captured)

    report = make_report(ward)
    report.requests.add(make_request(ward))
    make_indicator(ward)
    before = count()
    for _ in range(5):
        make_paper(ward)
        make_indicator(ward)
        report.requests.add(make_request(ward))
    assert count() == before


def test_knowledge_of_another_ward_at_work_stays_unseen(ward, drafter):
    other = make_ward()
    make_user(other)
    make_paper(other, number="5")
    make_paper(ward, number="7")
    known = knowledge_of_organization(ward)
    assert [paper.citation.number for paper in known.papers] == ["7"]
    assert len([body for body in known.bodies if body.kind == "ward"]) == 1
