"""Numbers with scale, unit and trailing comparator."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.number import compare, numbers


def read(text):
    return list(numbers(text, 0, len(text)))


def only(text):
    (number,) = read(text)
    return number


@pytest.mark.parametrize(
    ("text", "quote", "unit", "category"),
    [
        ("完成投资15亿元,", "15亿元", "亿元", "money"),
        ("活动50场以上", "50场以上", "场", "counter"),
        ("控制在3%以内", "3%以内", "%", "percent"),
        ("新增7.5万千瓦", "7.5万千瓦", "万千瓦", "measure"),
        ("出口3亿美元", "3亿美元", "亿美元", "money"),
        ("产粮1.4万亿斤左右", "1.4万亿斤左右", "万亿斤", "measure"),
        ("培育300多个", "300多个", "个", "counter"),
        ("吞吐4000万标箱", "4000万标箱", "万标箱", "measure"),
        ("引进10万人才", "10万", "万", "counter"),
        ("惠及20万群众", "20万", "万", "counter"),
        ("提高2个百分点", "2个百分点", "个百分点", "percent"),
        ("新建1,200个", "1,200个", "个", "counter"),
        ("完成(套)3台(套)", "3台(套)", "台(套)", "counter"),
    ],
)
def test_the_expression_reaches_from_digit_to_comparator(text, quote, unit, category):
    number = only(text)
    assert text[number.start : number.end] == quote
    assert (number.unit, number.category) == (unit, category)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“4321”行动", "4321"),
        ("5G+应用", "5G+"),
        ("G337改线", "G337"),
        ("优化4+1结构", "4+1"),
        ("建设39X集群", "39X"),
        ("5A级景区", "5A级"),
    ],
)
def test_letters_and_plus_signs_make_codes(text, quote):
    number = only(text)
    assert text[number.start : number.end] == quote
    assert number.category in {"code", "none"}


@pytest.mark.parametrize("text", ["2023年", "2023年度", "6月底", "2023年6月30日", "6月30日", "2024-01-03"])
def test_dates_are_one_number(text):
    assert only(f"到{text},").category in {"date", "code"}


def test_a_span_of_years_is_no_date():
    assert only("连续参保满4年").category == "time"


@pytest.mark.parametrize(
    ("text", "low", "high"), [("3—5个", 3, 5), ("0-3岁", 0, 3), ("10至20家", 10, 20), ("6%~8%", 6, 8)]
)
def test_ranges_keep_both_bounds(text, low, high):
    number = only(text)
    assert (number.value, number.value_max, number.end) == (low, high, len(text))


@pytest.mark.parametrize("text", ["一批项目", "一体化", "五水共治", "百年大计", "千家万户"])
def test_idioms_are_no_numbers(text):
    assert read(text) == []


def test_a_bare_scale_is_read_with_its_comparator():
    number = only("引进亿元以上项目")
    assert (number.form, number.end - number.start) == ("bare", 4)


@pytest.mark.parametrize(
    ("unit", "base"), [("500万只蓄电池", "只"), ("3亿元", "元"), ("2万平方米", "平方米"), ("6万千瓦", "千瓦")]
)
def test_the_base_unit_is_without_scale(unit, base):
    assert only(unit).base_unit == base


@pytest.mark.parametrize(("word", "sign"), [("以上", ">="), ("以内", "<="), ("左右", "~"), ("", "")])
def test_trailing_words_compare(word, sign):
    assert compare(word) == sign


@given(st.text(alphabet="0123456789.,，%％万亿元个家所多以上左右年月-—+AGX三十分之翻番级岁的 ", max_size=60))
def test_numbers_are_in_order_do_not_overlap_and_hold_every_digit(text):
    found = read(text)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    covered = {index for one in found for index in range(one.start, one.end)}
    assert all(index in covered for index, character in enumerate(text) if character.isdigit())
