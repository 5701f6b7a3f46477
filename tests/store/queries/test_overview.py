"""A paragraph the document does not number is told apart, not counted as one of its tasks."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from county import PLAN, SUPERVISOR

from luoshi.store.models import Account
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
