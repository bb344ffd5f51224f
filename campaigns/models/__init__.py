"""The tables of what a ward knows."""

from .campaigns import Campaign, Term
from .events import Chain, Event
from .indicators import Indicator, Reading
from .organizations import Membership, Organization, Role, Unit, User
from .papers import Decision, Dispatch, Paper, PaperLink, Plan
from .teams import Member, Neighbourhood, Team

__all__ = [
    "Campaign",
    "Chain",
    "Decision",
    "Dispatch",
    "Event",
    "Indicator",
    "Member",
    "Membership",
    "Neighbourhood",
    "Organization",
    "Paper",
    "PaperLink",
    "Plan",
    "Reading",
    "Role",
    "Team",
    "Term",
    "Unit",
    "User",
]
