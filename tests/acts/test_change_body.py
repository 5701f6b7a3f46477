"""Bodies change their names and are merged; what was before keeps the name and the body it had."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from county import COUNTY, EDUCATION, HARBOUR, HIGH_TECH, PLAN, PLANNING, at, month

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.change_body import dissolve_body, rename_body
from luoshi.acts.move_entry import move_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.closed_months import replay_closed
from luoshi.store.entries import find, find_where
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.papers import bulletin_of
from luoshi.store.rosters import roster
from luoshi.terms.refusal import Refused

NEW = {"name": "云岭县发展改革和统计局", "short_name": "发改统计局", "renamed_on": "2023-07-01"}


def leads(number):
    return {item.lead for item in bulletin_of(PLAN, month(number), at(12, 1).date()).items}


@pytest.fixture
def renamed(running):
    """June reported; renamed from 1 July, learnt on the 3rd; June closed on the 6th; July opened."""
    running.open(6)
    running.report(6, running.target("完成固定资产投资").id, value="33")
    rename_body(running.supervisor(7, 3), f"body:{PLANNING}", NEW, "机构改革")
    running.close(6)
    running.open(7)
    return running


def test_each_month_names_a_body_as_it_was_called_then(renamed):
    assert {"发改局", "发改统计局"} & leads(6) == {"发改局"}
    assert {"发改局", "发改统计局"} & leads(7) == {"发改统计局"}
    account = Account.objects.get(username="duban")
    shown = [desk_for(account, at(7, 28).date(), wanted).label(PLANNING) for wanted in ("2023-06", "2023-07")]
    assert shown == ["发改局", "发改统计局"]
    assert list(replay_closed()) == []


def test_the_roster_answers_for_every_day(renamed):
    names = [roster(COUNTY).as_of(day).label(PLANNING) for day in (date(2023, 6, 30), date(2023, 7, 1))]
    assert names == ["发改局", "发改统计局"]
    again = NEW | {"short_name": "发改数据局", "renamed_on": "2023-09-01"}
    rename_body(renamed.supervisor(8, 20), f"body:{PLANNING}", again, "再次更名")
    days = [date(2023, 6, 30), date(2023, 7, 1), date(2023, 8, 31), date(2023, 9, 1)]
    assert [roster(COUNTY).as_of(d).label(PLANNING) for d in days] == [
        "发改局",
        "发改统计局",
        "发改统计局",
        "发改数据局",
    ]


@pytest.mark.parametrize("day", ["2023-07-01", "2019-12-31"])
def test_a_name_begins_after_the_one_before(renamed, day):
    with pytest.raises(Refused) as refused:
        rename_body(renamed.supervisor(8, 20), f"body:{PLANNING}", NEW | {"renamed_on": day}, "再次更名")
    assert refused.value.refusal.id == "acts.renamed_before"


def test_open_work_passes_to_the_successor_and_finished_work_stays(running):
    """Education leads 学校 and 金鼎 and helps with 养老; 学校 is finished; planning takes over the rest."""
    schools, prize, care = (
        running.target("建成高水平寄宿制学校"), find_where(PLAN, "task", task_number="7"), running.target("新建居家养老服务中心")
    )  # fmt: skip
    assign_entries(running.supervisor(2, 1), [Assignment(care.id, PLANNING, (EDUCATION,), "领甲")])
    move_entry(running.supervisor(6, 1), schools.id, "achieve", {"result_value": "4"})
    before = {e.id for e in find_where(PLAN, "responsibility", body=EDUCATION) if e.state == "standing"}
    dissolve_body(
        running.supervisor(8, 1), f"body:{EDUCATION}", {"until": "2023-08-01", "successor": PLANNING}, "机构改革"
    )
    assert find(schools.id)["lead_body"] == EDUCATION
    assert {find(one.id)["lead_body"] for one in prize if one.state == "assigned"} == {PLANNING}
    assert not find(care.id)["cooperating_bodies"]
    body = find(f"body:{EDUCATION}")
    assert (body.state, str(body["until"]), body["successor"]) == ("dissolved", "2023-08-01", PLANNING)
    after = {e.id for e in find_where(PLAN, "responsibility", body=EDUCATION) if e.state == "standing"}
    assert after < before
    with pytest.raises(Refused) as refused:
        assign_entries(running.supervisor(8, 2), [Assignment(care.id, EDUCATION)])
    assert refused.value.refusal.id == "acts.dissolved_body"


@pytest.mark.parametrize(
    ("successor", "refusal"),
    [("", "acts.work_left"), (EDUCATION, "acts.no_successor"), ("nobody", "acts.no_successor")],
)
def test_nothing_is_left_with_nobody(running, successor, refusal):
    typed = {"until": "2023-08-01", "successor": successor}
    with pytest.raises(Refused) as refused:
        dissolve_body(running.supervisor(8, 1), f"body:{EDUCATION}", typed, "机构改革")
    assert refused.value.refusal.id == refusal
    assert find(f"body:{EDUCATION}").state == "standing"


def test_reports_under_way_are_finished_first(running):
    running.open(6)
    running.submit(6, ReportRow(running.target("建成高水平寄宿制学校").id, {"value": "1"}), body=EDUCATION)
    typed = {"until": "2023-07-01", "successor": PLANNING}
    with pytest.raises(Refused) as refused:
        dissolve_body(running.supervisor(6, 27), f"body:{EDUCATION}", typed, "机构改革")
    assert refused.value.refusal.id == "acts.reports_under_way"


def test_two_parts_of_one_target_do_not_fall_to_one_body_unseen(running):
    parts = [Part(HIGH_TECH, Decimal(40), "高新"), Part(HARBOUR, Decimal(20), "临港")]
    allocate_target(running.supervisor(1, 20), running.target("完成固定资产投资").id, parts, "zone-investment")
    typed = {"until": "2023-07-01", "successor": HIGH_TECH}
    with pytest.raises(Refused) as refused:
        dissolve_body(running.supervisor(6, 27), f"body:{HARBOUR}", typed, "合并")
    assert refused.value.refusal.id == "acts.parts_meet"
