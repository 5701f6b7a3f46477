from __future__ import annotations

from luoshi.lists.formula.parse import parse
from luoshi.lists.formula.tree import aggregates, children, loose_names, names, walk


def test_names_are_gathered_from_everywhere():
    tree = parse("sum(a) filter (b > c) / nullif(d, rank() over (partition by e order by f))")
    assert names(tree) == {"a", "b", "c", "d", "e", "f"}
    assert loose_names(tree) == {"d", "e", "f"}


def test_the_same_sum_is_worked_out_once():
    assert len(aggregates(parse("sum(a) / (sum(a) + count(*))"))) == 2


def test_walking_reaches_every_child_once():
    tree = parse("case when a > 1 then sum(b) else 0 end")
    assert len(list(walk(tree))) == 1 + sum(len(list(walk(child))) for child in children(tree))
