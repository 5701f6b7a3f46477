"""发送: letters go out one by one; what was not taken is tried again, later each time, for three days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from luoshi.acts.context import SHANGHAI
from luoshi.messages.channel import LABELS, Channel, Channels, Message, NotTaken
from luoshi.people.role import Role
from luoshi.store import outbox
from luoshi.store.models import Letter
from luoshi.store.outbox import Telling
from luoshi.store.rosters import home_county, roster

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=1)
"""The pauses before the second try and, doubled each time, at most."""
GIVEN_UP = timedelta(days=3)
"""How long after it was posted a letter is still tried again: longer than a weekend."""

Clock = Callable[[], datetime]


def deliver(channels: Channels, now: Clock) -> Counter[str]:
    """Send what is due over every channel; a channel out of order waits for the next run.

    Returns:
        How many were ``sent``, ``put_off`` and ``given_up``.
    """
    done: Counter[str] = Counter()
    for name, channel in channels.items():
        while letter := outbox.take(name, now()):
            outcome, goes_on = _delivered(channel, letter, now)
            done[outcome] += 1
            if not goes_on:
                break
    return done


def _delivered(channel: Channel, letter: Letter, now: Clock) -> tuple[str, bool]:
    lines = tuple(letter.lines.splitlines())
    try:
        channel.send(Message(letter.key, letter.recipient, letter.title, letter.link, lines))
    except NotTaken as trouble:
        return _not_taken(letter, trouble, now()), not trouble.is_of_channel
    outbox.sent(letter, now())
    return "sent", True


def _not_taken(letter: Letter, trouble: NotTaken, now: datetime) -> str:
    if trouble.is_final or now - letter.made_at >= GIVEN_UP:
        outbox.give_up(letter, trouble.reason)
        _tell_keepers(letter, trouble, now)
        return "given_up"
    outbox.put_off(letter, now + pause(letter.tries), trouble.reason, is_unclear=trouble.is_unclear)
    return "put_off"


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(FIRST * 2 ** min(tries - 1, 10), LONGEST)


def _tell_keepers(letter: Letter, trouble: NotTaken, now: datetime) -> None:
    """The system administrators, else the supervision office, are told on the page; once a day for a channel."""
    day = now.astimezone(SHANGHAI).date()
    posts = [post for post in roster(home_county()).posts if post.holder and post.stands_on(day)]
    keepers = [post.holder for post in posts if post.role is Role.SYSTEM_ADMINISTRATOR]
    keepers = keepers or [post.holder for post in posts if post.role is Role.SUPERVISOR]
    why = "有消息无法投递" if trouble.is_final else "已连续三天没有送达"
    title = f"{LABELS[letter.channel]}{why}，不再重试：{trouble.reason}"
    outbox.put(
        [Telling(f"undelivered:{letter.channel}:{day}", "undelivered", title, ("notices",), tuple(keepers))], now
    )
