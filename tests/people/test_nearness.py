"""A name the roster does not know leads to the bodies it can mean, the nearest first, each with its reason."""

from datetime import date

import pytest

from luoshi.people.nearness import near_bodies
from luoshi.people.roster import Body, Roster

ROSTER = Roster.of(
    [
        Body("fgj", "清河县发展和改革局"),
        Body("jy", "清河县教育体育局"),
        Body("scj", "清河县市场监督管理局"),
        Body("ny", "清河县农业农村局"),
        Body("zj", "清河县住房和城乡建设局"),
        Body("rs", "清河县人力资源和社会保障局"),
        Body("wj", "清河县卫生健康局"),
        Body("wl", "清河县文化广电旅游局"),
        Body("zr", "清河县自然资源和规划局"),
        Body("zs", "清河县政务服务和数据资源管理局"),
        Body("kf", "清河经济开发区管理委员会", kind="zone"),
        Body("gx", "清河高新技术产业园区管理委员会", kind="zone"),
        Body("ly", "柳营街道办事处", kind="town"),
        Body("sq", "石桥镇人民政府", kind="town"),
        Body("sq2", "石桥南镇人民政府", kind="town"),
        Body("sl_a", "清河县水利局", until=date(2023, 7, 1)),
        Body("sl_b", "清河县水务局", since=date(2023, 7, 1)),
    ]
)


def codes(written, **more):
    return [one.body.code for one in near_bodies(written, ROSTER, **more)]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("县教体局", "jy"),
        ("县教育局", "jy"),
        ("教体局", "jy"),
        ("清河县教体局", "jy"),
        ("县发改局", "fgj"),
        ("县发改委", "fgj"),
        ("县发展改革局", "fgj"),
        ("县市场监管局", "scj"),
        ("市场监管局", "scj"),
        ("县农业局", "ny"),
        ("县住建局", "zj"),
        ("县人社局", "rs"),
        ("县卫健局", "wj"),
        ("县卫健委", "wj"),
        ("县文广旅局", "wl"),
        ("县文旅局", "wl"),
        ("县资规局", "zr"),
        ("县自然资源局", "zr"),
        ("县政数局", "zs"),
        ("开发区管委会", "kf"),
        ("清河经开区管委会", "kf"),
        ("高新区管委会", "gx"),
        ("柳营街道", "ly"),
        ("柳营办事处", "ly"),
        ("柳营街办", "ly"),
        ("柳营街道办", "ly"),
        ("石桥镇府", "sq"),
        ("石桥镇政府", "sq"),
        ("石桥乡人民政府", "sq"),
    ],
)
def test_an_abbreviation_leads_to_its_body_first(written, code):
    assert codes(written)[:1] == [code]


def test_the_reason_names_the_characters():
    assert near_bodies("县教体局", ROSTER)[0].reason == "“教体”各字依次取自名录中的“教育体育”。"
    assert near_bodies("县教育局", ROSTER)[0].reason == "“教育”是名录中的“教育体育”的开头。"
    assert near_bodies("县发展改革委员会", ROSTER)[0].reason == "都是“发展改革”。"
    assert near_bodies("县农业农村办", ROSTER)[0].reason == "都是“农业农村”。机关称谓不同。"


def test_two_bodies_nearly_as_near_are_told_as_doubtful():
    roster = Roster.of([Body("a", "清河县文化旅游局"), Body("b", "清河县文物旅游局"), Body("c", "清河县水利局")])
    first, second = near_bodies("县文旅局", roster)
    assert (first.is_tied, second.is_tied) == (True, True)
    assert first.reason.endswith("另有单位同样相近，请核对。")
    assert not near_bodies("县文化局", roster)[0].is_tied


def test_a_later_name_of_a_reformed_body_is_near_to_the_former_one():
    roster = Roster.of([Body("jy", "清河县教育局"), Body("ty", "清河县体育中心")])
    assert [one.body.code for one in near_bodies("县教体局", roster)][:1] == ["jy"]
    assert [one.body.code for one in near_bodies("县教育体育局", roster)][:1] == ["jy"]


def test_an_alias_counts_like_a_name():
    roster = Roster.of([Body("dsj", "清河县大数据发展管理局", aliases=("县政务办",)), Body("zfb", "清河县政法委")])
    assert near_bodies("县政务服务办", roster)[0].body.code == "dsj"


@pytest.mark.parametrize("written", ["县气象台", "石桥水库", "", "县", "局"])
def test_a_name_with_nothing_in_common_is_near_to_nobody_certain(written):
    assert all(one.score < 1 for one in near_bodies(written, ROSTER))


def test_a_town_is_no_department_and_a_department_no_town():
    assert "sq" not in codes("县石桥局")
    assert "ny" not in codes("农业镇")


def test_bodies_that_no_longer_stand_are_not_near():
    assert "sl_a" not in codes("县水利水务中心", on=date(2023, 8, 1))


def test_every_body_is_nearest_to_its_own_name():
    for body in ROSTER.bodies.values():
        assert near_bodies(body.name, ROSTER)[0].body == body
