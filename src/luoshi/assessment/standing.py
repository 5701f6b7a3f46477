"""Where one item stands on a day: all that a light rests on, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from luoshi.target.actual import Actual
from luoshi.target.node import Node
from luoshi.target.target import Target
from luoshi.target.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Given:
    """填报项: a value a rule set asks for beyond the target (批评次数, 上月位次), as written, with its origin.

    Numbers and dates come as their writing (``"12.5"``, ``"2023-09-30"``), flags as ``"true"``/``"false"``,
    lists of dates as a tuple.
    """

    value: str | tuple[str, ...]
    on: date | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """现状: what is known about one item on the as-of date.

    ``actual`` is the latest *accepted* figure; ``has_report`` whether the period's report has been accepted;
    ``nodes`` — when there are any — replace the trajectory as the yardstick; ``final_on`` is the last day for
    all of it; ``done_on`` the day it was finished; ``previous`` the base colours of the earlier periods,
    oldest first (``Light.base``).
    """

    target: Target
    final_on: date
    actual: Actual | None = None
    trajectory: Trajectory | None = None
    nodes: tuple[Node, ...] = ()
    has_report: bool = True
    is_started: bool = True
    done_on: date | None = None
    previous: tuple[str, ...] = ()
    given: Mapping[str, Given] = field(default_factory=dict)
