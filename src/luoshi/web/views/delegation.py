"""代理: naming who acts in one's post while one is away, and ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.delegate_post import delegate_post, end_delegation
from luoshi.store.queries import delegations
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import FieldError, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept, refuse_if
from luoshi.web.paging import whole_number


def delegation(request: HttpRequest) -> HttpResponse:
    """Who acts for whom; a form to name a delegate, a button to end a delegation."""
    reader, refusal = desk(request), None
    if request.method == "POST":
        try:
            messages.success(request, _done(request))
            return redirect("delegation")
        except Refused as refused:
            refusal = refused.refusal
    is_naming = request.POST.get("move") == "appoint"
    rows = delegations.delegations(reader)
    for row in rows:
        row["href"] = entry_address(row["id"])
    values = {
        "section": "delegation",
        "title": "岗位代理",
        "rows": rows,
        "fields": kept(_fields(reader), request.POST if refusal and is_naming else None),
        "can_name": bool(delegations.posts(reader)),
        "errors": errors_of(refusal),
        "refusal": refusal,
        "action": address("delegation"),
    }
    return render(request, "luoshi/delegation.html", values, status=refusal.status if refusal else 200)


def _fields(reader: Desk) -> list[dict[str, Any]]:
    own = delegations.posts(reader)
    return [
        {
            **blank("post", "岗位", "choice"),
            "needed": True,
            "options": own,
            "value": own[0][0] if own else "",
        },
        {**blank("delegate", "代理人", "choice"), "needed": True, "options": delegations.delegates(reader)},
        {
            **blank("first_day", "代理开始日期", "date"),
            "needed": True,
            "value": reader.today.isoformat(),
        },
        {**blank("last_day", "代理结束日期", "date"), "needed": True, "help": "含当日，过后自动失效。"},
        {**blank("reason", "理由"), "needed": True, "help": "如“外出培训”，写入台账。"},
    ]


def _done(request: HttpRequest) -> str:
    posted = request.POST
    if posted.get("move") == "end":
        version = whole_number(posted.get("version", ""))
        end_delegation(context(request), posted.get("delegation", ""), posted.get("reason", ""), version)
        return "代理已结束，从现在起不再有效。"
    refuse_if([] if posted.get("post") else [FieldError("post", "请选择岗位。")])
    named = {name: posted.get(name, "") for name in ("delegate", "first_day", "last_day")}
    entry = delegate_post(context(request), posted["post"], named, posted.get("reason", ""))
    return f"已指定代理：{entry['text']}。"
