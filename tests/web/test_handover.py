"""岗位交接 by page and interface: what is left is shown first, and goes over in one press."""

from __future__ import annotations

import pytest
from county import PASSWORD, PLANNING, SUPERVISOR, desk_of, head_of

from luoshi.acts.accounts import create_account
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import EntryRow

HEAD_POST = f"post:head{PLANNING[-2:]}"
PAGE = f"/entries/{HEAD_POST}/handover/"
TYPED = {"holder": "xinren", "holder_name": "新甲", "since": "2023-09-28", "version": "1"}


@pytest.fixture
def submitted(county):
    create_account("xinren", "新甲", PASSWORD, must_change=False)
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return county.submit(9, ReportRow(rows.first().id, {"value": "45", "text": "推进"}))


def test_the_page_shows_what_is_left_and_hands_it_over(submitted, sign_in):
    browser = sign_in(SUPERVISOR)
    assert PAGE in browser.get(f"/entries/{HEAD_POST}/").content.decode()
    html = browser.get(PAGE).content.decode()
    assert "现任负02，留下待签发1件" in html
    assert "发改局2023年9月" in html
    answer = browser.post(PAGE, TYPED)
    assert answer.headers["Location"] == f"/entries/{HEAD_POST}/"
    assert "待签发1件已随岗位转给新甲" in browser.get(f"/entries/{HEAD_POST}/").content.decode()
    assert "待签发" in sign_in("xinren").get("/todo/").content.decode()


def test_no_successor_is_warned_and_confirmed(submitted, sign_in):
    browser = sign_in(SUPERVISOR)
    page = browser.post(PAGE, {**TYPED, "holder": "", "holder_name": ""})
    assert page.status_code == 409
    assert "还有待签发1件没有办完" in page.content.decode()
    assert 'name="despite_work"' in page.content.decode()
    meant = browser.post(PAGE, {**TYPED, "holder": "", "holder_name": "", "despite_work": "yes"})
    assert meant.status_code == 302
    assert "岗位空缺" in browser.get(PAGE).content.decode()


def test_others_have_no_such_page(submitted, sign_in):
    for account in (head_of(PLANNING), desk_of(PLANNING), "xianling", "shenji"):
        assert sign_in(account).get(PAGE).status_code == 403
        assert sign_in(account).post(PAGE, TYPED).status_code == 403
    assert EntryRow.objects.get(pk=HEAD_POST).version == 1


def test_the_plain_form_of_the_post_hands_nothing_over(submitted, sign_in):
    browser = sign_in(SUPERVISOR)
    assert browser.post(f"/entries/{HEAD_POST}/moves/hand_over/", TYPED).status_code == 409
    assert browser.get("/entries/target:none/handover/").status_code == 404


def test_a_successor_without_account_is_told_of_and_opened_on_the_page_of_accounts(submitted, sign_in):
    browser = sign_in(SUPERVISOR)
    browser.post(PAGE, {**TYPED, "holder": "xinlai", "holder_name": "新乙"})
    assert "请在“账号”页开通" in browser.get(f"/entries/{HEAD_POST}/").content.decode()
    assert "未开通" in browser.get("/accounts/", {"q": "新乙"}).content.decode()
    assert "初始密码" in browser.post("/accounts/", {"account": "xinlai", "move": "open"}).content.decode()
    assert sign_in("xinlai").get("/todo/").headers["Location"] == "/password/"
