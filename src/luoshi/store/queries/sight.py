"""What a reader may see: everything, the county's lists, or what belongs to the reader's bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from luoshi.lists.definition import Definition
from luoshi.people.may_see import may_see
from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries.desk import Desk, is_of_county
from luoshi.terms.refusal import Refusal, Refused


def is_visible(desk: Desk, definition: Definition, entry: Mapping[str, Any]) -> bool:
    """Whether the reader may open this entry."""
    return may_see(desk.actor, definition.visible, _owners(definition, entry), desk.roster)


def _owners(definition: Definition, entry: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for field in definition.owners:
        value = entry.get(field)
        found += [str(code) for code in (value if isinstance(value, list | tuple) else [value]) if code]
    return found


def require_sight(desk: Desk, definition: Definition, entry: Mapping[str, Any]) -> None:
    """Refuse an entry of other bodies.

    Raises:
        Refused: 403.
    """
    if not is_visible(desk, definition, entry):
        message = f"这一条目属于其他单位，您不能查看。“{definition.label}”由所属单位、督查室、县领导和审计员查看。"
        raise Refused(Refusal("store.not_visible", message, 403, f"《{definition.label}》的查看范围"))


def sees_light(desk: Desk, definition: Definition, entry: Mapping[str, Any]) -> bool:
    """Whether the reader sees the light of this entry; its figures need ``is_visible``."""
    return may_see(desk.actor, definition.lights, _owners(definition, entry), desk.roster)


def seen(desk: Desk, definition: Definition, rows: QuerySet[EntryRow]) -> QuerySet[EntryRow]:
    """The rows of a list that the reader may open."""
    return rows.filter(sight(desk, definition))


def sight(desk: Desk, definition: Definition) -> Q:
    """The condition that ``is_visible`` puts on the rows of a list, for the database to ask."""
    return _within(desk, definition, definition.visible, "pk")


def lit(desk: Desk, names: Iterable[str]) -> Q:
    """The condition on ratings of these lists' entries that ``sees_light`` puts on them; empty when all are seen."""
    found, is_all = Q(entry_id__in=()), True
    for definition in map(definitions.current, names):
        own = _within(desk, definition, definition.lights, "entry_id")
        found |= Q(entry__list=definition.name) & own
        is_all = is_all and not own
    return Q() if is_all else found


def findable(desk: Desk) -> Q:
    """The condition on kept words of the entries that the reader may open, in whatever list and year."""
    found = Q(entry_id__in=())
    for definition in definitions.lists_in_force().values():
        found |= Q(list=definition.name) & _within(desk, definition, definition.visible, "entry_id", desk.plans)
    return found


def _within(desk: Desk, definition: Definition, visible: str, key: str, plans: tuple[str, ...] = ()) -> Q:
    """The condition on ``key``; what bodies own is looked for in these plans, else in the one on the desk."""
    if visible == "public" or desk.actor.reads_everything:
        return Q()
    working = [post.body for post in desk.actor.posts if not post.role.is_administrator]
    if visible == "county":
        return Q() if working or not definition.owners else Q(**{f"{key}__in": ()})
    mine = [code for code in desk.roster.bodies if any(desk.roster.is_within(code, body) for body in working)]
    owned = IndexCell.objects.filter(list=definition.name, field__in=definition.owners, text__in=mine)
    if plans or desk.plan_id:
        owned = owned.filter(plan__in=plans or (desk.plan_id,))
    return Q(**{f"{key}__in": owned.values("entry_id")})


def openable(desk: Desk, entries: Iterable[str]) -> set[str]:
    """Which of these entries the reader may open; one query, none for no entries."""
    wanted = {name for name in entries if name}
    if not wanted:
        return set()
    rows = EntryRow.objects.filter(pk__in=wanted).values_list("id", "list", "plan", "values")
    return {
        name
        for name, kind, plan, written in rows
        if is_of_county(desk, plan) and is_visible(desk, definitions.current(kind), orjson.loads(written))
    }
