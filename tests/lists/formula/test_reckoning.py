"""亩均论英雄 (domain.md §8.4) as rows, formulas and parameters; the trace shows the arithmetic."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.formula.build import Columns, build
from luoshi.lists.formula.infer import NUMBER, Kind
from luoshi.lists.formula.parameter import NoParameter
from luoshi.lists.formula.reckoning import TooLarge, read_as
from luoshi.lists.formula.scale import scale
from luoshi.terms.number import fixed

UNITS = {
    "tax": "万元",
    "added": "万元",
    "land": "亩",
    "energy": "吨标煤",
    "emission": "吨",
    "staff": "人",
    "research": "万元",
    "revenue": "万元",
}
FIRM = dict(zip(UNITS, map(Fraction, (1500, 8000, 50, 2500, 2, 400, 1200, 30000)), strict=True))
ITEMS = ((30, "tax / land", "24.097", "万元/亩"), (20, "added / land", "136.16", "万元/亩"), (20, "added / energy", "2.694", "万元/吨标煤"),
         (10, "added / emission", "4929.81", "万元/吨"), (10, "added / staff", "18.14", "万元/人"), (10, "research / revenue", "0.0302", ""))  # fmt: skip
DAY = date(2022, 12, 31)


def _list(cap=None):
    data = {"parameters": {}, "formulas": {}}
    for number, (weight, ratio, benchmark, unit) in enumerate(ITEMS):
        setting = {"from": "2022-01-01", "to": "2022-12-31", "value": benchmark, "source": {"title": "黄岩2022"}}
        data["parameters"][f"b{number}"] = {"label": f"基准{number}", "unit": unit, "values": [setting]}
        score = f"{ratio} / b{number} * {weight}"
        text = f"least({score}, {weight} * {cap})" if cap else score
        data["formulas"][f"s{number}"] = {
            "label": f"得分{number}",
            "formula": text,
            "unit": "分",
            "places": "3",
            "when_empty": "not_rated",
        }
    total = " + ".join(f"s{number}" for number in range(len(ITEMS)))
    data["formulas"]["score"] = {
        "label": "总分",
        "formula": total,
        "unit": "分",
        "places": "3",
        "when_empty": "not_rated",
    }
    columns = Columns(
        {name: Kind(NUMBER, scale(unit)) for name, unit in UNITS.items()}, dict(zip(UNITS, UNITS, strict=True))
    )
    reckoning, mistakes = build(data, columns, "亩均论英雄")
    assert not mistakes
    return reckoning


def _formula(reckoning, name):
    return next(formula for formula in reckoning.formulas if formula.name == name)


@pytest.mark.parametrize(("cap", "score"), [(None, "116.992"), ("1.2", "114.398"), ("1.5", "116.992")])
def test_the_worked_firm_of_2022(cap, score):
    # 30÷24.097×30 + 160÷136.16×20 + 3.2÷2.694×20 + 4000÷4929.81×10 + 20÷18.14×10 + 0.04÷0.0302×10
    # = 37.349 + 23.502 + 23.756 + 8.114 + 11.025 + 13.245, summed before rounding; at 1.2 the first and last are capped
    row = _list(cap).with_formulas([FIRM], DAY)[0]
    assert fixed(row["score"], 3) == score


def test_items_are_shown_to_three_decimals_and_summed_exactly():
    reckoning = _list()
    row = reckoning.with_formulas([FIRM], DAY)[0]
    shown = [read_as(row[f"s{number}"], _formula(reckoning, f"s{number}")) for number in range(6)]
    assert shown == ["37.349分", "23.502分", "23.756分", "8.114分", "11.025分", "13.245分"]
    assert row["score"] == sum(row[f"s{number}"] for number in range(6))


def test_the_trace_names_inputs_sources_and_arithmetic():
    reckoning = _list()
    row = reckoning.with_formulas([FIRM], DAY)[0]
    trace = reckoning.explained(_formula(reckoning, "s0"), row, DAY).trace
    assert trace.rule == "亩均论英雄：得分0"
    assert [(entered.name, entered.value, entered.origin) for entered in trace.inputs] == [
        ("tax", "1500", ""),
        ("land", "50", ""),
        ("基准0", "24.097", "黄岩2022"),
    ]
    assert trace.steps[1].text == "= 1500 ÷ 50 ÷ 24.097 × 30"
    assert trace.steps[1].result == "37.349分"


def test_land_of_nothing_is_not_rated_and_never_divided_by():
    reckoning = _list()
    row = reckoning.with_formulas([{**FIRM, "land": Fraction(0)}], DAY)[0]
    assert row["score"] is None
    assert read_as(row["score"], _formula(reckoning, "score")) == "不评"


def test_a_year_without_benchmarks_is_said():
    with pytest.raises(NoParameter, match="2023年1月1日没有取值"):
        _list().with_formulas([FIRM], date(2023, 1, 1))


def test_numbers_that_run_away_are_stopped():
    doubling = {"f0": {"label": "甲", "formula": "x * x"}}
    doubling |= {f"f{n}": {"label": "甲", "formula": f"f{n - 1} * f{n - 1}"} for n in range(1, 60)}
    reckoning, mistakes = build({"formulas": doubling}, Columns({"x": Kind(NUMBER)}), "清单")
    assert not mistakes
    with pytest.raises(TooLarge):
        reckoning.with_formulas([{"x": Fraction(3)}], DAY)


MEASURES = """
measures:
  answered: {label: 响应率, formula: count(*) filter (in_time) / count(*), unit: "%", places: 1, when_empty: not_applicable}
  solved: {label: 解决率, formula: count(*) filter (solved_) / count(*) filter (rated), unit: "%", places: 1, when_empty: not_applicable}
  content: {label: 满意率, formula: count(*) filter (content_) / count(*) filter (rated), unit: "%", places: 1, when_empty: not_applicable}
  together: {label: 综合, formula: answered * w.a, unit: 分}
"""


def test_three_rates_and_their_composite():
    # domain.md §5.2: 200 orders, 196 in time; 160 ratings, 136 solved, 140 content → 98.0/85.0/87.5 and
    # 0.10 × 98.0 + 0.45 × 85.0 + 0.45 × 87.5 = 9.8 + 38.25 + 39.375 = 87.425 → 87.43 half up
    text = MEASURES.replace(
        "answered * w.a, unit: 分", '0.1 * answered + 0.45 * solved + 0.45 * content, unit: "%", places: 2'
    )
    kinds = {name: Kind("boolean") for name in ("in_time", "solved_", "content_", "rated")}
    reckoning, mistakes = build(yaml.load(text, yaml.BaseLoader), Columns(kinds), "接诉即办")
    assert not mistakes
    rows = [
        {"in_time": index < 196, "rated": index < 160, "solved_": index < 136, "content_": index < 140}
        for index in range(200)
    ]
    found = reckoning.measured(rows, DAY)
    assert {name: outcome.shown for name, outcome in found.items()} == {
        "answered": "98.0%",
        "solved": "85.0%",
        "content": "87.5%",
        "together": "87.43%",
    }
    assert found["answered"].trace.steps[1].text == "= 196 ÷ 200 × 100"
    assert reckoning.measured([], DAY)["answered"].shown == "不适用"


@given(st.fractions(min_value=1, max_value=10**6), st.sampled_from(["亩", "公顷", "平方米"]))
def test_no_score_depends_on_the_unit_a_value_is_written_in(tax, unit):
    text = {
        "formulas": {"per_mu": {"label": "亩均", "formula": "tax / land", "unit": "万元/亩", "when_empty": "not_rated"}}
    }

    def score(land_unit, land):
        columns = Columns({"tax": Kind(NUMBER, scale("万元")), "land": Kind(NUMBER, scale(land_unit))})
        return build(text, columns, "")[0].with_formulas([{"tax": tax, "land": land}], DAY)[0]["per_mu"]

    per_unit = scale(unit).factor / scale("亩").factor
    assert score(unit, Fraction(30) / per_unit) == score("亩", Fraction(30))
