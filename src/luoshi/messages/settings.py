"""通道设置: the tables ``messages``, ``email``, ``dingtalk`` and ``wecom`` of luoshi.toml as channels."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from luoshi.messages.channel import Channel
from luoshi.messages.mail import MailServer
from luoshi.messages.robot import DINGTALK, WECOM, DingTalkRobot, WeComRobot
from luoshi.terms.refusal import Refusal, Refused

Tables = Mapping[str, Mapping[str, Any]]
PORTS = {"ssl": 465, "starttls": 587, "none": 25}
MORNING = 8


def channels_of(tables: Tables) -> dict[str, Channel]:
    """The channels that are set up; none when no table is there, and then nothing is ever sent.

    Raises:
        Refused: a table lacks something, or holds what cannot be (``messages.bad_settings``, 409).
    """
    found: dict[str, Channel] = {}
    if tables.get("email"):
        found["email"] = _mail(tables["email"])
    if tables.get("dingtalk"):
        known = tables["dingtalk"]
        secret, url = _text("dingtalk", known, "secret", ""), _url("dingtalk", known, DINGTALK)
        found["dingtalk"] = DingTalkRobot(_text("dingtalk", known, "token"), secret, url)
    if tables.get("wecom"):
        known = tables["wecom"]
        found["wecom"] = WeComRobot(_text("wecom", known, "key"), _url("wecom", known, WECOM))
    if found:
        base_url(tables)
        morning(tables)
    return found


def base_url(tables: Tables) -> str:
    """The address under which people reach the pages, without a slash at its end.

    Raises:
        Refused: none is set, or it is no address.
    """
    return _url("messages", tables.get("messages", {}), None).rstrip("/")


def morning(tables: Tables) -> int:
    """The hour in China from which the day's digest is sent.

    Raises:
        Refused: no hour of the day.
    """
    hour = tables.get("messages", {}).get("morning", MORNING)
    if type(hour) is not int or not 0 <= hour <= 23:
        raise _bad("messages", "morning", "应为0到23的整数")
    return hour


def _mail(known: Mapping[str, Any]) -> MailServer:
    security = _text("email", known, "security", "starttls")
    if security not in PORTS:
        raise _bad("email", "security", "应为ssl、starttls或none")
    port = known.get("port", PORTS[security])
    if type(port) is not int or not 0 < port < 65536:
        raise _bad("email", "port", "应为端口号")
    sender = _text("email", known, "from")
    if "@" not in sender or "\n" in sender:
        raise _bad("email", "from", "应为发件人的邮箱地址")
    user, password, ca = (_text("email", known, name, "") for name in ("user", "password", "ca"))
    if not (user + password).isascii():
        raise _bad("email", "password" if user.isascii() else "user", "只能是英文字母、数字和符号")
    if ca and not Path(ca).is_file():
        raise _bad("email", "ca", "指的文件不存在")
    return MailServer(_text("email", known, "host"), port, security, sender, user, password, ca)


def _text(table: str, known: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = known.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise _bad(table, name, "没有写明")
    return value.strip()


def _url(table: str, known: Mapping[str, Any], default: str | None) -> str:
    written = _text(table, known, "url", default)
    place = urlsplit(written)
    if place.scheme not in {"http", "https"} or not place.hostname or place.query or place.fragment:
        raise _bad(table, "url", "应为http或https地址，不带参数")
    return written


def _bad(table: str, name: str, why: str) -> Refused:
    message = f"设置文件luoshi.toml里[{table}]的{name}{why}，消息没有发出。"
    return Refused(Refusal("messages.bad_settings", message, 409))
