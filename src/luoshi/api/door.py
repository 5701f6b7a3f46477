"""The frame of every address of the interface: who calls, what was sent, one answer to one request."""

from __future__ import annotations

import dataclasses
import functools
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from luoshi.acts.answer_once import answer_once
from luoshi.acts.api_tokens import token_written
from luoshi.acts.clock import now, today
from luoshi.acts.context import Context, context_for
from luoshi.api.answer import Plain, answered, refused, text_of
from luoshi.lists.value import can_be_stored
from luoshi.store.models import ApiToken
from luoshi.store.queries.desk import Desk, desk_for, turned_to
from luoshi.terms.refusal import Refusal, Refused

LOG = logging.getLogger(__name__)
BROKEN = Refusal("api.broken", "系统出了差错，已经记录，这一请求没有生效。请稍后用同一个 Idempotency-Key 再试。", 500)
Reader = Callable[..., Plain]


@dataclass(frozen=True, slots=True)
class Caller:
    """调用方: the token, and the desk of its account with the posts of the token's body only."""

    token: ApiToken
    desk: Desk
    query: Mapping[str, str]
    sent: Mapping[str, Any]

    @property
    def context(self) -> Context:
        """Who acts, now."""
        found = context_for(self.token.account, now())
        bounded = dataclasses.replace(found.circumstances, actor=found.actor.within(self.token.body))
        return dataclasses.replace(found, circumstances=bounded)

    def turned_to(self, plan: str) -> Caller:
        """The same caller with another plan of the county on the desk."""
        return dataclasses.replace(self, desk=turned_to(self.desk, plan)) if plan != self.desk.plan_id else self


def endpoint(read: Reader | None = None, write: Reader | None = None) -> Callable[..., HttpResponse]:
    """An address: ``read`` answers GET, ``write`` answers POST with the status it returns under ``status``."""
    offered = [method for method, reader in (("GET", read), ("POST", write)) if reader]

    @csrf_exempt  # a token in a header is never sent by a browser unasked
    def view(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            reader = {"GET": read, "POST": write}.get(request.method or "")
            if reader is None:
                response = refused(_no_method(offered))
                response["Allow"] = ", ".join(offered)
                return response
            _require_storable([*named.values(), request.GET.dict()], 404)
            caller = _caller(request)
            if request.method == "GET":
                return answered(text_of({"ok": True, **reader(caller, **named)}))
            return _written(request, caller, functools.partial(reader, caller, **named))
        except Refused as found:
            return refused(found.refusal)
        except Exception:
            LOG.exception("api %s %s", request.method, request.path)
            return refused(BROKEN)

    view.is_api = True  # the pages' middleware leaves it alone
    return view


def unknown(request: HttpRequest, **_: str) -> HttpResponse:
    """An address that the interface does not have."""
    return refused(Refusal("api.unknown_address", f"接口没有这个地址：{request.path}。", 404))


unknown.is_api = True  # type: ignore[attr-defined]


def _caller(request: HttpRequest) -> Caller:
    scheme, _, written = request.headers.get("Authorization", "").partition(" ")
    token = token_written(written.strip(), today()) if scheme.lower() == "bearer" else None
    if token is None:
        message = "请在请求头 Authorization 中写明有效的接口令牌：Bearer lsk_…。"
        raise Refused(Refusal("api.no_token", message, 401))
    query = request.GET.dict()
    desk = desk_for(token.account, today(), query.get("period", ""), query.get("plan", ""))
    desk = dataclasses.replace(desk, actor=desk.actor.within(token.body))
    if not desk.actor.posts:
        raise Refused(Refusal("api.no_post", "令牌的账号在这一单位已经没有岗位，令牌不能再用。", 403))
    if all(post.role.is_administrator for post in desk.actor.posts):
        raise Refused(
            Refusal("api.administrators_only", "系统、安全、审计三类管理员不办理业务，也不查看业务内容。", 403)
        )
    if query.get("plan") and query["plan"] not in desk.plans:
        raise Refused(Refusal("api.unknown_plan", "没有这一计划。", 404))
    return Caller(token, desk, query, _sent(request))


def _sent(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object that was sent; numbers stay as written, so that 1.10 is not turned into a binary fraction."""
    if request.method != "POST":
        return {}
    try:
        sent = json.loads(request.body or b"{}", parse_float=str, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(Refusal("api.no_json", "请求的内容不是可以识读的 JSON。", 400)) from None
    except RequestDataTooBig:
        raise Refused(Refusal("api.too_big", "请求的内容太大，一次最多12兆。", 413)) from None
    if not isinstance(sent, dict):
        raise Refused(Refusal("api.no_object", "请求的内容应为一个 JSON 对象。", 400))
    _require_storable(sent, 422)
    return sent


def _require_storable(sent: object, status: int) -> None:
    """Refuse what no database can hold, wherever it stands: in an id or the name of a field as well as in a value."""
    waiting = [sent]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and not can_be_stored(one):
            raise Refused(Refusal("api.bad_text", "请求里有无法保存的字符（NUL 或半个代理对）。", status))


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _written(request: HttpRequest, caller: Caller, writer: Callable[[], Plain]) -> HttpResponse:
    """What a write answers, done once however often the request is sent under its key."""

    def answer() -> tuple[int, str]:
        data = writer()
        return data.pop("status", 200), text_of({"ok": True, **data})

    key = request.headers.get("Idempotency-Key", "")
    if not key:
        message = "办理要在请求头 Idempotency-Key 中给出本次请求的编号，重发时用同一个，就不会办两次。"
        raise Refused(Refusal("api.no_key", message, 400))
    asked = b"\n".join([str(request.method).encode(), request.get_full_path().encode(), request.body])
    found = answer_once(caller.context, caller.token, key, asked, answer)
    response = answered(found.body, found.status)
    if found.is_repeated:
        response["Idempotency-Replayed"] = "true"
    return response


def _no_method(offered: list[str]) -> Refusal:
    return Refusal("api.no_method", f"这个地址只接受{'、'.join(offered)}。", 405)


def day_of(value: object, field: str) -> date:
    """A date that was sent.

    Raises:
        Refused: it is none (422).
    """
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(Refusal("api.no_date", f"“{field}”应为日期，如 2023-09-30。", 422)) from None
