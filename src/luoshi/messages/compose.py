"""起草: notices become letters: urgent ones at once, a group's by its robots, the rest waits for the morning's digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from luoshi.messages.page_link import link
from luoshi.messages.working_time import IsWorked, is_worked, next_worked
from luoshi.store import outbox
from luoshi.store.models import Account, Letter, MessageChoice, Notice

STALE = timedelta(days=1)
"""A notice older than this became none: a channel set up today does not tell last year's news."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class MailRoom:
    """收发: which channels there are, where pages are found, and when the morning is."""

    channels: frozenset[str]
    base: str
    morning: int
    worked: IsWorked = is_worked


def compose(room: MailRoom, now: datetime) -> None:
    """Write the letters of all notices that wait; each notice is composed once, with its letters or not at all."""
    while _batch(room, now):
        pass


def _batch(room: MailRoom, now: datetime) -> bool:
    with transaction.atomic():
        notices = list(outbox.free(Notice.objects.filter(composed_at=None).order_by("made_at", "id"))[:_BATCH])
        fresh = [notice for notice in notices if now - notice.made_at <= STALE]
        outbox.post([*_mails(room, fresh, now), *_posts(room, fresh, now)])
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(composed_at=now)
    return len(notices) == _BATCH


def _mails(room: MailRoom, notices: Iterable[Notice], now: datetime) -> Iterator[Letter]:
    urgent = [notice for notice in notices if notice.is_urgent]
    if "email" not in room.channels or not urgent:
        return
    names = {notice.account for notice in urgent}
    active = Account.objects.filter(username__in=names, is_active=True).values("username")
    choices = MessageChoice.objects.filter(account__in=active).exclude(email="").in_bulk()
    for notice in urgent:
        choice = choices.get(notice.account)
        if choice is not None and choice.urgent != "digest":
            when = now if choice.urgent == "at_once" else next_worked(now, room.morning, room.worked)
            yield _letter(room, notice, ("email", choice.email, notice.title), when)


def _posts(room: MailRoom, notices: Iterable[Notice], now: datetime) -> Iterator[Letter]:
    """What groups may be told; once for a happening, however many persons were told of it."""
    rooms = {notice.key: notice for notice in notices if notice.room}
    for channel in sorted(room.channels & set(outbox.ROBOTS)):
        for notice in rooms.values():
            when = next_worked(now, room.morning, room.worked)
            yield _letter(room, notice, (channel, "group", notice.room), when)


def _letter(room: MailRoom, notice: Notice, to: tuple[str, str, str], when: datetime) -> Letter:
    channel, recipient, title = to
    address = link(room.base, json.loads(notice.target))
    return Letter(
        key=f"notice:{notice.key}"[:200], channel=channel, recipient=recipient, title=title, link=address,
        made_at=when, next_at=when,
    )  # fmt: skip
