"""签发、审核: what happens to submitted reports: signed, accepted, returned, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from luoshi.acts.context import Context, act, decided, definition_of, held, held_all
from luoshi.lists.entry import Change, Entry, Value
from luoshi.store.append import append
from luoshi.store.rating import rate_reported
from luoshi.store.reports import claimed_nodes
from luoshi.terms.period import Period


@act
def sign_reports(context: Context, reports: Sequence[str]) -> list[Entry]:
    """The unit's head signs reports, all at once.

    Raises:
        Refused: one of them waits for no signature, or is another unit's; none is signed.
    """
    return append(_same_move(context, reports, "sign"), context.act_id)


@act
def hold_back_reports(context: Context, reports: Sequence[str], reason: str) -> list[Entry]:
    """The unit's head gives reports back to the desk officer, with a reason."""
    return append(_same_move(context, reports, "hold_back", reason), context.act_id)


@act
def accept_reports(context: Context, reports: Sequence[str]) -> list[Entry]:
    """The supervisor accepts signed reports; nodes they claim are accepted with them, lights follow.

    Raises:
        Refused: one of them is not signed; none is accepted.
    """
    accepted = append(_same_move(context, reports, "accept"), context.act_id)
    append(_node_changes(context, accepted), context.act_id)
    rate_reported(accepted, context.today)
    return accepted


@act
def return_reports(context: Context, reports: Sequence[str], code: str, reason: str) -> list[Entry]:
    """The supervisor returns reports with a reason code and words.

    Raises:
        Refused: no reason, or nothing to return.
    """
    known = held_all(list(reports))
    changes = [
        decided(context, definition_of(known[name]), known[name], "return", {"return_code": code}, reason)
        for name in reports
    ]
    return append(changes, context.act_id)


@act
def correct_report(
    context: Context, report: str, typed: Mapping[str, object], reason: str, version: int | None = None
) -> Entry:
    """更正: a new fact with a reason replaces what an accepted report said; the light is computed anew."""
    entry = held(report, version)
    after = append([decided(context, definition_of(entry), entry, "correct", typed, reason)], context.act_id)
    rate_reported(after, context.today)
    return after[0]


def _same_move(context: Context, reports: Sequence[str], move: str, reason: str = "") -> list[Change]:
    known = held_all(list(reports))
    return [decided(context, definition_of(known[name]), known[name], move, {}, reason) for name in reports]


def _node_changes(context: Context, reports: Sequence[Entry]) -> list[Change]:
    """Nodes named in accepted reports are accepted as of the month they were reported for."""
    claims = {str(report["commitment"]): report for report in reports if report["node"]}
    changes = []
    for entry in held_all(list(claims)).values():
        nodes, report = entry["nodes"], claims[entry.id]
        claimed = set(claimed_nodes(report["node"]))
        day = min(context.today, Period.parse(str(report["period"])).last)
        rows = [_accepted(row, claimed, day) for row in nodes] if isinstance(nodes, tuple) else []
        if tuple(rows) != (nodes or ()):
            changes.append(decided(context, definition_of(entry), entry, "accept_node", {"nodes": rows}))
    return changes


def _accepted(row: Value, claimed: set[str], day: date) -> Value:
    if isinstance(row, Mapping) and row.get("id") in claimed and not row.get("accepted_on"):
        return {**row, "accepted_on": day}
    return row
