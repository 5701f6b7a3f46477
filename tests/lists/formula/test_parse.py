"""What is a formula, and what is refused: files, programs, loops, memory."""

from __future__ import annotations

import contextlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.formula.parse import LONGEST, NotAFormula, parse
from luoshi.lists.formula.tree import Aggregate, Call, Constant, Name, Window


def test_a_ratio_of_two_filtered_counts_is_read():
    tree = parse("count(*) filter (state = 'cured') / count(*) filter (where due_on <= as_of)")
    assert tree == Call(
        "/",
        (
            Aggregate("count", None, Call("=", (Name("state"), Constant("cured")))),
            Aggregate("count", None, Call("<=", (Name("due_on"), Name("as_of")))),
        ),
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1.50", Constant(Fraction(3, 2))),
        ("'it''s'", Constant("it's")),
        ("date '2023-09-30'", Constant(date(2023, 9, 30))),
        ("true", Constant(value=True)),
        ("task.lead_body", Name("task.lead_body")),
        ("税收", Name("税收")),
        ("-a", Call("-", (Constant(Fraction(0)), Name("a")))),
        ("a is not null", Call("not", (Call("is_null", (Name("a"),)),))),
        ("x between 1 and 2", Call("and", (Call(">=", (Name("x"), Constant(Fraction(1)))),
                                           Call("<=", (Name("x"), Constant(Fraction(2))))))),
        ("if(a, 1, 2)", Call("case", (Name("a"), Constant(Fraction(1)), Constant(Fraction(2))))),
        ("case when a then 1 end", Call("case", (Name("a"), Constant(Fraction(1)), Constant(None)))),
        ("days(a, b)", Call("days", (Name("a"), Name("b")))),
        ("count(distinct x)", Aggregate("count", Name("x"), None, distinct=True)),
        ("rank() over (partition by k order by s desc)", Window("rank", None, (Name("k"),), ((Name("s"), True),))),
        ("avg(s) over (partition by k)", Window("avg", Name("s"), (Name("k"),))),
    ],
)  # fmt: skip
def test_each_form_becomes_its_node(text, tree):
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "read_text('/etc/passwd')",
        "read_csv('x.csv')",
        "(select 1)",
        "exists (select 1)",
        "x in (select 1)",
        "a; drop table facts",
        "attach 'other.db'",
        "install httpfs",
        "copy a to 'x'",
        "pragma version",
        "set memory_limit = '99GB'",
        "getenv('HOME')",
        "repeat('x', 1000000000)",
        "range(1000000000)",
        "[x for x in range(3)]",
        "list_sum([1, 2])",
        "lambda x: x",
        "random()",
        "now()",
        "current_date",
        "a::double",
        "cast(a as double)",
        "a ** 9",
        "pow(9, 9)",
        "1e999",
        "0x10",
        "9" * 40,
        "a || b",
        "a like '%'",
        "sum(a) over (order by b)",
        "rank() over ()",
        "rank() over (order by a desc nulls first)",
        "a between symmetric 5 and 1",
        "sum(*)",
        "sum(distinct a)",
        "count(distinct a, b)",
        "median(a)",
        "*",
        "a.b.c",
        "round(a, 1, 2)",
        "nullif(a)",
        "case a when 1 then 2 end",
        "a is true",
        "date '2023-02-30'",
        "a +",
        "",
        ")",
        "$1",
        "?",
    ],
)
def test_whatever_is_not_on_the_list_is_refused_in_words(text):
    with pytest.raises(NotAFormula) as caught:
        parse(text)
    assert str(caught.value).endswith("。")


@pytest.mark.parametrize(
    "text",
    ["(" * 90 + "1" + ")" * 90, "1" + "+1" * LONGEST, "not " * 300 + "a", "-" * 200 + "1", "+".join(["a"] * 500)],
)
def test_a_formula_that_is_a_program_is_refused(text):
    with pytest.raises(NotAFormula):
        parse(text)


@given(st.text(alphabet="abcs(),.*/+-<>='0123456789 \n\"[]{}:;|?$税filterovpdw", max_size=60))
def test_any_text_is_a_formula_or_refused(text):
    with contextlib.suppress(NotAFormula):
        assert parse(text) is not None
