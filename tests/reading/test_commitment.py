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
