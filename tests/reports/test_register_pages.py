"""The pages of the register: who may look and act, filters, forms, files, and the clock of issue."""

import datetime
import io
from unittest.mock import Mock

import openpyxl
import pytest
from django.utils import timezone

from campaigns.models import Event, Paper, Role
from reports import books, clock, register
from reports.document import pdf
from reports.models import BackDating, Book, Entry, Series
from tests.campaigns.factories import client_of, make_organization, make_paper, make_user, queries_of
from tests.reports.factories import make_report

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
URL = "/so-van-ban-di/"


@pytest.fixture
def ward():
    return make_organization(name="Ủy ban nhân dân phường Thử", short_name="UBND phường Thử")


@pytest.fixture
def clerk(ward):
    return make_user(ward, Role.CLERK, full_name="Phạm Thị D")


@pytest.fixture
def pages(clerk):
    return client_of(clerk)


@pytest.fixture
def chief(ward):
    return client_of(make_user(ward, Role.CHIEF_OF_OFFICE))


@pytest.fixture
def drafter(ward):
    return client_of(make_user(ward, Role.DRAFTER))


@pytest.fixture
def stranger(db):
    return client_of(make_user(make_organization(), Role.ADMINISTRATOR))


@pytest.fixture
def series(ward):
    return make_series(ward)


def make_series(ward, **fields):
    given = {"kind": "KH", "name": "Kế hoạch", "symbol": "KH-UBND", "year": TODAY.year}
    return Series.objects.create(
        organization=ward, **given | {"starts_on": datetime.date(given["year"], 1, 1)} | fields
    )


def give(series, clerk, **fields):
    given = {"dated": TODAY, "title": "Kế hoạch", "subject": "Tập huấn chuyển đổi số"}
    return register.allocate(series, by=clerk, **given | fields)


def sent(series, **fields):
    """What the form of a new entry sends."""
    given = {"kept_in": series.pk, "dated": f"{TODAY:%d/%m/%Y}", "title": "kế hoạch"}
    return given | {"subject": "Tập huấn chuyển đổi số", "keeper": "VT"} | fields


def text(response):
    return response.content.decode()


# --- who ------------------------------------------------------------------------------------------------


def test_everyone_of_the_ward_reads_and_only_who_keeps_the_register_acts(drafter, pages, series, clerk):
    entry = give(series, clerk)
    for address in (URL, f"{URL}{entry.pk}/", f"{URL}thiet-lap/", f"{URL}so.xlsx", f"{URL}so.pdf"):
        assert drafter.get(address).status_code == 200, address
    acts = ("ghi/", "ghi-lui-ngay/", f"{entry.pk}/sua/", f"{entry.pk}/huy/", "thiet-lap/them/")
    for act in (*acts, f"thiet-lap/{series.pk}/"):
        assert drafter.get(URL + act).status_code == 403, act
        assert drafter.post(URL + act).status_code == 403, act
        assert pages.get(URL + act).status_code == 200, act
    for act in (f"{entry.pk}/huy/dong-y/", f"{entry.pk}/huy/rut/"):
        assert drafter.post(URL + act).status_code == 403, act


def test_another_ward_sees_nothing(stranger, series, clerk):
    entry = give(series, clerk)
    asked = BackDating.objects.create(series=series, dated=TODAY, reason="x", asked_by=clerk)
    assert entry.code not in text(stranger.get(URL))
    addresses = [f"{entry.pk}/", f"{entry.pk}/sua/", f"{entry.pk}/huy/", f"thiet-lap/{series.pk}/"]
    for address in addresses:
        assert stranger.get(URL + address).status_code == 404, address
    posts = [f"{entry.pk}/huy/dong-y/", f"{entry.pk}/huy/rut/", f"ghi-lui-ngay/{asked.pk}/dong-y/"]
    for address in posts:
        assert stranger.post(URL + address).status_code == 404, address
    paper = make_paper(series.organization)
    assert stranger.get(f"{URL}ghi/?van-ban={paper.pk}").status_code == 404
    answer = stranger.post(f"{URL}ghi/", sent(series))
    assert answer.status_code == 200
    assert Entry.objects.count() == 1


# --- the list -------------------------------------------------------------------------------------------


def test_an_empty_register_says_what_to_do(pages, drafter, ward):
    assert "Mở sổ đầu tiên" in text(pages.get(URL))
    assert "Văn thư hoặc người quản trị mở sổ" in text(drafter.get(URL))
    make_series(ward)
    assert "Sổ chưa có văn bản nào" in text(pages.get(URL))


def test_the_ten_columns_stand_on_the_page_and_copy_with_one_click(pages, series, clerk):
    give(series, clerk, signer="Trần Văn K", recipients="Như trên;\nLưu: VT", keeper="VT", copies=3)
    page = text(pages.get(URL))
    for words in ("01/KH-UBND", f"{TODAY:%d/%m/%Y}", "Trần Văn K", "Như trên;<br>Lưu: VT", "VT", ">3<"):
        assert words in page, words
    for words in ("01/KH-UBND", "Tập huấn chuyển đổi số", "Như trên;\nLưu: VT"):
        assert f'data-copy="{words}"' in page
    assert page.count('<th scope="col">') == 10


def test_filters_by_words_year_series_and_standing(pages, series, clerk, ward):
    give(series, clerk)
    letters = make_series(ward, kind="", name="Công văn", symbol="UBND")
    give(letters, clerk, title="Công văn", subject="Xin ý kiến", symbol="UBND-VHXH", sent_on=TODAY)
    for query, there, gone in (
        ("q=tap+huan", "01/KH-UBND", "01/UBND-VHXH"),
        ("symbol=UBND", "01/UBND-VHXH", "01/KH-UBND"),
        (f"year={TODAY.year}&state=waiting", "01/KH-UBND", "01/UBND-VHXH"),
    ):
        page = text(pages.get(f"{URL}?{query}"))
        assert (there in page, gone in page) == (True, False), query
    assert "Không có dòng nào khớp" in text(pages.get(f"{URL}?q=khong+co"))
    for bad in ("year=x", "symbol=%00", "state=x", "trang=x"):
        assert pages.get(f"{URL}?{bad}").status_code == 200, bad


def test_queries_do_not_grow_with_the_register(pages, series, clerk):
    give(series, clerk)
    few = {address: queries_of(pages, address) for address in (URL, f"{URL}thiet-lap/", f"{URL}so.xlsx")}
    Entry.objects.bulk_create(
        Entry(series=series, number=at, symbol="KH-UBND", dated=TODAY, title="x", subject="x", given_by=clerk)
        for at in range(2, 300)
    )
    assert {address: queries_of(pages, address) for address in few} == few


# --- entering -------------------------------------------------------------------------------------------


def test_a_plan_is_entered_and_can_be_cited(pages, series, clerk):
    answer = pages.post(f"{URL}ghi/", sent(series, signer="Trần Văn K", urgent="on"))
    entry = Entry.objects.get()
    assert answer["Location"] == f"{URL}{entry.pk}/"
    assert (entry.code, entry.given_by, entry.urgent, entry.title) == ("01/KH-UBND", clerk, True, "Kế hoạch")
    paper = Paper.objects.get()
    expected = f"Kế hoạch số 01/KH-UBND ngày {register.format_date(TODAY)} của UBND phường Thử"
    assert paper.full_citation == f"{expected} về việc tập huấn chuyển đổi số"
    assert entry.paper == paper
    acts = list(Event.objects.filter(organization=series.organization).values_list("act", flat=True))
    assert acts == ["give_number", "cite_entry"]


def test_a_paper_of_the_ward_is_entered_from_its_page(pages, series, ward):
    paper = make_paper(
        ward, kind="kế hoạch", number="", symbol="KH-UBND", subject="tập huấn", issued_on=TODAY
    )
    paper.issuers.add(ward)
    assert f"{URL}ghi/?van-ban={paper.pk}" in text(pages.get(f"/van-ban/{paper.pk}/"))
    assert "tập huấn" in text(pages.get(f"{URL}ghi/?van-ban={paper.pk}"))
    pages.post(f"{URL}ghi/?van-ban={paper.pk}", sent(series))
    paper.refresh_from_db()
    assert (paper.code, Paper.objects.count()) == ("01/KH-UBND", 1)
    assert f"{URL}ghi/?van-ban={paper.pk}" not in text(pages.get(f"/van-ban/{paper.pk}/"))


def test_a_paper_with_another_number_is_refused_with_the_way_out(pages, series, ward):
    paper = make_paper(ward, kind="kế hoạch", number="98", symbol="KH-UBND", issued_on=TODAY)
    answer = pages.post(f"{URL}ghi/?van-ban={paper.pk}", sent(series))
    assert "sổ sẽ cấp số 01/KH-UBND" in text(answer)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"typed": "7"}, "Để trống"),
        ({"typed": "bảy"}, "Số chỉ gồm chữ số"),
        ({"subject": ""}, "bắt buộc"),
        ({"dated": "32/13/2026"}, "ngày"),
        ({"dated": f"{TODAY + datetime.timedelta(1):%d/%m/%Y}"}, "không được sau hôm nay"),
        ({"dated": "01/01/1990"}, "không thuộc năm"),
        ({"symbol": "QĐ-UBND"}, "không thuộc sổ này"),
        ({"kept_in": "9" * 30}, "Chọn"),
        ({"copies": "-1"}, "0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(pages, series, fields, words):
    answer = pages.post(f"{URL}ghi/", sent(series, signer="Trần Văn K", **fields))
    assert answer.status_code == 200
    assert words in text(answer)
    assert "Trần Văn K" in text(answer)
    assert not Entry.objects.exists()


def test_a_number_of_the_city_is_typed_once(pages, ward):
    city = make_series(ward, source="city")
    assert "Nhập số đã được cấp" in text(pages.post(f"{URL}ghi/", sent(city)))
    pages.post(f"{URL}ghi/", sent(city, typed="274a"))
    assert Entry.objects.get().code == "274a/KH-UBND"
    assert "274a/KH-UBND đã có trong sổ" in text(pages.post(f"{URL}ghi/", sent(city, typed="274a")))


def test_later_columns_are_filled_in_each_as_an_event(pages, series, clerk):
    entry = give(series, clerk)
    day = f"{TODAY:%d/%m/%Y}"
    pages.post(f"{URL}{entry.pk}/sua/", {"sent_on": day, "received": "Nguyễn Văn A", "keeper": "VT"})
    entry.refresh_from_db()
    assert (entry.sent_on, entry.received) == (TODAY, "Nguyễn Văn A")
    event = Event.objects.get(act="complete_entry")
    assert (event.before["received"], event.after["received"]) == ("", "Nguyễn Văn A")
    before = f"{TODAY - datetime.timedelta(1):%d/%m/%Y}"
    answer = pages.post(f"{URL}{entry.pk}/sua/", {"sent_on": before})
    assert "không được trước ngày của văn bản" in text(answer)


# --- two people -----------------------------------------------------------------------------------------


def test_a_number_is_voided_by_two_on_the_screen(pages, chief, series, clerk):
    entry = give(series, clerk)
    address = f"{URL}{entry.pk}/"
    assert "bắt buộc" in text(pages.post(f"{address}huy/", {"void_reason": " "}))
    pages.post(f"{address}huy/", {"void_reason": "Cấp nhầm loại"})
    assert "Đồng ý hủy số" not in text(pages.get(address))
    assert "phải khác người đề nghị" in text(pages.post(f"{address}huy/dong-y/", follow=True))
    assert "Đồng ý hủy số" in text(chief.get(address))
    assert "Đã hủy số 01/KH-UBND" in text(chief.post(f"{address}huy/dong-y/", follow=True))
    assert "Số đã hủy: Cấp nhầm loại" in text(pages.get(URL))
    assert "đã hủy" in text(pages.post(f"{address}huy/", {"void_reason": "lần nữa"}))


def test_a_request_to_void_is_turned_down(pages, chief, series, clerk):
    entry = give(series, clerk)
    pages.post(f"{URL}{entry.pk}/huy/", {"void_reason": "Nhầm"})
    chief.post(f"{URL}{entry.pk}/huy/rut/")
    entry.refresh_from_db()
    assert not entry.is_void_asked


def test_an_earlier_day_is_asked_agreed_and_used_on_the_screen(pages, chief, ward, clerk):
    series = make_series(ward, year=2026, starts_on=datetime.date(2026, 1, 1))
    earlier = datetime.date(2026, 1, 5)
    give(series, clerk, dated=datetime.date(2026, 1, 8))
    assert "đề nghị ghi lùi ngày" in text(pages.post(f"{URL}ghi/", sent(series, dated="05/01/2026")))
    pages.post(f"{URL}ghi-lui-ngay/", {"kept_in": series.pk, "dated": "05/01/2026", "reason": "Ký ngày 5"})
    asked = BackDating.objects.get()
    pages.post(f"{URL}ghi-lui-ngay/{asked.pk}/dong-y/")
    chief.post(f"{URL}ghi-lui-ngay/{asked.pk}/dong-y/")
    pages.post(f"{URL}ghi/", sent(series, dated="05/01/2026"))
    entry = Entry.objects.get(number=2)
    assert (entry.dated, entry.back_dated_reason) == (earlier, "Ký ngày 5")


# --- series ---------------------------------------------------------------------------------------------


def test_a_series_is_opened_with_its_next_number(pages, ward):
    given = {"kind": "BC", "name": "Báo cáo", "symbol": "BC-UBND", "year": TODAY.year, "source": "here"}
    begins = {"starts_on": f"01/01/{TODAY.year}", "first_number": 274}
    assert pages.post(f"{URL}thiet-lap/them/", given | begins).status_code == 302
    assert "274" in text(pages.get(f"{URL}thiet-lap/"))
    assert "đã có" in text(pages.post(f"{URL}thiet-lap/them/", given | begins))
    for wrong in ({"first_number": 0}, {"first_number": "9" * 20}, {"year": 99}, {"starts_on": "01/01/1999"}):
        answer = pages.post(f"{URL}thiet-lap/them/", given | begins | {"symbol": "X"} | wrong)
        assert "Chưa lưu được" in text(answer), wrong
    assert Series.objects.count() == 1
    assert Event.objects.filter(act="add", organization=ward).count() == 1


def test_a_series_that_gave_numbers_changes_only_its_name_and_source(pages, series, clerk):
    give(series, clerk)
    pages.post(f"{URL}thiet-lap/{series.pk}/", {"name": "Kế hoạch UBND", "source": "city", "symbol": "X"})
    series.refresh_from_db()
    assert (series.name, series.source, series.symbol) == ("Kế hoạch UBND", "city", "KH-UBND")


# --- files ----------------------------------------------------------------------------------------------


def test_the_workbook_holds_ten_columns_and_no_formulas(pages, series, clerk):
    give(series, clerk, signer="=1+1", note="\x0bGhi chú", copies=2)
    answer = pages.get(f"{URL}so.xlsx?year={TODAY.year}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[3]][:2] == ["Số, ký hiệu văn bản", "Ngày, tháng, năm của văn bản"]
    row = [cell.value for cell in sheet[4]]
    assert len(row) == 10
    assert (row[0], row[1].date(), row[3], row[6], row[9]) == ("01/KH-UBND", TODAY, "=1+1", 2, "Ghi chú")
    assert sheet["D4"].data_type == "s"
    assert "so-van-ban-di" in answer["Content-Disposition"]


def test_files_of_what_is_not_a_year_are_refused(pages, series):
    for query in ("year=20x6", "year=20260", "symbol=%00"):
        assert pages.get(f"{URL}so.xlsx?{query}").status_code == 400
        assert pages.get(f"{URL}so.pdf?{query}").status_code == 400


def test_a_book_that_failed_says_why_and_is_tried_again(pages, series, clerk, monkeypatch):
    give(series, clerk)
    assert "Đang in sổ" in text(pages.get(f"{URL}so.pdf"))
    monkeypatch.setattr(pdf, "print_pages", Mock(side_effect=pdf.PdfError("Thiếu chữ")))
    with pytest.raises(pdf.PdfError):
        books.make(Book.objects.get())
    assert "Thiếu chữ" in text(pages.get(f"{URL}so.pdf"))
    answer = pages.post(f"{URL}so.pdf/tao-lai/", {"year": "", "symbol": ""}, follow=True)
    assert "Đang in sổ" in text(answer)
    monkeypatch.setattr(pdf, "print_pages", Mock(return_value=b"%PDF-"))
    books.make(Book.objects.get())
    answer = pages.get(f"{URL}so.pdf")
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"%PDF-", "application/pdf")


def test_a_register_that_went_on_while_it_was_printed_is_printed_anew(pages, series, clerk, monkeypatch):
    monkeypatch.setattr(pdf, "print_pages", Mock(return_value=b"%PDF-"))
    give(series, clerk)
    pages.get(f"{URL}so.pdf")
    give(series, clerk)
    books.make(Book.objects.get())
    assert not Book.objects.exists()
    assert "Đang in sổ" in text(pages.get(f"{URL}so.pdf"))


# --- the clock ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dated", "asked", "urgent", "late"),
    [
        ((2026, 5, 15), (2026, 5, 15), False, False),  # Friday, the same day
        ((2026, 5, 15), (2026, 5, 18), False, False),  # the next working day is Monday
        ((2026, 5, 15), (2026, 5, 19), False, True),
        ((2026, 5, 15), (2026, 5, 15), True, True),  # urgent: at once
    ],
)
def test_a_paper_is_late_after_the_next_working_day_an_urgent_one_at_once(
    series, clerk, dated, asked, urgent, late
):
    entry = Entry.objects.create(
        series=series, number=1, symbol="KH-UBND", dated=datetime.date(*dated), title="Kế hoạch", subject="x",
        given_by=clerk, urgent=urgent,
    )  # fmt: skip
    now = timezone.make_aware(datetime.datetime(*asked, 9))
    assert [row.entry for row in clock.late(series.organization, now)] == ([entry] if late else [])
    Entry.objects.update(sent_on=datetime.date(*dated))
    assert clock.late(series.organization, now) == []


def test_what_is_late_stands_over_the_register_and_on_the_clerks_desk(pages, drafter, series, clerk):
    entry = give(series, clerk, urgent=True)
    words = "Đã ký, quá hạn phát hành (1)"
    assert words in text(pages.get(URL))
    assert words in text(pages.get("/"))
    assert words not in text(drafter.get("/"))
    register.complete(entry, clerk, sent_on=TODAY)
    assert words not in text(pages.get(URL))


def test_a_draft_with_a_number_is_not_late(series, clerk, ward):
    give(series, clerk, report=make_report(ward), urgent=True)
    assert clock.late(ward, timezone.now()) == []
