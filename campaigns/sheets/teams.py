"""Teams with their members as a table: one row a member, the team named on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..citations import read
from ..models import Member, Neighbourhood, Paper, Team
from ..models.owned import Actor
from ..register import known_papers
from ..search import fold
from . import values
from .base import Column, Given, Planned, Sheet, Table, put
from .writing import update_rows

TEAM = ("name", "formed_on", "stated_headcount")
MEMBER = ("full_name", "part", "post", "valid_from", "valid_to")


class TeamSheet(Sheet):
    key, title, noun = "to", "Tổ và thành viên", "dòng"
    columns = (
        Column(
            "name", "Tên tổ", required=True, longest=300, width=40, hint="Ghi ở mỗi dòng, hoặc gộp ô theo tổ."
        ),
        Column("place", "Tổ dân phố", longest=100, width=28, hint="Bỏ trống: tổ của toàn phường."),
        Column(
            "decision",
            "Quyết định",
            longest=500,
            width=30,
            hint="Ví dụ: 616/QĐ-UBND, đã có trong sổ văn bản.",
        ),
        Column("formed_on", "Thành lập ngày", values.day),
        Column("stated_headcount", "Số thành viên theo quyết định", values.whole),
        Column("full_name", "Họ và tên", longest=100, width=28, also=("Họ tên", "Thành viên")),
        Column("part", "Nhiệm vụ trong tổ", longest=100, also=("Nhiệm vụ",), hint="Tổ trưởng, tổ viên…"),
        Column("post", "Chức vụ, đơn vị", longest=200, width=30, also=("Chức vụ",)),
        Column("valid_from", "Vào tổ từ ngày", values.day, also=("Từ ngày",)),
        Column("valid_to", "Đến ngày", values.day),
    )
    example = (
        "Tổ công nghệ số cộng đồng số 1",
        "Tổ dân phố số 1",
        "616/QĐ-UBND",
        "22/9/2025",
        "5",
        "Nguyễn Văn A",
    )

    def plan(self, actor: Actor, table: Table) -> list[Planned]:
        places = {fold(row.name): row for row in Neighbourhood.objects.visible_to(actor)}
        decisions = self._decisions(actor, table)
        held = self._held(actor)
        members = self._members(actor)
        seen: dict[Any, int] = {}
        planned: list[Planned] = []
        for given in table.rows:
            place = self._place(table, given, places)
            name = given.data.get("name")
            if not name or place is False:
                continue
            key = (fold(name), place and place.pk)
            is_new = key not in held
            team = held.setdefault(key, Team(organization=actor.organization, neighbourhood=place, name=name))
            row = self._team(given, team, decisions.get(given.row), is_new)
            if row.act != "same" or ("team", key) not in seen:
                planned.append(row)
            seen[("team", key)] = given.row
            planned += self._member(table, given, team, key, members, seen)
        return planned

    def _held(self, actor: Actor) -> dict[Any, Team]:
        """Teams by folded name and place; of several the one formed last."""
        rows = (
            Team.objects.visible_to(actor)
            .select_related("decision", "neighbourhood")
            .order_by("formed_on", "id")
        )
        return {(fold(team.name), team.neighbourhood_id): team for team in rows}

    def _members(self, actor: Actor) -> dict[Any, Member]:
        found: dict[Any, Member] = {}
        for member in Member.objects.visible_to(actor).order_by("id"):
            found[member.team_id, fold(member.full_name), member.valid_from] = member
            found.setdefault((member.team_id, fold(member.full_name), None), member)
        return found

    def _decisions(self, actor: Actor, table: Table) -> dict[int, Paper]:
        """The paper of the register that each row names, by row; one query."""
        asked = [(given, read(given.data["decision"])) for given in table.rows if "decision" in given.data]
        cited = [(given, citation) for given, citation in asked if citation and citation.number]
        papers = known_papers(Paper.objects.visible_to(actor), [citation for _, citation in cited])
        found = {given.row: paper for (given, _), paper in zip(cited, papers, strict=True) if paper}
        for given, _ in asked:
            if given.row not in found:
                words = f"Sổ văn bản chưa có “{given.data['decision'][:80]}”. Hãy ghi văn bản trước, hoặc bỏ trống."
                self.fault(table, given.row, "decision", words)
        return found

    def _place(self, table: Table, given: Given, places: Any) -> Any:
        name = given.data.get("place")
        if not name or fold(name) == "toan phuong":
            return None
        found = places.get(fold(name))
        if found is None:
            self.fault(table, given.row, "place", f"Không có tổ dân phố “{name}”.")
            return False
        return found

    def _team(self, given: Given, team: Team, decision: Paper | None, is_new: bool) -> Planned:
        before = {} if is_new else self.told(_team_state(team))
        put(team, given.data, TEAM[1:])
        team.decision = decision or team.decision
        return Planned(given.row, team, team.name, before, self.told(_team_state(team)), is_new)

    def _member(
        self,
        table: Table,
        given: Given,
        team: Team,
        key: Any,
        members: dict[Any, Member],
        seen: dict[Any, int],
    ) -> list[Planned]:
        """The person of the row; a row of the team alone has none."""
        name = given.data.get("full_name")
        if not name:
            return []
        start = given.data.get("valid_from")
        if not self.once(table, given.row, (key, fold(name), start), seen):
            return []
        found = members.get((team.pk, fold(name), start)) if team.pk else None
        member = found or Member(team=team)
        before = self.told(_member_state(member)) if found else {}
        put(member, given.data, MEMBER)
        if member.valid_from and member.valid_to and member.valid_to < member.valid_from:
            self.fault(table, given.row, "valid_to", "Ngày kết thúc không được trước ngày bắt đầu.")
        told = f"{team.name}: {member.full_name}"
        return [Planned(given.row, member, told, before, self.told(_member_state(member)), found is None)]

    def write(self, actor: Actor, planned: Sequence[Planned]) -> None:
        rows: dict[tuple[type, str], dict[int, Any]] = defaultdict(dict)
        for row in planned:
            rows[type(row.target), "add" if row.target.pk is None else row.act][id(row.target)] = row.target
        Team.objects.bulk_create(rows[Team, "add"].values(), batch_size=500)
        update_rows(Team, list(rows[Team, "change"].values()), (*TEAM, "decision", "search"))
        Member.objects.bulk_create(rows[Member, "add"].values(), batch_size=500)
        update_rows(Member, list(rows[Member, "change"].values()), MEMBER)

    def export(self, actor: Actor) -> Iterable[Sequence[Any]]:
        teams = Team.objects.visible_to(actor).select_related("decision", "neighbourhood").order_by("id")
        for team in teams.prefetch_related("members"):
            head = _team_state(team)
            for member in team.members.all() or (None,):
                state = head | (_member_state(member) if member else {})
                yield tuple(state.get(column.key, "") for column in self.columns)


def _team_state(team: Team) -> dict[str, Any]:
    return {
        "name": team.name,
        "place": team.neighbourhood.name if team.neighbourhood else "",
        "decision": team.decision.code if team.decision else "",
        "formed_on": team.formed_on,
        "stated_headcount": team.stated_headcount,
    }


def _member_state(member: Member) -> dict[str, Any]:
    return {key: getattr(member, key) for key in MEMBER}
