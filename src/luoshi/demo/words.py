"""What the demo's units write in their reports: sentences from ``words.yaml``, chosen by the entry's own dice."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

import yaml

from luoshi.lists.entry import Entry
from luoshi.terms.number import plain
from luoshi.terms.quotation import quoted

QUARTER = 3
"""Months of a stage of works."""
Dice = Callable[[str], random.Random]
"""The entry's own dice, for a purpose."""


@dataclass(frozen=True, slots=True)
class Writing:
    """月报素材: a commitment in a month with the figure typed now and the month before, and the nodes claimed."""

    entry: Entry
    month: int
    value: str = ""
    before: str = ""
    nodes: str = ""


@cache
def sentences() -> dict[str, Any]:
    """The sentences of the demo's reports."""
    found: dict[str, Any] = yaml.load(
        resources.files(__package__).joinpath("words.yaml").read_text("utf-8"),
        Loader=yaml.BaseLoader,  # noqa: S506
    )
    return found


def progress_text(writing: Writing, dice: Dice) -> str:
    """The progress of a month in words; it differs from the month before."""
    entry = writing.entry
    parts = [_figures(writing, dice)] if entry.list == "target" else [_stage(writing, dice)]
    if writing.nodes:
        parts.insert(0, sentences()["nodes"])
    if entry.list == "target" or dice(f"d{writing.month}").random() < 0.5:
        parts.append(_turned(_works(entry), writing.month, dice("w")))
    parts.append(_turned(sentences()["closing"], writing.month, dice("c")))
    return _filled("".join(parts), writing, dice)


def problem_texts(writing: Writing, dice: Dice) -> tuple[str, str]:
    """A problem and the next step against it."""
    problem, step = _turned(sentences()["problems"], writing.month, dice("q"))
    return _filled(problem, writing, dice), _filled(step, writing, dice)


def _turned(choices: Sequence[Any], month: int, own: random.Random) -> Any:
    """One of the choices, another one every month, beginning anywhere."""
    return choices[(own.randrange(len(choices)) + month) % len(choices)]


def _figures(writing: Writing, dice: Dice) -> str:
    said = sentences()["figures"]
    if not writing.value:
        kind = "none"
    elif writing.entry["accumulation"] != "cumulative":
        kind = "level"
    elif not Decimal(writing.value):
        kind = "nothing"
    elif not writing.before or not Decimal(writing.before):
        kind = "first"
    else:
        kind = "moved" if Decimal(writing.value) != Decimal(writing.before) else "still"
    return str(_turned(said[kind], writing.month, dice("f")))


def _works(entry: Entry) -> list[str]:
    name = str(entry["indicator"] or entry["name"])
    fitting = (row["says"] for row in sentences()["works"] if any(word in name for word in row["words"]))
    return list(next(fitting, sentences()["works"][-1]["says"]))


def _stage(writing: Writing, dice: Dice) -> str:
    stages = sentences()["stages"][str(writing.entry["kind"])]
    said = _turned(stages[(writing.month - 1) // QUARTER], writing.month, dice("s"))
    lead = dice(f"l{writing.month}").choice(("", "", "{name}"))
    return f"{lead}{said}。"


def _filled(text: str, writing: Writing, dice: Dice) -> str:
    rolls, entry = dice(f"n{writing.month}"), writing.entry
    unit, goal = str(entry["unit"] or ""), entry["value"]
    value, before = Decimal(writing.value or 0), Decimal(writing.before or 0)
    percent = value / goal * 100 if isinstance(goal, Decimal) and goal else Decimal(0)
    return text.format(
        name=quoted(str(entry["indicator"] or entry["name"])),
        month=writing.month,
        value=f"{writing.value}{unit}",
        delta=f"{plain(value - before)}{unit}",
        percent=plain(percent.quantize(Decimal("0.1"), ROUND_HALF_UP)),
        nodes=writing.nodes,
        n=rolls.randrange(3, 16),
        n2=rolls.randrange(1, 4),
    )
