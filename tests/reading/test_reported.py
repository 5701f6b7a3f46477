"""What a number of a progress sentence is."""

import pytest

from luoshi.reading.number import numbers
from luoshi.reading.reported import is_reached, meaning_of
from luoshi.terms.span import Span


def meanings(text):
    found = []
    for number in numbers(text, 0, len(text)):
        figure = meaning_of(text, Span(0, len(text)), number, following=False)
        found.append((figure.meaning, str(figure.value), figure.unit) if figure else None)
    return found


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("已举办对接活动28场", ("amount", "28", "场")),
        ("完成投资12.3亿元", ("amount", "12.3", "亿元")),
        ("占年度目标的56%", ("share", "56", "%")),
        ("占全年投资计划的54%", ("share", "54", "%")),
        ("完成年度任务的33%", ("share", "33", "%")),
        ("完成率达98.4%", ("share", "98.4", "%")),
        ("占任务总数的15.2%", ("part", "15.2", "%")),
        ("占比27%", ("part", "27", "%")),
        ("进展情况占比80%", ("share", "80", "%")),
        ("路基完成82%", ("share", "82", "%")),
        ("总体进度达80%", ("share", "80", "%")),
        ("同比增长8.5%", ("growth", "8.5", "%")),
        ("较上年同期下降3%", ("growth", "-3", "%")),
        ("比上年提高2个百分点", ("growth", "2", "个百分点")),
        ("低于目标0.9个百分点", ("gap", "-0.9", "个百分点")),
        ("快于序时进度5个百分点", ("gap", "5", "个百分点")),
        ("超出计划投资0.32亿元", ("gap", "0.32", "亿元")),
        ("年度计划投资2亿元", ("plan", "2", "亿元")),
        ("总投资2亿元", ("plan", "2", "亿元")),
        ("水厂位于12个村", None),
        ("达到国家标准的学校覆盖率为92%", ("amount", "92", "%")),
    ],
)
def test_the_words_before_a_number_tell_what_it_is(text, meaning):
    assert meanings(text) == [meaning]


def test_an_estimate_is_marked():
    (number,) = numbers("预计下降8%左右", 0, 8)
    assert meaning_of("预计下降8%左右", Span(0, 8), number, following=False).is_estimate


def test_a_number_that_another_follows_up_is_the_plan():
    text = "15个农村幸福院已完成8个"
    first, second = numbers(text, 0, len(text))
    assert is_reached(text[first.core : second.start])
    assert meaning_of(text, Span(0, len(text)), first, following=True).meaning == "plan"
    assert not is_reached("农村幸福院和")
