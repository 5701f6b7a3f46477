"""Group robots, against a real HTTP server: what is sent, and every way in which it may not be taken."""

from __future__ import annotations

import time
from urllib.parse import quote_plus

import pytest

from luoshi.messages.channel import Message, NotTaken
from luoshi.messages.robot import DingTalkRobot, WeComRobot, signature

MESSAGE = Message("k", "group", "发改局有1件事项超过时限，已[催办]*", "http://127.0.0.1:8000/todo/")
SECRET, TOKEN = "SEC000000000000", "t0ken-that-nobody-reads"


def _dingtalk(robot, **more):
    return DingTalkRobot(TOKEN, SECRET, robot.url, seconds=lambda: 1_695_866_400.5, **more)


def _trouble(robot, answer, channel=None):
    robot.answers = [answer]
    with pytest.raises(NotTaken) as trouble:
        (channel or _dingtalk(robot, timeout=0.5)).send(MESSAGE)
    assert TOKEN not in str(trouble.value)
    assert SECRET not in str(trouble.value)
    assert (
        trouble.value.__context__ is None or trouble.value.__suppress_context__
    )  # the address is in the context's words
    return trouble.value


def test_the_signature_is_the_one_openssl_computes():
    # printf '1577262236757\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
    # hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=; in an address + / = are escaped
    assert signature(1577262236757, "this is secret") == "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"


def test_dingtalk_gets_title_and_link_signed_within_the_hour(robot):
    _dingtalk(robot).send(MESSAGE)
    ((asked, body),) = robot.calls
    assert asked["access_token"] == [TOKEN]
    assert asked["timestamp"] == ["1695866400500"]
    assert quote_plus(asked["sign"][0]) == signature(1695866400500, SECRET)
    assert body == {
        "msgtype": "markdown",
        "markdown": {
            "title": "发改局有1件事项超过时限，已[催办]*",
            "text": "#### 发改局有1件事项超过时限，已催办\n\n[登录查看](http://127.0.0.1:8000/todo/)",
        },
        "at": {"isAtAll": False},
    }


def test_without_a_secret_nothing_is_signed(robot):
    DingTalkRobot(TOKEN, "", robot.url).send(MESSAGE)
    assert set(robot.calls[0][0]) == {"access_token"}


def test_wecom_gets_title_and_link(robot):
    WeComRobot("a/key", robot.url).send(MESSAGE)
    assert robot.calls == [
        (
            {"key": ["a/key"]},
            {
                "msgtype": "markdown",
                "markdown": {"content": "**发改局有1件事项超过时限，已催办**\n[登录查看](http://127.0.0.1:8000/todo/)"},
            },
        )
    ]


def test_an_errcode_is_a_refusal_though_the_status_is_200(robot):
    trouble = _trouble(robot, 310000)
    assert (trouble.reason, trouble.is_final, trouble.is_unclear) == ("机器人没有收下（errcode 310000）", False, False)


@pytest.mark.parametrize(
    ("answer", "reason", "is_unclear"),
    [
        ("fails", "机器人答复500", False),
        ("leads_elsewhere", "机器人答复302", False),
        ("babbles", "机器人的答复无法识别", True),
        ("lists", "机器人的答复无法识别", True),
        ("says_true", "机器人的答复无法识别", True),
        ("floods", "机器人连接不上或没有及时答复", True),
        ("closes", "机器人连接不上或没有及时答复", True),
        ("hangs", "机器人连接不上或没有及时答复", True),
        ("drips", "机器人连接不上或没有及时答复", True),
    ],
)
def test_what_is_not_a_clear_yes_is_not_taken_and_silence_is_told_from_a_no(robot, answer, reason, is_unclear):
    begun = time.monotonic()
    trouble = _trouble(robot, answer)
    assert (trouble.reason, trouble.is_of_channel, trouble.is_unclear) == (reason, True, is_unclear)
    assert time.monotonic() - begun < 3
    assert len(robot.calls) == 1  # nobody was led elsewhere


def test_where_nobody_listens_nothing_arrived():
    channel = WeComRobot(SECRET, "http://127.0.0.1:9/robot", timeout=0.5)
    with pytest.raises(NotTaken) as trouble:
        channel.send(MESSAGE)
    assert (trouble.value.is_unclear, SECRET in str(trouble.value)) == (False, False)
