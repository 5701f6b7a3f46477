"""Types and units: what fits is converted exactly, what does not is named."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luoshi.lists.formula.infer import BOOLEAN, DATE, NUMBER, TEXT, UNKNOWN, Kind, LookupTable, Scope, infer
from luoshi.lists.formula.parse import parse
from luoshi.lists.formula.scale import DAYS, scale
from luoshi.lists.formula.tree import Call, Constant, Name

SCOPE = Scope(
    {
        "tax": Kind(NUMBER, scale("万元")),
        "added": Kind(NUMBER, scale("亿元")),
        "land": Kind(NUMBER, scale("亩")),
        "state": Kind(TEXT, choices=("open", "closed")),
        "due_on": Kind(DATE),
        "as_of": Kind(DATE),
        "done": Kind(BOOLEAN),
        "files": Kind(UNKNOWN),
    },
    {
        "cap": LookupTable(Kind(TEXT), Kind(NUMBER)),
        "letter": LookupTable(Kind(NUMBER, scale("万元")), Kind(TEXT)),
    },
)


def _inferred(text, scope=SCOPE):
    return infer(parse(text), scope)


def _said(text, scope=SCOPE):
    return [problem.message for problem in _inferred(text, scope).problems]


def test_a_sum_is_in_the_unit_of_its_first_part_and_converts_the_others():
    found = _inferred("tax + added")
    # 1 亿元 = 10000 万元
    assert found.node == Call("+", (Name("tax"), Call("*", (Name("added"), Constant(Fraction(10000))))))
    assert found.kind.scale == scale("万元")
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tax / land", Kind(NUMBER, scale("万元/亩"))),
        ("tax / added", Kind(NUMBER, scale("万元").times(scale("亿元"), -1))),
        ("greatest(0, tax)", Kind(NUMBER, scale("万元"))),
        ("coalesce(tax, 0)", Kind(NUMBER, scale("万元"))),
        ("tax * 0.3", Kind(NUMBER, scale("万元"))),
        ("as_of - due_on", Kind(NUMBER, DAYS)),
        ("days(as_of, due_on)", Kind(NUMBER, DAYS)),
        ("year(due_on)", Kind(NUMBER)),
        ("tax > 5 and not done", Kind(BOOLEAN)),
        ("case when done then 'a' else 'b' end", Kind(TEXT)),
        ("sum(tax) filter (state = 'open')", Kind(NUMBER, scale("万元"))),
        ("count(*)", Kind(NUMBER)),
        ("max(due_on)", Kind(DATE)),
        ("lookup(cap, state)", Kind(NUMBER)),
        ("band(letter, added)", Kind(TEXT)),
        ("round(tax, 2)", Kind(NUMBER, scale("万元"))),
        ("case when done then tax else null end", Kind(NUMBER, scale("万元"))),
    ],
)
def test_type_and_unit_are_inferred(text, kind):
    found = _inferred(text)
    assert found.problems == ()
    assert (found.kind.type, found.kind.scale) == (kind.type, kind.scale)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tax + land", "“+”里的单位不一致：金额与面积。"),
        ("tax > land", "“>”里的单位不一致：金额与面积。"),
        ("tax + due_on", "“+”两边应为数，写的是日期。"),
        ("state * 2", "“*”两边应为数，写的是文字。"),
        ("state > 'open'", "“>”只能比较数和日期。"),
        ("state = 'opn'", "选项里没有“opn”。"),
        ("state in ('open', 'shut')", "选项里没有“shut”。"),
        ("taxx", "公式里的“taxx”不存在。"),
        ("files", "“files”这类栏目不能用在公式里。"),
        ("not tax", "“not”应为是否，写的是数。"),
        ("sum(state)", "sum的参数应为数，写的是文字。"),
        ("sum(sum(tax))", "汇总里面不能再套汇总。"),
        ("tax / 0", "不能除以0。"),
        ("case when tax then 1 else 2 end", "when后面应为是否，写的是数。"),
        ("case when done then 1 else 'x' end", "case里文字与数不能放在一起。"),
        ("round(tax, land)", "round的位数应写明0至12的整数。"),
        ("round(tax, 1.5)", "round的位数应写明0至12的整数。"),
        ("year(tax)", "year的参数应为日期，写的是数。"),
        ("lookup(nothing, state)", "lookup的第一个参数应为参数表的名称。"),
        ("lookup(letter, tax)", "参数表“letter”不能用lookup来查。"),
        ("band(letter, land)", "band里的单位不一致：金额与面积。"),
        ("interpolate(letter, tax)", "interpolate所查的值应为数，写的是文字。"),
        ("abs(state)", "abs的参数应为数。"),
        ("max(done)", "max的参数不能是是否。"),
        ("count(*) filter (tax)", "filter里的条件应为是否，写的是数。"),
        ("sum(rank() over (order by tax))", "over不能写在另一个汇总里面。"),
    ],
)
def test_what_cannot_be_meant_is_named(text, message):
    assert message in _said(text)


def test_a_share_in_a_product_is_a_fraction():
    scope = Scope({"share": Kind(NUMBER, scale("%")), "tax": Kind(NUMBER, scale("万元"))})
    found = _inferred("floor(tax * share)", scope)
    assert found.kind.scale == scale("万元")
    assert found.node.args[0] == Call("*", (Name("tax"), Call("*", (Name("share"), Constant(Fraction(1, 100))))))


def test_the_nearest_name_is_offered():
    assert _inferred("lnad").problems[0].hint == "是不是“land”？"


def test_a_measure_compares_no_rows_and_a_formula_may():
    assert _said("count(*) over ()") == ["指标是全表合计，不能用over逐行比较；请写成计算栏。"]
    rows = Scope(SCOPE.names, aggregates=False)
    assert _said("rank() over (order by tax desc)", rows) == []
    assert "over不能写在另一个汇总里面。" in _said("avg(rank() over (order by tax)) over ()", rows)


def test_a_formula_of_rows_has_no_sums():
    assert _said("sum(tax)", Scope(SCOPE.names, aggregates=False))


@pytest.mark.parametrize(
    ("text", "divides"), [("tax / 2", False), ("tax / land", True), ("1 / count(*)", True), ("tax * 2", False)]
)
def test_a_denominator_that_can_be_nothing_is_noticed(text, divides):
    assert _inferred(text).divides is divides
