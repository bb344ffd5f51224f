"""Reports: list, blank draft, overview, frame, structure pages, check, delete; only drafts change."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Neighbourhood
from reports import signatures
from reports.models import Report, Section, SignatureBlock
from reports.models.reports import SectionState

from .factories import (
    issued,
    make_block,
    make_indicator,
    make_outline,
    make_report,
    make_request,
    make_section,
    queries_of,
)

DRAFT_PAGES = ["report_frame", "report_structure", "report_delete", "report_renumber", "section_add"]


@pytest.fixture
def report(ward, drafter):
    return make_report(ward, drafter=drafter)


def text(response):
    return response.content.decode()


def url(name, report, *more):
    return reverse(name, args=[report.pk, *more])


def frame(**fields):
    return {
        "form": "named",
        "title": "BÁO CÁO",
        "subject": "Kết quả\nnăm 2026",
        "ky-TOTAL_FORMS": "1",
        "ky-INITIAL_FORMS": "0",
        "ky-MIN_NUM_FORMS": "0",
        "ky-MAX_NUM_FORMS": "12",
        **fields,
    }


def section_form(**fields):
    return {"heading": "Tên mới", "part": "body", "labelled": "computed", "style": "", **fields}


# --- list and new -------------------------------------------------------------------------------------


def test_list_searches_without_marks_and_filters(client, ward, drafter):
    make_report(ward, subject="Chuyển đổi số", drafter=drafter)
    issued(make_report(ward, subject="Vệ sinh"))
    page = text(client.get("/bao-cao/", {"q": "chuyen doi"}))
    assert "Chuyển đổi số" in page
    assert "Vệ sinh" not in page
    assert "Vệ sinh" in text(client.get("/bao-cao/", {"status": "issued"}))
    assert "Vệ sinh" not in text(client.get("/bao-cao/", {"mine": "on"}))
    assert "Không có báo cáo nào khớp" in text(client.get("/bao-cao/", {"q": "gì đó"}))


def test_list_queries_are_constant(client, ward, drafter):
    make_report(ward, drafter=drafter)
    few = queries_of(client, "/bao-cao/")
    for number in range(44):
        make_report(ward, subject=f"Báo cáo {number}", drafter=drafter)
    assert queries_of(client, "/bao-cao/") == few <= 20
    assert "Trang 1 / 3 (45 dòng)" in text(client.get("/bao-cao/"))


def test_new_report_needs_only_a_subject(client, ward, drafter):
    response = client.post("/bao-cao/moi/", {"subject": "Công tác hè"})
    report = Report.objects.get()
    assert response.url == url("report", report)
    assert (report.organization, report.drafter, report.is_draft) == (ward, drafter, True)


def test_new_report_takes_outline_and_letters(client, ward):
    letter, outline = make_request(ward), make_outline(ward, "Tình hình", scheme="I-1-a")
    client.post("/bao-cao/moi/", {"subject": "Hè", "outline": outline.pk, "requests": [letter.pk]})
    report = Report.objects.get()
    assert (report.scheme, list(report.requests.all())) == ("I-1-a", [letter])
    assert report.sections.filter(heading="Tình hình").exists()


@pytest.mark.parametrize("subject", ["", "x" * 10_000])
def test_new_report_refuses_bad_subjects(client, subject):
    page = text(client.post("/bao-cao/moi/", {"subject": subject}))
    assert "error-summary" in page
    assert subject in page
    assert not Report.objects.exists()


def test_new_report_refuses_rows_of_other_wards(stranger, ward):
    letter = make_request(ward)
    assert "error-summary" in text(stranger.post("/bao-cao/moi/", {"subject": "Hè", "requests": [letter.pk]}))


# --- overview and check -------------------------------------------------------------------------------


def test_new_report_refuses_numbers_no_row_has(client):
    answer = client.post(reverse("report_new"), {"subject": "Giữ chữ này", "requests": ["9" * 30]})
    assert "requests" in answer.context["form"].errors
    assert "Giữ chữ này" in text(answer)


def test_overview_tells_what_each_section_lacks(client, ward, report):
    indicator = make_indicator(ward, "Số tài khoản học")
    outline = make_outline(ward, "Kết quả")
    asked = outline.sections.get()
    asked.indicators.add(indicator)
    section = make_section(report, "Kết quả", outline_section=asked, guidance="Nêu số liệu")
    make_block(section, f'<p>Có <span data-ref="figure:{indicator.pk}">?</span> người</p>')
    make_section(report, "Trống", state=SectionState.DONE)
    page = text(client.get(url("report", report)))
    for words in (
        "Nêu số liệu",
        "1 chỗ chưa có số liệu",
        "Số tài khoản học",
        "Chưa có nội dung",
        "(1/2 xong)",
    ):
        assert words in page


def test_overview_of_issued_report_offers_no_change(client, report):
    make_section(report, "Một")
    issued(report)
    page = text(client.get(url("report", report)))
    assert url("report_frame", report) not in page
    assert url("report_delete", report) not in page
    assert "274/BC-UBND" in page


@pytest.mark.parametrize(
    "name", ["report", "report_check", "report_frame", "report_structure", "report_delete", "report_renumber"]
)
def test_queries_are_constant(client, ward, report, name):
    def fill(count):
        outline = make_outline(ward, *map(str, range(count)))
        for row in outline.sections.all():
            row.indicators.add(indicator := make_indicator(ward))
            section = make_section(report, row.heading, outline_section=row)
            make_block(section, f'<p>Có <span data-ref="figure:{indicator.pk}">5</span></p>')
            report.requests.add(make_request(ward))

    fill(2)
    few = queries_of(client, url(name, report))
    fill(20)
    most = 52 if name == "report" else 28  # the overview counts findings: the checks ask every register
    assert queries_of(client, url(name, report)) == few <= most


def test_check_shows_texts_in_order_with_missing_marks(client, ward, report):
    indicator = make_indicator(ward)
    report.requests.add(make_request(ward, asked="Nêu rõ khó khăn"))
    make_block(make_section(report, "Một"), "<p>Đoạn đầu &lt;script&gt;</p>")
    make_block(make_section(report, "Hai"), f'<p>Được <span data-ref="figure:{indicator.pk}">5</span></p>')
    page = text(client.get(url("report_check", report)))
    assert page.index("Đoạn đầu &lt;script&gt;") < page.index('<mark class="missing-mark">……</mark>')
    assert "Nêu rõ khó khăn" in page
    assert url("report_frame", report) in page


def test_check_shows_the_appendices_blocks_make(client, ward, report):
    Neighbourhood.objects.create(organization=ward, name="Tổ dân phố số 1")
    row = {"indicator": make_indicator(ward).pk}
    content = {"show": "appendix", "title": "Số liệu theo tổ", "rows": [row]}
    make_block(make_section(report, "Một"), kind="indicators", content=content)
    page = text(client.get(url("report_check", report)))
    assert "Tổ dân phố số 1" in page
    assert "Số liệu theo tổ" in page


# --- frame --------------------------------------------------------------------------------------------


def test_frame_saves_parts_and_signatures(client, report):
    fields = frame(
        addressees="Sở Khoa học và Công nghệ",
        recipients="Như trên;\nLưu: VT.",
        omitted=["number", "addressees"],
        urgency="KHẨN",
        **{"ky-0-variant": "tm-kt", "ky-0-name": "Nguyễn Văn A"},
    )
    assert client.post(url("report_frame", report), fields).status_code == 302
    report.refresh_from_db()
    block = report.signature_blocks.get()
    assert (report.urgency, report.omitted) == ("KHẨN", ["number", "addressees"])
    assert report.subject.splitlines() == ["Kết quả", "năm 2026"]
    assert block.lines.split("\n") == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


@pytest.mark.parametrize("key", signatures.VARIANTS)
def test_each_variant_fills_its_lines(client, report, key):
    client.post(url("report_frame", report), frame(**{"ky-0-variant": key}))
    assert report.signature_blocks.get().lines == signatures.VARIANTS[key].text


def test_typed_lines_win_over_the_menu(client, report):
    client.post(url("report_frame", report), frame(**{"ky-0-variant": "tm", "ky-0-lines": "HIỆU TRƯỞNG"}))
    assert report.signature_blocks.get().lines == "HIỆU TRƯỞNG"


def test_signatures_change_order_and_go(client, report):
    first = SignatureBlock.objects.create(report=report, order=0, lines="CHỦ TỊCH", name="A")
    second = SignatureBlock.objects.create(report=report, order=1, lines="GIÁM ĐỐC", name="B")
    third = SignatureBlock.objects.create(report=report, order=2, lines="BÍ THƯ", name="C")
    rows = {}
    for index, (block, order) in enumerate(((first, "2"), (second, "1"), (third, "3"))):
        rows |= {
            f"ky-{index}-id": block.pk,
            f"ky-{index}-lines": block.lines,
            f"ky-{index}-name": block.name,
            f"ky-{index}-ORDER": order,
        }
    rows |= {"ky-TOTAL_FORMS": "4", "ky-INITIAL_FORMS": "3", "ky-2-DELETE": "on"}
    assert client.post(url("report_frame", report), frame(**rows)).status_code == 302
    assert list(report.signature_blocks.values_list("name", flat=True)) == ["B", "A"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"issued_on": "30/2/2026"}, "issued_on"),
        ({"subject": ""}, "subject"),
        ({"omitted": ["mọi thứ"]}, "omitted"),
        ({"title": "B" * 200}, "title"),
    ],
)
def test_frame_names_bad_input_and_keeps_the_rest(client, report, fields, name):
    page = client.post(url("report_frame", report), frame(recipients="Giữ lại dòng này", **fields))
    assert name in page.context["form"].errors
    assert "error-summary" in text(page)
    assert "Giữ lại dòng này" in text(page)
    report.refresh_from_db()
    assert report.recipients == ""


def test_bad_signature_saves_nothing(client, report):
    page = client.post(url("report_frame", report), frame(title="KHÁC", **{"ky-0-name": "x" * 500}))
    assert "Dòng 1" in text(page)
    report.refresh_from_db()
    assert report.title == "BÁO CÁO"


# --- structure pages ----------------------------------------------------------------------------------


def test_move_returns_to_the_button(client, report):
    make_section(report, "Một")
    second = make_section(report, "Hai")
    third = make_section(report, "Ba")
    response = client.post(url("report_structure", report), {"step": f"up {third.pk}"}, follow=True)
    assert response.redirect_chain[0][0].endswith(f"?tai=up-{third.pk}")
    page = text(response)
    assert page.index("Ba") < page.index("Hai")
    button = page[page.index(f'id="up-{third.pk}"') :].split(">")[0]
    assert "autofocus" in button
    assert f'id="down-{second.pk}"' in page
    # At the top the button is closed: the focus goes to the section's name.
    page = text(client.post(url("report_structure", report), {"step": f"up {third.pk}"}, follow=True))
    assert "disabled" in page[page.index(f'id="up-{third.pk}"') :].split(">")[0]
    assert "autofocus" in page[page.index(f'id="edit-{third.pk}"') :].split(">")[0]


@pytest.mark.parametrize("value", ["", "up", "up x", "fly 1", "up 99999999999999999999", "up 0"])
def test_nonsense_steps_change_nothing(client, report, value):
    make_section(report, "Một")
    response = client.post(url("report_structure", report), {"step": value}, follow=True)
    assert "không chuyển thêm được" in text(response)


def test_add_section_inside_another(client, report):
    parent = make_section(report, "Một")
    client.post(url("section_add", report), {"heading": "Con", "parent": parent.pk, "part": "body"})
    assert Section.objects.get(heading="Con").parent == parent


@pytest.mark.parametrize("heading", ["", "x" * 10_000])
def test_bad_headings_are_refused(client, report, heading):
    page = text(client.post(url("section_add", report), {"heading": heading, "part": "body"}))
    assert "error-summary" in page
    assert heading in page
    section = make_section(report, "Cũ")
    if heading:
        page = text(client.post(url("section_edit", report, section.pk), section_form(heading=heading)))
        assert "error-summary" in page
        assert heading in page
    assert list(report.sections.values_list("heading", flat=True)) == ["Cũ"]


def test_heading_markup_is_escaped(client, report):
    make_section(report, "<img src=x onerror=alert(1)>")
    for name in ("report", "report_structure", "report_check", "report_delete"):
        page = text(client.get(url(name, report)))
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page


@pytest.mark.parametrize(
    ("labelled", "label", "kept"), [("computed", "9.", None), ("printed", "9.", "9."), ("none", "9.", "")]
)
def test_label_is_computed_printed_or_none(client, report, labelled, label, kept):
    section = make_section(report, "Một")
    fields = section_form(labelled=labelled, label=label)
    assert client.post(url("section_edit", report, section.pk), fields).status_code == 302
    section.refresh_from_db()
    assert section.label == kept


def test_edit_to_another_part_moves_the_branch(client, report):
    section = make_section(report, "Một")
    make_section(report, "Con", section)
    client.post(url("section_edit", report, section.pk), section_form(part="appendix"))
    assert set(report.sections.values_list("part", flat=True)) == {"appendix"}


def test_delete_section_names_what_is_lost(client, report):
    section = make_section(report, "Một")
    make_block(make_section(report, "Con", section), "<p>Câu văn sẽ mất</p>")
    make_section(report, "Ở lại")
    page = text(client.get(url("section_delete", report, section.pk)))
    assert "Con" in page
    assert "Câu văn sẽ mất" in page
    assert "Ở lại" not in page
    client.post(url("section_delete", report, section.pk))
    assert list(report.sections.values_list("heading", flat=True)) == ["Ở lại"]


def test_renumber_shows_before_it_acts(client, report):
    make_section(report, "Một", label="5.")
    page = text(client.get(url("report_renumber", report)))
    assert "5." in page
    assert "1." in page
    assert report.sections.get().label == "5."
    client.post(url("report_renumber", report))
    assert report.sections.get().label is None


def test_scheme_changes_labels(client, report):
    make_section(report, "Một")
    client.post(url("report_scheme", report), {"scheme": "I-1-a"})
    assert "I." in text(client.get(url("report_structure", report)))
    client.post(url("report_scheme", report), {"scheme": "bịa"})
    assert Report.objects.get().scheme == "I-1-a"


# --- delete, and who may ------------------------------------------------------------------------------


def test_delete_draft_names_texts_then_deletes(client, report):
    make_block(make_section(report, "Một"), "<p>Câu văn sẽ mất</p>")
    page = text(client.get(url("report_delete", report)))
    assert "Câu văn sẽ mất" in page
    assert Report.objects.exists()
    client.post(url("report_delete", report))
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["report", "report_check", *DRAFT_PAGES])
def test_stranger_gets_404(stranger, report, name):
    assert stranger.get(url(name, report)).status_code == 404


@pytest.mark.parametrize("name", [*DRAFT_PAGES, "report_scheme"])
def test_reader_may_not_change(leader, report, name):
    assert leader.post(url(name, report)).status_code == 403
    assert leader.get(url("report", report)).status_code == 200


@pytest.mark.parametrize("name", [*DRAFT_PAGES, "report_scheme"])
def test_issued_report_does_not_change(client, report, name):
    issued(report)
    assert client.get(url(name, report)).status_code == 403
    assert client.post(url(name, report)).status_code == 403
    assert Report.objects.exists()


def test_section_of_another_report_is_404(client, ward, report):
    alien = make_section(make_report(ward), "Lạ")
    for name in ("section_edit", "section_delete"):
        assert client.post(url(name, report, alien.pk)).status_code == 404


def test_anonymous_goes_to_sign_in(report):
    for name in ("report", "report_frame", "report_structure", "report_check"):
        assert Client().get(url(name, report)).url.startswith(reverse("account_login"))
