"""案头: who looks, at which plan and which month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.lists.entry import Entry
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Roster
from luoshi.store import rosters
from luoshi.store.entries import from_row
from luoshi.store.models import Account, EntryRow
from luoshi.terms.period import Period


@dataclass(frozen=True, slots=True)
class Desk:
    """案头: the reader, the plan and the month shown (None before the first month was opened)."""

    actor: Actor
    roster: Roster
    today: date
    plan: Entry | None = None
    period: Period | None = None
    is_past: bool = False

    @property
    def plan_id(self) -> str:
        """The plan under which entries are kept: ``330624-2023``."""
        return self.plan.plan if self.plan else ""

    @property
    def open_period(self) -> Period | None:
        """The month whose window is open."""
        return Period.parse(str(self.plan["open_period"])) if self.plan and self.plan["open_period"] else None

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


def desk_for(account: Account, today: date, wanted: str = "") -> Desk:
    """The desk of an account.

    Args:
        wanted: the month asked for (``2023-06``); another writing, or none, gives the newest.
    """
    roster = rosters.roster()
    actor = Actor(account.username, account.name, roster.posts_of(account.username, today))
    row = EntryRow.objects.filter(list="plan").order_by("-id").first()
    if row is None:
        return Desk(actor, roster, today)
    plan = from_row(row)
    newest = _newest(plan)
    period = _month(wanted) or newest
    if newest and period and period > newest:
        period = newest
    return Desk(actor, roster, today, plan, period, bool(newest and period and period < newest))


def _newest(plan: Entry) -> Period | None:
    written = plan["open_period"] or plan["closed_period"]
    return Period.parse(str(written)) if written else None


def _month(text: str) -> Period | None:
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if period.months == 1 else None
