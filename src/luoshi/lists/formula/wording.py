"""A formula in words and in numbers: 已整改件数 ÷ 到期件数 = 40 ÷ 44 (ui.md: 为什么)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from luoshi.lists.formula.tree import Aggregate, Call, Constant, Name, Node, Window, Worth
from luoshi.terms.number import plain, round_half_up
from luoshi.terms.period import chinese_date

_SIGNS = {"*": "×", "/": "÷", "<=": "≤", ">=": "≥", "<>": "≠", "and": "且", "or": "或"}
_TIGHT = {"or": 1, "and": 2, "=": 3, "<>": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5}
_FUNCTIONS = {
    "abs": "绝对值", "round": "四舍五入", "floor": "舍去小数", "ceil": "进一取整", "coalesce": "第一个已知的",
    "nullif": "相等则为空", "least": "最小", "greatest": "最大", "year": "年份", "month": "月份", "days": "相隔天数",
    "lookup": "查表", "band": "查区间", "interpolate": "查表内插",
}  # fmt: skip
_GATHERED = {"count": "个数", "sum": "合计", "avg": "平均", "min": "最小值", "max": "最大值", "rank": "名次"}

Said = Callable[[Node], str | None]
"""What to say instead of a node: a field's label, or its value; None to spell it out."""


def in_words(node: Node, labels: Mapping[str, str], choices: Mapping[str, str] | None = None) -> str:
    """The formula with the labels of its fields."""

    def said(part: Node) -> str | None:
        if isinstance(part, Name):
            return labels.get(part.name, part.name)
        if isinstance(part, Constant) and isinstance(part.value, str):
            return f"“{(choices or {}).get(part.value, part.value)}”"
        return None

    return written(node, said)


def in_numbers(
    node: Node, worths: Mapping[Node, Worth], labels: Mapping[str, str], choices: Mapping[str, str] | None = None
) -> str:
    """The formula with values where there were names and sums; a comparison within a group stays in words."""

    def said(part: Node) -> str | None:
        if isinstance(part, Window):
            return in_words(part, labels, choices)
        if isinstance(part, Constant):
            return f"“{told(part.value, choices)}”" if isinstance(part.value, str) else None
        if part not in worths:
            return None
        worth = worths[part]
        return f"“{told(worth, choices)}”" if isinstance(worth, str) else shown(worth)

    return written(node, said)


def told(value: Worth, choices: Mapping[str, str] | None = None) -> str:
    """A value for reading, a choice or state by its label."""
    return (choices or {}).get(value, value) if isinstance(value, str) else shown(value)


def shown(value: Worth, places: int = 6) -> str:
    """A value for reading: at most six decimals; the unknown is 无."""
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        rounded = round_half_up(value, places)
        return plain(rounded) if rounded == value else f"{plain(rounded)}…"
    return value if isinstance(value, str) else chinese_date(value)


def written(node: Node, said: Said, above: int = 0) -> str:
    """The formula in the signs people know, with brackets where they are needed."""
    instead = said(node)
    if instead is not None:
        return instead
    match node:
        case Constant(value):
            return shown(value)
        case Name(name):
            return name
        case Call("-", (Constant(value), inner)) if value == 0:
            return f"−{written(inner, said, 6)}"
        case Call(name, (left, right)) if name in _TIGHT:
            tight = _TIGHT[name]
            text = f"{written(left, said, tight)} {_SIGNS.get(name, name)} {written(right, said, tight + 1)}"
            return f"（{text}）" if tight < above else text
        case Call():
            return _called(node, said)
        case Aggregate(name, arg, where, distinct):
            what = _GATHERED[name] + (f"（{'不同的' if distinct else ''}{written(arg, said)}）" if arg else "")
            return f"{what}〔{written(where, said)}〕" if where else what
        case Window(name, arg, by, order):
            ordered = "，".join(f"按{written(part, said)}{'从大到小' if big else '从小到大'}" for part, big in order)
            what = ordered or (written(arg, said) if arg else "")
            group = f"同{'、'.join(written(part, said) for part in by)}之内" if by else "全部之内"
            return f"{group}{_GATHERED[name]}（{what}）" if what else f"{group}{_GATHERED[name]}"


def _called(node: Call, said: Said) -> str:
    args = [written(arg, said) for arg in node.args]
    if node.name == "case":
        branches = [f"{value}（{when}时）" for when, value in zip(args[:-1:2], args[1::2], strict=True)]
        return "，".join([*branches, f"否则{args[-1]}"])
    if node.name == "in":
        return f"{args[0]}属于{'、'.join(args[1:])}"
    if node.name == "not":
        return f"并非（{args[0]}）"
    if node.name == "is_null":
        return f"{args[0]}未填"
    return f"{_FUNCTIONS[node.name]}（{'，'.join(args)}）"
