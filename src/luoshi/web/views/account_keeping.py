"""账号管理: the table of accounts, and what may be done to each; first passwords are shown once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts import manage_account
from luoshi.acts.clock import now
from luoshi.acts.context import Context
from luoshi.store.queries.accounts_page import accounts
from luoshi.store.queries.delegations import is_keeper
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.desk import context, desk
from luoshi.web.paging import page_of
from luoshi.web.views.lists import pages
from luoshi.web.views.settings import tabs

PAGE = 50
_ACTS: dict[str, tuple[Callable[[Context, str], str | None], str]] = {
    "open": (manage_account.open_account, "账号已开通。"),
    "reset": (manage_account.reset_password, "密码已重置。"),
    "unlock": (manage_account.unlock_account, "锁定已解除。"),
    "end_factor": (manage_account.end_lost_factor, "动态口令已停用。"),
    "close": (manage_account.close_account, "账号已停用，不能再登录。"),
    "reopen": (manage_account.reopen_account, "账号已恢复。"),
}


def _unknown(*_: object) -> str:
    raise Refused(Refusal("web.unknown_deed", "没有这种办理，请从页面上的按钮办理。", 404))


def keeping(request: HttpRequest) -> HttpResponse:
    """Who can sign in; a keeper of posts opens, resets, unlocks and closes accounts."""
    reader = desk(request)
    if not is_keeper(reader):
        raise Refused(Refusal("web.not_keeper_of_accounts", "账号由督查室或系统管理员管理。", 403))
    refusal, shown = None, None
    if request.method == "POST":
        username = request.POST.get("account", "")
        try:
            deed, said = _ACTS.get(request.POST.get("move", ""), (_unknown, ""))
            password = deed(context(request), username)
            if not password:
                messages.success(request, f"“{username}”{said}")
                return redirect(request.get_full_path())
            shown = {"account": username, "password": password}
        except Refused as refused:
            refusal = refused.refusal
    written = request.GET.get("q", "").strip()
    found = accounts(reader, now(), written)
    count = max(1, -(-len(found) // PAGE))
    page = page_of(request, count)
    values = {
        "section": "accounts" if all(post.role.is_administrator for post in reader.actor.posts) else "assign",
        "title": "账号管理",
        "tabs": tabs("accounts") if reader.is_supervisor else [],
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "page": pages(request, page, count, len(found)),
        "total": len(found),
        "waiting": sum(1 for one in found if not one["is_open"]),
        "shown": shown,
        "own": reader.actor.account,
        "q": written,
        "refusal": refusal,
    }
    return render(request, "luoshi/accounts.html", values, status=refusal.status if refusal else 200)
