"""Names as documents write them lead to bodies of the roster; what is uncertain stays several."""

from datetime import date

import pytest

from luoshi.people.match import candidates, members
from luoshi.people.roster import Body, Roster

ROSTER = Roster.of(
    [
        Body("fgj", "新昌县发展和改革局", "县发改局", aliases=("发改",)),
        Body("fb", "新昌县人民政府办公室", "县府办", aliases=("县政府办",)),
        Body("scj", "新昌县市场监督管理局", "县市场监管局"),
        Body("yulin", "新昌县羽林街道办事处", "羽林街道", kind="town"),
        Body("gx", "新昌高新技术产业园区管理委员会", "高新区管委会", kind="zone"),
        Body("kf", "新昌经济开发区管理委员会", "开发区管委会", kind="zone"),
        Body("shaxi", "沙溪镇人民政府", "沙溪镇", kind="town"),
        Body("sx_a", "新昌县水利局", "县水利局", until=date(2023, 7, 1)),
        Body("sx_b", "新昌县水务局", "县水务局", aliases=("县水利局",), since=date(2023, 7, 1)),
    ]
)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("新昌县发展和改革局", ["fgj"]),
        ("县发改局", ["fgj"]),
        ("发改局", ["fgj"]),
        ("发改", ["fgj"]),
        ("县 发改局", ["fgj"]),
        ("县政府发改局", ["fgj"]),
        ("县发改局（牵头）", ["fgj"]),
        ("发展和改革局", ["fgj"]),
        ("县府办", ["fb"]),
        ("县人民政府办公室", ["fb"]),
        ("县政府办公室", ["fb"]),
        ("市场监管局", ["scj"]),
        ("县市场监管局", ["scj"]),
        ("羽林", ["yulin"]),
        ("羽林街道办事处", ["yulin"]),
        ("沙溪镇政府", ["shaxi"]),
        ("高新区管委会", ["gx"]),
        ("开发区管委会", ["kf"]),
        ("县水利局", ["sx_a", "sx_b"]),
        ("管委会", []),
        ("县政府", []),
        ("局", []),
        ("", []),
        ("县教体局", []),
    ],
)
def test_a_written_name_leads_to_the_bodies_it_can_mean(written, codes):
    assert [body.code for body in candidates(written, ROSTER)] == codes


def test_on_a_day_only_bodies_that_stand_then_are_meant():
    assert [body.code for body in candidates("县水利局", ROSTER, date(2023, 6, 30))] == ["sx_a"]
    assert [body.code for body in candidates("县水利局", ROSTER, date(2023, 7, 1))] == ["sx_b"]


def test_every_registered_name_leads_back_to_its_body():
    for body in ROSTER.bodies.values():
        for name in (body.name, body.short_name, *body.aliases):
            assert body in candidates(name, ROSTER), name


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("各乡镇（街道）", ["shaxi", "yulin"]),
        ("各镇街", ["shaxi", "yulin"]),
        ("各功能区", ["gx", "kf"]),
        ("县各有关部门", []),
        ("各有关乡镇", []),
    ],
)
def test_a_group_means_all_bodies_of_its_kind_or_none_that_can_be_listed(group, codes):
    assert [body.code for body in members(group, ROSTER)] == codes
