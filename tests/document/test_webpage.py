"""Web pages to lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.webpage import is_webpage, read_webpage

BODY = "<p>(一)产业方面</p><p>1.做强工业。<b>新建</b>厂房2座，完成投资5亿元，带动就业三百人，形成新的产业集群，促进县域经济发展。</p>"
PAGE = "<!DOCTYPE html><html><head><meta charset='{0}'><title>甲</title><style>p{{}}</style></head><body><div>首页 | 新闻</div>{1}<div>版权所有</div></body></html>"


def page(inner, charset="utf-8"):
    return PAGE.format(charset, inner).encode(charset)


@pytest.mark.parametrize(
    "inner",
    [f"<div id='zoom'>{BODY * 3}</div>", f"<div class='x'>{BODY}</div>", f"<table><tr><td>{BODY}</td></tr></table>"],
)
def test_the_block_of_the_document_is_found_and_the_rest_left_out(inner):
    text, _ = read_webpage(page(inner))
    assert text.startswith("(一)产业方面\n1.做强工业。新建厂房2座，")
    assert "首页" not in text
    assert "版权" not in text


def test_the_encoding_a_page_names_is_used():
    text, encoding = read_webpage(page(BODY, "gb2312"))
    assert "做强工业" in text
    assert encoding == "gb18030"


def test_line_breaks_end_lines():
    text, _ = read_webpage(b"<html><body><div>A<br>B<script>x</script></div></body></html>")
    assert text == "A\nB\n"


def test_a_page_becomes_a_document_with_tasks():
    document = load(page(BODY), "甲.html")
    assert (document.format, [task.number for task in document.tasks]) == ("html", [1])


def test_a_page_without_text_is_a_finding():
    assert [one.id for one in load(b"<html><body></body></html>", "甲.html").findings] == ["document.E001"]


def test_text_that_only_mentions_html_is_no_page():
    assert not is_webpage("新建网站，使用<html>。".encode())


@given(st.text(alphabet="<>/pdivtablescrhm= '\"甲乙&;", max_size=200))
def test_any_markup_gives_a_document_and_never_an_exception(text):
    load(("<html><body>" + text).encode(), "甲.html")
