"""Who comes without being signed in, mostly because the session ran out: sent to sign in, with what was typed."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import resolve
from django.utils.http import urlencode

from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import FieldError, Refusal
from luoshi.web.address import address
from luoshi.web.posted import page_behind

NOT_CARRIED = frozenset({"password", "factor", "sign-in-code", "display", "sign-out", "reading"})
"""Forms not worth carrying over, or whose content must not stand in another page."""
AS_DRAFT = {"report-sheet": "report-draft"}
"""Forms that are kept as a draft first: their files were lost with the session and must be chosen again."""
VOUCHED = "vouched_for"
"""In the session of who came by way of an identity provider: the first password here was never used."""
_OVER = "登录已过期，刚才的提交没有生效。"


def turned_away(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page; a form's content goes along, a part of a page gets a sentence."""
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page_behind(request)})}"
    is_reading = request.method in {"GET", "HEAD"}
    if request.headers.get("HX-Request"):
        response = render(request, "luoshi/expired.html", {"href": sign_in}, status=401)
        if is_reading:
            response.headers["HX-Redirect"] = sign_in
        return response
    if is_reading or not request.POST or resolve(request.path).url_name in NOT_CARRIED:
        return redirect(sign_in)
    return sign_in_page(request, "", page_behind(request), carried=_carried(request), status=401)


def _carried(request: HttpRequest) -> dict[str, Any]:
    match = resolve(request.path)
    name = match.url_name or ""
    to = request.get_full_path()
    if name in AS_DRAFT:
        to = f"{address(AS_DRAFT[name], *match.kwargs.values())}?page=1"
    pairs = [(key, text) for key, texts in request.POST.lists() for text in texts if key != "csrfmiddlewaretoken"]
    chosen = sum(1 for _, files in request.FILES.lists() for file in files if file.name)
    return {"to": to, "typed": json.dumps(pairs, ensure_ascii=False), "files": chosen}


def carried_again(posted: QueryDict) -> dict[str, Any] | None:
    """What a sign-in page carried along, posted with it."""
    if not posted.get("again"):
        return None
    return {"to": posted["again"], "typed": posted.get("typed", "[]"), "files": posted.get("files", "") or 0}


def pairs_of(carried: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields of the form that was carried along; none when they were tampered with."""
    try:
        found = json.loads(carried["typed"])
        return [(str(name), str(text)) for name, text in found]
    except (ValueError, TypeError):
        return []


def sign_in_page(
    request: HttpRequest, username: str, target: str, wrong: str = "", *,
    carried: dict[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page to sign in on.

    Args:
        target: where it leads.
        wrong: why the last try failed.
        carried: the form that was posted without a session, to be posted again.
    """
    values: dict[str, Any] = {
        "title": "登录",
        "lead": f"{_OVER}请重新登录，填的内容会带到登录以后。"
        if carried and not wrong
        else "用督查室发给您的账号登录。",
        "fields": [
            {**blank("username", "账号"), "value": username, "autocomplete": "username"},
            {**blank("password", "密码", "password"), "autocomplete": "current-password"},
        ],
        "errors": {},
        "refusal": Refusal("web.sign_in", wrong, 422, errors=(FieldError("password", wrong),)) if wrong else None,
        "action": "登录",
        "openid_href": _openid(target),
        "openid_label": settings.LUOSHI_OPENID.get("label", "统一认证"),
        "to": address("sign-in"),
        "hint": "连续输错5次，账号锁定15分钟。忘记密码请联系系统管理员。",
        "next": target,
        "carried": carried,
    }
    return render(request, "luoshi/sign_in.html", values, status=422 if wrong else status)


def _openid(target: str) -> str:
    """The way to the identity provider; empty when the settings name none."""
    return f"{address('openid')}?{urlencode({'next': target})}" if settings.LUOSHI_OPENID else ""


def code_page(
    request: HttpRequest, target: str, wrong: str = "", *, carried: dict[str, Any] | None = None
) -> HttpResponse:  # fmt: skip
    """The page that asks for the second factor, with what was typed before the session ran out carried on."""
    values: dict[str, Any] = {
        "title": "动态口令",
        "lead": "密码正确，请再填手机验证器上显示的6位数字。",
        "fields": [{**blank("code", "动态口令或备用码"), "autocomplete": "one-time-code"}],
        "errors": {"code": wrong} if wrong else {},
        "refusal": Refusal("web.wrong_code", wrong, 422, errors=(FieldError("code", wrong),)) if wrong else None,
        "action": "登录",
        "to": address("sign-in-code"),
        "hint": "手机不在身边的，可以填一个备用码，每个只能用一次。手机遗失且没有备用码的，请联系系统管理员。",
        "next": target,
        "carried": carried,
    }
    return render(request, "luoshi/sign_in.html", values, status=422 if wrong else 200)
