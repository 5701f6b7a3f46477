"""签发、审核: what is signed and accepted is what was shown."""

from __future__ import annotations

import pytest
from county import PLANNING, SUPERVISOR, head_of

from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find


@pytest.fixture
def report(county):
    return county.submit(9, ReportRow(county.target("建成绿色工厂").id, {"value": "7", "text": "推进"}))[0]


def shown(report):
    return f"{report}|{find(report).version}"


def reported_anew(county, value="8"):
    county.submit(9, ReportRow(county.target("建成绿色工厂").id, {"value": value, "text": "改报"}))


def test_a_head_signs_what_was_shown(county, sign_in, report):
    client = sign_in(head_of(PLANNING))
    page = client.get("/sign/").content.decode()
    assert f'value="{shown(report)}"' in page
    client.post("/sign/", {"report": shown(report), "move": "sign"})
    assert find(report).state == "signed"


@pytest.mark.parametrize("move", ["sign", "hold_back"])
def test_a_figure_reported_anew_is_not_signed_unseen(county, sign_in, report, move):
    client, old = sign_in(head_of(PLANNING)), shown(report)
    reported_anew(county)
    answer = client.post("/sign/", {"report": old, "move": move, "reason": "请核实"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "“建成绿色工厂”刚被更新" in text
    assert "8家" in text, "the newer figure is shown"
    assert f'value="{shown(report)}" id="c-1" checked' in text, "and still ticked"
    assert find(report).state == "submitted"
    client.post("/sign/", {"report": shown(report), "move": "sign"})
    assert find(report).state == "signed"


@pytest.mark.parametrize("move", ["accept", "return"])
def test_a_report_that_is_another_is_not_accepted_or_returned_unseen(county, sign_in, report, move):
    county.sign(9, [report])
    old = f"{report}|{find(report).version - 1}"
    sent = {"report": old, "move": move, "return_code": "wrong", "reason": "请核实"}
    answer = sign_in(SUPERVISOR).post("/review/", sent)
    assert answer.status_code == 409
    assert "刚被更新" in answer.content.decode()
    assert find(report).state == "signed"
    sign_in(SUPERVISOR).post("/review/", {**sent, "report": shown(report)})
    assert find(report).state == {"accept": "accepted", "return": "returned"}[move]


def test_one_that_changed_keeps_all_that_were_ticked(county, sign_in, report):
    other = county.submit(9, ReportRow(county.target("完成固定资产投资").id, {"value": "45", "text": "推进"}))[0]
    old = [shown(report), shown(other)]
    reported_anew(county)
    sign_in(head_of(PLANNING)).post("/sign/", {"report": old, "move": "sign"})
    assert [find(name).state for name in (report, other)] == ["submitted", "submitted"]
