"""Types and units of a formula, inferred from its fields; mistakes are said when the list is loaded."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from luoshi.lists.formula.scale import DAYS, RATIO, Scale
from luoshi.lists.formula.tree import Aggregate, Call, Constant, Name, Node, Window

NUMBER, TEXT, DATE, BOOLEAN, UNKNOWN = "number", "text", "date", "boolean", "unknown"
FAR = "far"
"""A field of a referenced entry whose list is not at hand: what it is shows when it is worked out."""
_OPEN = {UNKNOWN, FAR}
_WORDS = {NUMBER: "数", TEXT: "文字", DATE: "日期", BOOLEAN: "是否", UNKNOWN: "不能计算的栏目"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: its type, the scale of a number, the choices of a text.

    ``free`` is a number written without a unit (0, 1.5): beside a quantity it takes that quantity's unit.
    """

    type: str
    scale: Scale = RATIO
    free: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookupTable:
    """What a parameter table takes and gives: ``key`` is TEXT for a lookup, a scale of numbers for bands."""

    key: Kind
    value: Kind


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may name: fields, references, other formulas, parameters; and tables apart."""

    names: Mapping[str, Kind]
    tables: Mapping[str, LookupTable] = field(default_factory=dict)
    aggregates: bool = True  # whether sums over rows may be used (measures), or only each row (formulas)


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be meant, and what may have been."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Inferred:
    """A checked tree: conversions of units are written into it; ``divides`` if a denominator may be 0 or empty."""

    node: Node
    kind: Kind
    divides: bool
    problems: tuple[Problem, ...]


def infer(node: Node, scope: Scope) -> Inferred:
    """The formula with its type and unit, and every mistake in it."""
    walker = _Inference(scope)
    checked, kind = walker.visit(node)
    return Inferred(checked, kind, walker.divides, tuple(dict.fromkeys(walker.problems)))


def converted(node: Node, have: Scale, want: Scale) -> Node:
    """The number written in another unit of its dimension."""
    factor = have.factor / want.factor
    return node if factor == 1 else Call("*", (node, Constant(factor)))


def _as_fraction(node: Node, kind: Kind) -> tuple[Node, Kind]:
    """In a product 20 % is 0.2, so that what comes out is in the other's unit and can be rounded in it."""
    if kind.type != NUMBER or not kind.scale.is_ratio or kind.scale == RATIO:
        return node, kind
    return converted(node, kind.scale, RATIO), replace(kind, scale=RATIO)


class _Inference:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []
        self.divides = False
        self.inside = False  # of an aggregate or a window

    def said(self, message: str, hint: str = "") -> None:
        self.problems.append(Problem(message, hint))

    def visit(self, node: Node) -> tuple[Node, Kind]:
        match node:
            case Constant():
                return node, _constant(node)
            case Name():
                return node, self.name(node.name)
            case Aggregate():
                return self.aggregate(node)
            case Window():
                return self.window(node)
            case Call():
                return _CALLS.get(node.name, _Inference.same)(self, node)

    def name(self, name: str) -> Kind:
        kind = self.scope.names.get(name)
        if kind is None:
            near = difflib.get_close_matches(name, self.scope.names, 1, 0.5)
            self.said(f"公式里的“{name}”不存在。", f"是不是“{near[0]}”？" if near else "")
            return Kind(UNKNOWN)
        if kind.type == UNKNOWN:
            self.said(f"“{name}”这类栏目不能用在公式里。")
        return kind

    def visited(self, nodes: Sequence[Node]) -> tuple[tuple[Node, ...], list[Kind]]:
        pairs = [self.visit(node) for node in nodes]
        return tuple(node for node, _ in pairs), [kind for _, kind in pairs]

    def wants(self, kind: Kind, wanted: str, what: str) -> None:
        if kind.type not in {wanted, *_OPEN}:
            self.said(f"{what}应为{_WORDS[wanted]}，写的是{_WORDS[kind.type]}。")

    # rows together ------------------------------------------------------------------------------------

    def aggregate(self, node: Aggregate) -> tuple[Node, Kind]:
        if not self.scope.aggregates:
            self.said(f"计算栏按行计算，不能用“{node.name}”汇总。", "同组的汇总写作sum(…) over (partition by …)。")
        if self.inside:
            self.said("汇总里面不能再套汇总。")
        inside, self.inside = self.inside, True
        arg, kind = self.visit(node.arg) if node.arg is not None else (None, Kind(NUMBER))
        where = None
        if node.where is not None:
            where, condition = self.visit(node.where)
            self.wants(condition, BOOLEAN, "filter里的条件")
        self.inside = inside
        return replace(node, arg=arg, where=where), self.gathered(node.name, kind)

    def window(self, node: Window) -> tuple[Node, Kind]:
        if self.inside:
            self.said("over不能写在另一个汇总里面。")
        if self.scope.aggregates:
            self.said("指标是全表合计，不能用over逐行比较；请写成计算栏。")
        inside, self.inside = self.inside, True
        arg, kind = self.visit(node.arg) if node.arg is not None else (None, Kind(NUMBER))
        by, _ = self.visited(node.by)
        order = tuple((self.visit(each)[0], largest) for each, largest in node.order)
        self.inside = inside
        return replace(node, arg=arg, by=by, order=order), self.gathered(node.name, kind)

    def gathered(self, name: str, kind: Kind) -> Kind:
        if name in {"count", "rank"}:
            return Kind(NUMBER)
        if name in {"sum", "avg"}:
            self.wants(kind, NUMBER, f"{name}的参数")
        elif kind.type == BOOLEAN:
            self.said(f"{name}的参数不能是{_WORDS[BOOLEAN]}。")
        return replace(kind, free=False)

    # arithmetic ---------------------------------------------------------------------------------------

    def product(self, node: Call) -> tuple[Node, Kind]:
        args, kinds = self.visited(node.args)
        for kind in kinds:
            self.wants(kind, NUMBER, f"“{node.name}”两边")
        (left, kinds[0]), (right, kinds[1]) = map(_as_fraction, args, kinds)
        power = 1 if node.name == "*" else -1
        if power < 0:
            self.divisor(right)
        free = all(kind.free for kind in kinds)
        return Call(node.name, (left, right)), Kind(NUMBER, kinds[0].scale.times(kinds[1].scale, power), free)

    def divisor(self, node: Node) -> None:
        if isinstance(node, Constant):
            if node.value == 0:
                self.said("不能除以0。")
        else:
            self.divides = True

    def alike(self, node: Call) -> tuple[Node, Kind]:
        """Operands of one kind: added, subtracted, or one of them chosen."""
        args, kinds = self.visited(node.args)
        if node.name == "-" and all(kind.type == DATE for kind in kinds):
            return Call("days", args), Kind(NUMBER, DAYS)
        if node.name in {"+", "-"}:
            for kind in kinds:
                self.wants(kind, NUMBER, f"“{node.name}”两边")
        together, kind = self.together(args, kinds, f"“{node.name}”")
        return Call(node.name, together), kind

    def together(self, args: Sequence[Node], kinds: Sequence[Kind], what: str) -> tuple[tuple[Node, ...], Kind]:
        """The operands in the unit of the first that has one."""
        known = [kind for kind in kinds if kind.type not in _OPEN]
        if not known:
            return tuple(args), Kind(FAR if any(kind.type == FAR for kind in kinds) else UNKNOWN)
        first = next((kind for kind in known if not kind.free), known[0])
        found: list[Node] = []
        for arg, kind in zip(args, kinds, strict=True):
            if kind.type not in {first.type, *_OPEN}:
                self.said(f"{what}里{_WORDS[first.type]}与{_WORDS[kind.type]}不能放在一起。")
            elif kind.type == NUMBER and not kind.free and not kind.scale.fits(first.scale):
                self.said(f"{what}里的单位不一致：{first.scale}与{kind.scale}。")
            elif kind.type == NUMBER and not kind.free:
                found.append(converted(arg, kind.scale, first.scale))
                continue
            found.append(arg)
        return tuple(found), replace(first, free=all(kind.free for kind in known))

    def compared(self, node: Call) -> tuple[Node, Kind]:
        args, kinds = self.visited(node.args)
        if node.name not in {"=", "<>", "in"} and any(kind.type in {BOOLEAN, TEXT} for kind in kinds):
            self.said(f"“{node.name}”只能比较数和日期。")
        choices = next((kind.choices for kind in kinds if kind.choices), ())
        for arg in args:
            if choices and isinstance(arg, Constant) and isinstance(arg.value, str) and arg.value not in choices:
                self.said(f"选项里没有“{arg.value}”。", f"可用的有：{'、'.join(choices)}。")
        together, _ = self.together(args, kinds, f"“{node.name}”")
        return Call(node.name, together), Kind(BOOLEAN)

    def logical(self, node: Call) -> tuple[Node, Kind]:
        args, kinds = self.visited(node.args)
        for kind in kinds:
            self.wants(kind, BOOLEAN, f"“{node.name}”")
        return Call(node.name, args), Kind(BOOLEAN)

    # functions ----------------------------------------------------------------------------------------

    def is_null(self, node: Call) -> tuple[Node, Kind]:
        args, _ = self.visited(node.args)
        return Call("is_null", args), Kind(BOOLEAN)

    def case(self, node: Call) -> tuple[Node, Kind]:
        conditions, kinds = self.visited(node.args[:-1:2])
        for kind in kinds:
            self.wants(kind, BOOLEAN, "when后面")
        values, valued = self.visited((*node.args[1::2], node.args[-1]))
        together, kind = self.together(values, valued, "case")
        args = [part for pair in zip(conditions, together[:-1], strict=True) for part in pair]
        return Call("case", (*args, together[-1])), kind

    def rounded(self, node: Call) -> tuple[Node, Kind]:
        args, kinds = self.visited(node.args)
        self.wants(kinds[0], NUMBER, f"{node.name}的参数")
        places = args[1] if len(args) > 1 else Constant(Fraction(0))
        if not (isinstance(places, Constant) and isinstance(places.value, Fraction) and places.value in range(13)):
            self.said("round的位数应写明0至12的整数。")
        return Call(node.name, (args[0], places) if node.name == "round" else args[:1]), kinds[0]

    def of_date(self, node: Call) -> tuple[Node, Kind]:
        args, kinds = self.visited(node.args)
        for kind in kinds:
            self.wants(kind, DATE, f"{node.name}的参数")
        return Call(node.name, args), Kind(NUMBER, DAYS if node.name == "days" else RATIO)

    def table(self, node: Call) -> tuple[Node, Kind]:
        name, key = node.args
        table = self.scope.tables.get(name.name) if isinstance(name, Name) else None
        if table is None or not isinstance(name, Name):
            near = "、".join(self.scope.tables) or "本清单没有参数表"
            self.said(f"{node.name}的第一个参数应为参数表的名称。", near)
            return node, Kind(UNKNOWN)
        if (table.key.type == TEXT) != (node.name == "lookup"):
            self.said(f"参数表“{name.name}”不能用{node.name}来查。")
        checked, kind = self.visit(key)
        self.wants(kind, table.key.type, f"{node.name}的第二个参数")
        if kind.type == NUMBER and not kind.free:
            if not kind.scale.fits(table.key.scale):
                self.said(f"{node.name}里的单位不一致：{table.key.scale}与{kind.scale}。")
            checked = converted(checked, kind.scale, table.key.scale)
        if node.name == "interpolate":
            self.wants(table.value, NUMBER, "interpolate所查的值")
        return Call(node.name, (name, checked)), table.value

    def same(self, node: Call) -> tuple[Node, Kind]:
        """abs, coalesce, nullif, least, greatest: as their arguments."""
        args, kinds = self.visited(node.args)
        if node.name in {"abs", "least", "greatest"}:
            for kind in kinds:
                if kind.type in {TEXT, BOOLEAN}:
                    self.said(f"{node.name}的参数应为数。")
        together, kind = self.together(args, kinds, node.name)
        return Call(node.name, together), kind


_CALLS: dict[str, Callable[[_Inference, Call], tuple[Node, Kind]]] = {
    **dict.fromkeys(("*", "/"), _Inference.product),
    **dict.fromkeys(("+", "-"), _Inference.alike),
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">=", "in"), _Inference.compared),
    **dict.fromkeys(("and", "or", "not"), _Inference.logical),
    **dict.fromkeys(("round", "floor", "ceil"), _Inference.rounded),
    **dict.fromkeys(("year", "month", "days"), _Inference.of_date),
    **dict.fromkeys(("lookup", "band", "interpolate"), _Inference.table),
    "is_null": _Inference.is_null,
    "case": _Inference.case,
}


def _constant(node: Constant) -> Kind:
    match node.value:
        case bool():
            return Kind(BOOLEAN)
        case Fraction():
            return Kind(NUMBER, free=True)
        case str():
            return Kind(TEXT)
        case None:
            return Kind(UNKNOWN)
        case _:
            return Kind(DATE)
