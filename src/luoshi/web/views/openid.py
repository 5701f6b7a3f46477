"""统一认证: signing in by way of the identity provider of the settings; it vouches for accounts that exist here."""

from __future__ import annotations

import dataclasses
import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from luoshi.acts.accounts import is_locked
from luoshi.acts.clock import now, true_now
from luoshi.store.models import Account
from luoshi.store.security_log import note
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web import openid
from luoshi.web.address import address
from luoshi.web.guest import sign_in_page
from luoshi.web.views.accounts import admitted, safe_target

ASKED = "openid_asked"
LOG = logging.getLogger("luoshi.openid")


def begin(request: HttpRequest) -> HttpResponse:
    """On to the provider, with secrets of this session."""
    _require_configured()
    one = openid.asked()
    request.session[ASKED] = {**dataclasses.asdict(one), "next": safe_target(request, request.GET.get("next", ""))}
    try:
        return redirect(openid.way_to_provider(one, _back(request)))
    except openid.ProviderTrouble as trouble:
        return _failed(request, trouble, "统一认证暂时连接不上，请稍后再试，或用账号和密码登录。")


def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: its answer is good once, in the session that asked."""
    _require_configured()
    kept = request.session.pop(ASKED, None)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if not kept or not code or not secrets.compare_digest(kept["state"].encode(), state.encode()):
        return _failed(request, "state", "统一认证没有完成，请重新登录。")
    target = kept.pop("next")
    try:
        name = openid.who_came(openid.Asked(**kept), code, _back(request), int(true_now().timestamp()))
    except (openid.ProviderTrouble, openid.BadIdToken) as trouble:
        return _failed(request, trouble, "统一认证没有通过，请重新登录；一直如此的，请联系系统管理员。")
    account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        return _failed(request, "no account", "您已通过统一认证，但在本系统还没有账号，请联系系统管理员开通。")
    if is_locked(account, now()):
        return _failed(request, "locked", "账号已暂时锁定，请15分钟后再试。", account)
    return admitted(request, account, target, None, is_vouched_for=True)


def _require_configured() -> None:
    if not openid.configured():
        raise Refused(Refusal("web.no_openid", "本系统没有启用统一认证，请用账号和密码登录。", 404))


def _back(request: HttpRequest) -> str:
    """The address the provider knows; written in the settings where a proxy stands before the site."""
    path = address("openid-back")
    written = openid.configured().get("url", "")
    return f"{written.rstrip('/')}{path}" if written else request.build_absolute_uri(path)


def _failed(request: HttpRequest, trouble: object, message: str, account: Account | None = None) -> HttpResponse:
    LOG.error("openid: %s", trouble)
    name = account.username if account else ""
    note("openid_refused", name, true_now(), address=request.META.get("REMOTE_ADDR", ""))
    return sign_in_page(request, "", address("overview"), message)
