"""案头: who looks, at which plan and which month."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from luoshi.lists.entry import Entry, county_of
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Roster
from luoshi.store import rosters
from luoshi.store.entries import find
from luoshi.store.models import Account, EntryRow, IndexCell
from luoshi.terms.period import Period


@dataclass(frozen=True, slots=True)
class Desk:
    """案头: the reader, the county, the plan and the month shown (None before the first month was opened).

    ``plans`` are the ids of all plans of the county (``330624-2023``), the newest year first.
    """

    actor: Actor
    roster: Roster
    today: date
    plan: Entry | None = None
    period: Period | None = None
    is_past: bool = False
    county: str = ""
    plans: tuple[str, ...] = ()

    @property
    def plan_id(self) -> str:
        """The plan under which entries are kept: ``330624-2023``."""
        return self.plan.plan if self.plan else ""

    @property
    def open_period(self) -> Period | None:
        """The month whose window is open."""
        return Period.parse(str(self.plan["open_period"])) if self.plan and self.plan["open_period"] else None

    @property
    def newest(self) -> Period | None:
        """The month that is open, else the one closed last."""
        return _newest(self.plan) if self.plan else None

    @property
    def is_supervisor(self) -> bool:
        """Whether the reader runs the plan."""
        return self.actor.has(Role.SUPERVISOR)

    def bodies_as(self, role: Role) -> tuple[str, ...]:
        """The bodies in which the reader holds a post of this role."""
        return tuple(dict.fromkeys(post.body for post in self.actor.posts if post.role is role))

    def label(self, code: object) -> str:
        """The short name of a body; empty for none."""
        return self.roster.label(str(code)) if code else ""

    def labels(self, codes: object) -> str:
        """The short names of several bodies."""
        return "、".join(self.roster.label(str(code)) for code in codes) if isinstance(codes, list | tuple) else ""


def desk_for(account: Account, today: date, wanted: str = "", plan: str = "") -> Desk:
    """The desk of an account, in the county where it holds its posts; three queries.

    Args:
        wanted: the month asked for (``2023-06``); another writing, or none, gives the newest.
        plan: the plan asked for; another county's, an unknown one, or none gives the plan whose month is open,
            else the newest year's.
    """
    county, roster = rosters.standing_of(account.username, today)
    actor = Actor(account.username, account.name, roster.posts_of(account.username, today))
    plans, newest = plans_of(county)
    bare = Desk(actor, roster, today, county=county, plans=plans)
    return turned_to(bare, plan if plan in plans else newest, wanted)


def turned_to(desk: Desk, plan: str, wanted: str = "") -> Desk:
    """The desk with another plan of its county on it; the same desk when it has no such plan."""
    head = find(f"plan:{plan}") if plan in desk.plans else None
    if head is None:
        return desk
    newest = _newest(head)
    asked = _month(wanted)
    period = asked if asked and newest and asked.start.year == newest.start.year else newest
    if newest and period and period > newest:
        period = newest
    is_past = bool(newest and period and period < newest)
    roster = desk.roster.as_of(period.last) if is_past and period else desk.roster
    return dataclasses.replace(desk, plan=head, period=period, is_past=is_past, roster=roster)


def is_of_county(desk: Desk, plan: str) -> bool:
    """Whether what is kept under this plan, or this register, belongs to the reader's county."""
    return bool(desk.county) and county_of(plan) == desk.county


def plans_of(county: str) -> tuple[tuple[str, ...], str]:
    """The plans of a county, the newest year first; and the one to start from.

    That is the one with an open month, else the newest in force, else the newest: a plan that only holds what was
    carried over waits until its document is adopted. One query; the second is empty when there is no plan.
    """
    if not county:
        return (), ""
    heads = EntryRow.objects.filter(list="plan", id__startswith=f"plan:{county}-")
    rows = IndexCell.objects.filter(entry__in=heads, field__in=("year", "open_period"))
    years: dict[str, int] = {}
    is_open: set[str] = set()
    in_force: set[str] = set()
    for plan, field, text, state in rows.values_list("plan", "field", "text", "entry__state"):
        if field == "year":
            years[plan] = int(text)
        else:
            is_open.add(plan)
        if state != "drawn_up":
            in_force.add(plan)
    plans = tuple(sorted(years, key=lambda name: -years[name]))
    return plans, next((one for group in (is_open, in_force, years) for one in plans if one in group), "")


def _newest(plan: Entry) -> Period | None:
    written = plan["open_period"] or plan["closed_period"]
    return Period.parse(str(written)) if written else None


def _month(text: str) -> Period | None:
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if period.months == 1 else None
