"""What the demo's units write: the same every time, another every month, and of nothing nothing is claimed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from luoshi.demo.figures import cells_for, dice
from luoshi.demo.words import Writing, progress_text
from luoshi.lists.entry import Entry


def _target(indicator, goal, unit):
    given = {"kind": "at_least", "unit": unit, "value": Decimal(goal), "accumulation": "cumulative", "number": "1"}
    values = {**given, "indicator": indicator}
    return Entry("target:t", "target", "p", "v", "assigned", 1, date(2023, 1, 1), values)


def _work(kind):
    values = {"kind": kind, "name": "新昌技师学院", "number": "2"}
    return Entry("task:t", "task", "p", "v", "assigned", 1, date(2023, 1, 1), values)


def _dice(purpose):
    return dice(_target("完成工业投资", 65, "亿元"), purpose)


@pytest.mark.parametrize("entry", [_target("完成工业投资", 65, "亿元"), *map(_work, ("project", "measure", "event"))])
def test_a_year_of_reports_is_the_same_every_time_and_does_not_repeat_itself(entry):
    year = [cells_for(entry, month)["text"] for month in range(1, 13)]
    assert year == [cells_for(entry, month)["text"] for month in range(1, 13)]
    assert len(set(year)) >= 9
    assert not any("{" in text for text in year)


def test_figures_in_the_words_are_those_of_the_cells():
    # 30 of 65 is 46.2 %, and 30 − 25 = 5 came this month
    writing = Writing(_target("完成工业投资", 65, "亿元"), 6, "30", "25")
    text = progress_text(writing, _dice)
    assert "30亿元" in text
    assert "5亿元" in text or "46.2%" in text


def test_no_progress_is_not_told_as_some():
    assert "暂无完成数" in progress_text(Writing(_target("完成工业投资", 65, "亿元"), 1, "0"), _dice).replace(
        "尚未形成完成数", "暂无完成数"
    )
