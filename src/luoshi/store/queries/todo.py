"""我的待办: exactly what waits for the reader, in the order in which it is due; the badge counts these very lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from luoshi.people.role import Role
from luoshi.store.entries import cells
from luoshi.store.models import EntryRow, IndexCell
from luoshi.store.queries import approvals, wording
from luoshi.store.queries.arrivals import by_body, waiting_days
from luoshi.store.queries.ballot_page import to_vote
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.history import titles_of
from luoshi.store.queries.remembered import remembered
from luoshi.store.queries.report_state import UNVERIFIED
from luoshi.store.queries.turns import turns, waiting_ids

Plain = dict[str, Any]


def todo(desk: Desk) -> list[Plain]:
    """Groups of things to do, each with all its lines and their number."""
    groups = []
    for title, found, told in KINDS:
        keys = found(desk)
        lines = told(desk, keys) if keys else []
        rows = sum(line.get("rows", 0) for line in lines)
        groups += [{"title": title, "total": len(lines), "rows": rows, "lines": lines}] if lines else []
    return groups


def count(desk: Desk) -> int:
    """How many lines ``todo`` has: the badge in the head; asked anew when something has happened."""
    return remembered(desk, "todo", _count) + len(to_vote(desk)) if desk.plan_id else 0


def _count(desk: Desk) -> int:
    """What follows from entries alone: a query or two for each duty; ballots that were cast are no facts."""
    return sum(len(found(desk)) for _, found, _ in KINDS if found is not to_vote)


def _line(desk: Desk, due: object, text: str, why: str, action: str, target: tuple[str, ...]) -> Plain:
    late = (desk.today - due).days if isinstance(due, date) and desk.today > due else 0
    return {
        "due": wording.day(due) if due else "",
        "late": f"已过{late}天" if late else "",
        "text": text,
        "why": why,
        "action": action,
        "target": target,
    }


def _sheets(desk: Desk) -> list[Plain]:
    """The reader's units with rows of the open month that are missing or were returned."""
    period, own = desk.open_period, desk.bodies_as(Role.DESK_OFFICER)
    rows = by_body(desk, period, own) if period and own else []
    return [row for row in rows if row["missing"] or row["returned"]]


def _to_report(desk: Desk, rows: list[Plain]) -> list[Plain]:
    period, closes = desk.open_period, desk.plan["window_closes_on"] if desk.plan else None
    lines = []
    for row in rows:
        label = period.label if period else ""
        why = f"应报{row['due']}项，还差{row['missing']}项" + (f"，退回{row['returned']}项" if row["returned"] else "")
        target = ("report-sheet", row["code"], str(period))
        waiting = _line(desk, closes, f"{row['body']}{label}填报", why, "填报", target)
        lines.append(waiting | {"rows": row["missing"] + row["returned"]})
    return lines


def _of_bodies(desk: Desk, bodies: tuple[str, ...]) -> Q:
    return Q(pk__in=cells(desk.plan_id, "report", "body").filter(text__in=bodies).values("entry_id"))


def _submitted(desk: Desk) -> list[str]:
    """The reports that wait for the reader's signature."""
    own = desk.bodies_as(Role.UNIT_HEAD)
    rows = EntryRow.objects.filter(_of_bodies(desk, own), plan=desk.plan_id, list="report", state="submitted")
    return list(rows.values_list("id", flat=True)) if own else []


def _to_sign(desk: Desk, _: list[str]) -> list[Plain]:
    return [
        _line(
            desk,
            None,
            f"{row['body']}{row['period']}：{row['name']}",
            f"本月{row['now'] or '未填数'}",
            "去签发",
            ("sign",),
        )
        for row in approvals.to_sign(desk)
    ]


def _left_unverified(desk: Desk) -> list[str]:
    """One's reports that the last closing left unverified; told until they are corrected or the next month is closed."""
    own, closed = desk.bodies_as(Role.DESK_OFFICER), str((desk.plan and desk.plan["closed_period"]) or "")
    if not own or not closed:
        return []
    rows = EntryRow.objects.filter(_of_bodies(desk, own), plan=desk.plan_id, list="report", state="unverified")
    return list(rows.filter(id__endswith=f":{closed}").order_by("id").values_list("id", flat=True))


def notices(desk: Desk) -> list[Plain]:
    """What a desk officer must know of the month just closed but can do nothing about here; by unit, counted nowhere."""
    reports = _left_unverified(desk)
    rows = EntryRow.objects.filter(pk__in=reports).order_by("id").values_list("values", flat=True) if reports else ()
    counts: dict[tuple[str, str], int] = {}
    for entry in map(wording.values, rows):
        one = str(entry["body"]), str(entry["period"])
        counts[one] = counts.get(one, 0) + 1
    return [
        {
            "text": f"{desk.label(body)}{wording.month(period)}填报有{number}项结账未核实",
            "why": UNVERIFIED,
            "target": ("report-sheet", body, period),
        }
        for (body, period), number in counts.items()
    ]


def _signed(desk: Desk) -> dict[tuple[str, str], list[str]]:
    """The signed reports that wait for the supervisor, by month and body."""
    if not desk.is_supervisor:
        return {}
    rows = EntryRow.objects.filter(plan=desk.plan_id, list="report", state="signed")
    told = IndexCell.objects.filter(entry__in=rows, field__in=("body", "period")).order_by("entry_id")
    held: dict[str, dict[str, str]] = {}
    for report, field, text in told.values_list("entry_id", "field", "text"):
        held.setdefault(report, {})[field] = text
    found: dict[tuple[str, str], list[str]] = {}
    for report, one in held.items():
        found.setdefault((one["period"], one["body"]), []).append(report)
    return found


def _to_review(desk: Desk, found: dict[tuple[str, str], list[str]]) -> list[Plain]:
    reports = [name for names in found.values() for name in names]
    versions = dict(EntryRow.objects.filter(pk__in=reports).values_list("id", "version"))
    days = waiting_days(desk, versions)
    lines = []
    for (period, body), names in found.items():
        text = f"{desk.label(body)}{wording.month(period)}填报（{len(names)}项）"
        waiting = _line(desk, None, text, f"已等{max(days.get(n, 0) for n in names)}天", "去审核", ("review",))
        lines.append(waiting | {"rows": len(names)})
    return lines


def _turns(desk: Desk) -> list[str]:
    """Entries of any list that wait for the reader's move: slips, problems, and whatever lists a county has."""
    return waiting_ids(desk)


def _to_move(desk: Desk, entries: list[str]) -> list[Plain]:
    return [
        _line(desk, item["due"], item["text"], item["why"], item["action"], ("entry", item["id"]))
        for item in turns(desk, entries)
    ]


def _to_cast(desk: Desk, votes: list[str]) -> list[Plain]:
    names = titles_of(votes)
    return [
        _line(desk, None, f"表决：{names.get(name, '')}", "每人一票，不记名", "去投票", ("ballot", name))
        for name in votes
    ]


def _unassigned(desk: Desk) -> list[int]:
    """How many entries wait to be handed out, as one thing to do."""
    if not desk.is_supervisor:
        return []
    waiting = EntryRow.objects.filter(plan=desk.plan_id, list__in=("task", "target"), state="adopted").count()
    return [waiting] if waiting else []


def _to_assign(desk: Desk, waiting: list[int]) -> list[Plain]:
    return [
        _line(desk, None, f"{number}个条目还没有交办", "定牵头单位和责任领导", "去交办", ("assign",))
        for number in waiting
    ]


KINDS: tuple[tuple[str, Callable[[Desk], Any], Callable[[Desk, Any], list[Plain]]], ...] = (
    ("填报", _sheets, _to_report),
    ("待签发", _submitted, _to_sign),
    ("待审核", _signed, _to_review),
    ("清单事项", _turns, _to_move),
    ("投票", to_vote, _to_cast),
    ("交办", _unassigned, _to_assign),
)
"""Each duty: its title, what waits (one thing a line), and the lines that tell of it."""
