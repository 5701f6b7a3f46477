"""The demo's problems: filed, handed over, cured, struck off by another person; one comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.demo.county import CODE, SUPERVISOR, YEAR, bodies, desk_of, head_of, script
from luoshi.store.entries import find, find_where

PLAN = f"{CODE}-{YEAR}"
Acting = Callable[[str, datetime], Any]
"""Gives the context of an account at an instant."""
Dated = tuple[datetime, str, Callable[[datetime], None]]


def problem_events(month: int, at: Callable[[date, int], datetime], acting: Acting) -> Iterator[Dated]:
    """What happens to problems in a month."""
    for row in script()["problems"]:
        for step, name in STEPS.items():
            if step not in row:
                continue
            day = date.fromisoformat(row[step]["on"])
            if (day.year - YEAR) * 12 + day.month == month:
                yield at(day, 10), f"问题{name}", partial(STEP_ACTS[step], row=row, acting=acting)


def _identity(key: str) -> str:
    return f"problem:{PLAN}:{key}"


def _body(row: dict[str, Any]) -> str:
    return next(body.code for body in bodies() if body.short_name == row["body"])


def _commitment(words: str) -> str:
    for name in ("task", "target"):
        for entry in find_where(PLAN, name):
            if entry.state == "assigned" and words in str(entry["indicator"] or entry["name"]):
                return entry.id
    return ""


def _file(when: datetime, row: dict[str, Any], acting: Acting) -> None:
    typed = {"text": row["text"], "origin": row["origin"], "body": _body(row), "found_on": when.date().isoformat()}
    if row.get("commitment") and (commitment := _commitment(row["commitment"])):
        typed["commitment"] = commitment
    if row.get("former"):
        typed["former"] = _identity(row["former"])
    account = desk_of(_body(row)) if row["origin"] in {"self", "report"} else SUPERVISOR
    open_entry(acting(account, when), "problem", PLAN, typed, entry_id=_identity(row["key"]))


def _assign(when: datetime, row: dict[str, Any], acting: Acting) -> None:
    typed = {"body": _body(row), "goal": row["assign"]["goal"], "due_on": row["assign"]["due"]}
    move_entry(acting(SUPERVISOR, when), _identity(row["key"]), "assign", typed)


def _cure(when: datetime, row: dict[str, Any], acting: Acting) -> None:
    account = head_of(_body(row)) if row["cure"].get("by") == "head" else desk_of(_body(row))
    move_entry(acting(account, when), _identity(row["key"]), "cure", {"steps": row["cure"]["steps"]})


def _close(when: datetime, row: dict[str, Any], acting: Acting) -> None:
    """The supervisor strikes off what the unit says is cured, never the one who cured it."""
    move_entry(acting(SUPERVISOR, when), _identity(row["key"]), "close", {})


def _relapse(when: datetime, row: dict[str, Any], acting: Acting) -> None:
    if find(_identity(row["key"])):
        typed = {"relapsed_on": when.date().isoformat()}
        move_entry(acting(SUPERVISOR, when), _identity(row["key"]), "relapse", typed, row["relapse"]["reason"])


STEPS = {"file": "登记", "assign": "交办", "cure": "整改完成", "close": "销号", "relapse": "记为反弹"}
STEP_ACTS: dict[str, Callable[..., None]] = {
    "file": _file, "assign": _assign, "cure": _cure, "close": _close, "relapse": _relapse,
}  # fmt: skip
