"""Signing in and out, one's own password, the size of type."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.acts.accounts import change_password
from luoshi.acts.clock import now
from luoshi.store.models import Account
from luoshi.store.queries.form_field import blank
from luoshi.terms.refusal import FieldError, Refused
from luoshi.web.form import errors_of, refuse_if
from luoshi.web.guest import carried_again, pairs_of, sign_in_page
from luoshi.web.posted import is_page, posted_only

ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; five wrong passwords lock the account for a quarter of an hour."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return redirect(target) if request.user.is_authenticated else sign_in_page(request, "", target)
    carried = carried_again(request.POST)
    username = request.POST.get("username", "").replace("\0", "").strip()
    account = Account.objects.filter(username=username).first()
    if account and account.locked_until and account.locked_until > now():
        wrong = "连续输错次数过多，账号已暂时锁定，请15分钟后再试。"
        return sign_in_page(request, username, target, wrong, carried=carried)
    user: Any = authenticate(request, username=username, password=request.POST.get("password", ""))
    if user is None:
        _count_failure(account)
        return sign_in_page(request, username, target, "账号或密码不正确。", carried=carried)
    if user.failures:
        Account.objects.filter(pk=user.pk).update(failures=0, locked_until=None)
    login(request, user)
    return _go_on(request, target, carried) if carried else redirect(target)


def _go_on(request: HttpRequest, target: str, carried: dict[str, Any]) -> HttpResponse:
    """What was typed before the session ran out, ready to be sent again; nothing is sent without a press."""
    to = carried["to"]
    if not url_has_allowed_host_and_scheme(to, {request.get_host()}):
        return redirect(target)
    values = {"title": "已重新登录", "to": to, "pairs": pairs_of(carried), "files": carried["files"], "back": target}
    return render(request, "luoshi/continue.html", values)


def _count_failure(account: Account | None) -> None:
    if account is None:
        return
    failures = account.failures + 1
    until = now() + LOCKED_FOR if failures >= ATTEMPTS else None
    Account.objects.filter(pk=account.pk).update(failures=0 if until else failures, locked_until=until)


def _safe(request: HttpRequest, target: str) -> str:
    return target if is_page(request, target) else reverse("overview")


@posted_only
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
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
            change_password(account, request.POST.get("old", ""), request.POST.get("new", ""))
            update_session_auth_hash(request, account)
            messages.success(request, "密码已修改。")
            return redirect("overview")
        except Refused as refused:
            refusal = refused.refusal
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
        "next": "",
    }
    return render(request, "luoshi/sign_in.html", values, status=422 if refusal else 200)


@posted_only
def display(request: HttpRequest) -> HttpResponse:
    """Large or normal type, remembered by a cookie for a year."""
    response = redirect(_safe(request, request.POST.get("next", "")))
    size = "large" if request.POST.get("size") == "large" else "normal"
    response.set_cookie("size", size, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return response
