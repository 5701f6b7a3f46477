"""What goes into office files: the month's bulletin, the plan's ledger, a supervision slip."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import orjson

from luoshi.assessment.rule_set import SHAPES, Colour
from luoshi.lists.entry import Entry, county_of
from luoshi.lists.holiday import is_working_day
from luoshi.people.roster import Body, Roster
from luoshi.publication.bulletin import Bulletin, BulletinCorrection, BulletinItem
from luoshi.publication.ledger_sheet import LedgerHistoryLine, LedgerRow, PlanLedger
from luoshi.publication.legend import ProgressClass, ShownLight
from luoshi.publication.reply import reply_days, reply_due, sets_deadline
from luoshi.publication.slip import Slip, SlipNumber
from luoshi.store import definitions, rosters
from luoshi.store.corrections import Correction
from luoshi.store.entries import find
from luoshi.store.models import EntryRow, Evidence, FactRow
from luoshi.store.queries import history, wording
from luoshi.store.queries.corrected import change, commitments_of
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.month_book import MonthBook, month_book, office_desk, ordered
from luoshi.terms.number import exact
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

Plain = dict[str, Any]
UNVERIFIED = "已填报，结账时未核实，不计入本月"
_UNRATED = {"actual": "", "expected": "", "percent": "", "reason": ""}
INKS = {"blue": "1F4FB5", "green": "1B6E3C", "yellow": "6B4E00", "orange": "9A3A00", "red": "A3141F", "grey": "4B5563"}
TINTS = {"blue": "E8EFFC", "green": "E6F4EA", "yellow": "FFF3C4", "orange": "FFE6D1", "red": "FDE7E8", "grey": "EEF0F3"}
SETTLED = {
    "done": ProgressClass.DONE,
    "unreported": ProgressClass.NOT_REPORTED,
    "not_due": ProgressClass.NOT_DUE,
}
"""Rules whose name says where an item stands; for all others the colour does."""


def bulletin_of(plan_id: str, period: Period, today: date) -> Bulletin:
    """The bulletin of a month, from the lights and accepted reports as they are kept; a closed month's from its snapshot.

    Args:
        today: the date of issue while the month is open.

    Raises:
        KeyError: no such plan.
    """
    book = month_book(plan_id, period, today)
    items = tuple(_item(book, period, name, entry) for name, entry in book.rows)
    former = [book.before[name]["colour"] for name, _ in book.rows if name in book.before]
    return Bulletin(
        issuer=f"{book.plan['county']}人民政府督查室",
        issue=period.start.month,
        issued_on=book.issued_on,
        period=period,
        plan_title=str(book.plan["title"]),
        addressees=addressees(str(book.plan["county"])),
        legend=legend(book.colours),
        items=items,
        previous={key: former.count(key) for key in book.colours} if former else None,
        corrections=_corrections(book.corrected_before),
        corrected_since=_corrections(book.corrected_since),
        reply_due=reply_due(book.issued_on, period, is_working_day),
        reply_within=reply_days() if sets_deadline(book.issued_on, period) else 0,
        copies_to=copies_to(str(book.plan["county"])),
        is_demo=bool(book.plan.get("is_demo")),
        is_draft=not book.is_closed,
    )


def _corrections(found: Sequence[Correction]) -> tuple[BulletinCorrection, ...]:
    """Corrections as a bulletin names them, by month and in document order."""
    goals = commitments_of(found)
    told = []
    for one in sorted(found, key=lambda c: (c.period, _place(goals.get(c.commitment, {})), c.commitment)):
        goal = goals.get(one.commitment, {})
        before, after = change(one, goal)
        number = int(goal["task_number"]) if goal.get("task_number") else None
        told.append(BulletinCorrection(Period.parse(one.period), number, _words(goal), before, after, one.reason))
    return tuple(told)


def legend(colours: Mapping[str, Colour]) -> tuple[ShownLight, ...]:
    """The colours of a rule set, best first, as papers print them."""
    return tuple(
        ShownLight(
            colour.key,
            colour.word if len(colour.word) > 1 else f"{colour.word}灯",
            SHAPES.get(colour.tone, ""),
            INKS.get(colour.tone, INKS["grey"]),
            TINTS.get(colour.tone, TINTS["grey"]),
            colour.meaning,
        )
        for colour in colours.values()
    )


def _place(entry: Mapping[str, Any]) -> tuple[int, int]:
    return int(entry.get("start") or 0), int(entry.get("end") or 0)


def _standing(book: MonthBook, rating: Plain) -> ProgressClass:
    rule = str(orjson.loads(rating["light"])["rule"])
    colour = book.colours.get(rating["colour"])
    if rule in SETTLED:
        return SETTLED[rule]
    if colour is None or not colour.counts:
        return ProgressClass.NOT_DUE
    return ProgressClass.ON_PACE if colour.tone in {"blue", "green"} else ProgressClass.BEHIND


def _verified(standing: ProgressClass, *, is_verified: bool) -> ProgressClass:
    """What came and was not verified when the month was closed is told apart from what never came."""
    is_silent = standing is ProgressClass.NOT_REPORTED
    return ProgressClass.NOT_VERIFIED if is_silent and not is_verified else standing


def _share(text: str) -> Fraction | None:
    return exact(text) if text else None


def _item(book: MonthBook, period: Period, name: str, entry: Plain) -> BulletinItem:
    rating, before, report = book.rated[name], book.before.get(name), book.reports.get(name)
    has_pace = bool(rating["expected"] and rating["percent"])
    unit = str(entry.get("unit") or "")
    nodes = _nodes_done(entry, period) if report and not rating["actual"] else None
    return BulletinItem(
        number=int(entry["task_number"]) if entry.get("task_number") else None,
        words=_words(entry),
        lead=book.label(entry.get("lead_body")),
        target=wording.goal(entry),
        light=rating["colour"],
        standing=_verified(_standing(book, rating), is_verified=name not in book.unverified),
        reason=rating["reason"] if name not in book.unverified else UNVERIFIED,
        cooperating=tuple(book.label(code) for code in wording.helpers(entry)),
        actual=Quantity.of(rating["actual"], unit) if _is_number(rating["actual"]) else None,
        actual_text=f"{nodes[1]}个节点已验收{nodes[0]}个" if nodes else "",
        completion=_share(rating["percent"]) if has_pace else None,
        expected=_share(rating["expected"]) if has_pace else None,
        problem=str(report.get("problem") or "") if report else "",
        next_step=str(report.get("next_step") or "") if report else "",
        previous_standing=_standing(book, before) if before else None,
        is_unverified=name in book.unverified,
        task=book.tasks.get(str(entry.get("task") or entry.get("parent") or ""), ""),
        label=str(entry.get("name") or entry.get("indicator") or ""),
        nodes=nodes,
    )


def _words(entry: Plain) -> str:
    """The promise in its own words; one member of a list is named before the clause it shares with the others."""
    clause, name = wording.clause(entry), str(entry.get("name") or "")
    if not clause or not name:
        return clause or name
    others = clause.replace(name, "", 1)
    return f"{name}（{clause}）" if any(word in others for word in ("、", "和", "及")) else clause


def _nodes_done(entry: Plain, period: Period) -> tuple[int, int] | None:
    """How far work without a number is: how many of its nodes were accepted, and how many there are."""
    nodes = entry.get("nodes") or ()
    last = period.last.isoformat()
    done = sum(1 for node in nodes if node.get("accepted_on") and str(node["accepted_on"]) <= last)
    return (done, len(nodes)) if nodes else None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def ledger_of(plan_id: str, period: Period, today: date) -> PlanLedger:
    """The whole ledger of a plan as of a month: every commitment, and every fact as a sentence.

    A closed month's is told wholly from its snapshot and the facts recorded until then, so that it never changes again.

    Raises:
        KeyError: no such plan.
    """
    book = month_book(plan_id, period, today)
    files = dict(Evidence.objects.values_list("id", "name"))
    uncounted = next((key for key, colour in book.colours.items() if not colour.counts), "")
    rows = []
    for name, entry in ordered([*book.rows, *book.unrated]):
        rating = book.rated.get(name) or {"colour": uncounted, **_UNRATED}
        rows.append(_row(book, entry, rating, book.reports.get(name), files))
    return PlanLedger(
        title=f"{book.plan.get('title')}工作台账",
        issuer=f"{book.plan.get('county')}人民政府督查室",
        period=period,
        made_on=book.issued_on,
        legend=legend(book.colours),
        rows=tuple(rows),
        history=tuple(_history(_desk_of(book, plan_id, period, today), book)),
        is_demo=bool(book.plan.get("is_demo")),
    )


def _desk_of(book: MonthBook, plan_id: str, period: Period, today: date) -> Desk:
    """A desk on which bodies are called as in the book."""
    desk = office_desk(plan_id, period, today)
    if not book.is_closed:
        return desk
    return dataclasses.replace(desk, roster=Roster.of(Body(code, name) for code, name in book.labels.items()))


def _row(book: MonthBook, entry: Plain, rating: Plain, accepted: Plain | None, files: Mapping[str, str]) -> LedgerRow:
    report = accepted or {}
    return LedgerRow(
        area=str(entry.get("area") or ""),
        number=int(entry["task_number"]) if entry.get("task_number") else None,
        task=book.tasks.get(str(entry.get("task") or entry.get("parent") or ""), ""),
        target=wording.clause(entry) or str(entry.get("name") or ""),
        light=rating["colour"],
        indicator=wording.title("", entry) + (f"（{entry['unit']}）" if entry.get("unit") else ""),
        nodes=tuple(f"{node['name']}（{wording.short_day(node['due_on'])}）" for node in entry.get("nodes") or ()),
        leader=str(entry.get("leader") or ""),
        lead=wording.leads(book.label, entry),
        cooperating=tuple(book.label(code) for code in entry.get("cooperating_bodies") or ()),
        progress=str(report.get("text") or ""),
        actual=exact(rating["actual"]) if _is_number(rating["actual"]) else None,
        completion=_share(rating["percent"]),
        expected=_share(rating["expected"]),
        problem=str(report.get("problem") or ""),
        next_step=str(report.get("next_step") or ""),
        evidence=tuple(files[key] for key in report.get("evidence") or () if key in files),
        note=rating["reason"],
    )


ROUTINE = ("report.submitted", "report.signed", "report.accepted")
"""Facts of the monthly round; their outcome stands in the rows, so only what left the round is told one by one."""


def _history(desk: Desk, book: MonthBook) -> list[LedgerHistoryLine]:
    streams = EntryRow.objects.filter(plan=desk.plan_id).exclude(list="responsibility").values("id")
    facts = FactRow.objects.filter(stream__in=streams).exclude(kind__in=ROUTINE)
    if book.closed_at:
        facts = facts.filter(recorded_at__lte=book.closed_at)
    told_of = set(facts.values_list("stream", flat=True))
    titles = history.titles_of(name for name in told_of if not name.startswith("report:"))
    titles |= {name: title for name, title in book.titles.items() if name in titles}
    titles |= {
        name: titles.get(name[7:-8], "") + wording.month(name[-7:]) for name in told_of if name.startswith("report:")
    }
    told = history.of_streams(desk, told_of, titles, 100_000, without=ROUTINE, until=book.closed_at)
    return [
        LedgerHistoryLine(
            recorded_on=item["moment"].astimezone(wording.SHANGHAI).date(),
            effective_on=item["on"],
            subject=titles.get(item["stream"], ""),
            sentence=item["sentence"] + (f"理由：{item['reason']}" if item["reason"] else ""),
            actor=item["actor"],
            body=item["office"],
        )
        for item in told
    ]


def slip_of(entry: Entry) -> Slip:
    """A supervision slip, as its entry states it."""
    names = rosters.roster(county_of(entry.plan))
    definition = definitions.version(entry.definition)
    plan = find(f"plan:{entry.plan}")
    found = re.fullmatch(r"(.+?)〔(\d{4})〕(\d+)号", str(entry["number"] or ""))
    number = SlipNumber(found[1], int(found[2]), int(found[3])) if found else SlipNumber("督", entry.opened_on.year, 1)
    others = entry["cooperating_bodies"]
    due = entry["due_on"]
    urgency = definition.fields["urgency"].of.get(str(entry["urgency"] or ""), "")
    return Slip(
        issuer=f"{plan['county'] if plan else ''}人民政府督查室",
        number=number,
        issued_on=entry.opened_on,
        matter=str(entry["matter"] or ""),
        source=definition.fields["origin"].of.get(str(entry["origin"] or ""), ""),
        requirement=str(entry["demand"] or ""),
        lead=names.label(str(entry["lead_body"] or "")),
        due=due if isinstance(due, date) else entry.opened_on,
        cooperating=tuple(names.label(str(code)) for code in others) if isinstance(others, tuple) else (),
        leader=str(entry["leader"] or ""),
        urgency="" if urgency == "平件" else urgency,
        signer=str(entry["signer"] or ""),
        is_demo=bool(plan and plan["is_demo"]),
    )


def addressees(county: str) -> tuple[str, ...]:
    """Who a bulletin is sent to, by what kind of place it is: 区政府各部门 of 滨江区, the counties of 云岭州."""
    kind = _kind(county)
    below = "各县（市）人民政府" if kind == "州" else "各乡镇人民政府、各街道办事处"
    return below, f"{kind}政府各部门、直属各单位"


def copies_to(county: str) -> tuple[str, ...]:
    """Who a bulletin is copied to: the offices of party committee, congress and conference."""
    return tuple(f"{_kind(county)}{office}办公室" for office in ("委", "人大常委会", "政协"))


def _kind(county: str) -> str:
    return county[-1:] if county[-1:] in tuple("县区市州旗") else "县"
