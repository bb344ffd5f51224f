"""From the letter in two minutes: its file fills the form, its outline becomes a tree, a text becomes sections."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as new_word

from reports import quick
from reports.assemble import document_of
from reports.document import plain
from reports.importing.letter import letter_of
from reports.models import Outline, Report, ReportRequest
from reports.models.outlines import Part

from .factories import make_block, make_report, make_section

LETTER = """UBND THÀNH PHỐ HẢI PHÒNG
SỞ KHOA HỌC VÀ CÔNG NGHỆ
Số: 1885/SKHCN-TTTT
V/v báo cáo kết quả triển khai phong trào “Bình dân học vụ số”

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Phòng, ngày 15 tháng 5 năm 2026

Kính gửi: Ủy ban nhân dân các phường.

Sở Khoa học và Công nghệ đề nghị các đơn vị báo cáo theo đề cương kèm theo, gửi về Sở {deadline} để tổng hợp.
Thông tin liên hệ: đồng chí Nguyễn Văn B, điện thoại 0225.000.000.
Trân trọng./.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Văn C

PHỤ LỤC
ĐỀ CƯƠNG BÁO CÁO
(Kèm theo Công văn số 1885/SKHCN-TTTT ngày 15/5/2026 của Sở Khoa học và Công nghệ)
I. KẾT QUẢ TRIỂN KHAI
1. Công tác tuyên truyền
Nêu số tin, bài, số lượt người.
2. Hoạt động của Tổ công nghệ số cộng đồng
II. KHÓ KHĂN, VƯỚNG MẮC
III. KIẾN NGHỊ, ĐỀ XUẤT
"""


def word_of(text: str) -> bytes:
    word = new_word()
    for line in text.splitlines():
        word.add_paragraph(line)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("printed", "day", "hour"),
    [
        ("trước ngày 19/5/2026", datetime.date(2026, 5, 18), None),
        ("trước ngày 19/5", datetime.date(2026, 5, 18), None),
        ("trước 16h00 ngày 19/5", datetime.date(2026, 5, 19), datetime.time(16)),
        ("trước 16 giờ 30 phút, ngày 19/5/2026", datetime.date(2026, 5, 19), datetime.time(16, 30)),
        ("chậm nhất ngày 19 tháng 5 năm 2026", datetime.date(2026, 5, 19), None),
        ("trước ngày 10/01", datetime.date(2027, 1, 9), None),
    ],
)
def test_the_letter_says_what_its_form_asks_for(printed, day, hour):
    letter = letter_of(word_of(LETTER.format(deadline=printed)), "cv.docx")
    assert (letter.number, letter.symbol, letter.issued_on) == (
        "1885",
        "SKHCN-TTTT",
        datetime.date(2026, 5, 15),
    )
    assert letter.issuer == "Sở Khoa học và Công nghệ"
    assert letter.subject == "báo cáo kết quả triển khai phong trào “Bình dân học vụ số”"
    assert (letter.deadline_text, letter.deadline, letter.hour) == (printed, day, hour)
    assert "0225.000.000" in letter.contact
    assert [section.label for section in letter.outline] == ["I.", "II.", "III."]


def test_a_letter_without_a_deadline_proposes_none():
    letter = letter_of(word_of(LETTER.format(deadline="đúng hạn")), "cv.docx")
    assert (letter.deadline_text, letter.deadline) == ("", None)


def read(client, data: bytes, name: str = "cv.docx"):
    return client.post("/cong-van/doc-tep/", {"letter": SimpleUploadedFile(name, data)})


def test_the_file_fills_the_form_and_stays_with_the_letter(ward, client):
    answer = read(client, word_of(LETTER.format(deadline="trước 16h00 ngày 19/5")))
    form = answer.context["form"]
    assert not ReportRequest.objects.exists()
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("file", "paper")}
    sent |= {"issued_on": "15/05/2026", "deadline_day": "19/05/2026", "deadline_hour": "16:00"}
    sent |= {"kept": answer.context["kept"], "outline_from_letter": "1"}
    assert client.post("/cong-van/doc-tep/", {**sent, "subject": ""}).status_code == 200
    assert client.post("/cong-van/doc-tep/", sent).status_code == 302
    letter = ReportRequest.objects.get()
    assert letter.paper.code == "1885/SKHCN-TTTT"
    assert letter.paper.file.name.endswith(".docx")
    assert letter.deadline_text == "trước 16h00 ngày 19/5"
    rows = letter.outline.sections.order_by("parent_id", "order")
    assert [row.heading for row in rows.filter(parent=None)] == [
        *("KẾT QUẢ TRIỂN KHAI", "KHÓ KHĂN, VƯỚNG MẮC", "KIẾN NGHỊ, ĐỀ XUẤT"),
    ]
    assert rows.get(heading="Công tác tuyên truyền").guidance == "Nêu số tin, bài, số lượt người."
    assert letter.outline.scheme == "I-1-a"
    assert not default_storage.exists("waiting") or default_storage.listdir("waiting")[1] == []


def test_a_forged_or_old_file_name_is_refused(ward, client):
    answer = client.post("/cong-van/doc-tep/", {"kept": "../../etc/passwd"}, follow=True)
    assert "hết thời gian chờ" in answer.content.decode()


@pytest.mark.parametrize(("data", "name"), [(b"x", "cv.pdf"), (b"x", "cv.docx"), (b"x", "cv.txt")])
def test_a_letter_that_cannot_be_read_is_refused_beside_its_field(client, data, name):
    answer = read(client, data, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["letter"]


# --- outlines -----------------------------------------------------------------------------------------------


def test_a_pasted_outline_becomes_a_tree_in_one_step(ward, client):
    pasted = "1. Kết quả\na) Tuyên truyền\nNêu số tin, bài.\nb) Tập huấn\n2. Khó khăn\n3. Kiến nghị, đề xuất"
    answer = client.post("/de-cuong/dan/", {"name": "Đề cương quý", "text": pasted})
    outline = Outline.objects.get()
    assert answer.headers["Location"] == f"/de-cuong/{outline.pk}/"
    assert [at.heading for at in outline.sections.filter(parent=None).order_by("order")] == [
        *("Kết quả", "Khó khăn", "Kiến nghị, đề xuất"),
    ]
    inside = outline.sections.filter(parent__heading="Kết quả").order_by("order")
    assert [(at.heading, at.guidance) for at in inside] == [
        ("Tuyên truyền", "Nêu số tin, bài."),
        ("Tập huấn", ""),
    ]
    assert outline.scheme == "1-a"


def test_an_outline_comes_from_word_and_is_refused_when_empty_or_named_twice(ward, client):
    file = SimpleUploadedFile("de-cuong.docx", word_of("I. Kết quả\nII. Khó khăn"))
    assert client.post("/de-cuong/dan/", {"name": "A", "file": file}).status_code == 302
    assert client.post("/de-cuong/dan/", {"name": "A", "text": "1. X"}).context["form"].errors["name"]
    assert client.post("/de-cuong/dan/", {"name": "B", "text": ""}).context["form"].errors["text"]
    assert Outline.objects.count() == 1


# --- a whole report in one editor -----------------------------------------------------------------------------

HTML = (
    "<p>Phường báo cáo như sau:</p><p><strong>1. Kết quả</strong></p><p>a) Tuyên truyền</p><p>Đã đăng 12 tin.</p>"
    '<ul data-mark="-"><li><p>Loa: 5 tin.</p></li></ul><p><strong>2. Khó khăn</strong></p><p>Không.</p>'
    "<p>Trên đây là Báo cáo kết quả./.</p>"
)


def test_a_text_is_cut_into_sections_by_its_headings(ward, client):
    report = make_report(ward)
    assert client.post(f"/bao-cao/{report.pk}/soan-gap/", {"html": HTML}).status_code == 302
    assert plain.body(document_of(report)).splitlines() == [
        *("Phường báo cáo như sau:", "1. Kết quả", "a) Tuyên truyền", "Đã đăng 12 tin.", "- Loa: 5 tin."),
        *("2. Khó khăn", "Không.", "Trên đây là Báo cáo kết quả./."),
    ]
    assert report.sections.filter(parent=None).count() == 4


def test_sections_that_are_there_are_filled_and_nothing_is_replaced(ward, drafter):
    report = make_report(ward)
    make_block(make_section(report, part=Part.OPENING), "<p>Câu mở đầu cũ.</p>")
    make_block(make_section(report, "Khó khăn"), "<p>Chữ đã có.</p>")
    quick.write(report, HTML, drafter)
    lines = plain.body(document_of(Report.objects.get(pk=report.pk))).splitlines()
    assert lines.index("Câu mở đầu cũ.") < lines.index("Phường báo cáo như sau:")
    assert lines[lines.index("Chữ đã có.") + 1] == "Không."
    assert sum("Khó khăn" in line for line in lines) == 1


def test_who_may(ward, client, leader, stranger):
    report = make_report(ward)
    for page in ("/cong-van/doc-tep/", "/de-cuong/dan/", f"/bao-cao/{report.pk}/soan-gap/"):
        assert client.get(page).status_code == 200
        assert leader.get(page).status_code == 403
        assert Client().get(page).status_code == 302
    assert stranger.get(f"/bao-cao/{report.pk}/soan-gap/").status_code == 404
