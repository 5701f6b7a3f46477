"""Plans, reforms and services, and what is carried out or set up."""

import pytest

from luoshi.reading.measure import is_bare_plan, measure, names_programmes
from luoshi.reading.promise import parse


def read(text):
    return parse(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("健全河湖管护机制", "reform"),
        ("编制流通发展规划", "plan"),
        ("打造养老服务圈", "service"),
        ("优化招商政策", ""),
        ("实施专项行动", ""),
    ],
)
def test_measures_are_named_concretely(text, sub):
    assert measure(read(text)) == sub


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("开展城市体检", "reform"),
        ("推行生活垃圾分类", "reform"),
        ("建立产业引导基金", "service"),
        ("开展广泛合作", ""),
        ("开展各类调查", ""),
        ("加强排污口调查", ""),
    ],
)
def test_what_is_carried_out_or_set_up_has_an_end_one_can_see(text, sub):
    assert measure(read(text)) == sub


def test_works_of_conduct_are_programmes():
    assert names_programmes(read("实施学前教育普惠、职业技能培育等工程"))
    assert not names_programmes(read("实施灌区改造、水库加固等工程"))


def test_a_plan_without_a_name_is_bare():
    assert is_bare_plan("三年行动")
    assert not is_bare_plan("青石湖保护三年行动")
