"""Signing, accepting, returning, correcting: four eyes, and lights that follow with the hand calculation beside them."""

from __future__ import annotations

import json
import threading
from contextlib import suppress

import pytest
from county import EDUCATION, HIGH_TECH, PLAN, PLANNING, acting, at, desk_of, head_of
from django.db import connections

from luoshi.acts.handle_reports import (
    accept_reports,
    correct_report,
    hold_back_reports,
    return_reports,
    sign_reports,
)
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find, find_where
from luoshi.store.facts import of_stream
from luoshi.store.models import Rating, Snapshot
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


@pytest.fixture
def closed(running):
    """March with a report in each state, and closed: investment accepted, projects signed, factories submitted,
    trade returned."""
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    signed = running.submit(3, ReportRow(running.target("实施重点项目").id, {"value": "9"}))
    running.sign(3, signed)
    submitted = running.submit(3, ReportRow(running.target("建成绿色工厂").id, {"value": "2"}))
    returned = running.submit(3, ReportRow(running.target("技术交易额").id, {"value": "3"}))
    return_reports(running.supervisor(3, 28), returned, "wrong", "请核对")
    running.close(3)
    return running, {"signed": signed[0], "submitted": submitted[0], "returned": returned[0]}


@pytest.mark.parametrize("of", ["signed", "submitted", "returned"])
@pytest.mark.parametrize("next_is_open", [False, True])
def test_after_the_closing_no_report_is_signed_held_back_accepted_or_returned(closed, of, next_is_open):
    county, reports = closed
    if next_is_open:
        county.open(4)
    head, supervisor, report = acting(head_of(PLANNING), at(4, 26)), county.supervisor(4, 26), reports[of]
    for deed in (
        lambda: sign_reports(head, [report]),
        lambda: hold_back_reports(head, [report], "请核对"),
        lambda: accept_reports(supervisor, [report]),
        lambda: return_reports(supervisor, [report], "other", "请核对"),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.refusal.id == "acts.month_closed"
    assert find(report).state == "unverified"


def test_what_was_not_accepted_is_left_unverified_with_a_reason_and_does_not_count(closed):
    county, reports = closed
    told = {of: of_stream(name)[-1].data()["reason"] for of, name in reports.items()}
    assert told == {
        "signed": "月份已结账，未及核实",
        "submitted": "月份已结账，未及核实",
        "returned": "月份已结账，退回后未重报",
    }
    assert county.light(county.target("实施重点项目").id, 3).colour == "grey"
    assert county.light(county.target("实施重点项目").id, 3).arrival == "unverified"


def test_an_accepted_report_of_a_closed_month_cannot_be_returned_either(closed):
    county, _ = closed
    report = f"report:{county.target('完成固定资产投资').id}:2023-03"
    with pytest.raises(Refused) as refused:
        return_reports(county.supervisor(4, 10), [report], "other", "请核对")
    assert refused.value.refusal.id == "acts.month_closed"


def test_a_correction_accepts_what_was_left_unverified_and_counts_from_the_open_month_on(closed):
    """Projects: 9 reported in March, verified late; April expects 36 × 4/12 = 12, 9/12 = 0.75 orange."""
    county, reports = closed
    target = county.target("实施重点项目")
    county.open(4)
    correct_report(county.supervisor(4, 26), reports["signed"], {}, "补充核实")
    assert find(reports["signed"]).state == "accepted"
    assert county.light(target.id, 3).colour == "grey"
    assert county.light(target.id, 4).actual == "9"


def test_a_correction_to_an_amount_below_zero_is_refused(closed):
    county, _ = closed
    report = f"report:{county.target('完成固定资产投资').id}:2023-03"
    with pytest.raises(Refused) as refused:
        correct_report(county.supervisor(4, 8), report, {"value": "-1"}, "核减")
    assert [error.field for error in refused.value.refusal.errors] == ["value"]
    assert str(find(report)["value"]) == "15"


def test_late_verification_accepts_the_node_it_claims(running):
    target = running.target("建成高水平寄宿制学校")
    nodes = [{"id": "1", "name": "开工", "due_on": "2023-03-31"}]
    schedule_entries(running.supervisor(1, 20), [Schedule(target.id, {"schedule": "nodes", "nodes": nodes})])
    running.open(3)
    report = running.submit(3, ReportRow(target.id, {"value": "1", "node": "1"}), body=EDUCATION)[0]
    running.close(3)
    correct_report(running.supervisor(4, 8), report, {}, "补充核实")
    assert str(find(target.id)["nodes"][0]["accepted_on"]) == "2023-03-31"


def test_a_correction_leaves_the_closed_month_and_recomputes_the_open_one(running):
    """Investment of 60: June 33/30 blue and closed so. July: 35/35 green; corrected to 28/35 = 0.8, orange."""
    target = running.target("完成固定资产投资")
    running.open(6)
    report = running.report(6, target.id, value="33")
    running.close(6)
    running.open(7)
    later = running.report(7, target.id, value="35")
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["blue", "green"]
    with pytest.raises(Refused):
        correct_report(running.supervisor(7, 29), report, {"value": "20"}, "")
    correct_report(running.supervisor(7, 29), report, {"value": "24"}, "统计核减")
    assert str(find(report)["value"]) == "24"
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["blue", "green"]
    correct_report(running.supervisor(7, 29), later, {"value": "28"}, "统计核减")
    assert [running.light(target.id, n).colour for n in (6, 7)] == ["blue", "orange"]


def test_a_correction_of_the_last_figure_reaches_the_open_month_without_a_figure_of_its_own(running):
    target = running.target("完成固定资产投资")
    running.open(6)
    report = running.report(6, target.id, value="33")
    running.close(6)
    running.open(7)
    correct_report(running.supervisor(7, 29), report, {"value": "24"}, "统计核减")
    assert running.light(target.id, 7).actual == "24"


def test_a_correction_over_a_skipped_month_falls_into_the_open_one(running):
    """June's 33 is closed, July never opened; in August nothing is reported, so the last figure is June's."""
    target = running.target("完成固定资产投资")
    running.open(6)
    report = running.report(6, target.id, value="33")
    running.close(6)
    correct_report(running.supervisor(7, 29), report, {"value": "36"}, "统计核增")
    assert find(report)["corrected_in"] == "2023-07"  # the next month, as far as anybody knows yet
    running.open(8)
    assert (running.light(target.id, 8).actual, running.light(target.id, 8).colour) == ("36", "grey")
    correct_report(running.supervisor(8, 29), report, {"value": "24"}, "统计核减")
    assert find(report)["corrected_in"] == "2023-08"
    assert running.light(target.id, 8).actual == "24"
    assert running.light(target.id, 6).actual == "33"


@pytest.mark.parametrize(("deed", "state"), [("sign", "signed"), ("accept", "accepted")])
def test_a_report_named_twice_is_handled_once(running, deed, state):
    target = running.target("完成固定资产投资")
    running.open(6)
    reports = running.submit(6, ReportRow(target.id, {"value": "33"}))
    running.sign(6, reports * 2)
    if deed == "accept":
        running.accept(6, reports * 2)
    entry = find(reports[0])
    assert entry.state == state
    assert entry.version == len(of_stream(entry.id)) == (2 if deed == "sign" else 3)


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


def test_a_node_is_accepted_as_of_the_day_its_report_gives(running):
    target = running.target("建成高水平寄宿制学校")
    nodes = [{"id": n, "name": f"节点{n}", "due_on": "2023-03-20"} for n in ("1", "2")]
    schedule_entries(running.supervisor(1, 20), [Schedule(target.id, {"schedule": "nodes", "nodes": nodes})])
    running.open(3)
    running.report(3, target.id, body=EDUCATION, value="1", node="1（2023年3月18日）、2")
    assert [str(row["accepted_on"]) for row in find(target.id)["nodes"]] == ["2023-03-18", "2023-03-28"]


def test_closing_while_others_sign_and_accept_leaves_nothing_in_between(throwaway):
    """Whoever comes first: every report ends accepted or unverified, and pages read what the snapshot holds."""
    from county import County

    county = County()
    county.running().open(3)
    led = [e.id for e in find_where(PLAN, "target", lead_body=PLANNING)]
    reports = county.submit(3, *(ReportRow(name, {"value": "1"}) for name in led))
    county.sign(3, reports[: len(reports) // 2])
    start = threading.Barrier(3)
    outcomes: list[str] = []

    def each(deed, wanted):
        start.wait()
        for report in wanted:
            try:
                deed(report)
                outcomes.append("done")
            except Refused as refused:
                outcomes.append(refused.refusal.id)
        connections.close_all()

    def close(_):
        while find(f"plan:{PLAN}")["open_period"]:
            with suppress(Refused):
                county.close(3)

    head, half = acting(head_of(PLANNING), at(3, 27)), len(reports) // 2
    work = [
        (lambda name: sign_reports(head, [name]), reports[half:]),
        (lambda name: accept_reports(county.supervisor(3, 28), [name]), reports[:half]),
        (close, [""]),
    ]
    threads = [threading.Thread(target=each, args=job) for job in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert set(outcomes) <= {"done", "acts.month_closed"}
    assert {find(report).state for report in reports} <= {"accepted", "unverified"}
    kept = json.loads(Snapshot.objects.get(period="2023-03").body)["ratings"]
    rows = Rating.objects.filter(period="2023-03").values_list("entry_id", "light", "arrival")
    assert {(row["entry_id"], row["light"], row["arrival"]) for row in kept} == set(rows)
