"""启用: the first act of an installation: the office, its supervisors and their accounts; nothing else is there yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from luoshi.acts.accounts import create_account
from luoshi.acts.context import SHANGHAI, Context, refuse
from luoshi.acts.register_people import register_people
from luoshi.lists.entry import Entry, Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.move import Circumstances
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.store.models import EntryRow

_OFFICES = "县区市州旗"


@dataclass(frozen=True, slots=True)
class Administrator:
    """首任管理员: an account of the supervision office, with the password it must change at first sign-in."""

    account: str
    name: str
    password: str


@transaction.atomic
def found_county(code: str, county: str, administrators: Sequence[Administrator], now: datetime) -> list[Entry]:
    """Register the county's government office with a supervisor's post for each administrator.

    The facts name the first administrator as who registered them: nobody else is there yet.

    Raises:
        Refused: something is registered already, no administrator is named, or a password is too weak.
    """
    if EntryRow.objects.exists():
        raise refuse("acts.county_founded", "这个数据库里已有登记，不能再次启用。", 409)
    if not administrators:
        raise refuse("acts.no_administrator", "至少要有一名管理员。", 422)
    for one in administrators:
        create_account(one.account, one.name, one.password)
    office = Body(
        office_code(code), f"{county}人民政府办公室", office_name(county), "office", aliases=("政府办", "督查室")
    )
    posts = [
        Post(
            f"post:{office.code}:{Role.SUPERVISOR}:{number}", office.code, Role.SUPERVISOR, "督查室", a.account, a.name
        )
        for number, a in enumerate(administrators, 1)
    ]
    return register_people(founding(administrators[0], code, now), code, [office], posts)


def founding(first: Administrator, code: str, now: datetime) -> Context:
    """The context in which the first administrator registers the first bodies, before any post is recorded."""
    post = Post("founding", office_code(code), Role.SUPERVISOR, holder=first.account)
    actor = Actor(first.account, first.name, (post,))
    moment = Moment(now.astimezone(SHANGHAI).date(), now)
    return Context(Circumstances(actor, moment, Roster(), is_working_day, code))


def office_code(code: str) -> str:
    """The code of the county government office: ``330624-001``."""
    return f"{code}-001"


def office_name(county: str) -> str:
    """What the government office is called in short, by what kind of place it is: 县府办, 区府办, 市府办."""
    return f"{county[-1:] if county[-1:] in _OFFICES else '县'}府办"
