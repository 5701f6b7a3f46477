"""Reading the text of a formula: sqlglot parses it, only what is listed here gets through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from luoshi.lists.formula.tree import Aggregate, Call, Constant, Name, Node, Window, walk

LONGEST, LARGEST, DEEPEST = 2000, 400, 60
"""Characters, nodes and levels of one formula; beyond that it is a program and no formula."""
_DIGITS = 30

FUNCTIONS = {
    "abs": (1, 1), "round": (1, 2), "floor": (1, 1), "ceil": (1, 1), "coalesce": (1, 20), "nullif": (2, 2),
    "least": (1, 20), "greatest": (1, 20), "year": (1, 1), "month": (1, 1), "days": (2, 2),
    "lookup": (2, 2), "band": (2, 2), "interpolate": (2, 2),
}  # fmt: skip
"""Functions and how many arguments they take; ``days(a, b)`` are the days from b to a."""
AGGREGATES = ("count", "sum", "avg", "min", "max")
WINDOWS = ("rank", *AGGREGATES)

_BINARY: dict[type, str] = {
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<",
    exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.And: "and", exp.Or: "or",
}  # fmt: skip
_NAMED: dict[type, tuple[str, tuple[str, ...]]] = {
    exp.Abs: ("abs", ("this",)),
    exp.Round: ("round", ("this", "decimals")),
    exp.Floor: ("floor", ("this", "decimals")),
    exp.Ceil: ("ceil", ("this", "decimals")),
    exp.Nullif: ("nullif", ("this", "expression")),
    exp.Year: ("year", ("this",)),
    exp.Month: ("month", ("this",)),
}
_VARIADIC: dict[type, str] = {exp.Coalesce: "coalesce", exp.Least: "least", exp.Greatest: "greatest"}
_AGGREGATES: dict[type, str] = {exp.Count: "count", exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max"}


class NotAFormula(ValueError):
    """The text is not a formula of this language; ``hint`` says what would be."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse(text: str) -> Node:
    """The tree of a formula.

    Raises:
        NotAFormula: it cannot be parsed, is too long or deep, or uses what the language does not have.
    """
    if len(text) > LONGEST:
        raise NotAFormula(f"公式太长：最多{LONGEST}个字符。")
    depth = _deepest(text)
    if depth > DEEPEST:
        raise NotAFormula(f"公式的括号嵌套太深：最多{DEEPEST}层。")
    try:
        parsed = sqlglot.parse(text, read="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise NotAFormula("公式写得不完整或有语法错误。", _place(error)) from None
    if len(parsed) != 1 or parsed[0] is None:
        raise NotAFormula("一个公式只能写一个表达式。")
    node = _node(parsed[0], 0)
    if sum(1 for _ in walk(node)) > LARGEST:
        raise NotAFormula(f"公式的成分太多：最多{LARGEST}个。")
    return node


def _deepest(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        deepest = max(deepest, depth)
    return deepest


def _place(error: Exception) -> str:
    listed = getattr(error, "errors", None) or [{}]
    column = listed[0].get("col")
    return f"问题出在第{column}个字符附近。" if column else ""


def _node(part: Any, level: int) -> Node:
    if level > DEEPEST * 2:
        raise NotAFormula("公式嵌套太深。")
    if type(part) in _BINARY:
        return Call(_BINARY[type(part)], (_node(part.this, level + 1), _node(part.expression, level + 1)))
    reader = _READERS.get(type(part))
    if reader:
        return reader(part, level + 1)
    if type(part) in _NAMED:
        name, keys = _NAMED[type(part)]
        if any(part.args[key] for key in part.args.keys() - set(keys)):
            raise NotAFormula(f"函数“{name}”的参数太多。")
        return _call(name, [part.args[key] for key in keys if part.args.get(key) is not None], level)
    if type(part) in _VARIADIC:
        return _call(_VARIADIC[type(part)], [part.this, *part.expressions], level)
    if type(part) in _AGGREGATES:
        return _aggregate(part, level)
    raise NotAFormula(f"公式里不能使用“{_written(part)}”。", _allowed())


def _written(part: Any) -> str:
    text = part.sql(dialect="duckdb")
    return text if len(text) <= 40 else f"{text[:40]}…"


def _allowed() -> str:
    return f"可用的函数有：{'、'.join(sorted({*FUNCTIONS, *WINDOWS}))}。"


def _call(name: str, args: list[Any], level: int) -> Call:
    least, most = FUNCTIONS[name]
    if not least <= len(args) <= most:
        wanted = str(least) if least == most else f"{least}至{most}"
        raise NotAFormula(f"函数“{name}”应有{wanted}个参数，写了{len(args)}个。")
    return Call(name, tuple(_node(arg, level + 1) for arg in args))


def _function(part: Any, level: int) -> Node:
    name = str(part.this).lower()
    if name not in FUNCTIONS:
        raise NotAFormula(f"没有“{name}”这个函数。", _allowed())
    return _call(name, part.expressions, level)


def _literal(part: Any, _level: int) -> Node:
    if part.is_string:
        return Constant(part.this)
    text = str(part.this)
    if not all(character.isdecimal() or character == "." for character in text) or len(text) > _DIGITS:
        raise NotAFormula(f"数字“{text[:40]}”写得不对。", f"只写数字和小数点，最多{_DIGITS}位。")
    return Constant(Fraction(text))


def _column(part: Any, _level: int) -> Node:
    if part.args.get("db") or part.args.get("catalog"):
        raise NotAFormula(f"名称“{_written(part)}”层次太多。", "只能写“栏目”或“所指清单.栏目”。")
    if part.name == "*":
        raise NotAFormula("星号只能用在count(*)里。")
    return Name(f"{part.table}.{part.name}" if part.table else part.name)


def _date(part: Any, _level: int) -> Node:
    inner = part.this
    if part.to.this != exp.DataType.Type.DATE or not isinstance(inner, exp.Literal) or not inner.is_string:
        raise NotAFormula("公式里不能转换类型。", "日期写作date '2023-09-30'。")
    try:
        return Constant(date.fromisoformat(inner.this))
    except ValueError:
        raise NotAFormula(f"日期“{inner.this}”不存在。", "日期写作date '2023-09-30'。") from None


def _aggregate(part: Any, level: int, where: Node | None = None) -> Aggregate:
    name, inner = _AGGREGATES[type(part)], part.this
    if part.args.get("expressions"):
        raise NotAFormula(f"“{name}”只能有一个参数。")
    if isinstance(inner, exp.Star):
        if name != "count":
            raise NotAFormula(f"“{name}”里不能写星号。")
        return Aggregate("count", None, where)
    distinct = isinstance(inner, exp.Distinct)
    if distinct:
        if name != "count" or len(inner.expressions) != 1:
            raise NotAFormula("distinct只能写作count(distinct 栏目)。")
        inner = inner.expressions[0]
    return Aggregate(name, _node(inner, level + 1), where, distinct)


def _filter(part: Any, level: int) -> Node:
    where = part.expression.this if isinstance(part.expression, exp.Where) else part.expression
    if type(part.this) not in _AGGREGATES:
        raise NotAFormula("filter只能写在count、sum、avg、min、max之后。")
    return _aggregate(part.this, level, _node(where, level + 1))


def _window(part: Any, level: int) -> Node:
    inner = part.this
    if part.args.get("spec") or part.args.get("alias"):
        raise NotAFormula("over后面只能写partition by和order by。")
    by = tuple(_node(each, level + 1) for each in part.args.get("partition_by") or ())
    ordered = part.args["order"].expressions if part.args.get("order") else ()
    if any(each.args.get("nulls_first") for each in ordered):
        raise NotAFormula("order by里不能写nulls first：没有数值的不参加排名。")
    order = tuple((_node(each.this, level + 1), bool(each.args.get("desc"))) for each in ordered)
    if isinstance(inner, exp.Rank):
        if not order or inner.expressions:
            raise NotAFormula("rank()之后要写over (… order by …)，说明按什么排名。")
        return Window("rank", None, by, order)
    if type(inner) not in _AGGREGATES:
        raise NotAFormula(f"“{_written(inner)}”后面不能写over。", _allowed())
    if order:
        raise NotAFormula("只有rank()的over里可以写order by，以免结果取决于行的先后。")
    found = _aggregate(inner, level)
    if found.distinct:
        raise NotAFormula("over之前不能写distinct。")
    return Window(found.name, found.arg, by)


def _case(part: Any, level: int) -> Node:
    if part.args.get("this") is not None:
        raise NotAFormula("请写作case when 条件 then 值 else 值 end。")
    found: list[Node] = []
    for branch in part.args["ifs"]:
        found += [_node(branch.this, level + 1), _node(branch.args["true"], level + 1)]
    default = part.args.get("default")
    return Call("case", (*found, _node(default, level + 1) if default is not None else Constant(None)))


def _if(part: Any, level: int) -> Node:
    default = part.args.get("false")
    last = _node(default, level + 1) if default is not None else Constant(None)
    return Call("case", (_node(part.this, level + 1), _node(part.args["true"], level + 1), last))


def _in(part: Any, level: int) -> Node:
    if part.args.get("query") or not part.expressions:
        raise NotAFormula("in后面只能写括号里的几个值。")
    return Call("in", (_node(part.this, level), *(_node(each, level + 1) for each in part.expressions)))


def _is(part: Any, level: int) -> Node:
    if not isinstance(part.expression, exp.Null):
        raise NotAFormula("is后面只能写null或not null。")
    return Call("is_null", (_node(part.this, level),))


def _between(part: Any, level: int) -> Node:
    if part.args.get("symmetric"):
        raise NotAFormula("between后面先写小的，再写大的，不用symmetric。")
    value = _node(part.this, level)
    low, high = _node(part.args["low"], level + 1), _node(part.args["high"], level + 1)
    return Call("and", (Call(">=", (value, low)), Call("<=", (value, high))))


_READERS: dict[type, Callable[[Any, int], Node]] = {
    exp.Literal: _literal,
    exp.Column: _column,
    exp.Cast: _date,
    exp.Paren: lambda part, level: _node(part.this, level),
    exp.Neg: lambda part, level: Call("-", (Constant(Fraction(0)), _node(part.this, level))),
    exp.Not: lambda part, level: Call("not", (_node(part.this, level),)),
    exp.Boolean: lambda part, _level: Constant(bool(part.this)),
    exp.Null: lambda _part, _level: Constant(None),
    exp.Anonymous: _function,
    exp.Filter: _filter,
    exp.Window: _window,
    exp.Case: _case,
    exp.If: _if,
    exp.In: _in,
    exp.Is: _is,
    exp.Between: _between,
}
