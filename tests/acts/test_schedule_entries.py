"""Setting the pace: a curve or nodes, never both, and never one that cannot be."""

from __future__ import annotations

import pytest
from county import PLANNING, acting, at, desk_of, head_of

from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.store.entries import find
from luoshi.terms.refusal import Refused

NODES = [
    {"id": "1", "name": "立项", "due_on": "2023-03-31", "weight": "40"},
    {"id": "2", "name": "竣工", "due_on": "2023-10-31", "weight": "60"},
]
CURVE = [{"month": str(m), "percent": str(p)} for m, p in enumerate((0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), 1)]


def test_a_curve_is_what_the_target_is_held_to(running):
    """June by the curve: 60 × 40 % = 24; 24 reached is a ratio of 1, green. By months it would be 30: orange."""
    target = running.target("完成固定资产投资")
    schedule_entries(acting(head_of(PLANNING), at(1, 20)), [Schedule(target.id, {"schedule": "curve", "curve": CURVE})])
    running.open(6)
    running.report(6, target.id, value="24")
    assert running.light(target.id, 6).colour == "green"


def test_nodes_are_kept_in_order(running):
    target = running.target("建成高水平寄宿制学校")
    schedule_entries(running.supervisor(1, 20), [Schedule(target.id, {"schedule": "nodes", "nodes": NODES})])
    assert [row["name"] for row in find(target.id)["nodes"]] == ["立项", "竣工"]


@pytest.mark.parametrize(
    "typed",
    [
        {"schedule": "curve"},
        {"schedule": "curve", "curve": CURVE[:5]},
        {"schedule": "curve", "curve": [*CURVE[:-1], {"month": "12", "percent": "80"}]},
        {"schedule": "curve", "curve": [*CURVE, CURVE[-1]]},
        {"schedule": "nodes"},
        {"schedule": "nodes", "nodes": [NODES[0], NODES[0]]},
        {"schedule": "months", "starts_on": "2023-05-01", "due_on": "2023-04-01"},
        {"schedule": "weeks"},
        {"schedule": "nodes", "nodes": [{"id": "1", "name": "立项", "due_on": "2023-02-30"}]},
    ],
    ids=["no curve", "short", "not to 100", "twice", "no nodes", "same node", "backwards", "unknown", "no such day"],
)
def test_a_schedule_that_cannot_be_is_refused(running, typed):
    target = running.target("完成固定资产投资")
    with pytest.raises(Refused) as refused:
        schedule_entries(running.supervisor(1, 20), [Schedule(target.id, typed)])
    assert refused.value.refusal.errors
    assert find(target.id).version == target.version


def test_a_desk_officer_sets_no_pace(running):
    target = running.target("完成固定资产投资")
    with pytest.raises(Refused) as refused:
        schedule_entries(acting(desk_of(PLANNING), at(1, 20)), [Schedule(target.id, {"schedule": "none"})])
    assert refused.value.refusal.status == 403
