"""A task shows the worst of what could be rated, says of how much it speaks, and never looks fine for want of data.

Five colours, best to worst 蓝绿黄橙红; 灰 does not count. Favourable (蓝绿) only from one half of the parts on.
"""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.light import light_from_plain, light_to_plain
from luoshi.assessment.read_rules import read_rule_set, shipped_rule_set
from luoshi.assessment.task_light import TaskPart, rate_task

RULES = shipped_rule_set()
DAY = date(2023, 9, 30)
LETTERS = {"b": "blue", "g": "green", "y": "yellow", "o": "orange", "r": "red", ".": "grey"}


def _parts(written, aspired=""):
    """``b..`` is one blue and two unreported; ``aspired`` are 争先项 besides."""
    rows = [(letter, False) for letter in written] + [(letter, True) for letter in aspired]
    return [
        TaskPart(f"第{n}项", LETTERS[letter], RULES.colours[LETTERS[letter]].word, f"target:{n}", is_aspired)
        for n, (letter, is_aspired) in enumerate(rows, 1)
    ]


@pytest.mark.parametrize(
    ("written", "aspired", "colour", "parts", "says"),
    [
        # 1 of 11 = 9.09 % < 50 %: the blue is held back
        ("b..........", "", "grey", (1, 11), "所属11项中1项可评，1项为蓝；可评的不足50%，先不亮灯"),
        # 4 of 9 = 44.4 % < 50 %; 5 of 10 = 50 %: the bound itself is enough
        ("bbgg.....", "", "grey", (4, 9), "所属9项中4项可评，2项为绿；可评的不足50%，先不亮灯"),
        ("bbggg.....", "", "green", (5, 10), "所属10项中5项可评，取其中最差的一档，3项为绿"),
        # a warning is never held back: 1 of 11
        ("r..........", "", "red", (1, 11), "所属11项中1项可评，取其中最差的一档，1项为红"),
        ("y..........", "", "yellow", (1, 11), "所属11项中1项可评，取其中最差的一档，1项为黄"),
        ("bo.........", "", "orange", (2, 11), "所属11项中2项可评，取其中最差的一档，1项为橙"),
        ("bgo", "", "orange", (3, 3), "取所属3项中最差的一档，1项为橙"),
        ("...", "", "grey", (0, 3), "所属3项都没有可评的数据"),
        # aspired parts are left out, of the share too: 1 of 2 = 50 %
        ("b.", "....", "blue", (1, 2), "所属2项（争先项4项不计）中1项可评，取其中最差的一档，1项为蓝"),
        ("g", "y", "green", (1, 1), "取所属1项（争先项1项不计）中最差的一档，1项为绿"),
        # nothing but aspired parts: they count
        ("", "y.", "yellow", (1, 2), "所属2项中1项可评，取其中最差的一档，1项为黄"),
    ],
)
def test_the_light_of_a_task_by_hand(written, aspired, colour, parts, says):
    light = rate_task(_parts(written, aspired), RULES, DAY)
    assert (light.colour, light.parts, light.says) == (colour, parts, says)
    assert (light.computed, light.base, light.word) == (colour, colour, RULES.colours[colour].word)
    assert len(light.trace.inputs) == parts[1]


def test_a_task_without_commitments_has_nothing_to_rate():
    light = rate_task([], RULES, DAY)
    assert (light.colour, light.word, light.shape, light.parts) == ("grey", "无可评内容", "○", (0, 0))
    assert light.says == "没有采纳可以评定的承诺事项"


def test_what_was_held_back_stands_in_the_trace():
    steps = [(step.text, step.result) for step in rate_task(_parts("b.."), RULES, DAY).trace.steps]
    assert steps == [
        ("3项中可评的项数", "1项"),
        ("可评各项中最差的一档", "蓝"),
        ("可评的不足50%，不亮“蓝”", "灰"),
    ]


def test_a_rule_set_that_asks_for_no_share_holds_nothing_back():
    free = dataclasses.replace(RULES, task=None)
    light = rate_task(_parts("b.........."), free, DAY)
    assert (light.colour, light.parts) == ("blue", (1, 11))


def test_the_share_is_the_countys_own_and_its_source_is_empty():
    assert RULES.task is not None
    assert not RULES.task.source.is_verified
    assert RULES.task.favourable == ("blue", "green")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("rateable_share: 1.5", "0与1之间"), ("rateable_share: 一半", "应为数字"), ("rateable: 0.5", "没有“rateable”")],
)
def test_a_share_that_cannot_be_is_named(wrong, said):
    text = (
        "rule_set: x\nlabel: 试\nsource: {title: 某通知}\njudges: progress\n"
        "legend:\n  green: {word: 绿, meaning: 达序时}\n  grey: {word: 灰, meaning: 未报, counts: false}\n"
        "rules:\n  - {id: unreported, light: grey, says: 未报, when: {reported: false}}\n"
        "otherwise: {light: green, says: 达序时}\n"
        f"task: {{{wrong}, favourable: [green], source: {{}}}}\n"
    )
    rules, findings = read_rule_set(text, "x.yaml")
    assert rules is None
    assert any(said in finding.message for finding in findings)


@given(st.text("bgyor.", max_size=12), st.text("bgyor.", max_size=4), st.randoms())
def test_a_task_is_never_better_than_its_worst_part_and_order_plays_no_part(written, aspired, random):
    parts = _parts(written, aspired)
    light = rate_task(parts, RULES, DAY)
    order = list(RULES.colours)
    counted = [p for p in parts if not p.is_aspired] or parts
    worst = max((order.index(p.colour) for p in counted if p.colour != "grey"), default=None)
    if worst is not None and order[worst] in {"yellow", "orange", "red"}:
        assert light.colour == order[worst]
    elif light.colour != "grey":
        assert light.colour == order[worst]
        assert light.parts[0] * 2 >= light.parts[1]
    random.shuffle(parts)
    shuffled = rate_task(parts, RULES, DAY)
    assert (shuffled.colour, shuffled.says, shuffled.parts) == (light.colour, light.says, light.parts)


def test_the_parts_of_a_light_survive_being_written_down():
    light = rate_task(_parts("b.."), RULES, DAY)
    assert light_from_plain(light_to_plain(light)) == light
