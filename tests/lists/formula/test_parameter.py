from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from luoshi.lists.formula.parameter import NoParameter, Parameter, Setting, TableBand, banded, interpolated, looked_up

BENCHMARK = Parameter(
    "benchmark",
    "亩均税收基准",
    "value",
    (
        Setting(date(2021, 1, 1), date(2021, 12, 31), Fraction("26.01")),
        Setting(date(2022, 1, 1), date(2022, 12, 31), Fraction("24.097")),
    ),
)


@pytest.mark.parametrize(
    ("day", "value"), [(date(2021, 12, 31), "26.01"), (date(2022, 1, 1), "24.097"), (date(2022, 12, 31), "24.097")]
)
def test_a_benchmark_is_that_of_its_year(day, value):
    assert BENCHMARK.on(day).value == Fraction(value)


def test_a_year_without_a_benchmark_is_said_and_not_guessed():
    with pytest.raises(NoParameter, match="参数“亩均税收基准”在2023年1月1日没有取值"):
        BENCHMARK.on(date(2023, 1, 1))


def test_of_two_that_hold_the_later_one_counts():
    always = Setting(None, None, Fraction(1))
    since = Setting(date(2023, 1, 1), None, Fraction(2))
    assert Parameter("p", "参数", "value", (since, always)).on(date(2023, 5, 1)).value == 2


def test_air_quality_is_interpolated_between_its_points():
    # HJ 633: PM2.5 of 35…75 μg/m³ is IAQI 50…100; 45 → 50 + 50 × 10/40 = 62.5
    points = Setting(
        None, None, bands=tuple(TableBand(Fraction(x), Fraction(y)) for x, y in ((0, 0), (35, 50), (75, 100)))
    )
    assert interpolated(points, Fraction(45)) == Fraction("62.5")
    assert interpolated(points, Fraction(75)) == 100
    assert interpolated(points, Fraction(76)) is None
    assert interpolated(points, None) is None


def test_below_the_first_band_and_under_an_unknown_key_there_is_nothing():
    bands = Setting(None, None, bands=(TableBand(Fraction(60), "C"),))
    assert banded(bands, Fraction(59)) is None
    assert banded(bands, "text") is None
    assert looked_up(Setting(None, None, keyed={"a": Fraction(1)}), "b") is None
    assert looked_up(Setting(None, None, keyed={"a": Fraction(1)}), None) is None
