"""Documents are values."""

from dataclasses import FrozenInstanceError, fields

import pytest

from luoshi.document import load
from luoshi.terms.span import Span


def test_a_document_quotes_its_text():
    assert load("建成大桥。\n".encode(), "甲.txt").quote(Span(2, 4)) == "大桥"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("某县2023年度重点任务\n发布时间:2024-01-03\n1.做强工业。\n", "某县2023年度重点任务"),
        ("《某县2023年  重点任务》\n1.做强工业。\n", "某县2023年 重点任务"),
        ("关于印发《某县重点任务》的通知\n1.做强工业。\n", "关于印发《某县重点任务》的通知"),
        ("1.做强工业。\n", "document"),
    ],
)
def test_a_document_is_called_by_its_own_title_and_by_its_file_only_where_it_has_none(text, called):
    assert load(text.encode(), "document.txt").called == called


def test_a_document_and_its_parts_cannot_be_changed():
    document = load("(一)产业\n1.做强工业。\n".encode(), "甲.txt")
    for one in (document, document.areas[0], document.tasks[0], document.paragraphs[0], document.regions[0]):
        with pytest.raises(FrozenInstanceError):
            setattr(one, fields(one)[0].name, None)


def test_the_same_bytes_give_equal_documents():
    assert load("建成大桥。".encode(), "甲.txt") == load("建成大桥。".encode(), "甲.txt")
