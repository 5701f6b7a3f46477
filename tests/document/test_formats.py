"""Formats told by their bytes."""

import pytest

from luoshi.document import load
from luoshi.document.formats import recognise

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04", "zip"),
        (OLE, "ole"),
        (b"\x89PNG\r\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"RIFF\0\0\0\0WEBP", "image"),
        (b"BM\x00\x00\x00\x00\x00\x00", "image"),
        (b"BM is no picture", "txt"),
        (b"{\\rtf1", "rtf"),
        (b"Rar!\x1a", "archive"),
        (b"<!DOCTYPE html><html>", "html"),
        ("完成投资5亿元。".encode(), "txt"),
    ],
)
def test_a_format_is_told_by_the_bytes(data, kind):
    assert recognise(data) == kind


@pytest.mark.parametrize(
    ("data", "identity", "words"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "document.E004", "docx"),
        (OLE + "Workbook".encode("utf-16-le"), "document.E004", "xlsx"),
        (OLE, "document.E004", "docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "document.E006", "密码"),
        (b"{\\rtf1 }", "document.E004", "docx"),
        (b"Rar!\x1a\x07", "document.E004", "解压"),
    ],
)
def test_what_is_refused_comes_with_advice(data, identity, words):
    (finding,) = load(data, "甲.doc").findings
    assert finding.id == identity
    assert words in finding.hint
