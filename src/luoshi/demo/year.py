"""The demo year as dated events, each an act; run in order up to a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from luoshi.acts.context import SHANGHAI, Context, context_for
from luoshi.acts.handle_reports import accept_reports, correct_report, return_reports, sign_reports
from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.run_month import close_month, open_month
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.demo.county import CODE, SUPERVISOR, YEAR, desk_of, head_of, script
from luoshi.demo.figures import cells_for
from luoshi.demo.problems import problem_events
from luoshi.lists.entry import Entry
from luoshi.store.entries import find_where, from_row
from luoshi.store.models import Account, EntryRow
from luoshi.store.open_work import open_work
from luoshi.store.reports import report_id, reports_of
from luoshi.terms.number import plain
from luoshi.terms.period import Period
from luoshi.terms.quotation import quoted

PLAN = f"{CODE}-{YEAR}"


@dataclass(order=True)
class Event:
    """事件: something done at an instant; ``name`` is shown while the year is built."""

    at: datetime
    order: int
    name: str = field(compare=False)
    run: Callable[[datetime], None] = field(compare=False)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of a demo day, in China."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def acting(account: str, when: datetime, on: date | None = None) -> Context:
    """The context of one of the demo's accounts."""
    return context_for(Account.objects.get(username=account), when, on)


def commitments() -> list[Entry]:
    """The entries that are reported on: assigned, and no mere heading of others or whole of parts."""
    rows = EntryRow.objects.filter(plan=PLAN, list__in=("target", "task"), state__in=("assigned",)).order_by("id")
    entries = [from_row(row) for row in rows]
    above = {str(entry["parent"] or "") for entry in entries} | {str(entry["task"] or "") for entry in entries}
    return [entry for entry in entries if entry.id not in above]


def events() -> Iterator[Event]:
    """All events of the year."""
    number = 0
    for month in range(1, 13):
        for when, name, run in (*_month(month), *_special(month), *problem_events(month, at, acting)):
            number += 1
            yield Event(when, number, name, run)
    for when, name, run in problem_events(13, at, acting):  # the first days of the next year
        number += 1
        yield Event(when, number, name, run)


Dated = tuple[datetime, str, Callable[[datetime], None]]


def _month(month: int) -> Iterator[Dated]:
    period = Period.month(YEAR, month)
    opens, closes = date(YEAR, month, 25), period.end + timedelta(days=2)
    after = closes + timedelta(days=1)
    yield at(opens), f"{period.label}开启填报", partial(_open, period=period, closes=closes)
    for day in range(1, 5):
        turn = opens + timedelta(days=day)
        yield at(turn, 15), f"{period.label}填报", partial(_report, period=period, day=day)
        yield at(turn + timedelta(days=1), 10), f"{period.label}签发", partial(_sign, period=period)
    yield at(closes, 16), f"{period.label}审核", partial(_accept, period=period, flagged=False)
    yield at(after, 11), f"{period.label}补报", partial(_report, period=period, day=0)
    yield at(after + timedelta(days=1), 9), f"{period.label}补签", partial(_sign, period=period)
    yield at(after + timedelta(days=1), 10), f"{period.label}复核", partial(_accept, period=period, flagged=True)
    yield at(after + timedelta(days=1), 17), f"{period.label}结账", partial(_close, period=period)


def _open(when: datetime, period: Period, closes: date) -> None:
    open_month(acting(SUPERVISOR, when), PLAN, period, closes)


def _close(when: datetime, period: Period) -> None:
    close_month(acting(SUPERVISOR, when), PLAN, open_work(PLAN, period))


def _report(when: datetime, period: Period, day: int) -> None:
    """Units report on the first to fourth day of the window; day 0 stands for stragglers and returned reports."""
    month = period.start.month
    known = reports_of(PLAN, period)
    by_body: dict[str, list[ReportRow]] = {}
    names = script()
    roster = acting(SUPERVISOR, when).circumstances.roster
    late = {unit for unit, m in names["late"] if int(m) == month}
    missing = {unit for unit, m in names["missing"] if int(m) == month}
    for entry in commitments():
        body, report = str(entry["lead_body"]), known.get(entry.id)
        label = roster.label(body)
        is_turn = day == 1 + sum(map(ord, body)) % 4 and label not in late | missing
        is_due = (is_turn and report is None) or (day == 0 and report is None and label in late)
        if is_due or (day == 0 and report is not None and report.state == "returned"):
            by_body.setdefault(body, []).append(ReportRow(entry.id, cells_for(entry, month)))
    for body, rows in sorted(by_body.items()):
        submit_reports(acting(desk_of(body), when, min(when.date(), period.last)), PLAN, period, body, rows)


def _sign(when: datetime, period: Period) -> None:
    by_body: dict[str, list[str]] = {}
    for report in reports_of(PLAN, period).values():
        if report.state == "submitted":
            by_body.setdefault(str(report["body"]), []).append(report.id)
    for body, reports in sorted(by_body.items()):
        sign_reports(acting(head_of(body), when), sorted(reports))


def _accept(when: datetime, period: Period, *, flagged: bool) -> None:
    """Reports without flags are accepted in bulk first; the flagged ones are looked at afterwards."""
    supervisor = acting(SUPERVISOR, when)
    waiting = {r.id: r for r in reports_of(PLAN, period).values() if r.state == "signed"}
    for month, words, code, reason in script()["returned"]:
        if int(month) == period.start.month:
            for target in _named(words):
                name = report_id(target.id, period)
                if name in waiting and "resubmit" not in waiting[name].doings:
                    return_reports(supervisor, [name], code, reason)
                    del waiting[name]
    label = supervisor.circumstances.roster.label
    later = {unit for unit, month in script()["later"] if int(month) == period.start.month}
    held = {name for name, report in waiting.items() if report["flags"] or label(str(report["body"])) in later}
    accept_reports(supervisor, sorted(name for name in waiting if flagged or name not in held))


def _named(words: str) -> list[Entry]:
    rows = EntryRow.objects.filter(plan=PLAN, list__in=("target", "task")).exclude(state="withdrawn").order_by("id")
    return [e for e in map(from_row, rows) if words in str(e["indicator"] or e["name"]) and e["kind"] != "task"]


def _special(month: int) -> Iterator[Dated]:
    play = script()
    for row in play["corrections"]:
        day = date.fromisoformat(row["on"])
        if day.month == month:
            yield at(day, 10), "更正", partial(_correct, row=row)
    slip = play["slip"]
    issued = date.fromisoformat(slip["on"])
    if issued.month == month:
        yield at(issued, 9), "下发督办单", _issue
        for days, move in ((1, "receive"), (18, "reply"), (25, "close")):
            yield at(issued + timedelta(days=days), 9), "督办办理", partial(_handle_slip, move=move)
    won = play["won"]
    if date.fromisoformat(won["on"]).month == month:
        yield at(date.fromisoformat(won["on"]), 9), "取得荣誉", _win
    if int(play["override"]["period"]) == month:
        yield at(date(YEAR, month, 28), 9), "人工定灯", _override
    if month == 12:
        yield at(date(YEAR, 12, 28), 9), "认定未完成", _miss


def _correct(when: datetime, row: dict[str, str]) -> None:
    period = Period.month(YEAR, int(row["period"]))
    for target in _named(row["indicator"]):
        report = next(iter(find_where(PLAN, "report", commitment=target.id, period=str(period))), None)
        if report and isinstance(report["value"], Decimal):
            value = plain((report["value"] * Decimal(row["ratio"])).quantize(Decimal("0.01")))
            correct_report(acting(SUPERVISOR, when), report.id, {"value": value}, row["reason"])


def _issue(when: datetime) -> None:
    slip = script()["slip"]
    target = _named(slip["indicator"])[0]
    typed = {
        "matter": f"{target['indicator']}滞后于序时",
        "origin": "report",
        "commitment": target.id,
        "demand": slip["demand"],
        "urgency": "urgent",
        "lead_body": target["lead_body"],
        "cooperating_bodies": target["cooperating_bodies"],
        "leader": target["leader"],
        "due_on": slip["due"],
        "signer": "常务副县长（演示）",
    }
    issue_slip(acting(SUPERVISOR, when), PLAN, typed)


def _handle_slip(when: datetime, move: str) -> None:
    for slip in find_where(PLAN, "supervision", commitment=_named(script()["slip"]["indicator"])[0].id):
        body = str(slip["lead_body"])
        account = {"receive": desk_of(body), "reply": head_of(body), "close": SUPERVISOR}[move]
        typed = {"receive": {}, "reply": {"reply": script()["slip"]["reply"]}, "close": {"verification": "site"}}[move]
        move_entry(acting(account, when), slip.id, move, typed)


def _win(when: datetime) -> None:
    won = script()["won"]
    for entry in _named(won["name"]):
        supervisor = acting(SUPERVISOR, when)
        move_entry(supervisor, entry.id, "achieve", {"result_value": "已取得", "result_note": won["note"]})
        claim = {
            "text": f"取得{quoted(str(entry['name']))}",
            "commitment": entry.id,
            "body": entry["lead_body"],
            "achieved_on": when.date(),
            "granted_by": won["granted_by"],
            "is_public": True,
        }
        result = open_entry(acting(desk_of(str(entry["lead_body"])), when), "result", PLAN, claim)
        move_entry(supervisor, result.id, "verify", {})


def _miss(when: datetime) -> None:
    missed = script()["missed"]
    for entry in _named(missed["name"]):
        move_entry(acting(SUPERVISOR, when), entry.id, "miss", {"result_note": missed["note"]}, missed["note"])


def _override(when: datetime) -> None:
    row = script()["override"]
    for entry in _named(row["indicator"]):
        override = {
            "period": str(Period.month(YEAR, int(row["period"]))),
            "colour": row["colour"],
            "reason": row["reason"],
            "approver": row["approver"],
        }
        move_entry(acting(SUPERVISOR, when), entry.id, "override_light", {"light_override": [override]}, row["reason"])
