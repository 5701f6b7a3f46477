"""The morning's digest: one mail for each person and working day, with numbers and no content."""

from __future__ import annotations

import pytest
from county import EDUCATION, HARBOUR, PLANNING, desk_of

from luoshi.messages.compose import MailRoom
from luoshi.messages.digest import digest
from luoshi.messages.remind import remind
from luoshi.store.models import Account, Letter, MessageChoice

ROOM = MailRoom(frozenset({"email"}), "https://luoshi.example.cn", 8)


@pytest.fixture
def wanting(county):
    """Two desks with something to do and one without want a digest."""
    for body in (PLANNING, EDUCATION, HARBOUR):
        MessageChoice.objects.create(account=desk_of(body), email=f"{desk_of(body)}@example.cn")
    return county


def _lines(account):
    return Letter.objects.get(recipient=f"{account}@example.cn", state="waiting").lines.splitlines()


def test_who_has_something_to_do_gets_one_mail_with_numbers_and_who_has_nothing_gets_none(wanting, clock):
    remind(clock())
    assert digest(ROOM, clock()) == 2
    assert digest(ROOM, clock.move(hours=2)) == 0
    letter = Letter.objects.get(recipient=f"{desk_of(EDUCATION)}@example.cn")
    assert (letter.title, letter.link) == ("今日待办1件", "https://luoshi.example.cn/todo/")
    assert letter.lines.splitlines()[:2] == ["2023年9月填报2023年10月5日截止，今天是最后一个工作日", "填报　1件"]
    assert not Letter.objects.filter(recipient__startswith=desk_of(HARBOUR)).exists()


def test_before_the_morning_and_on_holidays_nothing_is_sent(wanting, clock):
    assert digest(ROOM, clock.move(hours=-3)) == 0  # seven o'clock
    assert digest(ROOM, clock.move(hours=1)) == 2
    assert digest(ROOM, clock.move(days=1)) == 0  # 29 September
    assert digest(ROOM, clock.move(days=8)) == 2  # 7 October, a Saturday that is worked


@pytest.mark.parametrize("change", [{"digest": False}, {"email": ""}])
def test_who_does_not_want_it_gets_none(wanting, clock, change):
    MessageChoice.objects.filter(account=desk_of(PLANNING)).update(**change)
    assert digest(ROOM, clock()) == 1


def test_closed_accounts_get_none(wanting, clock):
    Account.objects.filter(username=desk_of(PLANNING)).update(is_active=False)
    assert digest(ROOM, clock()) == 1


def test_without_mail_there_is_none(wanting, clock):
    assert digest(MailRoom(frozenset({"wecom"}), "http://a", 8), clock()) == 0


def test_yesterdays_that_was_never_taken_does_not_arrive_beside_todays(wanting, clock):
    clock.move(days=-1)
    digest(ROOM, clock())
    digest(ROOM, clock.move(days=1))
    of_desk = Letter.objects.filter(recipient=f"{desk_of(PLANNING)}@example.cn").order_by("made_at")
    assert [(letter.state, letter.trouble) for letter in of_desk] == [
        ("replaced", "已由后一天的汇总代替"),
        ("waiting", ""),
    ]
    assert _lines(desk_of(PLANNING))
