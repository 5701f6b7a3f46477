"""Roles by the nearest words: the phrasings are in corpus/role.yaml; here the rules that say so."""

import pytest

from luoshi.document import load
from luoshi.reading import read


@pytest.mark.parametrize(
    ("text", "role", "identity"),
    [
        ("加快318国道改造。", "name", "reading.role.name"),
        ("打造“20分钟便民圈”。", "name", "reading.role.quoted"),
        ("深化3+6体系。", "name", "reading.role.code"),
        ("连续参保满4年的居民。", "condition", "reading.role.time"),
        ("启动总投资10亿元的港口建设。", "condition", "reading.role.described"),
        ("推进青石300兆瓦光伏项目建设。", "name", "reading.role.described"),
        ("抓好12项重点工作。", "name", "reading.role.announced"),
        ("给予最高50万元奖励。", "condition", "reading.role.offer"),
        ("引进百亿级企业。", "condition", "reading.role.scale"),
        ("每1000名老人配备护理员。", "condition", "reading.role.per"),
        ("新建学校(其中小学2所)。", "condition", "reading.role.bracketed"),
    ],
)
def test_the_rule_that_decides_is_kept(text, role, identity):
    (mention, *_) = read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")).mentions
    assert (mention.role, mention.steps[0][0]) == (role, identity)
