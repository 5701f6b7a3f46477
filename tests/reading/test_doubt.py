"""Reasons of doubt: what a person should look at first."""

import pytest

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.doubt import doubt_commitments, doubt_targets


def reading_of(text):
    return read(load(f"(一)工作\n{text}\n".encode(), "甲.txt"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("short_indicator", "完成投资8亿元。"),
        ("restored", "新建青石绿道3公里、云溪步道及其配套驿站2公里，达到国内一流水平，另拓宽5公里。"),
        ("open_role", "青石河沿线村落12个。"),
        ("describes", "引进港口项目，总投资8亿元。"),
        ("offers", "城乡低保标准提高到每月900元。"),
        ("past_words", "新增就业2万人，累计达到8万人。"),
        ("open_basis", "农机作业服务达到80%。"),
        ("coordinated", "新建和改造农田机井300眼。"),
        ("unusual_number", "培育农村合作社300余个。"),
        ("unknown_unit", "脱贫人口增加130万。"),
    ],
)
def test_a_target_says_why_it_should_be_looked_at(code, text):
    codes = {doubt.code for target in reading_of(text).targets for doubt in target.doubts}
    assert code in codes


@pytest.mark.parametrize(
    "text", ["新增高新技术企业30家以上。", "社会消费品零售总额增长8%左右。", "污水处理率达到96%。", "新建绿道25公里。"]
)
def test_a_plain_target_carries_no_doubt(text):
    (target,) = reading_of(text).targets
    assert (target.doubts, target.doubt, target.doubtfulness) == ((), "", 0)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("short_object", "夺取青石鼎。"),
        ("completed_name", "完成东岭、西坞等邻里中心建设。"),
        ("general_verb", "优化河湖管护长效机制。"),
        ("open_kind", "组建青石河管护队。"),
        ("shared_list", "加强居家、社区养老服务体系建设。"),
        ("joined", "编制青石江治理和保护规划。"),
        ("bare_noun", "建设图书馆、种植基地。"),
        ("own_predicate", "推进云溪片区联动青石新区建设。"),
    ],
)
def test_a_commitment_says_why_it_should_be_looked_at(code, text):
    codes = {doubt.code for one in reading_of(text).commitments for doubt in one.doubts}
    assert code in codes


def test_the_gravest_doubt_stands_first_and_all_are_told_in_sentences():
    (target,) = reading_of("总投资12亿元，完成投资8亿元左右。").targets[-1:]
    weights = [doubt.weight for doubt in target.doubts]
    assert weights == sorted(weights, reverse=True)
    assert target.doubtfulness == sum(weights) > 0
    assert all(doubt.message.endswith("。") for doubt in target.doubts)
    assert target.doubt == "".join(doubt.message for doubt in target.doubts)


def test_everything_from_a_scan_is_doubtful():
    found = reading_of("新增高新技术企业30家以上，建成青石大桥。")
    text = found.document.text
    (target,) = doubt_targets(text, list(found.targets), scanned=True)
    (promise,) = doubt_commitments(list(found.commitments), heading=False, scanned=True)
    assert (target.doubts[-1].code, promise.doubts[-1].code) == ("scanned", "scanned")


def test_conditions_and_names_carry_no_doubt():
    found = reading_of("对购置新能源车的居民给予最高5000元补贴，加快318国道改造。")
    assert [one.doubts for one in found.mentions] == [(), ()]


def test_every_member_of_a_list_that_shares_a_noun_is_doubtful():
    found = reading_of("健全青石、云溪、东岭巡查制度。").commitments
    assert len(found) == 3
    assert all("shared_list" in {doubt.code for doubt in one.doubts} for one in found)


def test_members_of_a_list_closed_by_and_so_on_are_only_completed():
    found = reading_of("完成东岭、西坞等邻里中心建设。").commitments
    assert all({doubt.code for doubt in one.doubts} == {"completed_name"} for one in found)
