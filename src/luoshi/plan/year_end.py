"""年底交账: what becomes of each promise when its year is over, and what of it the next year takes up."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction


class Ending(StrEnum):
    """交账结果: done; not done; or not done and taken up by the next year's plan (跨年结转)."""

    ACHIEVED = "achieved"
    MISSED = "missed"
    CARRIED = "carried"


OUTCOMES = {Ending.ACHIEVED: "已完成", Ending.MISSED: "未完成", Ending.CARRIED: "跨年结转"}


def proposed(*, is_finished: bool, is_work: bool) -> Ending:
    """What the figures propose; a person decides.

    Args:
        is_finished: the light of the last month says that the promise was kept.
        is_work: a project or what is judged by nodes: unfinished work goes on, an annual figure that was not reached
            is a promise that was not kept.
    """
    if is_finished:
        return Ending.ACHIEVED
    return Ending.CARRIED if is_work else Ending.MISSED


def remainder(goal: Fraction, actual: Fraction | None) -> Fraction:
    """What is left to do of an amount; the whole where nothing is known, or where nothing of it is left."""
    return goal - actual if actual is not None and 0 < actual < goal else goal


def of_whole(parts: Iterable[tuple[Ending, bool]]) -> Ending:
    """What becomes of a task whose promises are all settled: carried with any of them, kept when no firm one was missed.

    Args:
        parts: the outcome of each promise, and whether it was firm (硬目标); a missed 争先项 is no failure
            (domain.md §0.4).
    """
    found = list(parts)
    if any(outcome is Ending.CARRIED for outcome, _ in found):
        return Ending.CARRIED
    return Ending.MISSED if any(outcome is Ending.MISSED and firm for outcome, firm in found) else Ending.ACHIEVED


def summed_up(outcomes: Iterable[Ending]) -> str:
    """已完成3项、跨年结转1项; only what there is."""
    found = list(outcomes)
    return "、".join(f"{label}{number}项" for key, label in OUTCOMES.items() if (number := found.count(key)))
