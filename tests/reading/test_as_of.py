"""Up to when a sentence speaks."""

import pytest

from luoshi.reading.as_of import as_of_words, title_as_of
from luoshi.reading.clause import sentences
from luoshi.terms.span import Span


def as_of(text, year=2023):
    (sentence,) = sentences(text, 0, len(text))
    return [(one.words, one.last and one.last.isoformat()) for one in as_of_words(text, sentence, year)]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("截至6月底，已建成3个", "截至6月底", "2023-06-30"),
        ("截止5月31日完成投资2亿元", "截止5月31日", "2023-05-31"),
        ("1—9月完成投资2亿元", "1—9月", "2023-09-30"),
        ("二、1-5月全县完成投资2亿元", "1-5月", "2023-05-31"),
        ("上半年增长8%", "上半年", "2023-06-30"),
        ("前三季度，增长8%", "前三季度", "2023-09-30"),
        ("2022年，实际开工12个", "2022年", "2022-12-31"),
        ("截至2022年上半年累计完成投资3亿元", "截至2022年上半年", "2022-06-30"),
        ("截至目前，已建成3个", "截至目前", None),
        ("今年以来，已建成3个", "今年以来", None),
        ("年内已争取资金2亿元", "年内", None),
    ],
)
def test_the_day_up_to_which_a_sentence_speaks_is_read(text, words, day):
    assert as_of(text) == [(words, day)]


@pytest.mark.parametrize(
    "text",
    [
        "预计10月底前全部完成",
        "3个项目自9月下旬相继开工",
        "落实2023年《政府工作报告》",
        "上半年工作落实情况",
        "项目前期工作滞后",
        "10月24日召开调度会",
    ],
)
def test_other_times_are_not_taken_for_it(text):
    assert as_of(text) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("某县9月份民生工程进展情况", "9月份"),
        ("2023年政府工作报告三季度完成情况通报", "三季度"),
        ("某县2023年任务完成情况", None),
    ],
)
def test_a_bulletins_heading_names_a_month_or_a_quarter_never_a_year_alone(title, words):
    found = title_as_of(title, Span(0, len(title)), 2023)
    assert (found.words if found else None) == words
