"""Lights are kept beside the entries; rating a month costs a fixed number of queries."""

from __future__ import annotations

from county import PLAN, at, month
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
    assert everything <= few + 8
    assert everything < 35


def test_rating_again_changes_nothing(running):
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    columns = ("entry_id", "colour", "base_colour", "actual", "expected", "percent", "light")
    before = list(Rating.objects.order_by("entry_id").values_list(*columns))
    rate_plan(PLAN, month(3), at(3, 28).date())
    assert list(Rating.objects.order_by("entry_id").values_list(*columns)) == before
