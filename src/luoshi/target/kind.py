"""What kind of promise a phrase makes, decided when it is adopted (domain.md §0.4)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib import resources

import yaml

from luoshi.terms.unit import Unit


class TargetKind(StrEnum):
    """目标类型: how an actual is held against what was promised."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    HOLD = "hold"
    RANGE = "range"
    GROWTH = "growth"
    REDUCTION = "reduction"
    SHARE = "share"
    RANK = "rank"
    HONOUR = "honour"
    STATE_REACHED = "state_reached"
    NODES = "nodes"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return _LABELS[self]


_LABELS = {
    TargetKind.AT_LEAST: "不少于",
    TargetKind.AT_MOST: "不超过",
    TargetKind.EXACTLY: "恰好等于",
    TargetKind.HOLD: "保持",
    TargetKind.RANGE: "区间内",
    TargetKind.GROWTH: "增长",
    TargetKind.REDUCTION: "下降",
    TargetKind.SHARE: "占比",
    TargetKind.RANK: "位次",
    TargetKind.HONOUR: "荣誉",
    TargetKind.STATE_REACHED: "达到状态",
    TargetKind.NODES: "节点",
}


class Accumulation(StrEnum):
    """累计方式: a year-to-date amount that grows (cumulative), or the state at a date (level)."""

    CUMULATIVE = "cumulative"
    LEVEL = "level"


class Strength(StrEnum):
    """承诺强度: firm (确保, and every plain promise) or aspired (力争、争创): a miss of the latter is no failure."""

    FIRM = "firm"
    ASPIRED = "aspired"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    text = resources.files(__package__).joinpath("words.yaml").read_text("utf-8")
    return {name: tuple(section["words"]) for name, section in yaml.safe_load(text).items()}


def is_lower_better(indicator: str) -> bool:
    """Whether less of the indicator is better (失业率, 死亡人数); the last such word in it decides."""
    better = max(
        (indicator.rfind(word) + len(word) for word in _words()["higher_is_better"] if word in indicator), default=-1
    )
    lower = max(
        (indicator.rfind(word) + len(word) for word in _words()["lower_is_better"] if word in indicator), default=-1
    )
    return lower > better


_CLAUSE_ENDS = re.compile(r"[，,；;。：:、]")


def kind_of(
    comparator: str, basis: str = "absolute", indicator: str = "", words: str = "", has_upper: bool = False
) -> TargetKind:
    """The kind a read target is proposed to be adopted as; a person may choose another.

    A bare "=" is met by more (完成15亿元 by 16), or by less after 下降到 and for indicators where lower is
    better; ``exactly`` is only ever chosen by a person.

    Args:
        comparator: ``>=``, ``<=``, ``=`` or ``~`` (左右).
        basis: ``absolute``, ``growth``, ``reduction`` or ``share``.
        indicator: what is measured.
        words: the text up to the number; its last clause is searched for 下降到 and 保持.
        has_upper: two bounds were written (3—5个).

    Raises:
        ValueError: an unknown comparator or basis.
    """
    clause = _CLAUSE_ENDS.split(words)[-1]
    if comparator not in {">=", "<=", "=", "~"} or basis not in {"absolute", "growth", "reduction", "share"}:
        raise ValueError(f"no such comparator or basis: {comparator!r}, {basis!r}")
    if has_upper or comparator == "~":
        return TargetKind.RANGE
    if comparator == "<=" and basis != "reduction":
        return TargetKind.AT_MOST
    if basis == "growth" and comparator == "=" and is_lower_better(indicator):
        return TargetKind.AT_MOST
    if basis in {"growth", "reduction"}:
        return TargetKind(basis)
    if comparator == "=" and any(word in clause for word in _words()["held"]):
        return TargetKind.HOLD
    if comparator == "=" and (is_lower_better(indicator) or any(word in clause for word in _words()["falls_to"])):
        return TargetKind.AT_MOST
    return TargetKind.SHARE if basis == "share" else TargetKind.AT_LEAST


_LEVEL_KINDS = {TargetKind.HOLD, TargetKind.GROWTH, TargetKind.REDUCTION, TargetKind.SHARE, TargetKind.RANK}


def accumulation_of(kind: TargetKind, unit: Unit, indicator: str = "") -> Accumulation:
    """How values of such a target accumulate: rates, per-capita figures, ranks and concentrations are levels."""
    if kind in _LEVEL_KINDS or unit.dimension == "ratio" or "/" in unit.symbol:
        return Accumulation.LEVEL
    if any(word in indicator for word in _words()["level"]):
        return Accumulation.LEVEL
    return Accumulation.CUMULATIVE


def strength_of(words: str) -> Strength:
    """Aspired when the clause says 力争, 争创, 争取 or 冲刺; firm otherwise (domain.md §0.4)."""
    return Strength.ASPIRED if any(word in words for word in _words()["aspired"]) else Strength.FIRM


def may_be_negative(kind: TargetKind, indicator: str = "") -> bool:
    """Whether a figure below zero can be true: rates of change, differences and balances; never an amount or a count."""
    return kind.value in _words()["signed_kinds"] or any(word in indicator for word in _words()["signed"])
