"""Files that were there before, told to whoever signs and verifies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from luoshi.store.models import Evidence
from luoshi.store.repeated_files import is_near, repeated_files

NEAR, FAR = "f" * 61 + "000", "0" * 63 + "1"


def _file(name, sha256="a", look="", body="002", day=20, media_type="image/jpeg"):
    when = datetime(2023, 8, day, 2, tzinfo=UTC)
    more = {"sha256": sha256, "look": look, "body": body, "media_type": media_type}
    Evidence.objects.create(id=name, name=f"{name}.jpg", size=1, uploaded_by="jing", uploaded_at=when, **more)


def _told(*rows, held=()):
    return repeated_files("002", [(row, held) for row in rows])


def test_looks_that_differ_by_twelve_bits_are_near_and_by_thirteen_not():
    assert is_near("f" * 64, NEAR)
    assert not is_near("f" * 64, "f" * 60 + "7000")
    assert not is_near("", "")


def test_the_same_file_is_told_with_the_day_it_was_first_sent(db):
    _file("old")
    _file("new", day=28)
    assert _told(["new"]) == [["佐证“new.jpg”与2023年8月20日上传的“old.jpg”是同一个文件"]]
    assert _told(["old"]) == [[]]


def test_a_picture_that_looks_the_same_is_told_as_perhaps_the_same(db):
    _file("old", "a", "f" * 64)
    _file("new", "b", NEAR, day=28)
    _file("other", "c", FAR, day=28)
    assert _told(["new", "other"]) == [["照片“new.jpg”与2023年8月20日上传的“old.jpg”像是同一张"]]


def test_one_photo_in_two_rows_is_told_in_the_second_alone(db):
    _file("one", day=28)
    _file("two", day=28)
    said = _told(["one"], ["two"])
    assert [len(row) for row in said] == [0, 1]


def test_two_in_one_row_are_not_held_against_each_other(db):
    _file("one")
    _file("two", day=28)
    assert _told(["one", "two"]) == [[]]


@pytest.mark.parametrize(("media_type", "said"), [("image/jpeg", 1), ("application/pdf", 0)])
def test_of_another_body_only_the_very_photo_counts_and_its_name_is_not_told_as_ones_own(db, media_type, said):
    """One notice of the county may prove the work of several; one photo does not."""
    _file("theirs", "a", "f" * 64, body="003", media_type=media_type)
    _file("mine", "a", day=28, media_type=media_type)
    _file("alike", "b", NEAR, day=28)
    (row,) = _told(["mine", "alike"])
    assert row == ["佐证“mine.jpg”与其他单位2023年8月20日上传的照片是同一个文件"][:said]


def test_a_sheet_of_many_rows_asks_as_often_as_one_of_one(db, django_assert_num_queries):
    for number in range(40):
        _file(f"f{number}", str(number))
    with django_assert_num_queries(2):
        _told(*([f"f{number}"] for number in range(40)))
    with django_assert_num_queries(0):
        assert _told([], []) == [[], []]


def test_a_file_that_takes_the_place_of_the_reports_own_is_not_held_against_it(db):
    _file("left out")
    _file("instead", day=28)
    assert _told(["instead"], held=["left out"]) == [[]]
