"""Slips are numbered 云政督〔2023〕1号 in one series a year; the same matter is not supervised twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from county import COUNTY, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of

from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.terms.refusal import Refused

TYPED = {
    "matter": "固定资产投资滞后",
    "origin": "report",
    "demand": "说明原因，限期赶上。",
    "lead_body": PLANNING,
    "due_on": "2023-07-20",
}


def test_numbers_follow_each_other_without_zeros(running):
    context = running.supervisor(7, 3)
    assert [issue_slip(context, PLAN, TYPED)["number"] for _ in range(2)] == ["云政督〔2023〕1号", "云政督〔2023〕2号"]


def test_the_next_year_begins_with_one_whatever_the_plan(running):
    issue_slip(running.supervisor(7, 3), PLAN, TYPED)
    later = acting(SUPERVISOR, datetime(2024, 1, 10, 2, tzinfo=UTC))
    create_plan(later, NewPlan(COUNTY, "云岭县", 2024, "云岭县2024年重点任务"))
    due = {"due_on": "2024-02-01"}
    assert issue_slip(later, PLAN, {**TYPED, **due})["number"] == "云政督〔2024〕1号"
    assert issue_slip(later, f"{COUNTY}-2024", {**TYPED, **due})["number"] == "云政督〔2024〕2号"


def test_a_matter_under_supervision_is_not_supervised_again(running):
    typed = {**TYPED, "commitment": f"task:{PLAN}:0001"}
    slip = issue_slip(running.supervisor(7, 3), PLAN, typed)
    with pytest.raises(Refused) as refused:
        issue_slip(running.supervisor(7, 4), PLAN, typed)
    assert refused.value.refusal.id == "acts.duplicate_supervision"
    assert slip["number"] in refused.value.refusal.message
    issue_slip(running.supervisor(7, 4), PLAN, typed, despite_open=True)
    move_entry(acting(desk_of(PLANNING), at(7, 4)), slip.id, "receive", {})


def test_a_slip_needs_its_demand_and_its_supervisor(running):
    with pytest.raises(Refused) as refused:
        issue_slip(running.supervisor(7, 3), PLAN, {**TYPED, "demand": ""})
    assert [error.field for error in refused.value.refusal.errors] == ["demand"]
    with pytest.raises(Refused) as refused:
        issue_slip(acting(desk_of(PLANNING), at(7, 3)), PLAN, TYPED)
    assert refused.value.refusal.status == 403
