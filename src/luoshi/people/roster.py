"""The roster: a county's bodies as a tree, its posts and who holds them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from luoshi.people.role import Role


@dataclass(frozen=True, slots=True)
class FormerName:
    """曾用名: what a body was called before ``until``, the first day of its next name."""

    name: str
    short_name: str
    until: date


@dataclass(frozen=True, slots=True)
class Body:
    """单位: a department, town, zone or office; ``code`` is its identity, names may change.

    ``until`` is the first day on which it no longer exists (None: it stands), ``successor`` the body that then took
    over its duties. ``former`` are its earlier names, the oldest first.
    """

    code: str
    name: str
    short_name: str = ""
    kind: str = "department"
    parent: str = ""
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    former: tuple[FormerName, ...] = ()
    successor: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether it had not been dissolved by ``day``."""
        return self.until is None or day < self.until

    def as_of(self, day: date) -> Body:
        """The body under the name it had on ``day``, as known now."""
        then = next((former for former in self.former if day < former.until), None)
        return replace(self, name=then.name, short_name=then.short_name) if then else self

    @property
    def label(self) -> str:
        """The name used in tables."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class Post:
    """岗位: a duty within a body; ``holder`` is the account that fills it, empty when vacant.

    In the hands of a delegate ``holder`` is the delegate, and ``acting_for`` the account that holds the post.
    """

    id: str
    body: str
    role: Role
    title: str = ""
    holder: str = ""
    holder_name: str = ""
    since: date | None = None
    until: date | None = None
    acting_for: str = ""

    def stands_on(self, day: date) -> bool:
        """Whether the holding is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Delegation:
    """代理: for some days another account acts in a post besides its holder, who is away.

    It belongs to this holder (``principal``): when the post passes on, it gives no right any more. Both days count.
    """

    post: str
    principal: str
    delegate: str
    first_day: date
    last_day: date

    def stands_on(self, day: date) -> bool:
        """Whether the delegate may act on ``day``."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Roster:
    """花名册: the bodies and posts of one county, as known at one moment."""

    bodies: dict[str, Body] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    @classmethod
    def of(cls, bodies: Iterable[Body], posts: Iterable[Post] = (), delegations: Iterable[Delegation] = ()) -> Roster:
        """The roster of these bodies, posts and delegations."""
        return cls({body.code: body for body in bodies}, tuple(posts), tuple(delegations))

    def as_of(self, day: date) -> Roster:
        """The roster with every body under the name it had on ``day``; who holds which post is left as it is."""
        if not any(body.former for body in self.bodies.values()):
            return self
        return Roster({code: body.as_of(day) for code, body in self.bodies.items()}, self.posts, self.delegations)

    def standing_on(self, day: date) -> list[Body]:
        """The bodies that had not been dissolved by a day, in their order."""
        return [body for body in self.bodies.values() if body.stands_on(day)]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Full names before short names before aliases; a name two bodies share within one kind is nobody's."""
        found: dict[str, str] = {}
        everybody = self.bodies.values()
        for kind in (
            [(body.name, body.code) for body in everybody],
            [(body.short_name, body.code) for body in everybody],
            [(alias, body.code) for body in everybody for alias in body.aliases],
        ):
            codes: dict[str, set[str]] = {}
            for name, code in kind:
                codes.setdefault(name, set()).add(code)
            for name, named in codes.items():
                if name and name not in found:
                    found[name] = next(iter(named)) if len(named) == 1 else ""
        return found

    def named(self, name: str) -> Body | None:
        """The body of this name, short name or alias; None when there is none, or more than one."""
        code = self._by_name.get(name.strip())
        return self.bodies[code] if code else None

    def label(self, code: str) -> str:
        """The body's short name; an unknown code stands for itself."""
        body = self.bodies.get(code)
        return body.label if body else code

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether the body is ``ancestor`` or stands below it in the tree."""
        seen: set[str] = set()
        while code and code not in seen:
            if code == ancestor:
                return True
            seen.add(code)
            body = self.bodies.get(code)
            code = body.parent if body else ""
        return False

    def posts_of(self, account: str, on: date) -> tuple[Post, ...]:
        """The posts this account may act in on a day: its own, then those it is the delegate for.

        A vacant post is held by nobody, not by an account without a name; who holds no post has left, and is nobody's
        delegate any more.
        """
        own = tuple(p for p in self.posts if p.holder and p.holder == account and p.stands_on(on))
        return own + self._lent_to(account, on) if own else ()

    def _lent_to(self, account: str, on: date) -> tuple[Post, ...]:
        """What is lent is never lent on: only a post's own holder is a principal."""
        lent = {(d.post, d.principal) for d in self.delegations if d.delegate == account and d.stands_on(on)}
        return tuple(
            replace(post, holder=account, holder_name="", acting_for=post.holder)
            for post in self.posts
            if (post.id, post.holder) in lent and post.holder and post.stands_on(on)
        )

    def accounts_in(self, post: Post, on: date) -> tuple[str, ...]:
        """Who may act in a post on a day: its holder first, then the delegates."""
        if not post.holder or not post.stands_on(on):
            return ()
        asked = dict.fromkeys(d.delegate for d in self.delegations if d.post == post.id)
        lent = (
            account for account in asked if any(p.id == post.id and p.acting_for for p in self.posts_of(account, on))
        )
        return (post.holder, *lent)

    def holders(self, body: str, role: Role, on: date) -> tuple[Post, ...]:
        """The filled posts of a role in a body on a day."""
        return tuple(p for p in self.posts if p.body == body and p.role == role and p.holder and p.stands_on(on))
