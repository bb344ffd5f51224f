"""Writes the demonstration into an empty database: registers first, then the three reports."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import holidays
from campaigns.models import (
    Campaign,
    Indicator,
    Member,
    Membership,
    Neighbourhood,
    Organization,
    Paper,
    PaperLink,
    Reading,
    SigningRight,
    Team,
    Term,
    Unit,
    User,
    calendar_for,
)
from reports import mentions, workflow
from reports.document import nodes
from reports.facts import gather, wordings
from reports.letters import draft_from
from reports.models import (
    Block,
    Outline,
    OutlineSection,
    Report,
    ReportRequest,
    Section,
    SignatureBlock,
)
from reports.models.reports import FramePart, SectionState

from . import corrected, numbers, outline, registered
from . import registers as r
from .markup import Part, Writer

HOUR = datetime.time(17, 0)  # of deadlines, Vietnam time


class Demonstration:
    """One loading; `ids` leads from the short names of the data to rows: ("paper", "kh98") -> 12."""

    def __init__(self, password: str, domain: str, today: datetime.date) -> None:
        self.password, self.domain, self.today = password, domain, today
        self.ids: dict[tuple[str, str], int] = {}
        self.organizations: dict[str, Organization] = {}
        self.users: dict[str, User] = {}

    @transaction.atomic
    def load(self) -> None:
        """All or nothing."""
        self._organizations()
        self._people()
        self.ward = self.organizations[r.WARD]
        holidays.load(self.ward)
        self.campaign = Campaign.objects.create(organization=self.ward, name=r.CAMPAIGN, started_on=r.FOUNDED)
        Term.objects.bulk_create(
            Term(campaign=self.campaign, text=text, abbreviation=short, note=note)
            for text, short, note in r.TERMS
        )
        self._rights()
        self._papers()
        self._teams()
        self._indicators()
        self._readings()
        self.outline = self._outline()
        request = self._request()
        self._registered(request)
        self._corrected(request)
        self._live()

    # --- who there is -----------------------------------------------------------------------------

    def _organizations(self) -> None:
        for code, fields in r.ORGANIZATIONS.items():
            parent = self.organizations.get(fields.get("parent", ""))
            self.organizations[code] = Organization.objects.create(code=code, **{**fields, "parent": parent})
        ward = self.organizations[r.WARD]
        Unit.objects.bulk_create(
            Unit(organization=ward, code=code, name=name) for code, name in r.UNITS.items()
        )

    def _people(self) -> None:
        units = {unit.code: unit for unit in Unit.objects.filter(organization__code=r.WARD)}
        for account, name, roles in r.PEOPLE:
            user = User.objects.create_user(f"{account}@{self.domain}", self.password, full_name=name)
            self.users[account] = user
            Membership.objects.bulk_create(
                Membership(
                    user=user,
                    organization=self.organizations[where],
                    role=role,
                    unit=units.get(unit),
                    post=post,
                )
                for where, role, unit, post in roles
            )

    def _rights(self) -> None:
        for account, kind, lines, notice, scope, units in r.RIGHTS:
            right = SigningRight.objects.create(
                organization=self.ward,
                person=self.users[account],
                kind=kind,
                lines=lines,
                notice=notice,
                scope=scope,
                valid_from=r.FOUNDED,
            )
            right.units.set(Unit.objects.filter(organization=self.ward, code__in=units))
            right.campaigns.set([self.campaign] if units else [])

    # --- what it knows ----------------------------------------------------------------------------

    def _papers(self) -> None:
        for name, (kind, number, symbol, day, issuer, issued_by, subject, note) in r.PAPERS.items():
            paper = Paper.objects.create(
                holder=self.ward,
                kind=kind,
                number=number,
                symbol=symbol,
                issued_on=day,
                issuer=issuer,
                subject=subject,
                note=note,
            )
            paper.issuers.add(self.organizations[issued_by])
            paper.campaigns.add(self.campaign)
            self.ids["paper", name] = paper.pk
        PaperLink.objects.bulk_create(
            PaperLink(source_id=self.ids["paper", source], kind=kind, target_id=self.ids["paper", target])
            for source, kind, target in r.LINKS
        )

    def _team(self, name: str, decision: str, **fields: Any) -> Team:
        return Team.objects.create(
            organization=self.ward,
            campaign=self.campaign,
            name=name,
            decision_id=self.ids.get(("paper", decision)),
            formed_on=r.PAPERS[decision][3] if decision else None,
            **fields,
        )

    def _teams(self) -> None:
        for name, (called, decision, headcount, parent, note) in r.TEAMS.items():
            team = self._team(
                called,
                decision,
                stated_headcount=headcount,
                parent_id=self.ids.get(("team", parent)),
                note=note,
            )
            self.ids["team", name] = team.pk
        own = self.ids["team", "cnscd-ubnd"]
        Member.objects.bulk_create(
            Member(team_id=own, full_name=name, part=part, post=post) for name, part, post in r.MEMBERS
        )
        self.places = Neighbourhood.objects.bulk_create(
            Neighbourhood(
                organization=self.ward,
                name=r.NEIGHBOURHOOD.format(number),
                order=number,
                valid_from=r.FOUNDED,
            )
            for number in range(1, r.NEIGHBOURHOODS + 1)
        )
        for place, headcount in zip(self.places, r.MEMBERS_BY_PLACE, strict=True):
            self._team(
                r.TEAM_OF.format(place.name),
                "qd616",
                neighbourhood=place,
                parent_id=self.ids["team", "cnscd"],
                stated_headcount=headcount,
                note=f"Tên tổ dân phố và số thành viên là {r.INVENTED}; tổng 27 tổ là 137 như báo cáo.",
            )

    def _indicators(self) -> None:
        for order, (code, (name, unit, measure, accumulation, definition)) in enumerate(
            r.INDICATORS.items(), 1
        ):
            indicator = Indicator.objects.create(
                organization=self.ward,
                campaign=self.campaign,
                code=code,
                name=name,
                unit=unit,
                measure=measure,
                accumulation=accumulation,
                definition=definition,
                source=r.STATED,
                order=order,
            )
            self.ids["figure", code] = indicator.pk

    def _reading(
        self, code: str, value: int | tuple[int, int], as_of: datetime.date, **fields: Any
    ) -> Reading:
        numbers = (
            {"numerator": value[0], "denominator": value[1]} if isinstance(value, tuple) else {"value": value}
        )
        begin, end = r.PERIOD
        return Reading(
            indicator_id=self.ids["figure", code],
            period_from=begin,
            period_to=min(end, as_of),
            as_of=as_of,
            **numbers,
            **{"source": r.STATED, **fields},
        )

    def _readings(self) -> None:
        Reading.objects.bulk_create(self._reading(code, value, day) for code, value, day in r.READINGS)
        contest = dict((code, day) for code, _, day in r.READINGS)["thi-sinh"]
        columns = (
            ("thanh-vien", r.MEMBERS_BY_PLACE, r.PERIOD[1]),
            ("thi-sinh", r.CONTEST_BY_PLACE, contest),
            ("nhom-zalo", (1,) * r.NEIGHBOURHOODS, r.PERIOD[1]),
        )
        Reading.objects.bulk_create(
            self._reading(code, value, day, neighbourhood=place, source=r.INVENTED)
            for code, values, day in columns
            for place, value in zip(self.places, values, strict=True)
        )

    # --- what is asked ----------------------------------------------------------------------------

    def _outline(self) -> Outline:
        made = Outline.objects.create(organization=self.ward, campaign=self.campaign, name=outline.NAME)
        for order, part in enumerate(outline.PARTS):
            self._outline_section(made, part, order, None)
        return made

    def _outline_section(self, made: Outline, part: Part, order: int, parent: OutlineSection | None) -> None:
        section = OutlineSection.objects.create(
            outline=made,
            parent=parent,
            order=order,
            heading=part.heading,
            guidance=part.guidance,
            question=part.question,
            kinds=list(part.kinds),
        )
        section.indicators.set(self.ids["figure", code] for code in part.indicators)
        for at, below in enumerate(part.parts):
            self._outline_section(made, below, at, section)

    def _asked(self, paper_id: int, **fields: Any) -> ReportRequest:
        return ReportRequest.objects.create(
            organization=self.ward,
            paper_id=paper_id,
            sender=self.organizations["skhcn-hai-phong"],
            campaign=self.campaign,
            outline=self.outline,
            **{**r.LETTER, **fields},
        )

    def _request(self) -> ReportRequest:
        begin, end = r.PERIOD
        return self._asked(
            self.ids["paper", "cv1885"],
            deadline=at_hour(end),
            internal_deadline=at_hour(datetime.date(2026, 5, 18)),
            period_from=begin,
            period_to=end,
            cut_off=end,
        )

    # --- what it writes ---------------------------------------------------------------------------

    def _report(self, request: ReportRequest, written: Any, **fields: Any) -> Report:
        begin, end = r.PERIOD
        unit = Unit.objects.get(organization=self.ward, code="VHXH")
        report = Report.objects.create(
            organization=self.ward,
            campaign=self.campaign,
            outline=self.outline,
            drafter=self.users["soanthao"],
            unit=unit,
            symbol="BC-UBND",
            subject=written.SUBJECT,
            recipients=written.RECIPIENTS,
            period_from=begin,
            period_to=end,
            cut_off=end,
            **fields,
        )
        report.requests.add(request)
        SignatureBlock.objects.create(report=report, **written.SIGNATURE)
        self._sections(report, (written.OPENING, *written.BODY, written.CLOSING))
        return report

    def _sections(self, report: Report, parts: tuple[Part, ...]) -> None:
        """Sections with their blocks, and the blocks' mentions as rows."""
        everything = [nodes.Mention(kind, str(pk)) for (kind, _), pk in self.ids.items()]  # type: ignore[arg-type]
        writer = Writer(self.ids, wordings(gather(report, everything)))
        blocks: list[Block] = []
        for order, part in enumerate(parts):
            self._section(report, part, order, None, writer, blocks)
        Block.objects.bulk_create(blocks)
        mentions.rewrite(self.ward, blocks)

    def _section(
        self,
        report: Report,
        part: Part,
        order: int,
        parent: Section | None,
        writer: Writer,
        blocks: list[Block],
    ) -> None:
        done = bool(report.number)
        section = Section.objects.create(
            report=report,
            parent=parent,
            part=part.place,
            order=order,
            label=part.label,
            heading=part.heading,
            state=SectionState.DONE if done else SectionState.WRITING,
        )
        blocks += [
            Block(section=section, order=at, kind=made.kind, content=writer.content(made))
            for at, made in enumerate(part.pieces)
        ]
        for at, below in enumerate(part.parts):
            self._section(report, below, at, section, writer, blocks)

    def _registered(self, request: ReportRequest) -> None:
        report = self._report(
            request,
            registered,
            number="274",
            issued_on=r.PERIOD[1],
            place_date=registered.PLACE_DATE,
            omitted=[FramePart.ADDRESSEES.value],
        )
        numbers.load(self.ward, self.users["vanthu"], report)
        workflow.enter_issued(report, self.users["vanthu"])

    def _corrected(self, request: ReportRequest) -> None:
        self._report(request, corrected, addressees=corrected.ADDRESSEES, signer=self.users["phochutich"])

    def _live(self) -> None:
        """A letter of today and the empty draft that answers it."""
        calendar = calendar_for(self.ward)
        due = calendar.after(self.today, 2)
        paper = Paper.objects.create(
            holder=self.ward,
            kind="công văn",
            number="2350",
            symbol="SKHCN-TTTT",
            issued_on=self.today,
            issuer="Sở Khoa học và Công nghệ thành phố",
            subject="báo cáo kết quả triển khai phong trào “Bình dân học vụ số”",
            note=f"Công văn này là {r.INVENTED}.",
        )
        paper.issuers.add(self.organizations["skhcn-hai-phong"])
        paper.campaigns.add(self.campaign)
        request = self._asked(
            paper.pk,
            arrival_number="2467",
            arrived_on=self.today,
            deadline_text=f"trước 17 giờ 00 ngày {due.day}/{due.month}/{due.year}",
            deadline=at_hour(due),
            internal_deadline=at_hour(calendar.after(self.today, 1)),
            period_from=r.FOUNDED,
            period_to=self.today,
            cut_off=self.today,
        )
        draft_from(request, self.users["soanthao"])


def at_hour(day: datetime.date) -> datetime.datetime:
    """The end of office hours of a day, in Vietnam."""
    return timezone.make_aware(datetime.datetime.combine(day, HOUR))
