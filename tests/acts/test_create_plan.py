"""A county has one plan a year."""

from __future__ import annotations

import pytest
from county import AUDITOR, COUNTY, PLAN, acting, at

from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.store.entries import find
from luoshi.terms.refusal import Refused

NEW = NewPlan(COUNTY, "云岭县", 2023, "云岭县2023年重点任务")


def test_a_plan_is_drawn_up_empty_and_once(county):
    context = county.registered().supervisor(1, 5)
    plan = create_plan(context, NEW)
    assert (plan.id, plan.state, plan["edition"], plan["year"]) == (f"plan:{PLAN}", "drawn_up", None, 2023)
    with pytest.raises(Refused) as refused:
        create_plan(context, NEW)
    assert refused.value.refusal.id == "acts.entry_exists"


def test_an_auditor_draws_up_nothing(county):
    county.registered()
    with pytest.raises(Refused):
        create_plan(acting(AUDITOR, at(1, 5)), NEW)
    assert find(f"plan:{PLAN}") is None


def test_a_supervisor_draws_up_no_plan_for_another_county(county):
    context = county.registered().supervisor(1, 5)
    with pytest.raises(Refused) as refused:
        create_plan(context, NewPlan("888801", "别县", 2023, "别县2023年重点任务"))
    assert (refused.value.refusal.id, refused.value.refusal.status) == ("acts.other_county", 403)
    assert find("plan:888801-2023") is None
