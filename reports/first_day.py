"""What a new organization is proposed, so that the first day is mostly reading and agreeing."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.text import slugify

from campaigns.kinds import KINDS
from campaigns.models import Organization, RightKind
from campaigns.models.organizations import OrganizationKind, Role
from campaigns.search import fold

from .signatures import VARIANTS

#: The common noun of each body of the lowest level.
NOUNS = {
    OrganizationKind.WARD: "phường",
    OrganizationKind.COMMUNE: "xã",
    OrganizationKind.ZONE: "đặc khu",
}
_OFFICE = ("VP", "Văn phòng HĐND và UBND")
_CULTURE = ("VHXH", "Phòng Văn hóa - Xã hội")
_ONE_DOOR = ("PVHCC", "Trung tâm Phục vụ hành chính công")
#: Units and codes in use since 01/7/2025; the head of the agency decides on the codes (NĐ 30 Phụ lục I, II.3).
UNITS = {
    OrganizationKind.COMMUNE: (_OFFICE, ("KT", "Phòng Kinh tế"), _CULTURE, _ONE_DOOR),
    OrganizationKind.WARD: (_OFFICE, ("KTHTĐT", "Phòng Kinh tế, Hạ tầng và Đô thị"), _CULTURE, _ONE_DOOR),
    OrganizationKind.ZONE: (_OFFICE, ("KTHTĐT", "Phòng Kinh tế, Hạ tầng và Đô thị"), _CULTURE, _ONE_DOOR),
}
#: Series a ward opens first: the reports, and what reports cite most.
SERIES = ("báo cáo", "công văn", "kế hoạch", "quyết định", "thông báo", "tờ trình")
#: What each right to sign prints above the name.
LINES = {
    RightKind.CHAIRMAN: VARIANTS["tm"].text,
    RightKind.DEPUTY: VARIANTS["tm-kt"].text,
    RightKind.ACTING: VARIANTS["tm-q"].text,
    RightKind.BY_ORDER: VARIANTS["tl"].text,
    RightKind.AUTHORISED: VARIANTS["tuq"].text,
}


def named(kind: str, own_name: str) -> dict[str, Any]:
    """Every field of an organization that follows from its kind and its own name: "ward", "Nhị Chiểu"."""
    own_name = " ".join(own_name.split())
    noun = NOUNS.get(OrganizationKind(kind))
    if noun is None:
        short, fields = own_name, {"name": own_name, "short_name": "", "letterhead": own_name.upper()}
        return {**fields, "kind": kind, "code": code_for(short), "symbol_code": initials(own_name)}
    short = f"UBND {noun} {own_name}"
    # The noun is printed where the name is a number (NĐ 30 Phụ lục I, II.4): "Phường 5, ngày …"
    is_number = own_name.isdecimal()
    return {
        "kind": kind,
        "name": f"Ủy ban nhân dân {noun} {own_name}",
        "short_name": short,
        "code": code_for(short),
        "letterhead": f"ỦY BAN NHÂN DÂN\n{noun.upper()} {own_name.upper()}",
        "symbol_code": "UBND",
        "place_name": own_name,
        "place_noun": noun.capitalize() if is_number else "",
    }


def own_name(organization: Organization) -> str:
    """What `named` was given, as far as it can be read back from the name."""
    noun = NOUNS.get(OrganizationKind(organization.kind))
    return organization.name.removeprefix(f"Ủy ban nhân dân {noun} ") if noun else organization.name


def initials(name: str) -> str:
    """ "Sở Khoa học và Công nghệ" -> "SKHVCN": a start, which the office corrects."""
    return "".join(word[0] for word in name.split() if word[0].isalpha()).upper()[:20] or "UBND"


def code_for(name: str) -> str:
    """A code no other body has: "ubnd-phuong-nhi-chieu", with a number after it when it is taken."""
    start = slugify(fold(name))[:36] or "don-vi"
    taken = set(Organization.objects.filter(code__startswith=start).values_list("code", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbered) if code not in taken)


def units(organization: Organization) -> list[dict[str, str]]:
    """Units to begin with; none for a body that is not a ward, commune or zone."""
    return [{"code": code, "name": name} for code, name in UNITS.get(OrganizationKind(organization.kind), ())]


def series(organization: Organization, today: datetime.date) -> list[dict[str, Any]]:
    """The year's series to begin with, from the first day the organization worked."""
    opened = datetime.date(today.year, 1, 1)
    begun = max(opened, organization.valid_from) if organization.valid_from else opened
    issuer = organization.symbol_code
    return [
        {
            "kind": KINDS[name].code,
            "name": name.capitalize(),
            "symbol": f"{KINDS[name].code}-{issuer}" if KINDS[name].code else issuer,
            "first_number": 1,
            "year": today.year,
            "starts_on": begun if begun.year == today.year else opened,
        }
        for name in SERIES
    ]


def rights(organization: Organization) -> list[dict[str, Any]]:
    """A right to sign for each leader who has none, read from the post as it is printed."""
    held = organization.memberships.filter(role=Role.LEADER).select_related("user").order_by("pk")
    signing = set(organization.signing_rights.values_list("person", flat=True))
    found = []
    for membership in held:
        if membership.user_id not in signing:
            kind = right_for(membership.post)
            found.append({"person": membership.user_id, "kind": kind, "lines": LINES[kind]})
    return found


def right_for(post: str) -> RightKind:
    """ "Phó Chủ tịch" signs for the chairman, "Quyền Chủ tịch" acts as one."""
    words = fold(post)
    if words.startswith("pho"):
        return RightKind.DEPUTY
    return RightKind.ACTING if words.startswith(("quyen", "q.")) else RightKind.CHAIRMAN
