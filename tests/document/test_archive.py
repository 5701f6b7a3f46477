"""Packages opened safely."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import archive as module
from luoshi.document.archive import Archive, kind_of_package, parse_xml
from luoshi.document.extract import UnreadableFile


def package(parts, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def refused(data, *read):
    def open_and_read():
        opened = Archive(data)
        return [opened.read(path) for path in read]

    with pytest.raises(UnreadableFile) as caught:
        open_and_read()
    assert caught.value.hint.endswith("。")
    return caught.value.identity


def test_a_part_is_read_whatever_its_case_and_slash():
    assert Archive(package({"Word/Document.xml": "甲"})).read("/word/document.xml").decode() == "甲"


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked():
    data = package({"word/document.xml": b"\0" * 50_000_000})
    assert len(data) < 100_000
    began = time.perf_counter()
    assert refused(data) == "document.E007"
    assert time.perf_counter() - began < 1


def test_many_parts_that_unpack_too_large_together_are_refused(monkeypatch):
    monkeypatch.setattr(module, "UNPACKED_LIMIT", 10)
    assert refused(package({"a": "123456", "b": "123456"})) == "document.E007"


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MEMBER_LIMIT", 2)
    assert refused(package({"a": "", "b": "", "c": ""})) == "document.E007"


def test_a_part_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(module, "PART_LIMIT", 3)
    assert refused(package({"a": "1234"}), "a") == "document.E007"


# named: an archive holds the moment it was made, and every worker must know a test by the same name
@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04broken", package({"a": "1" * 5000})[:-30], b"PK\x05\x06" + b"\0" * 10],
    ids=["head only", "cut", "end only"],
)
def test_a_broken_package_is_a_finding(data):
    assert refused(data) == "document.E005"


def test_a_part_whose_bytes_are_spoiled_is_a_finding():
    data = bytearray(package({"a": "任务" * 50}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert refused(bytes(data), "a") == "document.E005"


def test_a_missing_part_is_named():
    with pytest.raises(UnreadableFile, match=r"word/document\.xml"):
        Archive(package({"a": ""})).read("word/document.xml")


def test_an_encrypted_package_is_told():
    data = bytearray(package({"a": "1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "document.E006"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["word/document.xml"], "docx"),
        (["xl/workbook.xml"], "xlsx"),
        (["OFD.xml", "Doc_0/Document.xml"], "ofd"),
        (["ppt/presentation.xml"], "pptx"),
        (["mimetype", "content.xml"], "odf"),
        (["通知.docx", "附件.zip"], "zip"),
    ],
)
def test_a_package_is_known_by_its_parts(names, kind):
    assert kind_of_package(Archive(package(dict.fromkeys(names, "")))) == kind


def test_xml_entities_are_never_unfolded():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "甲" * 100}">' for n in range(10))
    bomb = f"<!DOCTYPE a [{levels}]><a>&l9;</a>"
    root = parse_xml(bomb.encode())
    assert root is None or len("".join(root.itertext())) < 1000


@given(st.integers(0, 300), st.integers(0, 255))
def test_one_wrong_byte_is_read_or_a_finding(place, value):
    data = bytearray(package({"word/document.xml": "任务" * 20, "xl/a.xml": "<a/>"}))
    data[place % len(data)] = value
    try:
        opened = Archive(bytes(data))
        found = [str(opened.xml(name).tag) for name in opened.names]
    except UnreadableFile as error:
        found = [error.identity]
    assert found
