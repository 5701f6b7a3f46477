"""Directions, effects and what others do are told from things to be built."""

import pytest

from luoshi.reading.direction import is_described, is_generic, is_of_others, is_soft_work, undescribed


@pytest.mark.parametrize("name", ["干净、整洁的河岸环境", "一流的青石物流中心", "最美青石大道"])
def test_praise_names_nothing(name):
    assert is_described(name, "打造")


@pytest.mark.parametrize(
    ("name", "verb"), [("青石物流中心", "打造"), ("以古瓷为主题的青石小学", "建设"), ("云溪谷", "塑造")]
)
def test_a_name_is_no_description(name, verb):
    assert not is_described(name, verb)


def test_what_is_shaped_is_described_and_what_is_built_is_named():
    assert is_described("辐射两岸的物流港", "打造")
    assert not is_described("辐射两岸的物流港", "建成")


@pytest.mark.parametrize(
    ("name", "verb", "left"),
    [
        ("辐射两岸的青石物流港", "建成", "青石物流港"),
        ("辐射两岸的青石物流港", "打造", "辐射两岸的青石物流港"),
        ("以古瓷为主题的青石小学", "建设", "以古瓷为主题的青石小学"),
        ("青石物流港", "建成", "青石物流港"),
    ],
)
def test_a_description_goes_only_from_what_is_built(name, verb, left):
    assert undescribed(name, verb) == left


@pytest.mark.parametrize("name", ["青石企业参与老城改造", "云溪片区融入都市圈", "县内企业自建平台"])
def test_what_others_do_is_a_clause_of_its_own(name):
    assert is_of_others(name)


@pytest.mark.parametrize("name", ["“参与式”治理中心", "青石大桥"])
def test_a_verb_within_quotation_marks_is_part_of_a_name(name):
    assert not is_of_others(name)


@pytest.mark.parametrize("name", ["重大文化产业项目", "创新平台", "一批重点项目"])
def test_classifying_words_alone_are_generic(name):
    assert is_generic(name)


@pytest.mark.parametrize("name", ["青石文化产业项目", "“青石”平台"])
def test_a_proper_word_is_not_generic(name):
    assert not is_generic(name)


def test_works_need_ground_under_them():
    assert is_soft_work("校外托管机构治理")
    assert not is_soft_work("青石河治理")
    assert not is_soft_work("青石大桥")
