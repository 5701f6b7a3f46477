"""跨年结转: unfinished promises are opened again in the next year's plan, with the same bodies answering for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context, decided, definition_of, refuse
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.open_entry import fresh_ids
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Birth
from luoshi.lists.value import storable
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.entries import find, find_all, find_below, numbers_of
from luoshi.store.results import Result
from luoshi.terms.number import exact

_TAKEN = {
    "target": (
        "area", "quote", "sentence", "indicator", "kind", "value", "value_max", "unit", "comparator", "basis",
        "baseline", "baseline_value", "modality", "accumulation", "zone_group",
    ),
    "task": ("area", "quote", "sentence", "name", "kind", "stage", "modality"),
}  # fmt: skip
"""What goes along. The pace and the nodes are set anew: those of the past year are over."""
_HOME = {"target": "task", "task": "parent"}
_MARK = "结转"
"""Begins the numbers of tasks that no document of the year holds."""


@dataclass(frozen=True, slots=True)
class Carried:
    """结转: what goes on, what it came to, and why."""

    entry: Entry
    result: Result
    note: str


def next_plan(context: Context, head: Entry) -> str:
    """The plan of the next year; drawn up after this one's pattern when there is none."""
    year = int(str(head["year"]))
    code = head.plan.rpartition("-")[0]
    following = f"{code}-{year + 1}"
    if find(f"plan:{following}") is None:
        title = str(head["title"])
        named = title.replace(str(year), str(year + 1)) if str(year) in title else f"{title}（{year + 1}年）"
        rules = str(head["light_rules"] or "")
        create_plan(context, NewPlan(code, str(head["county"]), year + 1, named, bool(head["is_demo"]), rules))
    return following


def carry_over(context: Context, head: Entry, wanted: Sequence[Carried]) -> dict[str, str]:
    """Open what goes on in the next year's plan, hand it to its bodies, and end it in this one.

    A task is opened before what it holds, once; a part of a divided target follows its whole. What is left of an
    amount is the new target. Bodies dissolved since are not asked: such an entry waits to be handed out.

    Returns:
        The new entries by the old ones.
    """
    if not wanted:
        return {}
    plan = next_plan(context, head)
    carrying = _Carrying(context, plan, wanted)
    changes = [change for one in _wholes_first(wanted) for change in carrying.opened(one)]
    append(changes, context.act_id)
    _hand_out(context, carrying.born)
    append([_ended(context, one, carrying.going_on[one.entry.id]) for one in wanted], context.act_id)
    return {one.entry.id: carrying.going_on[one.entry.id] for one in wanted}


def _wholes_first(wanted: Iterable[Carried]) -> list[Carried]:
    def depth(one: Carried) -> int:
        entry = one.entry
        return (entry.list == "target") + bool(entry["parent"])

    return sorted(wanted, key=lambda one: (depth(one), one.entry.id))


class _Carrying:
    """Opens entries in the next plan; ``going_on`` names the new entry of each old one, also of their tasks; ``born`` are those opened now."""

    def __init__(self, context: Context, plan: str, wanted: Sequence[Carried]) -> None:
        self.context, self.plan = context, plan
        self.ids = {name: fresh_ids(name, plan) for name in _TAKEN}
        taken = set(numbers_of(plan, ("task", "target")))
        self.numbers = (f"{_MARK}{serial}" for serial in count(1) if f"{_MARK}{serial}" not in taken)
        homes = {str(one.entry[_HOME[one.entry.list]] or "") for one in wanted}
        wholes = {str(one.entry["parent"]) for one in wanted if one.entry.list == "target" and one.entry["parent"]}
        self.homes = find_all(homes | {one.entry.id for one in wanted if one.entry.list == "task"})
        self.going_on: dict[str, str] = {}
        self.born: list[tuple[str, Entry]] = []
        for name in ("task", "target"):
            for entry in find_below(plan, name, "carried_from", {*self.homes, *wholes}):
                self.going_on[str(entry["carried_from"])] = entry.id

    def opened(self, one: Carried) -> list[Change]:
        entry = one.entry
        if entry.id in self.going_on:  # its task was taken up with an earlier promise
            return []
        home = str(entry[_HOME[entry.list]] or "")
        changes = self._home_opened(home) if home else []
        typed = self._typed(entry)
        if home in self.going_on:
            typed[_HOME[entry.list]] = self.going_on[home]
        if entry.list == "target":
            if one.result.left is not None:
                typed["value"] = storable(one.result.left)
            whole = self.going_on.get(str(entry["parent"] or ""))
            typed |= {"parent": whole} if whole else {}
        return [*changes, self._birth(entry, typed)]

    def _home_opened(self, home: str) -> list[Change]:
        task = self.homes.get(home)
        if task is None or home in self.going_on:
            return []
        alike = [e for e in find_below(self.plan, "task", "name", [str(task["name"])]) if e.state != "withdrawn"]
        if alike:  # the next year's document promises the same task again
            self.going_on[home] = alike[0].id
            return []
        return [self._birth(task, self._typed(task))]

    def _typed(self, entry: Entry) -> dict[str, object]:
        typed: dict[str, object] = {name: entry[name] for name in _TAKEN[entry.list] if entry[name] is not None}
        return {**typed, "number": next(self.numbers), "carried_from": entry.id}

    def _birth(self, entry: Entry, typed: Mapping[str, object]) -> Change:
        identity = self.going_on[entry.id] = next(self.ids[entry.list])
        self.born.append((identity, entry))
        return decided(self.context, definitions.current(entry.list), Birth(identity, self.plan), "take_over", typed)


def _hand_out(context: Context, opened: Sequence[tuple[str, Entry]]) -> None:
    """Give the new entries to the bodies of the old ones, as far as these still stand."""
    new = find_all([name for name, _ in opened])
    bodies = context.circumstances.roster.bodies

    def stands(code: object) -> bool:
        return str(code) in bodies and bodies[str(code)].stands_on(context.today)

    def standing(codes: object) -> tuple[str, ...]:
        return tuple(str(code) for code in codes if stands(code)) if isinstance(codes, tuple) else ()

    wanted = [
        Assignment(
            name, str(old["lead_body"]), standing(old["cooperating_bodies"]), str(old["leader"] or ""), None,
            standing(old["other_leads"]),
        )
        for name, old in opened
        if new[name].state == "adopted" and old["lead_body"] and stands(old["lead_body"])
    ]  # fmt: skip
    if wanted:
        assign_entries(context, wanted)


def _ended(context: Context, one: Carried, following: str) -> Change:
    entry = one.entry
    definition = definition_of(entry)
    if "carry_over" not in definition.moves:
        message = f"“{entry['indicator'] or entry['name']}”登记时的清单还没有跨年结转，请先改用新版清单。"
        raise refuse("acts.no_carrying", message, 409, entry=entry.id)
    typed = {"carried_to": following, "result_note": one.note.strip(), **result_value(entry, one.result)}
    return decided(context, definition, entry, "carry_over", typed, one.note.strip())


def result_value(entry: Entry, result: Result) -> dict[str, object]:
    """The figure of the year, where it is one the entry can hold."""
    if not result.actual or entry.list != "target":
        return {"result_value": result.actual} if result.actual else {}
    return {} if "/" in result.actual else {"result_value": storable(exact(result.actual))}
