"""The register of papers: finding, adding, duplicates, links, files, deleting."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.models import Paper, PaperLink

from .factories import make_campaign, make_organization, make_paper, make_team, make_user, queries_of

LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
PLAN = {
    "kind": "kế hoạch",
    "number": "98",
    "symbol": "KH-UBND",
    "issued_on": "19/9/2025",
    "issuer": "Ủy ban nhân dân phường Nhị Chiểu",
    "subject": "triển khai phong trào",
    "in_force": "on",
}
CITATION = "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường Nhị Chiểu về việc triển khai phong trào"
SCRIPT = "<script>alert('x')</script>"


def office(part: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, "<x/>")
    return data.getvalue()


def post(client, url, **fields):
    return client.post(url, PLAN | LINKS | fields)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("nhi chieu", 1),
        ("Nhị Chiểu", 1),
        ("98/kh-ubnd", 1),
        ("phong trao trien khai", 1),
        ("nhị chiếu x", 0),
        (CITATION, 1),
        (CITATION.replace("2025", "2024"), 0),
    ],
)
def test_search_with_and_without_tone_marks(drafter, ward, words, found):
    make_paper(ward, number="98", issuer="UBND phường Nhị Chiểu", subject="triển khai phong trào")
    make_paper(ward, number="5", issuer="UBND thành phố", subject="việc khác", symbol="QĐ-UBND")
    page = drafter.get(reverse("paper_list"), {"q": words})
    assert page.context["page"].paginator.count == found


def test_filters_narrow_and_bad_values_are_told(drafter, ward):
    campaign = make_campaign(ward)
    plan = make_paper(ward)
    plan.campaigns.add(campaign)
    make_paper(ward, kind="quyết định", issued_on=datetime.date(2024, 1, 1), in_force=False)
    url = reverse("paper_list")
    cases = {"kind": "quyết định", "campaign": campaign.pk, "year": 2024, "in_force": "no"}
    for name, value in cases.items():
        assert drafter.get(url, {name: value}).context["page"].paginator.count == 1, name
    assert drafter.get(url, {"campaign": make_campaign(make_organization()).pk}).status_code == 200
    for bad in ({"year": "x"}, {"kind": SCRIPT}, {"trang": "999"}, {"q": "\x00"}, {"sort": "?"}):
        assert drafter.get(url, bad).status_code == 200


def test_newest_first_and_fifty_a_page(drafter, ward):
    for day in range(1, 29):
        make_paper(ward, issued_on=datetime.date(2026, 2, day))
        make_paper(ward, issued_on=datetime.date(2026, 1, day))
    make_paper(ward, issued_on=None)
    first = drafter.get(reverse("paper_list")).context["page"]
    assert len(first) == 50
    assert first[0].issued_on == datetime.date(2026, 2, 28)
    second = drafter.get(reverse("paper_list"), {"trang": 2}).context["page"]
    assert list(second)[-1].issued_on is None
    assert {paper.pk for paper in first}.isdisjoint(paper.pk for paper in second)


def test_a_paper_is_added_to_the_own_register(drafter, ward):
    answer = post(drafter, reverse("paper_add"), holder=make_organization().pk)
    paper = Paper.objects.get()
    assert answer.url == reverse("paper_detail", args=[paper.pk])
    assert (paper.holder, paper.issued_on) == (ward, datetime.date(2025, 9, 19))
    page = drafter.get(answer.url).content.decode()
    citation = "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường Nhị Chiểu về việc triển khai"
    assert f'data-copy="{citation}' in page


def test_number_symbol_and_date_may_each_be_missing(drafter):
    post(drafter, reverse("paper_add"), number="", symbol="", issued_on="", subject="lần một")
    post(drafter, reverse("paper_add"), number="", symbol="", issued_on="", subject="lần hai")
    assert Paper.objects.count() == 2


def test_the_same_paper_twice_is_refused_beside_its_number(drafter):
    post(drafter, reverse("paper_add"))
    again = post(drafter, reverse("paper_add"), subject="gõ lại")
    assert "đã có trong sổ" in again.context["form"].errors["number"][0]
    assert "gõ lại" in again.content.decode()
    assert post(drafter, reverse("paper_add"), issued_on="2/1/2026").status_code == 302
    undated = post(drafter, reverse("paper_add"), issued_on="", number="98")
    assert undated.status_code == 302
    assert "number" in post(drafter, reverse("paper_add"), issued_on="").context["form"].errors
    assert Paper.objects.count() == 3


def test_two_wards_may_hold_the_same_paper(drafter, stranger):
    post(drafter, reverse("paper_add"))
    assert post(stranger, reverse("paper_add")).status_code == 302


def test_editing_a_paper_does_not_meet_itself(drafter):
    post(drafter, reverse("paper_add"))
    paper = Paper.objects.get()
    assert post(drafter, reverse("paper_edit", args=[paper.pk]), note="đã sửa").status_code == 302


def test_a_paper_saved_meanwhile_is_an_error_of_the_form(drafter, monkeypatch):
    """Two officers press the button at once: the database refuses the second one."""
    monkeypatch.setattr("campaigns.forms.papers.PaperForm._refuse_second", lambda *args: None)
    monkeypatch.setattr("campaigns.models.Paper.validate_constraints", lambda *args, **kwargs: None)
    post(drafter, reverse("paper_add"))
    again = post(drafter, reverse("paper_add"))
    assert again.status_code == 200
    assert "vừa có người lưu" in again.content.decode()


@pytest.mark.parametrize("day", ["31/2/2026", "ngày mai", "19-", "0/0/0", "9" * 50])
def test_a_wrong_day_is_refused_and_nothing_is_lost(drafter, day):
    answer = post(drafter, reverse("paper_add"), issued_on=day)
    assert "issued_on" in answer.context["form"].errors
    assert PLAN["subject"] in answer.content.decode()
    assert not Paper.objects.exists()


def test_script_and_long_text_are_shown_as_text(drafter):
    post(drafter, reverse("paper_add"), subject=SCRIPT, issuer=SCRIPT, symbol=SCRIPT, note=SCRIPT)
    paper = Paper.objects.get()
    for url in (
        reverse("paper_list"),
        reverse("paper_detail", args=[paper.pk]),
        reverse("paper_edit", args=[paper.pk]),
        reverse("paper_delete", args=[paper.pk]),
    ):
        page = drafter.get(url).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
    too_long = post(drafter, reverse("paper_add"), subject="a" * 10_000, number="7")
    assert "subject" in too_long.context["form"].errors
    assert "a" * 10_000 in too_long.content.decode()


def test_foreign_choices_are_refused(drafter, ward):
    """Campaigns and papers of another ward are no choices, and other wards at work are no issuers."""
    other = make_organization()
    make_user(other)
    make_campaign(ward)
    answer = post(drafter, reverse("paper_add"), campaigns=make_campaign(other).pk, issuers=other.pk)
    assert set(answer.context["form"].errors) == {"campaigns", "issuers"}


def links(*rows, initial=0):
    data = {"links-TOTAL_FORMS": str(len(rows)), "links-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(rows):
        data |= {f"links-{index}-{name}": value for name, value in row.items()}
    return data


def test_links_are_named_by_number_and_symbol(drafter, ward):
    target = make_paper(ward, number="12", symbol="QĐ-UBND", kind="quyết định")
    row = {"kind": "carries_out", "target": "12/QĐ-UBND"}
    answer = drafter.post(reverse("paper_add"), PLAN | links(row, {"kind": "", "target": ""}))
    link = PaperLink.objects.get()
    assert (link.target, link.source.number) == (target, "98")
    assert reverse("paper_detail", args=[target.pk]) in drafter.get(answer.url).content.decode()
    other_side = drafter.get(reverse("paper_detail", args=[target.pk])).content.decode()
    assert reverse("paper_detail", args=[link.source_id]) in other_side


def test_the_words_shown_for_a_link_find_the_same_paper_again(drafter, ward):
    """Two papers differ only by year: the day in the words tells them apart."""
    first = make_paper(ward, number="12", issued_on=datetime.date(2024, 3, 1))
    make_paper(ward, number="12", issued_on=datetime.date(2025, 3, 1))
    paper = make_paper(ward)
    link = PaperLink.objects.create(source=paper, kind="amends", target=first)
    url = reverse("paper_edit", args=[paper.pk])
    shown = drafter.get(url).context["formset"].forms[0]["target"].value()
    assert "ngày 1/3/2024" in shown
    rows = links({"id": link.pk, "source": paper.pk, "kind": "replaces", "target": shown}, initial=1)
    assert drafter.post(url, PLAN | {"number": "99"} | rows).status_code == 302
    link.refresh_from_db()
    assert (link.kind, link.target) == ("replaces", first)


@pytest.mark.parametrize("target", ["khong co", "12/KH-UBND", ""])
def test_a_link_to_no_or_to_several_papers_is_refused(drafter, ward, target):
    make_paper(ward, number="12", issued_on=datetime.date(2024, 3, 1))
    make_paper(ward, number="12", issued_on=datetime.date(2025, 3, 1))
    make_paper(make_organization(), number="44", subject="khong co")
    rows = links({"kind": "amends", "target": target})
    answer = drafter.post(reverse("paper_add"), PLAN | rows)
    assert "target" in answer.context["formset"].errors[0]
    assert not Paper.objects.filter(number="98").exists()


def test_the_same_link_twice_and_a_link_to_itself_are_refused(drafter, ward):
    make_paper(ward, number="12")
    paper = make_paper(ward, number="98")
    url = reverse("paper_edit", args=[paper.pk])
    row = {"kind": "amends", "target": "12/KH-UBND"}
    assert drafter.post(url, PLAN | links(row, row)).status_code == 200
    itself = drafter.post(url, PLAN | links({"kind": "amends", "target": "98/KH-UBND"}))
    assert "chính nó" in itself.content.decode()
    assert not PaperLink.objects.exists()


def test_suggestions_come_from_the_own_register(drafter, ward):
    make_paper(ward, number="98", subject="một")
    make_paper(make_organization(), number="98", subject="hai")
    labels = drafter.get(reverse("paper_suggest"), {"q": "98/kh"}).json()["labels"]
    assert labels == ["kế hoạch 98/KH-UBND ngày 19/9/2025 một"]
    full = "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của Ủy ban nhân dân phường Nhị Chiểu về việc một"
    assert drafter.get(reverse("paper_suggest"), {"q": full}).json()["labels"] == labels
    for nothing in ("", "\x00", "x ngày 31/2/2025", "x ngày 1/99/2025"):
        assert drafter.get(reverse("paper_suggest"), {"q": nothing}).json() == {"labels": []}


GOOD_FILES = {
    "a.pdf": b"%PDF-1.7\n",
    "A.PDF": b"%PDF-1.7\n",
    "a.docx": office("word/document.xml"),
    "a.xlsx": office("xl/workbook.xml"),
    "a.png": b"\x89PNG\r\n\x1a\n0000",
    "a.jpg": b"\xff\xd8\xff\xe0",
}
BAD_FILES = {
    "a.exe": b"MZ",
    "a.pdf": b"<html>",
    "a.docx": office("xl/workbook.xml"),
    "a.xlsx": b"PK\x03\x04 broken",
    "newer.docx": office("word/document.xml").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
    "a.png": b"%PDF-1.7",
    "pdf": b"%PDF-1.7",
    "a.html": b"<script>",
    "a.svg": b"<svg/>",
    "empty.pdf": b"",
}


def test_numbers_no_organization_has_are_refused(drafter):
    answer = post(drafter, reverse("paper_add"), issuers=["9" * 30])
    assert list(answer.context["form"].errors) == ["issuers"]


@pytest.mark.parametrize("name", GOOD_FILES)
def test_known_files_are_kept_and_given_back_as_downloads(drafter, name):
    answer = post(drafter, reverse("paper_add"), file=SimpleUploadedFile(name, GOOD_FILES[name]))
    given = drafter.get(reverse("paper_file", args=[Paper.objects.get().pk]))
    assert answer.status_code == 302
    assert b"".join(given.streaming_content) == GOOD_FILES[name]
    assert given["Content-Disposition"].startswith('attachment; filename="98-KH-UBND.')


@pytest.mark.parametrize("name", BAD_FILES)
def test_other_files_are_refused(drafter, name):
    answer = post(drafter, reverse("paper_add"), file=SimpleUploadedFile(name, BAD_FILES[name]))
    assert "file" in answer.context["form"].errors
    assert not Paper.objects.exists()


def test_a_file_over_the_limit_is_refused(drafter, settings):
    settings.MAX_UPLOAD = 100
    large = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"0" * 100)
    assert "quá lớn" in post(drafter, reverse("paper_add"), file=large).content.decode()


def test_the_form_warns_about_secret_papers(drafter):
    assert "Không đưa tài liệu mật" in drafter.get(reverse("paper_add")).content.decode()
    assert settings.MAX_UPLOAD >= 1024 * 1024


def test_a_replaced_or_removed_file_leaves_the_disk(drafter, django_capture_on_commit_callbacks):
    post(drafter, reverse("paper_add"), file=SimpleUploadedFile("a.pdf", b"%PDF-1"))
    paper = Paper.objects.get()
    url, storage, first = reverse("paper_edit", args=[paper.pk]), paper.file.storage, paper.file.name
    with django_capture_on_commit_callbacks(execute=True):
        post(drafter, url, file=SimpleUploadedFile("b.pdf", b"%PDF-2"))
    paper.refresh_from_db()
    assert not storage.exists(first)
    second = paper.file.name
    with django_capture_on_commit_callbacks(execute=True):
        post(drafter, url, remove_file="on")
    paper.refresh_from_db()
    assert not paper.file
    assert not storage.exists(second)
    assert drafter.get(reverse("paper_file", args=[paper.pk])).status_code == 404


def test_a_file_gone_from_the_disk_is_not_an_error_page(drafter):
    post(drafter, reverse("paper_add"), file=SimpleUploadedFile("a.pdf", b"%PDF-1"))
    paper = Paper.objects.get()
    paper.file.storage.delete(paper.file.name)
    assert drafter.get(reverse("paper_file", args=[paper.pk])).status_code == 404
    assert drafter.get(reverse("paper_detail", args=[paper.pk])).status_code == 200


def test_deleting_asks_first_and_names_what_goes_too(drafter, ward):
    paper = make_paper(ward)
    PaperLink.objects.create(source=paper, kind="amends", target=make_paper(ward))
    url = reverse("paper_delete", args=[paper.pk])
    assert "1 quan hệ giữa hai văn bản" in drafter.get(url).content.decode()
    assert Paper.objects.filter(pk=paper.pk).exists()
    assert drafter.post(url).url == reverse("paper_list")
    assert not Paper.objects.filter(pk=paper.pk).exists()


def test_a_paper_in_use_is_kept_and_the_page_says_where(drafter, ward):
    paper = make_paper(ward)
    team = make_team(ward, decision=paper)
    source = make_paper(ward, number="linked")
    PaperLink.objects.create(source=source, kind="amends", target=paper)
    for answer in (drafter.get, drafter.post):
        page = answer(reverse("paper_delete", args=[paper.pk]))
        assert page.status_code == 409
        assert reverse("team_detail", args=[team.pk]) in page.content.decode()
        assert reverse("paper_detail", args=[source.pk]) in page.content.decode()
    assert Paper.objects.filter(pk=paper.pk).exists()


def test_mentions_are_shown_by_report_and_keep_the_paper(drafter, ward):
    from reports.models import Block, Mention, Report, Section

    paper = make_paper(ward)
    report = Report.objects.create(
        organization=ward, subject="kết quả thực hiện", number="274", symbol="BC-UBND"
    )
    section = Section.objects.create(report=report, heading="Công tác tham mưu")
    for order in range(2):
        block = Block.objects.create(section=section, kind="narrative", order=order)
        Mention.objects.create(block=block, paper=paper)
    detail = drafter.get(reverse("paper_detail", args=[paper.pk]))
    assert [len(use.sections) for use in detail.context["uses"]] == [1]
    assert "274/BC-UBND" in detail.content.decode()
    assert reverse("section", args=[section.pk]) in detail.content.decode()
    refused = drafter.post(reverse("paper_delete", args=[paper.pk]))
    assert refused.status_code == 409
    assert "Công tác tham mưu" in refused.content.decode()


@pytest.mark.parametrize("name", ["paper_list", "paper_add", "team_add", "indicator_add"])
def test_queries_do_not_grow_with_the_register(drafter, ward, name):
    for _ in range(10):
        make_paper(ward)
    few = queries_of(drafter, reverse(name))
    Paper.objects.bulk_create(
        Paper(holder=ward, kind="kế hoạch", number=f"a{n}", symbol="KH-UBND") for n in range(290)
    )
    assert queries_of(drafter, reverse(name)) == few <= 20


def test_the_constraint_itself_tells_years_apart_and_takes_a_missing_date(ward):
    """Checked by the database's own words, on whichever database runs: other forms rely on it alone."""
    make_paper(ward, number="98", issued_on=None)
    make_paper(ward, number="98", issued_on=datetime.date(2024, 1, 1))
    same = {"holder": ward, "kind": "kế hoạch", "number": "98", "symbol": "KH-UBND"}
    issuer = "Ủy ban nhân dân phường Nhị Chiểu"
    for day, taken in ((None, True), (datetime.date(2024, 5, 1), True), (datetime.date(2023, 1, 1), False)):
        paper = Paper(**same, issuer=issuer, issued_on=day)
        if taken:
            with pytest.raises(ValidationError, match="đã có trong sổ"):
                paper.full_clean()
            with pytest.raises(IntegrityError), transaction.atomic():
                paper.save()
        else:
            paper.full_clean()
            paper.save()
