"""The look back is told from what is planned."""

import pytest

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.tense import past_paragraphs, tells_past


def past(text):
    document = load(text.encode(), "甲.txt")
    return [document.quote(document.paragraphs[i].span) for i in sorted(past_paragraphs(document))]


def test_a_part_headed_as_a_look_back_is_past_until_the_next_part():
    text = "一、2024年工作回顾\n新建学校3所。\n（一）产业\n投资8亿元。\n二、2025年主要工作\n（一）产业\n新建学校5所。\n"
    assert past(text) == ["2024年工作回顾", "新建学校3所。", "产业", "投资8亿元。"]


def test_a_part_named_after_an_earlier_year_is_past():
    assert (
        past("2025年1月10日\n一、2024年的主要工作\n新建学校3所。\n二、2025年主要工作\n新建5所。\n")[-1]
        == "新建学校3所。"
    )


def test_a_paragraph_that_opens_on_the_past_year_starts_a_look_back_and_the_plan_ends_it():
    text = "过去一年，我们奋力拼搏。\n新建学校3所。\n2025年工作的总体要求是稳中求进。\n新建学校5所。\n"
    assert past(text) == ["过去一年，我们奋力拼搏。", "新建学校3所。"]


def test_numbers_of_a_look_back_are_results():
    text = "一、2024年工作回顾\n新建学校3所。\n二、2025年主要工作\n新建学校5所。\n"
    roles = [(one.quote, one.role) for one in read(load(text.encode(), "甲.txt")).mentions if one.role != "name"]
    assert roles == [("3所", "result"), ("5所", "target")]


@pytest.mark.parametrize(
    ("clause", "is_past"),
    [
        ("去年新增就业3000人", True),
        ("比去年增长5%", False),
        ("已建成充电桩20个", True),
        ("抓好项目前期", False),
        ("新建学校2所", False),
    ],
)
def test_a_clause_says_itself_that_it_is_past(clause, is_past):
    assert tells_past(clause, 0, (0, len(clause))) is is_past


REPORT = """青石县2024年政府工作报告
——2024年1月9日在青石县第三届人民代表大会第四次会议上
{look}
{first}。新增就业5000人。
{second}。新建公路30公里。
{plan}
{third}。新增就业6000人。
"""


@pytest.mark.parametrize(
    ("look", "first", "second", "plan", "third"),
    [
        ("2023年工作回顾", "一、产业结构明显优化", "二、城乡面貌持续改善", "2024年工作安排", "一、做强产业"),
        ("一、2023年工作回顾", "（一）坚决落实各项工作部署，经济稳定增长", "（二）加大投入，城乡面貌持续改善", "二、2024年工作", "（一）做强产业"),
        ("一、攻坚克难，“十四五”实现良好开局", "（一）产业升级步伐加快", "（二）城乡面貌持续改善", "二、开创新局面", "（一）做强产业"),
        ("一、2023年工作回顾", "一年来的主要工作和成效是：\n（一）产业结构持续优化", "（二）城乡面貌持续改善", "二、对今年工作的建议", "（一）做强产业"),
        ("一、“十三五”回顾", "（一）产业结构持续优化", "（二）城乡面貌持续改善", "二、2035年远景目标和2024年重点工作", "（一）做强产业"),
        ("一、2023年工作回顾", "（一）产业结构持续优化", "（二）城乡面貌持续改善", "二、接续奋斗2024年，谱写新篇章", "（一）做强产业"),
    ],
)  # fmt: skip
def test_a_look_back_ends_where_the_plan_begins_whatever_its_headings_are_called(look, first, second, plan, third):
    text = REPORT.format(look=look, first=first, second=second, plan=plan, third=third)
    found = read(load(text.encode(), "甲.txt"))
    assert [one.quote for one in found.targets] == ["6000人"]


def test_a_paragraph_on_the_past_in_the_midst_of_the_plan_stands_alone():
    text = "一、2023年工作回顾\n新增就业5000人。\n二、2024年工作安排\n过去一年，新增企业30家。\n新增就业6000人。\n"
    assert [one.quote for one in read(load(text.encode(), "甲.txt")).targets] == ["6000人"]
