"""Every character of a document belongs to something; tests/reading/test_reading.py tries it on real ones."""

from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.coverage import coverage


def covered(text):
    return coverage(read(load(text.encode(), "甲.txt")))


def test_characters_are_counted_by_what_they_belong_to():
    text = "(一)产业\n1.做强工业。坚持工业强县，建成青石大桥，新增企业3家。\n【打印本页】\n"
    counts = {name: count for name, count in covered(text).counts if count}
    assert counts == {
        "量化目标": len("新增企业3家。"),
        "无数字承诺": len("建成青石大桥，"),
        "定性要求": len("坚持工业强县，"),
        "标题": len("产业") + len("做强工业。"),
        "标题序号": len("(一)") + len("1."),
        "页面附属信息": len("【打印本页】"),
    }


def test_a_character_is_counted_once():
    one = covered("(一)产业\n加快青石路建设，完成投资8亿元。\n")
    assert one.held == one.total == len("(一)产业加快青石路建设，完成投资8亿元。")
    assert one.left == ()


def test_an_empty_document_has_nothing_to_count():
    assert covered("").total == 0


@example("1；，")  # a mark alone after the last sentence
@given(st.text(alphabet="加快建成青石大桥新增企业提升能级，。；：（）“”12３.%家亿元、 \n\t一二（三）", max_size=120))
def test_nothing_of_any_text_is_lost(text):
    one = covered("(一)工作\n" + text)
    assert one.left == ()
    assert one.held == one.total
