"""A paragraph the document does not number is told apart, not counted as one of its tasks."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import PLAN, SUPERVISOR

from luoshi.store.entries import find_where
from luoshi.store.models import Account, IndexCell
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.lights import coverage
from luoshi.store.queries.overview import counted_tasks, overview


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([*range(1, 41), ""], "40项任务，另有1段未编号的要求"),
        ([1, 2], "2项任务"),
        (["", ""], "0项任务，另有2段未编号的要求"),
        ([], "0项任务"),
    ],
)
def test_tasks_are_counted_by_their_numbers(numbers, text):
    assert counted_tasks([{"number": number} for number in numbers]) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [("1/11", "11项中1项可评"), ("0/3", "3项均无可评数据"), ("11/11", ""), ("0/0", ""), ("", "")],
)
def test_how_much_a_light_speaks_of_is_told_unless_it_speaks_of_all(parts, text):
    assert coverage(parts) == text


def _desk(running, month, day):
    return desk_for(Account.objects.get(username=SUPERVISOR), running.supervisor(month, day).today, plan=PLAN)


def test_a_red_that_was_not_reported_again_is_named_beside_the_fewer_reds(running):
    # March: 1 of 60, expected 15 → far behind, red; April: nothing is reported
    target = running.target("完成固定资产投资")
    running.open(3)
    running.report(3, target.id, value="1")
    assert running.light(target.id, 3).colour == "red"
    running.close(3)
    running.open(4)
    red = next(item for item in overview(_desk(running, 4, 28))["lights"] if item["key"] == "red")
    assert red["count"] == 0
    assert red["delta"] == "较上月−1，1项因未报转灰"


def test_a_body_that_let_the_window_pass_is_told_to_the_supervisor(running):
    running.open(3)
    desk = _desk(running, 3, 28)
    closes = desk.plan["window_closes_on"]
    assert isinstance(closes, date)
    on_time = dataclasses.replace(desk, today=closes)
    assert not any("已过期" in item["why"] for item in overview(on_time)["look"])
    late = dataclasses.replace(desk, today=date.fromordinal(closes.toordinal() + 2))
    told = [item["why"] for item in overview(late)["look"] if "已过期" in item["why"]]
    assert told
    assert told[0].startswith("已过期2天，")


def test_what_needs_looking_at_says_how_much_it_leaves_out(running):
    # all are far behind in March, and seven lines are shown: the others are left out and told
    running.open(3)
    behind = [e for e in find_where(PLAN, "target") if e["kind"] == "at_least" and e["accumulation"] == "cumulative"]
    for entry in behind:
        running.report(
            3, entry.id, value="0.1" if entry["unit"] == "亿元" else "0", text="推进", body=str(entry["lead_body"])
        )
    found = overview(_desk(running, 3, 28))
    shown = [item for item in found["look"] if item["colour"]]
    worst = sum(item["count"] for item in found["lights"] if item["key"] in found["more"]["colours"])
    assert len(found["look"]) <= 7
    assert found["more"]["more_lights"] == worst - len(shown)
    assert (found["more"]["more_lights"] > 0, found["more"]["words"]) == (True, "红、橙")


def test_finished_work_is_told_apart_from_work_that_is_ahead(running):
    # March asks for 3/12: 60 of 60 is finished, 12 of 36 (33% of the year, 1.33 of what is due) is ahead; both are blue
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="60")
    running.report(3, running.target("实施重点项目").id, value="12")
    blue = next(item for item in overview(_desk(running, 3, 28))["lights"] if item["key"] == "blue")
    assert (blue["count"], blue["name"]) == (2, "已完成1，快于应达进度1")


def test_unreported_work_is_counted_with_its_last_figure_and_told(running):
    # March: 30 of 60; April: nothing. The mean of April still counts 30 of 60, and says that one is grey
    target = running.target("完成固定资产投资")
    running.open(3)
    running.report(3, target.id, value="30")
    running.close(3)
    running.open(4)
    area = overview(_desk(running, 4, 28))["areas"][0]
    assert (area["percent_text"], area["compared"], area["silent"]) == ("50.00", 1, 1)


def test_an_area_that_promises_something_outside_of_any_task_has_its_row(running):
    # 30 of 60 in March, 15 of 60 due: 50 % against 25 %
    target = running.target("完成固定资产投资")
    IndexCell.objects.filter(entry_id=target.id, field="area").update(text="主要预期目标")
    running.open(3)
    running.report(3, target.id, value="30")
    area = overview(_desk(running, 3, 28))["areas"][-1]
    assert (area["name"], area["cells"], area["counted"]) == ("主要预期目标", [], "1项承诺")
    assert (area["percent_text"], area["expected_text"]) == ("50.00", "25.00")
