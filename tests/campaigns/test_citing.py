"""“Dán viện dẫn”: one citation to the form, a list to the table, what is known, doubled or not understood."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from campaigns.citations import read
from campaigns.models import Event, Paper
from campaigns.pasted import papers_in
from campaigns.register import known_papers

from .factories import make_organization, make_paper, make_user, queries_of

PLAN = "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường Thử về việc triển khai phong trào"
LIST = f"""Căn cứ các văn bản sau:
- {PLAN};
- Công văn số 12/SKHCN-CĐS ngày 3/10/2025 của Sở Khoa học và Công nghệ về báo cáo
- Luật Giao dịch điện tử ngày 22/6/2023
- Giấy tờ khác do phòng giữ
- Kế hoạch 98/KH-UBND"""


def paste(client, text):
    return client.post(reverse("paper_cite"), {"text": text})


def rows_of(answer) -> dict[str, str]:
    """The table as a browser would send it back."""
    table = answer.context["formset"]
    data = {"rows-TOTAL_FORMS": str(len(table.forms)), "rows-INITIAL_FORMS": str(len(table.forms))}
    for form in table:
        for field in form:
            value = field.value()
            if value not in (None, "", False):
                shown = value.strftime("%d/%m/%Y") if isinstance(value, datetime.date) else value
                data[field.html_name] = "on" if value is True else str(shown)
    return data


def test_one_citation_fills_the_form_of_a_paper(drafter):
    answer = paste(drafter, PLAN)
    assert answer.status_code == 302
    assert answer.url.startswith(f"{reverse('paper_add')}?")
    form = drafter.get(answer.url).context["form"]
    shown = [form[name].value() for name in ("kind", "number", "symbol", "issued_on", "issuer", "subject")]
    day = datetime.date(2025, 9, 19)
    assert shown == ["kế hoạch", "98", "KH-UBND", day, "UBND phường Thử", "triển khai phong trào"]


def test_a_very_long_citation_keeps_its_subject(drafter):
    subject = "tăng cường " * 150
    answer = paste(drafter, f"Công văn số 1/UBND-VX ngày 1/2/2026 về việc {subject}")
    assert drafter.get(answer.url).context["form"]["subject"].value().startswith("tăng cường tăng cường")
    assert len(answer.url) < 16_000


def test_a_paper_of_the_register_is_opened(drafter, ward):
    paper = make_paper(ward, number="98", issuer="Ủy ban nhân dân phường Thử")
    assert paste(drafter, PLAN).url == reverse("paper_detail", args=[paper.pk])


def test_a_list_becomes_a_table_and_is_saved_at_once(drafter, ward):
    make_paper(ward, number="12", symbol="SKHCN-CĐS", kind="công văn", issued_on=None, issuer="")
    answer = paste(drafter, LIST)
    forms = list(answer.context["formset"])
    assert [(f["kind"].value(), bool(f.known), bool(f["keep"].value())) for f in forms] == [
        ("", False, False),
        ("kế hoạch", False, True),
        ("công văn", True, False),
        ("luật", False, True),
        ("", False, False),
    ]
    page = answer.content.decode()
    assert "Giấy tờ khác do phòng giữ" in page
    saved = drafter.post(reverse("paper_cite_save"), rows_of(answer))
    assert saved.url == reverse("paper_list")
    assert set(Paper.objects.exclude(number="12").values_list("kind", "number", "issuer", "subject")) == {
        ("kế hoạch", "98", "UBND phường Thử", "triển khai phong trào"),
        ("luật", "", "", "Giao dịch điện tử"),
    }
    event = Event.objects.get(act="add", after__name__startswith="2 văn bản")
    assert "Kế hoạch số 98/KH-UBND" in event.after["fields"]["Văn bản 1"]
    assert Paper.objects.matching("giao dich").count() == 1  # the search column is filled too


def test_every_fault_is_shown_and_nothing_is_saved(drafter, ward):
    make_paper(ward, number="98", issuer="UBND phường Thử")
    answer = paste(drafter, LIST)
    data = rows_of(answer) | {"rows-1-keep": "on", "rows-2-issued_on": "31/2/2025", "rows-4-keep": "on"}
    refused = drafter.post(reverse("paper_cite_save"), data)
    errors = [dict(form.errors) for form in refused.context["formset"]]
    assert list(errors[1]) == ["number"]
    assert list(errors[2]) == ["issued_on"]
    assert list(errors[4]) == ["kind"]
    assert errors[0] == errors[3] == {}
    assert "data-focus" in refused.content.decode()
    assert 'value="31/2/2025"' in refused.content.decode()
    assert Paper.objects.count() == 1


def test_a_row_ticked_twice_is_refused(drafter):
    answer = paste(drafter, f"{PLAN}\nQuyết định số 5/QĐ-UBND ngày 1/2/2026 của UBND phường Thử")
    data = rows_of(answer) | {
        "rows-1-number": "98",
        "rows-1-symbol": "kh-ubnd",
        "rows-1-issuer": "UBND phường Thử",
        "rows-1-issued_on": "1/2/2025",
    }
    refused = drafter.post(reverse("paper_cite_save"), data)
    assert "Trùng với dòng 1" in refused.content.decode()
    assert not Paper.objects.exists()


def test_the_incomplete_day_is_kept_as_printed(drafter):
    answer = paste(drafter, f"{PLAN}; Công văn số /UBND-VX ngày /12/2025 của UBND phường")
    drafter.post(reverse("paper_cite_save"), rows_of(answer))
    assert Paper.objects.get(kind="công văn").issued_printed == "…/12/2025"


@pytest.mark.parametrize("text", ["", "   ", "một hai", "\x00", "-;-;-"])
def test_nothing_to_read_is_said_beside_the_box(drafter, text):
    answer = paste(drafter, text)
    assert answer.status_code == 200
    assert answer.context["form"].errors["text"]


def test_more_rows_than_a_table_takes_are_refused_with_the_text_kept(drafter):
    text = "\n".join(f"- Kế hoạch số {n}/KH-UBND ngày 1/2/2026" for n in range(1, 203))
    page = paste(drafter, text).content.decode()
    assert "nhiều nhất 200" in page
    assert "Kế hoạch số 202/KH-UBND" in page


def test_the_table_asks_the_same_few_questions_however_long(drafter, django_assert_max_num_queries):
    paste(drafter, PLAN)
    for count in (3, 150):
        text = "\n".join(f"- Kế hoạch số {n}/KH-UBND ngày 1/2/2026" for n in range(1, count + 1))
        with django_assert_max_num_queries(12):
            answer = paste(drafter, text)
    with django_assert_max_num_queries(24):
        drafter.post(reverse("paper_cite_save"), rows_of(answer))
    assert Paper.objects.count() == 150


def test_reading_is_for_writers(leader, drafter):
    for name in ("paper_cite", "paper_cite_save"):
        assert leader.post(reverse(name), {"text": PLAN}).status_code == 403
    assert leader.get(reverse("paper_cite")).status_code == 403
    assert "Dán viện dẫn" not in leader.get(reverse("paper_list")).content.decode()
    assert queries_of(drafter, reverse("paper_cite")) <= 10


def test_papers_of_another_ward_are_not_known(drafter, stranger, ward):
    make_paper(make_organization(), number="98", issuer="UBND phường Thử")
    assert paste(drafter, PLAN).url.startswith(reverse("paper_add"))


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Kế hoạch số 98/KH-UBND", True),
        ("KH 98/kh-ubnd ngày 1/1/2025 của Ủy ban nhân dân phường", True),
        ("Kế hoạch số 98/KH-UBND ngày 19/9/2024", False),
        ("Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND tỉnh", False),
        ("Kế hoạch số 99/KH-UBND", False),
        ("Luật Nhà ở", True),
        ("Luật Nhà ở năm 2014", False),
    ],
)
def test_a_paper_is_joined_by_number_symbol_year_and_issuer(ward, words, known):
    make_paper(ward, number="98", issuer="UBND phường Thử")
    make_paper(
        ward,
        kind="luật",
        number="",
        symbol="",
        issuer="",
        subject="Nhà ở",
        issued_on=datetime.date(2023, 1, 1),
    )
    citation = read(words.replace("kh-ubnd", "KH-UBND"))
    assert bool(known_papers(Paper.objects.filter(holder=ward), [citation])[0]) is known


def test_a_list_names_each_paper_once_in_its_fullest_words():
    rows = papers_in(f"- KH 98/KH-UBND\n- {PLAN}\n- Kế hoạch số 98/KH-UBND ngày 1/2/2024")
    assert [row.citation.date.year for row in rows] == [2025, 2024]


def test_a_user_of_no_ward_reads_nothing(client, db):
    client.force_login(make_user(), backend="config.accounts.OfficeAuthenticationBackend")
    assert client.get(reverse("paper_cite")).status_code == 302


@pytest.mark.parametrize(
    "words",
    [
        "98/KH-UBND",
        "Kế hoạch số 98/KH-UBND, ngày 19-9-2025 của Ủy ban nhân dân phường Thử V/v chuyện khác",
        "số: 98 /KH - UBND ngày 19 tháng 9 năm 2025",
        "Ngày 19/9/2025, UBND phường Thử ban hành Kế hoạch số 98/KH-UBND",
    ],
)
def test_the_search_box_and_suggestions_take_a_citation_in_any_form(drafter, ward, words):
    paper = make_paper(ward, number="98", issuer="UBND phường Thử", subject="triển khai")
    make_paper(ward, number="99", subject="thực hiện Kế hoạch số 98/KH-UBND")
    make_paper(ward, number="98", symbol="QĐ-UBND", kind="quyết định")
    assert list(drafter.get(reverse("paper_list"), {"q": words}).context["page"]) == [paper]
    labels = drafter.get(reverse("paper_suggest"), {"q": words}).json()["labels"]
    assert len(labels) == 1
    assert "98/KH-UBND" in labels[0]


def test_a_citation_that_two_papers_may_mean_offers_both(drafter, ward):
    for year in (2019, 2023):
        make_paper(ward, number="225", issued_on=datetime.date(year, 9, 11))
    found = drafter.get(reverse("paper_list"), {"q": "Kế hoạch số 225/KH-UBND"}).context["page"]
    assert len(list(found)) == 2
