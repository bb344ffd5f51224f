"""The one way to a row: whoever holds an object has passed here. Strangers get 404, wrong roles 403."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from config import first_day

from .models import Membership, Organization, StandIn
from .models.organizations import KEEPERS, REGISTRARS, WRITERS
from .models.owned import Actor

SESSION_KEY = "organization"
#: Pages on which the first administrator makes the first organization.
SETTING_UP = {"setup_home", "setup_step", "setup_done"}
Row = TypeVar("Row", bound=Model)


class OrganizationMiddleware:
    """Sets `request.actor`: the user, the organization chosen for this sitting, and today's roles there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Who belongs nowhere, or to several places and chose none, is led to the page that says so.

        While there is no account at all, signing in leads to making the first one.
        """
        actor, match = getattr(request, "actor", None), request.resolver_match
        if actor is None and match and match.url_name == "account_login" and first_day.is_open():
            return redirect("setup")
        if actor is None or actor.organization or not getattr(view, "login_required", True):
            return None
        if match is None or match.url_name == "choose_organization" or match.route.startswith("tai-khoan/"):
            return None
        if Membership.objects.exists():
            return redirect("choose_organization")
        return None if match.url_name in SETTING_UP else redirect("setup_home")


def memberships(user: Any) -> QuerySet[Membership]:
    """A user's memberships in force today."""
    return Membership.objects.on(timezone.localdate()).filter(user=user).select_related("organization")


def actor_of(request: HttpRequest) -> Actor:
    """Two queries: today's memberships, and whom the user stands in for there. A closed account has no role."""
    user: Any = request.user
    held = list(memberships(user)) if user.is_active else []
    by_pk = {membership.organization_id: membership.organization for membership in held}
    chosen = request.session.get(SESSION_KEY)
    if chosen not in by_pk:
        chosen = next(iter(by_pk)) if len(by_pk) == 1 else None
    return _actor(user, by_pk.get(chosen), held)


def actor_in(user: Any, organization: Organization) -> Actor:
    """The same for who acts without a browser: a command, a task, a key of the interface."""
    held = list(memberships(user)) if user.is_active else []
    return _actor(user, organization, held)


def _actor(user: Any, organization: Organization | None, held: list[Membership]) -> Actor:
    if organization is None:
        return Actor(user, None, frozenset())
    own = frozenset((m.role, m.unit_id) for m in held if m.organization_id == organization.pk)
    standing_in = tuple(_stand_ins(user, organization.pk)) if own else ()
    roles = frozenset({role for role, _ in own} | {row.role for row in standing_in})
    return Actor(user, organization, roles, standing_in, own)


def _stand_ins(user: Any, organization: int) -> QuerySet[StandIn]:
    """Whom a user stands in for today in one organization."""
    today = StandIn.objects.on(timezone.localdate()).filter(person=user, organization=organization)
    return today.select_related("absent", "unit")


def visible(request: HttpRequest, rows: type[Row] | QuerySet[Row]) -> QuerySet[Row]:
    """The rows of a model or queryset that belong to the asker's organization."""
    queryset: Any = rows if isinstance(rows, QuerySet) else rows._default_manager.all()  # type: ignore[attr-defined]
    return queryset.visible_to(request.actor)  # type: ignore[attr-defined]


def fetch(request: HttpRequest, rows: type[Row] | QuerySet[Row], pk: int) -> Row:
    """One row to look at, or 404."""
    found = visible(request, rows).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def fetch_to_change(request: HttpRequest, rows: type[Row] | QuerySet[Row], pk: int) -> Row:
    """One row to change, or 404 (not ours) or 403 (ours, but the role only reads)."""
    found = fetch(request, rows, pk)
    require(request, *WRITERS)
    return found


def require(request: HttpRequest, *roles: str) -> None:
    """403 unless the asker holds one of the roles today."""
    if not request.actor.has(*roles):  # type: ignore[attr-defined]
        raise PermissionDenied


def may_write(request: HttpRequest) -> bool:
    """Whether to show the buttons that add and change."""
    return request.actor.has(*WRITERS)  # type: ignore[attr-defined]


def may_keep(request: HttpRequest) -> bool:
    """Whether the asker may change what the whole organization shares."""
    return request.actor.has(*KEEPERS)  # type: ignore[attr-defined]


def may_register(request: HttpRequest) -> bool:
    """Whether the asker keeps the register of outgoing papers."""
    return request.actor.has(*REGISTRARS)  # type: ignore[attr-defined]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the organization, and which buttons live."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "actor": actor,
        "organization": actor.organization,
        "may_write": may_write(request),
        "may_keep": may_keep(request),
        "may_register": may_register(request),
    }
