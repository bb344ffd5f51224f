"""New drafts: what a letter and its outline bring along, what a blank one starts with, what is then in use."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from campaigns.models import Membership, Organization, Paper, Unit, User
from reports import letters, mentions
from reports.assemble import document_of
from reports.document import plain
from reports.models import Block, Mention, Outline, OutlineSection, Report, ReportRequest
from tests.reports.test_assemble import make_indicator, make_report, make_section, make_ward

pytestmark = pytest.mark.django_db

ENDS = datetime.date(2026, 3, 31)


@pytest.fixture
def ward() -> Organization:
    return make_ward()


@pytest.fixture
def drafter(ward: Organization) -> User:
    user = User.objects.create_user("a@x.example", full_name="Nguyễn Văn A")
    unit = Unit.objects.create(organization=ward, code="VHXH", name="Phòng Văn hóa - Xã hội")
    Membership.objects.create(user=user, organization=ward, role="drafter", unit=unit)
    return user


def make_leader(ward: Organization, post: str, name: str = "Trần Thị B") -> None:
    user = User.objects.create_user(f"{len(name)}{name[-1]}@y.example", full_name=name)
    Membership.objects.create(user=user, organization=ward, role="leader", post=post)


def make_letter(ward: Organization, **fields: Any) -> ReportRequest:
    paper = Paper.objects.create(
        holder=ward,
        kind="công văn",
        number="15",
        symbol="SYT-NV",
        issued_on=datetime.date(2026, 3, 2),
        issuer="Sở Y tế",
        subject="báo cáo kết quả <b>khám</b> sức khỏe",
    )
    return ReportRequest.objects.create(organization=ward, paper=paper, **fields)


def make_outline(ward: Organization, size: int = 2) -> Outline:
    outline = Outline.objects.create(organization=ward, name=f"Đề cương {size}", scheme="I-1-a")
    for order in range(size):
        parent = OutlineSection.objects.create(
            outline=outline, heading=f"Mục {order}", order=order, kinds=["papers", "gone", "narrative"]
        )
        child = OutlineSection.objects.create(
            outline=outline, parent=parent, heading="Con", guidance="Viết ngắn", question="Đủ chưa?"
        )
        child.indicators.add(make_indicator(ward, f"{size}-{order}"))
    return outline


def test_letter_brings_opening_outline_frame_and_period(ward: Organization, drafter: User) -> None:
    make_leader(ward, "Phó Chủ tịch")
    letter = make_letter(
        ward,
        outline=make_outline(ward),
        period_from=datetime.date(2026, 1, 1),
        period_to=ENDS,
        cut_off=ENDS,
    )
    report = letters.draft_from(letter, drafter)
    report.refresh_from_db()
    assert list(report.requests.all()) == [letter]
    assert (report.scheme, report.symbol, report.number) == ("I-1-a", "BC-UBND", "")
    assert (report.period_to, report.cut_off, report.drafter) == (ENDS, ENDS, drafter)
    text = plain.text(document_of(report))
    assert "BÁO CÁO\nKết quả <b>khám</b> sức khỏe\ntrên địa bàn phường An Hòa\n" in text
    assert "Kính gửi: Sở Y tế\n" in text
    assert (
        "Thực hiện Công văn số 15/SYT-NV ngày 02/3/2026 của Sở Y tế về việc báo cáo kết quả <b>khám</b> sức"
        " khỏe, Ủy ban nhân dân phường An Hòa báo cáo như sau:\nI. Mục 0\n1. Con\n- Số liệu 2-0: ……\nII. Mục 1\n"
    ) in text
    assert (
        "Trên đây là Báo cáo kết quả <b>khám</b> sức khỏe trên địa bàn phường An Hòa. Kính gửi Sở Y tế tổng"
        " hợp./.\nNơi nhận:\n- Như trên;\n- CT và các PCT UBND phường;\n- Lưu: VT, VHXH.\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị B\n"
    ) in text


def test_outline_brings_guidance_and_proposed_blocks(ward: Organization, drafter: User) -> None:
    report = letters.draft_from(make_letter(ward, outline=make_outline(ward)), drafter)
    child = report.sections.filter(heading="Con").first()
    assert (child.guidance, child.question, child.parent.heading) == ("Viết ngắn", "Đủ chưa?", "Mục 0")
    assert [block.kind for block in child.parent.blocks.all()] == ["papers", "narrative"]
    assert [block.kind for block in child.blocks.all()] == ["indicators"]


def test_letter_and_asked_indicators_are_in_use(ward: Organization, drafter: User) -> None:
    letter = make_letter(ward, outline=make_outline(ward))
    letters.draft_from(letter, drafter)
    assert Mention.objects.filter(paper=letter.paper).count() == 1
    assert Mention.objects.filter(indicator__isnull=False).count() == 2


def test_one_letter_may_get_several_reports(ward: Organization, drafter: User) -> None:
    letter = make_letter(ward)
    assert letters.draft_from(letter, drafter) != letters.draft_from(letter, drafter)
    assert letter.reports.count() == 2


def test_blank_draft_needs_no_register_and_no_letter(ward: Organization, drafter: User) -> None:
    report = letters.blank_draft(ward, drafter, subject="Kết quả quý I")
    text = plain.text(document_of(report))
    assert "Kính gửi" not in text
    assert "Như trên" not in text
    assert "Ủy ban nhân dân phường An Hòa báo cáo như sau:\nTrên đây là Báo cáo kết quả quý I./.\n" in text


def test_signature_follows_who_leads(ward: Organization, drafter: User) -> None:
    make_leader(ward, "Chủ tịch")
    assert letters.blank_draft(ward, drafter).signature_blocks.get().lines == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    make_leader(ward, "Phó Chủ tịch", "Lê Văn Cường")
    undecided = letters.blank_draft(ward, drafter).signature_blocks.get()
    assert (undecided.lines, undecided.name) == ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "")


def test_draft_costs_the_same_for_any_outline(ward: Organization, drafter: User) -> None:
    counts = []
    for size in (1, 9):
        letter = ReportRequest.objects.create(
            organization=ward,
            paper=Paper.objects.create(holder=ward, kind="công văn", subject="báo cáo"),
            outline=make_outline(ward, size),
        )
        with CaptureQueriesContext(connection) as seen:
            letters.draft_from(letter, drafter)
        counts.append(len(seen))
    assert counts[0] == counts[1]


# --- mentions as rows ---------------------------------------------------------------------------------


def test_rows_follow_the_content_and_protect_what_they_name(ward: Organization) -> None:
    paper = Paper.objects.create(holder=ward, kind="kế hoạch", number="1", symbol="KH-UBND")
    stranger = Paper.objects.create(holder=make_ward("khac"), kind="kế hoạch", number="2", symbol="KH-UBND")
    refs = "".join(
        f'<span data-ref="paper:{p.pk}" data-printed="1">số {p.number}</span>' for p in (paper, stranger)
    )
    report: Report = make_report(ward)
    make_section(report, f"<p>{refs}</p>")
    block = Block.objects.get()
    mentions.rewrite(ward, [block])
    assert list(Mention.objects.values_list("paper", "printed")) == [(paper.pk, "số 1")]
    with pytest.raises(ProtectedError):
        paper.delete()
    block.content = {"html": "<p>Không nhắc nữa</p>"}
    mentions.rewrite(ward, [block])
    assert not Mention.objects.exists()
    paper.delete()
