"""An entry answers for any field, set or not."""

from datetime import date

from luoshi.lists.entry import Entry


def test_a_field_that_was_never_set_is_none():
    entry = Entry("e", "task", "p", "v", "adopted", 1, date(2023, 1, 1), {"name": "科创飞地"})
    assert entry["name"] == "科创飞地"
    assert entry["leader"] is None
