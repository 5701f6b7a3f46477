"""A month from its opening to long after its closing: nothing but a correction reaches it, and its bulletin stays."""

from __future__ import annotations

import dataclasses
import json

import pytest
from county import BODIES, COUNTY, EDUCATION, PLAN, PLANNING, acting, at, desk_of, head_of, month

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.handle_reports import (
    accept_reports,
    correct_report,
    hold_back_reports,
    return_reports,
    sign_reports,
)
from luoshi.acts.move_entry import move_entry
from luoshi.acts.register_people import register_people
from luoshi.acts.run_month import close_month
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.publication.bulletin_docx import bulletin_docx
from luoshi.publication.legend import ProgressClass
from luoshi.publication.workbook import ledger_workbook
from luoshi.store.entries import find
from luoshi.store.models import LeagueRow, Rating, Snapshot
from luoshi.store.open_work import open_work
from luoshi.store.queries.papers import bulletin_of, ledger_of
from luoshi.terms.refusal import Refused


def _kept(number):
    """The lights and tables of a month as pages read them."""
    columns = [field.name for field in Rating._meta.concrete_fields if field.name != "id"]
    lights = Rating.objects.filter(period=str(month(number))).order_by("entry_id")
    tables = LeagueRow.objects.filter(period=str(month(number))).order_by("league")
    return list(lights.values_list(*columns)), list(tables.values_list("league", "table"))


def _bulletin(number, day=(12, 1)):
    return bulletin_of(PLAN, month(number), at(*day).date())


@pytest.fixture
def closed(running):
    """June: investment 33 of 60 accepted, projects 18 of 36 signed, factories returned; closed with the rest silent."""
    running.open(6)
    running.report(6, running.target("完成固定资产投资").id, value="33", text="推进有序。")
    signed = running.submit(6, ReportRow(running.target("实施重点项目").id, {"value": "18"}))
    running.sign(6, signed)
    returned = running.submit(6, ReportRow(running.target("建成绿色工厂").id, {"value": "5"}))
    return_reports(running.supervisor(6, 28), returned, "wrong", "请核对")
    with pytest.raises(Refused):
        close_month(running.supervisor(7, 6), PLAN)
    close_month(running.supervisor(7, 6), PLAN, open_work(PLAN, month(6)))
    return running


def test_from_opening_to_correction_nothing_but_the_list_of_corrections_changes(closed):
    invested = closed.target("完成固定资产投资")
    report = f"report:{invested.id}:2023-06"
    lights, issued = _kept(6), _bulletin(6)
    before = bulletin_docx(issued)
    assert issued.corrected_since == ()

    _nothing_else_is_possible(closed, report)
    assert (_kept(6), bulletin_docx(_bulletin(6))) == (lights, before)

    correct_report(closed.supervisor(7, 20), report, {"value": "24"}, "统计核减")
    again = _bulletin(6)
    assert _kept(6) == lights
    assert dataclasses.replace(again, corrected_since=()) == issued
    assert bulletin_docx(dataclasses.replace(again, corrected_since=())) == before
    told = [(one.number, one.before, one.after, one.reason) for one in again.corrected_since]
    assert told == [(1, "33亿元", "24亿元", "统计核减")]
    assert bulletin_docx(again) != before


def _nothing_else_is_possible(county, report):
    deeds = [
        lambda: county.submit(6, ReportRow(county.target("技术交易额").id, {"value": "3"})),
        lambda: close_month(county.supervisor(7, 7), PLAN),
    ]
    for name in (report, *(f"report:{county.target(t).id}:2023-06" for t in ("实施重点项目", "建成绿色工厂"))):
        deeds += [
            lambda name=name: sign_reports(acting(head_of(PLANNING), at(7, 7)), [name]),
            lambda name=name: hold_back_reports(acting(head_of(PLANNING), at(7, 7)), [name], "请核对"),
            lambda name=name: accept_reports(county.supervisor(7, 7), [name]),
            lambda name=name: return_reports(county.supervisor(7, 7), [name], "other", "请核对"),
            lambda name=name: move_entry(county.supervisor(7, 7), name, "lapse", {}, "再来一次"),
        ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()


def test_what_is_changed_later_about_commitments_and_bodies_does_not_reach_the_closed_bulletin(closed):
    """A goal amended, a task given to another unit, one withdrawn, a body renamed, a second month run."""
    from county import BODIES

    before = bulletin_docx(_bulletin(6))
    supervisor = closed.supervisor(7, 10)
    target = closed.target("完成固定资产投资")
    amended = {"indicator": "固定资产投资额", "kind": "at_least", "value": "70", "unit": "亿元"}
    move_entry(supervisor, target.id, "amend", amended, "调整目标")
    assign_entries(supervisor, [Assignment(target.id, EDUCATION, (), "领乙")])
    move_entry(supervisor, closed.target("技术交易额").id, "withdraw", {}, "不再实施")
    renamed = dataclasses.replace(BODIES[1], short_name="发改委")
    register_people(supervisor, COUNTY, [renamed], [])
    closed.open(7)
    closed.report(7, closed.target("固定资产投资额").id, body=EDUCATION, value="36")
    closed.close(7)
    assert bulletin_docx(_bulletin(6, (8, 20))) == before


def test_the_ledger_of_a_closed_month_says_what_was_known_then(closed):
    """Amounts, names, reports, leads and even the titles of its history stay; the open month's ledger follows."""
    before = ledger_of(PLAN, month(6), at(7, 7).date())
    invested, works = closed.target("完成固定资产投资"), closed.target("建成绿色工厂")
    supervisor = closed.supervisor(7, 8)
    move_entry(supervisor, invested.id, "amend", {"value": "66", "indicator": "固定资产投资（新口径）"}, "调增")
    assign_entries(supervisor, [Assignment(works.id, EDUCATION, (), "领乙")])
    move_entry(supervisor, works.id, "withdraw", {}, "调出")
    register_people(supervisor, COUNTY, [dataclasses.replace(BODIES[1], short_name="发改和统计局")], [])
    correct_report(closed.supervisor(7, 9), f"report:{invested.id}:2023-06", {"text": "改写", "value": "30"}, "核减")
    after = ledger_of(PLAN, month(6), at(12, 1).date())
    assert after == before
    assert ledger_workbook(after) == ledger_workbook(before)
    assert any(row.indicator == "完成固定资产投资（亿元）" and row.lead == "发改局" for row in after.rows)
    assert any(row.target.startswith("建成绿色工厂") for row in after.rows)
    closed.open(7)
    now = ledger_of(PLAN, month(7), at(7, 28).date())
    assert any(row.indicator == "固定资产投资（新口径）（亿元）" and row.lead == "发改和统计局" for row in now.rows)


def test_the_next_bulletin_names_the_corrections_made_since_the_last(closed):
    report = f"report:{closed.target('完成固定资产投资').id}:2023-06"
    late = f"report:{closed.target('实施重点项目').id}:2023-06"
    closed.open(7)
    correct_report(closed.supervisor(7, 26), report, {"value": "30"}, "初步核减")
    correct_report(closed.supervisor(7, 27), report, {"value": "24"}, "统计核减")
    correct_report(closed.supervisor(7, 28), late, {}, "补充核实")
    wanted = [("33亿元", "24亿元", "统计核减"), ("未核实（所报18个）", "已核实18个", "补充核实")]
    assert [(one.before, one.after, one.reason) for one in _bulletin(7).corrections] == wanted
    closed.close(7)
    correct_report(closed.supervisor(8, 20), report, {"value": "25"}, "再次核定")
    july = _bulletin(7)
    assert [(one.before, one.after, one.reason) for one in july.corrections] == wanted
    assert july.corrected_since == ()
    closed.open(8)
    assert [(one.before, one.after) for one in _bulletin(8).corrections] == [("24亿元", "25亿元")]
    assert (_bulletin(6).corrected_since[0].before, _bulletin(6).corrected_since[0].after) == ("33亿元", "25亿元")


def test_the_lights_that_pages_read_are_those_of_the_snapshot(closed):
    correct_report(
        closed.supervisor(7, 20), f"report:{closed.target('完成固定资产投资').id}:2023-06", {"value": "24"}, "核减"
    )
    closed.open(7)
    closed.close(7)
    for number in (6, 7):
        body = json.loads(Snapshot.objects.get(period=str(month(number))).body)
        kept = {row["entry_id"]: (row["colour"], row["actual"], row["light"]) for row in body["ratings"]}
        rows = Rating.objects.filter(period=str(month(number))).values_list("entry_id", "colour", "actual", "light")
        assert {name: tuple(rest) for name, *rest in rows} == kept


def test_unverified_reports_are_told_apart_in_the_bulletin(closed):
    items = [item for item in _bulletin(6).items if item.is_unverified]
    assert len(items) == 2
    assert {item.standing for item in items} == {ProgressClass.NOT_VERIFIED}
    assert {item.reason for item in items} == {"已填报，结账时未核实，不计入本月"}


def test_a_report_of_the_open_month_may_say_what_the_closed_one_lost(closed):
    """What was left unverified in June is reported again as July's cumulative figure: no dead end."""
    closed.open(7)
    target = closed.target("实施重点项目")
    report = closed.report(7, target.id, value="21")
    assert find(report).state == "accepted"
    with pytest.raises(Refused):
        submit_reports(
            acting(desk_of(PLANNING), at(7, 26)), PLAN, month(6), PLANNING, [ReportRow(target.id, {"value": "18"})]
        )
