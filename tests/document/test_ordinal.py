"""Chinese heading numbers."""

import pytest

from luoshi.document.ordinal import ordinal


@pytest.mark.parametrize(
    ("words", "number"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("甲", 0)]
)
def test_heading_numbers_are_read(words, number):
    assert ordinal(words) == number
