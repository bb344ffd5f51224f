"""A small ward with a draft, for tests of writing sections."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.test import Client

from campaigns.models import Indicator, Membership, Neighbourhood, Organization, Paper, Reading, Team, User
from campaigns.models.organizations import Role
from reports.models import Block, Report, Section

PERIOD = {"period_from": datetime.date(2026, 1, 1), "period_to": datetime.date(2026, 5, 15)}


def organization(code: str = "nhi-chieu", name: str = "Ủy ban nhân dân phường Nhị Chiểu") -> Organization:
    return Organization.objects.create(
        code=code, kind="ward", name=name, letterhead="ỦY BAN NHÂN DÂN\nPHƯỜNG", symbol_code="UBND"
    )


def person(at: Organization, role: str = Role.DRAFTER, name: str = "Nguyễn Văn A") -> User:
    user = User.objects.create_user(f"{role}-{at.code}@example.test", "mat-khau-dai", full_name=name)
    Membership.objects.create(organization=at, user=user, role=role)
    return user


def paper(at: Organization, number: str = "98") -> Paper:
    return Paper.objects.create(
        holder=at,
        kind="kế hoạch",
        number=number,
        symbol="KH-UBND",
        issued_on=datetime.date(2025, 9, 19),
        issuer="Ủy ban nhân dân phường",
        subject="triển khai Phong trào “Bình dân học vụ số”",
    )


def indicator(at: Organization, code: str = "TV", measure: str = "count", **fields: object) -> Indicator:
    name = {"count": "Số lượng thành viên", "percent": "Tỷ lệ tổ đã thành lập"}[measure]
    return Indicator.objects.create(organization=at, code=code, name=name, measure=measure, **fields)


def reading(of: Indicator, value: int | None = None, part: tuple[int, int] | None = None) -> Reading:
    numbers = {"value": value} if part is None else {"numerator": part[0], "denominator": part[1]}
    return Reading.objects.create(indicator=of, as_of=PERIOD["period_to"], **PERIOD, **numbers)


@dataclass
class Draft:
    """A ward, its drafter, one draft report with two sections, and registers with one row each."""

    ward: Organization = field(default_factory=organization)

    def __post_init__(self) -> None:
        self.user = person(self.ward)
        self.report = Report.objects.create(organization=self.ward, subject="Kết quả phong trào", **PERIOD)
        self.section = Section.objects.create(
            report=self.report, heading="Kết quả triển khai", question="Đã đủ số liệu chưa?"
        )
        self.next = Section.objects.create(report=self.report, heading="Khó khăn", order=1)
        self.paper = paper(self.ward)
        self.members = indicator(self.ward, unit="người")
        reading(self.members, Decimal(137))
        self.share = indicator(self.ward, "TL", "percent")
        reading(self.share, part=(27, 27))
        self.team = Team.objects.create(
            organization=self.ward, name="Đội phản ứng nhanh", stated_headcount=8, decision=self.paper
        )
        Neighbourhood.objects.create(organization=self.ward, name="Tổ dân phố số 1")

    def block(self, kind: str = "narrative", **content: object) -> Block:
        order = self.section.blocks.count()
        return Block.objects.create(section=self.section, kind=kind, content=content, order=order)

    def client(self, user: User | None = None) -> Client:
        client = Client()
        client.force_login(user or self.user, backend="config.accounts.OfficeAuthenticationBackend")
        return client


def mention(ref: str, words: str = "……", form: str = "", printed: bool = False) -> str:
    """The markup of a mention as the editor sends it."""
    more = (f' data-form="{form}"' if form else "") + (' data-printed="1"' if printed else "")
    return f'<span data-ref="{ref}"{more}>{words}</span>'
