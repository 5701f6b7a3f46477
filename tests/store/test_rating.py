"""Lights are kept beside the entries; rating a month costs a fixed number of queries."""

from __future__ import annotations

from county import PLAN, at, month
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.move_entry import move_entry
from luoshi.store.entries import find_where
from luoshi.store.models import Rating
from luoshi.store.rating import rate_entries, rate_plan


def _cost(act):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


def test_rating_the_whole_plan_costs_no_more_than_a_few_queries_and_not_more_for_more(running):
    running.open(3)
    day = at(3, 28).date()
    one = [running.target("完成固定资产投资").id]
    few = _cost(lambda: rate_entries(PLAN, month(3), day, one))
    running.report(3, one[0], value="15")
    running.report(3, running.target("建成绿色工厂").id, value="2")
    everything = _cost(lambda: rate_plan(PLAN, month(3), day))
    assert everything <= few + 18  # and the appraisal of the bodies, which opens and closes with the month
    assert everything < 35


def test_rating_again_changes_nothing(running):
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    columns = ("entry_id", "colour", "base_colour", "actual", "expected", "percent", "light")
    before = list(Rating.objects.order_by("entry_id").values_list(*columns))
    rate_plan(PLAN, month(3), at(3, 28).date())
    assert list(Rating.objects.order_by("entry_id").values_list(*columns)) == before


def test_a_task_with_one_blue_among_unreported_ones_is_grey_and_says_so(running):
    """Task 2 promises two figures; task 1 too: one of two reported is one half, which is enough."""
    running.open(3)
    tasks = {row.entry_id: row for row in Rating.objects.filter(entry__list="task").exclude(parts="")}
    assert {row.parts.split("/")[0] for row in tasks.values()} == {"0"}
    target = running.target("技术交易额")  # of task 3, whose other figure is aspired (力争)
    running.report(3, target.id, value="12")
    light = Rating.objects.get(entry_id=target["task"], period="2023-03")
    assert (light.colour, light.parts, light.actual) == ("blue", "1/1", "1/2")
    other = running.target("新增城镇就业")  # of task 6, with the unemployment ceiling: one of two
    running.report(3, other.id, value="5000")
    light = Rating.objects.get(entry_id=other["task"], period="2023-03")
    assert (light.colour, light.parts) == ("blue", "1/2")
    assert light.reason == "所属2项中1项可评，取其中最差的一档，1项为蓝"


def test_a_task_without_commitments_is_not_rated(running):
    running.open(3)
    target = running.target("技术交易额")
    task = target["task"]
    for entry in [*find_where(PLAN, "target", task=str(task))]:
        move_entry(running.supervisor(3, 26), entry.id, "withdraw", {}, "不再列入")
    rate_plan(PLAN, month(3), at(3, 28).date())
    light = Rating.objects.get(entry_id=task, period="2023-03")
    assert (light.colour, light.word, light.parts) == ("grey", "无可评内容", "0/0")
