"""One search box: numbers understood, tone marks or not, exact tones first, nothing of another ward."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.gate import actor_in
from campaigns.models import Organization, Role
from reports import finding
from tests.campaigns.factories import (
    client_of,
    make_indicator,
    make_organization,
    make_paper,
    make_team,
    make_user,
    queries_of,
)

from .factories import issued, make_block, make_report, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Organization:
    return make_organization()


def hits(ward: Organization, words: str) -> dict[str, list[str]]:
    actor = actor_in(make_user(ward, Role.DRAFTER), ward)
    return {label: [hit.title for hit in found] for label, found in finding.find(actor, words)}


@pytest.mark.parametrize(
    "words", ["98/KH-UBND", "98/kh-ubnd", "98 / KH-UBND", "kế hoạch 98", "ke hoach so 98", "98"]
)
def test_a_paper_by_its_number(ward, words):
    make_paper(ward, number="98", subject="triển khai")
    make_paper(ward, number="98", kind="quyết định", symbol="QĐ-UBND", subject="khác", issuer="Sở")
    found = hits(ward, words)["Văn bản"]
    assert "Kế hoạch số 98/KH-UBND" in found[0] or words == "98"
    assert any("98/KH-UBND" in title for title in found)


def test_a_party_paper_and_a_report_by_number(ward):
    make_paper(ward, number="06", symbol="KH/ĐU", issuer="Đảng ủy phường")
    issued(make_report(ward, subject="Kết quả phong trào"), "274")
    assert "06-KH/ĐU" in hits(ward, "06-KH/ĐU")["Văn bản"][0]
    assert hits(ward, "274/BC-UBND")["Báo cáo"] == ["274/BC-UBND: Kết quả phong trào"]
    assert hits(ward, "báo cáo 274")["Báo cáo"] == ["274/BC-UBND: Kết quả phong trào"]


def test_exact_tones_come_first_and_marks_may_be_left_out(ward):
    exact = make_paper(ward, number="1", subject="tổ chức ngày hội")
    for n in range(12):
        make_paper(ward, number=str(n + 2), subject="tố chức khác, tô chức khác")
    assert hits(ward, "tổ chức")["Văn bản"][0] == str(exact)
    assert len(hits(ward, "to chuc")["Văn bản"]) == finding.SHOWN


def test_every_sort_and_sentences_with_their_place(ward):
    make_team(ward, name="Đội phản ứng nhanh")
    make_indicator(ward, name="Số phản ứng nhanh")
    report = make_report(ward, subject="Phản ứng nhanh")
    make_block(make_section(report, "Kết quả"), "<p>Phường lập <b>đội phản ứng</b> nhanh &amp; mạnh.</p>")
    found = hits(ward, "phan ung nhanh")
    assert set(found) == {"Báo cáo", "Tổ", "Số liệu", "Câu trong báo cáo"}
    assert "đội phản ứng nhanh & mạnh" in found["Câu trong báo cáo"][0]


def test_nothing_of_another_ward(ward):
    other = make_organization()
    make_paper(other, number="98", subject="kín")
    make_block(make_section(make_report(other), "Mục"), "<p>kín đáo</p>")
    assert hits(ward, "kín") == hits(ward, "98/KH-UBND") == {}


def test_the_page_asks_finds_and_says_nothing_found(ward):
    make_paper(ward, number="98")
    url = reverse("find")
    assert Client().get(url).status_code == 302
    client = client_of(make_user(ward, Role.LEADER))
    assert "kế hoạch 98" in client.get(url).content.decode()
    assert "98/KH-UBND" in client.get(url, {"q": "98/KH-UBND"}).content.decode()
    assert "Không thấy" in client.get(url, {"q": "%_'\\"}).content.decode()


def test_queries_are_constant(ward):
    client = client_of(make_user(ward))
    make_block(make_section(make_report(ward), "Mục"), "<p>chung</p>")
    few = queries_of(client, f"{reverse('find')}?q=chung")
    for n in range(6):
        make_paper(ward, number=str(n), subject="chung")
        make_block(make_section(make_report(ward), f"Mục {n}"), "<p>chung</p>")
    assert queries_of(client, f"{reverse('find')}?q=chung") <= few
