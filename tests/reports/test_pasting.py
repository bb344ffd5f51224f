"""Pasting as officers do: from Word, a PDF, a chat; what is cleaned is told, what the registers know is offered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Organization, Paper, Role
from reports import pasting
from tests.campaigns.factories import (
    client_of,
    make_indicator,
    make_organization,
    make_paper,
    make_reading,
    make_user,
)

pytestmark = pytest.mark.django_db

WORD = (
    "<html><body><p class=MsoNormal style='text-indent:1cm'><b>Kết quả</b>  chung</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>-<span>&nbsp;&nbsp;"
    "</span></span>Dòng một</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>"
    "<span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Dòng hai</p>"
    "<table style='width:5cm'><tr><td>a</td><td>b</td></tr></table></body></html>"
)


@pytest.fixture
def ward() -> Organization:
    return make_organization()


def test_word_keeps_lists_tables_and_weight_and_drops_looks(ward):
    made = pasting.paste(ward, WORD, "x")
    assert "style" not in made.html
    assert "<strong>Kết quả</strong> chung" in made.html
    assert '<ul data-mark="-"><li><p>Dòng một</p></li>' in made.html
    assert '<ul data-mark="+"><li><p>Dòng hai</p></li>' in made.html
    assert "<td><p>a</p></td>" in made.html
    assert "Bỏ phông chữ, cỡ chữ, màu" in made.notes


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        (
            "Phường đã tổ chức tuyên truyền trên hệ thống loa truyền thanh và tăng\n3\ncường kiểm tra.",
            "<p>Phường đã tổ chức tuyên truyền trên hệ thống loa truyền thanh và tăng cường kiểm tra.</p>",
            "Bỏ số trang",
        ),
        ("- Một;\n+ Hai;\n• Ba.", '<ul data-mark="-"><li><p>Một;</p>', ""),
        ("Một đoạn  có   dấu cách.", "<p>Một đoạn có dấu cách.</p>", ""),
    ],
)
def test_text_from_a_pdf_or_a_chat(ward, text, expected, note):
    made = pasting.paste(ward, "", text)
    assert expected in made.html
    assert not note or any(words.startswith(note) for words in made.notes)


def test_decomposed_letters_become_composed(ward):
    made = pasting.paste(ward, "<p>Nhi\u0323 Chie\u0302\u0309u</p>", "")
    assert made.html == "<p>Nhị Chiểu</p>"


def test_blanks_and_page_numbers_in_html_are_told(ward):
    made = pasting.paste(ward, "<p>Một  hai</p><p>- 3 -</p><p>ba&nbsp; bốn</p>", "")
    assert made.html == "<p>Một hai</p><p>ba bốn</p>"
    assert set(made.notes) == {"Bỏ dấu cách thừa", "Bỏ số trang"}


def test_citations_are_offered_as_links_and_nothing_is_entered(ward):
    paper = make_paper(ward, number="98", symbol="KH-UBND", issuer="Ủy ban nhân dân phường")
    text = (
        "Thực hiện Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường "
        "và Quyết định số 5/QĐ-UBND ngày 1/2/2026."
    )
    made = pasting.paste(ward, "", text)
    assert "data-ref" not in made.html
    assert f'data-ref="paper:{paper.pk}"' in made.linked
    assert made.offers == ("Liên kết 1 chỗ viện dẫn với sổ văn bản",)
    assert Paper.objects.count() == 1


def test_figures_that_equal_an_indicator_are_offered(ward):
    members = make_indicator(ward, name="Số thành viên tổ công nghệ số")
    make_reading(members, value=1137)
    made = pasting.paste(ward, "", "Số thành viên tổ công nghệ số cộng đồng: 1.137 người, họp 1137 lần khác.")
    assert f'data-ref="figure:{members.pk}"' in made.linked
    assert ">1.137</span>" in made.linked
    other = pasting.paste(ward, "", "Có 1.137 người dự hội thi ở nhà văn hóa.")
    assert other.linked == ""


def test_the_address_is_for_writers(ward):
    url = reverse("paste")
    assert Client().post(url).status_code == 302
    assert client_of(make_user(ward, Role.LEADER)).post(url, {"text": "x"}).status_code == 403
    client = client_of(make_user(ward))
    assert client.get(url).status_code == 405
    assert client.post(url, {"html": "<script>x()</script><p>a</p>"}).json()["html"] == "<p>a</p>"
    assert client.post(url, {"text": "x" * 1_000_001}).status_code == 413


@pytest.mark.parametrize(
    "html", ["<", "<p", "<![if", "<p class=MsoListParagraph>", "<table><tr>", "\x00", "<ul><li>"]
)
def test_odd_markup_is_no_error(ward, html):
    assert isinstance(pasting.paste(ward, html, "").html, str)
