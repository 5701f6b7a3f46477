"""A month's figure that another list computes: locked, explained, overridden with a reason, flagged when it changes."""

from __future__ import annotations

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, head_of, month

from luoshi.acts.handle_reports import accept_reports, sign_reports
from luoshi.acts.open_entry import open_entry
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.store import definitions
from luoshi.store.entries import find
from luoshi.terms.refusal import Refused

LIST = """
list: factory
label: 绿色工厂
title: name
visible: county
owners: [body]
source: {adr: x}
fields:
  name: {type: text, label: 名称, required: true, fixed: true}
  body: {type: body, label: 单位, required: true, indexed: true}
states: {open: 在建, done: {label: 已建成, closed: true}}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
  finish: {label: 建成, fact: finished, from: open, to: done, by: supervisor}
measures:
  built: {label: 已登记数, formula: count(*), unit: 家}
feeds: {commitment: 建成绿色工厂, from: built}
"""


@pytest.fixture
def goal(settings, tmp_path, county):
    settings.LUOSHI_HOME = str(tmp_path)
    (tmp_path / "packs/own/lists").mkdir(parents=True)
    (tmp_path / "packs/own/lists/factory.yaml").write_text(LIST, "utf-8")
    definitions._signature_at.cache_clear()
    goal = county.target("建成绿色工厂")
    _file(county, 3)
    yield goal
    definitions._signature_at.cache_clear()


def _file(county, number):
    for at_ in range(number):
        open_entry(county.supervisor(9, 5), "factory", PLAN, {"name": f"厂{at_}", "body": EDUCATION})


def _submit(goal, **typed):
    return submit_reports(acting(desk_of(PLANNING), at(9, 26)), PLAN, month(9), PLANNING, [ReportRow(goal.id, typed)])[
        0
    ]


def _sheet(sign_in):
    return sign_in(desk_of(PLANNING)).get(f"/report/{PLANNING}/2023-09/").content.decode()


def test_the_sheet_shows_the_figure_locked_with_its_arithmetic(goal, sign_in):
    page = _sheet(sign_in)
    assert "系统取自“绿色工厂”的“已登记数”" in page
    assert "<strong>3家</strong>" in page
    assert "改填（须写理由）" in page


def test_an_empty_figure_is_the_computed_one_and_waits_for_the_signature_as_any_other(goal):
    report = _submit(goal, text="按计划推进")
    assert (report.state, report["value"], report["fed_value"]) == ("submitted", 3, 3)
    assert "override_reason" not in report.values or report["override_reason"] is None
    sign_reports(acting(head_of(PLANNING), at(9, 27)), [report.id])
    accept_reports(acting(SUPERVISOR, at(9, 28)), [report.id])
    assert find(report.id).state == "accepted"


def test_another_figure_needs_a_reason_and_is_flagged(goal):
    with pytest.raises(Refused) as refused:
        _submit(goal, value="5")
    assert [error.field for error in refused.value.refusal.errors] == [f"{goal.id}.override_reason"]
    report = _submit(goal, value="5", override_reason="两家尚未登记")
    assert (report["value"], report["fed_value"], report["override_reason"]) == (5, 3, "两家尚未登记")
    assert "算出3家，所填为5家" in str(report["flags"])


def test_nobody_types_what_the_system_says(goal):
    report = _submit(goal, fed_value="99", fed_from="我")
    assert report["fed_value"] == 3


def test_a_figure_that_changed_after_filing_is_flagged_to_the_unit_and_to_who_verifies(goal, county, sign_in):
    _submit(goal, text="按计划推进")
    assert "系统取数由" not in _sheet(sign_in)
    _file(county, 1)
    assert "填报以后，系统取数由3变为4" in _sheet(sign_in)
    page = sign_in(head_of(PLANNING)).get("/sign/").content.decode()
    assert "填报以后，系统取数由3变为4" in page


def test_the_form_submits_the_computed_figure(goal, sign_in):
    client = sign_in(desk_of(PLANNING))
    sent = {"row": f"1|{goal.id}", "1-value": "", "1-text": "", "1-override_reason": ""}
    assert client.post(f"/report/{PLANNING}/2023-09/", sent).status_code == 302
    report = find(f"report:{goal.id}:2023-09")
    assert (report["value"], report["fed_value"]) == (3, 3)
    assert "没有未提交的改动" in _sheet(sign_in)


def test_others_see_the_figure_and_its_arithmetic_but_no_form_and_nothing_that_waits(goal, sign_in):
    page = sign_in(SUPERVISOR).get(f"/report/{PLANNING}/2023-09/").content.decode()
    assert "系统取自“绿色工厂”的“已登记数”" in page
    assert "改填为" not in page
    assert "尚未提交" not in page
