"""What a promise is."""

import pytest

from luoshi.reading.kind import event, honour, is_vague, project, stage
from luoshi.reading.promise import parse


def read(text):
    return parse(text, 0, len(text))


@pytest.mark.parametrize("text", ["争创国家卫生城市", "启动国家卫生城市创建", "再夺青云鼎"])
def test_titles_to_win_are_honours(text):
    assert honour(read(text)) == "honour"


@pytest.mark.parametrize("text", ["建成青石航道", "健全管护机制"])
def test_other_promises_are_no_honours(text):
    assert not honour(read(text))


def test_festivals_and_contests_are_events():
    assert event(read("办好青石文化节"))
    assert not event(read("办好人民满意教育"))


def test_projects_are_things_with_a_name():
    assert project(read("加快青石航道建设"), listed=False)
    assert not project(read("加快绿色转型步伐"), listed=False)
    assert not project(read("推进重大项目建设"), listed=False)


def test_general_directions_are_vague():
    assert is_vague(read("加强干部队伍建设"))
    assert not is_vague(read("加快青石航道建设"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("谋划青石航道", "plan"),
        ("启动青石航道建设", "start"),
        ("建成青石航道", "complete"),
        ("改造青石航道", "upgrade"),
        ("加快青石航道建设", "advance"),
    ],
)
def test_stages_follow_verbs(text, name):
    assert stage(read(text)) == name
