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
    """岗位: a duty within a body; ``holder`` is the account that fills it, empty when vacant."""

    id: str
    body: str
    role: Role
    title: str = ""
    holder: str = ""
    holder_name: str = ""
    since: date | None = None
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the holding is in force on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Roster:
    """花名册: the bodies and posts of one county, as known at one moment."""

    bodies: dict[str, Body] = field(default_factory=dict)
    posts: tuple[Post, ...] = ()

    @classmethod
    def of(cls, bodies: Iterable[Body], posts: Iterable[Post] = ()) -> Roster:
        """The roster of these bodies and posts."""
        return cls({body.code: body for body in bodies}, tuple(posts))

    def as_of(self, day: date) -> Roster:
        """The roster with every body under the name it had on ``day``; who holds which post is left as it is."""
        if not any(body.former for body in self.bodies.values()):
            return self
        return Roster({code: body.as_of(day) for code, body in self.bodies.items()}, self.posts)

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
        """The posts this account holds on a day; a vacant post is held by nobody, not by an account without a name."""
        return tuple(p for p in self.posts if p.holder and p.holder == account and p.stands_on(on))

    def holders(self, body: str, role: Role, on: date) -> tuple[Post, ...]:
        """The filled posts of a role in a body on a day."""
        return tuple(p for p in self.posts if p.body == body and p.role == role and p.holder and p.stands_on(on))
