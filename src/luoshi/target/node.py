"""节点: dated milestones with a mark that proves them; a task with nodes is judged by these alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.terms.number import fixed
from luoshi.terms.period import chinese_date
from luoshi.terms.trace import Input, Step, Trace


@dataclass(frozen=True, slots=True)
class Node:
    """节点: what is to stand by when; ``weight`` is its part of the whole (any scale), zero parts share equally.

    ``accepted_on`` is the day somebody other than its maker accepted it; a report alone accepts nothing.
    """

    name: str
    due_on: date
    weight: Fraction = Fraction(0)
    accepted_on: date | None = None
    mark: str = ""

    def is_accepted(self, as_of: date) -> bool:
        """Whether it had been accepted by the end of ``as_of``."""
        return self.accepted_on is not None and self.accepted_on <= as_of

    def days_late(self, as_of: date) -> int:
        """Days past its due date without acceptance; 0 on the due date itself and once accepted."""
        if self.is_accepted(as_of):
            return 0
        return max(0, (as_of - self.due_on).days)

    def was_late_by(self) -> int:
        """Days between due date and acceptance, when it was accepted late."""
        return max(0, (self.accepted_on - self.due_on).days) if self.accepted_on else 0


def node_progress(nodes: Sequence[Node], as_of: date) -> Fraction:
    """Weight of the accepted nodes as a share of all (0 to 1); weights need not add up to 100.

    Raises:
        ValueError: no nodes, or a negative weight.
    """
    return _share([node for node in nodes if node.is_accepted(as_of)], nodes)


def node_expected(nodes: Sequence[Node], as_of: date) -> Fraction:
    """Weight of the nodes due on or before ``as_of`` as a share of all."""
    return _share([node for node in nodes if node.due_on <= as_of], nodes)


def node_ratio(nodes: Sequence[Node], as_of: date) -> Fraction | None:
    """Accepted weight over due weight; None while nothing is due (domain.md §2.2)."""
    due = node_expected(nodes, as_of)
    return node_progress(nodes, as_of) / due if due else None


def worst_days_late(nodes: Sequence[Node], as_of: date) -> int:
    """The longest lateness among the nodes not accepted."""
    return max((node.days_late(as_of) for node in nodes), default=0)


def node_trace(nodes: Sequence[Node], as_of: date) -> Trace:
    """The nodes and the two sums, as they are explained to people."""
    inputs = tuple(
        Input(
            node.name,
            f"应于{chinese_date(node.due_on)}完成，"
            + (
                f"{chinese_date(node.accepted_on)}验收"
                if node.accepted_on and node.is_accepted(as_of)
                else _open(node, as_of)
            ),
        )
        for node in sorted(nodes, key=lambda node: (node.due_on, node.name))
    )
    accepted, due = node_progress(nodes, as_of), node_expected(nodes, as_of)
    steps = [
        Step("已验收节点权重之和 ÷ 全部权重", f"{fixed(accepted * 100, 2)}%"),
        Step("到期节点权重之和 ÷ 全部权重", f"{fixed(due * 100, 2)}%"),
    ]
    return Trace("按节点评价，到期节点以验收为准", inputs, tuple(steps))


def _open(node: Node, as_of: date) -> str:
    late = node.days_late(as_of)
    return f"未验收，逾期{late}天" if late else "未验收"


def _share(some: Sequence[Node], nodes: Sequence[Node]) -> Fraction:
    if not nodes or any(node.weight < 0 for node in nodes):
        raise ValueError("nodes must be given, with weights that are not negative")
    total = sum((node.weight for node in nodes), Fraction(0))
    if total == 0:
        return Fraction(len(some), len(nodes))
    return sum((node.weight for node in some), Fraction(0)) / total
