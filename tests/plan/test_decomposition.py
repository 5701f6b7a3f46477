"""Targets handed out in parts: sums, what is open, what is beyond; rates never add."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.decomposition import Allocation, decompose
from luoshi.terms.finding import Level
from luoshi.terms.unit import Quantity


def _parts(*amounts, symbol="亿元"):
    return [Allocation(f"target:{i}", f"b{i}", Quantity.of(amount, symbol)) for i, amount in enumerate(amounts)]


WHOLE = Quantity.of(15, "亿元")


def _ids(found):
    return [finding.id for finding in found.findings]


def test_parts_that_make_up_the_whole_balance():
    found = decompose(WHOLE, _parts(7, "5.5", "2.5"), is_additive=True)  # 7 + 5.5 + 2.5 = 15
    assert found.is_balanced
    assert (str(found.total), str(found.remainder), str(found.excess)) == ("15亿元", "0亿元", "0亿元")
    assert found.findings == ()


def test_parts_in_another_unit_of_the_same_kind_are_converted_exactly():
    found = decompose(WHOLE, [*_parts(10), Allocation("t", "z", Quantity.of(50_000, "万元"))], is_additive=True)
    assert found.is_balanced  # 50000 万元 = 5 亿元


def test_what_is_not_handed_out_yet_is_named():
    found = decompose(WHOLE, _parts(7, 5), is_additive=True, where="第3项")
    assert (str(found.total), str(found.remainder), str(found.excess)) == ("12亿元", "3亿元", "0亿元")
    (finding,) = found.findings
    assert (finding.id, finding.level, finding.where) == ("plan.W001", Level.WARNING, "第3项")
    assert finding.message == "总指标15亿元，已分解12亿元，还差3亿元没有落实到单位。"


def test_what_is_handed_out_beyond_the_whole_is_named():
    found = decompose(WHOLE, _parts(10, "6.5"), is_additive=True)
    assert (str(found.remainder), str(found.excess), found.is_balanced) == ("0亿元", "1.5亿元", False)
    assert _ids(found) == ["plan.N002"]
    assert "超出1.5亿元" in found.findings[0].message


def test_without_any_part_everything_is_open_and_nothing_is_wrong():
    found = decompose(WHOLE, [], is_additive=True)
    assert (str(found.remainder), found.findings) == ("15亿元", ())


def test_rates_are_never_added():
    found = decompose(Quantity.of(9, "%"), _parts(9, 10, symbol="%"), is_additive=False)
    assert (found.total, found.remainder, found.excess, found.is_balanced) == (None, None, None, False)
    assert _ids(found) == ["plan.N001"]


def test_a_part_of_another_kind_of_unit_is_an_error_and_nothing_is_added():
    found = decompose(WHOLE, [*_parts(10), Allocation("t", "z", Quantity.of(5, "亩"))], is_additive=True)
    assert found.total is None
    assert _ids(found) == ["plan.E001"]
    assert found.findings[0].message == "单位“z”的分解任务以“亩”计，与总指标的“亿元”不能换算。"


def test_one_body_with_two_parts_is_pointed_out_and_still_added():
    twice = [Allocation("t1", "a", Quantity.of(5, "亿元")), Allocation("t2", "a", Quantity.of(10, "亿元"))]
    found = decompose(WHOLE, twice, is_additive=True)
    assert found.is_balanced
    assert _ids(found) == ["plan.W003"]


amounts = st.lists(st.fractions(0, 1000, max_denominator=100), max_size=6)


@given(amounts, st.fractions(0, 3000, max_denominator=100), st.randoms())
def test_total_and_remainder_less_excess_are_the_whole_in_any_order(found, whole, random):
    parts = _parts(*found)
    result = decompose(Quantity(whole, WHOLE.unit), parts, is_additive=True)
    assert result.total.amount == sum(found, Fraction(0))
    assert result.total.amount + result.remainder.amount - result.excess.amount == whole
    assert min(result.remainder.amount, result.excess.amount) == 0
    random.shuffle(parts)
    assert decompose(Quantity(whole, WHOLE.unit), parts, is_additive=True) == result


@pytest.mark.parametrize("symbol", ["亿元", "万元", "元"])
def test_the_unit_a_part_is_written_in_changes_nothing(symbol):
    part = Allocation("t", "a", WHOLE.to(Quantity.of(1, symbol).unit))
    assert decompose(WHOLE, [part], is_additive=True).is_balanced
