"""``luoshi send``: notices become letters and go out; ``luoshi serve`` does so by itself."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter

import click

from luoshi.cli.group import DONE, ChineseCommand
from luoshi.cli.language import said
from luoshi.terms.refusal import Refused

PARENT = "LUOSHI_SENDER_OF"
"""The environment variable with the process id of the server with which ``--watch`` ends."""
PAUSE = 20.0
"""Seconds between two looks at the outbox."""


@click.command(
    "send",
    cls=ChineseCommand,
    help=said(
        "发出提醒：邮件、钉钉和企业微信机器人、每日汇总。luoshi.toml里没有设置通道的不发。luoshi serve 运行时会自动发送；"
        "不用它的，可由定时任务每分钟运行本命令。",
        "Send what is to be told: mail, robots, the morning's digest. luoshi serve does so by itself; without it, run "
        "this from a timer each minute.",
    ),
)
@click.option("--watch", is_flag=True, help=said("不退出，每20秒看一次。", "Stay, and look every 20 seconds."))
def command(*, watch: bool) -> int:
    """Send once, or go on."""
    from luoshi.cli.started import start

    start()
    if watch:
        _watch(int(os.environ.get(PARENT) or os.getppid()))
        return DONE
    done = send()
    click.echo(said(
        f"发出{done['sent']}件，待重试{done['put_off']}件，不再重试{done['given_up']}件。",
        f"{done['sent']} sent, {done['put_off']} to be tried again, {done['given_up']} given up.",
    ))  # fmt: skip
    from luoshi.store.outbox import counts

    found = counts()
    click.echo(said(
        f"发件箱：未发{found['waiting']}件，其中发送中断过、可能重复送达的共{found['repeated']}件。",
        f"Outbox: {found['waiting']} waiting; {found['repeated']} were broken off and may have arrived twice.",
    ))  # fmt: skip
    return DONE


def send() -> Counter[str]:
    """One run: the day's reminders, letters of what is new, and what is due goes out.

    Raises:
        Refused: a channel is set up wrongly; reminders on the pages are put all the same.
    """
    from django.conf import settings

    from luoshi.acts.clock import now
    from luoshi.messages.compose import MailRoom, compose
    from luoshi.messages.digest import digest
    from luoshi.messages.remind import remind
    from luoshi.messages.sender import deliver
    from luoshi.messages.settings import base_url, channels_of, morning
    from luoshi.store.outbox import forget

    remind(now())
    forget(now())
    tables = settings.LUOSHI_MESSAGES
    channels = channels_of(tables)
    if not channels:
        return Counter()
    room = MailRoom(frozenset(channels), base_url(tables), morning(tables))
    compose(room, now())
    digest(room, now())
    return deliver(channels, now)


def _watch(parent: int) -> None:
    """Send until whoever started it is gone; what hinders is logged when it begins, and every look tries again."""
    from django.db import DatabaseError, close_old_connections

    log, known = logging.getLogger("luoshi.cli"), ""
    while os.getppid() == parent:
        try:
            send()
            trouble = ""
        except Refused as refused:
            trouble = refused.refusal.message
        except DatabaseError as error:
            trouble = f"数据库不能使用，消息没有发出：{error}"
        finally:
            close_old_connections()
        if trouble and trouble != known:
            log.error(trouble)
        known = trouble
        _wait(parent)


def _wait(parent: int) -> None:
    until = time.monotonic() + PAUSE
    while time.monotonic() < until and os.getppid() == parent:
        time.sleep(0.5)
