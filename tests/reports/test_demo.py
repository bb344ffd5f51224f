"""The demonstration: loaded once, never outside a demonstration, and report 274 as it was registered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import StringIO
from typing import Any

import lxml.html
import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.utils import timezone

from campaigns import rights
from campaigns.models import Membership, Neighbourhood, Organization, Paper, Reading, Team, calendar_for
from config.accounts import DEMO_DOMAIN
from reports.assemble import document_of
from reports.document import docx, html, nodes, pdf, plain
from reports.management.commands.demo import PASSWORD
from reports.management.demonstration import registers
from reports.models import Mention, Report, ReportRequest
from tests.document import docx_reading, pdf_reading, reference

GOLDEN = reference.golden_lines()


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def everything() -> dict[str, list[Any]]:
    """Every row of every table, to compare before and after."""
    return {
        model._meta.label: sorted(map(repr, model.objects.values_list()))
        for model in apps.get_models()
        if model._meta.app_label in ("campaigns", "reports")
    }


def mentions_in(value: object) -> Iterator[nodes.Mention]:
    """Every mention anywhere in a tree."""
    if isinstance(value, nodes.Mention):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from mentions_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from mentions_in(getattr(value, field.name))


def squeezed(text: str) -> str:
    return "".join(text.split())


class Loaded(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = demo()
        cls.registered = Report.objects.get(number="274")
        cls.corrected = Report.objects.get(number="", addressees__gt="", requests__paper__number="1885")
        cls.live = Report.objects.get(requests__paper__number="2350")


class TestLoading(Loaded):
    def test_a_second_run_changes_nothing(self) -> None:
        before = everything()
        assert demo().splitlines()[1:] == self.said.splitlines()[1:]
        assert everything() == before

    def test_accounts_are_printed_and_open(self) -> None:
        assert PASSWORD in self.said
        for account, name, roles in registers.PEOPLE:
            email = f"{account}@{DEMO_DOMAIN}"
            assert email in self.said
            user = authenticate(None, username=email, password=PASSWORD) or authenticate(
                None, email=email, password=PASSWORD
            )
            assert user is not None
            assert user.full_name == name
            held = Membership.objects.on(timezone.localdate()).filter(user=user)
            assert {(m.organization.code, m.role) for m in held} == {(o, role) for o, role, _, _ in roles}

    def test_what_the_report_states(self) -> None:
        ward = Organization.objects.get(code="nhi-chieu")
        assert ward.administrative_code == "10714"
        assert Neighbourhood.objects.filter(organization=ward).count() == 27
        papers = {paper.code for paper in Paper.objects.filter(holder=ward)}
        assert papers >= {
            *("1885/SKHCN-TTTT", "06-KH/ĐU", "04-KH/BXDĐ", "98/KH-UBND", "114/KH-UBND", "777/UBND-VHXH"),
            *("145/KH-UBND", "397/QĐ-UBND", "616/QĐ-UBND", "716/QĐ-UBND", "352/QĐ-UBND"),
        }
        by_place = Team.objects.filter(organization=ward, neighbourhood__isnull=False)
        assert by_place.count() == 27
        assert sum(team.stated_headcount or 0 for team in by_place) == 137
        own = Team.objects.with_headcount(timezone.localdate()).get(name__contains="của UBND phường")
        assert own.headcount == 144 - 137

    def test_what_is_invented_says_so(self) -> None:
        for reading in Reading.objects.filter(neighbourhood__isnull=False):
            assert "số liệu minh họa" in reading.source
        for team in Team.objects.filter(neighbourhood__isnull=False):
            assert "số liệu minh họa" in team.note
        assert "số liệu minh họa" in Paper.objects.get(number="2350").note

    def test_every_mention_is_a_row(self) -> None:
        for report in (self.registered, self.corrected, self.live):
            rows = Mention.objects.filter(block__section__report=report).count()
            in_blocks = [
                m for s in nodes.walk_sections(document_of(report).sections) for m in mentions_in(s.blocks)
            ]
            assert rows >= len(in_blocks) > 0


@pytest.mark.django_db
@override_settings(DEMO=False)
def test_refuses_outside_a_demonstration() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        demo()
    assert not Organization.objects.exists()


class TestRegistered(Loaded):
    def setUp(self) -> None:
        self.document = document_of(self.registered)

    def test_body_is_the_golden_text(self) -> None:
        assert plain.body(self.document).splitlines() == GOLDEN

    def test_body_in_html_docx_and_pdf(self) -> None:
        body = squeezed("".join(GOLDEN))
        assert body in squeezed(lxml.html.fromstring(html.page(self.document)).text_content())
        word = docx.render(self.document)
        assert body in docx_reading.text(word)
        assert docx_reading.complaints(word) == []
        assert body in pdf_reading.text(pdf.render(self.document))

    def test_frame_as_printed(self) -> None:
        """Faults included: month 05, no Kính gửi, VHXX, no TM. line."""
        text = plain.text(self.document).splitlines()
        at = text.index(GOLDEN[0])
        assert text[:at] == [
            "ỦY BAN NHÂN DÂN",
            "PHƯỜNG NHỊ CHIỂU",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 274/BC-UBND",
            "Nhị Chiểu, ngày 19 tháng 05 năm 2026",
            "BÁO CÁO",
            "Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”",
            "trên địa bàn phường Nhị Chiểu",
        ]
        assert text[at + len(GOLDEN) :] == [
            "Nơi nhận:",
            "- Sở Khoa học và Công nghệ (để b/c);",
            "- CT và các PCT UBND phường;",
            "- Lưu: VT, VHXX.",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Trần Hồng Túc",
        ]

    def test_printed_only_where_the_words_differ(self) -> None:
        """A mention keeps its own words only where the current ones would change the text."""
        found = list(mentions_in(self.document))
        assert [m for m in found if m.printed is not None and m.printed == m.current] == []
        live = [m.shown for m in found if m.printed is None]
        assert len(live) >= 15
        assert nodes.MISSING not in live

    def test_every_named_paper_and_figure_is_linked(self) -> None:
        found = list(mentions_in(self.document))
        own = {str(pk) for pk in Paper.objects.exclude(number="2350").values_list("pk", flat=True)}
        assert {m.key for m in found if m.kind == "paper"} == own
        shown = [m.shown for m in found if m.kind != "paper"]
        for words in (
            "80/80",
            "4118",
            "16",
            "10",
            "9",
            "144",
            "08",
            "193",
            "21",
            "137",
            "27/27",
            "100%",
            "02",
        ):
            assert words in shown

    def test_label_c_stays_where_it_was_printed(self) -> None:
        section = next(s for s in self.document.sections if s.label == "3.")
        assert [child.label for child in section.sections] == ["c)"]


class TestCorrected(Loaded):
    def setUp(self) -> None:
        self.document = document_of(self.corrected)
        self.text = plain.text(self.document)

    def test_number_and_day_are_blank(self) -> None:
        slots = [node for node in self.document.frame.number if isinstance(node, nodes.Slot)]
        days = [n for n in self.document.frame.place_date if isinstance(n, nodes.Slot) and n.kind == "day"]
        assert [slot.text for slot in slots + days] == ["", ""]
        assert self.document.frame.draft.startswith("DỰ THẢO")

    def test_frame_by_the_rules(self) -> None:
        assert "Kính gửi: Sở Khoa học và Công nghệ thành phố Hải Phòng\n" in self.text
        assert "- Như trên;\n" in self.text
        assert "- Lưu: VT, VHXH.\n" in self.text
        assert "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Hồng Túc\n" in self.text

    def test_no_fault_of_the_source_remains(self) -> None:
        for fault in (
            *("Nhị Chiêu", "06-KH-UBND", "BXDD", "UBND -VHXH", "VHXX", "Dịch vụ hành chính công", "thôn/bản"),
            *(
                "193",
                "chuyên đổi",
                "smart",
                "Khu dân cư",
                "“ ",
                "hiệu quả qua hiệu quả",
                "zalo.me",
                "Đảng uỷ",
            ),
        ):
            assert fault not in self.text, fault
        assert self.text.count("“") == self.text.count("”")

    def test_every_mention_is_live_and_known(self) -> None:
        found = list(mentions_in(self.document))
        assert len(found) > 25
        assert all(m.printed is None and m.current for m in found)

    def test_labels_are_computed(self) -> None:
        assert [s.label for s in self.document.sections][1:-1] == [f"{n}." for n in range(1, 9)]
        assert [s.label for s in self.document.sections[1].sections] == ["a)", "b)"]

    def test_headcounts_add_up(self) -> None:
        assert "144 thành viên, gồm 07 thành viên tại UBND phường" in self.text
        assert "137 thành viên tại 27 tổ dân phố" in self.text

    def test_appendix_by_neighbourhood(self) -> None:
        (appendix,) = self.document.appendices
        assert appendix.label == "Phụ lục"
        assert nodes.words(appendix.reference).startswith("(Kèm theo Báo cáo số ")
        assert "số liệu minh họa" in nodes.words(appendix.title[0]).lower()
        (table,) = (node for block in appendix.blocks for node in block.nodes)
        assert isinstance(table, nodes.Table)
        lines = [[nodes.words(cell.content) for cell in row.cells] for row in table.rows]
        assert ["Tổng cộng", "137", "27", "4.118"] in lines
        assert sum(row.kind == "item" for row in table.rows) >= 27


class TestLive(Loaded):
    def test_letter_of_today_due_in_two_working_days(self) -> None:
        request = ReportRequest.objects.get(paper__number="2350")
        today = timezone.localdate()
        assert request.paper.issued_on == request.arrived_on == today
        days = calendar_for(request.organization).working_days_between(
            today, timezone.localdate(request.deadline)
        )
        assert days == 2
        assert request.internal_deadline < request.deadline

    def test_opening_sentence_is_built_from_the_letter(self) -> None:
        document = document_of(self.live)
        opening = plain.body(document).splitlines()[0]
        assert opening.startswith("Thực hiện Công văn số 2350/SKHCN-TTTT ngày ")
        assert opening.endswith(", Ủy ban nhân dân phường Nhị Chiểu báo cáo như sau:")
        (mention,) = mentions_in(document.sections[0])
        assert mention.kind == "paper"
        assert mention.printed is None
        assert len([s for s in document.sections if s.label]) == 8


class TestRights(Loaded):
    def test_the_deputy_of_the_field_is_proposed_before_the_chairman(self) -> None:
        ward = Organization.objects.get(code=registers.WARD)
        report = Report.objects.filter(drafter__full_name="Nguyễn Văn A").first()
        found = rights.proposed(ward, timezone.localdate(), report.unit, report.campaign)
        assert [right.person.full_name for right in found] == ["Trần Hồng Túc", "Vũ Văn G"]

    def test_holidays_are_in_the_calendar(self) -> None:
        calendar = calendar_for(Organization.objects.get(code=registers.WARD))
        assert calendar.after(datetime.date(2026, 4, 29), 1) == datetime.date(2026, 5, 4)
