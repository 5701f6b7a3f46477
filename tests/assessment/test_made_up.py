"""A red month shown yellow after it was made up the next month (瓯海 2020, domain.md §1.5)."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.assessment.light import Override, override_light
from luoshi.assessment.made_up import make_up
from luoshi.assessment.rate import rate
from luoshi.assessment.read_rules import shipped_rule_set
from luoshi.assessment.standing import Given, Standing
from luoshi.target.actual import Actual
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_months
from luoshi.terms.unit import Quantity

RULES = shipped_rule_set("ouhai-2020")
JUNE, JULY, AUGUST = date(2023, 6, 30), date(2023, 7, 31), date(2023, 8, 31)


def standing(done, as_of, month_done):
    given = {"month_done": Given(month_done), "month_quota": Given("10")}
    actual = Actual(Quantity.of(done, "个"), as_of)
    return Standing(Target.of("at_least", 120, "个"), date(2023, 12, 31), actual, year_by_months(2023), given=given)


RED = rate(standing(55, JUNE, "5"), RULES, JUNE)  # 60 due, 5 of 10 this month


def test_a_red_month_made_up_in_the_next_turns_yellow_and_keeps_what_was_computed():
    assert RED.word == "红码"
    light = make_up(RED, standing(70, JULY, "15"), RULES, JULY)  # 70 ÷ 70 due
    assert (light.word, light.computed, light.base, light.as_of) == ("黄码", "red", "red", JUNE)
    assert light.trace.steps[-1].text == "2023年7月31日补上：实际÷应达 ≥ 1"
    assert light.says == "次月补上"


@pytest.mark.parametrize(
    ("past", "done", "as_of"),
    [
        (RED, 69, JULY),  # not made up in full
        (RED, 80, AUGUST),  # made up, but a month too late
        (RED, 60, JUNE),  # the same month
        (rate(standing(60, JUNE, "10"), RULES, JUNE), 70, JULY),  # green was green
    ],
)
def test_nothing_changes_without_need_or_in_another_month(past, done, as_of):
    assert make_up(past, standing(done, as_of, "10"), RULES, as_of) is None


def test_an_overridden_light_is_left_as_people_decided():
    overridden = override_light(RED, RULES, Override("red", "核实", "王某", JUNE))
    assert make_up(overridden, standing(70, JULY, "15"), RULES, JULY) is None


def test_sets_without_such_a_rule_never_repaint_the_past():
    five = shipped_rule_set()
    past = rate(standing(30, JUNE, "5"), five, JUNE)
    assert past.colour == "red"
    assert make_up(past, standing(70, JULY, "15"), five, JULY) is None
