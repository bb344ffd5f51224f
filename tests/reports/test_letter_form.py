"""A letter's XLSX form: kept, handed out to its own ward, put into the draft with live figures, refused in words."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.models import Role
from reports.document import nodes
from reports.editions import document_of
from reports.models import Mention, Report, Section
from tests.campaigns.factories import make_indicator, make_reading

from .factories import make_report, make_request, make_user, make_ward, signed_in

pytestmark = pytest.mark.django_db


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.append(["TT", "Nội dung", "Kết quả", None])
    sheet.merge_cells("C1:D1")
    sheet.append([1, "Số người tham gia", None, "người"])
    sheet.append([2, "Kinh phí", 12.5, "triệu đồng"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def letter(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_request(make_ward())


def upload(content: bytes, name: str = "bieu.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_form_becomes_an_appendix_with_live_figures(letter):
    ward = letter.organization
    people = make_indicator(ward, name="Số người tham gia")
    make_reading(people, value=137)
    drafter = make_user(ward)
    report = make_report(ward, drafter=drafter)
    report.requests.add(letter)
    client = signed_in(drafter)
    url = reverse("letter_form_keep", args=[letter.pk])
    assert client.post(url, {"file": upload(workbook())}).status_code == 302
    attach = reverse("letter_form_attach", args=[report.pk, letter.pk])
    assert "Đưa biểu số liệu vào phụ lục" in client.get(reverse("report", args=[report.pk])).content.decode()
    assert client.post(attach).status_code == 302
    section = Section.objects.get(report=report, part="appendix")
    assert section.heading == "BIỂU 01"
    assert Mention.objects.get().indicator == people
    (table,) = (node for block in document_of(report).appendices[0].blocks for node in block.nodes)
    rows = [[nodes.words(cell.content) for cell in row.cells] for row in table.rows]
    assert rows[1] == ["1", "Số người tham gia", "137", "người"]
    assert rows[2][2] == "12,5"
    assert table.rows[0].cells[2].colspan == 2


def test_what_is_no_workbook_is_refused_in_words(letter):
    drafter = make_user(letter.organization)
    client = signed_in(drafter)
    url = reverse("letter_form_keep", args=[letter.pk])
    for name, content in (("bieu.pdf", b"%PDF-1.4"), ("bieu.xlsx", b"MZ"), ("bieu.xlsx", b"")):
        assert client.post(url, {"file": upload(content, name)}).status_code == 422
    assert client.post(url).status_code == 422


def test_gates(letter):
    ward = letter.organization
    report = make_report(ward)
    keep = reverse("letter_form_keep", args=[letter.pk])
    file = reverse("letter_form_file", args=[letter.pk])
    attach = reverse("letter_form_attach", args=[report.pk, letter.pk])
    stranger, leader = signed_in(make_user(make_ward())), signed_in(make_user(ward, Role.LEADER))
    for url in (keep, file):
        assert Client().get(url).status_code == 302
        assert stranger.get(url).status_code == 404
    assert stranger.post(attach).status_code == 404
    assert leader.get(keep).status_code == 403
    assert leader.post(attach).status_code == 403
    assert leader.get(file).status_code == 404
    assert signed_in(make_user(ward)).post(attach).status_code == 404
    assert Report.objects.count() == 1
