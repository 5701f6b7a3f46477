"""定进度: choosing trajectory or nodes, by which entries are then judged, never by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.acts.context import Context, act, decided, definition_of, held_all
from luoshi.lists.entry import Entry
from luoshi.lists.value import parse
from luoshi.store.append import append
from luoshi.store.rating import rate_touched
from luoshi.terms.refusal import FieldError, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Schedule:
    """进度安排: ``typed`` holds schedule, curve, nodes, starts_on, due_on as the list names them."""

    entry: str
    typed: Mapping[str, object]


@act
def schedule_entries(context: Context, schedules: Sequence[Schedule]) -> list[Entry]:
    """Set the schedule of entries in one act.

    Raises:
        Refused: a schedule that cannot be; nothing is recorded.
    """
    known = held_all(context, [schedule.entry for schedule in schedules])
    for schedule in schedules:
        _require_possible(known[schedule.entry], schedule.typed)
    changes = [
        decided(context, definition_of(known[schedule.entry]), known[schedule.entry], "schedule", schedule.typed)
        for schedule in schedules
    ]
    after = append(changes, context.act_id)
    rate_touched(after, context.today)
    return after


def _require_possible(entry: Entry, typed: Mapping[str, object]) -> None:
    """Refuse a pace by which nothing could be judged, with what is wrong with it."""
    fields = definition_of(entry).fields
    names = ("schedule", "starts_on", "due_on", "curve", "nodes")
    parsed = {name: parse(fields[name], typed[name]) if name in typed else entry[name] for name in names}
    if any(isinstance(value, FieldError) for value in parsed.values()):
        return  # the list itself names these
    errors = [*_dates(parsed), *_curve(parsed), *_nodes(parsed)]
    if errors:
        raise Refused(Refusal("acts.no_schedule", errors[0].message, 422, errors=tuple(errors)))


def _dates(parsed: Mapping[str, Any]) -> Iterator[FieldError]:
    if parsed["starts_on"] and parsed["due_on"] and parsed["due_on"] < parsed["starts_on"]:
        yield FieldError("due_on", "完成时限不能早于开始日期。", parsed["due_on"].isoformat())


def _curve(parsed: Mapping[str, Any]) -> Iterator[FieldError]:
    if parsed["schedule"] != "curve":
        return
    rows = sorted((int(row["month"]), row["percent"]) for row in parsed["curve"] or ())
    months = [month for month, _ in rows]
    shares = [share for _, share in rows]
    first = parsed["starts_on"].month if parsed["starts_on"] else 1
    last = parsed["due_on"].month if parsed["due_on"] else 12
    if months != list(range(first, last + 1)):
        message = f"月度计划曲线应从{first}月到{last}月，每月一行。"
        yield FieldError("curve", message, "、".join(map(str, months)))
    elif shares != sorted(shares) or shares[-1] != 100:
        yield FieldError("curve", "累计百分比应逐月不减，最后一个月为100。", "、".join(map(str, shares)))


def _nodes(parsed: Mapping[str, Any]) -> Iterator[FieldError]:
    if parsed["schedule"] != "nodes":
        return
    ids = [row["id"] for row in parsed["nodes"] or ()]
    if not ids:
        yield FieldError("nodes", "按节点考核的，请至少填写一个节点。")
    for twice in sorted({identity for identity in ids if ids.count(identity) > 1}):
        yield FieldError("nodes", f"节点序号“{twice}”重复。", twice)
