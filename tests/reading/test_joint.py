"""Members of a list, and what joins them."""

import pytest

from luoshi.reading.joint import split


@pytest.mark.parametrize(
    ("phrase", "members"),
    [
        ("青石路、云溪桥和东岭隧道", ["青石路", "云溪桥", "东岭隧道"]),
        ("城中村和危旧房改造", ["城中村", "危旧房改造"]),
        ("318国道与青石线连接线", ["318国道与青石线连接线"]),
        ("云溪供水及新增管网覆盖工程", ["云溪供水及新增管网覆盖工程"]),
        ("“甲节”“乙节”和“丙节”", ["“甲节”", "“乙节”", "“丙节”"]),
        ("以效益为核心的考核评价和激励约束机制", ["以效益为核心的考核评价和激励约束机制"]),
    ],
)
def test_a_joint_stands_between_two_things_and_not_within_one_name(phrase, members):
    assert split(phrase) == members
