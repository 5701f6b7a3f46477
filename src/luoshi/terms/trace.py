"""How a result came about: rule, inputs with dates and sources, arithmetic (ui.md: 为什么)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from luoshi.terms.source import Source


@dataclass(frozen=True, slots=True)
class Input:
    """输入: one value a result rests on, as it was shown to people.

    ``origin`` names where it was taken from (an entry id, a report's fact, a parameter's key).
    """

    name: str
    value: str
    on: date | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """步骤: one line of arithmetic (``实际 ÷ 应达 = 12 ÷ 11.25``) and its result (``1.07``)."""

    text: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """推算: the rule that decided, what went in, and each step, in the order they were taken."""

    rule: str
    inputs: tuple[Input, ...] = ()
    steps: tuple[Step, ...] = ()
    source: Source = field(default_factory=Source)
