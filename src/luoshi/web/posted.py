"""Addresses that only take forms: nobody is ever led to one as to a page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

View = Callable[..., object]


def posted_only(view: View) -> View:
    """A view that answers POST alone, and says so."""
    guarded = require_POST(view)
    guarded.is_posted_only = True
    return guarded


def is_page(request: HttpRequest, target: str) -> bool:
    """Whether the address is a page of this site that can be opened."""
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return False
    try:
        view = resolve(urlsplit(target).path).func
    except Resolver404:
        return False
    return not getattr(view, "is_posted_only", False)


def page_behind(request: HttpRequest) -> str:
    """The page the request was made from or for: itself, the one its form stood on, or the overview."""
    here = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    came_from = f"{here.path}?{here.query}" if here.query else here.path
    asked = request.get_full_path() if request.method in {"GET", "HEAD"} else came_from
    for target in (asked, came_from, request.get_full_path()):
        if target and is_page(request, target):
            return target
    return reverse("overview")
