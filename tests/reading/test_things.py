"""Members of a list of things, each named completely."""

import pytest

from luoshi.reading.things import things


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("青石路、云溪桥等重点工程", ["青石路", "云溪桥"]),
        ("东岭、西坞等邻里中心", ["东岭邻里中心", "西坞邻里中心"]),
        ("青石中学、云溪小学等一批品质提升工程", ["青石中学品质提升工程", "云溪小学品质提升工程"]),
        ("“青石英才”大赛", ["“青石英才”大赛"]),
        ("“青石云鼎”", ["青石云鼎"]),
        ("省级文明县城、园林县城", ["省级文明县城", "省级园林县城"]),
        ("管理机制和薪酬制度改革", ["管理机制改革", "薪酬制度改革"]),
        ("318国道与青石线连接线", ["318国道与青石线连接线"]),
        ("企业规模和质量双提升行动", ["企业规模和质量双提升行动"]),
        ("标准地〔18〕改革", ["标准地改革"]),
    ],
)
def test_each_member_is_named(phrase, names):
    assert list(things(phrase)) == names
