"""Rows for tests: plain functions, each with what it needs and nothing more."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import (
    Absence,
    Campaign,
    Indicator,
    Member,
    Membership,
    Neighbourhood,
    Organization,
    Paper,
    Reading,
    Role,
    SigningRight,
    StandIn,
    Team,
    Term,
    Unit,
    User,
)

PASSWORD = "mat-khau-de-thu-1"
_count = itertools.count(1)


def make_organization(**fields: Any) -> Organization:
    n = next(_count)
    given = {
        "code": f"don-vi-{n}",
        "kind": "ward",
        "name": f"Ủy ban nhân dân phường Thử {n}",
        "short_name": f"UBND phường Thử {n}",
        "letterhead": f"ỦY BAN NHÂN DÂN\nPHƯỜNG THỬ {n}",
        "symbol_code": "UBND",
        "place_name": f"Thử {n}",
    }
    return Organization.objects.create(**given | fields)


def make_user(organization: Organization | None = None, role: str = Role.DRAFTER, **fields: Any) -> User:
    """A user with one role, or with none when no organization is given."""
    n = next(_count)
    given = {"email": f"can-bo-{n}@phuong.example", "full_name": f"Nguyễn Văn {n}", "password": PASSWORD}
    user = User.objects.create_user(**given | fields)
    if organization:
        make_membership(user, organization, role)
    return user


def make_membership(
    user: User, organization: Organization, role: str = Role.DRAFTER, **fields: Any
) -> Membership:
    return Membership.objects.create(user=user, organization=organization, role=role, **fields)


def client_of(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user, backend="config.accounts.OfficeAuthenticationBackend")
    return client


def queries_of(client: Client, url: str) -> int:
    """Queries of a page once the sitting is known: the first request of a sitting also records it."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def make_unit(organization: Organization, **fields: Any) -> Unit:
    n = next(_count)
    return Unit.objects.create(
        **{"organization": organization, "code": f"P{n}", "name": f"Phòng {n}"} | fields
    )


def make_campaign(organization: Organization, **fields: Any) -> Campaign:
    given = {"organization": organization, "name": f"Phong trào {next(_count)}"}
    return Campaign.objects.create(**given | fields)


def make_term(campaign: Campaign, **fields: Any) -> Term:
    return Term.objects.create(**{"campaign": campaign, "text": f"Thuật ngữ {next(_count)}"} | fields)


def make_neighbourhood(organization: Organization, **fields: Any) -> Neighbourhood:
    n = next(_count)
    given = {"organization": organization, "name": f"Tổ dân phố {n}", "order": n}
    return Neighbourhood.objects.create(**given | fields)


def make_paper(holder: Organization, **fields: Any) -> Paper:
    given = {
        "holder": holder,
        "kind": "kế hoạch",
        "number": str(next(_count)),
        "symbol": "KH-UBND",
        "issued_on": datetime.date(2025, 9, 19),
        "issuer": "Ủy ban nhân dân phường Nhị Chiểu",
        "subject": "triển khai phong trào “Bình dân học vụ số”",
    }
    return Paper.objects.create(**given | fields)


def make_team(organization: Organization, **fields: Any) -> Team:
    return Team.objects.create(**{"organization": organization, "name": f"Tổ số {next(_count)}"} | fields)


def make_member(team: Team, **fields: Any) -> Member:
    return Member.objects.create(**{"team": team, "full_name": f"Trần Thị {next(_count)}"} | fields)


def make_indicator(organization: Organization, **fields: Any) -> Indicator:
    n = next(_count)
    given = {"organization": organization, "code": f"SL{n}", "name": f"Số liệu {n}", "unit": "người"}
    return Indicator.objects.create(**given | fields)


def make_reading(indicator: Indicator, **fields: Any) -> Reading:
    """A reading of May 2026 for the whole ward; without a value or numerator it says "no figure yet"."""
    end = fields.get("period_to", datetime.date(2026, 5, 31))
    given = {
        "indicator": indicator,
        "period_from": datetime.date(2026, 5, 1),
        "period_to": end,
        "as_of": end,
    }
    return Reading.objects.create(**given | fields)


def make_right(person: User, organization: Organization, kind: str = "deputy", **fields: Any) -> SigningRight:
    """A right to sign without end; `units` and `campaigns` are rows."""
    units, campaigns = fields.pop("units", ()), fields.pop("campaigns", ())
    given = {"lines": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"}
    right = SigningRight.objects.create(person=person, organization=organization, kind=kind, **given | fields)
    right.units.set(units)
    right.campaigns.set(campaigns)
    return right


def make_absence(person: User, organization: Organization, **fields: Any) -> Absence:
    """Away today."""
    today = timezone.localdate()
    given = {"valid_from": today, "valid_to": today}
    return Absence.objects.create(person=person, organization=organization, **given | fields)


def make_stand_in(absent: User, person: User, organization: Organization, **fields: Any) -> StandIn:
    """`person` stands in for `absent` today, as clerk unless said otherwise."""
    today = timezone.localdate()
    given = {"role": Role.CLERK, "valid_from": today, "valid_to": today}
    return StandIn.objects.create(absent=absent, person=person, organization=organization, **given | fields)
