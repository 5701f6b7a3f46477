"""What loaders collect."""

import pytest

from luoshi.document import extract as module
from luoshi.document.extract import UnreadableFile, Writer
from luoshi.document.table import Block, arrange
from luoshi.terms.finding import Level


def test_lines_tables_and_asides_are_joined_in_order_with_their_places():
    writer = Writer("docx", "甲.docx")
    writer.line("标题")
    writer.aside.append(("脚注", "注一：说明"))
    writer.table(arrange([[Block("序号"), Block("任务")], [Block("1"), Block("建成大桥")]]))
    found = writer.finish()
    assert found.text == "标题\n序号\t任务\n1\t建成大桥\n注一：说明\n"
    (region,), (table,) = found.regions, found.tables
    assert region.span.quote(found.text) == "注一：说明"
    assert table.rows[1][1].span.quote(found.text) == "建成大桥"


def test_a_reader_of_lines_sees_cells_as_lines_and_no_asides():
    writer = Writer("docx", "甲.docx")
    writer.aside.append(("目录", "一、工业……1"))
    writer.table(arrange([[Block("序号"), Block("任务")], [Block("1"), Block("建成大桥")]]))
    found = writer.finish()
    assert len(found.shape()) == len(found.text)
    assert found.shape().split() == ["序号", "任务", "1、建成大桥"]


def test_text_over_the_limit_is_cut_with_a_finding(monkeypatch):
    monkeypatch.setattr(module, "TEXT_LIMIT", 5)
    writer = Writer("docx", "甲.docx")
    writer.line("一二三四五六七")
    writer.line("八")
    found = writer.finish()
    assert found.text.strip() == "一二三四五"
    assert [one.id for one in found.findings] == ["document.W006"]


def test_an_empty_table_is_no_table():
    writer = Writer("docx", "甲.docx")
    writer.table(arrange([[Block(" ")]]))
    assert writer.finish().tables == ()


def test_an_unreadable_file_says_what_to_do():
    with pytest.raises(UnreadableFile) as caught:
        raise UnreadableFile("document.E005", "文件已损坏，打不开。", "请重新导出。")
    finding = caught.value.finding("甲.docx")
    assert (finding.level, finding.where, finding.hint) == (Level.ERROR, "甲.docx", "请重新导出。")
