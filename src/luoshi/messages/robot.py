"""群机器人: a message posted as JSON to the address of a group's robot; DingTalk and WeCom (domain.md §14.3).

The address is the secret: it stands in no reason, no log and no page.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

from luoshi.messages.channel import Message, NotTaken

TIMEOUT = 15.0
"""Seconds within which a robot has answered, whole."""
_LONGEST = 65_536
DINGTALK = "https://oapi.dingtalk.com/robot/send"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"


def signature(timestamp: int, secret: str) -> str:
    """DingTalk's 加签, ready for an address: HMAC-SHA256 with the secret over time and secret.

    Args:
        timestamp: milliseconds since 1970; DingTalk takes it for an hour.
    """
    digest = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


@dataclass(frozen=True, slots=True)
class DingTalkRobot:
    """钉钉机器人: of one group; ``secret`` is empty where the robot is guarded by keyword or address instead."""

    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    url: str = DINGTALK
    timeout: float = TIMEOUT
    seconds: Callable[[], float] = time.time

    def send(self, message: Message) -> None:
        """Post the message.

        Raises:
            NotTaken: any answer but errcode 0.
        """
        address = f"{self.url}?access_token={quote(self.token, safe='')}"
        if self.secret:
            stamp = int(self.seconds() * 1000)
            address += f"&timestamp={stamp}&sign={signature(stamp, self.secret)}"
        text = f"#### {_plain(message.title)}\n\n[登录查看]({message.link})"
        body = {"msgtype": "markdown", "markdown": {"title": message.title, "text": text}, "at": {"isAtAll": False}}
        _post(address, body, self.timeout)


@dataclass(frozen=True, slots=True)
class WeComRobot:
    """企业微信机器人: of one group, known by its key."""

    key: str = field(repr=False)
    url: str = WECOM
    timeout: float = TIMEOUT

    def send(self, message: Message) -> None:
        """Post the message.

        Raises:
            NotTaken: any answer but errcode 0.
        """
        text = f"**{_plain(message.title)}**\n[登录查看]({message.link})"
        body = {"msgtype": "markdown", "markdown": {"content": text}}
        _post(f"{self.url}?key={quote(self.key, safe='')}", body, self.timeout)


def _plain(title: str) -> str:
    """The title without what Markdown would read as marks."""
    return "".join(sign for sign in title if sign not in "[]()*#`<>\\\n\r")


class _NoWayOn(urllib.request.HTTPRedirectHandler):
    """A robot that leads elsewhere is not followed: the secret would go along."""

    def redirect_request(self, *_: Any) -> None:
        """Nowhere."""


def _post(address: str, body: dict[str, Any], timeout: float) -> None:
    sent = json.dumps(body, ensure_ascii=False).encode()
    request = urllib.request.Request(address, sent, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - the scheme is checked with the settings
    try:
        with urllib.request.build_opener(_NoWayOn).open(request, timeout=timeout) as response:
            answer = _read(response, time.monotonic() + timeout)
    except urllib.error.HTTPError as error:
        error.close()
        raise NotTaken(f"机器人答复{error.code}", is_of_channel=True) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        is_unclear = not isinstance(error, urllib.error.URLError)  # that is raised before the message is handed over
        raise NotTaken("机器人连接不上或没有及时答复", is_of_channel=True, is_unclear=is_unclear) from None
    _require_taken(answer)


def _read(response: http.client.HTTPResponse, until: float) -> bytes:
    """The answer; one that drips or never ends is not waited for."""
    found = b""
    while part := response.read1(_LONGEST):
        found += part
        if len(found) > _LONGEST or time.monotonic() > until:
            raise TimeoutError
    return found


def _require_taken(answer: bytes) -> None:
    try:
        known = json.loads(answer)
        code = known["errcode"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotTaken("机器人的答复无法识别", is_of_channel=True, is_unclear=True) from None
    if type(code) is not int:
        raise NotTaken("机器人的答复无法识别", is_of_channel=True, is_unclear=True)
    if code:
        raise NotTaken(f"机器人没有收下（errcode {code}）", is_of_channel=True)
