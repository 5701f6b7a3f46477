"""Assigning: the lead body, its helpers and the leader; the list of responsibilities follows."""

from __future__ import annotations

from datetime import date

import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of

from luoshi.acts import assign_entries as module
from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.store.entries import find, find_where
from luoshi.store.models import FactRow
from luoshi.terms.refusal import Refused


def _charged(entry_id):
    found = find_where(PLAN, "responsibility", commitment=entry_id)
    return {(e["body"], e["role"], e["leader"]) for e in found if e.state == "standing"}


@pytest.fixture
def target(county):
    return county.adopted().target("完成固定资产投资")


def test_responsibilities_follow_the_assignment(county, target):
    assign_entries(county.supervisor(1, 15), [Assignment(target.id, PLANNING, (EDUCATION,), "领甲")])
    assert find(target.id).state == "assigned"
    assert _charged(target.id) == {(PLANNING, "lead", "领甲"), (EDUCATION, "cooperate", "领甲")}


def test_reassigning_relieves_and_restores(county, target):
    assign_entries(county.supervisor(1, 15), [Assignment(target.id, PLANNING, (EDUCATION,), "领甲")])
    assign_entries(county.supervisor(2, 15), [Assignment(target.id, EDUCATION, (), "领甲")])
    assert _charged(target.id) == {(EDUCATION, "lead", "领甲")}
    assign_entries(county.supervisor(3, 15), [Assignment(target.id, PLANNING, (), "领甲")])
    assert _charged(target.id) == {(PLANNING, "lead", "领甲")}


def test_another_leader_is_seen_in_the_responsibility(county, target):
    assign_entries(county.supervisor(1, 15), [Assignment(target.id, PLANNING, (), "领甲")])
    assign_entries(county.supervisor(2, 15), [Assignment(target.id, PLANNING, (), "领乙")])
    assert _charged(target.id) == {(PLANNING, "lead", "领乙")}


def test_an_unknown_body_or_entry_assigns_nothing(county, target):
    before = FactRow.objects.count()
    for wrong in (Assignment(target.id, "没有"), Assignment("target:none", PLANNING)):
        with pytest.raises(Refused):
            assign_entries(county.supervisor(1, 15), [Assignment(target.id, PLANNING), wrong])
    assert FactRow.objects.count() == before


def test_only_the_supervisor_assigns(county, target):
    with pytest.raises(Refused) as refused:
        assign_entries(acting(desk_of(PLANNING), at(1, 15)), [Assignment(target.id, PLANNING)])
    assert refused.value.refusal.status == 403


def test_a_fault_in_the_middle_assigns_nothing(county, target, monkeypatch):
    before = FactRow.objects.count()

    def fails(*_):
        raise OSError("no space left")

    monkeypatch.setattr(module, "rate_touched", fails)
    with pytest.raises(OSError, match="no space"):
        assign_entries(county.supervisor(1, 15), [Assignment(target.id, PLANNING)])
    assert FactRow.objects.count() == before
    assert find(target.id).state == "adopted"


def test_each_of_several_leads_is_kept_with_its_part_and_one_reports(county, target):
    both = Assignment(target.id, PLANNING, (), "领甲", None, (EDUCATION,), {PLANNING: "招商", EDUCATION: "学校"})
    (entry,) = assign_entries(county.supervisor(1, 15), [both])
    assert (entry["lead_body"], entry["other_leads"]) == (PLANNING, (EDUCATION,))
    assert _charged(target.id) == {(PLANNING, "lead", "领甲"), (EDUCATION, "share_lead", "领甲")}
    shares = {e["body"]: e["share"] for e in find_where(PLAN, "responsibility", commitment=target.id)}
    assert shares == {PLANNING: "招商", EDUCATION: "学校"}


def test_another_part_begins_another_charge_and_a_lead_no_longer_named_is_relieved(county, target):
    first = Assignment(target.id, PLANNING, (), "领甲", None, (EDUCATION,), {EDUCATION: "学校"})
    assign_entries(county.supervisor(1, 15), [first])
    assign_entries(county.supervisor(2, 15), [Assignment(target.id, PLANNING, (), "领甲", None, (EDUCATION,))])
    (lead,) = [e for e in find_where(PLAN, "responsibility", commitment=target.id) if e["role"] == "share_lead"]
    assert (lead.state, lead["share"], lead["since"]) == ("standing", None, date(2023, 2, 15))
    assign_entries(county.supervisor(3, 15), [Assignment(target.id, PLANNING, (), "领甲")])
    assert _charged(target.id) == {(PLANNING, "lead", "领甲")}


def test_a_body_named_twice_keeps_the_greater_role():
    one = Assignment("x", PLANNING, (EDUCATION, PLANNING), "", None, (EDUCATION,))
    assert one.roles == {EDUCATION: "share_lead", PLANNING: "lead"}
