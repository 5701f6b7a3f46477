"""Opening an entry: the next number of its list, once."""

from __future__ import annotations

import pytest
from county import COUNTY, PLAN, PLANNING, acting, at, desk_of

from luoshi.acts.open_entry import open_entry
from luoshi.store.models import EntryRow, StreamHeadRow
from luoshi.terms.refusal import Refused

PROBLEM = {"text": "用地指标未落实。", "origin": "report", "body": PLANNING}


def test_entries_are_numbered_within_their_plan(county):
    county.planned()
    context = acting(desk_of(PLANNING), at(3, 26))
    opened = [open_entry(context, "problem", PLAN, PROBLEM).id for _ in range(2)]
    assert opened == [f"problem:{PLAN}:0001", f"problem:{PLAN}:0002"]


def test_a_reference_leads_to_an_entry_of_the_county_or_is_refused(running):
    """Of the own list an earlier year's entry may be chosen; all others are of the plan; strangers are as unknown."""
    context = running.supervisor(3, 26)
    near = running.target("建成绿色工厂").id
    EntryRow.objects.create(
        **{**EntryRow.objects.values().get(pk=near), "id": "task:888801-2023:1", "plan": "888801-2023"}
    )
    EntryRow.objects.create(
        **{**EntryRow.objects.values().get(pk=near), "id": f"task:{COUNTY}-2022:1", "plan": f"{COUNTY}-2022"}
    )
    said = []
    for far in ("task:888801-2023:1", f"task:{COUNTY}-2022:1", "task:nothing"):
        with pytest.raises(Refused) as refused:
            open_entry(context, "problem", PLAN, {**PROBLEM, "commitment": far})
        said.append((refused.value.refusal.id, refused.value.refusal.errors[0].message.replace(far, "x")))
    assert {identity for identity, _ in said} == {"acts.foreign_reference"}
    assert len(set(said)) == 1
    first = open_entry(context, "problem", PLAN, {**PROBLEM, "commitment": near})
    EntryRow.objects.create(
        **{**EntryRow.objects.values().get(pk=first.id), "id": f"problem:{COUNTY}-2022:1", "plan": f"{COUNTY}-2022"}
    )
    again = open_entry(context, "problem", PLAN, {**PROBLEM, "former": f"problem:{COUNTY}-2022:1"})
    assert again["former"] == f"problem:{COUNTY}-2022:1"


def test_a_taken_identity_and_an_unknown_list_are_refused(county):
    context = county.planned().supervisor(3, 26)
    taken = f"problem:{PLAN}:one"
    open_entry(context, "problem", PLAN, PROBLEM, entry_id=taken)
    for name, identity, status in (("problem", taken, 409), ("nothing", "", 404)):
        with pytest.raises(Refused) as refused:
            open_entry(context, name, PLAN, PROBLEM, entry_id=identity)
        assert refused.value.refusal.status == status


@pytest.mark.parametrize(("name", "move", "typed"), [
    ("report", "", {"commitment": "x", "period": "2023-03", "body": PLANNING, "value": "1"}),
    ("target", "", {"indicator": "甲", "kind": "at_least", "value": "1"}),
    ("supervision", "issue", {"matter": "甲"}),
    ("responsibility", "", {"commitment": "x", "body": PLANNING, "role": "lead"}),
])  # fmt: skip
def test_entries_that_come_with_more_are_not_opened_by_hand(county, name, move, typed):
    county.planned()
    for account in ("duban", desk_of(PLANNING)):
        with pytest.raises(Refused) as refused:
            open_entry(acting(account, at(3, 26)), name, PLAN, typed, move)
        assert refused.value.refusal.id == "acts.own_act"


@pytest.mark.parametrize("identity", [
    "one", "problem:one", "problem:999901-2022:one", f"target:{PLAN}:one", f"problem:{PLAN}:0009", f"problem:{PLAN}:a:b",
    f"problem:{PLAN}:", f"problem:{PLAN}:一", f"problem:{PLAN}:" + "a" * 65, f"plan:{PLAN}",
])  # fmt: skip
def test_an_identity_of_another_list_or_plan_is_refused_and_leaves_no_stream(county, identity):
    context = county.planned().supervisor(3, 26)
    before = set(StreamHeadRow.objects.values_list("stream", flat=True))
    with pytest.raises(Refused) as refused:
        open_entry(context, "problem", PLAN, PROBLEM, entry_id=identity)
    assert refused.value.refusal.id == "acts.foreign_identity"
    assert set(StreamHeadRow.objects.values_list("stream", flat=True)) == before


def test_no_entry_is_opened_in_a_plan_that_is_none(county):
    context = county.planned().supervisor(3, 26)
    with pytest.raises(Refused) as refused:
        open_entry(context, "problem", "999901-2031", PROBLEM)
    assert refused.value.refusal.id == "acts.unknown_plan"
    assert not StreamHeadRow.objects.filter(stream__contains="2031").exists()
