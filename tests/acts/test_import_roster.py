"""A roster from a workbook: every fault of every sheet is told in one round, none that another fault only feigns."""

from __future__ import annotations

import io
from datetime import date

import pytest
from county import BODIES, COUNTY
from openpyxl import load_workbook

from luoshi.acts.import_roster import check_roster, import_roster
from luoshi.acts.roster_workbook import roster_workbook
from luoshi.people.roster import Body, Roster
from luoshi.store.models import FactRow
from luoshi.terms.refusal import Refused

GOOD = ["999901-21", "云岭县财政局", "财政局", "部门"]
DESK = ["财政局", "经办人", "预算科", "jingban21", "经二一"]


def _book(bodies, posts, without=""):
    book = load_workbook(io.BytesIO(roster_workbook()))
    for title, rows in (("单位", bodies), ("岗位", posts)):
        for row in rows:
            book[title].append(row)
    if without:
        del book[without]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _faults(bodies, posts, without=""):
    return [f"{f.where} {f.id}" for f in check_roster(_book(bodies, posts, without), Roster.of(BODIES))[2]]


@pytest.mark.django_db
def test_faults_of_both_sheets_are_told_in_one_round():
    bodies = [
        GOOD,
        ["999901-22", "云岭县水利局", "水利局", "没有的类别"],
        ["999901-23", "", "林业局", "部门", "没有的局"],
    ]
    posts = [
        ["财政局", "局长大人", "预算科", "a21", "甲"],
        ["没有的局", "经办人", "办公室", "a22", "乙"],
        ["财政局", "经办人", "办公室", "a23", ""],
        ["财政局", "单位负责人", "局长", "", "张三"],
    ]
    assert _faults(bodies, posts) == [
        "单位!D3 acts.E104", "单位!B4 acts.E105", "岗位!B2 acts.E104",
        "单位!E4 acts.E107", "岗位!A3 acts.E107", "岗位!E4 acts.E108", "岗位!D5 acts.E109",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_name_that_stands_in_a_bad_row_is_no_second_fault():
    assert _faults([["", "云岭县水利局", "水利局", "部门"]], [["水利局", *DESK[1:]]]) == ["单位!A2 acts.E105"]


@pytest.mark.django_db
def test_without_the_sheet_of_bodies_nothing_is_said_about_their_names():
    assert _faults([], [["水利局", *DESK[1:]]], without="单位") == ["单位 acts.E102"]


@pytest.mark.django_db
def test_who_must_sign_in_and_has_no_account_is_named_a_leader_need_not():
    found = check_roster(_book([GOOD], [["财政局", "经办人", "预算科", "", "张三"]]), Roster.of(BODIES))[2]
    assert [f.message for f in found] == ["第2行任职人“张三”没有填任职账号，不能登录办理。"]
    assert _faults([GOOD], [["财政局", "县领导", "副县长", "", "李四"]]) == []


def test_a_refused_roster_registers_nothing_and_a_good_one_everything(county):
    county.registered()
    before = FactRow.objects.count()
    with pytest.raises(Refused) as refused:
        import_roster(county.supervisor(2, 1), COUNTY, _book([GOOD], [DESK, ["无此局", *DESK[1:]]]))
    assert [error.field for error in refused.value.refusal.errors] == ["岗位!A3"]
    assert FactRow.objects.count() == before
    change = import_roster(county.supervisor(2, 1), COUNTY, _book([GOOD], [DESK]))
    assert (change.new_bodies, change.new_posts) == (("财政局",), ("财政局预算科",))


@pytest.mark.django_db
def test_days_look_in_the_workbook_as_chinese_excel_shows_them():
    held = Roster.of([Body("999901-21", "云岭县财政局", "财政局", since=date(2023, 9, 30))])
    sheet = load_workbook(io.BytesIO(roster_workbook(held)))["单位"]
    (place,) = [cell.column_letter for cell in sheet[1] if cell.value == "设立日期"]
    assert (sheet[f"{place}2"].value.date(), sheet[f"{place}2"].number_format) == (date(2023, 9, 30), "yyyy/m/d")
    assert sheet.column_dimensions[place].number_format == "yyyy/m/d"
    errors = [rule.error for rule in sheet.data_validations.dataValidation if rule.type == "date"]
    assert errors == ["请填日期，如2023/9/30。"]
