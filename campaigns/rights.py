"""Who may sign on a day, who is proposed first, and why a right is refused."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from .citations import format_date
from .models.campaigns import Campaign
from .models.organizations import Membership, Organization, Unit, User
from .models.rights import HEADS, LIMITED, Absence, SigningRight, StandIn
from .models.teams import in_force_on


def in_force(organization: Organization, day: datetime.date) -> QuerySet[SigningRight]:
    """The rights of one organization on a day, of people with an open account who belong to it that day."""
    belongs = Membership.objects.on(day).filter(user=OuterRef("person"), organization=organization)
    rights = SigningRight.objects.on(day).filter(organization=organization, person__is_active=True)
    return rights.filter(Exists(belongs)).select_related("person", "paper")


def proposed(
    organization: Organization,
    day: datetime.date,
    unit: Unit | None = None,
    campaign: Campaign | None = None,
    but: User | None = None,
) -> list[SigningRight]:
    """The rights to choose from, best first; each gets `away`: its person is absent that day. Four queries.

    Those assigned the unit or campaign come first, then the head, then other deputies, since rights overlap
    (quy chế làm việc); the absent come last. `but`, the drafter, never signs. TL. and TUQ. reach no further
    than the units and campaigns they name.
    """
    rights = in_force(organization, day).prefetch_related("units", "campaigns")
    if but is not None:
        rights = rights.exclude(person=but)
    away = set(Absence.objects.on(day).filter(organization=organization).values_list("person", flat=True))
    ranked = []
    for right in rights:
        rank = _rank(right, unit, campaign)
        if rank is not None:
            right.away = right.person_id in away  # type: ignore[attr-defined]
            ranked.append((right.person_id in away, *rank, right.pk, right))
    return [found[-1] for found in sorted(ranked, key=lambda found: found[:-1])]


def _rank(right: SigningRight, unit: Unit | None, campaign: Campaign | None) -> tuple[int, int] | None:
    """How early a right is proposed, the smaller the earlier; None when it does not reach so far."""
    units = {row.pk for row in right.units.all()}
    campaigns = {row.pk for row in right.campaigns.all()}
    named = (unit is not None and unit.pk in units) + (campaign is not None and campaign.pk in campaigns)
    if right.kind in LIMITED:
        return (3, -named) if named or not (units or campaigns) else None
    if named:
        return 0, -named
    return (1, 0) if right.kind in HEADS else (2, 0)


def refusal(right: SigningRight | None, person: User, day: datetime.date) -> str:
    """Why this person may not sign by this right on this day, as the sentence he reads; "" when he may.

    Absence is no reason: who is back early may sign. That the signer is not the drafter is asked elsewhere.
    """
    if right is None:
        return f"{person} không có quyền ký có hiệu lực ngày {format_date(day)}. Hãy chọn người ký khác."
    if right.person_id != person.pk:
        return f"Quyền ký này là của {right.person}, không phải của {person}."
    if not person.is_active:
        return f"Tài khoản của {person} đã khóa nên không ký được."
    if right.valid_from and day < right.valid_from:
        return (
            f"Quyền ký của {person} chỉ có hiệu lực từ ngày {format_date(right.valid_from)}, "
            f"chưa có ngày {format_date(day)}."
        )
    if right.valid_to and day > right.valid_to:
        return f"Quyền ký của {person} đã hết hiệu lực sau ngày {format_date(right.valid_to)}."
    if not Membership.objects.on(day).filter(user=person, organization=right.organization_id).exists():
        return f"Ngày {format_date(day)}, {person} không giữ vai trò nào ở đơn vị nên không ký được."
    return ""


def lines_of(right: SigningRight) -> tuple[str, ...]:
    """The authority lines above the name, top first."""
    return tuple(line.strip() for line in right.lines.splitlines() if line.strip())


def holders(
    organization: Organization, role: str, day: datetime.date, unit: Unit | None = None
) -> QuerySet[User]:
    """Open accounts that hold a role on a day, themselves or as stand-ins; one query.

    With a unit: only those who hold it there, or whose role names no unit.
    """
    there = Q(unit=unit) | Q(unit=None) if unit else Q()
    held = Membership.objects.filter(in_force_on(day), there, organization=organization, role=role)
    stood_in = StandIn.objects.filter(in_force_on(day), there, organization=organization, role=role)
    belongs = Membership.objects.filter(in_force_on(day), organization=organization)
    return User.objects.filter(
        Q(pk__in=held.values("user"))
        | Q(pk__in=stood_in.values("person")) & Q(pk__in=belongs.values("user")),
        is_active=True,
    )
