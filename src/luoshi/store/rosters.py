"""The roster as the lists ``body`` and ``post`` hold it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings

from luoshi.lists.entry import Value
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Delegation, FormerName, Post, Roster
from luoshi.store import definitions
from luoshi.store.entries import values_of
from luoshi.store.models import Account, EntryRow, IndexCell

ROSTER_LISTS = ("body", "post", "delegation")
"""The registers a roster is made of."""
_Row = tuple[str, str, str, str, str]


_ROW = ("id", "list", "state", "definition", "values")


def roster(county: str = "") -> Roster:
    """The bodies and posts of a county (of all counties, when none is named), read in one query.

    They are taken apart once for each content of the two lists.
    """
    rows = EntryRow.objects.filter(list__in=ROSTER_LISTS).order_by("id")
    return _roster(tuple((rows.filter(plan=county) if county else rows).values_list(*_ROW)))


def home_county() -> str:
    """The area code this installation was started for; empty when none was chosen."""
    return str(settings.LUOSHI_COUNTY.get("code", ""))


def standing_of(account: str, on: date) -> tuple[str, Roster]:
    """The county in which an account holds posts on a day, with its roster; one query.

    Who holds posts in several counties stands in the installation's own, else in the first by code.
    """
    held = IndexCell.objects.filter(list="post", field="holder", text=account).values("plan")
    rows = EntryRow.objects.filter(list__in=ROSTER_LISTS, plan__in=held).order_by("id")
    kept: dict[str, list[_Row]] = defaultdict(list)
    for county, *row in rows.values_list("plan", *_ROW):
        kept[county].append((row[0], row[1], row[2], row[3], row[4]))
    known = {county: _roster(tuple(lines)) for county, lines in kept.items()}
    standing = [county for county, names in known.items() if names.posts_of(account, on)] or list(known)
    home = home_county()
    county = home if home in standing else min(standing, default=home)
    return county, known.get(county, Roster())


@lru_cache(maxsize=128)
def _roster(rows: tuple[_Row, ...]) -> Roster:
    """Keyed by the content itself: counts and versions come back after a rollback or a restore, with other people."""
    bodies: list[Body] = []
    posts: list[Post] = []
    delegations: list[Delegation] = []
    for identity, name, state, definition, text in rows:
        values = values_of(definitions.version(definition), text)
        if name == "body":
            bodies.append(_body(values))
        elif state == "standing":
            if name == "delegation":
                delegations.append(_delegation(values))
            else:
                posts.append(_post(identity, values))
    return Roster.of(bodies, posts, delegations)


def actor_of(account: Account, on: date) -> Actor:
    """The account with the posts it holds on a day."""
    _, names = standing_of(account.username, on)
    return Actor(account.username, account.name, names.posts_of(account.username, on))


def _body(values: Mapping[str, Value]) -> Body:
    aliases = values.get("aliases")
    return Body(
        code=_text(values.get("code")),
        name=_text(values.get("name")),
        short_name=_text(values.get("short_name")),
        kind=_text(values.get("kind")),
        parent=_text(values.get("parent")),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, tuple) else (),
        since=_day(values.get("since")),
        until=_day(values.get("until")),
        former=tuple(_former(values.get("former_names"))),
        successor=_text(values.get("successor")),
    )


def _former(rows: Value) -> Iterator[FormerName]:
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Mapping) and isinstance(row["until"], date):
            yield FormerName(str(row["name"]), str(row.get("short_name") or ""), row["until"])


def _post(identity: str, values: Mapping[str, Value]) -> Post:
    return Post(
        id=identity,
        body=_text(values.get("body")),
        role=Role(_text(values.get("role"))),
        title=_text(values.get("title")),
        holder=_text(values.get("holder")),
        holder_name=_text(values.get("holder_name")),
        since=_day(values.get("since")),
        until=_day(values.get("until")),
    )


def _delegation(values: Mapping[str, Value]) -> Delegation:
    first, last = _day(values.get("first_day")), _day(values.get("last_day"))
    return Delegation(
        _text(values.get("post")), _text(values.get("principal")), _text(values.get("delegate")),
        first or date.max, last or date.min,
    )  # fmt: skip


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
