"""Documents are values."""

from dataclasses import FrozenInstanceError, fields

import pytest

from luoshi.document import load
from luoshi.terms.span import Span


def test_a_document_quotes_its_text():
    assert load("建成大桥。\n".encode(), "甲.txt").quote(Span(2, 4)) == "大桥"


def test_a_document_and_its_parts_cannot_be_changed():
    document = load("(一)产业\n1.做强工业。\n".encode(), "甲.txt")
    for one in (document, document.areas[0], document.tasks[0], document.paragraphs[0], document.regions[0]):
        with pytest.raises(FrozenInstanceError):
            setattr(one, fields(one)[0].name, None)


def test_the_same_bytes_give_equal_documents():
    assert load("建成大桥。".encode(), "甲.txt") == load("建成大桥。".encode(), "甲.txt")
