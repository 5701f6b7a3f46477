"""Whoever lists sees exactly what they may open one by one."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from county import PLAN

from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import rosters
from luoshi.store.definitions import lists_in_force
from luoshi.store.models import EntryRow
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.sight import is_visible, seen


@pytest.mark.parametrize("role", Role)
def test_a_list_holds_what_may_be_opened_and_nothing_else(county, role):
    county.running()
    roster = rosters.roster()
    for body in [code for code, found in roster.bodies.items() if found.kind == "department"]:
        desk = Desk(Actor("someone", "某人", (Post("p", body, role, holder="someone"),)), roster, date(2023, 9, 28))
        for definition in lists_in_force().values():
            rows = EntryRow.objects.filter(list=definition.name)
            open_ones = {r.id for r in rows if is_visible(desk, definition, orjson.loads(r.values))}
            assert set(seen(desk, definition, rows).values_list("id", flat=True)) == open_ones, definition.name


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_the_separated_three_read_no_business(county, role):
    county.running()
    roster = rosters.roster()
    body = next(iter(roster.bodies))
    desk = Desk(Actor("someone", "某人", (Post("p", body, role, holder="someone"),)), roster, date(2023, 9, 28))
    for name in ("target", "task", "report", "responsibility", "supervision"):
        rows = EntryRow.objects.filter(list=name, plan=PLAN)
        assert not seen(desk, lists_in_force()[name], rows).exists()
