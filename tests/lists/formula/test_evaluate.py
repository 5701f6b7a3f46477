"""Exact, unknown stays unknown, no order of rows matters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.formula.evaluate import Frame, each, finish, gather, worth
from luoshi.lists.formula.parameter import Setting, TableBand
from luoshi.lists.formula.parse import parse
from luoshi.lists.formula.tree import aggregates

ROW = {"a": Fraction(3), "b": Fraction(0), "n": None, "t": "x", "d": date(2023, 9, 30), "yes": True, "no": False}


def _one(text, row=ROW, frame=None):
    return each(parse(text), [row], frame or Frame({"as_of": date(2023, 12, 31)}))[0]


def _all(text, rows, frame=None):
    tree, frame = parse(text), frame or Frame({"as_of": date(2023, 12, 31)})
    return finish(tree, gather(aggregates(tree), rows, frame), frame)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a / 7 * 7", 3),  # exact: 3/7 × 7, where binary fractions give 3.0000000000000004
        ("0.1 + 0.2 = 0.3", True),
        ("a / b", None),
        ("a / n", None),
        ("n = n", None),
        ("n is null", True),
        ("a > 1 or n > 1", True),
        ("a > 5 and n > 1", False),
        ("a > 1 and n > 1", None),
        ("not n > 1", None),
        ("t in ('x', 'y')", True),
        ("t not in ('y', 'z')", True),
        ("n in (1, 2)", None),
        ("coalesce(n, b, a)", 0),
        ("least(b + 9, a, 5)", 3),
        ("least(n, a, 5)", None),  # a missing figure is not the smallest one
        ("greatest(b, a)", 3),
        ("greatest(n, 0)", None),
        ("nullif(a, 3)", None),
        ("round(2.345, 2)", Fraction("2.35")),  # half up, as 四舍五入; binary fractions give 2.35 or 2.34 by luck
        ("round(-2.345, 2)", Fraction("-2.35")),
        ("floor(-0.5)", -1),
        ("ceil(0.2)", 1),
        ("abs(b - a)", 3),
        ("year(d) * 100 + month(d)", 202309),
        ("days(as_of, d)", 92),  # 31 (十月) + 30 (十一月) + 31 (十二月)
        ("case when n > 1 then 'p' when yes then 'q' else 'r' end", "q"),
        ("case when no then 1 end", None),
        ("a between 3 and 4", True),
    ],
)
def test_each_operation_is_exact_and_the_unknown_stays_unknown(text, value):
    assert _one(text) == value


def test_rates_of_the_closed_loop():
    # domain.md §2.3: 50 交办, 44 到期, 到期中40件已整改, 36件已销号 → 整改率 40/44 = 90.9 %, 销号率 36/50 = 72.0 %
    due, later = date(2023, 6, 30), date(2024, 6, 30)
    rows = (
        [{"state": "closed", "due_on": due}] * 36
        + [{"state": "cured", "due_on": due}] * 4
        + [{"state": "assigned", "due_on": due}] * 4
        + [{"state": "assigned", "due_on": later}] * 6
    )
    cured = "count(*) filter (state in ('cured','closed') and due_on <= as_of) / count(*) filter (due_on <= as_of)"
    assert _all(cured, rows) == Fraction(40, 44)
    assert _all("count(*) filter (state = 'closed') / count(*)", rows) == Fraction(36, 50)


@pytest.mark.parametrize(
    ("text", "value"),
    [("count(*)", 0), ("sum(a)", None), ("avg(a)", None), ("max(a)", None), ("count(*) / count(a)", None)],
)
def test_a_formula_over_an_empty_list_is_unknown_and_a_count_is_nothing(text, value):
    assert _all(text, []) == value


def test_the_unknown_is_not_counted_in_a_mean():
    rows = [{"a": Fraction(1)}, {"a": None}, {"a": Fraction(2)}]
    assert _all("avg(a)", rows) == Fraction(3, 2)
    assert _all("count(a)", rows) == 2
    assert _all("count(*)", rows) == 3


def test_ties_share_the_better_rank_and_the_unknown_has_none():
    rows = [{"s": Fraction(value) if value else None, "k": k} for value, k in ((5, 1), (7, 1), (7, 1), (0, 1), (1, 2))]
    assert each(parse("rank() over (partition by k order by s desc)"), rows, Frame()) == [3, 1, 1, None, 1]
    assert each(parse("rank() over (order by k, s)"), rows, Frame()) == [1, 2, 2, None, 4]


def test_min_max_scoring_within_a_group():
    # domain.md §8.4 (旌德): w = 45, 5…45, x = 15 → 45 × (20 + 80 × 0.25) / 100 = 18.0; min → 9.0; max → 45.0
    rows = [{"x": Fraction(value)} for value in (15, 5, 45)]
    low, high = "min(x) over ()", "max(x) over ()"
    text = f"45 * (20 + 80 * (x - {low}) / ({high} - {low})) / 100"
    assert each(parse(text), rows, Frame()) == [18, 9, 45]


def test_efficacy_coefficients_turn_the_order_round():
    # domain.md §2.5: two towns, five dimensions of 20: A 18,16,20,14,17  B 20,20,10,18,15; the lower of two gets
    # 60 % × 20 = 12, the higher 20 → A 12+12+20+12+20 = 76, B 20+20+12+20+12 = 84
    rows = [dict(zip("vwxyz", map(Fraction, row), strict=True)) for row in ((18, 16, 20, 14, 17), (20, 20, 10, 18, 15))]
    one = "12 + 8 * ({0} - min({0}) over ()) / (max({0}) over () - min({0}) over ())"
    assert each(parse(" + ".join(one.format(name) for name in "vwxyz")), rows, Frame()) == [76, 84]


def test_tables_are_looked_up_by_key_band_and_interpolation():
    setting = Setting(None, None, keyed={"x": Fraction(9)})
    bands = Setting(
        None, None, bands=(TableBand(None, "D"), TableBand(Fraction(60), "C"), TableBand(Fraction(80), "B"))
    )
    points = Setting(None, None, bands=(TableBand(Fraction(0), Fraction(0)), TableBand(Fraction(50), Fraction(100))))
    frame = Frame({}, {"k": setting, "b": bands, "p": points})
    assert _one("lookup(k, t)", frame=frame) == 9
    assert _one("lookup(k, 'z')", frame=frame) is None
    assert [_one(f"band(b, {x})", frame=frame) for x in ("59.99", "60", "79", "80", "200")] == ["D", "C", "C", "B", "B"]
    assert _one("interpolate(p, 12.5)", frame=frame) == 25
    assert _one("interpolate(p, 51)", frame=frame) is None


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (Decimal("1.50"), Fraction(3, 2)),
        (2, 2),
        (True, True),
        ("x", "x"),
        (("a", "b"), None),
        ({"a": 1}, None),
        (None, None),
    ],
)
def test_a_value_is_seen_exactly_or_not_at_all(value, seen):
    assert worth(value) == seen
    assert isinstance(worth(value), (type(seen), Fraction))


_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "a": st.none() | st.fractions(-99, 99, max_denominator=7),
            "b": st.fractions(0, 9, max_denominator=5),
            "k": st.sampled_from(["x", "y", None]),
            "yes": st.sampled_from([True, False, None]),
        }
    ),
    max_size=12,
)
_TEXTS = [
    "sum(a)",
    "avg(a * b)",
    "count(distinct k)",
    "max(a) - min(b)",
    "sum(a / b)",
    "sum(a) filter (yes) / count(*)",
]


@given(_ROWS, st.randoms(use_true_random=False), st.sampled_from(_TEXTS))
def test_no_sum_depends_on_the_order_of_rows(rows, random, text):
    turned = list(rows)
    random.shuffle(turned)
    assert _all(text, rows) == _all(text, turned)


@given(_ROWS, st.randoms(use_true_random=False))
def test_no_rank_depends_on_the_order_of_rows(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    tree = parse("rank() over (partition by k order by a desc, b)")
    straight = each(tree, rows, Frame())
    turned = each(tree, [rows[index] for index in order], Frame())
    assert turned == [straight[index] for index in order]


@given(_ROWS)
def test_a_sum_is_the_sum_of_its_groups(rows):
    parts = [_all(f"sum(b) filter (k = '{key}')", rows) for key in ("x", "y")] + [
        _all("sum(b) filter (k is null)", rows)
    ]
    assert sum((part or 0) for part in parts) == (_all("sum(b)", rows) or 0)
