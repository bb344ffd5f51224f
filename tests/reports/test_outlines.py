"""Outlines as data: list, tree, sections with guidance and proposals, delete."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.blocks import KINDS
from reports.models import Outline, OutlineSection

from .factories import make_indicator, make_outline, make_request, make_ward, queries_of


@pytest.fixture
def outline(ward):
    return make_outline(ward, "Tình hình", "Kết quả")


def text(response):
    return response.content.decode()


def url(name, *ids):
    return reverse(name, args=ids)


def section_form(**fields):
    return {"heading": "Tên mới", "part": "body", "style": "", **fields}


def test_list_searches_and_counts(client, outline):
    page = text(client.get("/de-cuong/", {"q": outline.name}))
    assert outline.name in page
    assert 'data-label="Số mục">2</td>' in page
    assert "Không có đề cương nào khớp" in text(client.get("/de-cuong/", {"q": "khác hẳn"}))


def test_add_then_sections(client, ward):
    client.post("/de-cuong/them/", {"name": "Đề cương năm", "scheme": "I-1-a"})
    outline = Outline.objects.get()
    assert outline.organization == ward
    client.post(url("outline_section_add", outline.pk), {"heading": "Tình hình", "part": "body"})
    assert "I." in text(client.get(url("outline", outline.pk)))


def test_name_is_unique_in_the_ward(client, outline):
    page = text(client.post("/de-cuong/them/", {"name": outline.name, "scheme": "1-a"}))
    assert "đã có" in page
    assert Outline.objects.count() == 1


def test_same_name_in_another_ward_is_fine(stranger, outline):
    assert stranger.post("/de-cuong/them/", {"name": outline.name, "scheme": "1-a"}).status_code == 302


def test_section_keeps_guidance_kinds_and_indicators(client, ward, outline):
    indicator, section = make_indicator(ward), outline.sections.first()
    fields = section_form(
        guidance="Nêu số liệu", question="Đủ chưa?", kinds=list(KINDS)[:2], indicators=[indicator.pk]
    )
    edit = url("outline_section_edit", outline.pk, section.pk)
    assert all(kind.label in text(client.get(edit)) for kind in KINDS.values())
    assert client.post(edit, fields).status_code == 302
    section.refresh_from_db()
    assert (section.guidance, section.question, section.kinds) == ("Nêu số liệu", "Đủ chưa?", list(KINDS)[:2])
    assert list(section.indicators.all()) == [indicator]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"heading": "x" * 10_000}, "heading"),
        ({"kinds": ["bịa"]}, "kinds"),
        ({"indicators": ["999999"]}, "indicators"),
        ({"style": "bịa"}, "style"),
    ],
)
def test_bad_section_is_named_and_nothing_lost(client, outline, fields, name):
    edit = url("outline_section_edit", outline.pk, outline.sections.first().pk)
    page = client.post(edit, section_form(guidance="Giữ lại", **fields))
    assert name in page.context["form"].errors
    assert "error-summary" in text(page)
    assert "Giữ lại" in text(page)


def test_indicator_of_another_ward_is_refused(client, outline):
    alien = make_indicator(make_ward())
    edit = url("outline_section_edit", outline.pk, outline.sections.first().pk)
    assert "indicators" in client.post(edit, section_form(indicators=[alien.pk])).context["form"].errors


def test_move_by_plain_post(client, outline):
    second = outline.sections.get(heading="Kết quả")
    client.post(url("outline", outline.pk), {"step": f"up {second.pk}"})
    assert [s.heading for s in outline.sections.order_by("order")] == ["Kết quả", "Tình hình"]


def test_delete_section_with_those_below(client, outline):
    section = outline.sections.get(heading="Tình hình")
    OutlineSection.objects.create(outline=outline, parent=section, heading="Con")
    page = text(client.get(url("outline_section_delete", outline.pk, section.pk)))
    assert "Con" in page
    client.post(url("outline_section_delete", outline.pk, section.pk))
    assert [s.heading for s in outline.sections.all()] == ["Kết quả"]


def test_delete(client, outline):
    assert "Tình hình" in text(client.get(url("outline_delete", outline.pk)))
    client.post(url("outline_delete", outline.pk))
    assert not Outline.objects.exists()


def test_outline_of_a_letter_is_not_deleted(client, ward, outline):
    letter = make_request(ward, outline=outline)
    page = text(client.post(url("outline_delete", outline.pk), follow=True))
    assert "không xóa được" in page
    assert str(letter.paper) in page
    assert Outline.objects.exists()


@pytest.mark.parametrize("name", ["outline", "outline_edit", "outline_delete", "outline_section_add"])
def test_stranger_gets_404(stranger, outline, name):
    assert stranger.get(url(name, outline.pk)).status_code == 404


@pytest.mark.parametrize("name", ["outline", "outline_edit", "outline_delete", "outline_section_add"])
def test_reader_may_not_change(leader, outline, name):
    assert leader.post(url(name, outline.pk)).status_code == 403


def test_reader_sees_no_buttons(leader, outline):
    page = text(leader.get(url("outline", outline.pk)))
    assert "Tình hình" in page
    assert 'name="step"' not in page


def test_anonymous_goes_to_sign_in(outline):
    assert Client().get(url("outline", outline.pk)).url.startswith(reverse("account_login"))


def test_queries_are_constant(client, ward, outline):
    pages = ["/de-cuong/", url("outline", outline.pk)]
    few = [queries_of(client, page) for page in pages]
    for _ in range(15):
        make_outline(ward, "Một", "Hai")
    for number in range(40):
        OutlineSection.objects.create(outline=outline, heading=f"Mục {number}", order=number + 5)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= 20
