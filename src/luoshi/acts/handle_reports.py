"""签发、审核: what happens to submitted reports: signed, accepted, returned, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from luoshi.acts.attach_evidence import decided_with_files
from luoshi.acts.context import Context, act, decided, definition_of, held, held_all, refuse
from luoshi.acts.month_window import is_open
from luoshi.acts.tell import tell_accepted, tell_held_back, tell_returned, tell_signed
from luoshi.lists.entry import Change, Entry, Value, county_of
from luoshi.people.role import Role
from luoshi.store import entries
from luoshi.store.append import append, hold
from luoshi.store.corrections import books_of
from luoshi.store.rating import rate_reported
from luoshi.store.reports import claimed_days, impossible_figures
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted
from luoshi.terms.refusal import FieldError, Refusal, Refused

Seen = Mapping[str, int]
"""The versions at which reports were shown to who handles them; one that is not named is taken as it stands."""


@act
def sign_reports(context: Context, reports: Sequence[str], seen: Seen | None = None) -> list[Entry]:
    """The unit's head signs reports, all at once.

    Raises:
        Refused: one of them waits for no signature, is another unit's, of a closed month, or was reported anew since
            it was seen; none is signed.
    """
    _require_as_seen(context, reports, seen)
    signed = append(_same_move(context, reports, "sign"), context.act_id)
    tell_signed(context, signed)
    return signed


@act
def hold_back_reports(context: Context, reports: Sequence[str], reason: str, seen: Seen | None = None) -> list[Entry]:
    """The unit's head gives reports back to the desk officer, with a reason.

    Raises:
        Refused: no reason, or one of them is another unit's, of a closed month, or was reported anew.
    """
    _require_as_seen(context, reports, seen)
    held_back = append(_same_move(context, reports, "hold_back", reason), context.act_id)
    tell_held_back(context, held_back)
    return held_back


@act
def accept_reports(context: Context, reports: Sequence[str], seen: Seen | None = None) -> list[Entry]:
    """The supervisor accepts signed reports; nodes they claim are accepted with them, lights follow.

    Raises:
        Refused: one of them is not signed, of a closed month, or another than was seen; none is accepted.
    """
    _require_as_seen(context, reports, seen)
    accepted = append(_same_move(context, reports, "accept"), context.act_id)
    append(_node_changes(context, accepted), context.act_id)
    rate_reported(accepted, context.today)
    tell_accepted(context, accepted)
    return accepted


@act
def return_reports(
    context: Context, reports: Sequence[str], code: str, reason: str, seen: Seen | None = None
) -> list[Entry]:
    """The supervisor returns reports with a reason code and words.

    Raises:
        Refused: no reason, nothing to return, one is another than was seen, or of a closed month, where it could never
            be reported again.
    """
    _require_as_seen(context, reports, seen)
    known = _of_open_month(context, reports)
    _require_waiting(context, known, "return")
    changes = [
        decided(context, definition_of(entry), entry, "return", {"return_code": code}, reason)
        for entry in known.values()
    ]
    returned = append(changes, context.act_id)
    tell_returned(context, returned)
    return returned


@act
def correct_report(
    context: Context, report: str, typed: Mapping[str, object], reason: str, version: int | None = None
) -> Entry:
    """更正: a new fact with a reason replaces what a report said, at any time.

    A month that is closed keeps its lights, tables and bulletin; the open month is computed anew. A report that
    the closing left unverified is accepted with its correction, and the nodes it claims are too (docs/adr/0006).

    Raises:
        Refused: no reason, bad values, not the supervisor's, or the report is neither accepted nor left unverified.
    """
    for known in entries.find_all([report]).values():
        hold(f"plan:{known.plan}")  # whether its month is closed must not change while lights are computed
    entry = held(context, report, version)
    cells = {name: content for name, content in typed.items() if name != "corrected_in"} | _books(entry)
    change = decided_with_files(context, definition_of(entry), entry, "correct", cells, reason)
    _require_possible(entries.find(str(entry["commitment"])), change)
    after = append([change], context.act_id)
    if entry.state != "accepted":
        append(_node_changes(context, after), context.act_id)
    rate_reported(after, context.today)
    return after[0]


def _books(report: Entry) -> dict[str, object]:
    """The month in whose books a correction falls, when the report's own is closed."""
    books = books_of(entries.find(f"plan:{report.plan}"), str(report["period"]))
    return {"corrected_in": str(books)} if books else {}


def _require_possible(commitment: Entry | None, change: Change) -> None:
    """Refuse a correction to a figure that cannot be."""
    figures = {name: value for name, value in change.values.items() if name in {"value", "base"}}
    errors = tuple(impossible_figures(commitment, figures)) if commitment else ()
    if errors:
        raise Refused(Refusal("acts.bad_rows", errors[0].message, 422, errors=errors))


def _same_move(context: Context, reports: Sequence[str], move: str, reason: str = "") -> list[Change]:
    known = _of_open_month(context, reports)
    _require_waiting(context, known, move)
    return [decided(context, definition_of(entry), entry, move, {}, reason) for entry in known.values()]


def _require_waiting(context: Context, known: Mapping[str, Entry], move: str) -> None:
    """Name what somebody else has handled meanwhile; the list refuses every other state that does not fit.

    Raises:
        Refused: one was accepted or returned already (409).
    """
    if not context.actor.has(Role.SUPERVISOR):
        return
    for report in known.values():
        if report.state in {"accepted", "returned"} and move in {"accept", "return"}:
            promise = entries.find(str(report["commitment"]))
            name = str(
                (promise and (promise["indicator"] if promise.list == "target" else promise["name"])) or "这一项"
            )
            label = definition_of(report).states[report.state].label
            message = f"“{name}”{label}，可能刚由他人办理；其余所选的没有办理，还都选着。"
            raise refuse("acts.handled_meanwhile", message, 409, report=report.id)


def _require_as_seen(context: Context, reports: Sequence[str], seen: Seen | None) -> None:
    """Refuse to handle a report that says something else than was shown (409), each named; held_all keeps it so."""
    if not seen:
        return
    known = held_all(context, list(reports))
    changed = [known[name] for name in reports if name in seen and known[name].version != seen[name]]
    promises = entries.find_all(str(report["commitment"]) for report in changed)
    errors = tuple(
        FieldError(report.id, f"{_called(promises.get(str(report['commitment'])))}刚被更新，请看过新的内容再办理。")
        for report in changed
    )
    if errors:
        message = f"有{len(errors)}项在您打开之后已有变动，所选的都没有办理，还都选着。"
        raise Refused(Refusal("acts.changed_meanwhile", message, 409, errors=errors))


def _called(promise: Entry | None) -> str:
    name = promise and (promise["indicator"] if promise.list == "target" else promise["name"])
    return quoted(str(name)) if name else "这一项"


def _of_open_month(context: Context, reports: Sequence[str]) -> dict[str, Entry]:
    """The reports, locked, by id; their months must be open and stay so until the act ends.

    Raises:
        Refused: one is unknown, or its month was closed (409).
    """
    found = [entry for entry in entries.find_all(reports).values() if county_of(entry.plan) == context.county]
    for plan, period in sorted({(entry.plan, str(entry["period"])) for entry in found if entry.list == "report"}):
        if not is_open(context, plan, period):
            message = f"{Period.parse(period).label}已经结账，不能再签发、退回或采信；数据有误的，请办理更正。"
            raise refuse("acts.month_closed", message, 409, period=period)
    return held_all(context, list(reports))


def _node_changes(context: Context, reports: Sequence[Entry]) -> list[Change]:
    """Nodes named in accepted reports are accepted as of the day they say, else of the month they were reported for."""
    claims = {str(report["commitment"]): report for report in reports if report["node"]}
    changes = []
    for entry in held_all(context, list(claims)).values():
        nodes, report = entry["nodes"], claims[entry.id]
        claimed = claimed_days(report["node"])
        day = min(context.today, Period.parse(str(report["period"])).last)
        rows = [_accepted(row, claimed, day) for row in nodes] if isinstance(nodes, tuple) else []
        if tuple(rows) != (nodes or ()):
            changes.append(decided(context, definition_of(entry), entry, "accept_node", {"nodes": rows}))
    return changes


def _accepted(row: Value, claimed: Mapping[str, date | None], day: date) -> Value:
    if isinstance(row, Mapping) and row.get("id") in claimed and not row.get("accepted_on"):
        return {**row, "accepted_on": claimed[str(row["id"])] or day}
    return row
