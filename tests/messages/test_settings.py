"""The tables of luoshi.toml: what is set up, what is refused, and that no secret is told."""

from __future__ import annotations

import tomllib

import pytest

from luoshi.messages.mail import MailServer
from luoshi.messages.robot import DINGTALK, WECOM, DingTalkRobot, WeComRobot
from luoshi.messages.settings import base_url, channels_of, morning
from luoshi.terms.refusal import Refused

WHOLE = """
[messages]
url = "https://luoshi.example.gov.cn/"
morning = 9

[email]
host = "smtp.example.gov.cn"
from = "落实 <luoshi@example.gov.cn>"
user = "luoshi"
password = "hush-hush"

[dingtalk]
token = "hush-token"
secret = "SEChush"

[wecom]
key = "hush-key"
"""


def test_the_tables_as_documented_are_channels():
    tables = tomllib.loads(WHOLE)
    assert channels_of(tables) == {
        "email": MailServer(
            "smtp.example.gov.cn", 587, "starttls", "落实 <luoshi@example.gov.cn>", "luoshi", "hush-hush"
        ),
        "dingtalk": DingTalkRobot("hush-token", "SEChush", DINGTALK),
        "wecom": WeComRobot("hush-key", WECOM),
    }
    assert (base_url(tables), morning(tables)) == ("https://luoshi.example.gov.cn", 9)


def test_the_settings_in_the_guide_can_be_read(root):
    guide = (root / "docs/messages.md").read_text("utf-8")
    block = "\n".join(line[4:] for line in guide.splitlines() if line.startswith("    "))
    written = (
        block.partition("luoshi send")[0].replace("/etc/luoshi/ca.pem", str(root / "LICENSE")).replace('"…"', '"x"')
    )
    tables = tomllib.loads(written)
    assert set(channels_of(tables)) == {"email", "dingtalk", "wecom"}
    assert set(tables) == {"messages", "email", "dingtalk", "wecom", "escalation"}


def test_without_tables_nothing_is_set_up_and_nothing_is_wrong():
    assert channels_of({"messages": {}, "email": {}, "dingtalk": {}, "wecom": {}}) == {}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('url = "https://luoshi.example.gov.cn/"', "", "[messages]的url没有写明"),
        ('url = "https:', 'url = "ftp:', "[messages]的url应为http或https地址"),
        ("morning = 9", "morning = 24", "[messages]的morning应为0到23的整数"),
        ("morning = 9", "morning = true", "[messages]的morning"),
        ('host = "smtp.example.gov.cn"', 'host = " "', "[email]的host没有写明"),
        ('from = "落实 <luoshi@example.gov.cn>"', 'from = "落实"', "[email]的from应为发件人的邮箱地址"),
        ('user = "luoshi"', 'security = "tls"', "[email]的security应为ssl、starttls或none"),
        ('user = "luoshi"', 'port = "25"', "[email]的port应为端口号"),
        ('password = "hush-hush"', 'password = "密码hush"', "[email]的password只能是英文字母、数字和符号"),
        ('password = "hush-hush"', 'ca = "/no/such/file.pem"', "[email]的ca指的文件不存在"),
        ('token = "hush-token"', "token = 5", "[dingtalk]的token没有写明"),
        ('key = "hush-key"', 'key = "hush-key"\nurl = "https://x/send?key=hush-key"', "[wecom]的url"),
        ('secret = "SEChush"', "secret = 1", "[dingtalk]的secret没有写明"),
    ],
)
def test_what_is_wrong_is_told_by_table_and_name_without_the_value(was, now, said):
    assert was in WHOLE
    with pytest.raises(Refused) as refused:
        channels_of(tomllib.loads(WHOLE.replace(was, now)))
    assert said in refused.value.refusal.message
    assert "hush" not in refused.value.refusal.message


@pytest.mark.parametrize("table", ["email", "dingtalk", "wecom"])
def test_a_channel_prints_no_secret(table):
    (channel,) = channels_of({"messages": {"url": "http://a"}, table: tomllib.loads(WHOLE)[table]}).values()
    assert "hush" not in repr(channel)
