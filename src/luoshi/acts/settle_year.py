"""年底交账: each promise of a closed year is confirmed as done, not done, or carried into the next year's plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from luoshi.acts.carry_over import Carried, carry_over, result_value
from luoshi.acts.context import Context, act, decided, definition_of, held, held_all, refuse
from luoshi.lists.entry import Change, Entry
from luoshi.people.role import Role
from luoshi.plan.year_end import OUTCOMES, Ending, of_whole, summed_up
from luoshi.store.append import append, stale
from luoshi.store.entries import find_all, find_below
from luoshi.store.results import Result, holding, is_year_closed, last_month, results
from luoshi.terms.refusal import FieldError, Refusal, Refused

SETTLED = {outcome.value: outcome for outcome in Ending}
"""The states in which a promise is settled."""
_HOLDS = (("target", "task"), ("task", "parent"))


@dataclass(frozen=True, slots=True)
class Settlement:
    """交账: what a person confirms of one promise.

    Args:
        note: needed unless the promise is confirmed as done, and the figures say so.
        version: the version the person saw.
    """

    entry: str
    outcome: Ending
    note: str = ""
    version: int | None = None


@act
def settle_year(context: Context, plan: str, wanted: Sequence[Settlement]) -> Mapping[str, str]:
    """Confirm what became of promises; tasks all of whose promises are settled are settled with them.

    Returns:
        The entries opened in the next year's plan, by the entry they go on from.

    Raises:
        Refused: the year is not closed yet, a promise is settled already, a note is missing, or the actor is no
            supervisor; nothing is recorded.
    """
    head = _head(context, plan)
    known = held_all(context, [one.entry for one in wanted])
    found = results(head, known.values())
    _require_ready(plan, wanted, known, found)
    changes = [
        _ended(context, known[one.entry], one, found[one.entry]) for one in wanted if one.outcome is not Ending.CARRIED
    ]
    append(changes, context.act_id)
    going_on = [
        Carried(known[one.entry], found[one.entry], one.note) for one in wanted if one.outcome is Ending.CARRIED
    ]
    opened = carry_over(context, head, going_on)
    return {**opened, **_settle_wholes(context, head, known.values())}


def _head(context: Context, plan: str) -> Entry:
    if not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.not_supervisor", "年底交账由督查室办理。", 403)
    head = held(context, f"plan:{plan}")
    if not is_year_closed(head):
        raise refuse("acts.year_open", f"{last_month(head).label}结账以后才能交账。", 409)
    return head


def _require_ready(
    plan: str, wanted: Sequence[Settlement], known: Mapping[str, Entry], found: Mapping[str, Result]
) -> None:
    whole = holding(plan)
    errors = []
    for one in wanted:
        entry = known[one.entry]
        if one.version is not None and entry.version != one.version:
            raise Refused(stale(entry.id))
        if entry.plan != plan or entry.id in whole:
            raise refuse("acts.not_settled_alone", "这一条随所属的承诺一起交账。", 409, entry=entry.id)
        if entry.state != "assigned":
            label = definition_of(entry).states[entry.state].label
            raise refuse("acts.not_to_be_settled", f"{_name(entry)}{label}，不用交账。", 409, entry=entry.id)
        if not one.note.strip() and not _is_plain(one, found[entry.id]):
            message = (
                f"{_name(entry)}：请写明说明。"
                if one.outcome is not Ending.ACHIEVED
                else (f"{_name(entry)}：年终数据没有显示完成，确认完成的请写明依据。")
            )
            errors.append(FieldError(f"note:{entry.id}", message))
    if errors:
        raise Refused(Refusal("acts.note_missing", errors[0].message, 422, errors=tuple(errors)))


def _is_plain(one: Settlement, result: Result) -> bool:
    return one.outcome is Ending.ACHIEVED and result.is_finished


def _name(entry: Entry) -> str:
    return f"“{entry['indicator'] or entry['name']}”"


_MOVES = {Ending.ACHIEVED: "achieve", Ending.MISSED: "miss"}


def _ended(context: Context, entry: Entry, one: Settlement, result: Result) -> Change:
    typed = {"result_note": one.note.strip(), **result_value(entry, result)}
    move = _MOVES[one.outcome]
    definition = definition_of(entry)
    reason = one.note.strip() if definition.moves[move].reason else ""
    return decided(context, definition, entry, move, {k: v for k, v in typed.items() if v}, reason)


def _settle_wholes(context: Context, head: Entry, touched: Iterable[Entry]) -> dict[str, str]:
    """The tasks whose last open promise was settled now."""
    homes = {str(entry["task"] or entry["parent"] or "") for entry in touched}
    wholes = {name: task for name, task in find_all(homes).items() if task.list == "task" and task.state == "assigned"}
    below: dict[str, list[Entry]] = {name: [] for name in wholes}
    for name, field in _HOLDS:
        for part in find_below(head.plan, name, field, wholes):
            if part.state != "withdrawn":
                below[str(part[field])].append(part)
    ready = {name: parts for name, parts in below.items() if parts and all(part.state in SETTLED for part in parts)}
    found = results(head, [wholes[name] for name in ready])
    going_on: list[Carried] = []
    changes: list[Change] = []
    for name, parts in ready.items():
        outcomes = [SETTLED[part.state] for part in parts]
        outcome = of_whole(zip(outcomes, (part["modality"] != "aspire" for part in parts), strict=True))
        note = f"所属{len(parts)}项：{summed_up(outcomes)}"
        result = replace(found[name], actual="")
        if outcome is Ending.CARRIED:
            going_on.append(Carried(wholes[name], result, note))
        else:
            changes.append(_ended(context, wholes[name], Settlement(name, outcome, note), result))
    append(changes, context.act_id)
    return carry_over(context, head, going_on)


def labels() -> dict[str, str]:
    """The outcomes as choices."""
    return {outcome.value: label for outcome, label in OUTCOMES.items()}
