from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publication.share import hundred


@pytest.mark.parametrize(
    ("counts", "places", "printed"),
    [
        # 金寨, domain.md §0.2 fact 7: 162/222 = 72.97 %, printed 72.9 = 100 − (7.7 + 4.5 + 10.8 + 4.1)
        ([17, 10, 24, 9, 162], 1, ["7.7", "4.5", "10.8", "4.1", "72.9"]),
        # 54, 30 and 9 of 93: 32.26 and 9.68 as rounded, then 100 − 41.94
        ([54, 30, 9], 2, ["58.06", "32.26", "9.68"]),
        ([1, 1, 1], 2, ["33.34", "33.33", "33.33"]),  # the first of equals takes the rest
        ([7], 2, ["100"]),
        ([0, 3], 2, ["0", "100"]),
        ([0, 0], 2, ["0", "0"]),
        ([], 2, []),
    ],
)
def test_the_largest_class_takes_what_rounding_leaves(counts, places, printed):
    assert hundred(counts, places) == tuple(map(Decimal, printed))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=9), st.integers(0, 3))
def test_percentages_of_something_always_add_up_to_100(counts, places):
    shares = hundred(counts, places)
    assert sum(shares) == (100 if sum(counts) else 0)


def test_a_negative_count_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        hundred([3, -1])
