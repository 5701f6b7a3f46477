"""Sentences to commitments."""

import pytest

from luoshi.document import load
from luoshi.reading import read


def found(text):
    reading = read(load(f"(一)工作\n{text}\n".encode(), "甲.txt"))
    return [(one.kind, one.object, one.quote) for one in reading.commitments]


def test_members_of_a_list_share_the_quote_of_their_clause():
    assert found("大力推进青石大桥、云溪隧道等项目建设。") == [
        ("project", "青石大桥", "推进青石大桥、云溪隧道等项目建设"),
        ("project", "云溪隧道", "推进青石大桥、云溪隧道等项目建设"),
    ]


def test_a_clause_whose_number_is_a_target_is_not_listed_again():
    assert found("建成青石工业园3个。") == []


@pytest.mark.parametrize("text", ["营造良好氛围。", "抓落实是生命线。", "以人民为中心。"])
def test_slogans_are_not_listed(text):
    assert found(text) == []


def test_aspirations_are_marked():
    reading = read(load("(一)工作\n争创国家卫生城市。健全河湖管护机制。\n".encode(), "甲.txt"))
    assert [one.modality for one in reading.commitments] == ["aspire", "firm"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("积极统筹经营性事业单位改革。", "统筹经营性事业单位改革"),
        ("加快推进总投资3亿元、占地60亩的青石校区建设。", "推进总投资3亿元、占地60亩的青石校区建设"),
        ("推动东岭水厂建成投运、西坞电站并网发电。", "东岭水厂建成投运"),
        ("推进东岭街及9条小巷等道路建设。", "推进东岭街及9条小巷等道路建设"),
    ],
)
def test_the_quote_is_cut_from_the_text(text, quote):
    assert quote in found(text)[0][2]
    assert found(text)[0][2] in text


def test_a_heading_names_a_programme_and_a_numbered_fair_but_no_direction():
    assert found("实施城乡融合示范工程。推进相关工作。")[0][:2] == ("measure", "城乡融合示范工程")
    assert found("办好第四届青石博览会。推进相关工作。")[0][:2] == ("event", "第四届青石博览会")
    assert found("深化县域创新体系建设。推进相关工作。") == []
