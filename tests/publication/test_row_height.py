from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publication.row_height import HIGHEST, LOWEST, lines, page_starts, row_heights


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [
        ("", 11, 1),
        ("六个汉字一行", 11, 1),
        ("七个汉字占两行", 11, 2),
        ("一\n二\n三", 11, 3),
    ],  # (11 − 1) × 0.6 = 6 characters
)
def test_lines_of_wrapped_text_are_counted(text, room, count):
    assert lines(text, room) == count


def test_a_merged_cell_stretches_its_rows_together():
    long = "\n".join("字" * 5)  # 5 × 14 + 6 = 76 points over two rows
    assert row_heights([["甲", long], ["乙", long]], [11, 11], {1: [(0, 1)]}) == [38, 38]


def test_a_row_is_never_higher_than_excel_allows_nor_lower_than_a_line():
    assert row_heights([["字\n" * 99], [""]], [11], {}) == [HIGHEST, LOWEST]


def test_a_page_begins_before_the_group_that_would_be_torn():
    assert page_starts([40, 40, 40, 40], [(0, 0), (1, 2), (3, 3)], 100, 120) == [1]
    # 40 of 100 are used; 80 more do not fit; then 120 − 80 = 40 holds the last row exactly


def test_a_group_higher_than_a_page_runs_on_and_leaves_the_rest_of_its_last_page():
    # 250 points from the top of a page of 100: two and a half pages; 50 are left, which hold the next row
    assert page_starts([50, 250, 50, 20], [(0, 0), (1, 1), (2, 2), (3, 3)], 100, 100) == [1, 3]


@given(st.lists(st.integers(24, 409), min_size=1, max_size=40))
def test_no_page_of_single_rows_overflows(heights):
    starts = [0, *page_starts(heights, [(i, i) for i in range(len(heights))], 409, 409), len(heights)]
    assert all(sum(heights[a:b]) <= 409 for a, b in pairwise(starts))
