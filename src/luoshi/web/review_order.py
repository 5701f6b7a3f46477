"""Which proposals a reviewer goes through, in which order: what the address of the review page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from luoshi.acts.proposal import QUALITATIVE, Proposal
from luoshi.acts.review import ACCEPTED, REJECTED, Review

ORDERS = {"": "存疑的在前", "text": "按原文顺序"}
KINDS = {
    "": "全部类别",
    "target": "目标",
    "project": "项目",
    "honour": "荣誉",
    "event": "活动",
    "measure": "举措",
    "task": "任务",
    QUALITATIVE: "定性举措",
}
DOUBTS = {"": "存疑和无疑", "any": "只看存疑", "grave": "只看重疑", "none": "只看无疑"}
STATES = {"": "全部状态", "open": "待看", "accepted": "已采纳", "rejected": "已剔除", "changed": "改过的"}
GRAVE = 3
"""The doubtfulness from which a proposal is probably wrong: one grave reason, or several lighter ones."""


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """复核次序: the order and the filters; every value is one of the choices above, ``task`` an id or empty."""

    order: str = ""
    kind: str = ""
    doubt: str = ""
    state: str = ""
    task: str = ""

    def query(self, **more: str) -> str:
        """The query of an address that keeps order and filters."""
        asked = {"order": self.order, "kind": self.kind, "doubt": self.doubt, "state": self.state, "task": self.task}
        return urlencode({name: text for name, text in (asked | more).items() if text})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.doubt or self.state or self.task)


def order_of(asked: Mapping[str, Any]) -> ReviewOrder:
    """What was asked for; a value that is no choice counts as none."""

    def one(name: str, choices: Mapping[str, str]) -> str:
        value = str(asked.get(name, ""))
        return value if value in choices else ""

    return ReviewOrder(
        one("order", ORDERS), one("kind", KINDS), one("doubt", DOUBTS), one("state", STATES), str(asked.get("task", ""))
    )


def kind_of(proposal: Proposal) -> str:
    """``target``, or the kind of the list of tasks."""
    return "target" if proposal.list == "target" else str(proposal.fields.get("kind") or "task")


def queue(review: Review, order: ReviewOrder, *, any_state: bool = False) -> list[Proposal]:
    """The proposals asked for, in the order asked for.

    Args:
        any_state: whether those in another state are kept too: the one just decided leaves a list of open ones.
    """
    among = review.vague if order.kind == QUALITATIVE else review.proposals
    found = [p for p in among if _is_wanted(p, order) and (any_state or _stands(review, p, order.state))]
    return found if order.order == "text" else sorted(found, key=lambda p: (-p.doubtfulness, p.start, p.end))


def _is_wanted(proposal: Proposal, order: ReviewOrder) -> bool:
    if order.kind and kind_of(proposal) != order.kind:
        return False
    if order.task and order.task not in {proposal.task, proposal.id}:
        return False
    return {
        "": True,
        "any": bool(proposal.doubt),
        "grave": proposal.doubtfulness >= GRAVE,
        "none": not proposal.doubt,
    }[order.doubt]


def _stands(review: Review, proposal: Proposal, state: str) -> bool:
    decision = review.decisions.get(proposal.id, "")
    return {
        "": True,
        "open": not decision,
        "accepted": decision == ACCEPTED,
        "rejected": decision == REJECTED,
        "changed": proposal.id in review.origin,
    }[state]


def following(before: Review, after: Review, order: ReviewOrder, chosen: str) -> str:
    """The next proposal nobody has decided, counted from the one just decided; empty when none is left."""
    ids = [proposal.id for proposal in queue(before, order, any_state=True)]
    start = ids.index(chosen) + 1 if chosen in ids else 0
    still = {p.id for p in queue(after, order) if not after.decisions.get(p.id)}
    return next((name for name in [*ids[start:], *ids[:start]] if name in still and name != chosen), "")
