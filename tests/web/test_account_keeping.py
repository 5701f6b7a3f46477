"""账号管理 by page: states are told, passwords shown once, and a closed account is out at its next page."""

from __future__ import annotations

import re

from county import PLANNING, SUPERVISOR, desk_of, head_of
from django.test import Client

from luoshi.store.models import Account

PAGE = "/accounts/"


def _press(browser, account, move):
    return browser.post(PAGE, {"account": account, "move": move})


def test_a_new_password_is_shown_once_and_opens_the_door(county, sign_in, client):
    browser = sign_in(SUPERVISOR)
    page = _press(browser, desk_of(PLANNING), "reset").content.decode()
    password = re.search(r"初始密码：<code>([a-z0-9-]+)</code>", page)[1]
    html = browser.get(PAGE).content.decode()
    assert password not in html
    assert "须改初始密码" in html
    other = Client()
    assert other.post("/sign-in/", {"username": desk_of(PLANNING), "password": password}).status_code == 302
    assert other.get("/todo/").headers["Location"] == "/password/"


def test_a_closed_account_is_out_at_its_next_page(county, sign_in):
    inside = Client()
    inside.force_login(Account.objects.get(username=desk_of(PLANNING)))
    assert inside.get("/todo/").status_code == 200
    browser = sign_in(SUPERVISOR)
    assert _press(browser, desk_of(PLANNING), "close").status_code == 302
    assert inside.get("/todo/").status_code == 302
    assert "已停用" in browser.get(PAGE).content.decode()
    _press(browser, desk_of(PLANNING), "reopen")
    assert "已停用" not in browser.get(PAGE).content.decode().split("<tbody>")[1]


def test_accounts_are_found_by_name_body_and_account(county, sign_in):
    browser = sign_in(SUPERVISOR)
    for written in (desk_of(PLANNING), "经02", "发改局经办"):
        rows = browser.get(PAGE, {"q": written}).content.decode().split("<tbody>")[1]
        assert rows.count("<tr>") == 1
        assert desk_of(PLANNING) in rows
    assert "没有符合条件的账号" in browser.get(PAGE, {"q": "无此人"}).content.decode()


def test_what_is_not_offered_is_refused(county, sign_in):
    browser = sign_in(SUPERVISOR)
    assert _press(browser, SUPERVISOR, "close").status_code == 403
    assert _press(browser, desk_of(PLANNING), "whatever").status_code == 404
    assert _press(sign_in(head_of(PLANNING)), desk_of(PLANNING), "reset").status_code == 403
    assert Account.objects.filter(is_active=False).count() == 0
