"""From YAML to checked formulas: order, circles, units, parameters in time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
import yaml

from luoshi.lists.formula.build import Columns, build
from luoshi.lists.formula.infer import DATE, NUMBER, TEXT, Kind
from luoshi.lists.formula.scale import scale

COLUMNS = Columns(
    {
        "tax": Kind(NUMBER, scale("万元")),
        "land": Kind(NUMBER, scale("亩")),
        "kind": Kind(TEXT),
        "on": Kind(DATE),
        "task": Kind(TEXT),
    },
    {"tax": "税收", "land": "用地"},
    references=frozenset({"task"}),
)


def _built(text):
    return build(yaml.load(text, yaml.BaseLoader), COLUMNS, "企业")


def _mistakes(text):
    return [(".".join(map(str, mistake.path)), mistake.message) for mistake in _built(text)[1]]


def test_formulas_come_in_the_order_in_which_they_find_what_they_need():
    reckoning, mistakes = _built("""
formulas:
  total: {label: 总分, formula: score + 1, unit: 分}
  score: {label: 得分, formula: per_mu / 24, unit: 万元/亩}
  per_mu: {label: 亩均, formula: tax / land, unit: 万元/亩, when_empty: not_rated}
""")
    assert [formula.name for formula in reckoning.formulas] == ["per_mu", "score", "total"]
    assert [mistake.path for mistake in mistakes] == [
        ("formulas", "total", "unit")
    ]  # 万元/亩 + 1 is no number of points


def test_the_value_comes_in_the_unit_that_is_declared():
    reckoning, mistakes = _built("""
formulas:
  per_hectare: {label: 每公顷, formula: tax / land, unit: 亿元/公顷, when_empty: not_rated}
""")
    assert not mistakes
    found = reckoning.with_formulas([{"tax": Fraction(10000), "land": Fraction(1)}], date(2023, 1, 1))
    assert found[0]["per_hectare"] == 15  # 1 亿元 on 1 亩 = 1/15 公顷


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("formulas: {a: {label: 甲, formula: b + 1}, b: {label: 乙, formula: a + 1}}", "formulas.a", "公式互相引用成了圈：a → b → a。"),
        ("formulas: {a: {label: 甲, formula: a + 1}}", "formulas.a", "公式互相引用成了圈：a → a。"),
        ("formulas: {tax: {label: 甲, formula: land, unit: 亩}}", "formulas.tax", "“tax”与栏目、参数或另一公式重名。"),
        ("formulas: {a: {label: 甲, formula: tax / land, unit: 万元/亩}}", "formulas.a.formula", "分母可能为0或没有数据，要说明那时怎么办。"),
        ("formulas: {a: {label: 甲, formula: tax, unit: 亩}}", "formulas.a.unit", "单位“亩”与公式不符：算出来的是金额。"),
        ("formulas: {a: {label: 甲, formula: kind, unit: 亩}}", "formulas.a.unit", "算出来的不是数，不能有单位。"),
        ("formulas: {a: {label: 甲, formula: sum(tax), unit: 万元}}", "formulas.a.formula", "计算栏按行计算，不能用“sum”汇总。"),
        ("formulas: {a: {label: 甲, formula: tax +, unit: 万元}}", "formulas.a.formula", "公式写得不完整或有语法错误。"),
        ("formulas: {a: {label: 甲, formula: other.x}}", "formulas.a.formula", "公式里的“other.x”不存在。"),
        ("measures: {a: {label: 甲, formula: sum(tax) * land}}", "measures.a.formula", "指标里的“land”要放在sum、count等汇总里面。"),
        ("parameters: {p: {label: 参, values: [{value: x}]}}", "parameters.p.values.0", "“x”不是数。"),
        ("parameters: {p: {label: 参, values: [{value: '1e30000000'}]}}", "parameters.p.values.0", "“1e30000000”不是数。"),
        ("formulas: {a: {label: 甲, formula: 'null'}}", "formulas.a.formula", "这个公式算不出任何值。"),
        ("parameters: {p: {label: 参, values: [{from: '2023-02-30', value: '1'}]}}", "parameters.p.values.0", "日期“2023-02-30”不存在。"),
        ("parameters: {p: {label: 参, values: [{from: '2023-02-01', to: '2023-01-01', value: '1'}]}}", "parameters.p.values.0",
         "有效期的止日早于起日。"),
        ("parameters: {p: {label: 参, values: [{value: '1'}, {from: '2023-01-01', value: '2'}]}}", "parameters.p.values",
         "取值的有效期应先后相接，不能重叠。"),
        ("parameters: {p: {label: 参, values: [{value: '1'}, {keyed: {a: '2'}}]}}", "parameters.p.values",
         "每次取值应同为value、keyed或bands之一。"),
        ("parameters: {p: {label: 参, values: [{bands: [{from: '2', value: '1'}, {from: '1', value: '1'}]}]}}",
         "parameters.p.values.0.bands", "区间应从小到大，下限不能重复。"),
        ("parameters: {tax: {label: 参, values: [{value: '1'}]}}", "parameters.tax", "参数“tax”与另一名称重复。"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_place(text, path, message):
    assert (path, message) in _mistakes(text)


def test_a_table_may_cross_zero():
    text = "parameters: {p: {label: 增速, values: [{bands: [{value: '1'}, {from: '-10', value: '2'}, {from: '0', value: '3'}]}]}}"
    assert _mistakes(text) == []


def test_a_count_may_be_called_by_what_it_counts():
    reckoning, mistakes = _built("measures: {a: {label: 企业数, formula: count(*), unit: 家}}")
    assert not mistakes
    assert reckoning.measured([{}, {}], date(2023, 1, 1))["a"].shown == "2家"


def test_a_referenced_entry_may_be_named():
    reckoning, mistakes = _built("formulas: {a: {label: 牵头, formula: task.lead_body}}")
    assert not mistakes
    assert reckoning.with_formulas([{"task.lead_body": "x"}], date(2023, 1, 1))[0]["a"] == "x"


def test_parameters_may_be_written_in_any_order_of_years():
    reckoning, mistakes = _built("""
parameters:
  p: {label: 参, unit: 万元/亩, values: [{from: "2022-01-01", to: "2022-12-31", value: "24.097"}, {from: "2021-01-01", to: "2021-12-31", value: "26.01"}]}
""")
    assert not mistakes
    assert reckoning.parameters["p"].on(date(2021, 5, 1)).value == Fraction("26.01")
