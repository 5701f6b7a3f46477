"""What holds for every page: sign in first, a strict content policy, refusals rendered as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from luoshi.terms.refusal import Refused
from luoshi.web.views.errors import refused

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OPEN = {"sign-in", "display"}
"""Pages that need no account."""
HALFWAY = {"password", "sign-out", "display"}
"""Pages reachable before a first password was changed."""

View = Callable[..., HttpResponse]


class PageMiddleware:
    """页面中间件: guards every page of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy set, and pages kept out of shared caches."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: View, *_: object) -> HttpResponse | None:
        """Send guests to the sign-in page, and first passwords to be changed."""
        match = request.resolver_match
        name = match.url_name if match else ""
        if name in OPEN or getattr(view, "is_api", False) or (match and match.namespace):
            return None
        user = request.user
        if not user.is_authenticated:
            target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
            return redirect(target)
        if user.must_change_password and name not in HALFWAY:
            return redirect("password")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal no view has rendered in its form becomes a page of its own."""
        return refused(request, exception.refusal) if isinstance(exception, Refused) else None
