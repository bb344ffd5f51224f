"""Letters: one form for paper and request, bad input, who may see and change."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Paper
from reports.models import Report, ReportRequest

from .factories import issued, make_outline, make_paper, make_report, make_request, queries_of

LIST, ADD = "/cong-van/", "/cong-van/them/"


def typed(**fields):
    return {
        "kind": "công văn",
        "number": "1885",
        "symbol": "SKHCN-TTTT",
        "issued_on": "15/5/2026",
        "issuer": "Sở Khoa học và Công nghệ",
        "subject": "báo cáo kết quả phong trào",
        "deadline_text": "trước 16h00 ngày 19/5/2026",
        "deadline_day": "19/5/2026",
        "deadline_hour": "16:00",
        "internal_day": "18/5/2026",
        "arrival_number": "2210",
        **fields,
    }


def text(response):
    return response.content.decode()


def test_add_makes_paper_and_request_together(client, ward):
    outline = make_outline(ward, "Tình hình")
    response = client.post(ADD, typed(outline=outline.pk))
    letter = ReportRequest.objects.get()
    assert response.url == reverse("request_detail", args=[letter.pk])
    assert (letter.paper.code, letter.paper.holder, letter.organization) == ("1885/SKHCN-TTTT", ward, ward)
    assert timezone.localtime(letter.deadline).isoformat() == "2026-05-19T16:00:00+07:00"
    assert timezone.localtime(letter.internal_deadline).hour == 17
    assert letter.outline == outline


def test_add_from_registered_paper(client, ward):
    paper = make_paper(ward)
    client.post(ADD, {"paper": paper.pk, "deadline_text": "trước ngày 19/5"})
    assert ReportRequest.objects.get().paper == paper
    assert Paper.objects.count() == 1


def test_looking_up_keeps_what_was_typed_and_saves_nothing(client, ward):
    paper = make_paper(ward, subject="phong trào bình dân học vụ số")
    page = text(client.post(ADD, typed(look="1", tim="binh dan", issued_on="hôm qua")))
    assert f'value="{paper.pk}"' in page
    assert "hôm qua" in page
    assert "trước 16h00 ngày 19/5/2026" in page
    assert not ReportRequest.objects.exists()


def test_paper_of_another_ward_cannot_be_picked(stranger, ward):
    paper = make_paper(ward)
    page = text(stranger.post(ADD, {"paper": paper.pk}))
    assert "error-summary" in page
    assert not ReportRequest.objects.exists()
    assert f'value="{paper.pk}"' not in text(stranger.get(f"{ADD}van-ban/?tim=phong"))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"issued_on": "32/13/2026"}, "issued_on"),
        ({"deadline_day": "abc"}, "deadline_day"),
        ({"deadline_hour": "25:00"}, "deadline_hour"),
        ({"deadline_day": "", "deadline_hour": "9:00"}, "deadline_day"),
        ({"internal_day": "20/5/2026"}, "internal_day"),
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 10_000}, "subject"),
        ({"issuer": ""}, "issuer"),
        ({"period_from": "2/5/2026", "period_to": "1/5/2026"}, None),
        ({"kind": "lá thư"}, "kind"),
    ],
)
def test_bad_input_is_named_and_nothing_lost(client, fields, name):
    page = client.post(ADD, typed(**fields))
    assert page.status_code == 200
    assert 'class="error-summary"' in text(page)
    assert (name in page.context["form"].errors) if name else page.context["form"].non_field_errors()
    assert "trước 16h00 ngày 19/5/2026" in text(page)
    assert not Paper.objects.exists()


def test_duplicate_paper_is_refused(client, ward):
    make_paper(ward, number="1885", issuer="Sở Khoa học và Công nghệ")
    page = text(client.post(ADD, typed()))
    assert "đã có trong sổ" in page
    assert not ReportRequest.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("xau.exe", b"MZ"), ("gia.pdf", b"<html>"), ("to.pdf", b"%PDF-" + b"0" * 21_000_000)],
)
def test_wrong_file_is_refused(client, name, content):
    page = client.post(ADD, typed(file=SimpleUploadedFile(name, content)))
    assert "file" in page.context["form"].errors
    assert not Paper.objects.exists()


def test_markup_is_escaped(client, ward):
    letter = make_request(ward, asked="<script>alert(1)</script>", deadline_text="<b>gấp</b>")
    page = text(client.get(reverse("request_detail", args=[letter.pk])))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_detail_shows_all_that_is_asked(client, ward):
    letter = make_request(
        ward,
        deadline_text="trước 16h00 ngày 19/5",
        cut_off=datetime.date(2026, 5, 14),
        contact="Ông Nguyễn Văn A, 0123",
        arrival_number="2210",
        outline=make_outline(ward, "Tình hình", "Kết quả"),
    )
    page = text(client.get(reverse("request_detail", args=[letter.pk])))
    for words in ("trước 16h00 ngày 19/5", "14/5/2026", "Ông Nguyễn Văn A", "2210", "2 mục", "Còn 1 ngày"):
        assert words in page


def test_edit_changes_paper_and_request(client, ward):
    letter = make_request(ward)
    url = reverse("request_edit", args=[letter.pk])
    assert letter.paper.issuer in text(client.get(url))
    client.post(url, typed(number="99", contact="Bà B"))
    letter.refresh_from_db()
    assert (letter.paper.number, letter.contact) == ("99", "Bà B")
    assert Paper.objects.count() == 1


def test_draft_from_letter(client, ward, drafter):
    letter = make_request(ward, outline=make_outline(ward, "Tình hình", "Kết quả"))
    response = client.post(reverse("request_draft", args=[letter.pk]))
    report = Report.objects.get()
    assert response.url == reverse("report", args=[report.pk])
    assert report.drafter == drafter
    assert list(report.sections.filter(part="body").values_list("heading", flat=True)) == [
        "Tình hình",
        "Kết quả",
    ]


def test_list_filters_and_searches(client, ward):
    answered = make_request(ward, paper=make_paper(ward, subject="đã xong"))
    issued(make_report(ward)).requests.add(answered)
    make_request(ward, paper=make_paper(ward, subject="chuyển đổi số"))
    assert "đã xong" not in text(client.get(LIST))
    assert "đã xong" in text(client.get(LIST, {"loc": "da-tra-loi"}))
    assert "chuyển đổi số" in text(client.get(LIST, {"q": "chuyen doi"}))
    assert "Không có công văn nào khớp" in text(client.get(LIST, {"q": "không có gì"}))


def test_list_queries_are_constant(client, ward):
    make_report(ward).requests.add(make_request(ward))
    few = queries_of(client, LIST)
    for _ in range(25):
        make_report(ward).requests.add(make_request(ward))
    assert queries_of(client, LIST) == few <= 20
    assert "Trang 1 / 2" in text(client.get(LIST))


@pytest.mark.parametrize("name", ["request_detail", "request_edit"])
def test_stranger_gets_404(stranger, ward, name):
    assert stranger.get(reverse(name, args=[make_request(ward).pk])).status_code == 404


def test_stranger_cannot_draft(stranger, ward):
    assert stranger.post(reverse("request_draft", args=[make_request(ward).pk])).status_code == 404


@pytest.mark.parametrize("name", ["request_edit", "request_draft"])
def test_reader_may_not_change(leader, ward, name):
    assert leader.post(reverse(name, args=[make_request(ward).pk])).status_code == 403
    assert leader.get(ADD).status_code == 403


def test_anonymous_goes_to_sign_in(db):
    assert Client().get(LIST).url.startswith(reverse("account_login"))
