"""What earlier words of a sentence give to later ones."""

import pytest

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.restore import project_of


def indicators(text):
    return [one.indicator for one in read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")).targets]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("签约农业项目12个以上、总投资6亿元以上。", ["签约农业项目", "签约农业项目总投资"]),
        ("加快青石新城建设，完成投资6亿元。", ["青石新城建设完成投资"]),
        ("完成企业上云300家，其中规上企业80家。", ["完成企业上云", "完成企业上云规上企业"]),
        ("粮食播种面积36万亩、产量12万吨。", ["粮食播种面积", "粮食产量"]),
        ("面向社区等6类以上场所，开展安全检查。", ["场所开展安全检查"]),
        ("推进高标准农田建设，新建3000亩。", ["新建高标准农田"]),
        ("青石产业产值达到30亿元，云溪产业达到20亿元。", ["青石产业产值", "云溪产业产值"]),
    ],
)
def test_elided_words_are_restored(text, names):
    assert indicators(text) == names


@pytest.mark.parametrize(
    ("clause", "name"),
    [("加快青石新城建设", "青石新城建设"), ("推进老城片区更新步伐", "老城片区更新"), ("抓落实是生命线", "")],
)
def test_a_clause_that_advances_something_names_it(clause, name):
    assert project_of(clause) == name
