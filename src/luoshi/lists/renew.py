"""改用新版: an open entry is moved over to the present definition of its list, if it still fits."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.lists.definition import Definition, Field
from luoshi.lists.entry import Change, Entry
from luoshi.lists.move import Circumstances
from luoshi.lists.value import encode, parse
from luoshi.people.role import Role
from luoshi.terms.refusal import FieldError, Refusal

MOVE, LABEL, FACT = "renew", "改用新版清单", "renewed"
"""A step every list has without naming it."""


def obstacles(entry: Entry, old: Definition, new: Definition) -> tuple[FieldError, ...]:
    """What of the entry does not fit the new definition: its state, a filled field that is gone or of another kind."""
    return tuple(_obstacles(entry, old, new))


def _obstacles(entry: Entry, old: Definition, new: Definition) -> Iterator[FieldError]:
    if entry.state not in new.states:
        label = old.states[entry.state].label if entry.state in old.states else entry.state
        yield FieldError("state", f"新版清单没有“{label}”这个状态。", entry.state)
    for name, value in entry.values.items():
        if value is None:
            continue
        before, after = old.fields.get(name), new.fields.get(name)
        label = before.label if before else name
        if after is None:
            yield FieldError(name, f"新版清单没有“{label}”一栏，而该栏已经填写。", str(encode(value)))
        elif before is None or not _reads_alike(before, after):
            yield FieldError(name, f"“{label}”一栏的类型改变了。", str(encode(value)))
        elif before.personal != after.personal:
            yield FieldError(name, f"“{label}”一栏改变了是否按个人信息保存。")
        elif after.type == "choice" and isinstance(parse(after, encode(value)), FieldError):
            yield FieldError(name, f"“{label}”所填的“{before.of.get(str(value), value)}”在新版里不是选项。", str(value))


def _reads_alike(before: Field, after: Field) -> bool:
    if before.type != after.type or before.unit != after.unit:
        return False
    return all(
        name in after.columns and _reads_alike(column, after.columns[name]) for name, column in before.columns.items()
    )


def renew(entry: Entry, old: Definition, new: Definition, circumstances: Circumstances) -> Change | Refusal:
    """The change that moves the entry over; values, state and running clocks stay as they are.

    Only supervisors renew. Clocks keep the day they were frozen with; the next move follows the new definition.
    """
    basis = f"《{new.label}》的清单定义"
    if not circumstances.actor.has(Role.SUPERVISOR):
        return Refusal("lists.not_renewed_by", "改用新版清单由督查室办理。", 403, basis)
    if entry.definition == new.version:
        return Refusal("lists.is_renewed", "这一条目用的已经是新版清单。", 409, basis)
    errors = obstacles(entry, old, new)
    if errors:
        message = errors[0].message if len(errors) == 1 else f"有{len(errors)}处与新版清单不符。"
        return Refusal("lists.does_not_fit", message, 409, basis, errors)
    moment = circumstances.moment
    post = next(post for post in circumstances.actor.posts if post.role is Role.SUPERVISOR)
    return Change(
        entry.id, entry.list, entry.plan, new.version, MOVE, f"{entry.list}.{FACT}", entry.state, entry.state,
        entry.version, moment.occurred_on, moment.recorded_at, circumstances.actor.account, post.body, acting_for=post.acting_for,
    )  # fmt: skip
