"""The first act of an installation."""

from __future__ import annotations

import pytest

from luoshi.acts.found_county import office_name


@pytest.mark.parametrize(
    ("county", "shown"),
    [("新昌县", "县府办"), ("滨江区", "区府办"), ("义乌市", "市府办"), ("云岭州", "州府办"), ("云岭", "县府办")],
)
def test_the_office_is_called_by_what_kind_of_place_it_is(county, shown):
    assert office_name(county) == shown
