"""The look back is told from what is planned."""

import pytest

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.tense import past_paragraphs, tells_past


def past(text):
    document = load(text.encode(), "甲.txt")
    return [document.quote(document.paragraphs[i].span) for i in sorted(past_paragraphs(document))]


def test_a_part_headed_as_a_look_back_is_past_until_the_next_part():
    text = "一、2024年工作回顾\n新建学校3所。\n（一）产业\n投资8亿元。\n二、2025年主要工作\n（一）产业\n新建学校5所。\n"
    assert past(text) == ["2024年工作回顾", "新建学校3所。", "产业", "投资8亿元。"]


def test_a_part_named_after_an_earlier_year_is_past():
    assert (
        past("2025年1月10日\n一、2024年的主要工作\n新建学校3所。\n二、2025年主要工作\n新建5所。\n")[-1]
        == "新建学校3所。"
    )


def test_a_paragraph_that_opens_on_the_past_year_starts_a_look_back_and_the_plan_ends_it():
    text = "过去一年，我们奋力拼搏。\n新建学校3所。\n2025年工作的总体要求是稳中求进。\n新建学校5所。\n"
    assert past(text) == ["过去一年，我们奋力拼搏。", "新建学校3所。"]


def test_numbers_of_a_look_back_are_results():
    text = "一、2024年工作回顾\n新建学校3所。\n二、2025年主要工作\n新建学校5所。\n"
    roles = [(one.quote, one.role) for one in read(load(text.encode(), "甲.txt")).mentions if one.role != "name"]
    assert roles == [("3所", "result"), ("5所", "target")]


@pytest.mark.parametrize(
    ("clause", "is_past"),
    [
        ("去年新增就业3000人", True),
        ("比去年增长5%", False),
        ("已建成充电桩20个", True),
        ("抓好项目前期", False),
        ("新建学校2所", False),
    ],
)
def test_a_clause_says_itself_that_it_is_past(clause, is_past):
    assert tells_past(clause, 0, (0, len(clause))) is is_past
