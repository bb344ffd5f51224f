"""Findings on pages: beside a section, of the whole report, mended by one click, levels, one reason for errors."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.models import Campaign, Event, Role, Term
from reports import checking, mending
from reports.checks.findings import Finding, Fix
from reports.models import Block, CheckLevel

from .factories import (
    make_block,
    make_indicator,
    make_report,
    make_section,
    make_user,
    make_ward,
    queries_of,
    signed_in,
)
from .test_workflow import Office

WRONG = "<p>Phường Nhị Chiểu đã mở lớp cho toàn thể nhân dân... Xong , rồi.</p>"


@pytest.fixture
def report(ward, drafter):
    return make_report(ward, drafter=drafter, symbol="BC-UBND", recipients="Lưu: VT.")


@pytest.fixture
def section(report):
    return make_section(report, "Kết quả")


def text(answer):
    return answer.content.decode()


def found(report, code):
    return [one for one in checking.told_of(report).findings if one.code == code]


def mend(client, report, finding):
    return client.post(reverse("finding_mend", args=[report.pk]), {"mark": checking.mark_of(finding)})


# --- pages ----------------------------------------------------------------------------------------------------


def test_panel_shows_the_sections_own_findings_with_a_fix(client, report, section):
    make_block(section, WRONG)
    other = make_section(report, "Khó khăn")
    make_block(other, "<p>Ý kiến nhân dân.</p>")
    page = text(client.get(reverse("section_findings", args=[section.pk])))
    assert "“thể nhân dân”" in page
    assert "Sửa thành “thể Nhân dân”" in page
    assert "Cần xem lại" in page
    assert "kiến nhân dân" not in page
    assert "điều ở mục khác" in page


def test_panel_of_a_clean_section_says_so(client, report, section):
    make_block(section, "<p>Không./.</p>")
    assert "không có điều gì cần sửa" in text(client.get(reverse("section_findings", args=[section.pk])))


def test_section_page_asks_for_the_panel_after_each_save(client, report, section):
    page = text(client.get(reverse("section", args=[section.pk])))
    assert f'hx-get="{reverse("section_findings", args=[section.pk])}"' in page
    assert "block-saved from:body" in page


def test_whole_report_page_groups_findings_and_tells_the_evidence(client, report, section):
    make_block(section, WRONG + "<p>Có 12 lớp tập huấn.</p>")
    page = text(client.get(reverse("report_findings", args=[report.pk])))
    assert "Lỗi" in page
    assert "thể nhân dân" in page
    assert "Căn cứ của số liệu" in page
    assert "0/1" in page or "0/2" in page


def test_overview_counts_findings_of_each_section(client, report, section):
    make_block(section, WRONG)
    page = text(client.get(reverse("report", args=[report.pk])))
    assert checking.counts(checking.told_of(report))[f"s{section.pk}"] in page
    assert "cần xem lại" in page


@pytest.mark.parametrize("name", ["report_findings", "section_findings", "finding_mend"])
def test_pages_are_closed_to_nobody_strangers_and_readers(client, stranger, leader, report, section, name):
    url = reverse(name, args=[section.pk if name == "section_findings" else report.pk])
    method = "post" if name == "finding_mend" else "get"
    assert getattr(stranger, method)(url).status_code == 404
    assert getattr(leader, method)(url).status_code == (403 if name == "finding_mend" else 200)
    client.logout()
    assert getattr(client, method)(url).url.startswith("/tai-khoan/login/")


@pytest.mark.parametrize("name", ["report_findings", "section_findings"])
def test_queries_are_constant(client, ward, report, section, name):
    def fill(count):
        for _ in range(count):
            indicator = make_indicator(ward)
            make_block(
                section, f'<p>Có <span data-ref="figure:{indicator.pk}">5</span> lớp cho nhân dân.</p>'
            )

    url = reverse(name, args=[section.pk if name == "section_findings" else report.pk])
    fill(2)
    few = queries_of(client, url)
    fill(12)
    assert queries_of(client, url) == few <= 40


def test_findings_follow_the_registers_and_are_kept_meanwhile(report, section, ward, monkeypatch):
    make_block(section, "<p>Cài smart hải phòng cho dân.</p>")
    assert found(report, "glossary-capital") == []
    campaign = Campaign.objects.create(organization=ward, name="Chuyển đổi số")
    Term.objects.create(campaign=campaign, text="Smart Hải Phòng")
    assert [one.words for one in found(report, "glossary-capital")] == ["smart hải phòng"]
    monkeypatch.setattr(checking, "run", lambda *asked: pytest.fail("the same text is not checked again"))
    assert found(report, "glossary-capital")


# --- mending --------------------------------------------------------------------------------------------------


def test_one_click_writes_the_fix_and_keeps_mentions(client, ward, report, section):
    indicator = make_indicator(ward)
    html = f'<p>Toàn thể nhân dân có <span data-ref="figure:{indicator.pk}"></span> lớp, <b>Ủy ban nhân dân</b>.</p>'
    block = make_block(section, html)
    finding = found(report, "people-capital")[0]
    assert mend(client, report, finding).status_code == 302
    block.refresh_from_db()
    assert block.content["html"] == html.replace("thể nhân dân", "thể Nhân dân")
    assert block.version == 1
    assert found(report, "people-capital") == []
    assert mend(client, report, finding).status_code == 302  # pressed twice: nothing to mend any more
    block.refresh_from_db()
    assert block.version == 1


def test_a_heading_is_mended_too(client, report):
    section = make_section(report, "Tuyên truyền đến nhân dân")
    make_block(section, "<p>Không.</p>")
    mend(client, report, found(report, "people-capital")[0])
    section.refresh_from_db()
    assert section.heading == "Tuyên truyền đến Nhân dân"


def a_finding(block, sentence, words, replacement):
    fix = Fix(words, replacement)
    return Finding("x", "error", "names", "", "", f"b{block.pk}", sentence, words, "", "", fix)


def test_the_place_is_chosen_by_the_sentence_around_it(report, section, drafter):
    block = make_block(section, "<p>Nhóm zalo cũ. Xem https://zalo.me/a. Nhóm zalo mới &amp; nhanh.</p>")
    mending.mend(report, a_finding(block, "Nhóm zalo mới & nhanh.", "zalo", "Zalo"), drafter)
    block.refresh_from_db()
    assert block.content["html"] == "<p>Nhóm zalo cũ. Xem https://zalo.me/a. Nhóm Zalo mới &amp; nhanh.</p>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Nhóm za<b>lo</b> mới.</p>", "zalo"),
        ('<p>Nhóm <a href="https://zalo.me">này</a> mới.</p>', "zalo"),
        ('<p>Có <span data-ref="figure:1">zalo</span> mới.</p>', "zalo"),
    ],
)
def test_words_across_marks_addresses_or_mentions_are_left_to_the_officer(
    report, section, drafter, html, words
):
    block = make_block(section, html)
    with pytest.raises(ValidationError, match="sửa trực tiếp"):
        mending.mend(report, a_finding(block, "Nhóm zalo mới.", words, "Zalo"), drafter)
    assert Block.objects.get(pk=block.pk).content["html"] == html


def test_a_finding_of_another_report_mends_nothing(ward, report, section, drafter):
    block = make_block(make_section(make_report(ward), "Một"), "<p>Nhóm zalo mới.</p>")
    finding = a_finding(block, "Nhóm zalo mới.", "zalo", "Zalo")
    with pytest.raises(ValidationError):
        mending.mend(report, finding, drafter)
    with pytest.raises(ValidationError, match="bằng tay"):
        mending.mend(report, dataclasses.replace(finding, fix=None), drafter)


# --- levels ---------------------------------------------------------------------------------------------------


def test_administrator_sets_levels_and_the_report_follows(ward, report, section):
    make_block(section, WRONG)
    keeper = signed_in(make_user(ward, Role.ADMINISTRATOR))
    url = reverse("check_levels")
    assert "“Nhân dân” viết hoa" in text(keeper.get(url))
    assert keeper.post(url, {"people-capital": "off", "space-before": "error"}).status_code == 302
    assert found(report, "people-capital") == []
    assert [one.severity for one in found(report, "space-before")] == ["error"]
    assert dict(CheckLevel.objects.values_list("code", "level")) == {
        "people-capital": "off",
        "space-before": "error",
    }
    assert "“Nhân dân” viết hoa" in str(Event.objects.latest("pk").after)
    keeper.post(url, {"people-capital": "warning"})  # the app's own level leaves no row
    assert not CheckLevel.objects.exists()
    assert found(report, "people-capital")


def test_levels_are_read_by_all_and_changed_by_keepers(client, stranger):
    url = reverse("check_levels")
    page = text(client.get(url))
    assert "Luôn phải sửa trước khi trình" in page
    assert "<select" not in page
    assert client.post(url, {"people-capital": "off"}).status_code == 403
    client.logout()
    assert client.get(url).status_code == 302


def test_an_unknown_level_is_refused_beside_its_check(ward):
    keeper = signed_in(make_user(ward, Role.ADMINISTRATOR))
    answer = keeper.post(reverse("check_levels"), {"people-capital": "deadly"})
    assert answer.status_code == 422
    assert not CheckLevel.objects.exists()


def test_levels_of_one_ward_do_not_reach_another(ward, report, section):
    make_block(section, WRONG)
    CheckLevel.objects.create(organization=make_ward(), code="people-capital", level="off")
    assert found(report, "people-capital")


# --- one reason for errors ------------------------------------------------------------------------------------


@pytest.fixture
def office(db):
    return Office()


def test_errors_pass_with_one_reason_that_everyone_after_reads(office):
    office.write("<p>Lớp “Công nghệ số đã mở.</p>")
    assert [one.code for one in checking.told_of(office.report).errors] == ["quotes-paired"]
    assert "Còn 1 lỗi" in office.refused("submit", "drafter")
    browser = signed_in(office.people["drafter"])
    url = reverse("report_step", args=[office.report.pk, "submit"])
    page = text(browser.get(url))
    assert "Lý do vẫn trình khi còn lỗi" in page
    assert "Chưa làm được" not in page
    assert browser.post(url, {}).status_code == 422
    assert office.report.status == "draft"
    assert browser.post(url, {"explanation": "Tên lớp viết theo công văn của Sở."}).status_code == 302
    office.report.refresh_from_db()
    assert office.report.status == "submitted"
    assert office.report.editions.get().explanation == "Tên lớp viết theo công văn của Sở."
    review = text(signed_in(office.people["leader"]).get(reverse("report_review", args=[office.report.pk])))
    assert "Tên lớp viết theo công văn của Sở." in review
    assert "“Công nghệ số đã" in review
    office.act("check_content", "head")  # the reason of this round counts for those after
    assert office.report.status == "content_checked"


def test_warnings_and_advice_need_no_reason(office):
    office.write("<p>Đã mở lớp cho toàn thể nhân dân.</p>")
    assert checking.told_of(office.report).errors == []
    office.act("submit", "drafter")
    assert office.report.status == "submitted"
