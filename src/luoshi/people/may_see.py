"""Who may read an entry (design.md §7)."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.people.actor import Actor
from luoshi.people.roster import Roster


def may_see(actor: Actor, visible: str, owners: Iterable[str], roster: Roster) -> bool:
    """Whether the actor may read an entry; the separated three read nothing that belongs to a body (domain.md §14.5).

    Args:
        visible: the list's ``visible``: ``owners``, ``county`` or ``public``; an unknown word shows nothing.
        owners: the codes of the bodies the entry belongs to; none for registers such as bodies and posts.
    """
    owning = tuple(owners)
    if visible == "public":
        return True
    if visible not in {"owners", "county"}:
        return False
    if actor.reads_everything:
        return True
    if visible == "county":
        return any(not post.role.is_administrator or not owning for post in actor.posts)
    return any(
        not post.role.is_administrator and roster.is_within(code, post.body) for post in actor.posts for code in owning
    )
