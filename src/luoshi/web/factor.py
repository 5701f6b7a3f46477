"""Whether the reader has still to set up the second factor that a post asks for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from luoshi.acts.second_factor import factor_of
from luoshi.web.desk import desk

HAS = "has_factor"
"""In the session, once the second factor was found: it is asked for once in a session, not for every page."""


def asks_factor(request: HttpRequest) -> bool:
    """Whether one of the reader's posts is of a role that signs in with a second factor."""
    wanted = set(settings.LUOSHI_SECOND_FACTOR)
    return bool(wanted) and any(post.role.value in wanted for post in desk(request).actor.posts)


def lacks_factor(request: HttpRequest) -> bool:
    """Whether nothing else is shown before the second factor is set up."""
    if request.session.get(HAS) or not asks_factor(request):
        return False
    account: Any = request.user
    if factor_of(account) is None:
        return True
    request.session[HAS] = True
    return False
