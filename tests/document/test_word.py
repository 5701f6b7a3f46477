"""Word files to lines."""

import io
import zipfile

import docx
import pytest

from luoshi.document import load
from luoshi.document.word import UnreadableFile, read_word


def word(build):
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def package(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def test_paragraphs_and_tables_come_in_printed_order_and_merged_cells_once():
    def build(document):
        document.add_paragraph("(一)产业方面")
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
        table.cell(1, 0).text, table.cell(1, 1).text = "投资", "5亿元"
        document.add_paragraph("1.做强工业。新建厂房2座。")

    assert read_word(word(build)) == "(一)产业方面\n合并\n投资\t5亿元\n1.做强工业。新建厂房2座。\n"


def test_a_word_file_becomes_a_document_with_tasks():
    document = load(word(lambda made: made.add_paragraph("1.做强工业。新建厂房2座。")), "甲.docx")
    assert (document.format, [task.number for task in document.tasks]) == ("docx", [1])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04broken", "损坏"),
        (package({"xl/workbook.xml": ""}), "Excel表格"),
        (package({"OFD.xml": ""}), "OFD"),
        (package({"甲.txt": ""}), "压缩包"),
        (package({"word/document.xml": "<broken"}), "损坏"),
    ],
)
def test_other_packages_are_refused_by_name(data, words):
    with pytest.raises(UnreadableFile, match=words):
        read_word(data)


def test_a_package_that_unpacks_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr("luoshi.document.word.UNPACKED_LIMIT", 10)
    with pytest.raises(UnreadableFile, match="过大"):
        read_word(word(lambda made: made.add_paragraph("甲")))
