"""Names in lists of the responsible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.parties import is_body_like, read_parties


def read(text, role="responsible"):
    shares, is_open = read_parties(text, 0, len(text), role)
    return [(share.role, [party.name for party in share.parties]) for share in shares], is_open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县教育局、县财政局", ["县教育局", "县财政局"]),
        ("县教育局,县财政局;县城投集团", ["县教育局", "县财政局", "县城投集团"]),
        ("县教育局 县财政局", ["县教育局", "县财政局"]),
        ("县教育局\n县财政局", ["县教育局", "县财政局"]),
        ("县住房和城乡建设局", ["县住房和城乡建设局"]),
        ("县文化和广电旅游体育局", ["县文化和广电旅游体育局"]),
        ("市生态环境局和县水利局", ["市生态环境局", "县水利局"]),
        ("县委宣传部及县融媒体中心", ["县委宣传部", "县融媒体中心"]),
        ("各镇（街道、开发区），县水利局", ["各镇（街道、开发区）", "县水利局"]),
        ("由县教育局", ["县教育局"]),
        ("县自然资源\n和规划局、县教\n育局", ["县自然资源\n和规划局", "县教\n育局"]),
    ],
)
def test_a_list_is_cut_into_its_names(text, names):
    assert read(text) == ([("responsible", names)], False)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("县教育局牵头，县财政局、县审计局配合", [("lead", ["县教育局"]), ("cooperate", ["县财政局", "县审计局"])]),
        ("县教育局牵头，县财政局", [("lead", ["县教育局"]), ("cooperate", ["县财政局"])]),
        ("县教育局、县财政局按职责分工负责", [("responsible", ["县教育局", "县财政局"])]),
        ("县督查落实办", [("responsible", ["县督查落实办"])]),
    ],
)
def test_a_verb_gives_its_role_to_the_names_before_it(text, shares):
    assert read(text)[0] == shares


@pytest.mark.parametrize("text", ["县财政局等", "县财政局等部门", "县财政局等5个单位", "县财政局等有关单位"])
def test_a_list_that_ends_in_deng_is_open(text):
    assert read(text) == ([("responsible", ["县财政局"])], True)


def test_a_name_that_only_holds_the_word_deng_is_closed():
    assert read("县高等专科学校") == ([("responsible", ["县高等专科学校"])], False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张甲、李乙丙", ["张甲", "李乙丙"]),
        ("张甲 李乙丙", ["张甲", "李乙丙"]),
        ("张 甲", ["张 甲"]),
        ("张 甲李 乙", ["张 甲", "李 乙"]),
        ("副县长张甲", ["副县长张甲"]),
    ],
)
def test_leaders_are_named_even_where_two_characters_stand_apart(text, names):
    assert read(text, "leader") == ([("leader", names)], False)


def test_a_name_without_its_blanks_is_given_too():
    ((share,), _) = read_parties("张　甲", 0, 3, "leader")
    assert share.parties[0].plain == "张甲"


@pytest.mark.parametrize(
    ("name", "is_group"), [("各乡镇（街道）", True), ("县直有关部门", True), ("相关乡镇办", True), ("县关工委", False)]
)
def test_groups_are_told_from_bodies(name, is_group):
    ((share,), _) = read_parties(name, 0, len(name), "lead")
    assert share.parties[0].is_group is is_group


@pytest.mark.parametrize(
    "text", ["▲县教育局、县财政局", "县教育局★、县财政局", "※ 县教育局、县财政局", "县教育局（牵头）、县财政局（配合）"]
)
def test_marks_are_no_part_of_a_name(text):
    ((share,), _) = read_parties(text, 0, len(text), "responsible")
    assert [(one.name, one.is_marked) for one in share.parties] == [("县教育局", True), ("县财政局", False)]


@pytest.mark.parametrize(
    ("name", "is_body"),
    [
        ("县教育局", True),
        ("市生态环境局分局", True),
        ("各乡镇", True),
        ("企业自行", False),
        ("加快进度", False),
        ("局", False),
    ],
)
def test_bodies_are_known_by_their_endings(name, is_body):
    assert is_body_like(name) is is_body


@given(
    st.text(alphabet="县教育局财政、，；,()（）等牵头配合各和 ▲\n", max_size=60), st.sampled_from(["lead", "leader"])
)
def test_every_name_stands_at_its_place(text, role):
    at = 0
    for share in read_parties(text, 0, len(text), role)[0]:
        for party in share.parties:
            assert party.span.quote(text) == party.name
            assert party.span.start >= at
            at = party.span.end


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("县教育局牵头学校建设、县卫健局牵头医院建设", [("县教育局", "学校建设"), ("县卫健局", "医院建设")]),
        ("县教育局、县卫健局牵头“一老一小”设施", [("县教育局", "“一老一小”设施"), ("县卫健局", "“一老一小”设施")]),
        ("县教育局（学校建设部分）、县卫健局(医院方面)", [("县教育局", "学校建设"), ("县卫健局", "医院")]),
        ("县委办（县档案局）、县教育局牵头抓总", [("县委办（县档案局）", None), ("县教育局", None)]),
        ("县教育局牵头负责", [("县教育局", None)]),
        ("县教育局牵头组织实施", [("县教育局", None)]),
    ],
)
def test_each_body_is_read_with_the_part_that_is_its_own(text, parts):
    shares, _ = read_parties(text, 0, len(text), "lead")
    found = [(one.name, one.part and one.part.quote(text)) for share in shares for one in share.parties]
    assert found == parts
