"""What holds for every page: sign in first, a strict content policy, refusals rendered as pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.desk import desk
from luoshi.web.factor import lacks_factor
from luoshi.web.guest import VOUCHED, turned_away
from luoshi.web.views.errors import refused

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OPEN = {"sign-in", "sign-in-code", "openid", "openid-back", "display", "calendar"}
"""Pages that need no account."""
HALFWAY = {"password", "sign-out", "display"}
"""Pages reachable before a first password was changed."""
SETTING_UP = HALFWAY | {"factor"}
"""Pages reachable before a second factor was set up that the reader's role asks for."""

REGISTERS = {
    "notices",
    "notice",
    "notice-choices",
    "letters",
    "letters-retry",
    "lists",
    "list",
    "list-move",
    "list-sheet",
    "list-sheet-file",
    "view",
    "export",
    "entry",
    "move",
    "open",
    "delegation",
    "handover",
    "security-log",
    "accounts",
}
"""What the separated administrators have use for; what they see there is left to each list."""

View = Callable[..., HttpResponse]


class PageMiddleware:
    """页面中间件: guards every page of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy set, and pages kept out of shared caches."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            message = "这个地址只用来提交表单，不能直接打开。"
            response = refused(request, Refusal("web.only_posted", message, HTTPStatus.METHOD_NOT_ALLOWED))
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: View, *_: object) -> HttpResponse | None:
        """Send guests to the sign-in page, and first passwords to be changed."""
        if any("\0" in text for texts in request.GET.lists() for text in texts[1]):
            return refused(request, Refusal("web.bad_address", "链接里有无法识别的字符，请从总览进入。", 400))
        match = request.resolver_match
        name = match.url_name if match else ""
        if name in OPEN or getattr(view, "is_api", False) or (match and match.namespace):
            return None
        user = request.user
        if not user.is_authenticated:
            return turned_away(request)
        _prolong(request)
        if user.must_change_password and name not in HALFWAY and not request.session.get(VOUCHED):
            return redirect("password")
        if name in SETTING_UP:
            return None
        return redirect("factor") if lacks_factor(request) else _kept_out(request, name)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal no view has rendered in its form becomes a page of its own."""
        return refused(request, exception.refusal) if isinstance(exception, Refused) else None


def _prolong(request: HttpRequest) -> None:
    """Put off the end of the session while someone works; written at most twice in its length."""
    now = int(time.time())
    if now - request.session.get("touched", 0) > settings.SESSION_COOKIE_AGE / 2:
        request.session["touched"] = now


def _kept_out(request: HttpRequest, name: str) -> HttpResponse | None:
    """Accounts without a post see nothing; administrators see registers, no business data (domain.md §14.5)."""
    posts = desk(request).actor.posts
    if not posts:
        message = "您的账号还没有岗位，因此看不到内容。请联系系统管理员登记岗位。"
        return refused(request, Refusal("web.no_post", message, 403))
    if name in REGISTERS or not all(post.role.is_administrator for post in posts):
        return None
    if name == "overview":
        return redirect("lists")
    return refused(request, Refusal("web.administrators_only", "系统、安全、审计三类管理员不查看业务内容。", 403))
