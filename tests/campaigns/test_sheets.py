"""Tables from and to Excel: what is understood, every fault at once, before and after, all or nothing."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from campaigns import sheet_imports
from campaigns.models import Event, ImportState, Member, Neighbourhood, Paper, Reading, SheetImport, Team
from campaigns.sheets import SHEETS, values, workbook

from .factories import (
    make_indicator,
    make_member,
    make_neighbourhood,
    make_organization,
    make_paper,
    make_reading,
    make_team,
    queries_of,
)

PAPER_HEAD = ["Loại văn bản", "Số", "Ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"]
PLAN = ["kế hoạch", "06", "KH-UBND", "19/9/2025", "UBND phường Thử", "triển khai phong trào"]
READING_HEAD = ["Mã nội dung", "Tổ dân phố", "Kỳ từ ngày", "Kỳ đến ngày", "Kết quả", "Nguồn"]
MAY = ["1/5/2026", "31/5/2026"]


def book(*rows, change=None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if change:
        change(made.active)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def upload(client, key, content, name="bang.xlsx"):
    return client.post(
        reverse("sheet_upload", args=[key]), {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def checked(client, key, *rows, change=None) -> SheetImport:
    answer = upload(client, key, book(*rows, change=change))
    assert answer.status_code == 200
    return SheetImport.objects.latest("pk")


def confirm(client, row) -> SheetImport:
    client.post(reverse("sheet_apply", args=[row.pk]))
    row.refresh_from_db()
    return row


def faults_of(row) -> set[tuple[int, str]]:
    return {(fault["row"], fault["label"]) for fault in row.faults}


# --- papers -------------------------------------------------------------------------------------------


def test_nothing_is_written_before_it_is_confirmed(drafter):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    assert row.state == ImportState.CHECKED
    assert row.changes[0]["after"]["Số"] == "06"
    assert not Paper.objects.exists()
    page = drafter.get(reverse("sheet_import", args=[row.pk])).content.decode()
    assert "triển khai phong trào" in page
    assert "Ghi vào sổ" in page
    assert confirm(drafter, row).state == ImportState.APPLIED
    paper = Paper.objects.get()
    assert (paper.number, paper.issued_on, paper.kind) == ("06", datetime.date(2025, 9, 19), "kế hoạch")
    assert Paper.objects.matching("phong trao").get() == paper
    event = Event.objects.get(act="import_sheet")
    assert "thêm 1, sửa 0" in event.after["name"]


def test_before_and_after_are_shown_and_blank_cells_keep_what_is_there(drafter, ward):
    paper = make_paper(ward, number="06", issuer="UBND phường Thử", subject="cũ", note="giữ nguyên")
    rows = ([*PAPER_HEAD, "Ghi chú"], [*PLAN[:5], "mới", ""])
    row = checked(drafter, "van-ban", *rows)
    assert [(c["act"], c["before"], c["after"]) for c in row.changes] == [
        ("change", {"Trích yếu": "cũ"}, {"Trích yếu": "mới"})
    ]
    page = drafter.get(reverse("sheet_import", args=[row.pk])).content.decode()
    assert "<del>cũ</del> mới" in page
    confirm(drafter, row)
    paper.refresh_from_db()
    assert (paper.subject, paper.note) == ("mới", "giữ nguyên")
    assert "moi" in paper.search.split()
    event = Event.objects.get(act="import_sheet")
    assert list(event.before["fields"].values()) == ["cũ"]
    again = checked(drafter, "van-ban", *rows)
    assert [change["act"] for change in again.changes] == ["same"]
    assert "không có gì để ghi" in drafter.get(reverse("sheet_import", args=[again.pk])).content.decode()


def test_every_fault_of_every_row_is_shown_at_once_and_nothing_is_written(drafter):
    rows = [
        ["", "1", "KH-UBND", "31/2/2025", "", ""],
        ["thư tình", "2", "KH-UBND", "", "", ""],
        ["luật", "", "", "", "", ""],
        ["kế hoạch", "9" * 30, "KH-UBND", 45919, "", "x"],
        PLAN,
        [*PLAN[:5], "khác"],
    ]
    row = checked(drafter, "van-ban", PAPER_HEAD, *rows)
    assert row.state == ImportState.FAULTY
    assert faults_of(row) == {
        (2, "Ngày ban hành"),
        (3, "Loại văn bản"),
        (4, "Số"),
        (5, "Số"),
        (5, "Ngày ban hành"),
        (7, ""),
    }
    page = drafter.get(reverse("sheet_import", args=[row.pk])).content.decode()
    assert "Trùng với dòng 6" in page
    assert "data-focus" in page
    assert confirm(drafter, row).state == ImportState.FAULTY
    assert not Paper.objects.exists()


def test_the_marked_workbook_shows_each_fault_in_its_row(drafter):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN, ["kế hoạch", "2", "KH-UBND", "hôm qua", "", ""])
    answer = drafter.get(reverse("sheet_marked", args=[row.pk]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.cell(3, 4).fill.fgColor.rgb == "00FFE3E0"
    assert "Không đọc được ngày" in sheet.cell(3, 7).value
    assert sheet.cell(2, 7).value is None


def test_a_citation_in_one_cell_is_enough(drafter):
    text = "Công văn số 12/SKHCN-CĐS ngày 3/10/2025 của Sở Khoa học và Công nghệ về báo cáo"
    row = checked(drafter, "van-ban", ["Viện dẫn", "Ghi chú"], [text, "đã đọc"], ["không phải viện dẫn", ""])
    assert faults_of(row) == {(3, "Viện dẫn")}
    confirm(drafter, checked(drafter, "van-ban", ["Viện dẫn", "Ghi chú"], [text, "đã đọc"]))
    paper = Paper.objects.get()
    assert (paper.kind, paper.number, paper.symbol, paper.note) == ("công văn", "12", "SKHCN-CĐS", "đã đọc")


def test_heads_may_stand_lower_and_be_written_otherwise(drafter):
    rows = (
        ["DANH SÁCH VĂN BẢN"],
        [],
        ["STT", "loai", "SỐ ", "Ký hiệu *", "nội dung"],
        [1, "KH", 7.0, "KH-UBND", "a"],
    )
    confirm(drafter, checked(drafter, "van-ban", *rows))
    assert list(Paper.objects.values_list("kind", "number", "subject")) == [("kế hoạch", "7", "a")]


@pytest.mark.parametrize("rows", [[["gì đó", "khác"], ["a", "b"]], [PAPER_HEAD], [["Số"]], [[]]])
def test_a_table_without_heads_or_rows_is_refused_in_words(drafter, rows):
    row = checked(drafter, "van-ban", *rows)
    assert row.state == ImportState.FAULTY
    assert row.faults[0]["words"]


def test_the_register_may_not_change_between_looking_and_writing(drafter, ward):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    make_paper(ward, number="06", issuer="UBND phường Thử", subject="đã có người ghi")
    confirm(drafter, row)
    assert row.state == ImportState.CHECKED
    assert "Sổ đã thay đổi" in row.error
    assert row.changes[0]["act"] == "change"
    assert Paper.objects.get().subject == "đã có người ghi"
    assert confirm(drafter, row).state == ImportState.APPLIED
    assert Paper.objects.get().subject == "triển khai phong trào"


def test_a_writing_that_fails_half_way_writes_nothing(drafter, ward, monkeypatch):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN, ["luật", "", "", "", "", "Nhà ở"])

    def broken(actor, planned):
        Paper.objects.bulk_create([planned[0].target])
        raise RuntimeError("đứt")

    monkeypatch.setattr(SHEETS["van-ban"], "write", broken)
    confirm(drafter, row)
    assert row.state == ImportState.CHECKED
    assert row.error
    assert not Paper.objects.exists()
    assert not Event.objects.exists()


def test_a_second_press_writes_once(drafter):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    confirm(drafter, row)
    confirm(drafter, row)
    assert Event.objects.filter(act="import_sheet").count() == 1


# --- cells --------------------------------------------------------------------------------------------


def test_merged_cells_spread_down_and_are_refused_across(drafter, ward):
    place = make_neighbourhood(ward, name="Tổ 1")
    heads = ["Tên tổ", "Tổ dân phố", "Họ và tên", "Nhiệm vụ"]
    rows = (heads, ["Tổ công nghệ số", "Tổ 1", "Nguyễn Văn A", "Tổ trưởng"], [None, None, "Nguyễn Văn B"])

    def down(sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")

    confirm(drafter, checked(drafter, "to", *rows, change=down))
    team = Team.objects.get()
    assert (team.name, team.neighbourhood, team.members.count()) == ("Tổ công nghệ số", place, 2)
    row = checked(drafter, "to", *rows, change=lambda sheet: sheet.merge_cells("C2:D2"))
    assert "gộp nhiều cột" in row.faults[0]["words"]


def test_a_formula_counts_by_its_value_and_without_one_is_refused(drafter, ward):
    make_indicator(ward, code="SL1")
    row = checked(drafter, "so-lieu", READING_HEAD[:5], ["SL1", "", *MAY, "=1+1"])
    assert row.faults[0]["words"] == workbook.NO_VALUE
    content = book(READING_HEAD[:5], ["SL1", "", *MAY, "=1+1"])
    data = io.BytesIO()  # as Excel saves it: the formula and its value
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.infolist():
            text = old.read(part).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            new.writestr(part.filename, text.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    upload(drafter, "so-lieu", data.getvalue())
    row = SheetImport.objects.latest("pk")
    assert row.changes[0]["after"]["Kết quả"] == "2"


def test_a_formula_that_failed_is_a_fault_and_blank_rows_do_not_count(drafter, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)

    def blank(sheet):
        for number in range(4, 300):
            sheet.cell(number, 1).number_format = "@"
        sheet.cell(2, 6).value = "#REF!"

    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN, change=blank)
    assert faults_of(row) == {(2, "Trích yếu")}
    assert "#REF!" in row.faults[0]["words"]
    assert row.total == 2


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("19/9/2025", (2025, 9, 19)),
        ("19-09-2025", (2025, 9, 19)),
        ("19.9.2025", (2025, 9, 19)),
        ("ngày 19 tháng 9 năm 2025", (2025, 9, 19)),
        ("2025-09-19", (2025, 9, 19)),
        (datetime.datetime(2025, 9, 19, 7), (2025, 9, 19)),
        (datetime.date(2025, 9, 19), (2025, 9, 19)),
    ],
)
def test_days_are_read_as_dates_and_as_text(value, day):
    assert values.day(value) == datetime.date(*day)


@pytest.mark.parametrize("value", ["31/2/2025", "9/2025", "hôm qua", 45919, 45919.0, "9/19/2025", "1/2/25"])
def test_a_day_that_could_mean_two_things_is_refused(value):
    with pytest.raises(ValidationError):
        values.day(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("4.118", "4118"),
        ("12,5", "12.5"),
        (12.5, "12.5"),
        (4118, "4118"),
        ("1.234.567,25", "1234567.25"),
        (0, "0"),
    ],
)
def test_thousands_dots_and_decimal_commas(value, number):
    assert str(values.figure(value)).rstrip("0").rstrip(".") in (number, number.rstrip("0"))


@pytest.mark.parametrize("value", ["12.5", "1,234.5", "x", True, "1e5", float("inf"), 1e300])
def test_a_number_that_could_mean_two_things_is_refused(value):
    with pytest.raises(ValidationError):
        values.figure(value)


# --- the other tables ---------------------------------------------------------------------------------


def test_readings_are_read_as_the_grid_reads_them(drafter, ward):
    place = make_neighbourhood(ward, name="Tổ dân phố 1")
    count, ratio = make_indicator(ward, code="SL1"), make_indicator(ward, code="SL2", measure="ratio")
    kept = make_reading(count, value=5, note="cũ")
    rows = [
        ["sl1", "tổ dân phố 1", *MAY, "4.118", "Tổ trưởng"],
        ["SL1", "", datetime.datetime(2026, 5, 1), datetime.datetime(2026, 5, 31), 7, ""],
        ["SL2", "Tổ dân phố 1", *MAY, "45/60", ""],
        ["SL2", "Toàn phường", *MAY, "chưa có", ""],
    ]
    row = checked(drafter, "so-lieu", READING_HEAD, *rows)
    assert row.faults == []
    assert [change["act"] for change in row.changes] == ["add", "change", "add", "add"]
    confirm(drafter, row)
    kept.refresh_from_db()
    assert (kept.value, kept.note) == (7, "cũ")
    assert Reading.objects.get(indicator=count, neighbourhood=place).value == 4118
    assert Reading.objects.get(indicator=ratio, neighbourhood=None).is_missing


def test_faults_of_readings(drafter, ward):
    make_indicator(ward, code="SL1")
    rows = [
        ["SL9", "", *MAY, "1", ""],
        ["SL1", "Tổ lạ", *MAY, "1", ""],
        ["SL1", "", "31/5/2026", "1/5/2026", "1", ""],
        ["SL1", "", *MAY, "45/60", ""],
        ["SL1", "", *MAY, "", ""],
        ["SL1", "", *MAY, "2", ""],
    ]
    row = checked(drafter, "so-lieu", READING_HEAD, *rows)
    assert faults_of(row) == {
        (2, "Mã nội dung"),
        (3, "Tổ dân phố"),
        (4, "Kỳ đến ngày"),
        (5, "Kết quả"),
        (6, "Kết quả"),
        (7, ""),
    }


def test_teams_with_members_are_joined_to_what_is_there(drafter, ward):
    decision = make_paper(ward, kind="quyết định", number="616", symbol="QĐ-UBND")
    team = make_team(ward, name="Tổ công nghệ số")
    member = make_member(team, full_name="Trần Thị B", part="tổ viên")
    heads = ["Tên tổ", "Quyết định", "Họ và tên", "Nhiệm vụ", "Vào tổ từ ngày", "Đến ngày"]
    rows = [
        ["tổ công nghệ số", "616/QĐ-UBND", "trần thị b", "Tổ phó", "", ""],
        ["Tổ công nghệ số", "", "Nguyễn Văn A", "Tổ trưởng", "1/1/2026", ""],
        ["Đội phản ứng nhanh", "", "Nguyễn Văn A", "", "", ""],
        ["Đội phản ứng nhanh", "", "Lê Văn C", "", "", ""],
    ]
    row = checked(drafter, "to", heads, *rows)
    assert row.faults == []
    confirm(drafter, row)
    member.refresh_from_db()
    team.refresh_from_db()
    assert (member.part, team.decision, team.name) == ("Tổ phó", decision, "Tổ công nghệ số")
    assert sorted(team.members.values_list("full_name", flat=True)) == ["Nguyễn Văn A", "trần thị b"]
    assert Team.objects.get(name="Đội phản ứng nhanh").members.count() == 2
    wrong = [
        ["Tổ X", "1/QĐ-UBND", "A B", "", "2/1/2026", "1/1/2026"],
        ["Tổ X", "", "A B", "", "2/1/2026", ""],
    ]
    row = checked(drafter, "to", heads, *wrong)
    assert faults_of(row) == {(2, "Quyết định"), (2, "Đến ngày"), (3, "")}


def test_neighbourhoods_are_for_those_who_keep_the_settings(drafter, keeper, ward):
    make_neighbourhood(ward, name="Tổ mới")
    assert drafter.get(reverse("sheet_upload", args=["to-dan-pho"])).status_code == 403
    rows = (
        ["Tên", "Thứ tự", "Đến ngày", "Sáp nhập vào"],
        ["Tổ 1", 1, "1/1/2026", "tổ mới"],
        ["Tổ 2", 2, "", "Tổ lạ"],
    )
    assert faults_of(checked(keeper, "to-dan-pho", *rows)) == {(3, "Sáp nhập vào")}
    confirm(keeper, checked(keeper, "to-dan-pho", *rows[:2]))
    assert Neighbourhood.objects.get(name="Tổ 1").successor.name == "Tổ mới"


# --- out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SHEETS)
def test_what_goes_out_comes_in_again_unchanged(keeper, ward, key):
    make_paper(ward, number="06", subject="=HYPERLINK(1)")
    place = make_neighbourhood(ward)
    make_member(
        make_team(ward, neighbourhood=place), full_name="Nguyễn Văn A", valid_from=datetime.date(2026, 1, 1)
    )
    make_reading(make_indicator(ward, measure="percent"), neighbourhood=place, numerator=3, denominator=4)
    make_reading(make_indicator(ward, decimals=2), value="1234.5")
    answer = keeper.get(reverse("sheet_export", args=[key]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row > 1
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    upload(keeper, key, answer.content)
    row = SheetImport.objects.latest("pk")
    assert row.faults == []
    assert {change["act"] for change in row.changes} == {"same"}


@pytest.mark.parametrize("key", SHEETS)
def test_the_template_has_every_column_and_its_example_is_understood(keeper, ward, key):
    make_indicator(ward, code="SL01", measure="ratio")
    make_neighbourhood(ward, name="Tổ dân phố số 1")
    make_paper(ward, kind="quyết định", number="616", symbol="QĐ-UBND")
    answer = keeper.get(reverse("sheet_template", args=[key]))
    assert load_workbook(io.BytesIO(answer.content)).active.max_column == len(SHEETS[key].columns)
    upload(keeper, key, answer.content)
    assert SheetImport.objects.latest("pk").faults == []


# --- taking in ----------------------------------------------------------------------------------------


def test_cells_copied_from_a_sheet_are_taken_too(drafter):
    text = "\n".join("\t".join(row) for row in (PAPER_HEAD, PLAN)) + "\r\n"
    drafter.post(reverse("sheet_upload", args=["van-ban"]), {"text": text})
    assert confirm(drafter, SheetImport.objects.get()).state == ImportState.APPLIED
    assert Paper.objects.get().number == "06"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "file"),
        ({"file": SimpleUploadedFile("a.docx", b"PK")}, "file"),
        ({"file": SimpleUploadedFile("a.xlsx", b"khong phai")}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "file"),
    ],
)
def test_what_is_no_workbook_is_refused_beside_the_field(drafter, data, field):
    answer = drafter.post(reverse("sheet_upload", args=["van-ban"]), data)
    assert answer.context["form"].errors[field]
    assert not SheetImport.objects.exists()


def test_a_file_over_the_limit_is_refused(drafter, settings):
    settings.MAX_UPLOAD = 10
    answer = drafter.post(
        reverse("sheet_upload", args=["van-ban"]), {"file": SimpleUploadedFile("a.xlsx", book(PAPER_HEAD))}
    )
    assert "quá lớn" in str(answer.context["form"].errors["file"])


def evil(name, content):
    data = io.BytesIO(book(PAPER_HEAD, PLAN))
    with zipfile.ZipFile(data) as old:
        parts = {part: old.read(part) for part in old.namelist()} | {name: content}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part, text in parts.items():
            new.writestr(part, text)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        evil(
            "xl/worksheets/sheet1.xml",
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        ),
        evil("xl/worksheets/sheet1.xml", b"<worksheet><broken"),
        evil("xl/workbook.xml", b""),
    ],
)
def test_a_broken_or_hostile_workbook_is_refused_in_words(drafter, content):
    answer = upload(drafter, "van-ban", content)
    row = SheetImport.objects.get()
    assert row.state == ImportState.FAILED
    assert row.error == workbook.UNREADABLE
    assert workbook.UNREADABLE in answer.content.decode()
    assert drafter.get(reverse("sheet_marked", args=[row.pk])).status_code in (200, 404)


def test_a_package_that_unpacks_without_end_is_refused(drafter, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BYTES", 1000)
    upload(drafter, "van-ban", book(PAPER_HEAD, PLAN))
    assert SheetImport.objects.get().state == ImportState.FAILED


def test_a_long_table_goes_to_the_worker_with_a_bar(drafter, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(sheet_imports, "AT_ONCE", 2)
    rows = [["kế hoạch", str(n), "KH-UBND", "19/9/2025", "UBND phường Thử", "a"] for n in range(1, 1201)]
    row = checked(drafter, "van-ban", PAPER_HEAD, *rows)
    assert row.state == ImportState.CHECKING
    url = reverse("sheet_import", args=[row.pk])
    assert "<progress" in drafter.get(url).content.decode()
    assert "data-hx-get" in drafter.get(reverse("sheet_state", args=[row.pk])).content.decode()
    from campaigns import tasks

    tasks.check_sheet.enqueue(row.pk)
    row.refresh_from_db()
    assert (row.state, row.total, row.done) == (ImportState.CHECKED, 1201, 1201)
    assert drafter.get(reverse("sheet_state", args=[row.pk]), headers={"HX-Request": "true"})["HX-Refresh"]
    with django_capture_on_commit_callbacks(execute=True):
        drafter.post(reverse("sheet_apply", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == ImportState.APPLIED
    assert Paper.objects.count() == 1200
    assert len(drafter.get(url).context["page"].object_list) == 50


def test_what_a_stopped_worker_left_is_started_over(drafter, django_capture_on_commit_callbacks):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    url = reverse("sheet_apply", args=[row.pk])
    SheetImport.objects.update(state=ImportState.APPLYING)
    assert "Làm lại" not in drafter.get(reverse("sheet_import", args=[row.pk])).content.decode()
    drafter.post(url, {"again": "1"})
    row.refresh_from_db()
    assert row.state == ImportState.APPLYING  # not late yet: a worker may be at it
    SheetImport.objects.update(created_at=row.created_at - datetime.timedelta(minutes=6))
    assert "Làm lại" in drafter.get(reverse("sheet_import", args=[row.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        drafter.post(url, {"again": "1"})
    assert confirm(drafter, row).state == ImportState.APPLIED
    drafter.post(url, {"again": "1"})
    assert Paper.objects.count() == 1


def test_rows_past_the_limit_are_refused(drafter, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    row = checked(drafter, "van-ban", PAPER_HEAD, *[PLAN] * 80)
    assert row.state == ImportState.FAILED


def test_checking_and_writing_ask_the_same_however_many_rows(drafter, ward, django_assert_max_num_queries):
    make_indicator(ward, code="SL1")
    for n in range(60):
        make_neighbourhood(ward, name=f"Tổ {n}")
    tables = {
        "van-ban": (PAPER_HEAD, [["kế hoạch", str(n), "KH-UBND", "", "", "a"] for n in range(60)]),
        "so-lieu": (READING_HEAD, [["SL1", f"Tổ {n}", *MAY, n, ""] for n in range(60)]),
        "to": (["Tên tổ", "Tổ dân phố", "Họ và tên"], [[f"Tổ {n}", f"Tổ {n}", "A B"] for n in range(60)]),
    }
    for key, (head, rows) in tables.items():
        with django_assert_max_num_queries(25):
            row = checked(drafter, key, head, *rows)
        with django_assert_max_num_queries(45):
            assert confirm(drafter, row).state == ImportState.APPLIED
    assert Member.objects.count() == 60


# --- who may ------------------------------------------------------------------------------------------


def test_pages_are_for_writers_of_the_own_ward(drafter, leader, stranger):
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    for name in ("sheet_import", "sheet_state", "sheet_marked"):
        url = reverse(name, args=[row.pk])
        assert [client.get(url).status_code for client in (drafter, leader, stranger)] == [200, 403, 404]
    url = reverse("sheet_apply", args=[row.pk])
    assert [client.post(url).status_code for client in (leader, stranger)] == [403, 404]
    for name in ("sheet_upload", "sheet_template"):
        assert leader.get(reverse(name, args=["van-ban"])).status_code == 403
    for name in ("sheet_upload", "sheet_template", "sheet_export"):
        assert drafter.get(reverse(name, args=["khong-co"])).status_code == 404
    assert not Paper.objects.exists()
    page = leader.get(reverse("sheet_list")).content.decode()
    assert f'"{reverse("sheet_upload", args=["van-ban"])}"' not in page
    assert reverse("sheet_export", args=["van-ban"]) in page


def test_rows_of_another_ward_are_neither_changed_nor_shown(drafter, ward):
    other = make_organization()
    paper = make_paper(other, number="06", issuer="UBND phường Thử", subject="của nơi khác")
    make_indicator(other, code="SL1")
    row = checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    assert row.changes[0]["act"] == "add"
    assert faults_of(checked(drafter, "so-lieu", READING_HEAD, ["SL1", "", *MAY, "1", ""])) == {
        (2, "Mã nội dung")
    }
    out = load_workbook(io.BytesIO(drafter.get(reverse("sheet_export", args=["van-ban"])).content)).active
    assert out.max_row == 1
    confirm(drafter, row)
    paper.refresh_from_db()
    assert paper.subject == "của nơi khác"


def test_the_list_asks_the_same_however_many_imports(drafter):
    checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    few = queries_of(drafter, reverse("sheet_list"))
    for _ in range(5):
        checked(drafter, "van-ban", PAPER_HEAD, PLAN)
    assert queries_of(drafter, reverse("sheet_list")) == few <= 12
