"""The reader's desk, made once for each request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.acts.clock import now, today
from luoshi.acts.context import Context, context_for
from luoshi.store.models import Account
from luoshi.store.queries.desk import Desk, desk_for, turned_to


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk of whoever is signed in; None for a guest."""
    held: Any = request
    if not hasattr(held, "luoshi_desk"):
        user: Any = getattr(request, "user", None)
        wanted = _month_of(request)
        signed_in = user is not None and user.is_authenticated
        held.luoshi_desk = _made(request, user, wanted) if signed_in else None
    found: Desk | None = held.luoshi_desk
    return found


def _made(request: HttpRequest, account: Account, wanted: str) -> Desk:
    """With the plan a form was made for, the one asked for, or the one last asked for in this session."""
    asked = request.POST.get("plan", "") or request.GET.get("plan", "")
    known = str(request.session.get("plan", ""))
    found = desk_for(account, today(), wanted, asked or known)
    if asked and asked != known and asked == found.plan_id:
        request.session["plan"] = asked
    return found


def _month_of(request: HttpRequest) -> str:
    return request.GET.get("as_of", "")[:7] or request.GET.get("period", "")


def turn_to(request: HttpRequest, plan: str) -> Desk:
    """Put the plan of what is looked at on the reader's desk, for this page only."""
    held: Any = request
    found = desk(request)
    if plan != found.plan_id:
        held.luoshi_desk = turned_to(found, plan, _month_of(request))
    return desk(request)


def desk(request: HttpRequest) -> Desk:
    """The desk of the reader; pages that ask for it are only reached signed in."""
    found = desk_of(request)
    if found is None:
        raise PermissionError("no desk without signing in")
    return found


def context(request: HttpRequest) -> Context:
    """Who acts, now."""
    account: Any = request.user
    return context_for(account, now())
