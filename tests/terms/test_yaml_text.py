"""Data files are read with the line of each key; equal keys are never dropped in silence."""

import pytest

from luoshi.terms.finding import Level
from luoshi.terms.yaml_text import read_yaml

PROBLEM = """\
list: problem
fields:
  due_on: {type: date}
  text:
    type: text
states: [filed, closed]
"""


def test_each_key_and_item_remembers_its_line():
    text = read_yaml(PROBLEM, "problem.yaml", "lists")
    assert text.findings == ()
    assert text.line(("list",)) == 1
    assert text.line(("fields", "text", "type")) == 5
    assert text.line(("states", 1)) == 6


def test_a_place_that_is_not_written_has_the_line_of_its_nearest_ancestor():
    text = read_yaml(PROBLEM, "problem.yaml", "lists")
    assert text.line(("fields", "text", "unit", "symbol")) == 4
    assert text.line(("nowhere",)) == 1


def test_a_key_written_twice_is_an_error_that_names_both_lines():
    text = read_yaml("a: 1\nb:\n  c: 2\n  c: 3\n", "x.yaml", "lists")
    (finding,) = text.findings
    assert (finding.id, finding.level, finding.where) == ("lists.E002", Level.ERROR, "x.yaml:4")
    assert "“c”" in finding.message
    assert "第3行" in finding.message


@pytest.mark.parametrize(
    ("written", "where"), [("a: [1, 2\nb: 3\n", "x.yaml:2"), ("", "x.yaml:1"), ("a: 'b", "x.yaml:1")]
)
def test_what_is_no_yaml_is_an_error_with_its_line(written, where):
    text = read_yaml(written, "x.yaml", "plan")
    (finding,) = text.findings
    assert (finding.id, finding.where) == ("plan.E001", where)
    assert text.data is None


def test_numbers_and_dates_stay_as_they_were_written():
    data = read_yaml("share: 0.50\non: 2023-09-30\nkey: ~\nyes: true\nno: off\n", "x.yaml", "lists").data
    assert data == {"share": "0.50", "on": "2023-09-30", "key": None, "yes": True, "no": False}


@pytest.mark.parametrize(
    ("written", "where", "words"),
    [
        ("a: 1\n? [b]\n: c\n", "x.yaml:2", "键只能是一个词"),
        ("a: &a [*a]\n", "x.yaml:1", "没有尽头"),
        ("a: 1\nb: " + "[" * 100 + "]" * 100, "x.yaml:2", "嵌套超过40层"),
        ("{a: " * 300_000, "x.yaml:1", "嵌套超过40层"),  # the composer in C would overflow its stack
        ("- " * 300_000, "x.yaml:1", "嵌套超过40层"),
        ("a: 1\nb: \ud800", "x.yaml:2", "代理字符"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2", "只能写一份数据"),
        ("a: 1\nb: 2: 3\n", "x.yaml:2", "不能再写一个"),
    ],
)
def test_writing_that_would_stop_the_parser_is_a_finding(written, where, words):
    text = read_yaml(written, "x.yaml", "lists")
    (finding,) = text.findings
    assert (finding.id, finding.where) == ("lists.E001", where)
    assert words in finding.message


def test_a_few_lines_of_aliases_cannot_fill_the_memory():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    text = read_yaml("\n".join(lines), "x.yaml", "lists")
    assert text.data is None
    assert [finding.id for finding in text.findings] == ["lists.E001"]
