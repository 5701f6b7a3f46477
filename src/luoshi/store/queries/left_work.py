"""留下的事: what waits for the holder of a post, in every plan of the county, so that it can be handed over whole."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import orjson

from luoshi.lists.entry import county_of
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import definitions
from luoshi.store.entries import from_row
from luoshi.store.models import ApiToken, Draft, EntryRow
from luoshi.store.queries.desk import Desk, turned_to
from luoshi.store.queries.todo import todo

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LeftWork:
    """留下的事: what waits for a post, and what is tied to the person who holds it.

    ``groups`` are those of 我的待办 seen from this post alone, one after the other for each plan; ``drafts`` how many rows
    are typed and not reported; ``delegations`` those in force or to come, by and to the holder in this post;
    ``tokens`` the systems that act for the holder in this body; ``named`` open entries that name the person in words.
    """

    groups: tuple[Plain, ...] = ()
    drafts: int = 0
    delegations: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    named: tuple[Plain, ...] = ()

    @property
    def waiting(self) -> int:
        """How many things wait for whoever holds the post; a sheet and each row of a draft is one."""
        return sum(group["total"] for group in self.groups) + self.drafts

    @property
    def text(self) -> str:
        """填报2件、待签发1件、草稿3行; only what there is, empty for nothing."""
        counted: dict[str, int] = {}
        for group in self.groups:
            counted[group["title"]] = counted.get(group["title"], 0) + group["total"]
        told = [f"{title}{number}件" for title, number in counted.items()]
        return "、".join(told + ([f"草稿{self.drafts}行"] if self.drafts else []))


def left_work(desk: Desk, post: Post) -> LeftWork:
    """What is left when this post changes hands."""
    actor = Actor(post.holder, post.holder_name, (post,))
    held = dataclasses.replace(desk, actor=actor, is_past=False)
    groups: list[Plain] = []
    for plan in desk.plans:
        groups += todo(turned_to(held, plan))
    return LeftWork(
        tuple(groups), _drafts(desk, post), _delegations(desk, post), _tokens(desk, post), tuple(_named(desk, post))
    )


def _drafts(desk: Desk, post: Post) -> int:
    if post.role is not Role.DESK_OFFICER:
        return 0
    rows = Draft.objects.filter(body=post.body).values_list("sheet", "content")
    return sum(len(orjson.loads(content)) for sheet, content in rows if county_of(sheet.split(":")[1]) == desk.county)


def _delegations(desk: Desk, post: Post) -> tuple[str, ...]:
    """By the holder of this post; those to the holder end by themselves when no other post is held."""
    rows = EntryRow.objects.filter(list="delegation", plan=desk.county, state="standing").order_by("id")
    known = (from_row(row) for row in rows)
    return tuple(
        entry.id for entry in known
        if (entry["post"], entry["principal"]) == (post.id, post.holder) and str(entry["last_day"]) >= str(desk.today)
    )  # fmt: skip


def _tokens(desk: Desk, post: Post) -> tuple[str, ...]:
    """The systems that act for the holder in this body, when this is the holder's only post there."""
    others = [one for one in desk.roster.posts if one.holder == post.holder and one.body == post.body]
    if not post.holder or len([one for one in others if one.stands_on(desk.today)]) > 1:
        return ()
    rows = ApiToken.objects.filter(account__username=post.holder, body=post.body, revoked_at=None)
    return tuple(rows.filter(expires_on__gte=desk.today).order_by("id").values_list("id", flat=True))


def _named(desk: Desk, post: Post) -> list[Plain]:
    """Open entries of the body in which a field of persons names the holder: they stay as written, for people to see."""
    found: list[Plain] = []
    for definition in definitions.lists_in_force().values():
        fields = [field.name for field in definition.fields.values() if field.type == "person"]
        if not fields or definition.name in {"post", "delegation"}:
            continue
        closed = [state.name for state in definition.states.values() if state.closed]
        rows = EntryRow.objects.filter(list=definition.name, plan__in=desk.plans).exclude(state__in=closed)
        for row in rows.order_by("id"):
            entry = from_row(row)
            names = {str(entry[name]) for name in fields if entry[name]}
            if names & ({post.holder, post.holder_name} - {""}) and post.body in set(_bodies(entry.values)):
                found.append({"id": entry.id, "label": definition.label})
    return found


def _bodies(values: Any) -> list[str]:
    return [value for value in values.values() if isinstance(value, str)]
