"""An old report comes in by page and by command, prints as its source, and fills the registers once."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from campaigns.models import Indicator, Paper, Reading
from reports import again, imported, readiness
from reports.assemble import document_of
from reports.document import plain
from reports.importing.naming import period_of
from reports.models import Mention, Report, Section
from tests.reports.factories import make_paper, make_request, make_ward, queries_of

from .shapes import CLASSIC, SHAPES
from .word import built

CITED = """BÁO CÁO
Kết quả phong trào

Thực hiện Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân xã về việc triển khai phong trào, xã báo cáo:
1. Chỉ đạo
Xã đã triển khai Kế hoạch số 98/KH-UBND và thành lập Tổ công nghệ số theo Quyết định số 616/QĐ-UBND ngày 22/9/2025 của Ủy ban nhân dân xã với 144 thành viên.
- Kết quả 80/80 tài khoản hoàn thành khóa học theo Quyết định số 616/QĐ-UBND ngày 22/9/2025.
- Kế hoạch số     /KH-UBND của xã chưa ban hành.
"""


def bring_in(ward, text: str = CITED, name: str = "cu.txt"):
    return imported.bring_in(ward, text.encode(), name, None).report


@pytest.mark.django_db
@pytest.mark.parametrize("name", SHAPES)
def test_the_report_prints_the_same_body_and_frame_as_its_source(ward, name):
    shape = SHAPES[name]
    report = imported.bring_in(ward, built(shape), "bao-cao.docx", None).report
    document = document_of(report)
    assert plain.body(document).splitlines() == shape.lines
    printed = {" ".join(line.replace("\t", " | ").split()) for line in plain.text(document).splitlines()}
    assert {" ".join(line.split()) for line in shape.source.splitlines() if line.strip()} <= printed


def test_columns_of_the_frame_are_filled_and_win_once_changed(ward):
    report = bring_in(ward, CLASSIC.source)
    assert (report.number, report.symbol, str(report.issued_on)) == ("15", "BC-UBND", "2026-01-05")
    assert report.subject == "Kết quả công tác cải cách hành chính quý IV năm 2025"
    assert report.addressees.splitlines() == ["Sở Nội vụ;", "Văn phòng UBND tỉnh."]
    assert report.signature_blocks.get().name == "Nguyễn Văn A"
    assert report.is_old
    assert "DỰ THẢO" not in plain.text(document_of(report))
    report.recipients = "Sở Nội vụ;"
    report.save()
    assert "Lưu: VT" not in plain.text(document_of(report))
    assert "XÃ BÌNH MINH" in plain.text(document_of(report))


def test_a_letters_subject_is_kept_without_its_mark_and_printed_with_it(ward, drafter):
    report = bring_in(ward, SHAPES["letter"].source)
    assert report.subject == "báo cáo kết quả tổ chức Ngày hội văn hóa"
    printed = [plain.text(document_of(at)) for at in (report, again.draft_of(report, drafter))]
    assert all(text.count("V/v báo cáo kết quả tổ chức Ngày hội văn hóa\n") == 1 for text in printed)


def test_papers_enter_the_register_once_and_mentions_keep_their_words(ward):
    known = make_paper(
        ward,
        kind="quyết định",
        number="616",
        symbol="QĐ-UBND",
        issuer="Ủy ban nhân dân xã",
        issued_on="2025-09-22",
    )
    report = bring_in(ward)
    papers = Paper.objects.filter(holder=ward)
    assert sorted(papers.values_list("number", flat=True)) == ["616", "98"]
    found = Mention.objects.filter(block__section__report=report)
    assert [at.printed for at in found.filter(paper=known)] == [
        "Quyết định số 616/QĐ-UBND ngày 22/9/2025 của Ủy ban nhân dân xã",
        "Quyết định số 616/QĐ-UBND ngày 22/9/2025",
    ]
    assert found.filter(paper__number="98").count() == 2
    bring_in(ward)
    assert papers.count() == 2


def test_papers_of_one_number_and_two_dates_are_two(ward):
    bring_in(
        ward,
        "Theo Kế hoạch số 225/KH-UBND ngày 01/3/2019 của UBND tỉnh và Kế hoạch số 225/KH-UBND ngày 05/4/2023 của UBND tỉnh.",
    )
    assert Paper.objects.filter(holder=ward, number="225").count() == 2


def test_the_letter_it_answers_and_its_period_are_read(ward):
    paper = make_paper(ward, number="2211", symbol="SNV-CCHC", issued_on="2025-12-20", issuer="Sở Nội vụ")
    letter = make_request(ward, paper=paper)
    report = bring_in(ward, CLASSIC.source)
    assert list(report.requests.all()) == [letter]
    assert report.reading["answers"] == [paper.pk]
    assert (str(report.period_from), str(report.period_to)) == ("2025-10-01", "2025-12-31")


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("từ ngày 27/7/2020 đến ngày 02/8/2020", "2020-07-27", "2020-08-02"),
        ("cải cách thủ tục hành chính tháng 01/2025 của tỉnh", "2025-01-01", "2025-01-31"),
        ("công tác tháng 12 năm 2025", "2025-12-01", "2025-12-31"),
        ("quý III/2025", "2025-07-01", "2025-09-30"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
        ("06 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("9 tháng năm 2025", "2025-01-01", "2025-09-30"),
        ("điều chỉnh dự toán của một số đơn vị năm 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods_as_titles_name_them(title, start, end):
    assert tuple(map(str, period_of(title))) == (start, end)


@pytest.mark.parametrize(
    "title",
    [
        "Kết quả phong trào",
        "giai đoạn năm 2021 - 2025",
        "tháng 13/2025",
        "từ ngày 31/6/2025 đến ngày 1/7/2025",
    ],
)
def test_titles_without_a_period(title):
    assert period_of(title) is None


def test_another_wards_register_stays_its_own(ward):
    other = make_ward()
    make_paper(other, kind="kế hoạch", number="98", symbol="KH-UBND")
    report = bring_in(ward)
    assert not Mention.objects.filter(block__section__report=report, paper__holder=other).exists()


def test_figures_are_offered_and_entered_only_when_chosen(ward, client):
    report = bring_in(
        ward, "BÁO CÁO\nKết quả\n\nXã X, ngày 15 tháng 5 năm 2026\n\n" + CITED.split("\n\n", 1)[1]
    )
    assert not Reading.objects.exists()
    offers = report.reading["figures"]
    ratio = next(at for at, offer in enumerate(offers) if offer["sort"] == "ratio")
    team = next(offer for offer in offers if offer["sort"] == "team")
    assert (offers[ratio]["numerator"], offers[ratio]["denominator"], team["value"]) == ("80", "80", "144")
    Report.objects.filter(pk=report.pk).update(period_from="2026-01-01", period_to="2026-05-15")
    sent = {"figure": [str(ratio)], f"name-{ratio}": "Tài khoản hoàn thành khóa học"}
    assert client.post(f"/bao-cao/{report.pk}/ghi-so-lieu/", sent).status_code == 302
    reading = Reading.objects.get()
    assert (reading.numerator, reading.denominator) == (80, 80)
    assert reading.indicator.name == "Tài khoản hoàn thành khóa học"
    client.post(f"/bao-cao/{report.pk}/ghi-so-lieu/", sent)
    assert Reading.objects.count() == Indicator.objects.count() == 1


# --- the command -----------------------------------------------------------------------------------------


def test_the_command_ends_with_the_reports_id(ward, tmp_path):
    file, out = tmp_path / "cu.docx", io.StringIO()
    file.write_bytes(built(CLASSIC))
    call_command("import_report", str(file), "--ward", ward.code, stdout=out)
    report = Report.objects.get()
    lines = out.getvalue().splitlines()
    assert lines[-1] == f"report {report.pk}"
    assert lines[0].startswith("Đã nhận ra: 10 mục")
    exported = tmp_path / "ra.txt"
    call_command("export_report", str(report.pk), "--format", "txt", "--output", str(exported), stdout=out)
    text = exported.read_text()
    assert text.count("\n".join(CLASSIC.lines)) == 1


@pytest.mark.parametrize(
    "arguments", [("khong-co.docx",), ("hong.docx",), ("dung.txt", "--ward", "khong-co")]
)
def test_the_command_refuses_in_a_sentence(ward, tmp_path, arguments):
    (tmp_path / "hong.docx").write_bytes(b"x")
    (tmp_path / "dung.txt").write_text("Một dòng.")
    with pytest.raises(CommandError):
        call_command("import_report", str(tmp_path / arguments[0]), *arguments[1:])
    assert not Report.objects.exists()


# --- the pages ---------------------------------------------------------------------------------------------


def upload(client, data: bytes, name: str = "cu.docx"):
    return client.post("/bao-cao/nap/", {"file": SimpleUploadedFile(name, data)})


def test_upload_leads_to_what_was_read(ward, client):
    answer = upload(client, built(CLASSIC))
    report = Report.objects.get()
    assert answer.headers["Location"] == f"/bao-cao/{report.pk}/da-nap/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "10 mục" in page
    assert "Công văn số 2211/SNV-CCHC" in page
    assert "Lập báo cáo mới từ bản này" in page
    overview = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Văn bản cũ" in overview


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"x", "cu.docx", "không mở được như văn bản Word"),
        (b"x", "cu.doc", "định dạng Word cũ"),
        (b"x", "cu.exe", "Chỉ nhận tệp"),
        (b"", "cu.txt", "không có nội dung"),
        (b"\n\n", "cu.txt", "không có chữ"),
    ],
)
def test_a_file_that_cannot_come_in_is_refused_beside_its_field(client, data, name, sentence):
    answer = upload(client, data, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Report.objects.exists()


def test_who_may_bring_reports_in(ward, client, leader, stranger):
    report = bring_in(ward)
    section = Section.objects.filter(report=report).first()
    assert section is not None
    pages = (f"/bao-cao/{report.pk}/da-nap/", f"/bao-cao/{report.pk}/cau-dung-lai/")
    acts = (f"/bao-cao/{report.pk}/ghi-so-lieu/", f"/bao-cao/{report.pk}/lap-moi/")
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert [leader.get(page).status_code for page in pages] == [200, 200]
    assert [stranger.get(page).status_code for page in pages] == [404, 404]
    assert leader.get("/bao-cao/nap/").status_code == 403
    assert [leader.post(act).status_code for act in acts] == [403, 403]
    assert [stranger.post(act).status_code for act in acts] == [404, 404]
    assert all(Client().get(page).status_code == 302 for page in (*pages, "/bao-cao/nap/"))


def test_the_pages_take_the_same_queries_for_any_length(ward, client):
    short, long = (
        bring_in(ward),
        bring_in(ward, CITED + "".join(f"{n}. Mục {n}\nĐã làm {n}/{n + 40} người.\n" for n in range(2, 30))),
    )
    for page in ("da-nap", "cau-dung-lai"):
        assert queries_of(client, f"/bao-cao/{short.pk}/{page}/") == queries_of(
            client, f"/bao-cao/{long.pk}/{page}/"
        )


def test_an_old_paper_goes_no_further(ward, client):
    report = bring_in(ward)
    assert readiness.blocked(report) == readiness.OLD
