"""Writing a section: saving, mentions as rows, refusals, moving, and the editor in a real browser."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from campaigns.models.organizations import Role
from reports import desk, drafting
from reports.blocks import prose, richtext
from reports.models import Block, DeletedBlock, Mention, Presence, Variant
from reports.models.reports import SectionState
from tests.reports import drafts
from tests.reports.drafts import Draft, mention
from tests.reports.factories import issued

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def draft(transactional_db) -> Draft:
    return Draft()


def save(draft: Draft, block: Block, htmx: bool = True, user=None, **typed):
    data = {"version": block.version} | {
        key if key in ("version", "rows") else f"b{block.pk}-{key}": value for key, value in typed.items()
    }
    more = HTMX if htmx else {}
    return draft.client(user).post(reverse("block_save", args=[block.pk]), data, **more)


# --- the page -----------------------------------------------------------------------------------------


def test_page_shows_blocks_tasks_and_current_words(draft):
    block = draft.block(html=f"<p>Theo {mention(f'paper:{draft.paper.pk}', 'lời cũ')}</p>")
    page = draft.client().get(reverse("section", args=[draft.section.pk])).content.decode()
    assert f"doan-{block.pk}" in page
    assert "Kế hoạch số 98/KH-UBND" in page
    assert "lời cũ" not in page
    assert "Khó khăn" in page


@pytest.mark.parametrize("more", [0, 30])
def test_page_queries_stay_few(draft, more, django_assert_max_num_queries):
    for at in range(more):
        draft.block(html=f"<p>{mention(f'paper:{drafts.paper(draft.ward, str(at + 200)).pk}')}</p>")
    draft.block("papers", rows=[{"paper": draft.paper.pk, "outcome": mention(f"figure:{draft.members.pk}")}])
    draft.block("teams", rows=[{"team": draft.team.pk}])
    client = draft.client()
    with django_assert_max_num_queries(24):
        client.get(reverse("section", args=[draft.section.pk]))


def test_every_kind_can_be_added_filled_and_shown(draft):
    from reports.blocks import KINDS

    for kind in KINDS:
        answer = draft.client().post(reverse("block_add", args=[draft.section.pk]), {"kind": kind}, **HTMX)
        assert answer.status_code == 200, kind
    page = draft.client().get(reverse("section", args=[draft.section.pk]))
    assert page.content.decode().count('class="block"') == len(KINDS)
    preview = draft.client().get(reverse("report_preview", args=[draft.report.pk]), **HTMX)
    assert preview.status_code == 200


def test_unknown_kind_is_refused_in_words(draft):
    answer = draft.client().post(reverse("block_add", args=[draft.section.pk]), {"kind": "tro-choi"})
    assert answer.status_code == 422
    assert "Không có loại đoạn này" in answer.content.decode()
    assert not draft.section.blocks.exists()


# --- saving -------------------------------------------------------------------------------------------


def test_save_keeps_words_version_and_mentions(draft):
    block = draft.block(html="")
    before = draft.report.changed_at
    html = f"<p>Thực hiện <strong>kế hoạch</strong> {mention(f'paper:{draft.paper.pk}', 'x')}</p>"
    answer = save(draft, block, html=html)
    assert answer.status_code == 200
    assert "Đã lưu lúc" in answer.content.decode()
    assert answer["HX-Trigger"] == "block-saved"
    block.refresh_from_db()
    draft.report.refresh_from_db()
    draft.section.refresh_from_db()
    assert "<strong>kế hoạch</strong>" in block.content["html"]
    assert (block.version, block.changed_by) == (1, draft.user)
    assert [row.paper for row in Mention.objects.filter(block=block)] == [draft.paper]
    assert draft.report.changed_at > before
    assert draft.section.state == SectionState.WRITING
    save(draft, block, html="<p>Không nhắc gì</p>")
    assert not Mention.objects.filter(block=block).exists()


def test_plain_post_leads_back_to_the_block(draft):
    block = draft.block(html="")
    answer = save(draft, block, htmx=False, html="<p>a</p>")
    assert answer.status_code == 302
    assert answer.url.endswith(f"#doan-{block.pk}")


def test_script_and_unlawful_mentions_do_not_survive(draft):
    block = draft.block(html="")
    save(draft, block, html='<p onclick="x()">a<script>alert(1)</script><span data-ref="user:1">b</span></p>')
    block.refresh_from_db()
    assert block.content["html"] == "<p>a<span>b</span></p>"


def test_strangers_paper_is_refused_and_nothing_typed_is_lost(draft):
    other = drafts.organization("khac", "Phường khác")
    theirs = drafts.paper(other)
    block = draft.block(html="<p>cũ</p>")
    answer = save(draft, block, html=f"<p>chữ mới {mention(f'paper:{theirs.pk}')}</p>")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert f"Không có trong danh mục của đơn vị: văn bản số {theirs.pk}" in words
    assert "chữ mới" in words
    block.refresh_from_db()
    assert block.content == {"html": "<p>cũ</p>"}
    assert block.version == 0


def test_overlong_cell_is_refused_beside_its_field(draft):
    block = draft.block("papers", rows=[])
    long = "ă" * 10_000
    answer = save(
        draft, block, intro="", **{"row-lead": [long], "row-paper": [""], "row-outcome": ["<p>giữ tôi</p>"]}
    )
    words = answer.content.decode()
    assert answer.status_code == 422
    assert words.count("tối đa 1000 ký tự") == 2  # in the summary and beside the field
    assert "data-focus" in words
    assert long in words
    assert "giữ tôi" in words


def test_a_picked_number_of_any_length_is_refused_in_words(draft):
    block = draft.block("papers", rows=[])
    answer = save(
        draft, block, intro="", **{"row-lead": ["giữ tôi"], "row-paper": ["9" * 5000], "row-outcome": [""]}
    )
    assert answer.status_code == 422
    assert "Chọn lại bằng nút Chọn." in answer.content.decode()
    assert "giữ tôi" in answer.content.decode()


def test_a_form_too_large_to_read_is_refused_in_words(draft, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = save(draft, draft.block(), html="<p>" + "ă" * 1000 + "</p>")
    assert answer.status_code == 400
    assert "chưa được lưu, vì nội dung quá dài" in answer.content.decode()


def test_rows_are_saved_in_the_order_of_the_page_without_blank_ones(draft):
    block = draft.block("directions", rows=[])
    save(draft, block, mark="-", **{"row-text": ["<p>hai</p>", "", "<p>một</p>"]})
    block.refresh_from_db()
    assert [row["text"] for row in block.content["rows"]] == ["<p>hai</p>", "<p>một</p>"]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("add", ["a", "b", ""]),
        ("up-1", ["b", "a"]),
        ("down-0", ["b", "a"]),
        ("remove-0", ["b"]),
        ("up-99", ["a", "b"]),
    ],
)
def test_rows_are_arranged_without_script(draft, act, expected):
    block = draft.block("proposals", rows=[])
    typed = {"row-addressee": ["", ""], "row-text": ["a", "b"]}
    answer = save(draft, block, htmx=False, rows=act, mark="-", **typed)
    shown = re.findall(
        r"<textarea[^>]*row-text[^>]*>([^<]*)</textarea>",
        re.sub(r"<template.*?</template>", "", answer.content.decode(), flags=re.S),
    )
    assert shown == expected
    block.refresh_from_db()
    assert block.content == {"rows": []}


def test_second_writer_is_told_who_saved_and_keeps_the_words(draft):
    block = draft.block(html="")
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    save(draft, block, user=colleague, html="<p>lời của B</p>")
    answer = save(draft, block, html="<p>lời của A</p>")
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Trần Thị B đã lưu đoạn này" in words
    assert "lời của A" in words
    assert "lời của B" in words
    block.refresh_from_db()
    assert block.content["html"] == "<p>lời của B</p>"


@pytest.mark.parametrize(("choice", "kept"), [("own", "<p>lời của A</p>"), ("theirs", "<p>lời của B</p>")])
def test_both_texts_wait_for_their_writer_to_choose(draft, choice, kept):
    block = draft.block(html="")
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    save(draft, block, user=colleague, html="<p>lời của B</p>")
    save(draft, block, html="<p>lời của A</p>")
    variant = Variant.objects.get()
    page = draft.client().get(reverse("section", args=[draft.section.pk])).content.decode()
    assert "lời của A" in page
    assert "lời của B" in page
    assert (
        "lời của A"
        not in draft.client(colleague).get(reverse("section", args=[draft.section.pk])).content.decode()
    )
    url = reverse("variant_choose", args=[variant.pk])
    assert draft.client(colleague).post(url, {"choice": "own"}).status_code == 404
    assert draft.client().post(url, {"choice": choice}).status_code == 302
    block.refresh_from_db()
    assert block.content["html"] == kept
    assert not Variant.objects.filter(settled_at=None).exists()


def test_a_choice_that_is_overtaken_again_asks_again(draft):
    block = draft.block(html="")
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    save(draft, block, user=colleague, html="<p>một</p>")
    save(draft, block, html="<p>của tôi</p>")
    held = Variant.objects.select_related("block").get()
    Block.objects.filter(pk=block.pk).update(version=5, content={"html": "<p>hai</p>"})
    with pytest.raises(drafting.Overtaken):
        desk.choose(held, draft.user, own=True)
    assert Variant.objects.filter(settled_at=None).exists()


# --- saved by itself ------------------------------------------------------------------------------------


def autosave(draft, block, user=None, version=0, **content):
    data = {f"b{block.pk}-{key}": value for key, value in content.items()}
    url = reverse("block_save", args=[block.pk])
    return draft.client(user).post(url, {"version": version, **data}, headers={"X-Autosave": "1"})


def test_autosave_answers_in_a_few_words_and_keeps_the_form(draft):
    block = draft.block(html="")
    answer = autosave(draft, block, html="<p>một</p>")
    assert answer.json()["version"] == 1
    assert answer.json()["changed"] is False
    assert answer.json()["words"].startswith("Đã lưu lúc")
    assert autosave(draft, block, version=1, html="<p>một<script>x()</script> hai</p>").status_code == 200
    block.refresh_from_db()
    assert "script" not in block.content["html"]


def test_autosave_says_when_the_stored_text_differs(draft):
    block = draft.block(html="")
    sent = "<p>a</p><table><tr><td>1</td></tr></table><p></p><p>b</p>"
    answer = autosave(draft, block, html=sent).json()
    block.refresh_from_db()
    assert answer["changed"] is (richtext.nodes_of(sent) != richtext.nodes_of(block.content["html"]))
    assert prose.changed("<p>a</p>", "<p>b</p>")
    assert not prose.changed("<p>a</p>", "<p class='x'>a</p>")


def test_autosave_refusals_and_overtaking(draft):
    block = draft.block(html="")
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    assert autosave(draft, block, html="x" * 100_001).json()["errors"]
    assert autosave(draft, block, user=colleague, html="<p>B</p>").status_code == 200
    answer = autosave(draft, block, html="<p>A</p>")
    assert answer.status_code == 409
    assert "Bản của bạn" in answer.content.decode()
    issued(draft.report)
    assert autosave(draft, block, version=1, html="<p>C</p>").status_code == 403


def test_deleted_block_is_put_back_in_its_place(draft):
    first = draft.block(html="<p>một</p>")
    second = draft.block(html=f"<p>{mention(f'paper:{draft.paper.pk}')}</p>")
    draft.block(html="<p>ba</p>")
    client = draft.client()
    client.post(reverse("block_delete", args=[second.pk]))
    page = client.get(reverse("section", args=[draft.section.pk])).content.decode()
    assert "Đưa lại" in page
    gone = DeletedBlock.objects.get()
    url = reverse("deleted_put_back", args=[gone.pk])
    stranger = drafts.person(drafts.organization("khac", "Phường khác"))
    assert draft.client(stranger).post(url).status_code == 404
    assert client.post(url).status_code == 302
    blocks = list(draft.section.blocks.order_by("order", "id"))
    assert blocks[0].content["html"] == "<p>một</p>"
    assert "data-ref" in blocks[1].content["html"]
    assert blocks[1].mentions.count() == 1
    assert not DeletedBlock.objects.exists()
    assert first.pk == blocks[0].pk


def test_tabs_see_one_another(draft):
    block = draft.block(html="")
    colleague = drafts.person(draft.ward, Role.HEAD, "Trần Thị B")
    url = reverse("section_here", args=[draft.section.pk])
    one, two = "a" * 12, "b" * 12
    assert draft.client().post(url, {"tab": one, "block": block.pk}).json()["others"] == []
    heard = draft.client(colleague).post(url, {"tab": two}).json()
    assert heard["others"] == [{"who": "Nguyễn Văn A", "block": block.pk}]
    assert heard["versions"] == {str(block.pk): 0}
    assert draft.client().post(url, {"tab": "c" * 12}).json()["others"][0]["who"] == "Bạn, ở thẻ khác"
    draft.client().post(url, {"tab": one, "left": "1"})
    assert Presence.objects.filter(tab=one).count() == 0
    assert draft.client().post(url, {"tab": "<x>"}).status_code == 400
    stranger = drafts.person(drafts.organization("khac", "Phường khác"))
    assert draft.client(stranger).post(url, {"tab": one}).status_code == 404


# --- who may --------------------------------------------------------------------------------------------


def test_issued_report_is_not_changed(db):
    draft = Draft()
    block = draft.block(html="<p>cũ</p>")
    issued(draft.report)
    assert save(draft, block, html="<p>mới</p>").status_code == 403
    client = draft.client()
    for name, pk in (
        ("block_add", draft.section.pk),
        ("section_state", draft.section.pk),
        ("block_move", block.pk),
    ):
        assert client.post(reverse(name, args=[pk]), {"kind": "narrative"}).status_code == 403
    assert client.post(reverse("block_delete", args=[block.pk])).status_code == 403
    page = client.get(reverse("section", args=[draft.section.pk])).content.decode()
    assert "Báo cáo đã phát hành nên không sửa được" in page
    assert "<textarea" not in page
    assert "<p>cũ</p>" in page


def test_stranger_finds_nothing_and_leader_only_reads(draft):
    block = draft.block(html="<p>cũ</p>")
    stranger = drafts.person(drafts.organization("khac", "Phường khác"))
    leader = drafts.person(draft.ward, Role.LEADER)
    for name, pk in (
        ("section", draft.section.pk),
        ("insert_search", draft.section.pk),
        ("report_preview", draft.report.pk),
    ):
        assert draft.client(stranger).get(reverse(name, args=[pk])).status_code == 404
        assert draft.client(leader).get(reverse(name, args=[pk]), {"kind": "paper"}).status_code == 200
    assert save(draft, block, user=stranger, html="x").status_code == 404
    assert save(draft, block, user=leader, html="x").status_code == 403


# --- order, deletion, state -------------------------------------------------------------------------------


def test_blocks_change_places_and_stop_at_the_ends(draft):
    first, second = draft.block(html="1"), draft.block(html="2")
    move = reverse("block_move", args=[second.pk])
    answer = draft.client().post(move, {"step": "up"}, **HTMX)
    assert json.loads(answer["HX-Trigger"])["block-moved"] == {"block": second.pk, "step": "up"}
    assert list(draft.section.blocks.all()) == [second, first]
    assert "HX-Trigger" not in draft.client().post(move, {"step": "up"}, **HTMX)
    assert list(draft.section.blocks.all()) == [second, first]


def test_deleting_asks_first_and_frees_the_paper(draft):
    block = draft.block(html="")
    save(draft, block, html=f"<p>mất {mention(f'paper:{draft.paper.pk}')}</p>")
    url = reverse("block_delete", args=[block.pk])
    assert "mất Kế hoạch số 98/KH-UBND" in draft.client().get(url).content.decode()
    assert Block.objects.filter(pk=block.pk).exists()
    draft.client().post(url)
    assert not Mention.objects.exists()
    draft.paper.teams.update(decision=None)
    draft.paper.delete()


def test_done_needs_the_closing_question_answered(draft):
    url = reverse("section_state", args=[draft.section.pk])
    answer = draft.client().post(url, {"state": "done"})
    assert answer.status_code == 422
    assert "Đã đủ số liệu chưa?" in answer.content.decode()
    draft.client().post(url, {"state": "done", "answered": "1"})
    draft.section.refresh_from_db()
    assert draft.section.state == SectionState.DONE
    assert draft.client().post(url, {"state": "bay"}).status_code == 422


# --- the insert menu ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("paper", "binh dan hoc vu 98", [("Kế hoạch số 98/KH-UBND", "")]),
        ("figure", "so luong thanh vien", [("137", "value")]),
        ("ratio", "ty le", [("100%", "percent"), ("27/27", "ratio")]),
        ("headcount", "doi phan ung", [("08", "headcount")]),
        ("team", "", [("Đội phản ứng nhanh", "name")]),
        ("paper", "không có gì như thế", []),
    ],
)
def test_insert_search_folds_tone_marks(draft, kind, words, expected):
    drafts.paper(drafts.organization("khac", "Phường khác"))
    url = reverse("insert_search", args=[draft.section.pk])
    found = draft.client().get(url, {"kind": kind, "q": words}).json()["results"]
    assert [(result["words"], result["form"]) for result in found] == expected


def test_insert_search_is_limited_and_refuses_unknown_kinds(draft):
    for at in range(25):
        drafts.paper(draft.ward, str(300 + at))
    url = reverse("insert_search", args=[draft.section.pk])
    assert len(draft.client().get(url, {"kind": "paper"}).json()["results"]) == 20
    assert draft.client().get(url, {"kind": "user"}).status_code == 400


# --- in a browser ---------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.main_path
def test_typing_bold_list_and_citation_survive_saving(draft, page, live_server, login_as):
    block = draft.block(html="")
    login_as(draft.user)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    editor = page.get_by_role("textbox", name="Nội dung")
    editor.click()
    page.keyboard.type("Phường Nhị Chiểu đã ")
    page.keyboard.press("Control+b")
    page.keyboard.type("ban hành")
    page.keyboard.press("Control+b")
    page.keyboard.type(" ")
    page.keyboard.press("Control+;")
    page.get_by_role("combobox").fill("binh dan hoc vu")
    page.get_by_role("option", name="Kế hoạch số 98/KH-UBND").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Danh sách gạch đầu dòng").click()
    page.keyboard.type("Đăng ký tài khoản")
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu lúc").wait_for()
    preview = page.locator("#page .official")
    preview.get_by_text("của Ủy ban nhân dân phường về việc").wait_for(timeout=2000)
    page.reload()
    editor = page.get_by_role("textbox", name="Nội dung")
    assert editor.locator("strong").inner_text() == "ban hành"
    assert editor.locator(".chip").inner_text() == "Kế hoạch số 98/KH-UBND"
    assert editor.locator("li").inner_text() == "Đăng ký tài khoản"
    block.refresh_from_db()
    assert block.mentions.get().paper == draft.paper


@pytest.mark.browser
def test_rows_are_added_moved_and_picked_with_the_keyboard(draft, page, live_server, login_as):
    block = draft.block("papers", intro="", rows=[])
    login_as(draft.user)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    page.get_by_label("Lời mở (ví dụ: Ban hành)").fill("Một")
    page.get_by_role("button", name="Thêm văn bản").press("Enter")
    page.get_by_label("Lời mở (ví dụ: Ban hành)").nth(1).fill("Hai")
    page.get_by_role("button", name="Chọn Văn bản").nth(1).press("Enter")
    page.locator("#insert-results [role=option]").wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Lời mở (ví dụ: Ban hành)").nth(1).press("Alt+ArrowUp")
    outcome = page.get_by_role("textbox", name="Kết quả").first
    outcome.click()
    page.keyboard.type("đạt yêu cầu.")
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu lúc").wait_for()
    block.refresh_from_db()
    assert [(row["lead"], row["paper"]) for row in block.content["rows"]] == [
        ("Hai", draft.paper.pk),
        ("Một", None),
    ]
    assert block.content["rows"][0]["outcome"] == "<p>đạt yêu cầu.</p>"


@pytest.mark.browser
def test_narrow_screen_shows_one_pane_at_a_time(draft, page, live_server, login_as):
    draft.block(html="<p>Chữ</p>")
    login_as(draft.user)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    page.get_by_role("textbox", name="Nội dung").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not page.locator("#tasks").is_visible()
    page.get_by_role("button", name="Trang văn bản", exact=True).click()
    page.locator("#page .official").wait_for()
    assert not page.get_by_role("textbox", name="Nội dung").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_page_dialog_and_errors_are_accessible(draft, page, live_server, login_as, width):
    draft.block(
        html=f"<p>{mention(f'paper:{draft.paper.pk}')}</p><table><tbody><tr><th>A</th></tr></tbody></table>"
    )
    draft.block("papers", rows=[{"paper": draft.paper.pk, "lead": "Ban hành"}])
    draft.block("indicators", show="lines", rows=[{"indicator": draft.members.pk}])
    login_as(draft.user)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    page.get_by_role("textbox", name="Nội dung", exact=True).wait_for()
    page.locator("#page .official").wait_for(state="attached")
    assert faults(page) == []
    page.get_by_role("textbox", name="Nội dung", exact=True).click()
    page.keyboard.press("Control+;")
    page.locator("#insert-results [role=option]").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    lead = page.get_by_label("Lời mở (ví dụ: Ban hành)")
    lead.fill("x" * 1001)
    lead.press("Control+s")
    page.get_by_text("Dài 1001 ký tự").first.wait_for()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert lead.input_value() == "x" * 1001
    assert faults(page) == []


def faults(page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in Axe().run(page).response["violations"]]


@pytest.mark.browser
def test_words_typed_in_one_block_survive_moving_adding_and_deleting_others(
    draft, page, live_server, login_as
):
    draft.block(html="<p>đầu</p>")
    last = draft.block(html="<p>cuối</p>")
    login_as(draft.user)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    editors = page.get_by_role("textbox", name="Nội dung", exact=True)
    editors.first.click()
    page.keyboard.type("chưa lưu ")
    page.get_by_role("button", name="Lên", exact=True).nth(1).press("Enter")
    page.locator(f"#blocks > :first-child#doan-{last.pk}").wait_for()
    page.get_by_role("button", name="Kiến nghị, đề xuất").press("Enter")
    page.get_by_label("Kiến nghị với").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".block").get_by_role("link", name="Xóa").first.press("Enter")
    page.locator(f"#doan-{last.pk}").wait_for(state="detached")
    assert "chưa lưu" in editors.first.inner_text()
    page.get_by_text("Đã lưu lúc").first.wait_for()
    assert "chưa lưu" in Block.objects.get(section=draft.section, kind="narrative").content["html"]
    assert [block.kind for block in draft.section.blocks.all()] == ["narrative", "proposals"]


PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".prose-page").dispatchEvent(paste);
}"""


@pytest.mark.browser
def test_paste_from_word_keeps_words_and_marks_without_looks(draft, page, live_server, login_as):
    block = draft.block(html="")
    login_as(draft.user)
    page.goto(live_server.url + reverse("section", args=[draft.section.pk]))
    page.get_by_role("textbox", name="Nội dung", exact=True).click()
    word = '<style>p{color:red}</style><p class=MsoNormal style="margin:0"><b style="x">Dán</b> từ Word<o:p></o:p></p>'
    page.evaluate(PASTE, word)
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu lúc").wait_for()
    block.refresh_from_db()
    assert block.content["html"] == "<p><strong>Dán</strong> từ Word</p>"
