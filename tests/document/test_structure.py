"""Areas, tasks, paragraphs and the regions that are not read."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.structure import FURNITURE, GLOSSARY, MARK

PLAN = """某县2023年度重点任务
发布时间:2024-01-03 12:08
访问次数:12

为落实县委部署，抓好以下重点工作：
(一)产业方面
坚持工业强县。
1.做强工业。完成投资5亿元。
2、做优农业。新建农田200亩。
同时，做好其他工作。
（二）民生方面
3.办好教育。新建学校1所。
分享到:
【打印本页】【关闭本页】
"""


def read(text, name="甲.txt"):
    return load(text.encode(), name)


def quotes(document, name):
    return [document.quote(region.span) for region in document.regions if region.name == name]


def test_the_title_is_the_first_line_that_is_no_furniture():
    document = read(PLAN)
    assert document.quote(document.title) == "某县2023年度重点任务"


def test_areas_carry_number_title_and_the_lines_under_them():
    first, second = read(PLAN).areas
    assert (first.number, first.title, first.level) == (1, "产业方面", 2)
    assert (second.number, second.title) == (2, "民生方面")
    assert first.span.end == second.span.start


def test_tasks_carry_number_title_and_area():
    tasks = read(PLAN).tasks
    assert [(task.number, task.title, task.area) for task in tasks] == [
        (1, "做强工业", 0), (2, "做优农业", 0), (3, "办好教育", 1),
    ]  # fmt: skip


def test_explanations_of_terms_are_a_glossary_whether_headed_or_not():
    document = read(
        "（一）产业\n做强工业。\n1.“三链”：是指产业链、供应链、创新链。\n2.“一窗”。是指一个窗口受理20项业务。\n"
    )
    assert [one[:4] for one in quotes(document, GLOSSARY)] == ["1.“三", "2.“一"]
    headed = read("（一）产业\n做强工业。\n附件一：名词解释\n1.三链 产业链。\n")
    assert quotes(headed, GLOSSARY)[0].startswith("附件一")


def test_a_task_that_explains_later_in_its_text_is_still_a_task():
    assert [
        one.number
        for one in read("（一）产业\n1.做强工业。完成投资5亿元，这里所说的投资，口径是指固定资产投资。\n").tasks
    ] == [1]


def test_the_unnumbered_paragraph_after_a_task_belongs_to_its_area_and_to_no_task():
    document = read(PLAN)
    (paragraph,) = [one for one in document.paragraphs if document.quote(one.span).startswith("同时")]
    assert (paragraph.area, paragraph.task) == (0, None)


def test_the_preamble_of_an_area_belongs_to_no_task():
    document = read(PLAN)
    (paragraph,) = [one for one in document.paragraphs if document.quote(one.span).startswith("坚持")]
    assert (paragraph.area, paragraph.task) == (0, None)


def test_paragraphs_under_a_task_heading_that_stands_alone_belong_to_the_task():
    document = read("(一)产业方面\n1.做强工业\n完成投资5亿元。\n新建厂房2万平方米。\n2.做优农业\n新建农田200亩。\n")
    assert [one.task for one in document.paragraphs] == [None, 1, 1, 1, 2, 2]
    assert document.quote(document.tasks[0].span).endswith("2万平方米。")


def test_furniture_and_heading_numbers_are_named_regions():
    document = read(PLAN)
    assert quotes(document, FURNITURE) == [
        "发布时间:2024-01-03 12:08",
        "访问次数:12",
        "分享到:",
        "【打印本页】【关闭本页】",
    ]
    assert quotes(document, MARK) == ["(一)", "1.", "2、", "（二）", "3."]


def test_a_decimal_at_the_start_of_a_line_is_no_heading():
    document = read("(一)产业方面\n3.5亿元投资已经落实。\n")
    assert document.tasks == ()


def test_a_glossary_ends_the_body():
    document = read("一、工作安排\n新建学校1所。\n名词解释\n1.三公经费：指3项经费。\n")
    assert quotes(document, GLOSSARY) == ["名词解释\n1.三公经费：指3项经费。\n"]
    assert document.tasks == ()


def test_parts_hold_areas():
    document = read("一、总体要求\n二、重点工作\n（一）产业\n新建厂房。\n（二）民生\n三、自身建设\n")
    assert [(one.level, one.number, one.parent) for one in document.areas] == [
        (1, 1, None), (1, 2, None), (2, 1, 1), (2, 2, 1), (1, 3, None),
    ]  # fmt: skip


def found(text):
    return [(one.id, one.start, one.end) for one in read(text).findings]


def test_a_missing_number_is_found_at_the_task_after_it():
    text = "(一)产业\n1.甲。\n2.乙。\n5.丙。\n"
    at = text.index("5.")
    assert found(text) == [("document.W002", at, at + 2)]
    assert "3至4" in read(text).findings[0].message


def test_a_doubled_number_is_found_and_both_tasks_are_kept():
    text = "(一)产业\n1.甲。\n2.乙。\n2.丙。\n"
    at = text.rindex("2.")
    assert found(text) == [("document.W003", at, at + 2)]
    assert [task.number for task in read(text).tasks] == [1, 2, 2]


def test_a_number_out_of_order_is_found():
    text = "(一)产业\n1.甲。\n3.乙。\n2.丙。\n"
    assert [identity for identity, _, _ in found(text)] == ["document.W002", "document.W004"]


def test_numbering_that_starts_anew_under_each_area_is_no_fault():
    assert found("(一)产业\n1.甲。\n2.乙。\n(二)民生\n1.丙。\n2.丁。\n") == []


def test_a_document_without_tasks_says_so_and_is_read_by_paragraphs():
    document = read("新建学校1所。\n新建医院1所。\n")
    assert [one.id for one in document.findings] == ["document.W001"]
    assert len(document.paragraphs) == 2


@given(st.text(alphabet="一二、（）()1234.发布时间:。，新建校\n\r \u3000名词解释“”", max_size=200))
def test_every_line_lies_in_a_paragraph_or_a_region_and_nothing_overlaps(text):
    document = load(("正文。\n" + text).encode(), "甲.txt")
    spans = sorted([one.span for one in document.paragraphs] + [one.span for one in document.regions])
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start
    covered = set()
    for span in spans:
        covered.update(range(span.start, span.end))
    for index, character in enumerate(document.text):
        assert index in covered or character in " \u3000\r\n\xa0"
