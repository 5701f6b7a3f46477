"""岗位交接: what the holder of a post leaves, and the one act that hands all of it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.hand_over_post import hand_over_post
from luoshi.store.models import Account
from luoshi.store.queries.delegations import is_keeper
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.entry_page import entry_named
from luoshi.store.queries.form_field import blank
from luoshi.store.queries.left_work import LeftWork, left_work
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept
from luoshi.web.paging import whole_number


def handover(request: HttpRequest, identity: str) -> HttpResponse:
    """Show what waits in a post, and hand it over; who keeps posts may."""
    reader = desk(request)
    if not is_keeper(reader):
        raise Refused(Refusal("web.not_keeper_of_posts", "岗位交接由督查室或系统管理员办理。", 403))
    entry = entry_named(reader, identity)
    post = next((one for one in reader.roster.posts if one.id == identity), None)
    if entry.list != "post" or post is None:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, identity))
            return redirect("entry", identity)
        except Refused as refused:
            refusal = refused.refusal
    left = left_work(reader, post) if post.holder else LeftWork()
    place = f"{reader.label(post.body)}{post.title or post.role.label}"
    values = {
        "section": "lists",
        "title": f"{place}交接",
        "trail": [
            ("清单", address("lists")),
            ("岗位名录", address("list", "post")),
            (place, entry_address(identity)),
            ("交接", None),
        ],
        "holder": post.holder_name or post.holder,
        "left": left,
        "groups": _groups(reader, left),
        "named": [{**one, "href": entry_address(one["id"])} for one in left.named],
        "fields": kept(_fields(reader), request.POST if refusal else None),
        "version": entry.version,
        "asks_despite": bool(refusal and refusal.id == "acts.work_waits"),
        "errors": errors_of(refusal),
        "refusal": refusal,
    }
    return render(request, "luoshi/handover.html", values, status=refusal.status if refusal else 200)


def _groups(reader: Desk, left: LeftWork) -> list[dict[str, Any]]:
    """The lines without links for who keeps the system and reads no business."""
    reads = any(not post.role.is_administrator for post in reader.actor.posts)
    if not reads:
        return [{"title": group["title"], "total": group["total"], "lines": []} for group in left.groups]
    return list(left.groups)


def _fields(reader: Desk) -> list[dict[str, Any]]:
    return [
        {**blank("holder", "接任账号"), "help": "没有接任人的留空，岗位成为空缺。"},
        {**blank("holder_name", "接任人")},
        {**blank("since", "接任日期", "date"), "value": reader.today.isoformat(), "needed": True},
    ]


def _done(request: HttpRequest, identity: str) -> str:
    typed = {name: request.POST.get(name, "") for name in ("holder", "holder_name", "since")}
    version = whole_number(request.POST.get("version", ""))
    entry, left = hand_over_post(
        context(request), identity, typed, version, despite_work=request.POST.get("despite_work") == "yes"
    )
    if not entry["holder"]:
        return "岗位已空缺。" + (f"仍有{left.text}等待接任人。" if left.waiting else "")
    passed = f"{left.text}已随岗位转给{entry['holder_name']}。" if left.waiting else "没有未办完的事。"
    known = Account.objects.filter(username=str(entry["holder"])).exists()
    return f"交接完成，{passed}" + ("" if known else "接任账号还没有开通，请在“账号”页开通。")
