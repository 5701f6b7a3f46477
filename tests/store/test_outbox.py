"""The outbox: every letter is taken by one sender at a time, none is lost, none is posted twice."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from luoshi.store import outbox
from luoshi.store.models import Letter, Notice
from luoshi.store.outbox import HELD_FOR, ROBOTS_A_MINUTE, Telling

NOW = datetime(2023, 9, 28, 2, tzinfo=UTC)


def _letter(number=1, channel="email", **more):
    made = {"made_at": NOW, "next_at": NOW, "title": "题", "link": "http://127.0.0.1/todo/", **more}
    return Letter(key=f"k{number}", channel=channel, recipient="a@example.cn", **made)


def _after(**passed):
    return NOW + timedelta(**passed)


def test_a_letter_posted_twice_is_one_letter(db):
    outbox.post([_letter()])
    outbox.post([_letter(), _letter(2)])
    assert list(Letter.objects.order_by("key").values_list("key", flat=True)) == ["k1", "k2"]


def test_what_is_taken_is_not_taken_again_while_it_is_held_and_is_when_its_sender_died(db):
    outbox.post([_letter()])
    first = outbox.take("email", NOW)
    assert (first.tries, first.repeats) == (1, 0)
    assert outbox.take("email", NOW) is outbox.take("email", _after(minutes=9)) is None
    again = outbox.take("email", NOW + HELD_FOR)
    assert (again.pk, again.tries, again.repeats) == (first.pk, 2, 1)
    assert outbox.counts()["repeated"] == 1


def test_the_word_of_a_sender_whose_hold_has_ended_does_not_count(db):
    outbox.post([_letter()])
    slow = outbox.take("email", NOW)
    outbox.take("email", NOW + HELD_FOR)
    outbox.give_up(slow, "连接超时")
    assert Letter.objects.get().state == "waiting"


def test_what_is_sent_put_off_or_given_up_is_not_due(db):
    outbox.post([_letter(1), _letter(2), _letter(3)])
    outbox.sent(outbox.take("email", NOW), NOW)
    outbox.put_off(outbox.take("email", NOW), _after(minutes=1), "答复500")
    outbox.give_up(outbox.take("email", NOW), "没有这个收件人")
    assert outbox.take("email", _after(seconds=59)) is None
    assert outbox.take("email", _after(minutes=1)).key == "k2"
    assert outbox.counts() == {"waiting": 1, "sent": 1, "given_up": 1, "repeated": 0}


def test_channels_do_not_wait_for_each_other(db):
    outbox.post([_letter(1, "wecom"), _letter(2)])
    assert outbox.take("email", NOW).key == "k2"
    assert outbox.take("dingtalk", NOW) is None


def test_a_robot_is_given_twenty_letters_in_any_minute(db):
    outbox.post(_letter(number, "dingtalk") for number in range(30))
    taken = [outbox.take("dingtalk", _after(seconds=number)) for number in range(30)]
    assert sum(letter is not None for letter in taken) == ROBOTS_A_MINUTE == 20
    assert outbox.take("dingtalk", _after(seconds=59)) is None
    assert outbox.take("dingtalk", _after(seconds=60)) is not None  # the first one's minute is over
    assert outbox.take("dingtalk", _after(seconds=60)) is None


def test_mail_knows_no_such_limit(db):
    outbox.post(_letter(number) for number in range(30))
    assert all(outbox.take("email", NOW) for _ in range(30))


def test_the_same_happening_is_kept_once_for_each_person(db):
    said = Telling("opened:p:2023-09", "opened", "已开启", ("todo",), ("a", "b", "a", ""))
    outbox.put([said], NOW)
    outbox.put([said], _after(days=1))
    assert sorted(Notice.objects.values_list("account", flat=True)) == ["a", "b"]


def test_notices_are_shown_for_a_month_and_kept_for_a_year(db):
    outbox.put([Telling("k", "opened", "已开启", ("todo",), ("a",))], NOW)
    assert (outbox.unread("a", _after(days=30)), outbox.unread("a", _after(days=31)), outbox.unread("b", NOW)) == (
        1,
        0,
        0,
    )
    outbox.forget(_after(days=366))
    assert Notice.objects.exists()
    outbox.post([_letter(1), _letter(2)])
    outbox.sent(outbox.take("email", NOW), NOW)
    outbox.forget(_after(days=367))
    assert not Notice.objects.exists()
    assert Letter.objects.get().state == "waiting"  # what was never sent is not forgotten


@pytest.mark.parametrize("channel", ["email", "dingtalk"])
def test_several_senders_at_once_send_each_letter_once(throwaway, django_db_blocker, channel):
    from django.db import connection

    taken, wrong, begin = [], [], threading.Barrier(4)

    def sender():
        try:
            begin.wait()
            while letter := outbox.take(channel, NOW):
                taken.append(letter.key)
                outbox.sent(letter, NOW)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must know
            wrong.append(error)
        finally:
            connection.close()

    with django_db_blocker.unblock():
        outbox.post(_letter(number, channel) for number in range(40))
        threads = [threading.Thread(target=sender) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        counts = outbox.counts()
    assert wrong == []
    assert len(set(taken)) == len(taken)
    if channel == "email":
        assert (len(taken), counts["sent"], counts["repeated"]) == (40, 40, 0)
    else:
        assert len(taken) == ROBOTS_A_MINUTE


def test_what_was_given_up_is_sent_again_and_what_a_later_letter_replaced_is_not(db):
    outbox.post([_letter(1), _letter(2), _letter(3)])
    outbox.withdraw("email", "k2", "已由后一天的汇总代替")
    outbox.give_up(outbox.take("email", NOW), "没有这个邮箱")
    outbox.sent(outbox.take("email", NOW), NOW)  # k3; k2 is not taken any more
    assert outbox.send_again(_after(days=4)) == 1
    again = outbox.take("email", _after(days=4))
    assert (again.key, again.made_at, again.trouble, again.tries) == ("k1", _after(days=4), "", 2)
    assert outbox.counts() == {"waiting": 1, "sent": 1, "given_up": 0, "repeated": 0}
