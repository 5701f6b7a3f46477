"""The templates' environment, and the frame every page stands in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from jinja2 import Environment

from luoshi.acts.clock import now, today
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.outbox import unread
from luoshi.store.queries import todo, wording
from luoshi.store.queries.desk import Desk
from luoshi.terms.quotation import quoted
from luoshi.web.address import address
from luoshi.web.desk import desk_of
from luoshi.web.english.middleware import reads_english

WORKING = frozenset(role for role in Role if not role.is_administrator)
READERS = frozenset({Role.SUPERVISOR, Role.LEADER, Role.AUDITOR})
UNITS = frozenset({Role.DESK_OFFICER, Role.UNIT_HEAD})
NAVIGATION: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("overview", "总览", WORKING),
    ("tasks", "任务", WORKING),
    ("lists", "清单", frozenset(Role)),
    ("todo", "我的待办", UNITS | {Role.SUPERVISOR, Role.LEADER, Role.DEPUTY}),
    ("report", "填报", UNITS | READERS),
    ("sign", "签发", frozenset({Role.UNIT_HEAD})),
    ("review", "审核", READERS),
    ("league", "晾晒", WORKING),
    ("reading", "识读复核", frozenset({Role.SUPERVISOR, Role.AUDITOR})),
    ("publication", "通报", READERS),
    ("assign", "计划设置", frozenset({Role.SUPERVISOR})),
    ("accounts", "账号", frozenset({Role.SYSTEM_ADMINISTRATOR})),
    ("security-log", "安全日志", frozenset({Role.AUDIT_ADMINISTRATOR, Role.AUDITOR})),
)
"""The pages of the head: address, label, and the roles that have use for it."""


_KINDS = {"": "good", "success": "good", "warning": "warn"}
"""How messages are painted, by the tags they come with."""


class RowEnvironment(Environment):
    """Looks a name up among a row's keys first: rows are dicts, and a sheet asks them four thousand times."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``row.name``: the key ``name`` of a dict; else as Jinja2 does."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(**options: Any) -> Environment:
    """Jinja2 with the few words templates need."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = RowEnvironment(**options)  # escapes, one line above
    made.globals.update(static=static, url=address, quoted=quoted)
    return made


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: the frame of the page.

    It is made when a template first asks for it: what a page is refreshed with has no frame, and must not use up the
    messages of the page to come.
    """
    told: dict[str, Any] = {"frame": SimpleLazyObject(lambda: _frame(request))}
    desk = desk_of(request)
    if desk and len(desk.plans) > 1:  # a form is for the plan it was shown with, whatever another window has chosen
        told["csrf_input"] = format_html(
            '{}<input type="hidden" name="plan" value="{}">', csrf_input(request), desk.plan_id
        )
    return told


def _frame(request: HttpRequest) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "large": request.COOKIES.get("size") == "large",
        "english": reads_english(request),
        "county": settings.LUOSHI_COUNTY.get("name", ""),
        "plan": "",
        "plans": [],
        "as_of": "",
        "past": False,
        "is_demo": False,
        "today": wording.day(today()) if settings.LUOSHI_TODAY else "",
        "person": "",
        "post": "",
        "acting_for": "",
        "nav": [],
        "unread": 0,
        "messages": [
            {"kind": _KINDS.get(message.tags, message.tags), "text": str(message)}
            for message in messages.get_messages(request)
        ],
        "path": request.get_full_path(),
        "address": _address(request),
    }
    desk = desk_of(request)
    return {**frame, **_standing(desk)} if desk else frame


def _address(request: HttpRequest) -> str:
    """Where the page stands, for print; empty under a host name that is not the site's."""
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return ""


def _standing(desk: Desk) -> dict[str, Any]:
    plan = desk.plan
    post = desk.actor.posts[0] if desk.actor.posts else None
    return {
        "county": str(plan["county"]) if plan else settings.LUOSHI_COUNTY.get("name", ""),
        "plan": str(plan["title"]) if plan else "",
        "plans": _plans(desk) if len(desk.plans) > 1 else [],
        "as_of": wording.day(desk.period.last) if desk.period else "",
        "past": desk.is_past,
        "is_demo": bool(plan and plan["is_demo"]),
        "person": desk.actor.name,
        "post": f"{desk.label(post.body)}{post.title or post.role.label}" if post else "没有岗位",
        "acting_for": "、".join(dict.fromkeys(_principal(desk, post) for post in desk.actor.posts if post.acting_for)),
        "nav": _navigation(desk),
        "unread": unread(desk.actor.account, now()),
    }


def _principal(desk: Desk, lent: Post) -> str:
    """Who lent the reader a post: 县发改局负责人王某."""
    own = next(post for post in desk.roster.posts if post.id == lent.id)
    return f"{desk.label(own.body)}{own.title or own.role.label}{own.holder_name or own.holder}"


def _plans(desk: Desk) -> list[dict[str, Any]]:
    """The county's plans as a choice, by their year."""
    return [
        {"value": name, "label": f"{name.rpartition('-')[2]}年", "current": name == desk.plan_id} for name in desk.plans
    ]


def may_enter(desk: Desk, page: str) -> bool:
    """Whether a page of the head is for the reader."""
    roles = {post.role for post in desk.actor.posts}
    return any(name == page and roles & wanted for name, _, wanted in NAVIGATION)


def _navigation(desk: Desk) -> list[dict[str, Any]]:
    roles = {post.role for post in desk.actor.posts}
    waiting = todo.count(desk)
    return [
        {"key": name, "label": label, "url": reverse(name), "count": waiting if name == "todo" else 0}
        for name, label, wanted in NAVIGATION
        if roles & wanted
    ]
