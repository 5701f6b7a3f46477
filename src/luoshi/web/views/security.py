"""安全日志: for the audit administrator and the auditor, who watch over those who keep the system."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.people.role import Role
from luoshi.store.queries import security_page
from luoshi.store.security_log import KINDS
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.desk import desk
from luoshi.web.paging import page_of
from luoshi.web.views.lists import pages

PAGE = 50


def log(request: HttpRequest) -> HttpResponse:
    """Who signed in or failed to, and what was done to accounts."""
    actor = desk(request).actor
    if not (actor.has(Role.AUDIT_ADMINISTRATOR) or actor.has(Role.AUDITOR)):
        raise Refused(Refusal("web.not_watcher", "安全日志由审计管理员和审计员查看。", 403))
    kind, account = request.GET.get("kind", ""), request.GET.get("account", "").strip()
    rows = security_page.notes(kind if kind in KINDS else "", account)
    total = rows.count()
    count = max(1, -(-total // PAGE))
    page = page_of(request, count)
    values = {
        "section": "security-log",
        "title": "安全日志",
        "rows": security_page.lines(rows[(page - 1) * PAGE : page * PAGE]),
        "page": pages(request, page, count, total),
        "total": total,
        "kinds": list(KINDS.items()),
        "kind": kind,
        "account": account,
    }
    return render(request, "luoshi/security_log.html", values)
