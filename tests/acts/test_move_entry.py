"""One move on an entry of any list; moves that bring more with them are left to their own acts."""

from __future__ import annotations

from datetime import date

import pytest
from county import PLAN, PLANNING

from luoshi.acts.move_entry import move_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store import definitions
from luoshi.store.entries import find, find_where
from luoshi.store.own_acts import has_own_act
from luoshi.terms.refusal import Refused


def test_a_month_is_not_closed_without_its_snapshot(running):
    running.open(3)
    typed = {"open_period": "", "closed_period": "2023-03", "snapshot": "0" * 64}
    with pytest.raises(Refused) as refused:
        move_entry(running.supervisor(4, 6), f"plan:{PLAN}", "close_month", typed)
    assert refused.value.refusal.id == "acts.own_act"


def test_a_report_is_not_accepted_past_its_light(running):
    running.open(3)
    reports = running.submit(3, ReportRow(running.target("完成固定资产投资").id, {"value": "15"}))
    running.sign(3, reports)
    with pytest.raises(Refused):
        move_entry(running.supervisor(3, 28), reports[0], "accept", {})
    assert find(reports[0]).state == "signed"


def test_an_entry_is_not_assigned_past_the_list_of_responsibilities(running):
    with pytest.raises(Refused) as refused:
        move_entry(running.supervisor(3, 1), running.target("建成绿色工厂").id, "assign", {"lead_body": PLANNING})
    assert refused.value.refusal.id == "acts.own_act"
    assert not has_own_act("target", "achieve")
    assert not has_own_act("problem", "assign")


def test_withdrawing_relieves_who_was_charged(running):
    target = running.target("建成绿色工厂")
    after = move_entry(running.supervisor(3, 1), target.id, "withdraw", {}, "不再实施")
    assert after.state == "withdrawn"
    assert {e.state for e in find_where(PLAN, "responsibility", commitment=target.id)} == {"relieved"}


def test_an_override_keeps_the_computed_light_beside_it(running):
    """March: 15 of 60, expected 15, ratio 1: green; painted yellow by the leader."""
    target = running.target("完成固定资产投资")
    running.open(3)
    running.report(3, target.id, value="15")
    row = {"period": "2023-03", "colour": "yellow", "reason": "数据待核", "approver": "领甲"}
    with pytest.raises(Refused):
        move_entry(running.supervisor(3, 29), target.id, "override_light", {"light_override": [row]})
    move_entry(running.supervisor(3, 29), target.id, "override_light", {"light_override": [row]}, "数据待核")
    light = running.light(target.id, 3)
    assert (light.colour, light.computed_colour) == ("yellow", "green")


def test_the_newest_override_of_a_month_counts_with_the_day_it_was_approved(running):
    target = running.target("完成固定资产投资")
    running.open(3)
    running.report(3, target.id, value="15")
    first = {"period": "2023-03", "colour": "yellow", "reason": "数据待核", "approver": "领甲"}
    second = {"period": "2023-03", "colour": "blue", "reason": "核实无误", "approver": "领甲"}
    move_entry(running.supervisor(3, 27), target.id, "override_light", {"light_override": [first]}, "数据待核")
    move_entry(running.supervisor(3, 29), target.id, "override_light", {"light_override": [first, second]}, "核实")
    light = running.light(target.id, 3)
    assert (light.colour, light.computed_colour) == ("blue", "green")
    rows = find(target.id)["light_override"]
    assert [row["approved_on"] for row in rows] == [date(2023, 3, 27), date(2023, 3, 29)]
    assert "2023-03-29" in light.light


def test_a_target_opened_before_the_day_of_approval_was_kept_is_painted_without_it(county, settings, tmp_path):
    folder = tmp_path / "packs" / "county" / "lists"
    folder.mkdir(parents=True)
    (folder / "target.yaml").write_text(
        "list: target\nfields: {light_override: {columns: {approved_on: null}}}\n", "utf-8"
    )
    usual, settings.LUOSHI_HOME = settings.LUOSHI_HOME, str(tmp_path)
    assert "approved_on" not in definitions.current("target").fields["light_override"].columns
    county.running()
    target = county.target("完成固定资产投资")
    settings.LUOSHI_HOME = usual
    assert "approved_on" in definitions.current("target").fields["light_override"].columns
    county.open(3)
    county.report(3, target.id, value="15")
    row = {"period": "2023-03", "colour": "yellow", "reason": "数据待核", "approver": "领甲"}
    move_entry(county.supervisor(3, 29), target.id, "override_light", {"light_override": [row]}, "数据待核")
    assert [set(kept) for kept in find(target.id)["light_override"]] == [set(row)]
    assert county.light(target.id, 3).colour == "yellow"


def test_a_whole_is_withdrawn_with_its_parts_and_a_task_with_its_members(running):
    target = running.target("建成绿色工厂")
    task = find(str(target["task"]))
    members = [e.id for e in find_where(PLAN, "target", task=task.id)]
    assert target.id in members
    move_entry(running.supervisor(3, 1), task.id, "withdraw", {}, "任务取消")
    assert {find(name).state for name in [task.id, *members]} == {"withdrawn"}
    charges = [e for name in members for e in find_where(PLAN, "responsibility", commitment=name)]
    assert {e.state for e in charges} == {"relieved"}


def test_a_move_the_state_or_the_right_does_not_allow_is_refused(running):
    target = running.target("建成绿色工厂")
    move_entry(running.supervisor(3, 1), target.id, "achieve", {"result_value": "10"})
    with pytest.raises(Refused) as refused:
        move_entry(running.supervisor(3, 2), target.id, "withdraw", {}, "因")
    assert refused.value.refusal.id == "lists.wrong_state"


def test_a_colour_the_rules_do_not_know_is_refused(running):
    target = running.target("完成固定资产投资")
    row = {"period": "2023-03", "colour": "purple", "reason": "因", "approver": "领甲"}
    with pytest.raises(Refused) as refused:
        move_entry(running.supervisor(3, 29), target.id, "override_light", {"light_override": [row]}, "因")
    assert [error.got for error in refused.value.refusal.errors] == ["purple"]


@pytest.mark.parametrize("approver", ["督甲", "duban", " 督甲 "])
def test_who_records_an_override_cannot_have_approved_it(running, approver):
    target = running.target("完成固定资产投资")
    running.open(3)
    row = {"period": "2023-03", "colour": "yellow", "reason": "核实", "approver": approver}
    with pytest.raises(Refused) as refused:
        move_entry(running.supervisor(3, 29), target.id, "override_light", {"light_override": [row]}, "核实")
    assert refused.value.refusal.id == "acts.own_approval"
    assert running.light(target.id, 3).colour == "grey"


def test_a_light_of_a_closed_month_is_not_painted_over(running):
    target = running.target("完成固定资产投资")
    running.open(3)
    row = {"period": "2023-03", "colour": "yellow", "reason": "核实", "approver": "领甲"}
    move_entry(running.supervisor(3, 28), target.id, "override_light", {"light_override": [row]}, "核实")
    running.close(3)
    running.open(4)
    supervisor = running.supervisor(4, 26)
    for rows in ([], [{**row, "colour": "blue"}], [row, {**row, "period": "2023-02"}]):
        with pytest.raises(Refused) as refused:
            move_entry(supervisor, target.id, "override_light", {"light_override": rows}, "再改")
        assert refused.value.refusal.id in {"acts.month_closed", "lists.bad_values"}
    move_entry(supervisor, target.id, "override_light", {"light_override": [row, {**row, "period": "2023-04"}]}, "核实")
    assert [running.light(target.id, n).colour for n in (3, 4)] == ["yellow", "yellow"]
