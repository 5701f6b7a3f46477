"""Building the demo: the county, the adopted document, the duties, the year, all through acts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from luoshi.acts.adopt_plan import Adoption, adopt_plan
from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.keep_document import keep_document
from luoshi.acts.open_entry import open_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, reviewed
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.demo import optional
from luoshi.demo.county import CODE, NAME, OFFICE, SUPERVISOR, YEAR, bodies, county, duty_for, posts, script
from luoshi.demo.figures import curve_for, nodes_for
from luoshi.demo.prepare import LAST
from luoshi.demo.year import PLAN, acting, at, commitments, events
from luoshi.lists.entry import Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.move import Circumstances
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Post, Roster
from luoshi.store.entries import find_where, from_row
from luoshi.store.models import Account, EntryRow

LEAGUE = "zone-investment"
SHOWN = {
    SUPERVISOR: "督查室",
    "lingdao2": "县领导",
    "fuze112": "县建设局负责人",
    "jingban112": "县建设局经办人",
    "jingban102": "县经信局经办人",
    "fuze102": "县经信局负责人",
    "shenji": "审计员",
    optional.VOTER: "人大代表",
}
"""The accounts one can sign in with, and whom they stand for."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """演示概况: what was built, up to which day, and the one password of all sign-ins."""

    until: date
    adoption: Adoption
    password: str


def build(document: bytes, name: str, until: date = LAST, progress: Progress = lambda *_: None) -> DemoSummary:
    """Build the demo in the (migrated, empty) database in force.

    Args:
        document: the bytes of the example document.
        until: the day up to which the year is lived.
    """
    password = "yanshi-" + secrets.token_hex(3)
    start = at(date(YEAR, 1, 3))
    progress("登记单位和岗位", 0, 1)
    _people(start, password)
    progress("识读并采纳文件", 0, 1)
    adoption = _adopt(document, name)
    progress("交办和定进度", 0, 1)
    _assign()
    _allocate()
    _schedule()
    due = sorted(event for event in events() if event.at.date() <= until)
    for number, event in enumerate(due):
        progress(event.name, number, len(due))
        event.run(event.at)
    _statistics(until)
    optional.add(until, password)
    progress("完成", len(due), len(due))
    return DemoSummary(until, adoption, password)


def _people(when: datetime, password: str) -> None:
    founder = Actor(SUPERVISOR, "督查室（演示）", (Post("founding", OFFICE, Role.SUPERVISOR, holder=SUPERVISOR),))
    circumstances = Circumstances(founder, Moment(when.date(), when), Roster(), is_working_day, CODE)
    register_people(Context(circumstances), CODE, bodies(), posts())
    # One password for all sign-ins, hashed once: hashing is slow on purpose.
    shown, closed = make_password(password), make_password(None)
    holders = {post.holder: post.holder_name for post in posts()}
    Account.objects.bulk_create(
        Account(username=holder, name=name, password=shown if holder in SHOWN else closed)
        for holder, name in holders.items()
    )


def _adopt(document: bytes, name: str) -> Adoption:
    supervisor = acting(SUPERVISOR, at(date(YEAR, 1, 4)))
    title = f"{NAME}{YEAR}年政府工作报告重点任务"
    create_plan(supervisor, NewPlan(CODE, NAME, YEAR, title, is_demo=True))
    row, _ = keep_document(supervisor, PLAN, name, document)
    decide_proposals(supervisor, row.sha256, [proposal.id for proposal in reviewed(row)], ACCEPTED)
    return adopt_plan(acting(SUPERVISOR, at(date(YEAR, 1, 5))), PLAN, row.sha256)


def _assign() -> None:
    entries = [from_row(row) for row in EntryRow.objects.filter(plan=PLAN, list__in=("target", "task")).order_by("id")]
    duties = [(entry, duty_for(entry)) for entry in entries]
    assignments = [
        Assignment(entry.id, duty.lead, duty.cooperating, duty.leader, date(YEAR, 12, 31)) for entry, duty in duties
    ]
    assign_entries(acting(SUPERVISOR, at(date(YEAR, 1, 6))), assignments)


def _allocate() -> None:
    """The eight zones share the investment of task 20."""
    for target in find_where(PLAN, "target", task_number="20"):
        if target["unit"] == "亿元":
            names = acting(SUPERVISOR, at(date(YEAR, 1, 9))).circumstances.roster
            parts = [
                Part(f"{CODE}-{number}", Decimal(share), f"{names.label(f'{CODE}-{number}')}完成投资")
                for number, share in county()["zones"]
            ]
            allocate_target(acting(SUPERVISOR, at(date(YEAR, 1, 9))), target.id, parts, LEAGUE)
            return


def _schedule() -> None:
    """Work without a number is held to nodes, a few pieces to a plan by months."""
    plans = []
    for entry in commitments():
        if entry.list == "task":
            plans.append(Schedule(entry.id, {"schedule": "nodes", "nodes": nodes_for(entry)}))
        elif curve := curve_for(entry):
            plans.append(Schedule(entry.id, {"schedule": "curve", "curve": curve}))
    schedule_entries(acting(SUPERVISOR, at(date(YEAR, 1, 10))), plans)


def _statistics(until: date) -> None:
    """Published year-end figures (the county's own work report on 2023): checkpoints, never altered."""
    if until < date(YEAR, 12, 31):
        return
    for indicator, value, unit, growth, note in script()["statistics"]:
        typed = {
            "indicator": indicator + (f"（{note}）" if note else ""),
            "period": str(YEAR),
            "value": value,
            "unit": unit,
            "growth": growth,
            "publisher": f"{NAME}人民政府",
            "source_title": f"{NAME}{YEAR + 1}年政府工作报告（回顾{YEAR}年）",
            "source_url": "nextlevelartsconsulting.com/bhuadong/10369",
        }
        open_entry(acting(SUPERVISOR, at(until)), "statistic", PLAN, typed)
