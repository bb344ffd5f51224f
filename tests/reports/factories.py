"""Plain makers of what the tests of reports need: a ward, people, a letter, an outline, a draft."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Indicator, Membership, Organization, Paper, Role, User
from reports import workflow
from reports.models import Block, Outline, OutlineSection, Report, ReportRequest, Section

_numbers = itertools.count(1)


def make_ward(code: str = "") -> Organization:
    return Organization.objects.create(
        code=code or f"phuong-{next(_numbers)}",
        kind="ward",
        name="Ủy ban nhân dân phường Nhị Chiểu",
        letterhead="ỦY BAN NHÂN DÂN\nPHƯỜNG NHỊ CHIỂU",
        symbol_code="UBND",
        place_name="Nhị Chiểu",
    )


def make_user(ward: Organization, role: str = Role.DRAFTER) -> User:
    user = User.objects.create_user(f"nguoi-{next(_numbers)}@example.vn", full_name="Nguyễn Văn A")
    Membership.objects.create(user=user, organization=ward, role=role)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries_of(client: Client, address: str) -> int:
    """Queries of a page asked for again: the sitting itself was noted the first time."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def make_paper(ward: Organization, **fields: Any) -> Paper:
    return Paper.objects.create(
        **{
            "holder": ward,
            "kind": "công văn",
            "number": str(next(_numbers)),
            "symbol": "SKHCN-TTTT",
            "issued_on": datetime.date(2026, 5, 15),
            "issuer": "Sở Khoa học và Công nghệ thành phố",
            "subject": "báo cáo kết quả triển khai phong trào “Bình dân học vụ số”",
            **fields,
        }
    )


def make_request(ward: Organization, **fields: Any) -> ReportRequest:
    paper = fields.pop("paper", None) or make_paper(ward)
    due = timezone.now() + datetime.timedelta(days=1, hours=2, minutes=30)
    return ReportRequest.objects.create(**{"organization": ward, "paper": paper, "deadline": due, **fields})


def make_report(ward: Organization, **fields: Any) -> Report:
    return Report.objects.create(organization=ward, **{"subject": "Kết quả triển khai phong trào", **fields})


def issued(report: Report, number: str = "274") -> Report:
    """The report as one that had left the office before it came into the app."""
    fields = {"number": report.number or number, "symbol": report.symbol or "BC-UBND"}
    dated = report.issued_on or datetime.date(2026, 5, 19)
    Report.objects.filter(pk=report.pk).update(issued_on=dated, **fields)
    report.refresh_from_db()
    workflow.enter_issued(report, make_user(report.organization, Role.CLERK))
    report.refresh_from_db()
    return report


def make_section(report: Report, heading: str = "", parent: Section | None = None, **fields: Any) -> Section:
    order = report.sections.filter(parent=parent).count()
    return Section.objects.create(report=report, heading=heading, parent=parent, **{"order": order, **fields})


def make_block(section: Section, html: str = "<p>Nội dung</p>", **fields: Any) -> Block:
    return Block.objects.create(section=section, **{"kind": "narrative", "content": {"html": html}, **fields})


def make_outline(ward: Organization, *headings: str, **fields: Any) -> Outline:
    outline = Outline.objects.create(organization=ward, **{"name": f"Đề cương {next(_numbers)}", **fields})
    for order, heading in enumerate(headings):
        OutlineSection.objects.create(outline=outline, heading=heading, order=order)
    return outline


def make_indicator(ward: Organization, name: str = "Số người tham gia") -> Indicator:
    return Indicator.objects.create(organization=ward, code=f"m{next(_numbers)}", name=name)
