from __future__ import annotations

from fractions import Fraction

from luoshi.publication.ledger_sheet import area_groups, ledger_columns, row_values, split_groups, task_groups


def test_every_column_has_its_value_and_its_meaning(row, ledger):
    values = row_values(row(lead="县建设局", nodes=("3月", "6月")), ledger().legend)
    assert list(values) == [column.key for column in ledger_columns()]
    assert all(column.meaning.endswith("。") and column.width >= 5 for column in ledger_columns())
    assert values["lead"] == "▲县建设局"
    assert values["nodes"] == "3月\n6月"
    assert values["light"] == "✖ 红灯"
    assert values["actual"] == Fraction(4)


def test_rows_of_one_task_and_one_area_are_found_together(row):
    rows = (row(1), row(1), row(2), row(2, area="社会事业"))
    assert task_groups(rows) == [(0, 1), (2, 2), (3, 3)]
    assert area_groups(rows) == [(0, 2), (3, 3)]
    assert task_groups(()) == []


def test_an_area_is_cut_where_a_page_begins():
    assert split_groups([(0, 4), (5, 6)], [2, 5]) == [(0, 1), (2, 4), (5, 6)]
