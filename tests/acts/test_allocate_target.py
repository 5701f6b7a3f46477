"""Handing a target out in parts: amounts add, rates never do, a body has one part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from county import HARBOUR, HIGH_TECH, PLAN

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.store.entries import find_where
from luoshi.store.models import FactRow, LeagueRow
from luoshi.terms.refusal import Refused

PARTS = [Part(HIGH_TECH, Decimal(40), "高新片区投资"), Part(HARBOUR, Decimal(20), "临港片区投资")]


def test_parts_are_assigned_and_their_bodies_answer(running):
    target = running.target("完成固定资产投资")
    parts = allocate_target(running.supervisor(1, 20), target.id, PARTS, "zone-investment")
    assert [(e["lead_body"], e["value"], e["parent"], e.state) for e in parts] == [
        (HIGH_TECH, 40, target.id, "assigned"),
        (HARBOUR, 20, target.id, "assigned"),
    ]
    charged = [find_where(PLAN, "responsibility", commitment=part.id) for part in parts]
    assert [[e["body"] for e in each] for each in charged] == [[HIGH_TECH], [HARBOUR]]


def test_the_wholes_figure_is_the_sum_of_its_parts_and_zones_are_ranked(running):
    """March: 12 + 3 = 15 of 60, expected 60 × 3/12 = 15, ratio 1: green. 12/40 beats 3/20."""
    target = running.target("完成固定资产投资")
    parts = allocate_target(running.supervisor(1, 20), target.id, PARTS, "zone-investment")
    running.open(3)
    running.report(3, parts[0].id, HIGH_TECH, value="12")
    assert running.light(target.id, 3).colour == "grey"
    running.report(3, parts[1].id, HARBOUR, value="3")
    light = running.light(target.id, 3)
    assert (light.actual, light.colour) == ("15", "green")
    assert "高新片区" in LeagueRow.objects.get(period="2023-03", league="zone-investment").table


@pytest.mark.parametrize("indicator", ["规上工业增加值", "高新技术产业增加值占比", "城镇调查失业率"])
def test_rates_are_not_handed_out(running, indicator):
    with pytest.raises(Refused) as refused:
        allocate_target(running.supervisor(1, 20), running.target(indicator).id, PARTS)
    assert refused.value.refusal.id == "acts.not_additive"


def test_a_body_has_one_part(running):
    target = running.target("完成固定资产投资")
    allocate_target(running.supervisor(1, 20), target.id, PARTS[:1])
    before = FactRow.objects.count()
    for again in ([PARTS[1], PARTS[0]], [PARTS[1], PARTS[1]]):
        with pytest.raises(Refused) as refused:
            allocate_target(running.supervisor(1, 21), target.id, again)
        assert refused.value.refusal.id == "acts.part_exists"
    assert FactRow.objects.count() == before
