"""改动: what a change made of a field that holds several items, told item by item and not by repeating them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from luoshi.lists.definition import Field

Row = Mapping[str, Any]
Say = Callable[[Field, Any], str]
"""How a kept value is told to people."""
Plain = dict[str, Any]
_DAY = "日期"
_SHORT = 2


def changed_items(field: Field, before: Sequence[Any], after: Sequence[Any], say: Say) -> list[Plain]:
    """The changes of a field with several items, each with what it is about, before and after.

    Args:
        before: the items as kept until then.
        after: the items as kept since.
    """
    if field.type == "rows":
        return _rows(field, before, after, say)
    came, went = [item for item in after if item not in before], [item for item in before if item not in after]
    found = []
    if came:
        found.append(_change(f"{field.label}（增加）", "", say(field, came)))
    if went:
        found.append(_change(f"{field.label}（去掉）", say(field, went), "（去掉）"))
    return found or [_change(field.label, say(field, before), say(field, after))]


def _rows(field: Field, before: Sequence[Row], after: Sequence[Row], say: Say) -> list[Plain]:
    names, olds = _named(field, after), dict(zip(_named(field, before), before, strict=True))
    found = []
    for number, (name, row) in enumerate(zip(names, after, strict=True), 1):
        about = f"{_nth(field, number)}{_title(field, row, say)}"
        old = olds.get(name)
        if old is None:
            found.append(_change(f"{about}（增加）", "", _whole(field, row, say)))
            continue
        differing = [c for c in field.columns.values() if (old.get(c.name) or "") != (row.get(c.name) or "")]
        if differing:
            was, now = ("，".join(_worded(c, side.get(c.name), say) for c in differing) for side in (old, row))
            found.append(_change(about, was, now))
    for number, (name, row) in enumerate(olds.items(), 1):
        if name not in names:
            about = f"原{_nth(field, number)}{_title(field, row, say)}"
            found.append(_change(f"{about}（去掉）", _whole(field, row, say), "（去掉）"))
    return found or [_change(field.label, "", "（次序改动）")]


def _named(field: Field, rows: Sequence[Row]) -> list[tuple[str, int]]:
    """What each row is recognised by: its first column, and how many before it say the same."""
    key = next(iter(field.columns))
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        name = str(row.get(key) or "")
        seen[name] = seen.get(name, 0) + 1
        found.append((name, seen[name]))
    return found


def _nth(field: Field, number: int) -> str:
    """第3个节点; a longer word is not counted so, it reads 月度计划曲线第3项."""
    return f"第{number}个{field.label}" if len(field.label) <= _SHORT else f"{field.label}第{number}项"


def _title(field: Field, row: Row, say: Say) -> str:
    """The row's own name: its first required text that is not the number it is recognised by, else its first cell."""
    key, *others = field.columns.values()
    named = next((c for c in others if c.type == "text" and c.required and row.get(c.name)), key)
    return f"“{say(named, row.get(named.name))}”" if row.get(named.name) else ""


def _whole(field: Field, row: Row, say: Say) -> str:
    return "，".join(
        _worded(column, row[column.name], say) for column in field.columns.values() if row.get(column.name)
    )


def _worded(column: Field, value: Any, say: Say) -> str:
    """验收日期 of 30 September is told as 2023年9月30日验收, without a day as 未验收."""
    doing = column.label.removesuffix(_DAY)
    if column.type == "date" and doing != column.label:
        return f"{say(column, value)}{doing}" if value else f"未{doing}"
    return f"{column.label}{say(column, value)}" if value else f"{column.label}未填"


def _change(label: str, before: str, after: str) -> Plain:
    return {"label": label, "before": before, "after": after, "reference": ""}
