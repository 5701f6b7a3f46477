"""The roster as the lists ``body`` and ``post`` hold it now."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Count, Sum

from luoshi.lists.entry import Entry, Value
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.store.entries import from_row
from luoshi.store.models import Account, EntryRow


def roster() -> Roster:
    """All bodies and posts; read once for each state of the two lists."""
    rows = EntryRow.objects.filter(list__in=("body", "post"))
    state = rows.aggregate(count=Count("id"), versions=Sum("version"))
    return _roster(state["count"], state["versions"] or 0, _database())


def _database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


@lru_cache(maxsize=4)
def _roster(_count: int, _versions: int, _database: str) -> Roster:
    entries = [from_row(row) for row in EntryRow.objects.filter(list__in=("body", "post")).order_by("id")]
    bodies = [_body(entry) for entry in entries if entry.list == "body"]
    posts = [_post(entry) for entry in entries if entry.list == "post" and entry.state == "standing"]
    return Roster.of(bodies, posts)


def actor_of(account: Account, on: date) -> Actor:
    """The account with the posts it holds on a day."""
    return Actor(account.username, account.name, roster().posts_of(account.username, on))


def _body(entry: Entry) -> Body:
    aliases = entry["aliases"]
    return Body(
        code=_text(entry["code"]),
        name=_text(entry["name"]),
        short_name=_text(entry["short_name"]),
        kind=_text(entry["kind"]),
        parent=_text(entry["parent"]),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, tuple) else (),
        since=_day(entry["since"]),
        until=_day(entry["until"]),
    )


def _post(entry: Entry) -> Post:
    return Post(
        id=entry.id,
        body=_text(entry["body"]),
        role=Role(_text(entry["role"])),
        title=_text(entry["title"]),
        holder=_text(entry["holder"]),
        holder_name=_text(entry["holder_name"]),
        since=_day(entry["since"]),
        until=_day(entry["until"]),
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
