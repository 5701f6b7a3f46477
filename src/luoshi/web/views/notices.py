"""消息: one's own notices, how one wants to be told, the calendar of one's deadlines, and the outbox for its keepers."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from luoshi.acts.clock import now, today
from luoshi.acts.message_choices import (
    URGENT,
    choose_messages,
    end_calendar,
    holder_of_calendar,
    read_notices,
    renew_calendar,
)
from luoshi.acts.retry_letters import retry_letters
from luoshi.messages.calendar import calendar
from luoshi.messages.channel import LABELS
from luoshi.people.role import KEEPERS
from luoshi.store import outbox
from luoshi.store.models import Letter, MessageChoice, Notice
from luoshi.store.queries import wording
from luoshi.store.queries.deadlines import deadlines
from luoshi.store.queries.desk import Desk, desk_for
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address
from luoshi.web.desk import context, desk
from luoshi.web.form import errors_of, kept
from luoshi.web.posted import posted_only

SHOWN = 100
"""Notices and letters on a page; older ones are told in the entries themselves."""


def notices(request: HttpRequest) -> HttpResponse:
    """One's notices of the last month, the newest first; posted, all of them are read."""
    reader = desk(request)
    if request.method == "POST":
        read_notices(context(request), now())
        return redirect("notices")
    rows = list(outbox.recent(reader.actor.account, now())[:SHOWN])
    values = {
        "section": "notices",
        "title": "消息",
        "lines": [_line(row) for row in rows],
        "unread": sum(row.read_at is None for row in rows),
        "is_keeper": _is_keeper(reader),
        "troubles": Letter.objects.filter(state="given_up").count() if _is_keeper(reader) else 0,
    }
    return render(request, "luoshi/notices.html", values)


def _line(row: Notice) -> dict[str, Any]:
    return {
        "title": row.title,
        "at": wording.minute(row.made_at),
        "is_new": row.read_at is None,
        "is_urgent": row.is_urgent,
        "href": address("notice", row.pk),
    }


def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Read one notice: on to its page."""
    row = Notice.objects.filter(pk=number, account=desk(request).actor.account).first()
    if row is None:
        raise Http404
    read_notices(context(request), now(), one=row.pk)
    target = json.loads(row.target)
    try:
        return redirect(reverse(target[0], args=target[1:]))
    except (NoReverseMatch, IndexError):
        return redirect("notices")


def choices(request: HttpRequest) -> HttpResponse:
    """How one wants to be told, and the calendar of one's deadlines."""
    reader, refusal, secret = desk(request), None, ""
    if request.method == "POST":
        try:
            secret = _chosen(request)
            if not secret:
                return redirect("notice-choices")
        except Refused as refused:
            refusal = refused.refusal
    choice = MessageChoice.objects.filter(account=reader.actor.account).first() or MessageChoice()
    fields = [
        {**blank("email", "电子邮箱"), "value": choice.email, "help": "不填则不发邮件，消息照样在网页上看得到。"},
        {
            **blank("urgent", "紧急提醒（退回、升级）", "choice"),
            "options": list(URGENT.items()),
            "value": choice.urgent,
            "needed": True,
        },
        {
            **blank("digest", "每日汇总", "choice"),
            "options": [("yes", "工作日早上一封，没有待办不发"), ("no", "不发汇总")],
            "value": "yes" if choice.digest else "no",
            "needed": True,
        },
    ]
    values = {
        "section": "notices",
        "title": "提醒设置",
        "fields": kept(fields, request.POST if refusal else None),
        "errors": errors_of(refusal),
        "refusal": refusal,
        "has_calendar": bool(choice.calendar_sha256),
        "calendar": request.build_absolute_uri(address("calendar", secret)) if secret else "",
        "has_mail": bool(settings.LUOSHI_MESSAGES.get("email")),
    }
    return render(request, "luoshi/notice_choices.html", values, status=refusal.status if refusal else 200)


def _chosen(request: HttpRequest) -> str:
    """Do what was asked for; returns the calendar's new secret, to be shown once."""
    match request.POST.get("do"):
        case "renew":
            return renew_calendar(context(request))
        case "end":
            end_calendar(context(request))
            messages.success(request, "订阅地址已停用。")
        case _:
            email, urgent = request.POST.get("email", ""), request.POST.get("urgent", "")
            choose_messages(context(request), email, urgent, digest=request.POST.get("digest") == "yes")
            messages.success(request, "提醒设置已保存。")
    return ""


def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of whoever the secret belongs to; no account is asked for, as calendars ask by themselves."""
    account = holder_of_calendar(secret)
    if account is None:
        raise Http404
    found = deadlines(desk_for(account, today()))
    base = f"{request.scheme}://{request.get_host()}"
    text = calendar("落实：到期事项", found, base, now())
    return HttpResponse(text, "text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"})


def letters(request: HttpRequest) -> HttpResponse:
    """The outbox: what waits and what was given up, with the cause."""
    _require_keeper(desk(request))
    rows = Letter.objects.filter(state__in=("waiting", "given_up")).order_by("-made_at", "-id")[:SHOWN]
    values = {
        "section": "notices",
        "title": "发件箱",
        "counts": outbox.counts(),
        "is_set_up": any(settings.LUOSHI_MESSAGES.get(name) for name in LABELS),
        "lines": [
            {
                "id": row.pk,
                "channel": LABELS.get(row.channel, row.channel),
                "title": row.title,
                "made_at": wording.minute(row.made_at),
                "tries": row.tries,
                "state": "不再重试" if row.state == "given_up" else "等待发送",
                "is_given_up": row.state == "given_up",
                "trouble": row.trouble,
                "next_at": wording.minute(row.next_at) if row.state == "waiting" else "",
            }
            for row in rows
        ],
    }
    return render(request, "luoshi/letters.html", values)


@posted_only
def retry(request: HttpRequest) -> HttpResponse:
    """Try what was given up once more, for another day."""
    _require_keeper(desk(request))
    number = retry_letters(context(request))
    messages.success(request, f"{number}件重新排队发送。" if number else "没有不再重试的消息。")
    return redirect("letters")


def _is_keeper(reader: Desk) -> bool:
    return any(reader.actor.has(role) for role in KEEPERS)


def _require_keeper(reader: Desk) -> None:
    if not _is_keeper(reader):
        raise Refused(Refusal("web.not_keeper", "发件箱由督查室和系统管理员查看。", 403))
