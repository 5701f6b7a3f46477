"""Reports as rows: which belong to a commitment and month, the last value, and what catches the eye."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from luoshi.lists.amount import amount_in, split_amount
from luoshi.lists.entry import Entry, Value
from luoshi.store import definitions
from luoshi.store.entries import cells, from_row
from luoshi.store.models import EntryRow
from luoshi.target.kind import TargetKind, may_be_negative
from luoshi.terms.number import plain
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.refusal import FieldError
from luoshi.terms.unit import counts_whole, unit


def report_id(commitment: str, period: Period) -> str:
    """The identity of a report: one for each commitment and month."""
    return f"report:{commitment}:{period}"


_DAY = re.compile(r"(.+?)[（(](\d{4})[-年](\d{1,2})[-月](\d{1,2})日?[)）]")


def claimed_days(written: object) -> dict[str, date | None]:
    """The nodes a report says are done, by their number, with the day each was done where it says so.

    ``1、2（2023年9月20日）``; a day that cannot be stays part of what is then no known number.
    """
    found: dict[str, date | None] = {}
    for part in re.split(r"[、，,；;\s]+", str(written or "")):
        match = _DAY.fullmatch(part)
        try:
            day = date(int(match[2]), int(match[3]), int(match[4])) if match else None
        except ValueError:
            match = day = None
        if part:
            found[match[1] if match else part] = day
    return found


def claimed_nodes(written: object) -> list[str]:
    """The nodes a report says are done, by their number: ``1、2``."""
    return list(claimed_days(written))


def write_claims(claims: Mapping[str, date | None]) -> str:
    """Claims as a report keeps them: ``1、2（2023年9月20日）``."""
    return "、".join(f"{name}（{chinese_date(day)}）" if day else name for name, day in claims.items())


def reports_of(plan: str, period: Period) -> dict[str, Entry]:
    """All reports of a month, by commitment; one query."""
    wanted = cells(plan, "report", "period").filter(text=str(period)).values("entry_id")
    rows = EntryRow.objects.filter(pk__in=wanted)
    return {str(entry["commitment"]): entry for entry in map(from_row, rows)}


def last_values(plan: str, commitments: Iterable[str], period: Period) -> dict[str, Entry]:
    """For each commitment the accepted report of the newest month before this one; one query."""
    wanted = cells(plan, "report", "commitment").filter(text__in=list(commitments)).values("entry_id")
    rows = EntryRow.objects.filter(pk__in=wanted, state="accepted")
    found: dict[str, Entry] = {}
    for entry in map(from_row, rows):
        name = str(entry["commitment"])
        if str(entry["period"]) < str(period) and str(entry["period"]) > str(
            found[name]["period"] if name in found else ""
        ):
            found[name] = entry
    return found


def in_own_units(commitment: Entry, typed: Mapping[str, object]) -> tuple[dict[str, object], list[FieldError]]:
    """What was typed, its figures in the commitment's unit; and what cannot be brought into it."""
    fields = definitions.current("report").fields
    symbol = _symbol(commitment, typed)
    found, errors = dict(typed), []
    for name in ("value", "base"):
        text = found.get(name)
        if not isinstance(text, str):
            continue
        bare = text.strip().removeprefix("第") if commitment["kind"] == "rank" else text
        amount = amount_in(fields[name], bare, symbol)
        if isinstance(amount, FieldError):
            errors.append(amount)
        else:
            found[name] = amount
    return found, errors


def _symbol(commitment: Entry, typed: Mapping[str, object]) -> str:
    """The unit figures are taken in.

    A figure beside the one it is compared with is in no unit of the target, which is their ratio: both are taken
    in the unit written after either.
    """
    own = str(commitment["unit"] or "")
    if commitment["kind"] == "rank":
        return own or "位"
    compared = commitment["kind"] in {"growth", "reduction"} or unit(own).dimension == "ratio"
    if not compared or not typed.get("base"):
        return own
    written = (split_amount(str(typed.get(name) or "")) for name in ("value", "base"))
    return next((parts[1] for parts in written if parts and parts[1]), "")


def impossible_figures(commitment: Entry, figures: Mapping[str, Value]) -> list[FieldError]:
    """Figures that cannot be: an amount or a count below zero. Rates of change, differences and balances may be."""
    fields = definitions.current("report").fields
    if commitment.list != "target" or may_be_negative(
        TargetKind(str(commitment["kind"])), str(commitment["indicator"] or "")
    ):
        return []
    return [
        FieldError(name, f"“{fields[name].label}”不能小于零，请核对后填写。", plain(value))
        for name, value in figures.items()
        if isinstance(value, Decimal) and value < 0
    ]


def unexplained_fall(
    commitment: Entry, value: Value, typed: Mapping[str, object], before: Entry | None
) -> FieldError | None:
    """A year-to-date total below last month's, without a word on why under 存在问题."""
    if not _falls(commitment, value, before) or str(typed.get("problem") or "").strip():
        return None
    last = before["value"] if before else None
    message = (
        f"本月累计低于上月的{plain(last) if isinstance(last, Decimal) else ''}{commitment['unit'] or ''}。"
        "填错了的请改正；确有核减的，请在“存在问题”中写明原因。"
    )
    return FieldError("value", message, plain(value) if isinstance(value, Decimal) else "")


def _falls(commitment: Entry, value: Value, before: Entry | None) -> bool:
    last = before["value"] if before else None
    if not isinstance(value, Decimal) or not isinstance(last, Decimal):
        return False
    return commitment["accumulation"] == "cumulative" and value < last


def flags_of(commitment: Entry, value: Value, typed: Mapping[str, object], before: Entry | None) -> list[str]:
    """What a reader should look at: hints, never verdicts; none of them on what was finished already."""
    flags = _odd_figures(commitment, value, typed, before)
    if before is None:
        return flags
    last = before["value"]
    is_finished = _was_finished(commitment, last)
    if isinstance(value, Decimal) and isinstance(last, Decimal):
        if _falls(commitment, value, before):
            flags.append(f"累计数低于上月（上月{plain(last)}）")
        elif not is_finished:
            flags += _pace_flags(commitment, value, last)
    if not is_finished and typed.get("text") and typed.get("text") == before["text"]:
        flags.append("进展文字与上月完全相同")
    return flags


def _odd_figures(commitment: Entry, value: Value, typed: Mapping[str, object], before: Entry | None) -> list[str]:
    """Figures that were perhaps typed wrongly: a part of a piece, or a leap beyond ten times."""
    if not isinstance(value, Decimal) or commitment["kind"] not in _OWN_SCALE or typed.get("base"):
        return []
    flags = []
    symbol = str(commitment["unit"] or "")
    if counts_whole(symbol) and (Fraction(value) * unit(symbol).factor).denominator != 1:
        flags.append(f"按“{symbol}”计数的一般是整数，所填为{plain(value)}{symbol}")
    goal, last = commitment["value"], before["value"] if before else None
    if isinstance(goal, Decimal) and 0 < goal * LEAP < value:
        flags.append(f"超过目标{plain(goal)}{symbol}的{LEAP}倍，请核对单位和位数")
    elif isinstance(last, Decimal) and 0 < last * LEAP < value and not (_is_counted(commitment) and last < MONTHS):
        flags.append(f"超过上月{plain(last)}{symbol}的{LEAP}倍，请核对单位和位数")
    return flags


_OWN_SCALE = {"at_least", "at_most", "exactly", "range"}
"""Kinds of targets whose reported figure is in the target's own unit."""
LEAP = 10
"""A figure of more times what was promised, or was reported last, has more likely lost its decimal point."""


def _pace_flags(commitment: Entry, value: Decimal, last: Decimal) -> list[str]:
    """A year-to-date total that stands still, or leaps; a goal of a few pieces does both by itself."""
    goal = commitment["value"]
    if commitment["accumulation"] != "cumulative" or commitment["kind"] == "at_most":
        return []
    is_few = isinstance(goal, Decimal) and _is_counted(commitment) and goal < MONTHS
    is_yearly = commitment["schedule"] == "none"
    if value == last and value != 0 and not is_few and not is_yearly:
        return ["累计数与上月相同"]
    if not isinstance(goal, Decimal) or goal <= 0 or is_yearly or (is_few and value - last <= 1):
        return []
    return ["单月增量超过全年目标的四成"] if value - last > goal * Decimal("0.4") else []


MONTHS = 12
"""A goal of fewer pieces than a year has months stands still in some of them, and one piece is much of it."""


def _was_finished(commitment: Entry, last: Value) -> bool:
    """Whether the accepted figure reached the goal already, or every node has been accepted."""
    nodes, goal = commitment["nodes"], commitment["value"]
    if commitment.list == "task":
        return isinstance(nodes, tuple) and bool(nodes) and all(_is_accepted(node) for node in nodes)
    if not isinstance(last, Decimal) or not isinstance(goal, Decimal):
        return False
    return commitment["kind"] == "at_least" and commitment["accumulation"] == "cumulative" and last >= goal


def _is_accepted(node: Value | Mapping[str, Value]) -> bool:
    return isinstance(node, Mapping) and bool(node.get("accepted_on"))


def _is_counted(commitment: Entry) -> bool:
    dimension = unit(str(commitment["unit"] or "")).dimension
    return dimension.startswith("count:") or dimension in {"people", "trips"}
