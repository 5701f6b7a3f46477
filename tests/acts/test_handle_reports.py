"""Signing, accepting, returning, correcting: four eyes, and lights that follow with the hand calculation beside them."""

from __future__ import annotations

import pytest
from county import EDUCATION, HIGH_TECH, PLAN, PLANNING, acting, at, desk_of, head_of

from luoshi.acts.handle_reports import correct_report, hold_back_reports, return_reports, sign_reports
from luoshi.acts.run_month import close_month
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find
from luoshi.terms.refusal import Refused

VECTORS = [  # June: expected 60 × 6/12 = 30
    ("33", "blue"),  # 33/30 = 1.10
    ("32.99", "green"),  # 1.0997
    ("30", "green"),  # 1
    ("29.99", "yellow"),  # 0.9997
    ("27", "yellow"),  # 0.90
    ("26.99", "orange"),  # 0.8997
    ("22.5", "orange"),  # 0.75
    ("22.49", "red"),  # 0.7497
    ("60", "blue"),  # done
    ("0", "red"),
]


@pytest.mark.parametrize(("value", "colour"), VECTORS)
def test_an_accepted_value_decides_the_light(running, value, colour):
    target = running.target("完成固定资产投资")
    running.open(6)
    reports = running.submit(6, ReportRow(target.id, {"value": value}))
    assert running.light(target.id, 6).colour == "grey"
    running.sign(6, reports)
    assert running.light(target.id, 6).colour == "grey"
    running.accept(6, reports)
    assert running.light(target.id, 6).colour == colour


def test_a_ceiling_a_rate_and_a_reduction_have_lights_too(running):
    """失业率 4.8 of at most 5: kept. 能耗: 97 against 100 is a fall of 3 %, as promised."""
    running.open(6)
    rate, energy = running.target("城镇调查失业率"), running.target("单位GDP能耗")
    running.report(6, rate.id, value="4.8")
    running.report(6, energy.id, value="97", base="100")
    assert running.light(rate.id, 6).colour in {"green", "blue"}
    assert running.light(energy.id, 6).colour == "green"  # 3 of 3, the year not over


def test_the_task_shows_the_worst_of_its_lights(running):
    """Task 1: investment red; projects 36 × 6/12 = 18, ratio 20/18 = 1.11 blue; the task is red."""
    running.open(6)
    running.report(6, running.target("完成固定资产投资").id, value="10")
    running.report(6, running.target("实施重点项目").id, value="20")
    light = running.light(f"task:{PLAN}:0001", 6)
    assert (light.colour, light.actual) == ("red", "1/2")


def test_signing_is_the_heads_and_never_the_fillers(running):
    running.open(3)
    reports = running.submit(3, ReportRow(running.target("完成固定资产投资").id, {"value": "15"}))
    for account in (desk_of(PLANNING), head_of(EDUCATION), head_of(HIGH_TECH)):
        with pytest.raises(Refused) as refused:
            sign_reports(acting(account, at(3, 27)), reports)
        assert refused.value.refusal.status == 403
    assert find(reports[0]).state == "submitted"


def test_who_fills_may_not_sign_even_as_head(running):
    import dataclasses

    from county import COUNTY, POSTS

    from luoshi.acts.register_people import register_people

    own = next(post for post in POSTS if post.holder == head_of(PLANNING))
    register_people(running.supervisor(2, 1), COUNTY, [], [dataclasses.replace(own, holder=desk_of(PLANNING))])
    running.open(3)
    reports = running.submit(3, ReportRow(running.target("完成固定资产投资").id, {"value": "15"}))
    with pytest.raises(Refused) as refused:
        sign_reports(acting(desk_of(PLANNING), at(3, 27)), reports)
    assert refused.value.refusal.id == "lists.same_person"


def test_all_are_signed_or_none(running):
    running.open(3)
    first = running.submit(3, ReportRow(running.target("完成固定资产投资").id, {"value": "15"}))
    second = running.submit(3, ReportRow(running.target("实施重点项目").id, {"value": "9"}))
    running.sign(3, second)
    with pytest.raises(Refused):
        sign_reports(acting(head_of(PLANNING), at(3, 27)), [*first, *second])
    assert find(first[0]).state == "submitted"


def test_a_returned_report_comes_back_with_its_reason(running):
    running.open(3)
    target = running.target("完成固定资产投资")
    reports = running.submit(3, ReportRow(target.id, {"value": "15"}))
    running.sign(3, reports)
    with pytest.raises(Refused):
        return_reports(running.supervisor(3, 28), reports, "unproven", " ")
    return_reports(running.supervisor(3, 28), reports, "unproven", "请附统计表。")
    assert (find(reports[0]).state, find(reports[0])["return_code"]) == ("returned", "unproven")
    running.submit(3, ReportRow(target.id, {"value": "16"}))
    running.sign(3, reports)
    running.accept(3, reports)
    assert running.light(target.id, 3).actual == "16"


def test_the_head_gives_a_report_back(running):
    running.open(3)
    reports = running.submit(3, ReportRow(running.target("完成固定资产投资").id, {"value": "15"}))
    hold_back_reports(acting(head_of(PLANNING), at(3, 27)), reports, "请核对。")
    assert find(reports[0]).state == "returned"


def test_a_correction_recomputes_later_months_too(running):
    """Projects: 40 in June stays the newest figure in July; corrected to 10: 10/18 and 10/21 are red."""
    target = running.target("完成固定资产投资")
    running.open(6)
    report = running.report(6, target.id, value="33")
    close_month(running.supervisor(7, 6), PLAN)
    running.open(7)
    later = running.report(7, target.id, value="35")
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["blue", "green"]
    with pytest.raises(Refused):
        correct_report(running.supervisor(7, 29), report, {"value": "20"}, "")
    correct_report(running.supervisor(7, 29), report, {"value": "24"}, "统计核减")  # 24/30 = 0.8
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["orange", "green"]
    correct_report(running.supervisor(7, 29), later, {"value": "28"}, "统计核减")  # 28/35 = 0.8, orange twice: red
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["orange", "red"]


def test_a_claimed_node_is_accepted_with_its_report(running):
    target = running.target("建成高水平寄宿制学校")
    nodes = [{"id": "1", "name": "开工", "due_on": "2023-03-31"}, {"id": "2", "name": "竣工", "due_on": "2023-10-31"}]
    schedule_entries(running.supervisor(1, 20), [Schedule(target.id, {"schedule": "nodes", "nodes": nodes})])
    running.open(3)
    reports = running.submit(3, ReportRow(target.id, {"value": "1", "node": "1"}), body=EDUCATION)
    running.sign(3, reports, EDUCATION)
    assert find(target.id)["nodes"][0]["accepted_on"] is None
    running.accept(3, reports)
    rows = find(target.id)["nodes"]
    assert [str(row["accepted_on"]) for row in rows] == ["2023-03-28", "None"]
    assert running.light(target.id, 3).colour in {"green", "blue"}
