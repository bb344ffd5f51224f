"""History: typing as one event, sentences, the pages, the export, and the proof that nothing was rewritten."""

from __future__ import annotations

import ast
import datetime
import hashlib
import json
from io import StringIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from campaigns import events, triggers
from campaigns.models import Chain, Event, Role
from reports import differences, drafting, history, letters, sittings, tasks
from reports.models import Edition, Report, Section, Sitting

from .factories import (
    make_block,
    make_report,
    make_request,
    make_section,
    make_user,
    make_ward,
    queries_of,
    signed_in,
)


@pytest.fixture
def report(ward, drafter):
    return make_report(ward, drafter=drafter)


@pytest.fixture
def section(report):
    return make_section(report, "Kết quả")


@pytest.fixture
def block(section):
    return make_block(section, "<p>Phường có 27 tổ.</p>")


YEAR_AGO = timezone.now() - datetime.timedelta(days=365)


def write(block, words, by):
    return drafting.save_block(block, {"html": f"<p>{words}</p>"}, by)


def told(report):
    return [history.tell(event) for event in Event.objects.filter(chain=f"report:{report.pk}")]


# --- a sitting of typing ------------------------------------------------------------------------------


def test_a_sitting_of_typing_becomes_one_event_when_another_act_comes(report, block, drafter):
    for words in ("Phường có 28 tổ.", "Phường có 29 tổ.", "Phường có 30 tổ, hoạt động đều."):
        write(block, words, drafter)
    assert not Event.objects.exists()
    with transaction.atomic():
        sittings.close(report)
        events.record("submit", drafter, report.organization, report.pk)
    typed, submitted = told(report)
    assert typed.event.before["fields"] == {
        "1. Kết quả": "Phường có 27 tổ.",
        "1. Kết quả: tình trạng": "Chưa bắt đầu",
    }
    assert typed.event.after["fields"]["1. Kết quả"] == "Phường có 30 tổ, hoạt động đều."
    assert typed.sentence.startswith("đã sửa “1. Kết quả”")
    assert typed.who == drafter.full_name
    assert submitted.sentence == "đã trình báo cáo"
    assert list(events.broken()) == []


def test_another_person_ends_the_sitting(report, block, drafter, ward):
    other = make_user(ward, Role.HEAD)
    write(block, "Một", drafter)
    write(block, "Hai", other)
    (event,) = Event.objects.all()
    assert (event.by, event.after["fields"]["1. Kết quả"]) == (drafter, "Một")
    sitting = Sitting.objects.get()
    assert sitting.by == other
    sittings.close(report)
    assert [e.by_id for e in Event.objects.order_by("sequence")] == [drafter.pk, other.pk]


def test_thirty_idle_minutes_end_the_sitting(report, block, drafter, client):
    write(block, "Một", drafter)
    address = reverse("report_history", args=[report.pk])
    assert "đang viết từ" in client.get(address).content.decode()
    rested = timezone.now() - sittings.IDLE - datetime.timedelta(seconds=1)
    Sitting.objects.update(last_at=rested)
    page = client.get(address).content.decode()
    assert "đang viết từ" not in page
    assert "đã sửa “1. Kết quả”" in page
    assert Event.objects.get().at == rested


def test_typing_after_a_rest_is_another_event(report, block, drafter):
    write(block, "Một", drafter)
    Sitting.objects.update(last_at=timezone.now() - datetime.timedelta(minutes=31))
    write(block, "Hai", drafter)
    sittings.close(report)
    pairs = [(e.before["fields"]["1. Kết quả"], e.after["fields"]["1. Kết quả"]) for e in Event.objects.all()]
    assert pairs == [("Phường có 27 tổ.", "Một"), ("Một", "Hai")]


def test_the_worker_ends_a_sitting_that_has_rested(report, block, drafter):
    write(block, "Một", drafter)
    tasks.rested.call(report.pk)
    assert not Event.objects.exists()
    Sitting.objects.update(last_at=timezone.now() - datetime.timedelta(minutes=31))
    tasks.rested.call(report.pk)
    assert Event.objects.get().act == "write"
    tasks.rested.call(report.pk)
    tasks.rested.call(report.pk + 1)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_sitting_asks_the_worker_to_look_when_it_has_rested(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    ward = make_ward()
    report, user = make_report(ward), make_user(ward)
    sittings.typed(report, user, sittings.FRAME)
    sittings.typed(report, user, sittings.STRUCTURE)
    (asked,) = DBTaskResult.objects.all()
    assert asked.task_path == tasks.rested.module_path
    assert asked.run_after > Sitting.objects.get().began_at + sittings.IDLE


def test_typing_undone_is_no_event(report, block, drafter):
    Section.objects.update(state="writing")
    write(block, "Khác", drafter)
    write(block, "Phường có 27 tổ.", drafter)
    sittings.close(report)
    assert not Event.objects.exists()
    assert not Sitting.objects.exists()


def test_every_way_to_change_a_draft_is_told(report, section, client):
    make_section(report, "Khó khăn")
    ask = [
        (reverse("block_add", args=[section.pk]), {"kind": "narrative"}),
        (reverse("section_state", args=[section.pk]), {"state": "done"}),
        (reverse("report_structure", args=[report.pk]), {"step": f"down {section.pk}"}),
        (reverse("section_add", args=[report.pk]), {"heading": "Mục mới", "part": "body", "parent": ""}),
    ]
    for address, data in ask:
        assert client.post(address, data).status_code == 302, address
    sittings.close(report)
    (event,) = Event.objects.all()
    assert set(event.after["fields"]) == {"1. Kết quả: tình trạng", "Bố cục"}
    assert event.before["fields"]["Bố cục"] == "1. Kết quả\n2. Khó khăn"
    assert event.after["fields"]["Bố cục"] == "1. Khó khăn\n2. Kết quả\n3. Mục mới"


def test_a_block_deleted_and_a_section_deleted_keep_their_words_in_history(report, section, block, client):
    other = make_section(report, "Khó khăn")
    make_block(other, "<p>Thiếu máy.</p>")
    assert client.post(reverse("block_delete", args=[block.pk])).status_code == 302
    assert client.post(reverse("section_delete", args=[report.pk, other.pk])).status_code == 302
    sittings.close(report)
    before = Event.objects.get().before["fields"]
    assert before["1. Kết quả"] == "Phường có 27 tổ."
    assert before["2. Khó khăn"] == "Thiếu máy."
    assert Event.objects.get().after["fields"]["2. Khó khăn"] == ""


def test_the_frame_is_told_field_by_field(report, drafter):
    with transaction.atomic():
        sittings.typed(report, drafter, sittings.FRAME)
        Report.objects.filter(pk=report.pk).update(addressees="Sở Thử", omitted=["motto"])
    sittings.close(report)
    event = Event.objects.get()
    assert event.before["fields"] == {"Thể thức: kính gửi": "", "Thể thức: phần không in": ""}
    assert event.after["fields"] == {
        "Thể thức: kính gửi": "Sở Thử",
        "Thể thức: phần không in": "Quốc hiệu, Tiêu ngữ",
    }


def test_a_draft_begins_its_own_history(ward, drafter):
    report = letters.blank_draft(ward, drafter, subject="Kết quả")
    assert [t.sentence for t in told(report)] == ["đã lập dự thảo"]


def test_a_deleted_draft_leaves_its_chain_and_a_word_in_the_organizations(ward, drafter, client):
    report = letters.blank_draft(ward, drafter, subject="Kết quả")
    head = events.head(f"report:{report.pk}")
    assert client.post(reverse("report_delete", args=[report.pk])).status_code == 302
    event = Event.objects.get(chain=f"organization:{ward.pk}")
    assert (event.act, event.before["head"]) == ("delete_report", head)
    assert Event.objects.filter(chain=f"report:{report.pk}").exists()
    assert list(events.broken()) == []


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [*history.ACTS, *events.ACTS])
def test_every_act_has_its_sentence(act, report, drafter):
    after = {"fields": {"Tên": "b"}, "number": "274", "name": "274/BC-UBND", "sort": "tổ", "signer": "A"}
    after["section"] = "2. Kết quả"
    after |= {"recipient": "Sở", "sender": "UBND phường", "code": "03 Đã tiếp nhận"}
    with transaction.atomic():
        event = events.record(act, drafter, report.organization, report.pk, after=after)
    sentence = history.tell(event).sentence
    assert sentence.startswith("đã ")
    assert not {"{", "…"} & set(sentence)


def test_no_act_has_two_sentences():
    assert not set(history.ACTS) & set(events.ACTS)


def test_who_stands_in_and_what_the_status_became_are_told(report, drafter):
    with transaction.atomic():
        event = events.record(
            "return",
            drafter,
            report.organization,
            report.pk,
            before={"status": "submitted"},
            after={"status": "draft"},
            reason="thiếu số liệu",
            behalf="thay Nguyễn Văn B",
        )
    shown = history.tell(event)
    assert shown.who == f"{drafter.full_name} (thay Nguyễn Văn B)"
    assert [(c.label, c.before, c.after) for c in shown.changes] == [("Tình trạng", "Đã trình", "Đang soạn")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a x c", [("same", "a "), ("out", "b"), ("in", "x"), ("same", " c\n")]),
        ("", "mới", [("in", "mới\n")]),
        ("cũ", "", [("out", "cũ\n")]),
        ("giống", "giống", []),
    ],
)
def test_pieces_of_a_difference(before, after, expected):
    assert [tuple(piece) for piece in differences.pieces(before, after)] == expected


def test_long_unchanged_stretches_are_left_out_and_nothing_changed_is():
    old = [f"dòng {n}" for n in range(100)]
    new = [*old[:50], "dòng mới", *old[50:]]
    found = list(differences.pieces("\n".join(old), "\n".join(new)))
    assert [p.text for p in found if p.kind == "in"] == ["dòng mới\n"]
    assert len("".join(p.text for p in found)) < 60


# --- pages --------------------------------------------------------------------------------------------


def record(organization, count=1, report=None, by=None):
    with transaction.atomic():
        for number in range(count):
            events.record(
                "add",
                by,
                organization,
                report,
                after={"sort": "tổ", "name": f"số {number}", "fields": {"Tên": "x"}},
            )


@pytest.mark.parametrize("name", ["report_history", "report_history_export"])
def test_a_reports_history_is_for_its_ward(name, report, client, leader, stranger):
    address = reverse(name, args=[report.pk])
    assert [who.get(address).status_code for who in (client, leader, stranger)] == [200, 200, 404]
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", ["organization_history", "organization_history_export"])
def test_the_organizations_history_is_for_its_keepers(name, ward, client, leader):
    keeper = signed_in(make_user(ward, Role.ADMINISTRATOR))
    assert [who.get(reverse(name)).status_code for who in (keeper, client, leader)] == [200, 403, 403]


def test_another_wards_history_is_not_shown(ward):
    record(ward)
    keeper, other = (signed_in(make_user(at, Role.ADMINISTRATOR)) for at in (ward, make_ward()))
    assert "số 0" in keeper.get(reverse("organization_history")).content.decode()
    assert "số 0" not in other.get(reverse("organization_history")).content.decode()
    assert json.loads(b"".join(other.get(reverse("organization_history_export"))))["events"] == []


def test_the_organizations_history_is_narrowed_by_person_and_day(ward, drafter):
    record(ward, 1, None, drafter)
    keeper = make_user(ward, Role.ADMINISTRATOR)
    record(ward, 1, None, keeper)
    with transaction.atomic():
        events.record("delete", drafter, ward, before={"sort": "tổ", "name": "cũ"}, at=YEAR_AGO)
    ask = signed_in(keeper)

    def found(**asked):
        page = ask.get(reverse("organization_history"), asked)
        return [told.event.sequence for told in page.context["page"].object_list]

    assert found() == [3, 2, 1]
    assert found(by=drafter.pk) == [3, 1]
    assert found(since=f"{timezone.localdate():%d/%m/%Y}") == [2, 1]
    assert found(until=f"{timezone.localtime(YEAR_AGO):%d/%m/%Y}") == [3]
    assert ask.get(reverse("organization_history"), {"since": "hôm qua", "by": "x"}).status_code == 200


def test_queries_of_the_organizations_history_are_constant(ward):
    keeper = signed_in(make_user(ward, Role.ADMINISTRATOR))
    record(ward, 2)
    few = queries_of(keeper, reverse("organization_history"))
    record(ward, 70)
    assert queries_of(keeper, reverse("organization_history")) == few


def test_history_escapes_what_officers_typed(report, block, drafter, client):
    write(block, "&lt;script&gt;alert(1)&lt;/script&gt;", drafter)
    sittings.close(report)
    page = client.get(reverse("report_history", args=[report.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_queries_are_constant_and_pages_turn(report, client, ward):
    address = reverse("report_history", args=[report.pk])
    record(ward, 2, report.pk)
    few = queries_of(client, address)
    record(ward, 70, report.pk)
    assert queries_of(client, address) == few <= 16
    assert "Trang 1/3" in client.get(address).content.decode()
    last = client.get(address, {"trang": 3}).content.decode()
    assert "số 0" in last


def test_an_export_is_verified_without_the_app(report, block, drafter, client):
    write(block, "Một “hai” 3", drafter)
    sittings.close(report)
    record(report.organization, 3, report.pk, drafter)
    exported = json.loads(b"".join(client.get(reverse("report_history_export", args=[report.pk]))))
    previous = ""
    for sequence, event in enumerate(exported["events"], 1):
        claimed = event.pop("hash")
        assert (event["sequence"], event["previous"]) == (sequence, previous)
        text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert previous == claimed
    assert (exported["head"], exported["length"]) == (previous, 4)


# --- the proof ----------------------------------------------------------------------------------------


def verify():
    """What the command finds, a line each, and that it ends with 1."""
    err = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("verify_events", stderr=err)
    assert ended.value.returncode == 1
    return err.getvalue().splitlines()


def test_a_chain_written_anew_from_its_start_no_longer_fits_the_editions(report, ward, drafter):
    record(ward, 3, report.pk)
    Edition.objects.create(
        report=report,
        round=1,
        step="submit",
        tree={},
        digest="0" * 64,
        chain_head=events.head(f"report:{report.pk}"),
        by=drafter,
    )
    record(ward, 1, report.pk)
    assert list(events.broken()) == []
    triggers.drop(connection)
    Event.objects.all()._raw_delete("default")
    Chain.objects.all()._raw_delete("default")
    record(ward, 4, report.pk, drafter)
    assert list(events.broken()) == []
    assert verify() == [f"report:{report.pk}: bản trình lần 1 không còn khớp với lịch sử"]
    triggers.create(connection)


def test_whole_chains_are_proved(report, ward):
    record(ward, 3)
    record(ward, 2, report.pk)
    out = StringIO()
    call_command("verify_events", stdout=out)
    assert out.getvalue() == "Nguyên vẹn: 2 chuỗi, 5 sự kiện.\n"


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (lambda rows: rows.filter(sequence=2).update(reason="khác"), "sự kiện số 2 đã bị sửa"),
        (lambda rows: rows.filter(sequence=3).update(by_name="Người khác"), "sự kiện số 3 đã bị sửa"),
        (lambda rows: rows.filter(sequence=2)._raw_delete("default"), "thiếu sự kiện số 2"),
        (lambda rows: rows.filter(sequence=4)._raw_delete("default"), "thiếu sự kiện số 4"),
        (lambda rows: rows._raw_delete("default"), "mọi sự kiện đã bị xóa"),
        (
            lambda rows: rows.filter(sequence=3).update(previous="0" * 64),
            "sự kiện số 3 không nối với sự kiện trước",
        ),
        (lambda rows: Chain.objects.update(head="0" * 64), "mã băm cuối của chuỗi không khớp"),
    ],
)
def test_with_the_triggers_gone_a_forged_link_is_named(forge, fault, ward):
    record(ward, 4)
    triggers.drop(connection)
    forge(Event.objects.all())
    assert verify() == [f"organization:{ward.pk}: {fault}"]
    triggers.create(connection)


# --- registers of this app ----------------------------------------------------------------------------


def test_outlines_are_told_with_their_sections(client, ward):
    assert client.post(reverse("outline_add"), {"name": "Đề cương 1", "scheme": "1-a"}).status_code == 302
    pk = ward.outlines.get().pk
    for heading in ("Kết quả", "Khó khăn"):
        data = {"heading": heading, "part": "body", "parent": ""}
        assert client.post(reverse("outline_section_add", args=[pk]), data).status_code == 302
    second = ward.outlines.get().sections.get(heading="Khó khăn")
    assert client.post(reverse("outline", args=[pk]), {"step": f"up {second.pk}"}).status_code == 302
    assert client.post(reverse("outline_delete", args=[pk])).status_code == 302
    rows = list(Event.objects.order_by("sequence"))
    assert [row.act for row in rows] == ["add", "change", "change", "change", "delete"]
    assert rows[3].before["fields"] == {"Các mục": "1. Kết quả\n2. Khó khăn"}
    assert rows[3].after["fields"] == {"Các mục": "1. Khó khăn\n2. Kết quả"}
    assert rows[4].before["fields"]["Các mục"] == "1. Khó khăn\n2. Kết quả"
    assert history.tell(rows[3]).sentence == "đã sửa đề cương: Đề cương 1"


def test_a_letter_changed_is_told(client, ward):
    letter = make_request(ward)
    fields = {
        "number": "99",
        "symbol": "SKHCN",
        "issuer": "Sở Thử",
        "subject": "báo cáo",
        "issued_on": "1/5/2026",
    }
    fields["deadline_text"] = "trước 17 giờ ngày 20/5/2026"
    assert client.post(reverse("request_edit", args=[letter.pk]), fields).status_code == 302
    after = Event.objects.get().after["fields"]
    assert after["Công văn: Cơ quan ban hành"] == "Sở Thử"
    assert "trước 17 giờ ngày 20/5/2026" in after.values()


def recorded_acts():
    """Every act named where an event is recorded, in any module."""
    for path in Path(settings.BASE_DIR).glob("[cr]*s/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("record", "_record", "_record_leave"):
                    yield node.args[0].value


def test_every_act_that_is_recorded_has_a_sentence():
    recorded = set(recorded_acts())
    assert len(recorded) > 10
    assert recorded - set(history.ACTS) - set(events.ACTS) == set()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 360])
def test_both_pages_are_accessible_and_fit_the_screen(width, page, live_server, login_as):
    ward = make_ward()
    user = make_user(ward, Role.ADMINISTRATOR)
    report = make_report(ward, drafter=user)
    block = make_block(make_section(report, "Kết quả"), "<p>Phường có 27 tổ.</p>")
    write(block, "Phường có 28 tổ. " + "x" * 300, user)
    sittings.close(report)
    record(ward, 40, None, user)
    login_as(user)
    for address in (reverse("report_history", args=[report.pk]), reverse("organization_history")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(live_server.url + address)
        page.locator("summary").first.press("Enter")
        assert page.locator("details[open] code").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
