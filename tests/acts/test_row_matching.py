"""A task divided over several rows of a table: each row finds the commitment it speaks of, or joins its task."""

from __future__ import annotations

import io
from datetime import date

import pytest
from county import EDUCATION, HARBOUR, HIGH_TECH, PLAN, PLANNING
from openpyxl import Workbook

from luoshi.acts.assignment_proposal import (
    CHANGED,
    FAULTY,
    JOINED,
    SAME,
    BodyRole,
    RowChoice,
    TableReview,
    propose,
    standing,
)
from luoshi.acts.confirm_assignments import ConfirmedAssignments, confirm_assignments
from luoshi.acts.responsibility_row import responsibility_rows
from luoshi.document.load import load
from luoshi.store import rosters
from luoshi.store.entries import find

TODAY = date(2023, 2, 1)
HTML = """<table><tr><th>序号</th><th>重点工作</th><th>具体内容</th><th>牵头单位</th><th>配合单位</th><th>完成时间</th></tr>
<tr><td rowspan="3">7</td><td rowspan="3">实施教育强县战略</td><td>教育强县总体推进方案印发</td><td>县教育局</td><td></td><td>6月底前</td></tr>
<tr><td>建成高水平寄宿制学校4所</td><td>县发改局</td><td>高新片区</td><td>11月底前</td></tr>
<tr><td>做好师资引进和周转房安排</td><td>临港片区</td><td></td><td>9月底前</td></tr>
<tr><td>8</td><td>提升养老服务水平</td><td>新建居家养老服务中心6家</td><td>县发改局</td><td></td><td>12月底前</td></tr></table>"""


@pytest.fixture
def entries(county):
    county.adopted()
    return standing(PLAN)


def rows_of(content, name):
    rows, _ = responsibility_rows(load(content if isinstance(content, bytes) else content.encode(), name), 2023)
    return tuple(rows)


def proposed(entries, content=HTML, name="分解表.html", **decided):
    return propose(TableReview(rows_of(content, name), **decided), entries, rosters.roster(), TODAY)


def called(entries, one):
    return str(entries[one.entry]["name"] or entries[one.entry]["indicator"]) if one.entry else ""


def test_the_first_row_leads_the_task_and_each_further_row_finds_its_commitment_or_joins(entries):
    first, second, third, other = proposed(entries)
    assert [called(entries, one) for one in (first, second, third)] == [
        "实施教育强县战略", "建成高水平寄宿制学校", "实施教育强县战略",
    ]  # fmt: skip
    assert called(entries, other) == "提升养老服务水平" or entries[other.entry]["task_number"] == 8
    assert [one.state for one in (first, second, third)] == [CHANGED, CHANGED, JOINED]
    assert third.joins == "表第2行"


def test_every_row_says_why(entries):
    first, second, third, _ = proposed(entries)
    assert "原表把这一项分作3行，第一行的单位牵头整项任务。" in first.notes
    assert "与表第2行同属第7项任务，这一行自己的字句说的是其中的“建成高水平寄宿制学校”。" in second.notes
    assert second.candidates[0].reasons[0] == second.notes[0]
    assert "与表第2行同属第7项任务，字句没有单独对上其中哪一项承诺，作为这一项的进一步分工。" in third.notes


def test_what_joins_is_assigned_with_the_first_row_and_its_days_become_nodes(entries):
    first, second, third, _ = proposed(entries)
    assert third.assignments == third.schedules == ()
    whole = next(one for one in first.assignments if one.entry == first.entry)
    assert (whole.lead_body, whole.other_leads, whole.due_on) == (EDUCATION, (HARBOUR,), date(2023, 11, 30))
    assert whole.shares == {HARBOUR: "做好师资引进和周转房安排"}
    (nodes,) = first.schedules
    assert [(node["name"], node["due_on"]) for node in nodes.typed["nodes"]] == [
        ("教育强县总体推进方案印发", "2023-06-30"),
        ("做好师资引进和周转房安排", "2023-09-30"),
    ]
    (own,) = second.assignments
    assert (own.lead_body, own.cooperating_bodies, own.due_on) == (PLANNING, (HIGH_TECH,), date(2023, 11, 30))
    assert own.entry not in {one.entry for one in first.assignments}


def test_confirmed_once_nothing_is_left_to_do(county, entries):
    found = proposed(entries)[:3]
    assignments = tuple(one for row in found for one in row.assignments)
    schedules = tuple(one for row in found for one in row.schedules)
    confirm_assignments(county.supervisor(1, 20), ConfirmedAssignments(assignments, schedules))
    task = find(found[0].entry)
    assert (task["lead_body"], task["other_leads"]) == (EDUCATION, (HARBOUR,))
    assert [one.state for one in proposed(standing(PLAN))[:3]] == [SAME, SAME, JOINED]


def test_in_a_flattened_table_the_blank_cells_below_a_task_belong_to_it(entries):
    text = """序号|主要任务|工作举措|责任单位|时限
4|打好污染防治攻坚战|创建省级园林城市|县发改局|10月底前
||全面建成中心污水处理厂|县教育局|12月底前
"""
    first, second = proposed(entries, text, "分解表.txt")
    assert called(entries, first) == "打好污染防治攻坚战"
    assert entries[second.entry]["kind"] == "project"
    assert second.bodies == (BodyRole(EDUCATION, "lead"),)


def test_merged_cells_of_a_workbook_are_divided_alike(entries):
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "目标任务", "年度工作目标", "分管领导", "责任部门", "办结时限"])
    sheet.append([5, "推进绿色发展", "单位GDP能耗下降3%", "领甲", "县发改局", "12月底前"])
    sheet.append([None, None, "建成绿色工厂10家以上", "领甲", "高新片区", "9月底前"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    saved = io.BytesIO()
    book.save(saved)
    first, second = proposed(entries, saved.getvalue(), "分解表.xlsx")
    assert called(entries, first) == "推进绿色发展"
    assert called(entries, second) == "建成绿色工厂"
    assert [body.code for body in second.bodies] == [HIGH_TECH]


def test_a_task_number_repeated_in_every_row_divides_the_task(entries):
    text = """序号|工作任务|牵头单位|时限
6|新增城镇就业5000人以上|县发改局|12月底前
6|城镇调查失业率控制在5%以内|县教育局|12月底前
"""
    first, second = proposed(entries, text, "分解表.txt")
    assert entries[first.entry]["task_number"] == 6
    assert entries[first.entry]["kind"] == "task"
    assert called(entries, second) == "城镇调查失业率"


def test_rows_of_other_tasks_under_a_merged_number_keep_their_own(entries):
    html = HTML.replace("做好师资引进和周转房安排", "完成固定资产投资60亿元以上")
    third = proposed(entries, html)[2]
    assert entries[third.entry]["task_number"] == 1


def test_a_person_who_chooses_another_task_for_the_first_row_takes_the_others_along(entries):
    rows = rows_of(HTML, "分解表.html")
    task = next(e.id for e in entries.values() if e["kind"] == "task" and e["task_number"] == 8)
    found = proposed(entries, choices={rows[0].key: RowChoice(entry=task), rows[3].key: RowChoice(entry="")})
    assert [one.entry for one in (found[0], found[2])] == [task, task]
    assert found[2].state == JOINED


def test_a_row_that_joins_a_faulty_one_waits_for_it(entries):
    found = proposed(entries, HTML.replace("县教育局", "县教科局"))
    assert (found[0].state, found[2].state) == (FAULTY, FAULTY)
    assert ("事项", "请先补正表第2行，这一行并入它。") in found[2].faults


def test_a_row_that_joins_needs_no_lead_of_its_own(entries):
    found = proposed(entries, HTML.replace("<td>临港片区</td><td></td><td>9月底前", "<td></td><td></td><td>9月底前"))
    assert found[2].state == JOINED


def test_nodes_that_a_person_cleared_stay_away(entries):
    rows = rows_of(HTML, "分解表.html")
    cleared = {row.key: RowChoice(steps=()) for row in rows[:3]}
    assert proposed(entries, choices=cleared)[0].schedules == ()


def test_a_row_that_names_two_commitments_says_both_and_stays_with_the_task(entries):
    text = """序号|主要任务|工作举措|责任单位|时限
6|稳定和扩大就业|制定促进就业方案|县发改局|12月底前
||新增城镇就业5000人以上，城镇调查失业率控制在5%以内|县教育局|12月底前
"""
    second = proposed(entries, text, "分解表.txt")[1]
    assert second.state == JOINED
    assert "字句说到其中的“" in second.notes[0]
    assert "”几项，作为这一项的进一步分工。" in second.notes[0]


def test_the_words_of_a_row_stand_under_the_names_of_their_columns(entries):
    names = [name for name, _ in proposed(entries)[1].row.cells]
    assert names[:4] == ["序号", "重点工作", "具体内容", "牵头单位"]
