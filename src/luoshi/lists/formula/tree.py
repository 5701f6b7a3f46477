"""The tree of a formula: six kinds of node, whatever the parser's own tree looks like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Worth = Fraction | str | date | bool | None
"""What a node can be worth; None is unknown, as in SQL."""


@dataclass(frozen=True, slots=True)
class Constant:
    """常量: a number, text, day or yes/no as written."""

    value: Worth


@dataclass(frozen=True, slots=True)
class Name:
    """名称: a field, a field of a referenced entry (task.lead_body), a formula, a parameter or ``as_of``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """运算: an operator or a function with its arguments (``+``, ``and``, ``case``, ``least`` …)."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """汇总: one number out of all rows for which ``where`` holds; ``arg`` is None in count(*)."""

    name: str
    arg: Node | None = None
    where: Node | None = None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """同组比较: a number per row out of the rows of its group; ``order`` holds (what, largest first)."""

    name: str
    arg: Node | None = None
    by: tuple[Node, ...] = ()
    order: tuple[tuple[Node, bool], ...] = ()


Node = Constant | Name | Call | Aggregate | Window


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below."""
    match node:
        case Call():
            return node.args
        case Aggregate():
            return tuple(part for part in (node.arg, node.where) if part is not None)
        case Window():
            return (*((node.arg,) if node.arg is not None else ()), *node.by, *(part for part, _ in node.order))
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, the outer before the inner."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """All names the formula uses."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def loose_names(node: Node) -> frozenset[str]:
    """The names outside of any aggregate: in a measure, nobody could say of which row they are."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Aggregate):
        return frozenset()
    return frozenset().union(*(loose_names(child) for child in children(node)))


def aggregates(node: Node) -> tuple[Aggregate, ...]:
    """The sums over rows it is made of, each once."""
    return tuple(dict.fromkeys(part for part in walk(node) if isinstance(part, Aggregate)))
