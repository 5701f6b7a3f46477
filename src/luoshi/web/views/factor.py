"""动态口令: setting up one's authenticator, its recovery codes, and ending it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from luoshi.acts.accounts import count_failure, forget_failures, is_locked
from luoshi.acts.clock import now, true_now
from luoshi.acts.second_factor import (
    begin_factor,
    confirm_factor,
    end_factor,
    factor_of,
    key_begun,
    recovery_left,
)
from luoshi.store.queries.form_field import blank
from luoshi.store.security_log import note
from luoshi.terms.refusal import FieldError, Refusal, Refused
from luoshi.web.factor import HAS, asks_factor
from luoshi.web.form import errors_of

_ISSUER = "落实"
"""What the authenticator calls this site."""
_FINEST = 57
"""Squares of a side beyond which a QR code is too fine to be scanned from a screen (version 10)."""


def factor(request: HttpRequest) -> HttpResponse:
    """One's second factor: none, begun with its key to be typed into the authenticator, or in force."""
    account: Any = request.user
    refusal, codes = None, []
    if request.method == "POST":
        try:
            codes = _done(request, account)
            if not codes:
                return redirect("factor")
        except Refused as refused:
            refusal = refused.refusal
    held = factor_of(account)
    key = "" if held else key_begun(account)
    values = {
        "section": "factor",
        "title": "动态口令",
        "codes": codes,
        "is_on": held is not None,
        "left": recovery_left(held) if held else 0,
        "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)),
        "qr": _qr(account.username, key) if key else None,
        "is_asked": asks_factor(request),
        "fields": _fields(is_on=held is not None),
        "errors": errors_of(refusal),
        "refusal": refusal,
    }
    return render(request, "luoshi/factor.html", values, status=refusal.status if refusal else 200)


def _qr(username: str, key: str) -> Markup | None:
    """The key as a code to be scanned, drawn here; None for a name too long for it, whose key is typed."""
    label, issuer = quote(f"{_ISSUER}:{username}"), quote(_ISSUER)
    code = segno.make_qr(f"otpauth://totp/{label}?secret={key}&issuer={issuer}", error="m", boost_error=False)
    if code.symbol_size(border=0)[0] > _FINEST:
        return None
    return Markup(code.svg_inline(scale=4, light="#fff", svgclass=None, lineclass=None))  # noqa: S704 - drawn of squares


def _fields(*, is_on: bool) -> list[dict[str, Any]]:
    code = {
        **blank("code", "动态口令" if not is_on else "动态口令或备用码"),
        "autocomplete": "one-time-code",
        "needed": True,
    }
    password = {**blank("password", "密码", "password"), "autocomplete": "current-password", "needed": True}
    return [password, code] if is_on else [code]


def _done(request: HttpRequest, account: Any) -> list[str]:
    """The recovery codes when a second factor was just put in force; wrong codes count as wrong passwords do.

    Raises:
        Refused: a wrong password or code, a locked account, or a role that may not do without.
    """
    move, typed = request.POST.get("move", ""), request.POST.get("code", "")[:64]
    if move == "begin":
        begin_factor(account)
        return []
    account.refresh_from_db()
    if is_locked(account, now()):
        message = "连续输错次数过多，账号已暂时锁定，请15分钟后再试。"
        raise Refused(Refusal("web.locked", message, 422, errors=(FieldError("code", message),)))
    try:
        if move == "confirm":
            codes = confirm_factor(account, typed, true_now())
            request.session[HAS] = True
            note("factor_on", account.username, true_now(), address=request.META.get("REMOTE_ADDR", ""))
        else:
            _require_optional(request)
            end_factor(account, request.POST.get("password", ""), typed, true_now())
            note("factor_off", account.username, true_now(), address=request.META.get("REMOTE_ADDR", ""))
            messages.success(request, "动态口令已停用。")
            codes = []
    except Refused as refused:
        if refused.refusal.id in {"acts.wrong_code", "acts.wrong_password"}:
            count_failure(account, now())
        raise
    forget_failures(account)
    return codes


def _require_optional(request: HttpRequest) -> None:
    if asks_factor(request):
        message = "您的岗位须用动态口令登录，不能停用；更换手机请联系系统管理员。"
        raise Refused(Refusal("web.factor_required", message, 403))
