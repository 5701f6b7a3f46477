"""Registering bodies and posts: the county's roster, once at the start and whenever it changes."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.acts.context import Context, act, decided, refuse
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth
from luoshi.people.role import unseparated
from luoshi.people.roster import Body, Post
from luoshi.store import definitions, entries
from luoshi.store.append import append


@act
def register_people(context: Context, county: str, bodies: Sequence[Body], posts: Sequence[Post]) -> list[Entry]:
    """Establish bodies and posts, or amend those already known; equal ones are left alone.

    Args:
        county: the area code under which they are kept.

    Raises:
        Refused: the actor may not, a value is bad, or one person would be two of the separated three; nothing is
            registered.
    """
    _require_separated(context, posts)
    wanted = [("body", f"body:{body.code}", _body(body)) for body in bodies]
    wanted += [("post", post.id, _post(post)) for post in posts]
    known = entries.find_all(identity for _, identity, _ in wanted)
    changes: list[Change] = []
    for name, identity, typed in wanted:
        entry = known.get(identity)
        if entry is None:
            birth = Birth(identity, county)
            changes.append(decided(context, definitions.current(name), birth, "establish", typed))
            continue
        definition = definitions.version(entry.definition)
        move = definition.moves["amend" if name == "body" else "hand_over"]
        settable = {field: value for field, value in typed.items() if field in move.sets}
        change = decided(context, definition, entry, move.name, settable)
        changes += [change] if change.values else []
    return append(changes, context.act_id)


def _require_separated(context: Context, posts: Sequence[Post]) -> None:
    """三员分立: whoever gets a post must not hold two of the three then."""
    held = {post.id: post for post in context.circumstances.roster.posts} | {post.id: post for post in posts}
    for holder in {post.holder for post in posts if post.holder}:
        own = [post for post in held.values() if post.holder == holder and post.stands_on(context.today)]
        two = unseparated({post.role for post in own})
        if two:
            message = f"{two[0].label}和{two[1].label}须由不同的人担任（三员分立），“{holder}”不能兼任。"
            raise refuse("acts.not_separated", message, 422, holder=holder)


def _body(body: Body) -> dict[str, object]:
    return {
        "code": body.code,
        "name": body.name,
        "short_name": body.short_name,
        "kind": body.kind,
        "parent": body.parent,
        "aliases": body.aliases,
        "since": body.since,
    }


def _post(post: Post) -> dict[str, object]:
    return {
        "body": post.body,
        "role": post.role.value,
        "title": post.title,
        "holder": post.holder,
        "holder_name": post.holder_name,
        "since": post.since,
        "until": post.until,
    }
