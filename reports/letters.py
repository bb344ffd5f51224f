"""New drafts: from a department's letter, with its outline and opening sentence, or blank."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import citations, rights
from campaigns.models import Membership, Organization, Role, Unit, User
from campaigns.models.organizations import OrganizationKind

from . import history, mentions
from .blocks import KINDS
from .models import Block, Outline, OutlineSection, Report, ReportRequest, Section, SignatureBlock
from .models.outlines import Part
from .signatures import VARIANTS

#: Bodies that work as a collective, so a paper of theirs is signed on its behalf (NĐ 30 Phụ lục I, II.7.a).
COLLECTIVES = (OrganizationKind.WARD, OrganizationKind.COMMUNE, OrganizationKind.ZONE, OrganizationKind.CITY)


@transaction.atomic
def draft_from(request: ReportRequest, by: User) -> Report:
    """A draft that answers a letter: its outline, period and cut-off, the opening sentence that names it, the
    closing one, addressee, recipients and signature block. Every part can be changed afterwards."""
    report = _draft(
        request.organization,
        by,
        campaign=request.campaign,
        outline=request.outline,
        subject=_subject(request),
        period_from=request.period_from,
        period_to=request.period_to,
        cut_off=request.cut_off,
        addressees=_sender(request),
    )
    report.requests.add(request)
    _fill(report, request.outline, _opening(request), _closing(report, _sender(request)))
    return report


@transaction.atomic
def blank_draft(organization: Organization, by: User, **fields: Any) -> Report:
    """A draft that answers no letter; `fields` of Report may be given (subject, campaign, outline, form …)."""
    report = _draft(organization, by, **fields)
    opening = f"<p>{escape(organization.name)} báo cáo như sau:</p>"
    _fill(report, report.outline, opening, _closing(report, ""))
    return report


def _draft(organization: Organization, by: User, **fields: Any) -> Report:
    unit = unit_of(by, organization)
    outline: Outline | None = fields.get("outline")
    report = Report.objects.create(
        **{
            "organization": organization,
            "drafter": by,
            "unit": unit,
            "scheme": outline.scheme if outline else "1-a",
            "symbol": f"BC-{organization.symbol_code}",
            "recipients": _recipients(organization, unit, bool(fields.get("addressees"))),
            **fields,
        }
    )
    SignatureBlock.objects.create(report=report, **_signer(report))
    history.begin(report, by)
    return report


def _signer(report: Report) -> dict[str, str]:
    """The block of the right that is closest to the report today; without recorded rights, the one leader's."""
    today = timezone.localdate()
    proposed = rights.proposed(report.organization, today, report.unit, report.campaign, but=report.drafter)
    if not proposed:
        return _signature(report.organization)
    right = proposed[0]
    Report.objects.filter(pk=report.pk).update(signer=right.person)
    report.signer = right.person
    return {"lines": "\n".join(rights.lines_of(right)), "role": right.role, "name": right.person.full_name}


def unit_of(user: User, organization: Organization) -> Unit | None:
    """The unit in which a person works there today; it keeps a copy and stands in "Lưu: VT, …"."""
    held = Membership.objects.on(timezone.localdate()).filter(user=user, organization=organization)
    membership = held.exclude(unit=None).select_related("unit").first()
    return membership.unit if membership else None


# --- the frame ----------------------------------------------------------------------------------------


def _sender(request: ReportRequest) -> str:
    return request.sender.name if request.sender else request.paper.issuer


def _subject(request: ReportRequest) -> str:
    """“báo cáo kết quả triển khai …” becomes “Kết quả triển khai …”, on the second line the place."""
    asked = request.paper.subject.strip().removeprefix("báo cáo ").removeprefix("Báo cáo ").strip()
    asked = asked[:1].upper() + asked[1:]
    place = _place(request.organization)
    return "\n".join(filter(None, (asked, "" if place in asked else place)))


def _place(organization: Organization) -> str:
    """“trên địa bàn phường Nhị Chiểu” for a ward's report."""
    called = organization.called.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
    return f"trên địa bàn {called}" if organization.kind in COLLECTIVES else ""


def _recipients(organization: Organization, unit: Unit | None, addressed: bool) -> str:
    """The customary lines of ô 9b: the addressee again, the leaders, the files (II.9.b)."""
    noun = {"ward": "phường", "commune": "xã", "zone": "đặc khu", "city": "thành phố"}.get(organization.kind)
    leaders = f"CT và các PCT UBND {noun};" if noun else f"Lãnh đạo {organization.called};"
    kept = ", ".join(filter(None, ("VT", unit.code if unit else "")))
    return "\n".join([*(["Như trên;"] if addressed else []), leaders, f"Lưu: {kept}."])


def _signature(organization: Organization) -> dict[str, str]:
    """The one leader's block where there is one; else the block of a deputy without a name."""
    leaders = Membership.objects.on(timezone.localdate()).filter(organization=organization, role=Role.LEADER)
    found = list(leaders.select_related("user")[:2])
    leader = found[0] if len(found) == 1 else None
    name = leader.user.full_name if leader else ""
    post = leader.post if leader else "Phó Chủ tịch"
    if organization.kind in COLLECTIVES:
        variant = "tm-kt" if post.lower().startswith("phó") else "tm"
        return {"lines": VARIANTS[variant].text, "name": name}
    return {"lines": post.upper() if leader else "", "name": name}


# --- the body -----------------------------------------------------------------------------------------


def _opening(request: ReportRequest) -> str:
    """“Thực hiện Công văn số … của … về việc …, Ủy ban nhân dân phường … báo cáo như sau:”, citation live."""
    words = citations.full(request.paper.citation)
    mention = f'<span data-ref="paper:{request.paper_id}" data-form="full">{escape(words)}</span>'
    return f"<p>Thực hiện {mention}, {escape(request.organization.name)} báo cáo như sau:</p>"


def _closing(report: Report, addressee: str) -> str:
    """“Trên đây là Báo cáo …./.”: the end mark of every template of the decree."""
    subject = report.subject_line
    about = f"{subject[:1].lower()}{subject[1:]}" if subject else f"của {report.organization.called}"
    ending = f". Kính gửi {addressee} tổng hợp./." if addressee else "./."
    return f"<p>{escape(f'Trên đây là Báo cáo {about}{ending}')}</p>"


def _fill(report: Report, outline: Outline | None, opening: str, closing: str) -> None:
    """Opening, the outline's sections with their proposed blocks, closing; a few queries per depth."""
    wanted = list(outline.sections.prefetch_related("indicators")) if outline else []
    sections = _copied(report, wanted)
    blocks = [block for row, section in sections for block in _proposed(row, section)]
    for part, text in ((Part.OPENING, opening), (Part.CLOSING, closing)):
        section = Section.objects.create(report=report, part=part)
        blocks.append(Block(section=section, kind="narrative", content={"html": text}))
    Block.objects.bulk_create(blocks)
    mentions.rewrite(report.organization, blocks)


def _copied(report: Report, wanted: list[OutlineSection]) -> list[tuple[OutlineSection, Section]]:
    """The outline's tree as sections of the report, level by level."""
    below: dict[int | None, list[OutlineSection]] = defaultdict(list)
    for row in wanted:
        below[row.parent_id].append(row)
    made: list[tuple[OutlineSection, Section]] = []
    level: list[tuple[OutlineSection, Section | None]] = [(row, None) for row in below[None]]
    while level:
        sections = Section.objects.bulk_create(_copy(report, row, parent) for row, parent in level)
        pairs = [(row, section) for (row, _), section in zip(level, sections, strict=True)]
        made += pairs
        level = [(child, section) for row, section in pairs for child in below[row.pk]]
    return made


def _copy(report: Report, row: OutlineSection, parent: Section | None) -> Section:
    return Section(
        report=report,
        parent=parent,
        part=row.part,
        order=row.order,
        style=row.style,
        heading=row.heading,
        guidance=row.guidance,
        question=row.question,
        outline_section=row,
    )


def _proposed(row: OutlineSection, section: Section) -> list[Block]:
    """The blocks an outline proposes; the indicators it asks for stand as rows of the indicators block."""
    kinds = [kind for kind in row.kinds if kind in KINDS]
    asked = [{"indicator": indicator.pk} for indicator in row.indicators.all()]
    if asked and "indicators" not in kinds:
        kinds.append("indicators")
    return [
        Block(section=section, order=order, kind=kind, content=_content(kind, asked))
        for order, kind in enumerate(kinds)
    ]


def _content(kind: str, asked: list[dict[str, int]]) -> dict[str, Any]:
    content = KINDS[kind].blank()
    if kind == "indicators" and asked:
        content["rows"] = [
            {"label": "", "form": "", "printed": "", "suffix": "", "mark": "-", **row} for row in asked
        ]
    return content
