"""消息: what one is told, how one wants to be told, and the calendar, as their reader meets them."""

from __future__ import annotations

import re

import pytest
from county import COUNTY, EDUCATION, OFFICE, PASSWORD, PLANNING, SUPERVISOR, at, desk_of, founder
from django.test import Client

from luoshi.acts.accounts import create_account
from luoshi.acts.register_people import register_people
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import outbox
from luoshi.store.models import Letter, MessageChoice, Notice
from luoshi.store.outbox import Telling

DESK, OTHER = desk_of(PLANNING), desk_of(EDUCATION)


@pytest.fixture(autouse=True)
def told(county, monkeypatch):
    """Two notices for one desk, one for another, on the day of the county."""
    monkeypatch.setattr("luoshi.web.views.notices.now", lambda: at(9, 28))
    monkeypatch.setattr("luoshi.web.environment.now", lambda: at(9, 28))
    Notice.objects.all().delete()
    outbox.put(
        [
            Telling("a", "returned", "9月填报被退回", ("report-sheet", PLANNING, "2023-09"), (DESK,), is_urgent=True),
            Telling("b", "opened", "9月填报窗口已开启", ("todo",), (DESK, OTHER)),
        ],
        at(9, 27),
    )


def _text(answer):
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode().split("<main", 1)[1])


def _badge(answer):
    return re.search(r'消息<span class="count">(\d+)', answer.content.decode())


def test_the_head_counts_what_is_unread_and_the_page_lists_it(sign_in):
    page = sign_in(DESK).get("/notices/")
    assert _badge(page)[1] == "2"
    text = _text(page)
    assert "近31天2条，未读2条" in text
    assert text.index("9月填报窗口已开启") < text.index("9月填报被退回")
    assert text.count("紧急") == 1


def test_opening_one_reads_it_and_leads_to_its_page(sign_in):
    client = sign_in(DESK)
    number = Notice.objects.get(key="a", account=DESK).pk
    assert client.get(f"/notices/{number}/").url == f"/report/{PLANNING}/2023-09/"
    assert _badge(client.get("/notices/"))[1] == "1"


def test_all_are_read_at_once_and_only_ones_own(sign_in):
    client = sign_in(DESK)
    client.post("/notices/")
    assert _badge(client.get("/notices/")) is None
    assert outbox.unread(OTHER, at(9, 28)) == 1


def test_the_notice_of_another_is_not_found_and_stays_unread(sign_in):
    number = Notice.objects.get(key="b", account=OTHER).pk
    assert sign_in(DESK).get(f"/notices/{number}/").status_code == 404
    assert Notice.objects.get(pk=number).read_at is None


@pytest.mark.parametrize("target", ["[]", '["no-such-page"]', '["entry"]'])
def test_a_notice_whose_page_is_gone_leads_back_to_the_list(sign_in, target):
    Notice.objects.filter(key="a").update(target=target)
    number = Notice.objects.get(key="a").pk
    assert sign_in(DESK).get(f"/notices/{number}/").url == "/notices/"


def test_without_any_the_page_says_what_would_be_here(sign_in):
    Notice.objects.all().delete()
    assert "近31天没有消息。" in _text(sign_in(DESK).get("/notices/"))


def test_a_choice_is_saved_and_shown_again_and_a_bad_one_is_named_and_kept(sign_in):
    client = sign_in(DESK)
    good = {"do": "choose", "email": "jing@example.cn", "urgent": "digest", "digest": "no"}
    assert client.post("/notices/choices/", good).url == "/notices/choices/"
    assert 'value="jing@example.cn"' in client.get("/notices/choices/").content.decode()
    bad = client.post("/notices/choices/", {**good, "email": "jing"})
    assert bad.status_code == 422
    assert "请填写完整的邮箱地址" in _text(bad)
    assert 'value="jing"' in bad.content.decode()
    assert MessageChoice.objects.get(account=DESK).email == "jing@example.cn"


def test_the_calendar_is_shown_once_served_without_an_account_and_ends_when_asked(sign_in):
    client = sign_in(DESK)
    page = client.post("/notices/choices/", {"do": "renew"}).content.decode()
    path = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', page)[1]
    assert path not in client.get("/notices/choices/").content.decode()
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.decode().count("BEGIN:VEVENT") >= 1
    client.post("/notices/choices/", {"do": "end"})
    assert Client().get(path).status_code == 404


def test_a_secret_that_is_nobodys_is_not_found(client):
    assert client.get("/calendar/nothing.ics").status_code == 404


@pytest.fixture
def given_up():
    letter = {"channel": "email", "recipient": "a@example.cn", "title": "待办汇总", "link": "http://127.0.0.1/"}
    outbox.post([Letter(key="k", made_at=at(9, 20), next_at=at(9, 20), **letter)])
    outbox.give_up(outbox.take("email", at(9, 20)), "没有这个邮箱")


def test_the_outbox_names_the_cause_and_sends_again(sign_in, given_up):
    client = sign_in(SUPERVISOR)
    assert "发件箱（1件没有送达）" in _text(client.get("/notices/"))
    text = _text(client.get("/notices/outbox/"))
    assert "没有这个邮箱" in text
    assert "还没有设置邮件服务器和机器人" in text
    client.post("/notices/outbox/retry/")
    assert Letter.objects.get().state == "waiting"


def test_a_unit_sees_no_outbox_and_sends_nothing_again(sign_in, given_up):
    client = sign_in(DESK)
    assert "发件箱" not in _text(client.get("/notices/"))
    assert client.get("/notices/outbox/").status_code == 403
    assert client.post("/notices/outbox/retry/").status_code == 403
    assert Letter.objects.get().state == "given_up"


def test_the_system_administrator_keeps_the_outbox_too(given_up, client):
    post = Post("post:system", OFFICE, Role.SYSTEM_ADMINISTRATOR, "系统管理员", "system", "系甲")
    register_people(founder(), COUNTY, [], [post])
    client.force_login(create_account("system", "系甲", PASSWORD, must_change=False))
    assert client.get("/notices/outbox/").status_code == 200
