from __future__ import annotations

import json
from datetime import date

import pytest

from luoshi.assessment.light import (
    Override,
    count_lights,
    light_from_plain,
    light_to_plain,
    override_light,
    worst_colour,
    write_light,
)
from luoshi.assessment.rate import rate
from luoshi.assessment.read_rules import shipped_rule_set
from luoshi.assessment.standing import Standing
from luoshi.target.actual import Actual
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_months
from luoshi.terms.refusal import Refusal
from luoshi.terms.unit import Quantity

RULES = shipped_rule_set()
JUNE = date(2023, 6, 30)


def light(done):
    actual = Actual(Quantity.of(done, "个"), JUNE, "填报2023-06")
    return rate(
        Standing(Target.of("at_least", 100, "个"), date(2023, 12, 31), actual, year_by_months(2023)), RULES, JUNE
    )


YELLOW = Override("yellow", "用地已批，7月可追上", "李某（常务副县长）", date(2023, 7, 3))


def test_an_override_shows_its_colour_and_keeps_the_computed_one():
    shown = override_light(light(20), RULES, YELLOW)
    assert (shown.colour, shown.word, shown.shape, shown.computed, shown.base) == ("yellow", "黄", "▲", "red", "red")
    assert shown.rule == "far_behind"
    assert shown.trace.steps[-1].text == "人工调整：用地已批，7月可追上（批准人：李某（常务副县长））"


@pytest.mark.parametrize(
    ("colour", "reason", "approver", "field"),
    [("pink", "理由", "李某", "colour"), ("yellow", " ", "李某", "reason"), ("yellow", "理由", "", "approver")],
)
def test_an_override_without_colour_reason_or_approver_is_refused(colour, reason, approver, field):
    refusal = override_light(light(20), RULES, Override(colour, reason, approver, JUNE))
    assert isinstance(refusal, Refusal)
    assert (refusal.id, refusal.status) == ("assessment.override_incomplete", 422)
    assert [error.field for error in refusal.errors] == [field]


def test_an_override_by_other_rules_than_the_light_was_made_by_is_refused():
    refusal = override_light(light(20), shipped_rule_set("two-value"), Override("reached", "理由", "李某", JUNE))
    assert [error.field for error in refusal.errors] == ["rules"]


def test_the_computed_light_itself_is_never_changed():
    before = light(20)
    override_light(before, RULES, YELLOW)
    assert before == light(20)


@pytest.mark.parametrize("shown", [light(56), override_light(light(20), RULES, YELLOW)])
def test_a_light_survives_its_writing(shown):
    written = write_light(shown)
    assert light_from_plain(json.loads(written)) == shown
    assert write_light(light_from_plain(json.loads(written))) == written


def test_a_written_light_holds_no_numbers():
    def leaves(value):
        if isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from leaves(item)
        else:
            yield value

    assert {type(leaf) for leaf in leaves(light_to_plain(light(45)))} <= {str, bool, type(None)}


def test_a_trace_that_is_none_is_refused():
    plain = light_to_plain(light(45)) | {"trace": "无"}
    with pytest.raises(ValueError):
        light_from_plain(plain)


def test_lights_are_counted_in_the_legends_order():
    counted = count_lights([light(56), light(20), light(19)], RULES)
    assert counted == {"blue": 1, "green": 0, "yellow": 0, "orange": 0, "red": 2, "grey": 0}
    assert list(counted) == list(RULES.colours)


@pytest.mark.parametrize(
    ("colours", "worst"),
    [(["green", "orange", "blue"], "orange"), (["green", "grey"], "green"), (["grey"], "grey"), ([], None)],
)
def test_the_worst_of_several_goes_by_the_legend_and_the_unreported_says_nothing(colours, worst):
    assert worst_colour(colours, RULES) == worst
    assert worst_colour(colours[::-1], RULES) == worst
