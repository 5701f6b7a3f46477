"""通道: what a channel is to the sender, and how it says that a letter was not taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

LABELS = {"email": "电子邮件", "dingtalk": "钉钉机器人", "wecom": "企业微信机器人"}


@dataclass(frozen=True, slots=True)
class Message:
    """消息: what is sent: a title, a few lines of counts and a link.

    Args:
        key: the same for every try of the same message.
    """

    key: str
    recipient: str
    title: str
    link: str
    lines: tuple[str, ...] = ()


class NotTaken(Exception):
    """未送达: a channel has not taken a message, with the reason for whoever keeps the settings.

    Args:
        reason: no secret, address or content in it.
        is_final: trying again cannot help.
        is_of_channel: other messages would fare the same now.
        is_unclear: the channel fell silent after it was handed the message, and may have taken it.
    """

    def __init__(
        self, reason: str, *, is_final: bool = False, is_of_channel: bool = False, is_unclear: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.is_final = reason, is_final
        self.is_of_channel, self.is_unclear = is_of_channel, is_unclear


class Channel(Protocol):
    """通道: takes one message, or says why not."""

    def send(self, message: Message) -> None:
        """Hand the message over.

        Raises:
            NotTaken: it was not taken, as far as can be known.
        """


Channels = Mapping[str, Channel]
"""The channels that are set up, by name."""
