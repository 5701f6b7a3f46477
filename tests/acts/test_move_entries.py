"""One move on many entries: all of them or none, each that hinders named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from county import HARBOUR, HIGH_TECH, PLAN, PLANNING, acting, at, head_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.move_entries import Chosen, move_entries
from luoshi.acts.move_entry import move_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find, find_where
from luoshi.terms.refusal import Refused


def refusal_of(*arguments):
    with pytest.raises(Refused) as found:
        move_entries(*arguments)
    return found.value.refusal


def targets(running):
    return [running.target(name) for name in ("完成固定资产投资", "建成绿色工厂")]


def test_many_are_withdrawn_in_one_act_with_their_charges(running):
    chosen = [Chosen(entry.id, entry.version) for entry in targets(running)]
    after = move_entries(running.supervisor(3, 1), "target", "withdraw", chosen, {}, "不再实施")
    assert {entry.state for entry in after} == {"withdrawn"}
    assert [entry.id for entry in after] == [item.entry for item in chosen]
    charges = [e for item in chosen for e in find_where(PLAN, "responsibility", commitment=item.entry)]
    assert {entry.state for entry in charges} == {"relieved"}


def test_withdrawing_many_asks_no_more_queries_than_withdrawing_two(running):
    """Each has a part of its own, and each whole and each part somebody charged with it."""
    found = [e for e in find_where(PLAN, "target") if (e["accumulation"], e["basis"]) == ("cumulative", "absolute")]
    assert len(found) >= 6
    for entry in found:
        allocate_target(running.supervisor(1, 20), entry.id, [Part(HARBOUR, Decimal(1), "临港部分")])
    counts = []
    for some in (found[:2], found[2:]):
        with CaptureQueriesContext(connection) as asked:
            move_entries(running.supervisor(3, 1), "target", "withdraw", [Chosen(e.id) for e in some], {}, "不再实施")
        counts.append(len(asked))
    assert counts[1] <= counts[0]
    parts = find_where(PLAN, "target", lead_body=HARBOUR)
    assert (len(parts), {entry.state for entry in parts}) == (len(found), {"withdrawn"})


def test_an_entry_chosen_twice_is_moved_once(running):
    target = running.target("建成绿色工厂")
    chosen = [Chosen(target.id, target.version)] * 2
    after = move_entries(running.supervisor(3, 1), "target", "withdraw", chosen, {}, "不再实施")
    assert [(entry.id, entry.version) for entry in after] == [(target.id, target.version + 1)]


def test_one_that_may_not_move_keeps_all_where_they_are(running):
    first, second = targets(running)
    move_entry(running.supervisor(3, 1), first.id, "withdraw", {}, "不再实施")
    chosen = [Chosen(first.id), Chosen(second.id)]
    refusal = refusal_of(running.supervisor(3, 2), "target", "withdraw", chosen, {}, "不再实施")
    assert [error.field for error in refusal.errors] == [first.id]
    assert find(second.id).state == "assigned"


def test_what_changed_since_it_was_seen_is_named(running):
    first, second = targets(running)
    chosen = [Chosen(first.id, first.version - 1), Chosen(second.id, second.version)]
    refusal = refusal_of(running.supervisor(3, 1), "target", "withdraw", chosen, {}, "不再实施")
    assert (refusal.id, [error.field for error in refusal.errors]) == ("acts.some_refused", [first.id])


def test_an_entry_of_another_list_is_named(running):
    target = targets(running)[0]
    refusal = refusal_of(running.supervisor(3, 1), "problem", "close", [Chosen(target.id)], {}, "x")
    assert [error.field for error in refusal.errors] == [target.id]


@pytest.mark.parametrize("number", [0, 501])
def test_nothing_and_too_much_are_refused(running, number):
    chosen = [Chosen(f"target:{PLAN}:{n:04d}") for n in range(number)]
    assert refusal_of(running.supervisor(3, 1), "target", "withdraw", chosen, {}, "x").id == "acts.bad_number"


def test_the_reason_a_move_asks_for_is_asked_for(running):
    chosen = [Chosen(entry.id) for entry in targets(running)]
    refusal = refusal_of(running.supervisor(3, 1), "target", "withdraw", chosen, {}, "")
    assert len(refusal.errors) == 2


def test_reports_are_signed_and_accepted_together_and_lights_follow(running):
    running.open(3)
    pair = targets(running)
    reports = running.submit(3, *(ReportRow(entry.id, {"value": "30"}) for entry in pair))
    chosen = [Chosen(name) for name in reports]
    move_entries(acting(head_of(PLANNING), at(3, 27)), "report", "sign", chosen, {})
    after = move_entries(running.supervisor(3, 28), "report", "accept", chosen, {})
    assert {entry.state for entry in after} == {"accepted"}
    assert running.light(pair[0].id, 3).actual == "30"


def test_reports_are_returned_together_with_a_code(running):
    running.open(3)
    reports = running.submit(3, *(ReportRow(entry.id, {"value": "30"}) for entry in targets(running)))
    running.sign(3, reports)
    chosen = [Chosen(name) for name in reports]
    after = move_entries(running.supervisor(3, 28), "report", "return", chosen, {"return_code": "wrong"}, "请核实")
    assert {(entry.state, entry["return_code"]) for entry in after} == {("returned", "wrong")}


def test_another_unit_s_head_signs_none(running):
    running.open(3)
    reports = running.submit(3, ReportRow(targets(running)[0].id, {"value": "30"}))
    refusal = refusal_of(acting(head_of(HIGH_TECH), at(3, 27)), "report", "sign", [Chosen(reports[0])], {})
    assert refusal.status == 403


def test_moves_with_an_act_of_their_own_are_left_to_it(running):
    target = targets(running)[0]
    refusal = refusal_of(running.supervisor(3, 1), "target", "assign", [Chosen(target.id)], {})
    assert refusal.id == "acts.own_act"


def test_a_light_is_not_painted_over_together(running):
    """On many at once nobody asked who approved it, whether the month is closed, nor whether there is such a colour."""
    target = running.target("完成固定资产投资")
    running.open(3)
    row = {"period": "2023-03", "colour": "yellow", "reason": "核实", "approver": "督甲"}
    with pytest.raises(Refused) as refused:
        move_entries(
            running.supervisor(3, 29),
            "target",
            "override_light",
            [Chosen(target.id)],
            {"light_override": [row]},
            "核实",
        )
    assert refused.value.refusal.id == "acts.one_by_one"
    assert running.light(target.id, 3).colour == "grey"
