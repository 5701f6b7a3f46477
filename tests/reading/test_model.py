"""Readings are values."""

from dataclasses import FrozenInstanceError, fields

import pytest

from luoshi.document import load
from luoshi.reading import read


def reading():
    return read(load("(一)产业\n去年新增企业2家。新增企业3家，建成青石大桥。\n".encode(), "甲.txt"))


def test_targets_are_the_mentions_that_promise():
    assert [(one.quote, one.role) for one in reading().mentions] == [("2家", "result"), ("3家", "target")]
    assert [one.quote for one in reading().targets] == ["3家"]


def test_proposals_cannot_be_changed():
    for one in (reading(), reading().mentions[0], reading().commitments[0]):
        with pytest.raises(FrozenInstanceError):
            setattr(one, fields(one)[0].name, None)


def test_the_same_document_gives_equal_readings():
    assert reading() == reading()
