"""Rows of a decomposition become assignments: matched to entries and bodies, with a person's choices laid over."""

from __future__ import annotations

from datetime import date

import pytest
from county import EDUCATION, HARBOUR, HIGH_TECH, PLAN, PLANNING

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.assignment_proposal import (
    CHANGED,
    FAULTY,
    SAME,
    SKIPPED,
    UNMATCHED,
    BodyRole,
    RowChoice,
    TableReview,
    propose,
    standing,
)
from luoshi.acts.responsibility_row import responsibility_rows
from luoshi.acts.unknown_name import unknown_names
from luoshi.document.load import load
from luoshi.store import rosters

TABLE = """序号|工作任务|责任领导|牵头单位|责任单位|完成时限
1|扩大有效投资。完成固定资产投资60亿元以上，实施重点项目36个以上|领甲|县发改委|各片区|11月底前
7|实施教育强县战略。建成高水平寄宿制学校4所|领甲|县教育局|县财政局|年底前
4|创建省级园林城市，全面建成中心污水处理厂|张三|县发改局（污水厂部分）、县教育局（园林部分）||①6月底前开工②12月20日前完工
99|组织好春节团拜|领甲|县府办||
"""
TODAY = date(2023, 2, 1)


def rows_of(text, name="分解表.txt"):
    rows, _ = responsibility_rows(load(text.encode(), name), 2023)
    return tuple(rows)


@pytest.fixture
def entries(county):
    county.adopted()
    return standing(PLAN)


def proposed(entries, text=TABLE, **decided):
    return propose(TableReview(rows_of(text), **decided), entries, rosters.roster(), TODAY)


def test_rows_find_their_tasks_and_a_foreign_row_stays_unmatched(entries):
    found = proposed(entries)
    assert [entries[one.entry]["task_number"] if one.entry else None for one in found] == [1, 7, 4, None]
    assert [one.state for one in found] == [CHANGED, FAULTY, CHANGED, UNMATCHED]
    assert {entries[one.entry]["kind"] for one in found if one.entry} == {"task"}


def test_names_lead_to_bodies_by_alias_kind_and_part(entries):
    first, _, third, _ = proposed(entries)
    assert first.bodies == (
        BodyRole(PLANNING, "lead"),
        BodyRole(HIGH_TECH, "cooperate"),
        BodyRole(HARBOUR, "cooperate"),
    )
    assert third.bodies == (BodyRole(PLANNING, "lead", "污水厂"), BodyRole(EDUCATION, "share_lead", "园林"))
    assert (first.leader, first.due_on) == ("领甲", "2023-11-30")
    assert third.leader == "张三"
    assert "岗位名录中没有县领导“张三”，按原文记录。" in third.notes


def test_a_leaders_name_that_is_no_name_is_not_entered(entries):
    first = proposed(entries, TABLE.replace("|领甲|", f"|王{'长' * 239}|", 1))[0]
    assert first.leader == ""
    assert [note for note in first.notes if "岗位名录" in note] == []
    assert f"“王{'长' * 15}……”不像人名，没有填入责任领导。" in first.notes


def test_a_name_no_register_knows_is_a_fault_at_its_column_until_a_person_decides(entries):
    second = proposed(entries)[1]
    assert second.faults == (("责任单位", "“县财政局”不在单位名录中，请选定单位。"),)
    for code, bodies in (("-", ()), (PLANNING, (BodyRole(PLANNING, "cooperate"),))):
        second = proposed(entries, names={"县财政局": code})[1]
        assert (second.state, second.bodies) == (CHANGED, (BodyRole(EDUCATION, "lead"), *bodies))


def test_unknown_names_are_listed_once_with_their_places(entries):
    (name,) = unknown_names(TableReview(rows_of(TABLE)), rosters.roster(), TODAY)
    assert (name.name, name.where) == ("县财政局", ("表第3行",))


def test_a_task_brings_its_commitments_except_those_with_a_row_of_their_own(entries):
    text = TABLE + "2|完成固定资产投资60亿元以上|领甲|县教育局||\n"
    whole = proposed(entries)[0]
    assert {entries[name].list for name in whole.entries} == {"task", "target"}
    found = proposed(entries, text)
    own = found[-1].entry
    assert entries[own]["indicator"] == "完成固定资产投资"
    assert own in whole.entries
    assert own not in found[0].entries


def test_steps_become_nodes_of_a_task(entries):
    (schedule,) = proposed(entries)[2].schedules
    assert schedule.typed["schedule"] == "nodes"
    nodes = [(node["name"], node["due_on"]) for node in schedule.typed["nodes"]]
    assert nodes == [("开工", "2023-06-30"), ("完工", "2023-12-20")]


def test_two_rows_for_one_entry_are_a_fault_of_the_second(entries):
    task = proposed(entries)[0].entry
    keys = [row.key for row in rows_of(TABLE)]
    both = {keys[0]: RowChoice(entry=task), keys[3]: RowChoice(entry=task)}
    found = proposed(entries, choices=both)
    assert found[0].faults == ()
    assert ("事项", "与表第2行指向同一事项，请改选或不办理其中一行。") in found[3].faults
    assert proposed(entries, choices={keys[3]: RowChoice(entry=task)})[0].entry == ""


def test_a_person_leaves_a_row_out_or_gives_its_bodies(entries):
    keys = [row.key for row in rows_of(TABLE)]
    chosen = RowChoice(bodies=(BodyRole(EDUCATION, "lead"),), leader="领甲", due_on="2023-10-01", with_parts=False)
    found = proposed(entries, choices={keys[0]: chosen, keys[3]: RowChoice(entry="")})
    assert found[3].state == SKIPPED
    assert found[0].assignments == (Assignment(found[0].entry, EDUCATION, (), "领甲", date(2023, 10, 1)),)


def test_without_exactly_one_lead_nothing_can_be_confirmed(entries):
    key = rows_of(TABLE)[0].key
    for bodies in ((), (BodyRole(EDUCATION, "lead"), BodyRole(PLANNING, "lead"))):
        found = proposed(entries, choices={key: RowChoice(bodies=bodies)})[0]
        assert (found.state, found.assignments) == (FAULTY, ())


def test_what_is_assigned_so_already_is_no_difference(county, entries):
    first = proposed(entries)[0]
    assign_entries(county.supervisor(1, 20), first.assignments)
    again = proposed(standing(PLAN))[0]
    assert (again.state, again.differences, again.assignments) == (SAME, (), ())


def test_tails_of_the_adopted_document_are_rows_too(entries):
    text = "1.扩大有效投资。完成固定资产投资60亿元以上。（责任领导：领甲；牵头单位：县发改局；责任单位：县教育局）\n"
    (one,) = proposed(entries, text)
    assert entries[one.entry]["task_number"] == 1
    assert one.bodies == (BodyRole(PLANNING, "lead"), BodyRole(EDUCATION, "cooperate"))


def test_a_title_alone_is_enough_to_find_its_task(entries):
    text = "序号|任务|牵头单位\n41|壮大先进制造业集群|县发改局\n42|提升养老服务水平|县教育局\n"
    assert [entries[one.entry]["task_number"] for one in proposed(entries, text)] == [2, 8]


GUESSED = """序号|工作任务|责任领导|牵头单位|完成时限
7|实施教育强县战略。建成高水平寄宿制学校4所|领甲|县教育局|年底前
8|提升养老服务水平。新建居家养老服务中心6家||县发改局|年底前
"""


def test_who_answers_by_a_blank_cell_is_held_against_the_table_before_it_is_confirmed(entries):
    first, second = proposed(entries, GUESSED)
    assert (first.state, second.state) == (CHANGED, FAULTY)
    assert second.faults == (("责任领导", "本行空白，暂按上一行填写，请对照原表核对，核对后勾选“已核对”。"),)
    assert second.leader == "领甲"
    checked = proposed(entries, GUESSED, choices={second.row.key: RowChoice(is_checked=True)})[1]
    assert (checked.state, checked.faults) == (CHANGED, ())
