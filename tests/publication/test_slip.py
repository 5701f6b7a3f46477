from __future__ import annotations

import pytest

from luoshi.publication.slip import SlipNumber


def test_a_slip_number_is_written_with_hexagonal_brackets_and_no_leading_zero():
    assert str(SlipNumber("新政督", 2023, 12)) == "新政督〔2023〕12号"


@pytest.mark.parametrize(("year", "serial"), [(2023, 0), (23, 1)])
def test_a_number_without_year_or_serial_is_an_error(year, serial):
    with pytest.raises(ValueError, match="not a slip number"):
        SlipNumber("新政督", year, serial)
