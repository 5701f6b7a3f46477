"""告知: which acts leave a notice, for whom; it is kept with the act's facts and waits for no network.

Titles name bodies, months and numbers, never what was reported nor who reported it (domain.md §14.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from luoshi.acts.context import Context
from luoshi.lists.entry import Entry
from luoshi.people.role import Role
from luoshi.store.due import due
from luoshi.store.outbox import Telling, put
from luoshi.terms.period import Period, chinese_date


def tell_opened(context: Context, plan: str, period: Period, closes_on: date) -> None:
    """The desk officers of the bodies that have to report: the month is open."""
    title = f"{period.label}填报窗口已开启，{chinese_date(closes_on)}截止"
    accounts = _holders(context, set(due(plan, period).values()), Role.DESK_OFFICER)
    put([Telling(f"opened:{plan}:{period}", "opened", title, ("todo",), accounts, room=title)], context.now)


def tell_submitted(context: Context, reports: Collection[Entry]) -> None:
    """The head of the body: reports wait for a signature."""
    _of_bodies(context, reports, ("submitted", "{body}{month}填报{number}项待签发", ("sign",)), Role.UNIT_HEAD)


def tell_signed(context: Context, reports: Collection[Entry]) -> None:
    """The supervision office: reports wait to be verified."""
    _of_bodies(context, reports, ("signed", "{body}{month}填报{number}项待审核", ("review",)), Role.SUPERVISOR)


def tell_accepted(context: Context, reports: Collection[Entry]) -> None:
    """The desk officer: reports were accepted."""
    words = ("accepted", "{body}{month}填报{number}项已采信", ("report",))
    _of_bodies(context, reports, words, Role.DESK_OFFICER)


def tell_held_back(context: Context, reports: Collection[Entry]) -> None:
    """The desk officer, at once: the body's head gave reports back."""
    words = ("held_back", "{body}{month}填报{number}项被本单位退回", ("report-sheet",))
    _of_bodies(context, reports, words, Role.DESK_OFFICER, is_urgent=True)


def tell_returned(context: Context, reports: Collection[Entry]) -> None:
    """The desk officer and the head, at once: the supervision office returned reports."""
    words = ("returned", "{body}{month}填报{number}项被退回", ("report-sheet",))
    _of_bodies(context, reports, words, Role.DESK_OFFICER, Role.UNIT_HEAD, is_urgent=True)


def tell_escalated(context: Context, told: Collection[Entry]) -> None:
    """Those an escalation names, at once; their group reads which bodies, not what about."""
    tellings = []
    for entry in told:
        role, body = Role(entry.state.removeprefix("to_")), str(entry["body"] or "")
        label, step = context.circumstances.roster.label(body) if body else "", str(entry["step"])
        title = f"{label}有1件事项超过时限，已{step}" if label else f"有1件事项超过时限，已{step}"
        accounts = _holders(context, {body} if body else None, role)
        tellings.append(Telling(f"told:{entry.id}", "escalated", title, ("entry", entry.id), accounts, True, title))
    put(tellings, context.now)


def _of_bodies(
    context: Context, reports: Collection[Entry], words: tuple[str, str, tuple[str, ...]], *roles: Role,
    is_urgent: bool = False,
) -> None:  # fmt: skip
    """One notice for each month and body of the reports, however many they are."""
    kind, text, target = words
    found = Counter((entry.plan, str(entry["period"]), str(entry["body"])) for entry in reports)
    put(_told(context, found, (kind, text, target), roles, is_urgent), context.now)


def _told(
    context: Context, found: Counter[tuple[str, str, str]], words: tuple[str, str, tuple[str, ...]],
    roles: Iterable[Role], is_urgent: bool,
) -> Iterable[Telling]:  # fmt: skip
    kind, text, target = words
    for (plan, period, body), number in found.items():
        named = context.circumstances.roster.label(body)
        title = text.format(body=named, month=Period.parse(period).label, number=number)
        accounts: list[str] = []
        for role in roles:
            accounts += _holders(context, None if role is Role.SUPERVISOR else {body}, role)
        page = (*target, body, period) if target == ("report-sheet",) else target
        yield Telling(f"{kind}:{plan}:{period}:{body}:{context.act_id}", kind, title, page, tuple(accounts), is_urgent)


def _holders(context: Context, bodies: Collection[str] | None, role: Role) -> tuple[str, ...]:
    """The accounts that may act in a role today in these bodies, or anywhere in the county; not the actor's own."""
    roster = context.circumstances.roster
    found = [
        account for post in roster.posts if post.role is role and (bodies is None or post.body in bodies)
        for account in roster.accounts_in(post, context.today)
    ]  # fmt: skip
    return tuple(one for one in dict.fromkeys(found) if one != context.actor.account)
