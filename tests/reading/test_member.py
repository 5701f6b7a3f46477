"""Members of a clause and the number each is about."""

from luoshi.reading.clause import sentences
from luoshi.reading.member import mains, members
from luoshi.reading.number import numbers


def cut(text):
    (sentence,) = sentences(text, 0, len(text))
    return members(text, (0, len(text)), list(numbers(text, 0, len(text))), sentence)


def words(text):
    return [text[one.start : one.end] for one in cut(text)]


def test_a_list_is_cut_where_a_quantity_ends_and_not_within_a_name():
    assert words("新增上市、报会企业4家、辅导企业2家") == ["新增上市、报会企业4家", "辅导企业2家"]


def test_a_list_is_cut_where_a_quantity_begins():
    assert words("建成3个食堂和5个书房") == ["建成3个食堂", "5个书房"]


def test_bare_quantities_that_follow_are_counted():
    first, second, third = cut("甲、乙、丙分别增长6%、8%、20%")
    assert (first.followers, second.followers, third.followers) == (2, 1, 0)


def main_words(text):
    (member,) = cut(text)
    chosen, others = mains(text, member)
    return [text[one.start : one.end] for one in chosen], sorted(others.values())


def test_a_defining_quantity_is_a_condition():
    assert main_words("新增年产值5亿元企业3家") == (["3家"], ["condition"])


def test_a_percentage_of_those_who_reach_a_quantity_is_the_goal():
    assert main_words("60%以上的村集体收入达到20万元以上") == (["60%以上"], ["condition"])


def test_an_agent_that_is_counted_is_a_name():
    assert main_words("支持47家卫生院聘任100名医生") == (["100名"], ["name"])


def test_two_goals_in_one_member_are_both_kept():
    assert main_words("安排重点项目100个总投资500亿元") == (["100个", "500亿元"], [])
