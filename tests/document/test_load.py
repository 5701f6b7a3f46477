"""Bytes to a document, and what is refused by a finding."""

import hashlib

import pytest

from luoshi.document import LIMIT, load
from luoshi.terms.finding import Level


def only(document):
    (finding,) = document.findings
    return finding


def test_a_document_keeps_text_and_hash_of_the_bytes():
    data = "标题\r\n(一)产业方面\r\n1.做强工业。完成投资5亿元。\r\n".encode("gb18030")
    document = load(data, "/some/where/文件.txt")
    assert document.text == data.decode("gb18030")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.name, document.format, document.encoding) == ("文件.txt", "txt", "gb18030")


@pytest.mark.parametrize(
    ("data", "identity", "words"),
    [
        (b"", "document.E001", "空"),
        (b" \r\n \n", "document.E001", "没有文字"),
        (bytes(range(256)) * 40, "document.E003", "不是文字"),
        (b"PK\x03\x04rest", "document.E005", "损坏"),
        (b"\xd0\xcf\x11\xe0rest", "document.E004", "旧版"),
        (b"{\\rtf1 rest", "document.E004", "rtf"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_why(data, identity, words):
    finding = only(load(data, "甲.txt"))
    assert (finding.id, finding.level) == (identity, Level.ERROR)
    assert words in finding.message
    assert finding.hint.endswith("。")


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_decoded():
    document = load(b"a" * LIMIT, "大.txt")
    assert only(document).id == "document.E002"
    assert "50兆字节" in only(document).message
    assert document.text == ""


def test_a_file_just_under_the_limit_is_read():
    assert load("完成投资5亿元。\n".encode() * 1000, "甲.txt").text.startswith("完成")


def test_a_control_character_is_kept_and_told():
    document = load(("建成大桥。" * 100 + "\x07新建厂房。").encode(), "甲.txt")
    assert "\x07" in document.text
    (finding,) = [one for one in document.findings if one.id == "document.W010"]
    assert document.text[finding.start : finding.end] == "\x07"


def test_a_document_in_english_is_told():
    document = load(b"Build 2 bridges and invest 5 billion yuan this year.", "a.txt")
    assert "document.W019" in [one.id for one in document.findings]
    mixed = load("建成5G基站200个，推进ETC、VR、AI应用，建设IPTV平台。".encode(), "甲.txt")
    assert "document.W019" not in [one.id for one in mixed.findings]
