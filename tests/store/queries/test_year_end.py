"""The forecast of a commitment from its accepted figures, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from county import HARBOUR, HIGH_TECH, SUPERVISOR, at

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.store.entries import find
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.year_end import year_end


def told(identity, day=(12, 1), wanted=""):
    return year_end(desk_for(Account.objects.get(username=SUPERVISOR), at(*day).date(), wanted), find(identity))


@pytest.fixture
def reported(running):
    """固定资产投资60亿元: 9 by March, 22 by April, 27.5 by May; one month unreported in June."""
    target = running.target("完成固定资产投资").id
    for number, value in ((3, "9"), (4, "22"), (5, "27.5")):
        running.open(number)
        running.report(number, target, value=value)
        running.close(number)
    running.open(6)
    return running, target


def test_the_latest_figure_goes_on_along_the_pace_with_the_range_of_the_last_three(reported):
    # May: 27.5 ÷ 5/12 = 66; April: 22 ÷ 4/12 = 66; March: 9 ÷ 3/12 = 36, but 27.5 is done already, so 36 stays
    _, target = reported
    found = told(target)
    assert (found["value"], found["range"]) == ("66.00亿元", "36.00—66.00亿元")
    assert found["says"] == "近几期的进度有快有慢，能否达到目标还不能判断。"
    assert found["day"] == "2023年5月31日"
    assert [item["entry"] for item in found["inputs"]] == [f"report:{target}:2023-0{n}" for n in (3, 4, 5)]


def test_a_past_month_is_forecast_from_what_had_been_reported_by_then(reported):
    _, target = reported
    assert told(target, wanted="2023-03")["value"] == "36.00亿元"
    assert told(target, wanted="2023-03")["says"] == "只有一期数据，还说不出范围。"
    assert told(target, wanted="2023-04")["value"] == "66.00亿元"


def test_a_whole_is_forecast_from_the_months_in_which_all_parts_spoke(running):
    # March 12 + 3 = 15 ÷ 3/12 = 60; April only one zone spoke and does not count
    target = running.target("完成固定资产投资")
    parts = [Part(HIGH_TECH, Decimal(40), "高新"), Part(HARBOUR, Decimal(20), "临港")]
    tech, harbour = allocate_target(running.supervisor(1, 20), target.id, parts)
    running.open(3)
    running.report(3, tech.id, HIGH_TECH, value="12")
    running.report(3, harbour.id, HARBOUR, value="3")
    running.close(3)
    running.open(4)
    running.report(4, tech.id, HIGH_TECH, value="30")
    assert told(target.id)["value"] == "60.00亿元"
    assert told(tech.id)["value"] == "90.00亿元"  # 30 ÷ 4/12


@pytest.mark.parametrize("indicator", ["城镇调查失业率", "规上工业增加值", "高新技术产业增加值占比"])
def test_rates_and_ceilings_have_no_forecast(running, indicator):
    running.open(3)
    assert told(running.target(indicator).id) is None


def test_before_anything_was_reported_there_is_none(running):
    running.open(3)
    assert told(running.target("完成固定资产投资").id) is None


def test_a_year_that_is_over_is_not_forecast(running):
    running.open(12)
    target = running.target("完成固定资产投资").id
    running.report(12, target, value="61")
    assert told(target, (12, 31)) is None
