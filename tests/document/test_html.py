"""Web pages to text and tables."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.html import is_html

BODY = "<p>(一)产业方面</p><p>1.做强工业。<b>新建</b>厂房2座，完成投资5亿元，带动就业三百人，形成新的产业集群，促进县域经济发展。</p>"
LINES = "(一)产业方面\n1.做强工业。新建厂房2座，完成投资5亿元，带动就业三百人，形成新的产业集群，促进县域经济发展。\n"
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='{0}'><title>甲</title><style>p{{}}</style></head><body>"
    "<div><a href='#'>首页，新闻</a> | <a href='#'>县政府召开常务会议，研究5项工作。</a></div>{1}"
    "<div>版权所有</div><div>浙ICP备05000000号</div><script>var a = '9家';</script></body></html>"
)


def page(inner, charset="utf-8"):
    return PAGE.format(charset, inner).encode(charset)


def ids(document):
    return [one.id for one in document.findings]


@pytest.mark.parametrize(
    "inner",
    [
        f"<div id='zoom'>{BODY}</div>",
        f"<div class='TRS_Editor x'><div>{BODY}</div></div>",
        f"<div class='x'>{BODY}</div>",
        f"<table><tr><td>{BODY}</td></tr></table>",
        f"<table><tr><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>",
        "<table><tr><td>" + BODY.replace("<p>", "　　").replace("</p>", "<br>\n") + "</td></tr></table>",
        "<div>" + BODY.replace("<p>", "<div><p>").replace("</p>", "</p></div>") + "</div>",
    ],
)
def test_the_block_of_the_document_is_found_and_the_rest_left_out(inner):
    text = load(page(inner), "甲.html").text
    assert text.replace("　", "") == LINES


def test_the_page_heading_is_taken_when_it_stands_outside_the_block():
    document = load(page(f"<h1>2023年政府工作报告</h1><div id='zoom'>{BODY}</div>"), "甲.html")
    assert document.text == "2023年政府工作报告\n" + LINES
    assert document.quote(document.title) == "2023年政府工作报告"


def test_a_heading_that_the_block_repeats_is_taken_once():
    document = load(page(f"<h1>政府 工作报告</h1><div id='zoom'><p>政府工作报告</p>{BODY}</div>"), "甲.html")
    assert document.text == "政府工作报告\n" + LINES


def test_hidden_words_and_scripts_are_left_out():
    document = load(page(f"<div id='zoom'><p style='display: none'>8家</p>{BODY}<script>9家</script></div>"), "甲.html")
    assert document.text == LINES


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_the_encoding_a_page_names_is_used(charset):
    document = load(page(f"<div>{BODY}</div>", charset), "甲.html")
    assert (document.text, document.encoding) == (LINES, "gb18030" if charset.startswith("gb") else charset)
    assert ids(document) == []


def test_a_page_in_traditional_characters_is_read():
    words = "建設工程完成投資5億元，帶動就業三百人，促進經濟。"
    data = f"<html><meta charset='big5'><body><div><p>{words}</p><p>{words}</p></div></body></html>".encode("big5")
    document = load(data, "甲.html")
    assert (document.text, document.encoding) == (f"{words}\n" * 2, "big5")


def test_bytes_decide_when_the_named_encoding_is_wrong():
    data = PAGE.format("gb2312", f"<div>{BODY}</div>").encode("utf-8")
    assert load(data, "甲.html").text == LINES


def test_a_byte_that_cannot_be_decoded_is_told():
    data = page(BODY * 3, "gb2312").replace("厂房".encode("gb2312"), b"\xff\xff\xff\xff", 1)
    document = load(data, "甲.html")
    assert "document.W008" in ids(document)
    assert document.encoding == "gb18030"


def test_wrapped_source_lines_leave_no_blanks_between_characters():
    text = load(page("<div id='zoom'><p>完成投资\n   5亿元，新建\n 厂房2座，带动就业。</p></div>"), "甲.html").text
    assert text == "完成投资 5亿元，新建厂房2座，带动就业。\n"


TABLE = (
    "<table><tr><th>序号</th><th>任务</th><th>牵头单位</th></tr><tr><td>1</td><td>建成大桥2座。</td><td rowspan='2'>交通局</td></tr>"
    "<tr><td>2</td><td><p>改造道路。</p><p>长3公里。</p></td></tr><tr><td colspan=3>合计</td></tr></table>"
)


def test_a_table_of_data_keeps_its_cells_and_fills_merged_ones():
    document = load(page(f"<div id='zoom'><p>现将任务分解如下：</p>{TABLE}</div>"), "甲.html")
    (table,) = document.tables
    assert [[document.quote(cell.span) for cell in row] for row in table.rows] == [
        ["序号", "任务", "牵头单位"],
        ["1", "建成大桥2座。", "交通局"],
        ["2", "改造道路。\n长3公里。", "交通局"],
        ["合计"] * 3,
    ]
    assert [task.number for task in document.tasks] == [1, 2]


def test_a_page_that_is_one_table_is_read_as_that_table():
    document = load(page(f"<div><p>任务分解表</p>{TABLE}<p>附注</p></div>"), "甲.html")
    assert len(document.tables) == 1
    assert (document.text.split()[0], document.text.split()[-1]) == ("任务分解表", "附注")


def test_a_layout_table_is_no_table_of_the_document():
    assert load(page(f"<table><tr><td>{BODY}</td></tr></table>"), "甲.html").tables == ()


def test_a_page_without_text_is_a_finding():
    assert ids(load(b"<html><body></body></html>", "甲.html")) == ["document.E001"]


def test_text_that_only_mentions_html_is_no_page():
    assert not is_html("新建网站，使用<html>。".encode())
    assert is_html(b"\xef\xbb\xbf<!-- saved from url -->\r\n<html>")


def test_a_page_of_twenty_megabytes_of_pictures_is_read_without_them():
    data = page(f"<img src='data:image/png;base64,{'A' * 20_000_000}'><div id='zoom'>{BODY}</div>")
    began = time.perf_counter()
    assert load(data, "甲.html").text == LINES
    assert time.perf_counter() - began < 5


def test_a_page_of_twenty_megabytes_of_words_is_refused_with_a_finding():
    document = load(page("<p>甲</p>" * 2_000_000), "甲.html")
    assert ids(document) == ["document.E007"]


def test_a_page_of_mere_markup_is_refused_with_a_finding():
    assert ids(load(page("<b>" * 500_000), "甲.html")) == ["document.E007"]


def test_scripts_that_are_never_closed_take_no_time():
    began = time.perf_counter()
    load(page("<script><!--<style 'data:x,'" * 500_000), "甲.html")
    assert time.perf_counter() - began < 10


def test_deep_nesting_ends():
    assert load(page("<div>" * 20_000 + BODY), "甲.html").text


def test_a_table_of_ten_thousand_rows_is_cut_with_a_finding():
    document = load(page("<table>" + "<tr><td>甲，</td><td>乙</td></tr>" * 10_000 + "</table>"), "甲.html")
    assert "document.W005" in ids(document)


@given(st.text(alphabet="<>/pdivtablescrhm= '\"甲乙&;", max_size=200))
def test_any_markup_gives_a_document_and_never_an_exception(text):
    load(("<html><body>" + text).encode(), "甲.html")


VALID = page(f"<h1>标题标题</h1><div id='zoom'>{BODY}{TABLE}</div>")


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.binary(max_size=4)), min_size=1, max_size=10))
def test_any_spoiled_page_gives_a_document_and_never_an_exception(changes):
    spoiled = bytearray(VALID)
    for place, value in changes:
        spoiled[place : place + 3] = value
    document = load(bytes(spoiled), "甲.html")
    assert document.text or document.findings


def test_a_table_whose_cells_reach_over_most_rows_is_still_a_table():
    rows = "<tr><td rowspan=3>产业</td><td>甲项</td><td rowspan=3>县教育局</td></tr><tr><td>乙项</td></tr><tr><td>丙项</td></tr>"
    document = load(page(f"<table>{rows}{rows}</table>"), "甲.html")
    (table,) = document.tables
    assert [row[2].span.quote(document.text) for row in table.rows] == ["县教育局"] * 6
