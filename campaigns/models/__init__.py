"""The tables of what a ward knows."""

from .calendar import DayOff, calendar_for
from .campaigns import Campaign, Term
from .events import Chain, Event
from .imports import ImportState, SheetImport
from .indicators import Indicator, Reading
from .invitations import Invitation
from .organizations import Membership, Organization, Role, Unit, User
from .papers import Decision, Dispatch, Paper, PaperLink, Plan
from .rights import Absence, RightKind, SigningRight, StandIn
from .setup import Setup
from .teams import Member, Neighbourhood, Team

__all__ = [
    "Absence",
    "Campaign",
    "Chain",
    "DayOff",
    "Decision",
    "Dispatch",
    "Event",
    "ImportState",
    "Indicator",
    "Invitation",
    "Member",
    "Membership",
    "Neighbourhood",
    "Organization",
    "Paper",
    "PaperLink",
    "Plan",
    "Reading",
    "RightKind",
    "Role",
    "Setup",
    "SheetImport",
    "SigningRight",
    "StandIn",
    "Team",
    "Term",
    "Unit",
    "User",
    "calendar_for",
]
