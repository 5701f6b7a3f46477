"""代理: the reader's posts, who acts in them, and whom one could name; who keeps posts sees everybody's."""

from __future__ import annotations

from typing import Any

from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.entries import from_row
from luoshi.store.models import EntryRow
from luoshi.store.queries import wording
from luoshi.store.queries.desk import Desk

Plain = dict[str, Any]


def is_keeper(desk: Desk) -> bool:
    """Whether the reader names delegates for the posts of others."""
    kept = {Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR}
    return any(post.role in kept and not post.acting_for for post in desk.actor.posts)


def posts(desk: Desk) -> list[tuple[str, str]]:
    """The posts the reader may name a delegate for, one's own first, as choices; a deputy votes in person."""
    standing = [post for post in desk.roster.posts if post.holder and post.stands_on(desk.today)]
    may = [post for post in standing if post.role is not Role.DEPUTY]
    own = [post for post in may if post.holder == desk.actor.account]
    others = [post for post in may if post.holder != desk.actor.account] if is_keeper(desk) else []
    return [(post.id, _called(desk, post)) for post in [*own, *others]]


def delegates(desk: Desk) -> list[tuple[str, str]]:
    """Those who hold a post in the county, as choices; colleagues of the reader's bodies first."""
    found: dict[str, str] = {}
    near = set(desk.actor.bodies)
    standing = [post for post in desk.roster.posts if post.holder and post.stands_on(desk.today)]
    for post in sorted(standing, key=lambda post: post.body not in near):
        if post.holder != desk.actor.account or is_keeper(desk):
            found.setdefault(post.holder, _called(desk, post))
    return list(found.items())


def _called(desk: Desk, post: Post) -> str:
    return f"{desk.label(post.body)}{post.title or post.role.label}　{post.holder_name or post.holder}"


def delegations(desk: Desk) -> list[Plain]:
    """The delegations by and to the reader (all, for a keeper of posts), the newest first, at most a hundred.

    ``state`` says whether one is in force, to come, over, ended early, or void because the post has passed on.
    """
    rows = EntryRow.objects.filter(list="delegation", plan=desk.county)
    known = [from_row(row) for row in rows]
    account, everything = desk.actor.account, is_keeper(desk)
    found = []
    for entry in sorted(known, key=lambda one: (str(one["first_day"]), one.id), reverse=True):
        if not everything and account not in (entry["principal"], entry["delegate"]):
            continue
        holder = next((post.holder for post in desk.roster.posts if post.id == entry["post"]), "")
        state = _state(desk, entry, holder)
        found.append(
            {
                "id": entry.id,
                "version": entry.version,
                "text": str(entry["text"]),
                "principal": str(entry["principal_name"] or entry["principal"]),
                "delegate": str(entry["delegate_name"] or entry["delegate"]),
                "days": f"{wording.day(entry['first_day'])}至{wording.day(entry['last_day'])}",
                "state": state,
                "may_end": state in {"生效中", "未开始"} and (everything or account == entry["principal"]),
            }
        )
    return found[:100]


def _state(desk: Desk, entry: Any, holder: str) -> str:
    if entry.state != "standing":
        return "已提前结束"
    if desk.today > entry["last_day"]:
        return "已到期"
    if holder != entry["principal"]:
        return "岗位已换人，失效"
    return "未开始" if desk.today < entry["first_day"] else "生效中"
