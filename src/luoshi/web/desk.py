"""The reader's desk, made once for each request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.acts.clock import now, today
from luoshi.acts.context import Context, context_for
from luoshi.store.queries.desk import Desk, desk_for


def desk_of(request: HttpRequest) -> Desk | None:
    """The desk of whoever is signed in; None for a guest."""
    held: Any = request
    if not hasattr(held, "luoshi_desk"):
        user: Any = getattr(request, "user", None)
        wanted = request.GET.get("as_of", "")[:7] or request.GET.get("period", "")
        signed_in = user is not None and user.is_authenticated
        held.luoshi_desk = desk_for(user, today(), wanted) if signed_in else None
    found: Desk | None = held.luoshi_desk
    return found


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
