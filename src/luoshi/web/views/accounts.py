"""Signing in and out, one's own password, the size of type."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.acts.accounts import change_password, count_failure, forget_failures, is_locked
from luoshi.acts.clock import now, true_now
from luoshi.acts.second_factor import factor_of, passes_factor
from luoshi.store.models import Account
from luoshi.store.queries.form_field import blank
from luoshi.store.security_log import note
from luoshi.terms.refusal import FieldError, Refused
from luoshi.web.address import address
from luoshi.web.form import errors_of, refuse_if
from luoshi.web.guest import VOUCHED, carried_again, code_page, pairs_of, sign_in_page
from luoshi.web.posted import is_page, posted_only

HALF, HALF_FOR = "half_signed_in", 300
"""Where a session keeps who has given the password and not yet the code, and for how many seconds."""
DISPLAY = {"size": ("normal", "large"), "language": ("zh", "en")}
"""What a reader may choose about the pages, by the names of cookies."""
_LOCKED = "连续输错次数过多，账号已暂时锁定，请15分钟后再试。"


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; five wrong passwords or codes lock the account for a quarter of an hour."""
    target = safe_target(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return redirect(target) if request.user.is_authenticated else sign_in_page(request, "", target)
    carried = carried_again(request.POST)
    username = request.POST.get("username", "").replace("\0", "").strip()
    account = Account.objects.filter(username=username).first()
    if account and is_locked(account, now()):
        _note(request, "locked", account)
        return sign_in_page(request, username, target, _LOCKED, carried=carried)
    user: Any = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        _note(request, "wrong_password", account)
        if account:
            count_failure(account, now())
        return sign_in_page(request, username, target, "账号或密码不正确。", carried=carried)
    return admitted(request, user, target, carried)


def admitted(
    request: HttpRequest, account: Any, target: str, carried: dict[str, Any] | None, *, is_vouched_for: bool = False
) -> HttpResponse:
    """Signed in, or on to the second factor when the account has one.

    Args:
        is_vouched_for: by an identity provider: the first password here was never used, so it need not be changed.
    """
    if factor_of(account):
        request.session[HALF] = {
            "account": account.pk, "at": int(true_now().timestamp()), "hash": account.get_session_auth_hash(),
            "vouched": is_vouched_for,
        }  # fmt: skip
        return code_page(request, target, carried=carried)
    return _signed_in(request, account, target, carried, is_vouched_for=is_vouched_for)


def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code of the authenticator, or a recovery code, within five minutes."""
    target = safe_target(request, request.POST.get("next") or "")
    account = _half_way(request)
    if account is None or request.method != "POST":
        return redirect("sign-in")
    carried = carried_again(request.POST)
    if is_locked(account, now()):
        del request.session[HALF]
        return sign_in_page(request, account.username, target, _LOCKED, carried=carried)
    if not passes_factor(account, request.POST.get("code", "")[:64], true_now()):
        _note(request, "wrong_code", account)
        count_failure(account, now())
        return code_page(request, target, "口令不正确，请填手机上最新显示的6位数字。", carried=carried)
    is_vouched_for = bool(request.session.pop(HALF).get("vouched"))
    return _signed_in(request, account, target, carried, is_vouched_for=is_vouched_for)


def _half_way(request: HttpRequest) -> Account | None:
    """Who gave the right password in this session a short while ago, unless it was changed since."""
    half = request.session.get(HALF) or {}
    if int(true_now().timestamp()) - int(half.get("at", 0)) > HALF_FOR:
        return None
    account = Account.objects.filter(pk=half.get("account"), is_active=True).first()
    return account if account and account.get_session_auth_hash() == half.get("hash") else None


def _signed_in(
    request: HttpRequest, account: Any, target: str, carried: dict[str, Any] | None, *, is_vouched_for: bool
) -> HttpResponse:
    forget_failures(account)
    _note(request, "signed_in_openid" if is_vouched_for else "signed_in", account)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[VOUCHED] = is_vouched_for
    return _go_on(request, target, carried) if carried else redirect(target)


def _go_on(request: HttpRequest, target: str, carried: dict[str, Any]) -> HttpResponse:
    """What was typed before the session ran out, ready to be sent again; nothing is sent without a press."""
    to = carried["to"]
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}):
        return redirect(target)
    values = {"title": "已重新登录", "to": to, "pairs": pairs_of(carried), "files": carried["files"], "back": target}
    return render(request, "luoshi/continue.html", values)


def _note(request: HttpRequest, kind: str, account: Any) -> None:
    """A line of the security log; the time is the true one, in a demo as well."""
    note(kind, account.username if account else "", true_now(), address=request.META.get("REMOTE_ADDR", ""))


def safe_target(request: HttpRequest, target: str) -> str:
    """The page asked for, if it is one of this site, else the overview."""
    return target if is_page(request, target) else reverse("overview")


@posted_only
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    if request.user.is_authenticated:
        _note(request, "signed_out", request.user)
    logout(request)
    return redirect("sign-in")


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; asked for at the first sign-in."""
    account: Any = request.user
    refusal = None
    if request.method == "POST":
        try:
            is_same = request.POST.get("new", "") == request.POST.get("again", "")
            refuse_if([] if is_same else [FieldError("again", "两次输入的新密码不一致。")])
            account.refresh_from_db()
            refuse_if([FieldError("old", _LOCKED)] if is_locked(account, now()) else [])
            change_password(account, request.POST.get("old", ""), request.POST.get("new", ""))
            update_session_auth_hash(request, account)
            _note(request, "password_changed", account)
            messages.success(request, "密码已修改。")
            return redirect("overview")
        except Refused as refused:
            refusal = refused.refusal
            if refusal.id == "acts.wrong_password":
                count_failure(account, now())
                _note(request, "wrong_password", account)
    values = {
        "title": "修改密码",
        "lead": "首次登录须先修改密码。" if account.must_change_password else "",
        "fields": [
            {**blank("old", "原密码", "password"), "autocomplete": "current-password"},
            {
                **blank("new", "新密码", "password"),
                "autocomplete": "new-password",
                "help": "至少8位，不能全是数字，不用常见密码。",
            },
            {**blank("again", "再输一次新密码", "password"), "autocomplete": "new-password"},
        ],
        "errors": errors_of(refusal),
        "refusal": refusal,
        "action": "保存新密码",
        "factor_href": "" if account.must_change_password else address("factor"),
        "next": "",
    }
    return render(request, "luoshi/sign_in.html", values, status=422 if refusal else 200)


@posted_only
def display(request: HttpRequest) -> HttpResponse:
    """Large or normal type, Chinese or English: what was pressed is remembered by a cookie for a year."""
    response = redirect(safe_target(request, request.POST.get("next", "")))
    for name, choices in DISPLAY.items():
        if (chosen := request.POST.get(name, "")) in choices:
            response.set_cookie(name, chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return response
