"""Sending: nothing is lost while a channel is out of order, nothing is sent twice unless it is said so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from county import SUPERVISOR

from luoshi.messages.channel import NotTaken
from luoshi.messages.mail import MailServer
from luoshi.messages.robot import DingTalkRobot, WeComRobot
from luoshi.messages.sender import FIRST, GIVEN_UP, LONGEST, deliver, pause
from luoshi.store import outbox
from luoshi.store.models import Letter, Notice
from luoshi.store.outbox import HELD_FOR


def _post(clock, number=1, channel="dingtalk", recipient="group"):
    outbox.post(
        Letter(
            key=f"k{n}", channel=channel, recipient=recipient, title=f"第{n}件", link="http://127.0.0.1/",
            made_at=clock(), next_at=clock(),
        )
        for n in range(number)
    )  # fmt: skip


def _robot(server):
    return {"dingtalk": DingTalkRobot("token", "", server.url, timeout=0.4)}


class Gate:
    """A channel that does as it is told."""

    def __init__(self, *outcomes):
        self.outcomes, self.taken = list(outcomes), []

    def send(self, message):
        self.taken.append(message.title)
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome:
            raise outcome


def test_pauses_double_from_a_minute_to_an_hour():
    minutes = [pause(tries) / timedelta(minutes=1) for tries in range(1, 10)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (pause(1), pause(10**6)) == (FIRST, LONGEST)


def test_a_robot_that_answers_500_for_a_day_gets_everything_once_when_it_is_well(db, clock, robot):
    _post(clock, 3)
    robot.answers = ["fails"]
    until = clock() + timedelta(days=1)
    while clock() < until:
        deliver(_robot(robot), clock)
        clock.move(minutes=5)
    assert outbox.counts() == {"waiting": 3, "sent": 0, "given_up": 0, "repeated": 0}
    assert len(robot.calls) < 3 * 40  # a letter an hour, not one for each look
    robot.answers, before = [0], len(robot.calls)
    for _ in range(15):
        deliver(_robot(robot), clock)
        clock.move(minutes=5)
    assert outbox.counts() == {"waiting": 0, "sent": 3, "given_up": 0, "repeated": 0}
    said = [body["markdown"]["title"] for _, body in robot.calls[before:]]
    assert sorted(said) == ["第0件", "第1件", "第2件"]
    assert Letter.objects.filter(trouble="").count() == 3


def test_what_is_not_taken_for_three_days_is_given_up_and_told_once_a_day_to_whoever_keeps_the_system(
    county, clock, robot
):
    _post(clock, 3)
    robot.answers = [310000]
    Notice.objects.all().delete()
    for _ in range(80):
        deliver(_robot(robot), clock)
        clock.move(hours=1)
    assert outbox.counts()["given_up"] == 3
    (told,) = Notice.objects.filter(kind="undelivered")
    assert told.account == SUPERVISOR  # there is no system administrator in this county
    assert told.title == "钉钉机器人已连续三天没有送达，不再重试：机器人没有收下（errcode 310000）"
    assert clock() - Letter.objects.first().made_at > GIVEN_UP


def test_what_can_never_arrive_is_given_up_at_once_and_holds_up_nothing(county, clock, mail_host):
    _post(clock, 2, "email", "a@example.cn")
    mail_host.says = {"RCPT": "550 no such user"}
    channels = {"email": MailServer("127.0.0.1", mail_host.port, "none", "luoshi@example.cn")}
    assert deliver(channels, clock) == {"given_up": 2}
    assert Notice.objects.filter(kind="undelivered").count() == 1
    assert set(Letter.objects.values_list("trouble", flat=True)) == {"邮件服务器不接受收件人（550）"}


def test_a_channel_out_of_order_is_left_alone_until_the_next_run_and_the_other_goes_on(db, clock):
    _post(clock, 3, "email")
    _post(clock, 2, "wecom")
    mail, robot = Gate(NotTaken("邮件服务器连接不上或中断", is_of_channel=True)), Gate()
    assert deliver({"email": mail, "wecom": robot}, clock) == {"put_off": 1, "sent": 2}
    assert (mail.taken, robot.taken) == (["第0件"], ["第0件", "第1件"])


@pytest.mark.parametrize("answer", ["hangs", "closes", "drips"])
def test_what_may_have_arrived_is_sent_again_and_counted(db, clock, robot, answer):
    _post(clock)
    robot.answers = [answer, 0]
    assert deliver(_robot(robot), clock) == {"put_off": 1}
    clock.move(minutes=1)
    assert deliver(_robot(robot), clock) == {"sent": 1}
    assert outbox.counts() == {"waiting": 0, "sent": 1, "given_up": 0, "repeated": 1}
    assert len(robot.calls) == 2


def test_twenty_a_minute_and_the_rest_in_the_next_ones(db, clock, robot):
    _post(clock, 50)
    channels = {"dingtalk": _robot(robot)["dingtalk"], "wecom": WeComRobot("key", robot.url)}
    assert deliver(channels, clock) == {"sent": 20}
    clock.move(seconds=59)
    assert deliver(channels, clock) == {}
    clock.move(seconds=1)
    assert deliver(channels, clock) == {"sent": 20}
    clock.move(minutes=1)
    assert deliver(channels, clock) == {"sent": 10}


def test_a_fault_of_ours_is_loud_and_the_letter_waits_until_its_hold_ends(db, clock):
    _post(clock)
    with pytest.raises(ZeroDivisionError):
        deliver({"dingtalk": Gate(ZeroDivisionError())}, clock)
    good = Gate()
    assert deliver({"dingtalk": good}, clock) == {}
    clock.now += HELD_FOR
    assert deliver({"dingtalk": good}, clock) == {"sent": 1}
    assert outbox.counts()["repeated"] == 1
