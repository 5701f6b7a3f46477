"""Who acts: an account with the posts it holds today, and what those posts allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.people.role import Role
from luoshi.people.roster import Post, Roster
from luoshi.terms.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Actor:
    """行为人: an account and the posts it holds on the day of the act."""

    account: str
    name: str
    posts: tuple[Post, ...] = ()

    def has(self, role: Role) -> bool:
        """Whether any of the posts carries the role."""
        return any(post.role == role for post in self.posts)

    def within(self, body: str) -> Actor:
        """The same account with only the posts it holds in this body."""
        return Actor(self.account, self.name, tuple(post for post in self.posts if post.body == body))

    @property
    def bodies(self) -> tuple[str, ...]:
        """The codes of the bodies the actor has a post in."""
        return tuple(dict.fromkeys(post.body for post in self.posts))

    @property
    def reads_everything(self) -> bool:
        """Whether some post sees the entries of every body."""
        return any(post.role.reads_everything for post in self.posts)


@dataclass(frozen=True, slots=True)
class Grant:
    """授权: a role, and the field of the entry naming the body it must belong to (None: any)."""

    role: Role
    of: str | None = None


def post_for(actor: Actor, grants: Iterable[Grant], bodies: dict[str, tuple[str, ...]], roster: Roster) -> Post | None:
    """The first post of the actor that one of the grants covers, or None.

    Args:
        bodies: for each field named by a grant, the body codes the entry holds there.
    """
    for grant in grants:
        for post in actor.posts:
            if post.role != grant.role:
                continue
            if grant.of is None or any(roster.is_within(code, post.body) for code in bodies.get(grant.of, ())):
                return post
    return None


def no_right(action: str, grants: Iterable[Grant], basis: str) -> Refusal:
    """The refusal of an act for which the actor holds no fitting post."""
    who = "、".join(dict.fromkeys(grant.role.label for grant in grants)) or "无人"
    return Refusal("people.no_right", f"您没有“{action}”的权限，此项由{who}办理。", 403, basis)
