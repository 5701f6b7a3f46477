"""The words before a number."""

import pytest

from luoshi.reading.left import strip_before
from luoshi.reading.number import numbers


def left(text):
    number = list(numbers(text, 0, len(text)))[-1]
    found = strip_before(text, 0, number)
    return text[: found.end], found


@pytest.mark.parametrize(
    ("text", "subject", "comparator", "basis", "baseline"),
    [
        ("出口总额突破30亿元", "出口总额", ">=", "", None),
        ("失业率控制在4%以内", "失业率", "<=", "", None),
        ("出口总额同比增长5%", "出口总额", "", "growth", None),
        ("单位能耗较前三年平均数下降3%", "单位能耗", "", "reduction", "前三年平均数"),
        ("细颗粒物浓度较2020年下降10%", "细颗粒物浓度", "", "reduction", "2020年"),
        ("补助标准不低于最低标准的1.5倍", "补助标准", ">=", "", "最低标准"),
        ("医保补助标准提高到640元", "医保补助标准", "", "", None),
        ("节约12万吨", "节约", "", "", None),
    ],
)
def test_comparator_basis_and_baseline_are_taken_and_the_subject_remains(text, subject, comparator, basis, baseline):
    rest, found = left(text)
    assert rest == subject
    assert (found.comparator, found.basis, found.baseline) == (comparator, basis, baseline)


def test_a_change_before_a_count_belongs_to_the_subject():
    assert left("完成老旧小区改造提升12个")[0] == "完成老旧小区改造提升"


def test_each_word_taken_is_a_step():
    text = "出口总额突破30亿元"
    (step,) = left(text)[1].steps
    assert step[0] == "reading.quantity.at_least"
    assert text[step[1] : step[2]] == "突破"
