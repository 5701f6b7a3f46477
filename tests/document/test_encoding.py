"""The encodings in which texts arrive, and what is no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.encoding import decode

TEXT = "一、2023年重点工作\r\n1.完成工业投资65亿元以上，新增规上企业30家。\r\n2.城镇登记失业率控制在3%以内。\r\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_each_encoding_gives_the_same_text_without_its_mark(data, name):
    assert decode(data) == (TEXT, name)


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00" * 4000, b"\x89\x00\xff\xfe\x00\x01" * 500])
def test_binary_bytes_are_no_text(data):
    assert decode(data) is None


def test_two_bytes_that_are_both_a_chinese_and_a_foreign_letter_are_chinese():
    assert decode("投资5元".encode("gb18030")) == ("投资5元", "gb18030")
    assert decode("5元".encode("gb18030")) == ("5元", "gb18030")


def test_a_marked_text_that_does_not_decode_is_no_text():
    assert decode(codecs.BOM_UTF8 + b"\xff\xfe\xfa") is None


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_none_and_never_an_exception(data):
    found = decode(data)
    assert found is None or isinstance(found[0], str)


@given(st.text(alphabet="的年和工作，。发展建设0123456789%万亿元新增完成\r\n", min_size=8, max_size=200))
def test_chinese_text_survives_gb18030_and_utf8(text):
    assert decode(text.encode("gb18030"))[0] == text
    assert decode(text.encode())[0] == text
