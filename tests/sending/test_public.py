"""The public edition: what the rules take out and what they leave; previewed, made, marked."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Event, Member, Team
from reports.document import plain
from reports.document.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Lines,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
    Text,
)
from reports.models import File, Report
from reports.sending import public
from tests.reports.factories import make_user, make_ward, signed_in


def document(*nodes, **frame) -> Document:
    return Document("Báo cáo", Frame(**frame), (Section(blocks=(Block(nodes),)),))


def line(*texts) -> Paragraph:
    return Paragraph(tuple(Text(text) if isinstance(text, str) else text for text in texts))


def left(*texts, names=(), officials=()) -> str:
    made = public.cleaned(document(line(*texts)), frozenset(names), frozenset(officials))
    return plain.text(made.document)


@pytest.mark.parametrize(
    "private",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "0225-3821-234",
        "https://zalo.me/g/abcxyz123",
        "zalo.me/g/abcxyz123",
        "https://chat.zalo.me/?g=abc",
        "https://meet.google.com/abc-defg-hij",
        "https://forms.gle/AbC123",
        "t.me/joinchat/AAAA",
        "nguyenvana@gmail.com",
    ],
)
def test_phones_doors_and_private_mail_go(private):
    text = left(f"Liên hệ {private} để vào nhóm.")
    assert private not in text
    assert f"Liên hệ {public.GAP} để vào nhóm." in text


@pytest.mark.parametrize(
    "kept",
    [
        "4.118 người, đạt 100%",
        "Kế hoạch số 98/KH-UBND ngày 19/9/2025",
        "binhdanhocvuso.gov.vn",
        "vanthu@haiphong.gov.vn",
        "mã 10714",
        "1.000.000.000 đồng",
        "Bà mẹ Việt Nam anh hùng",
        "các anh, chị em phụ nữ",
        "từ 01/07/2025 đến 19/05/2026",
        "80/80 tài khoản",
        "bà con Nhân dân",
        "bà đỡ đầu",
        "chị em ở các tổ",
    ],
)
def test_what_is_public_stays(kept):
    made = public.cleaned(document(line(f"Phường có {kept}.")))
    assert made.removed == []
    assert f"Phường có {kept}." in plain.text(made.document)


def test_names_of_members_and_after_a_title_go_and_officials_stay():
    text = left("Ông Nguyễn Văn Bình và Trần Thị Hoa", names={"Trần Thị Hoa"})
    assert f"Ông {public.GAP} và {public.GAP}" in text
    assert "ông Phạm Văn C" in left("ông Phạm Văn C chủ trì", officials={"Phạm Văn C"})
    made = public.cleaned(
        document(line("Đồng chí Trần Hồng Túc"), signatures=(Signature(("CHỦ TỊCH",), "Trần Hồng Túc"),)),
        frozenset({"Trần Hồng Túc"}),
    )
    assert plain.text(made.document).count("Trần Hồng Túc") == 2


def test_a_name_is_not_cut_out_of_a_longer_word():
    assert "Trần Thị Hoan" in left("Trần Thị Hoan", names={"Trần Thị Hoa"})


def test_what_spans_runs_and_links_goes_whole():
    text = left("Gọi 0912", Text(" 345", bold=True), " 678 ngay")
    assert f"Gọi {public.GAP} ngay" in text
    linked = Text("vào nhóm", link="https://zalo.me/g/abc")
    made = public.cleaned(document(line("Mời ", linked)))
    assert "zalo" not in str(made.document)
    written = Text("nguyenvana@gmail.com", link="mailto:nguyenvana@gmail.com")
    assert "gmail" not in str(public.cleaned(document(line("Gửi ", written))).document)
    own = Text("cổng", link="https://binhdanhocvuso.gov.vn")
    assert "binhdanhocvuso" in str(public.cleaned(document(line("Ở ", own))).document)


def test_columns_of_people_are_emptied_and_the_rest_of_a_table_stays():
    head = Row(tuple(Cell((Text(words),)) for words in ("STT", "Họ và tên", "Số tổ")), "header")
    body = Row(tuple(Cell((Text(words),)) for words in ("1", "Lê Thị Mai", "27")))
    table = Table((Column(), Column(), Column()), (head, body))
    made = public.cleaned(document(table))
    text = plain.text(made.document)
    assert "Lê Thị Mai" not in text
    assert "Họ và tên" in text
    assert "27" in text
    assert [one.text for one in made.removed] == ["Lê Thị Mai"]


def test_lines_of_the_frame_are_cleaned_and_the_copy_is_marked():
    made = public.cleaned(
        document(
            line("Có."), recipients=Lines("Nơi nhận:", ("Ông A (0912345678);",)), contact="ĐT: 0225 3821 234"
        )
    )
    text = plain.text(made.document)
    assert "0912345678" not in text
    assert "3821" not in str(made.document)
    assert public.MARK in text
    assert made.document.seal == ""


def test_seen_first_then_made_and_downloaded(office):
    team = Team.objects.create(organization=office.ward, name="Tổ 1")
    Member.objects.create(team=team, full_name="Lê Thị Mai")
    client = signed_in(office.people["clerk"])
    page = reverse("report_public", args=(office.report.pk,))
    shown = client.get(page).content.decode()
    assert "Không có gì phải bỏ" in shown
    assert public.MARK in shown
    assert client.get(reverse("report_public_file", args=(office.report.pk,))).status_code == 404
    assert client.post(page).status_code == 302
    file = File.objects.get(format="public")
    public.make(file)
    got = client.get(reverse("report_public_file", args=(office.report.pk,)))
    assert b"".join(got).startswith(b"%PDF")
    assert Event.objects.filter(act="publish").count() == 1
    assert Report.objects.get(pk=office.report.pk).approved.digest == office.report.approved.digest
    stranger = signed_in(make_user(make_ward()))
    assert stranger.get(page).status_code == stranger.post(page).status_code == 404
    assert signed_in(office.people["leader"]).post(page).status_code == 403
    assert Client().get(page).status_code == 302
