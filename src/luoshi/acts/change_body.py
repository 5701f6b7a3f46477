"""更名与撤并: a body changes its name or is merged into another; what was before keeps the name it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.entry import Entry
from luoshi.lists.value import parse
from luoshi.store.append import append
from luoshi.store.entries import find_all, find_where
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.open_work import PENDING
from luoshi.store.rating import COMMITMENTS

_ROLES = ("lead_body", "other_leads", "cooperating_bodies")


@act
def rename_body(
    context: Context, identity: str, typed: Mapping[str, object], reason: str = "", version: int | None = None
) -> Entry:
    """Give a body another name from a day on; earlier periods go on naming it as it was called then.

    A name that was merely written wrongly is amended instead: then it was never right.

    Args:
        typed: ``name``, ``short_name`` and ``renamed_on``, the first day of the new name.

    Raises:
        Refused: the day lies before the last change of name or the body's beginning, or the list does not allow it.
    """
    body = held(context, identity, version)
    definition = definition_of(body)
    if "former_names" not in definition.fields:
        raise refuse("acts.body_before_names", "这个单位是按旧版单位名录登记的，请先把它改用新版名录。", 409)
    day = parse(definition.fields["renamed_on"], typed.get("renamed_on"))
    former = [dict(row) for row in _rows(body["former_names"])]
    begun = former[-1]["until"] if former else body["since"]
    if isinstance(day, date) and isinstance(begun, date) and day <= begun:
        raise refuse("acts.renamed_before", "新名称的启用日期应晚于上一次更名和单位设立的日期。", 422)
    former.append({"name": body["name"], "short_name": body["short_name"], "until": day})
    change = decided(context, definition, body, "rename", {**typed, "former_names": former}, reason)
    return append([change], context.act_id)[0]


@act
def dissolve_body(
    context: Context, identity: str, typed: Mapping[str, object], reason: str = "", version: int | None = None
) -> Entry:
    """Dissolve a body; what it led or shared and is not finished passes to its successor, if it has one.

    Finished work, closed months and their papers keep naming the body itself.

    Args:
        typed: ``until``, the first day without it, and ``successor``, the code of the body that takes over.

    Raises:
        Refused: reports of it are under way, the successor is itself or no more, or work would be left with nobody.
    """
    body = held(context, identity, version)
    definition, code = definition_of(body), str(body["code"])
    successor = str(typed.get("successor") or "") if "successor" in definition.fields else ""
    heir = context.circumstances.roster.bodies.get(successor)
    if successor and (heir is None or successor == code or not heir.stands_on(context.today)):
        raise refuse("acts.no_successor", "职责应并入另一个在册的单位。", 422)
    pending = IndexCell.objects.filter(list="report", field="body", text=code, entry__state__in=PENDING)
    if pending.exists():
        raise refuse("acts.reports_under_way", f"还有{pending.count()}份月报没有办完，请先采信或结账，再办撤并。", 409)
    open_work = _open_work(code)
    if open_work and not successor:
        message = f"这个单位还有{len(open_work)}个未办结事项，请写明并入哪个单位，或先改交其他单位。"
        raise refuse("acts.work_left", message, 409)
    _require_one_part_each(open_work, code, successor)
    change = decided(context, definition, body, "dissolve", typed, reason)
    assign_entries(context, [_passed_on(entry, code, successor) for entry in open_work])
    return append([change], context.act_id)[0]


def _open_work(code: str) -> list[Entry]:
    """The commitments under way that name this body, in any plan."""
    named = IndexCell.objects.filter(list__in=COMMITMENTS, field__in=_ROLES, text=code).values("entry_id")
    standing = EntryRow.objects.filter(pk__in=named, state="assigned").order_by("id")
    return list(find_all(standing.values_list("id", flat=True)).values())


def _require_one_part_each(open_work: Sequence[Entry], code: str, successor: str) -> None:
    """A body has one part of a target; two that meet are first made one by people."""
    for entry in open_work:
        if entry.list == "target" and entry["parent"] and entry["lead_body"] == code:
            siblings = find_where(entry.plan, "target", parent=str(entry["parent"]), lead_body=successor)
            if siblings:
                message = f"“{entry['indicator']}”两个单位都有分解份额，请先调整分解再办撤并。"
                raise refuse("acts.parts_meet", message, 409, entry=entry.id)


def _passed_on(entry: Entry, code: str, successor: str) -> Assignment:
    """The same assignment with the successor in the body's place; it stands once, in the greater role."""
    lead = successor if entry["lead_body"] == code else str(entry["lead_body"])
    others = _named(entry["other_leads"], code, successor, {lead})
    helping = _named(entry["cooperating_bodies"], code, successor, {lead, *others})
    return Assignment(entry.id, lead, helping, str(entry["leader"] or ""), other_leads=others)


def _named(value: object, code: str, successor: str, taken: set[str]) -> tuple[str, ...]:
    codes = (successor if one == code else str(one) for one in (value if isinstance(value, tuple) else ()))
    return tuple(one for one in dict.fromkeys(codes) if one not in taken)


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []
