"""A paragraph the document does not number is told apart, not counted as one of its tasks."""

from __future__ import annotations

import pytest

from luoshi.store.queries.lights import coverage
from luoshi.store.queries.overview import counted_tasks


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([*range(1, 41), ""], "40项任务，另有1段未编号的要求"),
        ([1, 2], "2项任务"),
        (["", ""], "0项任务，另有2段未编号的要求"),
        ([], "0项任务"),
    ],
)
def test_tasks_are_counted_by_their_numbers(numbers, text):
    assert counted_tasks([{"number": number} for number in numbers]) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [("1/11", "11项中1项可评"), ("0/3", "3项均无可评数据"), ("11/11", ""), ("0/0", ""), ("", "")],
)
def test_how_much_a_light_speaks_of_is_told_unless_it_speaks_of_all(parts, text):
    assert coverage(parts) == text
