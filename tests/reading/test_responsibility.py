"""Tails that say who answers for a task."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.reading.responsibility import read_responsibilities, responsibilities

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def names(parties):
    return "、".join(one.name for one in parties)


def read(text):
    return list(responsibilities(text, 0, len(text), 2023))


@pytest.mark.parametrize(
    ("text", "leaders", "leads", "joint", "cooperating"),
    [
        ("办好学校。(责任领导:张甲;牵头单位:县教育局;责任单位:县财政局)", "张甲", "县教育局", "", "县财政局"),
        ("办好学校。（责任领导：张甲、李乙；牵头单位：县教育局、县财政局）", "张甲、李乙", "县教育局", "县财政局", ""),
        ("办好学校。\n责任单位：县教育局、县财政局", "", "县教育局", "", "县财政局"),
        ("牵头单位：县教育局，配合单位：县财政局、各乡镇（街道）", "", "县教育局", "", "县财政局、各乡镇（街道）"),
        ("牵头领导：张甲\n牵头单位：县教育局\n配合单位：县财政局\n下一段。", "张甲", "县教育局", "", "县财政局"),
        ("【责任单位】县教育局、▲县财政局", "", "县财政局", "", "县教育局"),
        ("牵头单位：★县教育局、※县财政局、县审计局", "", "县教育局、县财政局", "县审计局", ""),
        ("牵头单位：县教育局、县卫健局分别牵头", "", "县教育局、县卫健局", "", ""),
        ("（县教育局牵头，县财政局、县审计局配合）", "", "县教育局", "", "县财政局、县审计局"),
        ("办好学校。（县教育局、县财政局）\n", "", "县教育局", "", "县财政局"),
        ("牵 头 单 位：县教育局　责 任 单 位：县财政局", "", "县教育局", "", "县财政局"),
        ("道路畅通工程,牵头部门:县交通局。进度较慢。", "", "县交通局", "", ""),
        ("（牵头单位：县教育局）（配合单位：县财政局）", "", "县教育局", "", "县财政局"),
    ],
)
def test_a_tail_names_who_leads_and_who_cooperates(text, leaders, leads, joint, cooperating):
    (one,) = read(text)
    assert (names(one.leaders), names(one.leads), names(one.joint), names(one.cooperating)) == (
        leaders, leads, joint, cooperating,
    )  # fmt: skip
    assert one.doubts == () or "括号" in one.doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "各责任单位：一是要压实责任。",
        "各牵头单位要切实履行牵头抓总责任。",
        "责任单位：要加强统筹协调",
        "牵头单位：",
        "建设县政务服务中心（县行政审批局）大厅",
        "维护费用（由企业自行负责）。",
        "列第一位的责任单位为牵头单位。",
        "推动产业升级。（详见附件）",
    ],
)
def test_what_only_speaks_of_the_responsible_is_no_tail(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "last", "words"),
    [
        ("（牵头单位：县教育局；完成时限：6月底前）", "2023-06-30", "6月底前"),
        ("（县教育局牵头，县财政局配合，9月底前完成）", "2023-09-30", "9月底前"),
        ("责任单位：县教育局  完成时限：2024年3月", "2024-03-31", "2024年3月"),
        ("责任单位：县教育局；完成时间：长期坚持", "None", "长期坚持"),
    ],
)
def test_the_deadline_is_read_with_its_words(text, last, words):
    (one,) = read(text)
    assert (str(one.deadline.last), one.deadline.words) == (last, words)
    assert names(one.leads) == "县教育局"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("责任单位：各乡镇（街道）", "“各乡镇（街道）”是统称，没有写明由哪个单位牵头。"),
        ("（县教育局、县财政局按职责分工负责）", "原文写的是按职责分工负责，现按列第一位的单位牵头读。"),
        ("责任领导：张甲", "没有写明牵头单位。"),
        ("责任单位：县教育局、抓紧推进", "“抓紧推进”不像单位名称。"),
    ],
)
def test_what_is_not_certain_is_said(text, doubt):
    (one,) = read(text)
    assert doubt in one.doubts


def test_a_list_that_ends_in_deng_stays_open():
    (one,) = read("责任单位：县教育局等部门")
    assert one.is_open
    assert names(one.leads) == "县教育局"


def test_each_tail_knows_the_task_around_it():
    text = "一、工作任务\n1.办好学校。（牵头单位：县教育局）\n2.建好医院。\n牵头单位：县卫健局\n"
    found = read_responsibilities(load(text.encode(), "甲.txt"), 2023)
    assert [(one.task, names(one.leads)) for one in found] == [(1, "县教育局"), (2, "县卫健局")]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("主办单位：某县人民政府办公室　承办单位：某县大数据局", 0),
        ("主办单位：某县人民政府", 0),
        ("主办单位：县教育局；协办单位：县财政局", 1),
        ("主办单位：县政府办；协办单位：县财政局", 1),
    ],
)
def test_the_foot_of_a_web_page_names_nobody_responsible(line, count):
    assert len(read(line)) == count


def test_a_bracket_that_never_closes_ends_with_its_line():
    (one,) = read("（责任单位：县教育局、县财政局\n第二段。")
    assert names(one.cooperating) == "县财政局"


@given(st.text(alphabet="责任单位牵头领导：:、；（()）县教育局财政\n等。▲", max_size=80))
def test_any_text_is_read_in_order_and_every_name_stands_at_its_place(text):
    at = 0
    for one in read(text):
        assert one.span.start >= at
        for party in (*one.leaders, *one.leads, *one.joint, *one.cooperating):
            assert party.span in one.span
            assert party.span.quote(text) == party.name
        at = one.span.end


def test_ten_times_the_text_takes_no_more_than_thirty_times_as_long():
    import time

    def took(text):
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    part = "（（责任单位：县教育局、县财政局（牵头单位：" * 200
    assert took(part * 10) < 30 * max(took(part), 0.005)


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")
def test_every_document_of_the_corpus_is_read():
    count = 0
    for path in sorted(CORPUS.glob("*/*.txt")):
        text = load(path.read_bytes(), path.name).text
        for one in responsibilities(text, 0, len(text), 2023):
            count += 1
            for party in (*one.leaders, *one.leads, *one.joint, *one.cooperating):
                assert party.span.quote(text) == party.name, path.name
    assert count >= 25


def test_bodies_with_parts_of_their_own_each_lead():
    text = "建好学校和医院。（牵头单位：县教育局（学校部分）、县卫健局（医院部分）；责任单位：县财政局）"
    (one,) = responsibilities(text, 0, len(text), 2023)
    assert [(lead.name, lead.part.quote(text)) for lead in one.leads] == [("县教育局", "学校"), ("县卫健局", "医院")]
    assert [body.name for body in one.cooperating] == ["县财政局"]
    assert "reading.responsibility.each" in one.rules
