"""进展情况表: what was asked and how far each item is, in four columns (domain.md §1.3, the form of 绍兴)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """进展事项: content and demand, what was done, who answers; several ①②③ may stand on lines of their own."""

    content: str
    done: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """进展情况表: the items of a plan as of a day."""

    title: str
    as_of: date
    issuer: str
    rows: tuple[ProgressRow, ...]
    is_demo: bool = False
