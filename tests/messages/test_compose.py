"""Notices become letters: urgent ones to those who want them, a group's once, and only where it may be told."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from county import EDUCATION, PLANNING, desk_of, head_of
from django.db import IntegrityError

from luoshi.acts.handle_reports import return_reports
from luoshi.acts.submit_reports import ReportRow
from luoshi.messages import compose as composing
from luoshi.messages.compose import MailRoom, compose
from luoshi.store import outbox
from luoshi.store.models import Account, EntryRow, Letter, MessageChoice, Notice
from luoshi.store.outbox import Telling

BASE = "https://luoshi.example.cn"
ALL = MailRoom(frozenset({"email", "dingtalk", "wecom"}), BASE, 8)
SECRET = "与某某公司谈判破裂"


def _choose(account, **more):
    MessageChoice.objects.update_or_create(account=account, defaults={"email": f"{account}@example.cn", **more})


def _put(clock, account="desk02", **more):
    kept = {"kind": "returned", "title": "发改局填报1项被退回", "is_urgent": True, **more}
    outbox.put([Telling("k", target=("todo",), accounts=(account,), **kept)], clock())


@pytest.fixture
def person(db):
    """An account that wants mail."""
    account = Account.objects.create(username="desk02", name="经02")
    _choose("desk02")
    return account


def test_a_notice_becomes_letters_once_however_often_it_is_composed(person, clock):
    _put(clock)
    compose(ALL, clock())
    compose(ALL, clock.move(minutes=1))
    (letter,) = Letter.objects.all()
    assert (letter.channel, letter.recipient) == ("email", "desk02@example.cn")
    assert (letter.title, letter.link) == ("发改局填报1项被退回", f"{BASE}/todo/")


@pytest.mark.parametrize(
    ("choice", "is_urgent", "when"),
    [
        ("working_days", True, datetime(2023, 10, 7, tzinfo=UTC)),  # after the holidays, at eight
        ("at_once", True, datetime(2023, 9, 29, 2, tzinfo=UTC)),
        ("digest", True, None),
        ("at_once", False, None),
    ],
)
def test_on_a_holiday_only_those_who_asked_for_it_are_written_to(person, clock, choice, is_urgent, when):
    _choose("desk02", urgent=choice)
    clock.move(days=1)  # 29 September
    _put(clock, is_urgent=is_urgent)
    compose(ALL, clock())
    assert [letter.next_at for letter in Letter.objects.all()] == ([when] if when else [])


@pytest.mark.parametrize("gone", ["no address", "no choice", "closed account", "no channel"])
def test_who_has_no_address_or_no_account_any_more_is_not_written_to(person, clock, gone):
    if gone == "no address":
        _choose("desk02", email="")
    if gone == "no choice":
        MessageChoice.objects.all().delete()
    if gone == "closed account":
        Account.objects.update(is_active=False)
    _put(clock)
    compose(MailRoom(frozenset(), BASE, 8) if gone == "no channel" else ALL, clock())
    assert not Letter.objects.exists()
    assert not Notice.objects.filter(composed_at=None).exists()


def test_what_is_older_than_a_day_is_not_news_for_a_channel_set_up_today(person, clock):
    _put(clock)
    compose(ALL, clock.move(days=1, seconds=1))
    assert not Letter.objects.exists()


def test_notices_and_their_letters_are_kept_together_or_not_at_all(person, clock, monkeypatch):
    _put(clock)

    def broken(_):
        raise IntegrityError

    monkeypatch.setattr(composing.outbox, "post", broken)
    with pytest.raises(IntegrityError):
        compose(ALL, clock())
    assert Notice.objects.filter(composed_at=None).count() == 1


def test_more_than_a_batch_is_composed_whole(person, clock):
    tellings = [Telling(f"k{n}", "returned", "题", ("todo",), ("desk02",), is_urgent=True) for n in range(1203)]
    outbox.put(tellings, clock())
    compose(ALL, clock())
    assert Letter.objects.count() == 1203


def test_the_opening_of_a_month_is_told_to_the_groups_once_and_to_nobody_by_mail(county, clock):
    Notice.objects.update(made_at=clock())
    for account in (desk_of(PLANNING), desk_of(EDUCATION)):
        _choose(account)
    compose(ALL, clock())
    said = {(letter.channel, letter.recipient, letter.title) for letter in Letter.objects.all()}
    title = "2023年9月填报窗口已开启，2023年10月5日截止"
    assert said == {("dingtalk", "group", title), ("wecom", "group", title)}


def test_what_was_returned_goes_to_those_it_concerns_and_to_no_group_and_says_nothing_of_it(county, clock):
    for account in (desk_of(PLANNING), head_of(PLANNING), desk_of(EDUCATION)):
        _choose(account)
    Notice.objects.all().delete()
    row = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id").first()
    reports = county.submit(9, ReportRow(row.id, {"value": "1", "text": SECRET}))
    county.sign(9, reports)
    return_reports(county.supervisor(9, 28), reports, "wrong", "与统计数据不符")
    compose(ALL, clock.move(hours=1))
    letters = Letter.objects.all()
    assert {letter.recipient for letter in letters} == {
        f"{desk_of(PLANNING)}@example.cn",
        f"{head_of(PLANNING)}@example.cn",
    }
    assert {letter.title for letter in letters} == {"发改局2023年9月填报1项被退回"}
    assert not any(SECRET in f"{letter.title}{letter.lines}{letter.link}" for letter in letters)
    assert {letter.link for letter in letters} == {f"{BASE}/report/{PLANNING}/2023-09/"}


def test_a_page_that_is_no_more_is_replaced_by_one_that_is(person, clock):
    _put(clock)
    Notice.objects.update(target=json.dumps(["no-such-page", "x"]))
    compose(ALL, clock() + timedelta(minutes=1))
    assert Letter.objects.get().link == f"{BASE}/"
